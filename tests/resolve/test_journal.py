"""Records of decisions: what is none is told with its line, whoever wrote it."""

from __future__ import annotations

import json

import pytest

from kg.errors import InputError
from kg.resolve.journal import parsed, record

NODE = {"document": "a", "sort": "actor", "quote": "Oslo wept.", "words": "Oslo", "at": 0, "nth": ""}
SPLIT = {"decision": "split", "nodes": [NODE]}


def test_a_record_comes_back() -> None:
    line = json.dumps({"decision": "merge", "nodes": [NODE, {**NODE, "document": "b"}], "note": "one town"})
    assert parsed(record(parsed(line, "j:1")), "j:1") == parsed(line, "j:1")


@pytest.mark.parametrize(
    "wrong",
    [
        {**SPLIT, "note": ["no text"]},
        {**SPLIT, "nodes": [NODE, NODE]},
        {**SPLIT, "nodes": []},
        {**SPLIT, "decision": "forget"},
        {**SPLIT, "mood": "bad"},
        {"decision": "correct", "nodes": [NODE, {**NODE, "document": "b"}], "property": "agent", "value": "x"},
        ["split"],
    ],
)
def test_what_is_no_decision_is_told_with_its_line(wrong: object) -> None:
    with pytest.raises(InputError, match="j:7"):
        parsed(json.dumps(wrong), "j:7")
