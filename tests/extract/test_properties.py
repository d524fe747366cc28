"""What must hold of extraction whatever the words: metamorphic properties over generated sentences."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kg.model import Analysis, Event, Factuality, Role
from tests.extract.conftest import Extract


class Act(NamedTuple):
    """A verb of a frame in three forms, the class it evokes, and things that fit its object."""

    cls: str
    base: str
    past: str
    participle: str
    objects: tuple[str, ...]


PLACES = ("the town", "the village", "the airport", "Kenya", "the convoy")
PEOPLE = ("the editor", "the students", "two journalists", "a lawyer", "Jordan")
HELD = ("the hostages", "two journalists", "the prisoners", "30 soldiers")
ACTS = st.sampled_from(
    (
        Act("Attack", "attack", "attacked", "attacked", PLACES),
        Act("Attack", "bomb", "bombed", "bombed", PLACES),
        Act("Attack", "invade", "invaded", "invaded", ("Kenya", "Peru", "the island")),
        Act("Coercion", "arrest", "arrested", "arrested", PEOPLE[:4]),
        Act("Coercion", "detain", "detained", "detained", PEOPLE[:4]),
        Act("Release", "release", "released", "released", HELD),
        Act("Support", "support", "supported", "supported", PEOPLE),
        Act("Support", "praise", "praised", "praised", PEOPLE),
        Act("Meeting", "visit", "visited", "visited", ("Kenya", "Peru", "the hospital")),
        Act("Sanction", "expel", "expelled", "expelled", ("two diplomats", "the ambassador")),
        Act("Accusation", "accuse", "accused", "accused", ("Jordan", "the editor", "the minister")),
    )
)
ACTORS = st.sampled_from(["Norway", "Egypt", "Japan", "Poland", "the army", "the general", "Ada Brun", "Bolivia"])
ADVERBS = st.sampled_from(["suddenly", "repeatedly", "openly", "again", "quickly"])
PICK = st.integers(min_value=0, max_value=5)
QUICK = settings(
    max_examples=16, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def one(analysis: Analysis, cls: str) -> Event:
    """The only event of a class in a text."""
    found = [e for e in analysis.events if e.cls == cls]
    assert len(found) == 1, f"{analysis.document.text}: {[(e.cls, e.label) for e in analysis.events]}"
    return found[0]


def facts(event: Event) -> set[tuple[str, str]]:
    """Who fills which role, whatever the case of the words."""
    return {(str(p.role), p.text.lower()) for p in event.participants}


def kind(event: Event) -> tuple[str, str | None, str]:
    """What sort of event it is."""
    return event.cls, event.plover, event.frame


def sentence(*words: str) -> str:
    """Words as one sentence."""
    text = " ".join(word for word in words if word)
    return f"{text[0].upper()}{text[1:]}."


def chosen(act: Act, pick: int) -> str:
    """One of the objects that fit an act."""
    return act.objects[pick % len(act.objects)]


def be(subject: str) -> str:
    """The form of the passive's auxiliary for a subject."""
    return "were" if subject.endswith("s") else "was"


@QUICK
@given(ACTORS, ACTS, PICK)
def test_a_passive_and_its_active_are_one_event(extract: Extract, actor: str, act: Act, pick: int) -> None:
    thing = chosen(act, pick)
    active = one(extract(sentence(actor, act.past, thing)), act.cls)
    passive = one(extract(sentence(thing, be(thing), act.participle, "by", actor)), act.cls)
    assert facts(active) == facts(passive)
    assert kind(active) == kind(passive)
    assert (active.factuality, active.quantity is None) == (passive.factuality, passive.quantity is None)


@QUICK
@given(ACTORS, ACTS, PICK, st.sampled_from(["did not", "never", "didn't"]))
def test_negation_flips_factuality_and_nothing_else(
    extract: Extract, actor: str, act: Act, pick: int, negation: str
) -> None:
    thing = chosen(act, pick)
    plain = one(extract(sentence(actor, act.past, thing)), act.cls)
    verb = act.past if negation == "never" else act.base
    denied = one(extract(sentence(actor, negation, verb, thing)), act.cls)
    assert (plain.factuality, denied.factuality) == (Factuality.HAPPENED, Factuality.DENIED)
    assert facts(plain) == facts(denied)
    assert kind(plain) == kind(denied)
    assert (plain.time, plain.kind, plain.attributed_to) == (denied.time, denied.kind, denied.attributed_to)


@QUICK
@given(ACTORS, ACTS, PICK, ADVERBS, st.sampled_from(["before", "after"]))
def test_an_adverb_changes_nothing(extract: Extract, actor: str, act: Act, pick: int, adverb: str, where: str) -> None:
    thing = chosen(act, pick)
    plain = one(extract(sentence(actor, act.past, thing)), act.cls)
    words = (adverb, act.past, thing) if where == "before" and adverb != "again" else (act.past, thing, adverb)
    modified = one(extract(sentence(actor, *words)), act.cls)
    assert facts(plain) == facts(modified)
    assert (kind(plain), plain.factuality) == (kind(modified), modified.factuality)


@QUICK
@given(ACTORS, ACTORS, ACTS, PICK)
def test_coordinated_subjects_are_the_sum_of_their_sentences(
    extract: Extract, first: str, second: str, act: Act, pick: int
) -> None:
    assume(first != second)
    thing = chosen(act, pick)
    both = one(extract(sentence(first, "and", second, act.past, thing)), act.cls)
    parts = [one(extract(sentence(actor, act.past, thing)), act.cls) for actor in (first, second)]
    assert facts(both) == facts(parts[0]) | facts(parts[1])
    assert kind(both) == kind(parts[0])


@QUICK
@given(ACTORS, ACTS, PICK, PICK)
def test_coordinated_objects_are_the_sum_of_their_sentences(
    extract: Extract, actor: str, act: Act, pick: int, other: int
) -> None:
    first, second = chosen(act, pick), chosen(act, other)
    assume(first != second)
    both = one(extract(sentence(actor, act.past, first, "and", second)), act.cls)
    parts = [one(extract(sentence(actor, act.past, thing)), act.cls) for thing in (first, second)]
    assert facts(both) == facts(parts[0]) | facts(parts[1])


@QUICK
@given(ACTORS, ACTS, ACTS, PICK, PICK)
def test_coordinated_predicates_are_the_sum_of_their_sentences(
    extract: Extract, actor: str, act: Act, other: Act, pick: int, second: int
) -> None:
    assume(act.cls != other.cls)
    both = extract(sentence(actor, act.past, chosen(act, pick), "and", other.past, chosen(other, second)))
    for part, thing in ((act, chosen(act, pick)), (other, chosen(other, second))):
        alone = one(extract(sentence(actor, part.past, thing)), part.cls)
        told = one(both, part.cls)
        assert (facts(told), kind(told), told.factuality) == (facts(alone), kind(alone), alone.factuality)


@QUICK
@given(ACTORS, ACTS, PICK, st.sampled_from(["the spokesman", "Uganda", "the agency"]))
def test_reporting_an_event_adds_its_speaker_and_changes_nothing(
    extract: Extract, actor: str, act: Act, pick: int, speaker: str
) -> None:
    thing = chosen(act, pick)
    plain = one(extract(sentence(actor, act.past, thing)), act.cls)
    told = one(extract(sentence(speaker, "said that", actor, act.past, thing)), act.cls)
    assert (facts(plain), kind(plain), plain.factuality) == (facts(told), kind(told), told.factuality)
    assert plain.attributed_to is None
    assert told.attributed_to is not None and told.attributed_to.text.lower() == speaker.lower()


@QUICK
@given(
    ACTORS,
    ACTS,
    PICK,
    st.sampled_from([("on Monday", "2025-06-16"), ("yesterday", "2025-06-19"), ("in May", "2025-05")]),
)
def test_a_time_is_added_and_changes_nothing(
    extract: Extract, actor: str, act: Act, pick: int, time: tuple[str, str]
) -> None:
    thing = chosen(act, pick)
    plain = one(extract(sentence(actor, act.past, thing)), act.cls)
    dated = one(extract(sentence(actor, act.past, thing, time[0])), act.cls)
    assert (facts(plain), kind(plain), plain.factuality) == (facts(dated), kind(dated), dated.factuality)
    assert plain.time is None
    assert dated.time is not None and dated.time.begin == time[1]


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


@QUICK
@given(ACTORS, ACTS, PICK, st.sampled_from([("will", "future"), ("may", "hypothetical"), ("could", "hypothetical")]))
def test_a_modal_changes_factuality_and_nothing_else(
    extract: Extract, actor: str, act: Act, pick: int, modal: tuple[str, str]
) -> None:
    thing = chosen(act, pick)
    plain = one(extract(sentence(actor, act.past, thing)), act.cls)
    modified = one(extract(sentence(actor, modal[0], act.base, thing)), act.cls)
    assert (facts(plain), plain.cls) == (facts(modified), modified.cls)
    assert modified.factuality == modal[1]


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_offsets_within_it(extract: Extract, text: str) -> None:
    analysis = extract(text)
    for mention in analysis.mentions:
        assert text[mention.span.begin : mention.span.end] == mention.text
    for event in analysis.events:
        assert 0 <= event.trigger.begin < event.trigger.end <= len(text)
        assert event.evidence
        assert all(p.role in set(Role) for p in event.participants)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GENEVA (EFE.-) The delegates left the city on Monday.", "EFE"),
        ("The committee hired Dutch- and German-speaking guides.", "Dutch"),
        ("Marie-Claire Dupont left early. Dupont- had waited for an hour.", "Dupont"),
        ("The Harbour Bank- lent them money. -Harbour Bank made no comment.", "Harbour Bank"),
    ],
)
def test_a_name_may_begin_or_end_in_a_hyphen(text: str, name: str, extract: Extract) -> None:
    assert any(name in mention.text for mention in extract(text).mentions)
