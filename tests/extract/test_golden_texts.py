"""Golden texts: one phenomenon of discourse each, with what a reader understands stated by hand below each text.

The file tells the intention, so a failure here is a fault of the analysis and never a reason to write the file anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.model import Analysis, Event, Participant, Role
from tests.extract.conftest import Extract

TEXTS = Path(__file__).parent.parent / "golden" / "texts.txt"
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Case:
    """A text and its expectations, each a key and what stands after it."""

    name: str
    text: str
    expected: tuple[tuple[str, str], ...]


def cases() -> Iterator[Case]:
    """The blocks of the file."""
    for block in TEXTS.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, text, *lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        pairs = [line.split(": ", 1) for line in lines]
        yield Case(name, text, tuple((key, value.strip()) for key, value in pairs))


def _named(analysis: Analysis, participant: Participant | None, who: str) -> bool:
    if participant is None:
        return who == NOBODY
    chain = analysis.chains[participant.chain].name if participant.chain is not None else ""
    return who in participant.text or who in chain


def _initiatives(analysis: Analysis, words: str) -> list[Event]:
    return [e for e in analysis.events if e.kind is not None and words in e.content_text]


def status(analysis: Analysis, value: str) -> bool:
    """Whether the last disposition with this addressee, of an initiative with this content, is the expected one."""
    content, who, expected = (part.strip() for part in value.split("|"))
    wanted = {e.index for e in _initiatives(analysis, content)}
    found = [d for d in analysis.dispositions if d.initiative in wanted and _named(analysis, d.addressee, who)]
    return bool(found) and str(found[-1].status) == expected and all(d.rule for d in found)


def relation(kind: str) -> Callable[[Analysis, str], bool]:
    """A check for a relation of this kind: its ends by their words, evidence for both, and a rule."""

    def check(analysis: Analysis, value: str) -> bool:
        cause, effect = (part.strip() for part in value.split("->"))
        text = analysis.document.text
        return any(
            str(r.kind) == kind
            and cause in r.cause_text
            and effect in r.effect_text
            and bool(text[slice(*r.cause_evidence.span)].strip() and text[slice(*r.effect_evidence.span)].strip())
            and bool(r.rule)
            for r in analysis.relations
        )

    return check


def by(analysis: Analysis, value: str) -> bool:
    """Whether the answer with these words has this responder or agent."""
    words, who = (part.strip() for part in value.split("|"))
    answers = [
        analysis.events[r.effect]
        for r in analysis.relations
        if words in r.effect_text and str(r.kind) in ("response", "realisation")
    ]
    return any(
        p.role in (Role.RESPONDER, Role.AGENT, Role.PROPOSER, Role.SPEAKER) and _named(analysis, p, who)
        for e in answers
        for p in e.participants
    )


def same(analysis: Analysis, value: str) -> bool:
    """Whether two stretches are mentions of one chain, or evidence of one event."""
    one, other = (part.strip() for part in value.split("="))
    for chain in analysis.chains:
        told = [analysis.mentions[m].text for m in chain.mentions]
        first = next((i for i, t in enumerate(told) if one in t), None)
        if first is not None and any(other in t for i, t in enumerate(told) if i != first):
            return True
    text = analysis.document.text
    for event in analysis.events:
        quotes = [text[slice(*e.span)] for e in event.evidence]
        if len(quotes) > 1 and any(one in q for q in quotes) and any(other in q for q in quotes):
            return True
    return False


def single(analysis: Analysis, value: str) -> bool:
    """Whether exactly one initiative has these words in its content."""
    return len(_initiatives(analysis, value)) == 1


def none(analysis: Analysis, value: str) -> bool:
    """Whether there is such an initiative and nothing is told of its answer."""
    wanted = {e.index for e in _initiatives(analysis, value)}
    return bool(wanted) and not any(d.initiative in wanted for d in analysis.dispositions)


CHECKS: dict[str, Callable[[Analysis, str], bool]] = {
    "status": status,
    "by": by,
    "same": same,
    "one": single,
    "none": none,
    **{kind: relation(kind) for kind in ("response", "outcome", "realisation", "cause", "condition")},
}


def told(analysis: Analysis) -> str:
    """What was found instead, for the message of a failure."""
    lines = [
        f"{e.cls} {e.kind or ''} {e.factuality} “{e.label}” content “{e.content_text}” "
        + str([(str(p.role), p.text) for p in e.participants])
        for e in analysis.events
    ]
    lines += [f"{r.kind}: {r.cause_text} -> {r.effect_text} ({r.rule})" for r in analysis.relations]
    for d in analysis.dispositions:
        who = d.addressee.text if d.addressee is not None else NOBODY
        lines.append(f"status: {analysis.events[d.initiative].content_text} | {who} | {d.status} ({d.rule})")
    return "\n".join(lines)


def test_there_are_enough_texts_and_each_name_stands_once() -> None:
    names = [case.name for case in cases()]
    assert len(names) == len(set(names)) >= 65
    assert all(case.expected and {key for key, _ in case.expected} <= CHECKS.keys() for case in cases())


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_golden_text(case: Case, extract: Extract) -> None:
    analysis = extract(case.text)
    failed = [f"{key}: {value}" for key, value in case.expected if not CHECKS[key](analysis, value)]
    assert not failed, told(analysis)
