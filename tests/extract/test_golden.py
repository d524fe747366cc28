"""Golden sentences of our own: what inline markup expects of each, and their whole analyses with the rules that fired.

A changed rule shows as a reviewed diff of `sentences.expected`. `UPDATE_GOLDEN=1 pytest tests/extract/test_golden.py`
writes it anew, takes the mark "wrong" from sentences that are right now, and gives it to those that no longer are.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.model import Analysis, Argument, Clause, Event, Factuality
from kg.vocab import PLOVER_CODES
from tests.extract.conftest import Extract
from tests.golden.markup import PARAGRAPH, Mark, failures, parse

FOLDER = Path(__file__).parent.parent / "golden"
SENTENCES = FOLDER / "sentences.txt"
EXPECTED = FOLDER / "sentences.expected"
WRONG = 22
"""How many sentences may be marked as analysed wrongly: mend them and lower it; it never grows."""


class Case(NamedTuple):
    """A sentence with what is expected of it; `wrong` names the cause why that is not found, "" where it is."""

    text: str
    marks: list[Mark]
    wrong: str


def _cases() -> dict[str, Case]:
    out = {}
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, marked, *wrong = line.split("\t")
            assert name not in out, f"two sentences are called {name}"
            out[name] = Case(*parse(marked), wrong[0] if wrong else "")
    return out


CASES = _cases()


@pytest.fixture(scope="module")
def golden(extract: Extract) -> Callable[[str], Analysis]:
    """Name of a case to its analysis, each worked out once."""
    return lru_cache(maxsize=None)(lambda name: extract(CASES[name].text))


def _argument(a: Argument, text: str) -> str:
    marker = f":{a.marker}" if a.marker else ""
    return f"{a.slot}{marker}={_words(text[a.span.begin : a.span.end])} ({', '.join(a.rules)})"


def _clause(c: Clause, text: str) -> list[str]:
    marks = [m for m in (str(c.modality), c.tense, "negated" if c.negated else "") if m]
    head = f"  clause {c.lemma} [{' '.join(marks)}] rules: {', '.join(c.rules)}"
    return [head, *(f"    {_argument(a, text)}" for a in c.arguments)]


def _event(e: Event) -> list[str]:
    facts = [f"plover={e.plover}" if e.plover else "", f"kind={e.kind}" if e.kind else "", str(e.factuality)]
    if e.time is not None:
        facts.append(f"time={e.time.begin}/{e.time.end}")
    if e.quantity is not None:
        facts.append(f"quantity={e.quantity.qualifier} {e.quantity.value:g} {e.quantity.noun}")
    if e.content_text:
        facts.append(f"content={e.content_text}")
    if e.attributed_to is not None:
        facts.append(f"according to={e.attributed_to.text}")
    head = f"  event {e.cls} “{e.label}” {'; '.join(f for f in facts if f)}"
    return [head, *(f"    {p.role}={p.text} ({', '.join(p.rules)})" for p in e.participants)]


def _words(text: str) -> str:
    return text.replace("\n\n", PARAGRAPH)


def render(name: str, analysis: Analysis) -> str:
    """One case as text: clauses with their rules, events with their roles, relations and dispositions."""
    text = analysis.document.text
    lines = [f"{name}: {_words(text)}"]
    for c in analysis.clauses:
        lines += _clause(c, text)
    for e in analysis.events:
        lines += _event(e)
    for r in analysis.relations:
        lines.append(f"  relation {r.kind}: {r.cause_text} → {r.effect_text} ({r.rule})")
    for d in analysis.dispositions:
        who = d.addressee.text if d.addressee is not None else "nobody in particular"
        lines.append(f"  disposition {d.status} by {who}: {d.outcome_text} ({d.rule})")
    return "\n".join(lines) + "\n"


def _expected() -> dict[str, str]:
    blocks = EXPECTED.read_text(encoding="utf-8").split("\n\n")
    return {b.split(":", 1)[0]: b.strip() + "\n" for b in blocks if b.strip()}


def _remarked(golden: Callable[[str], Analysis]) -> str:
    """The file of sentences with each mark "wrong" where it belongs now; known causes are kept."""
    lines = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, marked, *_ = line.split("\t")
            case = CASES[name]
            wrong = case.wrong or "not looked into" if failures(case.marks, golden(name)) else ""
            line = "\t".join(filter(None, (name, marked, wrong)))
        lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.skipif("UPDATE_GOLDEN" not in os.environ, reason="writes the golden files only when asked")
def test_update_golden(golden: Callable[[str], Analysis]) -> None:
    EXPECTED.write_text("\n".join(render(name, golden(name)) for name in CASES), encoding="utf-8")
    SENTENCES.write_text(_remarked(golden), encoding="utf-8")
    CASES.update(_cases())
    assert _expected().keys() == CASES.keys()


@pytest.mark.parametrize("name", list(CASES))
def test_golden(name: str, golden: Callable[[str], Analysis]) -> None:
    assert render(name, golden(name)) == _expected_once()[name]


@lru_cache(maxsize=1)
def _expected_once() -> dict[str, str]:
    return _expected()


@pytest.mark.parametrize("name", list(CASES))
def test_what_is_marked_is_found(name: str, golden: Callable[[str], Analysis]) -> None:
    case = CASES[name]
    lacking = failures(case.marks, golden(name))
    if case.wrong and lacking:
        pytest.xfail(f"{case.wrong}: {'; '.join(lacking)}")
    assert not lacking, case.text


def test_no_more_sentences_are_wrong_than_were() -> None:
    wrong = [name for name, case in CASES.items() if case.wrong]
    assert len(wrong) <= WRONG, f"{len(wrong)} sentences are marked wrong, allowed are {WRONG}"
    assert len(CASES) >= 310


def test_the_sentences_cover_what_they_have_to() -> None:
    pieces = Counter(piece for case in CASES.values() for mark in case.marks for piece in mark.pieces)
    assert not set(PLOVER_CODES) - set(pieces), "every root code is expected somewhere"
    assert all(pieces[fact] >= 5 for fact in Factuality)
    assert pieces["no"] >= 15, "words in senses that do not count"


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("[agent Norway} met", "closes nothing"),
        ("[agent Norway met", "is not closed"),
        ("Norway met", "no event"),
        ("[2.agent Norway] {Meeting met} Peru", "is of event 2"),
    ],
)
def test_markup_that_means_nothing_is_refused(marked: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(marked)


def test_a_role_that_is_filled_otherwise_fails(extract: Extract) -> None:
    text, marks = parse("[recipient Norway] {Meeting/denied met} [agent Peru] in [place Rome] [time=2024 on Monday].")
    [line] = failures(marks, extract(text))
    for told in ("is not denied", "recipient of", "agent of", "time of"):
        assert told in line
    assert "place of" not in line
