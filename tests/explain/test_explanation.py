"""Explanations: what was read, who decided what, which words weighed, and that all of it is plain data."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path

import jsonschema  # type: ignore[import-untyped, unused-ignore]
import pytest

import kg
from kg.cli.story import page
from kg.errors import InputError
from kg.explain import Explanation, as_json, explain, from_json, schema
from kg.explain.deciding import decisions
from kg.explain.judgements import Decision, Quote
from kg.extract.frames.learned import SURE, SURE_ANSWER, SURE_WANT
from kg.model import Event, EventReading, Factuality, Span
from kg.runner import run

TEXTS = {
    "talks": "Chad proposed direct talks with Mali on Thursday. Mali rejected the proposal a day later. "
    "Gunmen stormed a market in Bamako, and 12 traders were killed. The minister said the army would answer.",
    "glow": "The mayor glowed at the council on Friday. The hush of the square was long.",
}
FRAME = '[[frame]]\nname = "glow"\nclass = "Happening"\nplover = "PROTEST"\nverbs = ["glow"]\nnouns = ["hush"]\n'


WEIGHED = re.compile(r"“(\w+)”: event ([+-][\d.]+), type ([+-][\d.]+), kind ([+-][\d.]+)")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frames")
    (folder / "own.toml").write_text(FRAME, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, own: Path) -> kg.Graph:
    folder = tmp_path_factory.mktemp("explained")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    report = run([folder / f"{name}.txt" for name in TEXTS], graph=folder / "g", published="2025-05-24", frames=own)
    assert report.documents == len(TEXTS) and not report.problems
    return kg.open(folder / "g")


@pytest.fixture(scope="module")
def proposal(graph: kg.Graph, own: Path) -> Explanation:
    return explain(graph, "talks.txt/event/5-13", frames=(own,), words=True)


def decision(told: Explanation, what: str) -> Decision:
    return next(one for one in told.decisions if one.what == what)


def test_it_tells_what_was_read_and_where(proposal: Explanation) -> None:
    text = TEXTS["talks"]
    assert (proposal.cls, proposal.published) == ("Proposal", "2025-05-24")
    assert proposal.document.endswith("talks.txt")
    assert proposal.trigger == Quote(5, 13, "proposed")
    assert proposal.sentences[0].text == text[: text.index(" Mali rejected")]
    assert {(one.role, one.quote.text) for one in proposal.participants} >= {
        ("proposer", "Chad"),
        ("addressee", "Mali"),
    }
    assert proposal.reading is not None and proposal.reading.kind == "propose"
    assert ("content", "direct talks with Mali") in {(one.role, one.quote.text) for one in proposal.reading.roles}
    assert [(one.status, one.addressee) for one in proposal.statuses] == [("rejected", "Mali")]
    assert ("a", "nkg:Proposal") in {(one.property, one.value) for one in proposal.triples}


def test_every_quote_stands_in_the_text(proposal: Explanation) -> None:
    found: list[Quote] = []

    def walk(thing: object) -> None:
        if isinstance(thing, Quote):
            found.append(thing)
        elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
            for one in dataclasses.fields(thing):
                walk(getattr(thing, one.name))
        elif isinstance(thing, tuple):
            for one in thing:
                walk(one)

    walk(proposal)
    assert len(found) > 20
    assert {TEXTS["talks"][one.begin : one.end] == one.text for one in found} == {True}


def test_each_decision_tells_both_sides(proposal: Explanation) -> None:
    there, kind = decision(proposal, "event"), decision(proposal, "kind")
    assert there.by == "both" and there.confidence is not None and there.confidence > 0.5
    assert there.grammar == "frame propose" and there.rules == ("propose evokes propose",)
    assert (kind.value, kind.read, kind.grammar, kind.by) == ("propose", "propose", "propose", "both")
    best = decision(proposal, "type")
    assert best.confidence is not None and best.next_best_confidence is not None
    assert best.confidence >= best.next_best_confidence > 0


def test_where_the_sides_differ_the_one_that_stood_is_named(proposal: Explanation, graph: kg.Graph, own: Path) -> None:
    told = {one.what: one for one in explain(graph, "stormed a market", frames=(own,)).decisions}
    for one in (*told.values(), *proposal.decisions):
        if one.what != "class" and one.what != "event":
            stood = {"reading": one.read, "grammar": one.grammar, "both": one.read}
            assert one.by == "kind" or stood[one.by] == one.value or one.grammar is None
    differing = [one for one in proposal.decisions if one.read and one.grammar and one.read != one.grammar]
    for one in differing:
        assert one.what == "event" or one.because


def test_a_frame_of_ones_own_stands_against_every_reading(graph: kg.Graph, own: Path) -> None:
    told = explain(graph, "glowed at the council", frames=(own,), words=True)
    there = decision(told, "event")
    assert (there.by, there.grammar) == ("grammar", "frame glow")
    assert decision(told, "type").value == "PROTEST"


@pytest.mark.parametrize(("kind", "least"), [("request", SURE_WANT), (None, SURE)])
def test_the_probability_from_which_a_reading_counts_is_that_of_its_kind(kind: str | None, least: float) -> None:
    span = Span(10, 15)
    event = Event(0, "Request", "", span, "plead", "plead", Factuality.HAPPENED, evidence=(), kind=kind, reading=0)
    read = EventReading(span, 0.9, "REQUEST", 0.9, ("AGREE", 0.05), kind, 0.9, "happened", 0.9)
    assert next(decisions(event, read, None)).because == f"a reading counts from {least:.2f} on where no frame says so"


def test_a_doubtful_reading_counts_as_the_answer_that_it_is_surely_read_to_be() -> None:
    span = Span(10, 15)
    event = Event(0, "Refusal", "", span, "fail", "failed", Factuality.HAPPENED, evidence=(), reading=0)
    read = EventReading(span, 0.6, "REJECT", 0.9, ("AGREE", 0.05), None, 0.9, "happened", 0.9)
    where = "where no frame says so and it is surely read to decide what was wanted"
    assert next(decisions(event, read, None)).because == f"a reading counts from {SURE_ANSWER:.2f} on {where}"


def test_a_statement_is_decided_by_grammar(graph: kg.Graph, own: Path) -> None:
    said = TEXTS["talks"].index("said")
    told = explain(graph, f"talks.txt/event/{said}-{said + 4}", frames=(own,))
    assert told.cls == "Statement" and told.attributions[0].cue.text == "said"
    assert decision(told, "type").read is None


def test_the_words_that_weigh_are_found_by_hiding_them(proposal: Explanation, graph: kg.Graph, own: Path) -> None:
    words = proposal.words
    assert words is not None
    assert sorted(one.quote.text for one in words) == sorted("Chad proposed direct talks with Mali on Thursday".split())
    assert words[0].quote.text == "proposed" and words[0].type > 0.3
    assert all(one.kind is not None for one in words)
    again = explain(graph, proposal.event, frames=(own,), words=True)
    assert again == proposal
    assert explain(graph, proposal.event, frames=(own,)).words is None


def test_the_manual_shows_what_weighs_in_the_text_of_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(__file__).parents[2]
    page, readme = ((root / name).read_text(encoding="utf-8") for name in ("docs/explain.md", "README.md"))
    told = re.search(r"cat talks\.txt\n(.*?)\n\$ kg build .* --published (\S+)", readme, re.DOTALL)
    assert told
    monkeypatch.chdir(tmp_path)
    Path("talks.txt").write_text(told[1], encoding="utf-8")
    run(["talks.txt"], graph="talks", published=told[2])
    [(event, block)] = re.findall(r"\$ kg explain (\S+) --words --graph talks\n(.*?)```", page, re.DOTALL)
    shown = {word: (float(a), float(b), float(c)) for word, a, b, c in WEIGHED.findall(block)}
    with kg.open("talks") as graph:
        words = explain(graph, event, words=True).words
    assert words and len(words) == len(shown)
    for one in words:
        assert (one.event, one.type, one.kind) == pytest.approx(shown[one.quote.text], abs=0.02), one.quote.text
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(code, "explain.md", "exec"), {})
    assert "class Proposal" in capsys.readouterr().out


def test_json_keeps_its_schema_and_comes_back(proposal: Explanation, graph: kg.Graph, own: Path) -> None:
    described = schema()
    jsonschema.Draft202012Validator.check_schema(described)
    for told in (proposal, explain(graph, "glowed at the council", frames=(own,))):
        written = as_json(told)
        jsonschema.validate(json.loads(written), described)
        assert from_json(written) == told
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(as_json(proposal)) | {"decisions": [{}]}, described)
    undescribed = [name for name, one in described["$defs"].items() if not one.get("description")]
    assert undescribed == []


def test_an_event_that_its_text_does_not_give_any_more_is_told(graph: kg.Graph) -> None:
    hush = TEXTS["glow"].index("hush")
    with pytest.raises(InputError, match="not found when its document is analysed again"):
        explain(graph, f"glow.txt/event/{hush}-{hush + 4}")


def test_what_is_read_with_other_frames_than_the_graph_says_so(graph: kg.Graph, own: Path, tmp_path: Path) -> None:
    again = explain(graph, "stormed a market", frames=(own,))
    assert again.as_built and "The graph was built with" not in page(again)
    elsewhere = Path(shutil.copytree(own, tmp_path / "frames"))
    assert explain(graph, "stormed a market", frames=(elsewhere,)).as_built
    told = explain(graph, "stormed a market")
    assert not told.as_built and "The graph was built with another version" in page(told)
    assert from_json(as_json(told)) == told
