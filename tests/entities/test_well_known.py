"""Names that the news of 2024 to 2026 is full of: found whole in plain sentences, typed, and linked right or not."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from kg.entities.identity import Actor, normalised
from kg.entities.knowledge import candidates_of, load
from kg.entities.linking import Context, TableLinker
from kg.extract.mentions import find_mentions
from kg.language import analyse, load_nlp
from kg.model import EntityType, Known
from kg.vocab import ENTITY_CLASSES

NAMES = Path(__file__).parent / "names" / "well_known.csv"
SENTENCES = {
    "PERSON": (
        "On Tuesday {} rejected the proposal and left the room.",
        "Critics say that {} knew of the payments for months.",
        "{} will travel to the summit later this week, a spokesman said.",
        "The letter was addressed to {}, who did not reply.",
    ),
    "ORG": (
        "On Monday {} rejected the allegations in a statement.",
        "A report by {} found that the figures had been wrong for years.",
        "Officials met representatives of {} behind closed doors.",
    ),
    "GPE": (
        "Thousands of people marched in {} on Sunday.",
        "The talks in {} ended without a deal.",
        "A fire broke out at a warehouse near {}, killing two workers.",
    ),
}


@lru_cache(maxsize=1)
def rows() -> tuple[dict[str, str], ...]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def told(row: dict[str, str], number: int) -> str:
    sentences = SENTENCES[row["type"]]
    return sentences[number % len(sentences)].format(row["name"])


@lru_cache(maxsize=1)
def found() -> tuple[tuple[str, str], ...]:
    """The first name that is found where each name stands, and its type; "" where none is."""
    gazetteer, nlp = load(), load_nlp()
    out = []
    texts = [told(row, number) for number, row in enumerate(rows())]
    for row, text, doc in zip(rows(), texts, analyse(nlp, texts), strict=True):
        begin = text.index(row["name"])
        end = begin + len(row["name"])
        _, mentions = find_mentions(doc, gazetteer)
        names = [m for m in mentions if m.name and m.name.begin < end and begin < m.name.end]
        bare = [text[m.name.begin : m.name.end] for m in names if m.name]
        out.append((bare[0], str(names[0].type)) if len(bare) == 1 else (" | ".join(bare), ""))
    return tuple(out)


def plain(name: str) -> str:
    """Without titles and the article, which may stand outside a name."""
    return normalised(name.removeprefix("King ").removeprefix("Pope "))


def meant(row: dict[str, str]) -> Known | None:
    """What the tables have under exactly this name, type and state: the most prominent."""
    every = candidates_of(load(), normalised(row["name"]))
    fitting = [
        k
        for k in every
        if k.id
        and k.type == row["type"]
        and k.sense != "seat"
        and (not row["country"] or k.country in (row["country"], ""))
    ]
    return max(fitting, key=lambda k: k.weight, default=None)


def links() -> Iterator[tuple[dict[str, str], Known, Known | None]]:
    linker = TableLinker(load())
    for row in rows():
        known = meant(row)
        if known is not None:
            states = frozenset({row["country"]} - {""})
            actor = Actor("http://x/a", ENTITY_CLASSES[row["type"]], row["name"], True, names=(row["name"],))
            yield row, known, linker.link(actor, Context(states)).chosen


def test_the_list_is_long_and_from_everywhere() -> None:
    assert len(rows()) >= 200 and len({row["country"] for row in rows()}) > 60
    assert {row["type"] for row in rows()} == {"PERSON", "ORG", "GPE"}


def test_nearly_all_are_found_whole_and_typed_right() -> None:
    wrong = [
        (row["name"], name, kind)
        for row, (name, kind) in zip(rows(), found(), strict=True)
        if plain(name) != plain(row["name"]) or kind != row["type"]
    ]
    assert len(wrong) <= 0.05 * len(rows()), wrong


def test_nearly_all_that_the_tables_have_are_linked_right() -> None:
    decided = list(links())
    assert len(decided) > 150
    missed = [(row["name"], chosen) for row, known, chosen in decided if chosen is None or chosen.id != known.id]
    assert len(missed) <= 0.15 * len(decided), missed


@pytest.mark.parametrize(
    ("kind", "name", "described", "states"),
    [
        (EntityType.PERSON, "David Cameron", ("a plumber from Ohio",), {"US"}),
        (EntityType.PERSON, "Mike Johnson", ("the Australian goalkeeper",), {"AU"}),
        (EntityType.PERSON, "Boris Johnson", ("an American surgeon",), {"US"}),
        (EntityType.PERSON, "Wang Yi", ("the Malaysian badminton coach",), {"MY"}),
        (EntityType.PERSON, "Penny Wong", ("a baker",), {"SG"}),
        (EntityType.PERSON, "Joseph Aoun", ("an economist",), {"US"}),
        (EntityType.PERSON, "Karim Khan", ("a bus driver",), {"PK"}),
        (EntityType.PERSON, "Imran Khan", ("a teacher",), {"GB"}),
        (EntityType.PERSON, "Paul Kagame", ("a Belgian footballer",), {"BE"}),
        (EntityType.PERSON, "Li Qiang", ("a swimmer",), {"CN"}),
        (EntityType.PERSON, "Amadou Keita", ("the president",), set()),
        (EntityType.PERSON, "Rubio", ("a waiter",), {"ES"}),
        (EntityType.PERSON, "Scholz", (), set()),
        (EntityType.PERSON, "Costa", (), set()),
        (EntityType.PERSON, "Sunak", ("a nurse",), {"IN"}),
        (EntityType.ORG, "FBI", ("the Fiji Bar Institute",), {"FJ"}),
        (EntityType.ORG, "House", (), {"GH"}),
        (EntityType.ORG, "Labour Party", (), set()),
        (EntityType.ORG, "Ministry of Justice", (), {"GH"}),
        (EntityType.LOC, "Red Sea", (), {"EG"}),
        (EntityType.LOC, "White House", (), {"US"}),
        (EntityType.ORG, "Panama", (), {"PA"}),
        (EntityType.GPE, "Springfield", (), {"US"}),
    ],
)
def test_a_namesake_is_linked_to_nobody(
    kind: EntityType, name: str, described: tuple[str, ...], states: set[str]
) -> None:
    actor = Actor(
        "http://x/a", ENTITY_CLASSES[kind], name, True, published="2026-03-01", names=(name,), descriptions=described
    )
    chosen = TableLinker(load()).link(actor, Context(frozenset(states))).chosen
    assert chosen is None or (not chosen.id and chosen.label == name), chosen  # the sea itself, which has no id
