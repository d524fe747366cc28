"""`kg clauses`, and what `kg explain` tells beyond one clause: identity, senses, and what each rule does."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path

import jsonschema  # type: ignore[import-untyped, unused-ignore]
import pytest

from tests.cli.conftest import Kg

NEGATED = "Norway did not sign the treaty."


def test_a_sentence_is_shown_with_arguments_and_rules(kg: Kg) -> None:
    ran = kg("clauses", f"{NEGATED} The mayor said that the bridge could be attacked by the police.")
    assert (ran.code, ran.err) == (0, "")
    first, second = ran.out.split("\n\n")
    assert first.startswith(f"“{NEGATED}”\n")
    for words in ("sign (verb, negated, past tense)", "subject     “Norway”  [subject]", "rules       verb predicate"):
        assert words in first
    for words in (
        "attack (verb, possible, ",
        "stands      as ccomp of say, after “that”",
        "subject     by … “the police”  [by-agent]",
        "object      “the bridge”  [subject of the passive]",
        "“said” attributes (indirect)",
        "source      “The mayor”",
        "content     “the bridge could be attacked by the police”",
    ):
        assert words in second, words


def test_json_gives_offsets_into_the_text(kg: Kg) -> None:
    text = "“Šibenik won’t wait,” said the mayor. \U0001f600 Kenya attacked Peru."
    found = json.loads(kg("clauses", text, "--format", "json").out)
    [document] = found["documents"]
    assert (document["id"], document["text"]) == ("text", text)
    spans = []

    def collect(node: object) -> None:
        if isinstance(node, dict):
            if {"begin", "end", "text"} <= node.keys():
                spans.append(node)
            for value in node.values():
                collect(value)
        elif isinstance(node, list):
            for value in node:
                collect(value)

    collect(document["sentences"])
    assert len(spans) > 15
    assert all(text[s["begin"] : s["end"]] == s["text"] for s in spans)
    clauses = [c for s in document["sentences"] for c in s["clauses"]]
    [attack] = [c for c in clauses if c["predicate"]["lemma"] == "attack"]
    assert {a["slot"]: a["text"] for a in attack["arguments"]} == {"subject": "Kenya", "object": "Peru"}
    assert (attack["negated"], attack["modality"], attack["tense"]) == (False, "real", "past")
    assert attack["rules"] and all(a["rules"] for a in attack["arguments"])
    said = next(a for s in document["sentences"] for a in s["attributions"])
    assert (said["cue"]["text"], said["source"]["text"], said["direct"]) == ("said", "the mayor", True)


def test_files_are_read_as_build_reads_them(kg: Kg, records_file: Path, tmp_path: Path) -> None:
    ran = kg("clauses", records_file)
    assert ran.code == 0
    assert "# herald-1" in ran.out and "# courier-7" in ran.out
    page = tmp_path / "one.txt"
    page.write_text(NEGATED, encoding="utf-8")
    assert kg("clauses", page).out == kg("clauses", NEGATED).out
    [document] = json.loads(kg("clauses", page, "--format", "json").out)["documents"]
    assert document["id"] == str(page)


def test_standard_input_is_read(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(NEGATED))
    assert kg("clauses", "-").out == kg("clauses", NEGATED).out


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
def test_what_is_not_utf_8_is_told(kg: Kg, monkeypatch: pytest.MonkeyPatch, errors: str) -> None:
    given = io.BytesIO("Norway did not sign in the café.".encode("cp1252"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given, encoding="utf-8", errors=errors))
    ran = kg("clauses", "-")
    assert (ran.code, "standard input: the text is not UTF-8; convert it" in ran.err) == (2, True), ran.err
    ran = kg("clauses", "Norway did not sign in the caf\udce9.")
    assert (ran.code, "TEXT: the text is not UTF-8; convert it" in ran.err) == (2, True), ran.err


def test_no_clause_is_told(kg: Kg) -> None:
    assert kg("clauses", "Yes.").out.splitlines() == ["“Yes.”", "  no clause"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("missing.txt",), "missing.txt: this cannot be read (no such file or directory); check the path."),
        (("folder/missing",), "folder/missing: this cannot be read"),
        (("  ",), "TEXT: the text is empty; give a sentence in quotation marks, or a file."),
        ((NEGATED, "--nlp", "no_such_pipeline"), "no_such_pipeline: spaCy cannot load this pipeline"),
        ((NEGATED, "--format", "xml"), "'xml' is not one of 'text', 'json'"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_sentence(kg: Kg, arguments: tuple[str, ...], told: str) -> None:
    ran = kg("clauses", *arguments)
    assert ran.code == 2
    assert told in ran.err


def test_a_file_that_cannot_be_read_leaves_the_others(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEGATED, encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    ran = kg("clauses", tmp_path)
    assert ran.code == 2
    assert "“Norway”" in ran.out
    assert "b.txt: " in ran.err and "empty" in ran.err


def test_frames_of_ones_own_make_nouns_predicates(kg: Kg, tmp_path: Path) -> None:
    text = "The city's colour of the square surprised the residents."
    (tmp_path / "own.toml").write_text(
        '[[frame]]\nname = "paint"\nclass = "Happening"\nnouns = ["colour"]\n', encoding="utf-8"
    )
    assert "colour (noun" not in kg("clauses", text).out
    ran = kg("clauses", text, "--frames", tmp_path)
    assert "colour (noun" in ran.out and "possessor   “The city's”" in ran.out


def test_explain_leads_from_the_sentence_to_identity_and_rules(kg: Kg, small_graph: Path) -> None:
    asked = kg("query", "who-proposed-what", "--graph", small_graph, "--format", "csv", "--limit", "1").out
    [row] = csv.DictReader(io.StringIO(asked))
    out = kg("explain", row["proposal"], "--graph", small_graph).out
    sections = [block.splitlines()[0] for block in out.split("\n\n")]
    wanted = ["Sentence", "Participants", "Clause", "Frame", "Event", "Identity", "Rules", "Triples"]
    assert [s for s in sections if s in wanted] == wanted
    for words in (
        "mention: “Ukraine” (name, GPE, sing)",
        "chain: Ukraine, GPE, 1 mention: “Ukraine”",
        "rule: gazetteer name",
        "identity: Ukraine, <https://w3id.org/newskg/data/actor/Q212>, wd:Q212 (reason: ",
        "propose (verb, past tense)",
        "not if object is ",
        "factuality  happened",
        "content     direct talks with Russia",
        "told by     the narrator",
        "“Russia rejected the proposal a day later.”",
        "(reason: ",
        "the first whose words and conditions fit the clause. (frame files, ontology/frames)",
    ):
        assert words in out, words


def test_explain_tells_who_a_statement_is_attributed_to(kg: Kg, small_graph: Path) -> None:
    asked = kg("query", "who-said-what", "--graph", small_graph, "--format", "csv").out
    row = next(row for row in csv.DictReader(io.StringIO(asked)) if row["cue"].startswith("told"))
    out = kg("explain", row["statement"], "--graph", small_graph).out
    assert "“told” attributes (direct)" in out
    assert "source      “Volodymyr Zelenskyy”" in out
    assert 'content     “"We demand all our people back,"”' in out


def test_explain_tells_who_decided_and_which_words_weighed(kg: Kg, small_graph: Path) -> None:
    out = kg("explain", "Russia rejected the proposal", "--graph", small_graph, "--words").out
    decided = out[out.index("\nDecided\n") : out.index("\nEvent\n")]
    assert re.search(r"type        REJECT\n      read: REJECT [01]\.\d{3}; next best [A-Z]+ 0\.\d{3}\n", decided)
    assert "grammar and frames: frame reject [reject evokes reject]" in decided
    assert re.search(r"“rejected”: event [+-]0\.\d{3}, type \+0\.\d{3}\n", decided)
    assert "Words (" not in kg("explain", "Russia rejected the proposal", "--graph", small_graph).out


def test_explain_prints_json_that_keeps_the_schema_it_prints(kg: Kg, small_graph: Path) -> None:
    told = json.loads(kg("explain", "Russia rejected the proposal", "--graph", small_graph, "--json").out)
    jsonschema.validate(told, json.loads(kg("explain", "--schema").out))
    assert told["cls"] == "Refusal" and told["trigger"]["text"] == "rejected" and told["words"] is None
