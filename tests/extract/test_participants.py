"""Who takes part: nobody with himself, no deed as a doer, every counted party with its own number."""

from __future__ import annotations

import pytest

from kg.model import Event, Role
from tests.extract.conftest import Extract


def events(extract: Extract, text: str, word: str) -> list[Event]:
    found = [e for e in extract(text).events if text[e.trigger.begin : e.trigger.end] == word and e.cls != "Statement"]
    assert found, f"no event of {word!r}"
    return found


def who(event: Event, role: Role) -> list[str]:
    return [p.text for p in event.participants if p.role is role]


@pytest.mark.parametrize(
    ("text", "word", "role", "names"),
    [
        ("Polish and Czech envoys met with each other on Friday.", "met", Role.RECIPIENT, ["Polish", "Czech"]),
        ("Ghana and Togo praised one another.", "praised", Role.RECIPIENT, ["Ghana", "Togo"]),
        ("Forty sailors were detained by Kenya on Monday, 12 of them officers.", "detained", Role.AGENT, ["Kenya"]),
        ("The Geneva talks between Chad and Mali went on.", "talks", Role.PLACE, ["Geneva"]),
        ("The Geneva talks went on.", "talks", Role.AGENT, []),
        ("The Ghanaian talks went on.", "talks", Role.AGENT, ["Ghanaian"]),
        ("The attack killed four guards.", "killed", Role.AGENT, []),
        # what somebody is under is done to them
        ("The town is under attack by rebels.", "attack", Role.RECIPIENT, ["The town"]),
        ("The town is under attack by rebels.", "attack", Role.AGENT, ["rebels"]),
        ("The minister is under investigation.", "investigation", Role.AGENT, []),
        # finite verbs are joined to finite ones
        ("Diaz urged the bank to wait and met the mayor.", "met", Role.AGENT, ["Diaz"]),
        ("Norway said it would help Chad and expelled an envoy.", "expelled", Role.AGENT, ["Norway"]),
        # and past ones to past ones, behind a comma
        ("Diaz said that Kenya is willing to talk, and called on Chad to act.", "called", Role.PROPOSER, ["Diaz"]),
        ("Diaz said that Kenya is leaving, and called on Chad to act.", "called", Role.PROPOSER, ["Diaz"]),
        (
            "Okello announced that the list had been checked and proposed that Chad host the talks.",
            "proposed",
            Role.PROPOSER,
            ["Okello"],
        ),
        # what a clause is said of does nothing in it; nor is somebody his own chief
        (
            "The charge against Okello is that, as aide to President Diaz, he asked Kenya to wait.",
            "asked",
            Role.PROPOSER,
            ["he"],
        ),
        # whose request it is
        (
            "Mali agreed to the request of Prime Minister Ann Roe to leave.",
            "request",
            Role.PROPOSER,
            ["Prime Minister Ann Roe"],
        ),
        ("The offer of talks came late.", "offer", Role.PROPOSER, []),
        ("Neither Ghana nor Togo accepted the offer that Benin made.", "offer", Role.PROPOSER, ["Benin"]),
        ("Iran has not rejected the proposal that Oman put forward.", "proposal", Role.PROPOSER, ["Oman"]),
        ("Mali welcomed the offer which Chad never made.", "offer", Role.PROPOSER, []),
        ("Chad ignored the demands of the protesters.", "demands", Role.PROPOSER, ["the protesters"]),
        # a rank belongs to the person after it
        (
            "Diaz offered the U.S. Army Lt. Col. Ann Roe a seat.",
            "offered",
            Role.ADDRESSEE,
            ["the U.S. Army Lt. Col. Ann Roe"],
        ),
    ],
)
def test_roles(extract: Extract, text: str, word: str, role: Role, names: list[str]) -> None:
    assert who(events(extract, text, word)[0], role) == names


def test_he_is_not_the_one_he_serves(extract: Extract) -> None:
    text = "The charge against Okello is that, as aide to President Diaz, he asked Kenya to wait."
    analysis = extract(text)
    he = next(m for m in analysis.mentions if m.text == "he")
    chief = next(m for m in analysis.mentions if "Diaz" in m.text)
    assert analysis.chain_of[he.index] != analysis.chain_of[chief.index]


def test_each_counted_party_has_its_number(extract: Extract) -> None:
    found = events(extract, "Gunmen killed 5 guards and 6 drivers on Monday.", "killed")
    told = [(who(e, Role.RECIPIENT), e.quantity.value if e.quantity else None) for e in found]
    assert told == [(["5 guards"], 5), (["6 drivers"], 6)]
    assert {e.time.begin for e in found if e.time} == {"2025-06-16"}


def test_a_party_without_a_number_stays_with_the_first(extract: Extract) -> None:
    [event] = events(extract, "Norway released 40 sailors and their captain.", "released")
    assert len([p for p in event.participants if p.role is Role.PATIENT]) == 2


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Six guards died. The company spoke of nine.", [6, 9]),
        ("Six guards died. The company knew the three.", []),
        ("The strikers, numbering in the thousands, had three demands.", []),
    ],
)
def test_figures_in_words(extract: Extract, text: str, values: list[int]) -> None:
    assert [e.quantity.value for e in extract(text).events if e.frame == "figure" and e.quantity] == values


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Mali expelled an envoy.\n\nCorrection: An earlier version said that Chad attacked Niger.", "attacked"),
        ("Mali expelled an envoy.\n\nAn earlier version of this story said that Chad attacked Niger.", "attacked"),
        ("Mali expelled an envoy.\n\nRead more: Chad attacks Niger", "attacks"),
        ("Mali expelled an envoy.\nRelated: Chad attacks Niger\n", "attacks"),
    ],
)
def test_notes_and_teasers_tell_nothing(extract: Extract, text: str, gone: str) -> None:
    triggers = [text[e.trigger.begin : e.trigger.end] for e in extract(text).events]
    assert "expelled" in triggers
    assert gone not in triggers


def test_a_quotation_below_the_name_of_its_speaker(extract: Extract) -> None:
    text = "The club gathered replies.\n\nAnd from Mayor Ann Roe:\n\n“This was a good year for the town.”"
    said = [e for e in extract(text).events if e.cls == "Statement" and "good year" in e.content_text]
    assert [p.text for e in said for p in e.participants] == ["Mayor Ann Roe"]


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        # a happening that is wanted is nobody whom one asks
        ("Norway offered to host talks.", "offered", []),
        ("Rwanda has offered to hold the next summit in Kigali.", "offered", []),
        ("Finland offered to host the two presidents.", "offered", ["the two presidents"]),
        # the supervision is Benin's, not the vote
        ("Ghana welcomed the vote held in Togo under the supervision of Benin.", "welcomed", ["the vote"]),
        ("Ghana welcomed the vote of the parliament.", "welcomed", ["the vote of the parliament"]),
    ],
)
def test_whom_it_concerns(extract: Extract, text: str, word: str, names: list[str]) -> None:
    [event] = events(extract, text, word)
    assert who(event, Role.RECIPIENT) + who(event, Role.ADDRESSEE) == names
