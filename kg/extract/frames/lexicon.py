"""The frame lexicon: `ontology/frames/*.toml` read into records, indexed by the words that evoke each frame.

A frame names an ontology class, the words that evoke it, where each role stands, and the senses that do not count.
The format is described for analysts in `docs/frames.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import FrameError
from kg.model import Category, Role, Status
from kg.vocab import PLOVER_CODES

KINDS = frozenset({"propose", "offer", "invite", "plan", "request", "urge", "demand", "threaten"})
KEYS = frozenset({
    "name", "class", "kind", "plover", "verbs", "nouns", "adjectives", "roles", "noun_roles", "content", "said", "when",
    "unless", "answers", "status", "negated", "denies", "link",
})  # fmt: skip

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


def load_lexicon(folders: Iterable[Path]) -> Lexicon:
    """Read every frame file of these folders, in name order; a later folder's frame replaces one of the same name.

    Raises:
        FrameError: a file is no TOML, or a frame lacks its class, or names an unknown role, slot or code.
    """
    words: dict[str, frozenset[str]] = {}
    tables: dict[str, tuple[dict[str, Any], Path]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            data = _parse(path)
            words.update({k: frozenset(v) for k, v in data.get("words", {}).items()})
            for table in data.get("frame", []):
                if "name" not in table:
                    raise FrameError("a frame has no name", where=str(path), remedy='give it a line name = "…"')
                tables[table["name"]] = (table, path)
    frames = tuple(_frame(table, path, words) for table, path in tables.values())
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
    )


def _cues(frames: Iterable[Frame]) -> dict[str, tuple[str, ...]]:
    out: dict[str, dict[str, None]] = {}
    for frame in frames:
        if frame.said:
            for word in (*frame.verbs, *frame.nouns, *frame.adjectives):
                first, _, second = word.partition(" ")
                if second in frame.content:
                    out.setdefault(first, {})[second] = None
                else:
                    out.setdefault(word, {}).update(dict.fromkeys(frame.content))
    return {word: tuple(slots) for word, slots in out.items()}


def _rank(entry: Entry) -> tuple[bool, bool]:
    """Expressions before single words, conditioned senses before plain ones; otherwise as the files have them."""
    return (not entry.second, not entry.frame.when)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise FrameError(
            f"cannot be read as TOML ({error})", where=str(path), remedy="mend the file or leave it out"
        ) from error


def _frame(table: Mapping[str, Any], path: Path, words: Mapping[str, frozenset[str]]) -> Frame:
    where = f"{path}, frame {table['name']!r}"
    unknown = sorted(set(table) - KEYS)
    if unknown:
        raise FrameError(f"unknown key {unknown[0]!r}", where=where, remedy=f"use one of {', '.join(sorted(KEYS))}")
    if "class" not in table:
        raise FrameError("no ontology class", where=where, remedy='give it a line class = "…"')
    plover = table.get("plover")
    if plover is not None and plover not in PLOVER_CODES:
        raise FrameError(
            f"{plover!r} is no PLOVER root code", where=where, remedy=f"use one of {', '.join(PLOVER_CODES)}"
        )
    kind = table.get("kind")
    if kind is not None and kind not in KINDS:
        raise FrameError(
            f"{kind!r} is no kind of initiative", where=where, remedy=f"use one of {', '.join(sorted(KINDS))}"
        )
    negated = table.get("negated")
    changed = {**{k: v for k, v in table.items() if k != "negated"}, **negated} if negated else None
    return Frame(
        name=table["name"],
        cls=table["class"],
        plover=plover,
        kind=kind,
        verbs=tuple(table.get("verbs", ())),
        nouns=tuple(table.get("nouns", ())),
        adjectives=tuple(table.get("adjectives", ())),
        roles=_roles(table.get("roles", {}), where),
        noun_roles=_roles(table.get("noun_roles", {}), where),
        content=tuple(table.get("content", ())),
        said=bool(table.get("said", False)),
        when=_conditions(table.get("when", ()), words, where),
        unless=_conditions(table.get("unless", ()), words, where),
        answers=tuple(table.get("answers", ())),
        status=_status(table.get("status"), where),
        denies=bool(table.get("denies", False)),
        link=table.get("link"),
        negated=replace(_frame(changed, path, words), is_denial=True) if changed else None,
    )


def _roles(table: Mapping[str, Any], where: str) -> dict[Role, tuple[str, ...]]:
    try:
        return {Role(name): tuple(slots) for name, slots in table.items()}
    except ValueError as error:
        known = ", ".join(Role)
        raise FrameError(f"unknown role ({error})", where=where, remedy=f"use one of {known}") from error


def _status(name: str | None, where: str) -> Status | None:
    try:
        return Status(name) if name else None
    except ValueError as error:
        raise FrameError(f"{name!r} is no status", where=where, remedy=f"use one of {', '.join(Status)}") from error


def _conditions(
    tables: Iterable[Mapping[str, Any]], words: Mapping[str, frozenset[str]], where: str
) -> tuple[Condition, ...]:
    out = []
    for table in tables:
        condition: dict[str, frozenset[str]] = {}
        for slot, allowed in table.items():
            expanded: set[str] = set()
            for word in allowed:
                if word.startswith("@") and word[1:] not in words:
                    raise FrameError(f"unknown word class {word!r}", where=where, remedy="define it under [words]")
                expanded |= words[word[1:]] if word.startswith("@") else {word}
            condition[slot] = frozenset(expanded)
        out.append(condition)
    return tuple(out)
