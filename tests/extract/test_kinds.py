"""What words beside a name tell of it: kinds of places and bodies, capitals that decide, families, parts of names."""

from __future__ import annotations

import pytest

from kg.extract.coreference.words import KIN
from kg.model import Analysis
from tests.extract.conftest import Extract


def chain(read: Analysis, text: str, nth: int = 0) -> int | None:
    """The chain of a mention by its text."""
    return read.chain_of[[m for m in read.mentions if m.text == text][nth].index]


def called(read: Analysis, text: str, nth: int = 0) -> str:
    """What the chain of a mention is called."""
    found = chain(read, text, nth)
    return "" if found is None else read.chains[found].name


def names(read: Analysis) -> dict[str, str]:
    """Each name as it stands in the text, with its type."""
    text = read.document.text
    return {text[m.name.begin : m.name.end]: str(m.type) for m in read.mentions if m.name is not None}


@pytest.mark.parametrize(
    ("text", "name", "description", "same"),
    [
        ("Floods reached Fiji. The island lost its roads.", "Fiji", "The island", True),
        ("Anna Weber left Ghana. The country had expelled her.", "Ghana", "The country", True),
        (
            "The Reform Movement won in Bergen. Voters gave the party 14 seats.",
            "The Reform Movement",
            "the party",
            True,
        ),
        ("Norway imposed an embargo on the island.", "Norway", "the island", False),
        ("Anna Weber left Ghana. The city cheered her.", "Ghana", "The city", False),
        ("Ferries left Malta for Cyprus. The island had no water.", "Malta", "The island", False),
        ("The Harbour Union met on Monday. The government gave in.", "The Harbour Union", "The government", False),
    ],
)
def test_a_kind_takes_up_the_only_name_before_it(
    extract: Extract, text: str, name: str, description: str, same: bool
) -> None:
    read = extract(text)
    assert (chain(read, name) == chain(read, description)) is same


@pytest.mark.parametrize(
    ("text", "city", "meant"),
    [
        ("Kyiv accused Moscow of shelling the dam.", "Kyiv", "Ukraine"),
        ("Kyiv accused Moscow of shelling the dam.", "Moscow", "Russia"),
        ("Paris and Berlin agreed to buy the jets together.", "Berlin", "Germany"),
        ("A bus from Ankara to Izmir overturned.", "Ankara", "Ankara"),
        ("Heavy snow closed the airport in Tokyo.", "Tokyo", "Tokyo"),
        ("The mayor of Paris opened the pool.", "Paris", "Paris"),
    ],
)
def test_a_capital_that_decides_is_its_state(extract: Extract, text: str, city: str, meant: str) -> None:
    assert called(extract(text), city) == meant


def test_a_capital_means_one_thing_in_a_text(extract: Extract) -> None:
    read = extract("Quito invited Lima to talks in June. Lima rejected the date.")
    assert chain(read, "Lima", 0) == chain(read, "Lima", 1)


@pytest.mark.parametrize(
    ("text", "pair", "members"),
    [
        ("Greece and Turkey swapped drafts. Both will meet again.", "Both", {"Greece", "Turkey"}),
        ("Mali, Niger and Chad left. The three states met.", "The three states", {"Mali", "Niger", "Chad"}),
        ("Ethiopia and Eritrea met in Asmara. The two will reopen the border.", "The two", {"Ethiopia", "Eritrea"}),
        (
            "Armenia and Azerbaijan met. The neighbours have fought two wars.",
            "The neighbours",
            {"Armenia", "Azerbaijan"},
        ),
    ],
)
def test_pairs_have_their_members(extract: Extract, text: str, pair: str, members: set[str]) -> None:
    read = extract(text)
    found = chain(read, pair)
    assert found is not None
    assert {read.chains[one].name for one in read.chains[found].members} == members


def test_somebody_called_like_a_city_stays_a_person(extract: Extract) -> None:
    read = extract("The attacker was Sudesh Amman, 20. Amman sold his car in Leeds. Amman was shot on Sunday.")
    assert chain(read, "Amman", 0) == chain(read, "Sudesh Amman") == chain(read, "Amman", 1)


def test_a_surname_is_not_the_relatives(extract: Extract) -> None:
    read = extract("Castro ceded power to his brother Raul Castro in July. Castro was ill.")
    assert chain(read, "Castro", 0) == chain(read, "Castro", 1) != chain(read, "his brother Raul Castro")


@pytest.mark.parametrize(
    ("before", "kin"),
    [("his younger brother ", True), ("Lund's wife, ", True), ("the brother-in-arms ", False), ("his lawyer ", False)],
)
def test_what_makes_a_relative(before: str, kin: bool) -> None:
    assert bool(KIN.search(before)) is kin


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The leader of the al-Qaida network spoke.", "al-Qaida", "ORG"),
        ("A group calling itself the Abu Hafs al-Masri Brigades posted it.", "Abu Hafs al-Masri Brigades", "ORG"),
        ("They protested against King Gyanendra's seizure of power.", "Gyanendra", "PERSON"),
        ("The panel wrote to Secretary of State Mike Pompeo.", "Mike Pompeo", "PERSON"),
        ("The speakers were First Minister of Scotland Nicola Sturgeon and a nurse.", "Nicola Sturgeon", "PERSON"),
        ("Thousands called for equal rights on International Women's Day.", "International Women's Day", "EVENT"),
        ("The Alternative for Germany came second.", "Alternative for Germany", "ORG"),
        ("Troops left the West Bank city of Nablus.", "West Bank", "LOC"),
        ("Likud backed the bill.", "Likud", "ORG"),
        ("Presidents Kais Saied and Emmanuel Macron spoke.", "Kais Saied", "PERSON"),
    ],
)
def test_names_are_whole_and_of_their_kind(extract: Extract, text: str, name: str, kind: str) -> None:
    found = names(extract(text))
    assert found.get(name) == kind, found


def test_a_letter_keeps_its_number(extract: Extract) -> None:
    assert names(extract("Aid agencies welcomed the G-8 commitment to Africa.")).get("G-8") == "ORG"
