"""What stands in a text does nothing to the terminal or the spreadsheet that shows it."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

import kg as newskg
from kg.cli import watch
from kg.textnorm import harmless
from tests.cli.conftest import Kg
from tests.store.synthetic import Page, published

CLEAR, TITLE, TURNED, WIDE = "\x1b[2J", "\x9d0;owned\x9c", "\u202egnp.exe", "\u2067back"
NASTY = f"Ann {CLEAR}{TITLE}\x07 met\x08\r {TURNED} Bob {WIDE}\x7f today, so they said to all who would hear of it."


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = Page(f"odd{CLEAR}{TURNED}", NASTY)
    pair = tuple(page.actor("Person", name) for name in ("Ann", "Bob"))
    page.event("Meeting", "met", NASTY, agent=pair, label=f"met {CLEAR}{TURNED}")
    return published(tmp_path_factory.mktemp("nasty") / "g", page)


def dangerous(text: str) -> set[str]:
    """Give what a terminal would obey: controls, line breaks it does not expect, and changes of direction."""
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return {
        c
        for c in text
        if (unicodedata.category(c) in ("Cc", "Zl", "Zp") and c != "\n") or unicodedata.bidirectional(c) in turning
    }


@pytest.mark.parametrize(
    "args",
    [
        ("query", "what-happened"),
        ("query", "what-happened", "--wide"),
        ("query", "SELECT ?label ?quote { ?e rdfs:label ?label ; nkg:evidence/nif:anchorOf ?quote }"),
        ("stats", "--documents"),
        ("validate", "--document", f"no{CLEAR}{TURNED}"),
        ("query", f"no{CLEAR}{TURNED}"),
    ],
)
@pytest.mark.parametrize("columns", ["60", "200"])
def test_nothing_reaches_the_terminal(
    kg: Kg, graph: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], columns: str
) -> None:
    assert dangerous(NASTY) >= {"\x1b", "\x9d", "\u202e", "\u2067", "\x08", "\r"}
    monkeypatch.setenv("COLUMNS", columns)
    ran = kg(*args, "--graph", graph)
    assert "\\" in ran.out + ran.err  # it is shown
    assert not dangerous(ran.out) | dangerous(ran.err)


def test_nothing_reaches_the_terminal_from_a_text_that_is_read(kg: Kg, tmp_path: Path) -> None:
    text = f"Ukraine proposed {CLEAR} direct talks with Russia{TURNED} on Thursday."
    record = {"id": f"a{CLEAR}{TURNED}", "text": text, "title": text, "published": "2025-05-24"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    runs = [
        kg("clauses", tmp_path / "a.jsonl"),
        kg("build", tmp_path / "a.jsonl", "--graph", tmp_path / "g"),
        kg("query", "who-proposed-what", "--graph", tmp_path / "g"),
    ]
    with newskg.open(tmp_path / "g") as graph:
        [proposal, *_] = (row["proposal"].value for row in graph.query("who-proposed-what").rows)
    runs += [
        kg("explain", proposal, "--graph", tmp_path / "g"),
        kg("correct", proposal, "factuality", "planned", "--graph", tmp_path / "g"),
        kg("remove", record["id"], "--graph", tmp_path / "g"),
    ]
    assert "Ukraine" in runs[0].out and "Ukraine" in runs[3].out
    for ran in runs:
        assert not dangerous(ran.out) | dangerous(ran.err), ran


def test_progress_shows_names_harmlessly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(watch, "_EVERY", 0.0)
    watch.Watch().lines()(0, f"a{CLEAR}{TURNED}.txt")
    assert capsys.readouterr().err == "0 documents read, now a\\x1b[2J\\u202egnp.exe.txt\n"


@pytest.mark.parametrize("text", ["Kyiv\u00a0–\u3000Львів", "שלום", "a\tb\nc", "e\u0301 👩\u200d🌾", "plain"])
def test_what_does_no_harm_is_shown_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("said", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20 7946", "'+44 20 7946"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-", "'-"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("+5", "+5"),
        ("-1.5e-3", "-1.5e-3"),
        ("5 = 5", "5 = 5"),
        ("", ""),
    ],
)
def test_no_cell_of_csv_is_a_formula(kg: Kg, graph: Path, said: str, cell: str) -> None:
    escaped = said.encode("unicode_escape").decode().replace("'", "\\'").replace("\\x", "\\u00")
    query = f"SELECT ?said ?number {{ VALUES (?said ?number) {{ ('{escaped}' -7) }} }}"
    with newskg.open(graph) as opened:
        result = opened.query(query)
    assert result.to_dicts() == [{"said": said, "number": -7}]
    assert [*csv.reader(io.StringIO(result.to_csv(), newline=""))] == [["said", "number"], [cell, "-7"]]
