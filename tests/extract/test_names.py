"""Names as the press writes them: whole, typed, without their titles, and short forms joined to long ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.extract.syntax.asides import asides
from kg.model import EntityType
from tests.extract.conftest import Extract

NAMES = list(csv.DictReader(Path(__file__).with_name("names.csv").open(encoding="utf-8")))
MISSED_AT_MOST = 3
"""Of the well-known names of the table, in one plain sentence each."""


def test_well_known_names_are_whole_and_typed_right(extract: Extract) -> None:
    missed = []
    for row in NAMES:
        found = extract(f"On Monday {row['name']} rejected the offer.")
        words = [(found.document.text[m.name.begin : m.name.end], m.type) for m in found.mentions if m.name]
        if (row["name"], EntityType(row["type"])) not in words:
            missed.append((row["name"], words))
    assert len(missed) <= MISSED_AT_MOST, missed


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Joris van den Akker blamed Chile. Van den Akker left.", "Joris van den Akker"),
        ("Salim bin Nasser al-Amri thanked Oman. Al-Amri left.", "Salim bin Nasser al-Amri"),
        ("Rosa Quispe Mamani thanked Chile. Quispe left.", "Rosa Quispe Mamani"),
        ("Han Sung-min thanked Chile. Han left.", "Han Sung-min"),
        ("Laura “Lou” Mbeki thanked Chile. Lou Mbeki left, and Laura Mbeki slept.", "Laura “Lou” Mbeki"),
        ("Cpl Tom Reed thanked Chile. Reed left.", "Tom Reed"),
        ("Cllr Tom Reed thanked Chile. Reed left.", "Tom Reed"),
        ("Chief Executive Tom Reed thanked Chile. Reed left.", "Tom Reed"),
        ("Gov. Tom Reed thanked Chile. The governor left.", "Tom Reed"),
        ("The club's treasurer, Ida Moreau, thanked Chile.", "Ida Moreau"),
        ("PRESIDENT SALIF BARRY THANKED THE UNIONS ON FRIDAY.", "Salif Barry"),
    ],
)
def test_a_person_is_one_by_the_full_name(extract: Extract, text: str, label: str) -> None:
    people = [c.name for c in extract(text).chains if c.type is EntityType.PERSON]
    assert people == [label]


def test_nobody_is_called_by_the_symbol_of_a_share(extract: Extract) -> None:
    found = extract("Veldhoek Lines SE (FRA: VHL) accepted the offer on Friday, and Veldhoek SE (Nasdaq: FAO) left.")
    assert not {c.name for c in found.chains} & {"FRA", "VHL", "European Union Agency for Fundamental Rights", "FAO"}
    assert not any("Food" in c.name for c in found.chains)


def test_numbers_of_people_keep_the_words_before_them(extract: Extract) -> None:
    found = extract("Rebels shelled Goma, killing at least nine people and two goats.")
    [people] = [m for m in found.mentions if m.head_lemma == "people" and not m.members]
    assert (people.text, people.marker) == ("at least nine people", "")


def test_a_text_says_what_its_acronyms_mean(extract: Extract) -> None:
    names = {c.name for c in extract("The Somali Dockers Front (SDF) left. The SDF said it was tired.").chains}
    assert "Somali Dockers Front" in names and "SAARC Development Fund" not in names


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u2060"])
def test_invisible_characters_are_kept_and_not_seen(extract: Extract, mark: str) -> None:
    text = f"Para{mark}guay re{mark}jected the offer{mark} from {mark}Chile."
    found = extract(text)
    assert {"Paraguay", "Chile"} <= {c.name for c in found.chains}
    assert all(text[m.span.begin : m.span.end] == m.text for m in found.mentions)
    assert [e.lemma for e in found.events if e.cls == "Refusal"] == ["reject"]


def test_teasers_and_corrections_tell_no_events(extract: Extract) -> None:
    text = "Peru expelled two envoys.\n\nRead more: Chile expels nine envoys\nCorrection: Bolivia expelled nobody."
    assert len(asides(text)) == 2
    assert {e.trigger.begin < 30 for e in extract(text).events} == {True}


def test_a_city_is_the_one_that_is_spelt_so(extract: Extract) -> None:
    found = extract("The fire spread in Los Angeles on Monday.")
    assert [c.name for c in found.chains if c.type is EntityType.GPE] == ["Los Angeles"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The SDF refused to comment.", "SDF"),
        ("The SDF attacked Raqqa.", "Syrian Democratic Forces"),
        ("Syria condemned the SDF.", "Syrian Democratic Forces"),
        ("The SAARC Development Fund (SDF) lent Nepal a million dollars.", "SAARC Development Fund"),
    ],
)
def test_an_abbreviation_of_several_bodies_means_the_one_whose_state_is_told(
    extract: Extract, text: str, name: str
) -> None:
    assert [c.name for c in extract(text).chains if c.type is EntityType.ORG] == [name]


def test_bodies_are_called_by_the_number_of_their_members(extract: Extract) -> None:
    chains = extract("China hosted the G20. The G7 condemned Iran.").chains
    assert {c.name for c in chains if c.type is EntityType.ORG} == {"G20", "G7"}
