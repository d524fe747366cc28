"""`kg resolve` and `kg correct` as a user meets them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg
from tests.resolve.test_resolution import pages
from tests.store.synthetic import published


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return published(tmp_path / "graph", *pages())


def event(kg: Kg, graph: Path, source: str) -> str:
    out = kg("query", "timeline", "--graph", graph, "--param", f"source={source}", "--format", "csv").out
    return next(csv.DictReader(io.StringIO(out)))["account"]


def test_merge_split_explain_and_export(kg: Kg, graph: Path, tmp_path: Path) -> None:
    one, other = event(kg, graph, "herald"), event(kg, graph, "elsewhere")
    assert "They are two things." in kg("resolve", "--graph", graph, "--explain", one, other).out
    assert "1 decision recorded" in kg("resolve", "--graph", graph, "--merge", one, other, "--note", "sure").out
    told = kg("resolve", "--graph", graph, "--explain", one, other).out
    assert "They are one thing." in told and "decided-by-a-person, confidence 1" in told
    assert kg("resolve", "--graph", graph, "--split", one).code == 0
    assert "They are two things." in kg("resolve", "--graph", graph, "--explain", one, other).out
    file = tmp_path / "decisions.jsonl"
    assert "2 decisions written" in kg("resolve", "--graph", graph, "--export", file).out
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [record["decision"] for record in records] == ["merge", "split"]
    assert records[0]["note"] == "sure" and records[0]["nodes"][0]["words"] == "met"


def test_what_cannot_be_one_is_refused_and_not_recorded(kg: Kg, graph: Path, tmp_path: Path) -> None:
    one = event(kg, graph, "herald")
    rows = csv.DictReader(io.StringIO(kg("query", "who-is-involved", "--graph", graph, "--format", "csv").out))
    refused = kg("resolve", "--graph", graph, "--merge", one, next(rows)["entity"])
    assert (refused.code, "an actor and an event" in refused.err) == (2, True)
    assert "0 decisions" in kg("resolve", "--graph", graph, "--export", tmp_path / "none.jsonl").out


def test_correct_a_type_and_a_role(kg: Kg, graph: Path) -> None:
    node = event(kg, graph, "raid")
    assert "type of" in kg("correct", node, "type", "Protest", "--graph", graph).out
    out = kg("query", "timeline", "--graph", graph, "--param", "source=raid", "--format", "csv").out
    assert next(csv.DictReader(io.StringIO(out)))["kind"] == "Protest"
    assert "nobody now" in kg("correct", node, "agent", "", "--graph", graph).out
    wrong = kg("correct", node, "type", "Picnic", "--graph", graph)
    assert wrong.code == 2 and "is no type" in wrong.err
    unknown = kg("correct", node, "colour", "red", "--graph", graph)
    assert unknown.code == 2 and "cannot be corrected" in unknown.err


def test_what_is_not_there_is_told(kg: Kg, graph: Path, tmp_path: Path) -> None:
    missing = kg("resolve", "--graph", graph, "--split", "event/9-9")
    assert missing.code == 2 and "no actor or event is called so" in missing.err
    assert kg("resolve", "--graph", tmp_path / "nowhere").code == 2
    (graph / "journal.jsonl").write_text("{}\n", encoding="utf-8")
    broken = kg("resolve", "--graph", graph)
    assert broken.code == 2 and "journal.jsonl, line 1" in broken.err
