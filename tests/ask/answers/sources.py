"""The texts that questions are made of: annotated passages of train, and texts of EWT and MASC."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from spacy.language import Language

from kg.language import analyse
from kg.language.training.passages import document, read_records
from tests.ask.answers.clauses import Text
from tests.ask.scoring import texts as asked_texts

SENTENCES = 12
"""Sentences of EWT and MASC that are read as one text."""
GENRES = ("weblog", "newsgroup", "email")
_SPOKEN = ("spoken", "twitter")


def read_texts(corpus: Path, semantics: Path | None, nlp: Language) -> list[Text]:
    """Read and parse them; no document of which `tests/ask` asks is among them."""
    held = {document(name) for name in asked_texts()}
    records = [
        record
        for path in sorted(corpus.glob("*-train.jsonl.gz"))
        for record in read_records(path)
        if document(record["id"]) not in held
    ]
    plain = [] if semantics is None else [*_ewt(semantics), *_masc(semantics)]
    docs = analyse(nlp, [*(record["text"] for record in records), *plain])
    annotated: Sequence[dict[str, Any] | None] = [*records, *(None for _ in plain)]
    return [Text(doc, record) for doc, record in zip(docs, annotated, strict=True)]


def _ewt(folder: Path) -> Iterator[str]:
    def source(record: dict[str, Any]) -> str:
        return str(record["id"]).rpartition("-")[0]

    kept = (one for one in _lines(folder / "ewt_propbank_train.jsonl") if one["id"].startswith(GENRES))
    for _, records in groupby(kept, source):
        yield from _grouped(records)


def _masc(folder: Path) -> Iterator[str]:
    kept = (one for one in _lines(folder / "masc_propbank.jsonl") if not any(kind in one["path"] for kind in _SPOKEN))
    for _, records in groupby(kept, lambda record: record["doc"]):
        yield from _grouped(records)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _grouped(records: Iterator[dict[str, Any]]) -> Iterator[str]:
    while found := list(islice(records, SENTENCES)):
        yield " ".join(record["text"] for record in found)
