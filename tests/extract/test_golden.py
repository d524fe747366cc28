"""Golden analyses of our own sentences, with the rules that fired: a changed rule shows as a reviewed diff.

`UPDATE_GOLDEN=1 pytest tests/extract/test_golden.py` writes the file anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.model import Analysis, Argument, Clause, Event
from tests.extract.conftest import Extract

FOLDER = Path(__file__).parent.parent / "golden"
SENTENCES = FOLDER / "sentences.txt"
EXPECTED = FOLDER / "sentences.expected"


def _cases() -> dict[str, str]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


def _argument(a: Argument, text: str) -> str:
    marker = f":{a.marker}" if a.marker else ""
    return f"{a.slot}{marker}={text[a.span.begin : a.span.end]} ({', '.join(a.rules)})"


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


def render(name: str, analysis: Analysis) -> str:
    """One case as text: clauses with their rules, events with their roles, relations and dispositions."""
    text = analysis.document.text
    lines = [f"{name}: {text}"]
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


@pytest.mark.skipif("UPDATE_GOLDEN" not in os.environ, reason="writes the golden file only when asked")
def test_update_golden(extract: Extract) -> None:
    EXPECTED.write_text("\n".join(render(n, extract(t)) for n, t in _cases().items()), encoding="utf-8")
    assert _expected().keys() == _cases().keys()


@pytest.mark.parametrize("name", list(_cases()))
def test_golden(name: str, extract: Extract) -> None:
    assert render(name, extract(_cases()[name])) == _expected()[name]
