"""The frame lexicon: `ontology/frames/*.toml` read into records, indexed by the words that evoke each frame.

A frame names an ontology class, the words that evoke it, where each role stands, and the senses that do not count.
The format is described for analysts in `docs/frames.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import FrameError
from kg.extract.frames.schema import place, read_file
from kg.model import Category, Role, Status

Condition = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Frame:
    """One sense of a set of words. Slots are names of `kg.model.Slot`, prepositions, or "complement.subject"."""

    name: str
    cls: str
    plover: str | None = None
    kind: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    roles: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    noun_roles: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    content: tuple[str, ...] = ()
    said: bool = False
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    answers: tuple[str, ...] = ()
    status: Status | None = None
    denies: bool = False
    link: str | None = None
    negated: Frame | None = None
    is_denial: bool = False  # whether it is what a frame becomes by denial: not accepting is refusing


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or expression that evokes a frame: its first word and, for expressions, the second."""

    frame: Frame
    second: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames, and what the stations ask of them, worked out once.

    `entries` are by category and first word, most specific first. `nominals` are the lemmas of nouns that evoke a
    frame, which the clause layer takes for nominal predicates; `words` are the first words of all entries, the lemmas
    that matter. `cues` are the words that attribute, each with the slots its content may stand in, likeliest first.
    """

    frames: tuple[Frame, ...]
    entries: Mapping[tuple[Category, str], tuple[Entry, ...]]
    nominals: frozenset[str]
    words: frozenset[str]
    cues: Mapping[str, tuple[str, ...]]
    own: frozenset[str] = frozenset()  # names of the frames of the analyst's folders


def load_lexicon(folders: Iterable[Path]) -> Lexicon:
    """Read every frame file of these folders, in name order; a later folder's frame replaces one of the same name.

    Raises:
        FrameError: a folder or its frame files are not there, or a file is not what `schema` asks for.
    """
    words: dict[str, frozenset[str]] = {}
    tables: dict[str, tuple[dict[str, Any], Path, int]] = {}
    own: set[str] = set()
    for nth, folder in enumerate(folders):
        for path in _files(folder):
            data = read_file(path)
            words.update({k: frozenset(v) for k, v in data.get("words", {}).items()})
            for k, table in enumerate(data.get("frame", [])):
                tables[table["name"]] = (table, path, k)
                if nth:
                    own.add(table["name"])
    frames = tuple(_frame(table, path, k, words) for table, path, k in tables.values())
    index: dict[tuple[Category, str], list[Entry]] = {}
    for frame in frames:
        for category, entries in (
            (Category.VERB, frame.verbs), (Category.NOUN, frame.nouns), (Category.ADJECTIVE, frame.adjectives)
        ):  # fmt: skip
            for entry in entries:
                first, _, second = entry.partition(" ")
                index.setdefault((category, first), []).append(Entry(frame, second))
    ranked = {key: tuple(sorted(found, key=_rank)) for key, found in index.items()}
    return Lexicon(
        frames=frames,
        entries=ranked,
        nominals=frozenset(word for category, word in ranked if category is Category.NOUN),
        words=frozenset(word for _, word in ranked),
        cues=_cues(frames),
        own=frozenset(own),
    )


TOPICS = ("on", "over")
"""Prepositions of what a noun is about: "a deal over grain" is a deal, and nobody says "grain" by it."""


def _cues(frames: Iterable[Frame]) -> dict[str, tuple[str, ...]]:
    out: dict[str, dict[str, None]] = {}
    for frame in frames:
        if frame.said:
            for word in (*frame.verbs, *frame.nouns, *frame.adjectives):
                first, _, second = word.partition(" ")
                if second in frame.content:
                    out.setdefault(first, {})[second] = None
                else:
                    topics = TOPICS if word in frame.nouns and frame.kind is None else ()
                    out.setdefault(word, {}).update((slot, None) for slot in frame.content if slot not in topics)
    return {word: tuple(slots) for word, slots in out.items()}


def _rank(entry: Entry) -> tuple[bool, bool]:
    """Expressions before single words, conditioned senses before plain ones; otherwise as the files have them."""
    return (not entry.second, not entry.frame.when)


def _files(folder: Path) -> list[Path]:
    """The frame files of a folder, in name order. Raises `FrameError` where there is none."""
    if folder.is_file():
        raise FrameError("this is a file", where=str(folder), remedy="name the folder that it lies in")
    if not folder.is_dir():
        raise FrameError("there is no such folder of frames", where=str(folder), remedy="check the path")
    found = sorted(folder.glob("*.toml"))
    if not found:
        raise FrameError("the folder holds no frame file", where=str(folder), remedy="put a .toml file there")
    return found


def _frame(table: Mapping[str, Any], path: Path, k: int, words: Mapping[str, frozenset[str]]) -> Frame:
    """A frame of its checked table, the k-th of its file."""
    negated = table.get("negated")
    changed = {**{key: v for key, v in table.items() if key != "negated"}, **negated} if negated else None
    status = table.get("status")
    return Frame(
        name=table["name"],
        cls=table["class"],
        plover=table.get("plover"),
        kind=table.get("kind"),
        verbs=tuple(table.get("verbs", ())),
        nouns=tuple(table.get("nouns", ())),
        adjectives=tuple(table.get("adjectives", ())),
        roles=_roles(table.get("roles", {})),
        noun_roles=_roles(table.get("noun_roles", {})),
        content=tuple(table.get("content", ())),
        said=table.get("said", False),
        when=_conditions(table, "when", words, path, k),
        unless=_conditions(table, "unless", words, path, k),
        answers=tuple(table.get("answers", ())),
        status=Status(status) if status else None,
        denies=table.get("denies", False),
        link=table.get("link"),
        negated=replace(_frame(changed, path, k, words), is_denial=True) if changed else None,
    )


def _roles(table: Mapping[str, Sequence[str]]) -> dict[Role, tuple[str, ...]]:
    return {Role(name): tuple(slots) for name, slots in table.items()}


def _conditions(
    table: Mapping[str, Any], key: str, words: Mapping[str, frozenset[str]], path: Path, k: int
) -> tuple[Condition, ...]:
    """The conditions under a key, word classes replaced by their words."""
    out = []
    for given in table.get(key, ()):
        condition: dict[str, frozenset[str]] = {}
        for slot, allowed in given.items():
            expanded: set[str] = set()
            for word in allowed:
                if word.startswith("@") and word[1:] not in words:
                    where = place(path.read_text(encoding="utf-8"), ("frame", k, key), path)
                    raise FrameError(
                        f"unknown word class {word!r}",
                        where=f"{where}, frame {table['name']!r}",
                        remedy="define it under [words]",
                    )
                expanded |= words[word[1:]] if word.startswith("@") else {word}
            condition[slot] = frozenset(expanded)
        out.append(condition)
    return tuple(out)
