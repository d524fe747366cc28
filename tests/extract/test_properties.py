"""What must hold of extraction whatever the words: metamorphic properties over generated sentences."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Analysis, Event, Factuality, Role
from tests.extract.conftest import Extract

STATES = st.sampled_from(["Norway", "Egypt", "Kenya", "Japan", "Peru", "Jordan", "Poland"])
THINGS = st.sampled_from(["the rebels", "the town", "the convoy", "the village", "the airport"])
VERBS = st.sampled_from([("attack", "attacked"), ("bomb", "bombed"), ("invade", "invaded")])
QUICK = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def one(analysis: Analysis, cls: str) -> Event:
    found = [e for e in analysis.events if e.cls == cls]
    assert len(found) == 1, f"{analysis.document.text}: {[(e.cls, e.label) for e in analysis.events]}"
    return found[0]


def facts(event: Event) -> set[tuple[str, str]]:
    return {(str(p.role), p.text) for p in event.participants}


@QUICK
@given(STATES, VERBS, THINGS)
def test_a_passive_and_its_active_are_one_event(
    extract: Extract, state: str, verb: tuple[str, str], thing: str
) -> None:
    active = one(extract(f"{state} {verb[1]} {thing}."), "Attack")
    passive = one(
        extract(f"{thing.capitalize()} {'were' if thing.endswith('rebels') else 'was'} {verb[1]} by {state}."), "Attack"
    )
    assert {(r, t.lower()) for r, t in facts(active)} == {(r, t.lower()) for r, t in facts(passive)}
    assert (active.plover, active.factuality) == (passive.plover, passive.factuality)


@QUICK
@given(STATES, VERBS, THINGS)
def test_negation_flips_factuality_and_nothing_else(
    extract: Extract, state: str, verb: tuple[str, str], thing: str
) -> None:
    plain = one(extract(f"{state} {verb[1]} {thing}."), "Attack")
    denied = one(extract(f"{state} did not {verb[0]} {thing}."), "Attack")
    assert (plain.factuality, denied.factuality) == (Factuality.HAPPENED, Factuality.DENIED)
    assert facts(plain) == facts(denied)
    assert (plain.cls, plain.plover, plain.frame) == (denied.cls, denied.plover, denied.frame)


@QUICK
@given(STATES, VERBS, THINGS, st.sampled_from(["suddenly", "reportedly", "repeatedly", "openly"]))
def test_an_adverb_changes_nothing(
    extract: Extract, state: str, verb: tuple[str, str], thing: str, adverb: str
) -> None:
    plain = one(extract(f"{state} {verb[1]} {thing}."), "Attack")
    modified = one(extract(f"{state} {adverb} {verb[1]} {thing}."), "Attack")
    assert facts(plain) == facts(modified)
    assert (plain.plover, plain.factuality) == (modified.plover, modified.factuality)


@QUICK
@given(STATES, STATES, VERBS, THINGS)
def test_coordinated_subjects_are_both_agents(
    extract: Extract, first: str, second: str, verb: tuple[str, str], thing: str
) -> None:
    if first == second:
        return
    event = one(extract(f"{first} and {second} {verb[1]} {thing}."), "Attack")
    assert {p.text for p in event.participants if p.role is Role.AGENT} == {first, second}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya will attack the town.", Factuality.FUTURE),
        ("Kenya could attack the town.", Factuality.HYPOTHETICAL),
        ("Kenya threatened to attack the town.", Factuality.HYPOTHETICAL),
        ("Kenya urged Peru to attack the town.", Factuality.HYPOTHETICAL),
        ("Kenya denied that it had attacked the town.", Factuality.DENIED),
        ("Kenya failed to attack the town.", Factuality.DENIED),
        ("Kenya said that Peru had attacked the town.", Factuality.HAPPENED),
    ],
)
def test_factuality_of_the_event_itself(extract: Extract, text: str, expected: Factuality) -> None:
    assert one(extract(text), "Attack").factuality is expected


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_offsets_within_it(extract: Extract, text: str) -> None:
    analysis = extract(text)
    for mention in analysis.mentions:
        assert text[mention.span.begin : mention.span.end] == mention.text
    for event in analysis.events:
        assert 0 <= event.trigger.begin < event.trigger.end <= len(text)
        assert event.evidence
