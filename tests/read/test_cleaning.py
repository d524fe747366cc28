"""Markup and mojibake in records, and lists in tables of pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import read


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<div>Togo&nbsp;agreed.</div><div>Mali &amp; Chad left.</div>", "Togo agreed.\n\nMali & Chad left."),
        ("â€œWe wonâ€™tâ€\u009d, said AndrÃ©.", "“We won’t”, said André."),
        ("Profits rose <5% & costs >3%; São Paulo, naïve, £5.", "Profits rose <5% & costs >3%; São Paulo, naïve, £5."),
    ],
)
def test_records_lose_markup_and_mojibake_and_nothing_else(tmp_path: Path, given: str, kept: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "x", "text": given}), encoding="utf-8")
    [found] = read([path])
    assert isinstance(found, Document) and found.text == kept


def test_a_file_of_text_loses_mojibake_and_keeps_its_markup(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("<b>JosÃ©</b> wonâ€™t sign, São Paulo says.\r\n", encoding="utf-8", newline="")
    [found] = read([tmp_path / "a.txt"])
    assert isinstance(found, Document) and found.text == "<b>José</b> won’t sign, São Paulo says.\r\n"


def test_a_list_inside_a_table_is_read(tmp_path: Path) -> None:
    line = "<p>The council met for the {} time and spoke about roads and bridges at length.</p>"
    told = "".join(line.format(n) for n in "abcd")
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><body><article><h1>News</h1>{told}<table><tr><td><ul><li>Fiji urges Tonga to sign</li></ul></td></tr>"
        "</table></article></body></html>",
        encoding="utf-8",
    )
    [found] = read([path])
    assert isinstance(found, Document) and "Fiji urges Tonga to sign" in found.text
    assert "The council met for the d time" in found.text
