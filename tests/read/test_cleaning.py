"""Markup and mojibake in records, and lists in tables of pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from kg.model import Document
from kg.read import Problem, read
from kg.read.cleaning import without_mojibake
from tests.clock import growth


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


def test_the_title_of_a_record_is_cleaned_as_its_text_is(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    texts = ("<h1>Tom &amp; JosÃ©â€™s <b>deal</b></h1>", "<p></p>")
    path.write_text("".join(json.dumps({"text": "Togo agreed.", "title": one}) + "\n" for one in texts))
    assert [one.title for one in read([path]) if isinstance(one, Document)] == ["Tom & José’s deal", None]


def test_a_file_of_text_loses_mojibake_and_keeps_its_markup(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("<b>JosÃ©</b> wonâ€™t sign, São Paulo says.\r\n", encoding="utf-8", newline="")
    [found] = read([tmp_path / "a.txt"])
    assert isinstance(found, Document) and found.text == "<b>José</b> won’t sign, São Paulo says.\r\n"


def misread(text: str) -> str:
    return "".join(bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "The FPÖ’s Herbert Kickl met the SPÖ’s leader.",
        "Franz Josef Strauß’s “Weiß” group",
        "“Touché…” he said of the ÖVP–SPÖ–FPÖ talks.",
        "BEYONCÉ’s tour ended in MALMÅ’s arena…",
        "“VIVA LA MUSICÁ”, sang Tomáš’s choir at CAFÈ… in KRÍŽ",
        "Bonds of 1.5 Å±0.2, cells of 60 Å³, and a NESTLÉ™ bar",
    ],
)
def test_punctuation_behind_a_letter_with_an_accent_stays(text: str) -> None:
    assert without_mojibake(text) == text


_CAPITALS = st.text("ABCDEFGHIJKLMNOPRSTUVZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĄČĘŁŃŘŚŞŻ", min_size=2, max_size=8)
_SMALL = st.text("abcdefghijklmnoprstuvwzßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿąčęłńřśşż", min_size=2, max_size=8)
_BEHIND = st.lists(st.sampled_from("‘’“”„‹›«»–—…†‡•·"), max_size=3).map("".join)
_ENDINGS = st.one_of(_BEHIND, st.sampled_from(("’s", "’d", "’ll", "’re", "’ve", "’S", "™")))
_WRITTEN = st.lists(st.tuples(st.one_of(_CAPITALS, _SMALL), _ENDINGS).map("".join), min_size=1, max_size=12)


@drawn(_WRITTEN)
def test_no_word_with_typographic_punctuation_behind_it_is_changed(words: list[str]) -> None:
    text = " ".join(words)
    assert without_mojibake(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "José won’t",
        "€5 — or so",
        "Œuvre",
        "“Œuvre”, Šimonytė said; Nausėda, Wałęsa, Đoković and Nguyễn left Österreich",
        "À la carte: 3 × 4 → 12 ± 1 m²",
        "Путин, 习近平 and 😀",
        "Zoe\u0301 in Hawaiʻi\ufeff",
    ],
)
def test_utf_8_that_was_misread_is_put_right(text: str) -> None:
    assert without_mojibake(misread(text)) == text
    assert misread(text) != text


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


@pytest.mark.parametrize(("root", "told"), [("svg", False), ("canvas", True), ("video", True)])
def test_a_page_whose_outermost_element_holds_no_text_elsewhere(tmp_path: Path, root: str, told: bool) -> None:
    path = tmp_path / "page.html"
    words = ("The council met in Accra on Monday and offered talks to the rebels.", "The rebels, it said, had agreed.")
    path.write_text(f"<{root}><p>{words[0]}</p><p>{words[1]}</p></{root}>", encoding="utf-8")
    [found] = read([path])
    if told:
        assert isinstance(found, Document) and found.text == "\n\n".join(words)
    else:
        assert isinstance(found, Problem) and "no article text is found in this page" in str(found)


def test_markup_costs_what_its_length_costs() -> None:
    from kg.read.cleaning import without_markup

    def worst(size: int) -> None:
        for text in (
            " " * size + "x",
            "\n \t" * size + "x",
            "<script>" * size,
            "<!--" * size,
            "<style>a</style" * size,
        ):
            without_markup(f"<p>{text}</p>")

    assert growth(worst, 5_000, 40_000) < 24, "growing with the square of the length it would be 64 times"


def test_what_is_hidden_is_left_out_and_an_end_that_is_missing_hides_nothing() -> None:
    from kg.read.cleaning import without_markup

    assert without_markup("<p>a<!-- b --><SCRIPT x=1>c</script >d<style>e</STYLE></p>f") == "ad\n\nf"
    assert without_markup("<p>a</p><script>b<!-- c") == "a\n\n<script>b<!-- c"


def test_markup_of_feeds_and_of_old_pages_is_taken_out() -> None:
    from kg.read.cleaning import without_markup

    page = "<section><figure><img src=x><figcaption>The port.</figcaption></figure><font color=red>Togo</font> agreed"
    assert without_markup(page) == "The port.\n\nTogo agreed"
    assert without_markup("<article>One.</article><aside>Two<sup>2</sup>.</aside>") == "One.\n\nTwo2."
    assert without_markup("x <unknown> y, a <b and c") == "x <unknown> y, a <b and c"


def test_nothing_is_left_of_a_whole_page_but_its_text_and_no_cell_runs_into_the_next() -> None:
    from kg.read.cleaning import without_markup

    head = "<!DOCTYPE html><html><head><meta charset=utf-8><title>Talks</title><style>p{}</style></head>"
    page = f"{head}<body><p>Togo agreed.<o:p></o:p></p><![if !mso]><address>Lomé</address><![endif]></body></html>"
    assert without_markup(page) == "Togo agreed.\n\nLomé"
    assert (
        without_markup("<table><tr><th>State</th><td>Togo</td><td>agreed</td></tr></table>")
        == "State\n\nTogo\n\nagreed"
    )
    assert without_markup("<ins>Mali</ins> <mark>left</mark>, <a@b.example> wrote") == "Mali left, <a@b.example> wrote"
