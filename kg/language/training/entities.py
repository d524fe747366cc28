"""Entity corpora as gold `Doc`s in which a type that a corpus does not mark is missing, not absent."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.vocab import Vocab

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "DATE")
"""What the shipped pipeline marks."""

MISSING = "?"
"""The tag of a token of which a corpus does not tell what it is."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """How one corpus is used: the types it marks in full, sentences taken (0: all), and how often each is shown."""

    name: str
    marks: frozenset[str]
    take: int = 0
    times: int = 1


_PLACES = {"PERSON", "ORG", "GPE", "LOC"}
CORPORA = (
    Corpus("gmb", frozenset(_PLACES | {"NORP", "DATE"}), take=24000),
    Corpus("gum_open", frozenset(_PLACES | {"NORP", "EVENT", "DATE"})),
    Corpus("uner_ewt", frozenset(_PLACES | {"NORP"}), times=2),
    Corpus("crossner_politics", frozenset(_PLACES | {"EVENT"}), times=4),
    Corpus("wikigold", frozenset(_PLACES)),
    Corpus("redocred", frozenset(_PLACES | {"DATE"})),
)
"""The recipe. GMB's few EVENTs are used as such, but what it leaves out is not taken as absent."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence with one BIO tag per token; `MISSING` where the corpus is silent."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...]
    doc: str


CONTINENTAL = frozenset({"african", "american", "asian", "european", "latin american"})
"""Adjectives of continents; some corpora mark them as places."""
STATES = frozenset({"bosnia", "czechoslovakia", "turkey"})
"""States whose usual name the gazetteer behind `ner_gpe` lacks."""


def read_tagged(path: Path) -> list[Tagged]:
    """Read one JSON-lines file; places are GPE where a gazetteer knows them, tokens without letters are kept."""
    rows: list[Tagged] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            tokens = tuple(re.sub(r"\s+", "_", token) or "_" for token in row["tokens"])
            tags = _relabelled(tokens, row["ner_gpe"])
            rows.append(Tagged(tokens, tuple(tags), str(row.get("doc", ""))))
    return rows


def _relabelled(tokens: tuple[str, ...], tags: list[str]) -> list[str]:
    """Return tags in which states that stand as LOC are GPE, and adjectives of continents NORP."""
    out = list(tags)
    for start, end in _entities(tags):
        if tags[start] != "B-LOC":
            continue
        name = " ".join(tokens[start:end]).lower()
        label = "GPE" if name in STATES else "NORP" if name in CONTINENTAL else "LOC"
        out[start:end] = [f"{tag[:2]}{label}" for tag in tags[start:end]]
    return out


def _entities(tags: list[str]) -> Iterator[tuple[int, int]]:
    """Yield first token and end of each entity."""
    start = -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and not tag.startswith("I-"):
            yield start, i
            start = -1
        if tag.startswith("B-"):
            start = i


def shape(token: str) -> str:
    """Return a token with its digits made equal, so that "1997" stands for every year."""
    return re.sub(r"\d", "0", token)


def lexicon(corpora: dict[str, list[Tagged]], *, share: float = 0.2) -> dict[str, frozenset[str]]:
    """Return for NORP, EVENT and DATE the tokens that are of the type in at least `share` of their places.

    Counted over the corpora that mark the type. In a corpus that does not, such a token outside all
    entities may well be of that type, so it counts as missing.
    """
    found: dict[str, frozenset[str]] = {}
    for label in ("NORP", "EVENT", "DATE"):
        seen: Counter[str] = Counter()
        inside: Counter[str] = Counter()
        for corpus in CORPORA:
            if label not in corpus.marks:
                continue
            for row in corpora[corpus.name]:
                for token, tag in zip(row.tokens, row.tags, strict=True):
                    seen[shape(token)] += 1
                    inside[shape(token)] += tag[2:] == label
        named = label == "EVENT"  # "election" alone is no name
        found[label] = frozenset(
            t for t, n in inside.items() if n >= 2 and n >= share * seen[t] and not (named and t.islower())
        )
    return found


def masked(row: Tagged, marks: frozenset[str], words: dict[str, frozenset[str]]) -> Tagged:
    """Return a sentence with `MISSING` on MISC, on demonyms marked as places, and on what may be an unmarked type."""
    tags = list(row.tags)
    unmarked = [label for label in words if label not in marks]
    for i, token in enumerate(row.tokens):
        label = tags[i][2:]
        demonym = label in {"LOC", "GPE"} and "NORP" in unmarked and token in words["NORP"]
        silent = tags[i] == "O" and any(shape(token) in words[label_] for label_ in unmarked)
        if (label and label not in LABELS) or demonym or silent:
            tags[i] = MISSING
    return Tagged(row.tokens, tuple(_repaired(tags)), row.doc)


def _repaired(tags: list[str]) -> Iterator[str]:
    """Yield tags in which the rest of an entity whose beginning went missing is missing too."""
    before = "O"
    for tag in tags:
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = MISSING
        before = tag
        yield tag


def training_rows(
    corpora: dict[str, list[Tagged]], rng: random.Random, *, held_out: Iterable[Tagged]
) -> list[list[Tagged]]:
    """Return masked training sentences in runs of one to four, without those that the held-out files repeat."""
    words = lexicon(corpora)
    known = {row.tokens for row in held_out}
    runs: list[list[Tagged]] = []
    for corpus in CORPORA:
        rows = [masked(row, corpus.marks, words) for row in corpora[corpus.name] if row.tokens not in known]
        corpus_runs = list(_runs(rows, rng))
        rng.shuffle(corpus_runs)
        taken = 0
        for run in corpus_runs:
            if corpus.take and taken >= corpus.take:
                break
            taken += len(run)
            runs.extend([run] * corpus.times)
    rng.shuffle(runs)
    return runs


def _runs(rows: list[Tagged], rng: random.Random) -> Iterator[list[Tagged]]:
    run: list[Tagged] = []
    size = 1
    for row in rows:
        if run and (len(run) >= size or row.doc != run[-1].doc):
            yield run
            run = []
        if not run:
            size = rng.choice((1, 1, 2, 3, 4))
        run.append(row)
    if run:
        yield run


def entity_doc(vocab: Vocab, run: list[Tagged], *, as_given: bool) -> Doc:
    """Join a run of sentences into one gold `Doc`.

    `as_given` keeps the corpus' tokens for training as they are; otherwise the text is set as prose, and
    the shipped tokenizer cuts it anew. Then tokens that it will split ("U.S.-led") are missing where they
    would carry an entity type over to all their parts.
    """
    words = [token for row in run for token in row.tokens]
    tags = [tag for row in run for tag in row.tags]
    if not as_given:
        tags = list(_repaired([MISSING if _splits(w, t) else t for w, t in zip(words, tags, strict=True)]))
    doc = Doc(vocab, words=words) if as_given else Doc(vocab, words=words, spaces=spaces(words))
    spans = [DocSpan(doc, start, end, label=tags[start][2:]) for start, end in _entities(tags)]
    missing = [DocSpan(doc, i, i + 1) for i, tag in enumerate(tags) if tag == MISSING]
    doc.set_ents(spans, missing=missing, default="outside")
    return doc


def _splits(word: str, tag: str) -> bool:
    """Tell whether a hyphenated word mixes, or may mix, an entity with something else."""
    plain_name = re.fullmatch(r"[A-Z][a-z]+(-[A-Z]?[a-z]+)*", word)
    return "-" in word[1:-1] and word[:1].isupper() and tag != MISSING and plain_name is None


_NO_SPACE_BEFORE = re.compile(r"[,.;:!?%)\]}”’]|'s|’s|n't|n’t|'(re|ve|ll|d|m)|\.\.\.")
_NO_SPACE_AFTER = re.compile(r"[(\[{$€£“‘#]|US\$")


def spaces(words: list[str]) -> list[bool]:
    """Return whether prose has a space after each word; straight quotes open and close in turn."""
    spaces = []
    quoted = False
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ""
        space = not _NO_SPACE_BEFORE.fullmatch(following) and not _NO_SPACE_AFTER.fullmatch(word)
        if word == '"':
            quoted = not quoted
            space = space and not quoted
        if following == '"' and quoted:
            space = False
        spaces.append(bool(space))
    return spaces
