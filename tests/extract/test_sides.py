"""Who stands on which side, what a suggestion asks for, what is only a state of things: rows a reader would doubt."""

from __future__ import annotations

import pytest

from kg.model import Analysis, EntityType, MentionKind, RelationKind, Role
from tests.extract.conftest import Extract
from tests.extract.test_participants import events, who


def named(analysis: Analysis) -> dict[str, EntityType | None]:
    """Names of chains in which a name stands, with their types."""
    names = (c for c in analysis.chains if any(analysis.mentions[m].kind is MentionKind.NAME for m in c.mentions))
    return {c.name: c.type for c in names}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kyiv proposed direct talks between Zelenskyy and Putin.", ["Putin"]),
        ("Chad proposed a summit between Ghana and Mali.", ["Ghana", "Mali"]),
        ("Chad proposed talks between Chad and Mali.", ["Mali"]),
    ],
)
def test_those_between_whom_it_is_to_be_are_asked_but_for_the_own_side(
    extract: Extract, text: str, names: list[str]
) -> None:
    assert who(events(extract, text, "proposed")[0], Role.ADDRESSEE) == names


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The strike began at noon. Diaz suggested that it could end by Monday.", None),
        ("The strike began at noon. Diaz suggested that it be ended by Monday.", "propose"),
        ("Diaz suggested that Chad could host the talks.", "propose"),
    ],
)
def test_what_may_be_is_no_proposal(extract: Extract, text: str, kind: str | None) -> None:
    suggested = events(extract, text, "suggested")[0]
    assert suggested.kind == kind
    assert "it" not in who(suggested, Role.ADDRESSEE)


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("The neighbours do not agree on how much the bridge cost.", "Agreement"),
        ("Chad does not agree to the plan.", "Refusal"),
        ("Chad did not agree to leave.", "Refusal"),
    ],
)
def test_those_who_see_it_otherwise_refuse_nothing(extract: Extract, text: str, cls: str) -> None:
    assert events(extract, text, "agree")[0].cls == cls


@pytest.mark.parametrize(
    "text",
    [
        "Open River, a volunteer group that counts the boats, complained about the fee.",
        "A volunteer group in Bergen, Open River, complained about the fee.",
    ],
)
def test_a_name_and_what_the_text_says_it_is_are_one(extract: Extract, text: str) -> None:
    analysis = extract(text)
    assert named(analysis)["Open River"] is EntityType.ORG
    assert who(events(extract, text, "complained")[0], Role.AGENT)
    chain = next(c for c in analysis.chains if c.name == "Open River")
    assert any("group" in analysis.mentions[m].text for m in chain.mentions)


@pytest.mark.parametrize(("who_is_meant", "kind"), [("every captive", None), ("the captive", EntityType.PERSON)])
def test_nobody_in_particular_is_no_person(extract: Extract, who_is_meant: str, kind: EntityType | None) -> None:
    analysis = extract(f"Diaz promised that {who_is_meant} would be brought home.")
    assert {analysis.mentions[c.key].text: c.type for c in analysis.chains}[who_is_meant] is kind


def test_talks_are_called_by_what_tells_them_apart(extract: Extract) -> None:
    analysis = extract("The Oslo talks began on Monday. Chad left the direct talks with Mali early. The talks went on.")
    [name] = {c.name for c in analysis.chains if c.type is EntityType.EVENT}
    assert name == "Oslo talks"


@pytest.mark.parametrize("result", ["little", "nothing", "few results"])
def test_what_yields_nothing_has_no_outcome(extract: Extract, result: str) -> None:
    relations = extract(f"The talks in Oslo yielded {result}.").relations
    told = [r.effect_text for r in relations if r.kind is RelationKind.OUTCOME]
    assert told == (["few results"] if " " in result else [])


def test_a_label_keeps_the_particle_after_the_object(extract: Extract) -> None:
    assert events(extract, "They turned the offer down.", "turned")[0].label == "They turned the offer down"


def test_whose_suggestion_it_is_is_not_what_was_suggested(extract: Extract) -> None:
    assert not extract("The envoys met at the suggestion of Ann Roe.").attributions
    [said] = extract("The envoys met at Ann Roe's suggestion that they talk.").attributions
    assert said.source is not None
