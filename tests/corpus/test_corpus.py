"""The annotated passages keep their rules, stand in the right part, and are what the data card says."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kg.language.training.marked import FILE as MARKED
from kg.language.training.marked import faults as faults_of_marked
from kg.language.training.marked import read_marked
from kg.language.training.passages import (
    LONG,
    PARTS,
    Passage,
    document,
    faults,
    parts,
    read_passages,
    read_records,
    write_records,
)

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = sorted(CORPUS.glob("*-*.jsonl.gz"))
COLLECTIONS = sorted({path.name.rpartition("-")[0] for path in FILES})
SHARES = {"more": (10, 0), "newswire": (8, 12), "wikinews": (8, 12)}
"""Percent of the documents in dev and test."""


@cache
def collection(name: str) -> dict[str, list[Passage]]:
    paths = {part: CORPUS / f"{name}-{part}.jsonl.gz" for part in PARTS}
    return {part: read_passages(path) if path.exists() else [] for part, path in paths.items()}


def test_every_collection_is_known() -> None:
    assert set(COLLECTIONS) == set(SHARES)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_passages_keep_the_rules(name: str) -> None:
    assert faults(passage for own in collection(name).values() for passage in own) == []


@pytest.mark.parametrize("name", COLLECTIONS)
def test_each_passage_stands_in_the_part_of_its_document(name: str) -> None:
    told = {passage.id: part for part, own in collection(name).items() for passage in own}
    dev, test = SHARES[name]
    assert told == parts([p for own in collection(name).values() for p in own], dev=dev, test=test)


def test_no_document_and_no_long_sentence_stands_in_two_parts() -> None:
    homes: dict[str, set[str]] = {}
    for name in COLLECTIONS:
        for part, own in collection(name).items():
            for p in own:
                homes.setdefault(document(p.id), set()).add(part)
                for begin, end in p.sentences:
                    if end - begin >= LONG:
                        homes.setdefault(p.text[begin:end], set()).add(part)
    assert {what: where for what, where in homes.items() if len(where) > 1} == {}


@pytest.mark.parametrize("path", [*FILES, CORPUS / MARKED], ids=lambda path: path.name)
def test_packing_again_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    again = tmp_path / path.name
    write_records(read_records(path), again)
    assert gzip.decompress(again.read_bytes()) == gzip.decompress(path.read_bytes())
    assert path.read_bytes()[4:8] == bytes(4), "the time of packing stands in the file"


def test_marked_texts_keep_the_rules_and_are_what_the_data_card_says() -> None:
    texts = read_marked(CORPUS / MARKED)
    assert faults_of_marked(texts) == []
    words = sum(len(text.text.split()) for text in texts)
    told = (len(texts), words, sum(len(x.initiatives) for x in texts), sum(len(x.answers) for x in texts))
    card = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert "{:,} texts, {:,} words, {:,} words that tell an initiative, {:,} answers".format(*told) in card
    long = {text.text[a:b] for text in texts for a, b in text.sentences if b - a >= LONG}
    elsewhere = {
        p.text[a:b] for name in COLLECTIONS for own in collection(name).values() for p in own for a, b in p.sentences
    }
    assert not long & elsewhere


def counts(own: list[Passage]) -> list[int]:
    links = Counter(link.relation for p in own for link in p.relations)
    return [
        len(own),
        sum(len(p.sentences) for p in own),
        sum(len(p.text.split()) for p in own),
        sum(len(p.events) for p in own),
        sum(1 for p in own for event in p.events if event.kind),
        sum(len(p.statements) for p in own),
        links["answers"],
        links["causes"],
        links["same"],
    ]


def test_the_data_card_counts_right() -> None:
    card = (CORPUS / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| ([\d, |]+) \|$", card, re.MULTILINE)
    told = {name: [int(number.replace(",", "")) for number in row.split("|")] for name, row in rows}
    assert told == {path.name.removesuffix(".jsonl.gz"): counts(read_passages(path)) for path in FILES}
