"""Conditions and times: what is only supposed did not happen, and what came first is no cause for that."""

from __future__ import annotations

import pytest

from kg.model import Factuality, RelationKind
from tests.extract.conftest import Extract


@pytest.mark.parametrize(
    "text",
    [
        "If rebels attack the dam, Sudan will close the border.",
        "Sudan will close the border if rebels attack the dam.",
        "Sudan will close the border unless rebels leave the dam.",
        "Should rebels attack the dam, Sudan will close the border.",
        "Had rebels attacked the dam, Sudan would have closed the border.",
        "Sudan will close the border provided that rebels attack the dam.",
        "Sudan will close the border as long as rebels attack the dam.",
        "On condition that Mali agrees, Sudan will close the border.",
        "Assuming that rebels attack the dam, Sudan will close the border.",
        "If the envoys leave and rebels attack the dam, Sudan closes the border.",
        "Only if rebels attack the dam will Sudan close the border.",
    ],
)
def test_conditions_and_consequences_never_happened(extract: Extract, text: str) -> None:
    analysis = extract(text)
    assert {e.factuality for e in analysis.events if e.cls != "Statement"} == {Factuality.HYPOTHETICAL}
    assert [r.kind for r in analysis.relations] == [RelationKind.CONDITION]
    [relation] = analysis.relations
    assert "border" in relation.effect_text
    assert "border" not in relation.cause_text


@pytest.mark.parametrize(
    "text",
    [
        "Chad must leave; otherwise Mali will attack the port.",
        "Chad must leave or else Mali will attack the port.",
        "Mali keeps a fleet there in case of an attack on the port.",
    ],
)
def test_alternatives_and_precautions_never_happened(extract: Extract, text: str) -> None:
    assert {e.factuality for e in extract(text).events if e.cls == "Attack"} == {Factuality.HYPOTHETICAL}


def test_what_is_threatened_and_not_the_threat_depends_on_the_condition(extract: Extract) -> None:
    analysis = extract("Turkey said it would act if Greece moved.")
    assert [(r.kind, r.effect_text) for r in analysis.relations] == [(RelationKind.CONDITION, "it would act")]


def test_even_if_makes_no_condition(extract: Extract) -> None:
    analysis = extract("Even if Chad agrees, Mali will attack the port.")
    assert analysis.relations == ()
    assert [e.factuality for e in analysis.events if e.cls == "Attack"] == [Factuality.FUTURE]


def test_how_long_is_no_condition(extract: Extract) -> None:
    assert extract("Troops stayed in Badme as long as the war lasted.").relations == ()


def test_a_supposed_proposal_is_none(extract: Extract) -> None:
    assert [e.kind for e in extract("If Oman proposes a truce, Iran will study it.").events if e.kind] == []


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Gao hours after a convoy had left the town.",
        "Rebels shelled Gao two days after soldiers crossed the river.",
        "Police arrested nine men shortly after the minister left the hall.",
        "The conference ended when the last delegate left.",
        "The session closed when the clerk left the room.",
        "The crowd cheered when the bell rang.",
        "Rebels shelled Gao after the envoys were leaving the town.",
    ],
)
def test_times_are_no_causes(extract: Extract, text: str) -> None:
    assert extract(text).relations == ()


@pytest.mark.parametrize(
    "text",
    [
        "The march turned violent when police used batons.",
        "The minister resigned because the court jailed his brother.",
        "The workers went home after the owner raised their wages.",
    ],
)
def test_what_brings_something_about_is_a_cause(extract: Extract, text: str) -> None:
    assert [r.kind for r in extract(text).relations] == [RelationKind.CAUSE]
