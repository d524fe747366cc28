"""News that nobody annotated, as passages for a teacher to read: what the sources of the corpus hold beside it."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from kg.language.training.entities import read_tagged, spaces
from kg.language.training.passages import Passage, document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

SENTENCES = 6
"""Sentences of a passage, as those of the annotated newswire have."""
GENRES = ("weblog", "newsgroup", "GUM_news", "GUM_interview", "GUM_speech", "GUM_court")
"""How the names of the treebanks' documents begin that are read."""
FEWEST = 3
"""Sentences below which what is left between two annotated passages is not worth reading."""


def read_news(corpora: Path, annotated: Mapping[str, Iterable[Passage]]) -> list[Passage]:
    """Return what the sources of the annotated passages, given by the part they are for, hold beside them.

    Of the Groningen Meaning Bank only blocks of which train has a passage, since a block is in one part alone; of the
    treebanks' train files no document of which dev has a sentence. No sentence of an annotated passage stands in any.
    """
    given = {part: list(passages) for part, passages in annotated.items()}
    blocks = {document(p.id) for p in given["train"]}
    known = {part: {_letters(p.text[a:b]) for p in some for a, b in p.sentences} for part, some in given.items()}
    every = known["train"] | known["dev"]
    out: list[Passage] = []
    for name, sentences in (*_bank(corpora / "ner" / "gmb" / "train.jsonl"), *_treebanks(corpora / "treebank")):
        marks = [_letters(sentence) for sentence in sentences]
        if name in blocks if name.startswith("gmb") else known["dev"].isdisjoint(marks):
            out += _passages(name, [None if mark in every else s for s, mark in zip(sentences, marks, strict=True)])
    return out


def _bank(file: Path) -> Iterator[tuple[str, list[str]]]:
    for block, rows in groupby(read_tagged(file), key=lambda row: row.doc):
        yield f"gmb-{block}", [prose(row.tokens) for row in rows]


def _treebanks(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the sentences of the treebanks' documents that are news or of the like."""
    for name in ("en_ewt", "en_gum_open"):
        for text in (folder / f"{name}-train.conllu").read_text(encoding="utf-8").split("# newdoc id = ")[1:]:
            if text.startswith(GENRES):
                yield text.split(maxsplit=1)[0], re.findall(r"^# text = (.*)$", text, re.MULTILINE)


def _passages(name: str, sentences: Sequence[str | None]) -> Iterator[Passage]:
    """Give runs of sentences; None is one that must not stand in any."""
    run: list[str] = []
    for number, sentence in enumerate((*sentences, None)):
        if sentence is not None:
            run.append(sentence)
        if sentence is None or len(run) == SENTENCES:
            if len(run) >= FEWEST:
                yield plain(f"{name}-{number}", run)
            run = []


def plain(name: str, sentences: Sequence[str]) -> Passage:
    """Return a passage in which nothing is marked."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return Passage(name, " ".join(sentences), tuple(spans), (), (), (), {}, name)


def prose(tokens: Sequence[str]) -> str:
    """Set a sentence's tokens as prose."""
    words = list(tokens)
    return "".join(word + " " * space for word, space in zip(words, spaces(words), strict=True)).strip()


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
