"""News that nobody annotated, as passages for a teacher to read: what the sources of the corpus hold beside it."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from kg.language.training.entities import read_tagged, spaces
from kg.language.training.passages import Passage, document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

SENTENCES = 6
"""Sentences of a passage, as those of the annotated newswire have."""
GENRES = (
    "weblog", "newsgroup", "GUM_news", "GUM_interview", "GUM_speech", "GUM_court",
    "GUM_bio", "GUM_letter", "GUM_essay", "GUM_podcast", "GUM_academic", "GUM_textbook",
)  # fmt: skip
"""How the names of the treebanks' documents begin that are read."""
ARTICLES = {"wikigold": 120, "redocred": 400}
"""Encyclopaedias' articles by the folder they lie in, and how many passages of them are read: little happens there."""
LENGTHS = range(12, 601)
"""Characters of a sentence that is read; what is shorter or longer is a list or a heading."""
MARKS = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}
"""Penn tokens that stand for others."""
FEWEST = 3
"""Sentences below which what is left between two annotated passages is not worth reading."""


def read_news(corpora: Path, annotated: Mapping[str, Iterable[Passage]]) -> list[Passage]:
    """Return what the sources of the annotated passages, given by the part they are for, hold beside them.

    Besides these, articles of Wikinews and documents of MASC, re3d and two encyclopaedias.
    Of the Groningen Meaning Bank only blocks of which train has a passage, since a block is in one part alone; of the
    treebanks' train files no document of which dev has a sentence. No sentence of an annotated passage stands in any.
    """
    given = {part: list(passages) for part, passages in annotated.items()}
    blocks = {document(p.id) for p in given["train"]}
    known = {part: {_letters(p.text[a:b]) for p in some for a, b in p.sentences} for part, some in given.items()}
    every = known["train"] | known["dev"]
    out: list[Passage] = []
    sources = chain(
        _tagged(corpora / "ner" / "gmb" / "train.jsonl", "gmb"),
        _treebanks(corpora / "treebank"),
        _wikinews(corpora / "semantics"),
        _documents(corpora / "semantics"),
        *(_tagged(corpora / "ner" / name / "train.jsonl", name) for name in ARTICLES),
    )
    read: Counter[str] = Counter()
    for name, sentences in sources:
        source = name.split("-")[0]
        marks = [_letters(sentence) for sentence in sentences]
        if read[source] < ARTICLES.get(source, math.inf) and (
            name in blocks if source == "gmb" else known["dev"].isdisjoint(marks)
        ):
            good = [len(s) in LENGTHS and mark not in every for s, mark in zip(sentences, marks, strict=True)]
            found = list(_passages(name, [s if is_good else None for s, is_good in zip(sentences, good, strict=True)]))
            read[source] += len(found)
            out += found
    return out


def _tagged(file: Path, source: str) -> Iterator[tuple[str, list[str]]]:
    for block, rows in groupby(read_tagged(file), key=lambda row: row.doc):
        yield f"{source}-{block}", [prose(row.tokens) for row in rows]


def _wikinews(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the articles of Wikinews of which QANom and QA-SRL hold sentences, by paragraph and place."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    for file in ("qanom_train", "qasrl_gs_wikinews_dev"):
        for row in _rows(folder / f"{file}.jsonl"):
            _, source, article, paragraph, place = row["id"].split(":")
            if source == "wikinews":
                words = row.get("words") or row["text"].split()
                text = prose([MARKS.get(word, word) for word in words])
                found.setdefault(article, {})[int(paragraph), int(place)] = text
    for article, sentences in found.items():
        yield f"wikinews-{article}", [sentences[place] for place in sorted(sentences)]


def _documents(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the documents of MASC, sentence by sentence, and those of re3d."""
    for name, rows in groupby(_rows(folder / "masc_propbank.jsonl"), key=lambda row: str(row["doc"])):
        yield f"masc-{name}", [" ".join(row["text"].split()) for row in rows]
    for row in _rows(folder / "re3d_open.jsonl"):
        yield f"re3d-{row['id']}", re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", " ".join(row["text"].split()))


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


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
