"""`kg resolve` and `kg correct` as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from kg.language.training.passages import faults, read_passages, read_records
from kg.resolve import journal
from kg.runner import run
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


def test_an_export_to_standard_output_is_the_journal_alone(
    kg: Kg, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    one, other = event(kg, graph, "herald"), event(kg, graph, "elsewhere")
    kg("resolve", "--graph", graph, "--merge", one, other)
    assert kg("resolve", "--graph", graph, "--export", "-").out == (graph / journal.NAME).read_text(encoding="utf-8")
    assert not Path("-").exists()


def test_an_import_adds_only_what_is_new(kg: Kg, graph: Path, tmp_path: Path) -> None:
    one, other = event(kg, graph, "herald"), event(kg, graph, "elsewhere")
    kg("resolve", "--graph", graph, "--merge", one, other)
    kg("resolve", "--graph", graph, "--split", one)
    before = (graph / journal.NAME).read_text(encoding="utf-8")
    file = tmp_path / "decisions.jsonl"
    file.write_text(before, encoding="utf-8")
    assert kg("resolve", "--graph", graph, "--import", file).out == "Resolved; 2 decisions recorded before.\n"
    assert (graph / journal.NAME).read_text(encoding="utf-8") == before
    again = before + before.splitlines(keepends=True)[0]
    file.write_text(again, encoding="utf-8")
    ran = kg("resolve", "--graph", graph, "--import", file)
    assert ran.out == "Resolved; 1 decision recorded; 2 decisions recorded before.\n"
    assert (graph / journal.NAME).read_text(encoding="utf-8") == again
    assert "They are one thing." in kg("resolve", "--graph", graph, "--explain", one, other).out


def test_what_cannot_be_one_is_refused_and_not_recorded(kg: Kg, graph: Path, tmp_path: Path) -> None:
    one = event(kg, graph, "herald")
    rows = csv.DictReader(io.StringIO(kg("query", "who-is-involved", "--graph", graph, "--format", "csv").out))
    refused = kg("resolve", "--graph", graph, "--merge", one, next(rows)["entity"])
    assert (refused.code, "an actor and an event" in refused.err) == (2, True)
    assert "0 decisions" in kg("resolve", "--graph", graph, "--export", tmp_path / "none.jsonl").out


def test_an_export_of_no_graph_leaves_the_file_as_it_is(kg: Kg, graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    file.write_text("kept\n", encoding="utf-8")
    wrong = kg("resolve", "--graph", tmp_path / "mistyped", "--export", file)
    assert (wrong.code, "there is no graph here" in wrong.err) == (2, True)
    assert file.read_text(encoding="utf-8") == "kept\n"
    nowhere = kg("resolve", "--graph", graph, "--export", file / "folder.jsonl")
    assert (nowhere.code, "cannot be written" in nowhere.err) == (2, True)


@pytest.mark.parametrize("change", [("--merge", "a", "b"), ("--split", "a"), ("--import", "a")])
@pytest.mark.parametrize("look", [("--explain", "a", "b"), ("--export", "a")])
def test_a_decision_beside_what_only_looks_is_refused(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: tuple[str, ...], change: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = kg("resolve", "--graph", tmp_path, *look, *change)
    assert (wrong.code, "--explain and --export stand alone" in wrong.err) == (2, True)


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


ANA = (
    {"id": "a", "text": "Ana Ruiz met Tom Berg in Oslo on Friday. The Lomax group protested against the fee."},
    {"id": "b", "text": "Tom Berg left Bergen on Saturday. The Lomaxe group protested in Oslo. Sam Berg met the king."},
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("named")
    lines = (json.dumps({**record, "published": "2025-05-24"}) + "\n" for record in ANA)
    (folder / "news.jsonl").write_text("".join(lines), encoding="utf-8")
    assert not run(folder / "news.jsonl", graph=folder / "graph").problems
    return folder / "graph"


@pytest.fixture
def named(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(told, tmp_path / "graph"))


def actors(kg: Kg, graph: Path) -> dict[str, str]:
    """Name in the text to canonical node."""
    rows = csv.DictReader(io.StringIO(kg("query", "who-is-involved", "--graph", graph, "--format", "csv").out))
    return {f"{row['source']} {row['name']}": row["entity"].rpartition("/")[2] for row in rows}


@pytest.mark.parametrize("one", ["lomax group", "The Lomaxe Group", "actor/org-lomax-group", "actor/org-lomaxe-group"])
def test_a_merge_by_name_is_taken_back_by_either_name(kg: Kg, named: Path, one: str) -> None:
    before = actors(kg, named)
    assert kg("resolve", "--graph", named, "--merge", "Lomax group", "Lomaxe group").code == 0
    assert actors(kg, named) != before
    split = kg("resolve", "--graph", named, "--split", one)
    assert (split.code, split.err) == (0, "")
    assert actors(kg, named) == before


def test_names_of_one_thing_are_explained_by_where_they_stand_and_not_merged_again(kg: Kg, named: Path) -> None:
    def explained(*names: str) -> list[str]:
        out = kg("resolve", "--graph", named, "--explain", *names).out
        return [line.rpartition("/doc/")[2] for line in out.split("\n") if "/actor/" in line and line[0] != " "]

    apart = explained("Lomax group", "Lomaxe group")
    assert len({*apart}) == 2
    assert kg("resolve", "--graph", named, "--merge", "Lomax group", "Lomaxe group").code == 0
    assert explained("Lomax group", "Lomaxe group") == apart
    assert explained("Lomaxe group", "Lomax group") == apart[::-1]
    journal = (named / "journal.jsonl").read_text(encoding="utf-8")
    again = kg("resolve", "--graph", named, "--merge", "Lomaxe group", "Lomax group")
    assert again.code == 2 and "one thing already" in again.err
    assert (named / "journal.jsonl").read_text(encoding="utf-8") == journal
    alone = kg("resolve", "--graph", named, "--explain", "Ana Ruiz", "Ruiz").out
    assert "one actor or event of one text" in alone and "They are" not in alone


def test_events_are_merged_explained_and_split_by_their_words(kg: Kg, named: Path) -> None:
    pair = ("protested against the fee", "group protested in Oslo")
    assert "They are two things." in kg("resolve", "--graph", named, "--explain", *pair).out
    before = kg("query", "timeline", "--graph", named, "--format", "csv").out
    gone = {row["event"] for row in csv.DictReader(io.StringIO(before)) if row["kind"] == "Protest"}
    assert kg("resolve", "--graph", named, "--merge", *pair).code == 0
    assert "They are one thing." in kg("resolve", "--graph", named, "--explain", *pair).out
    after = kg("query", "timeline", "--graph", named, "--format", "csv").out
    [lost] = gone - {row["event"] for row in csv.DictReader(io.StringIO(after))}
    assert kg("resolve", "--graph", named, "--split", lost).code == 0
    assert kg("query", "timeline", "--graph", named, "--format", "csv").out == before


def test_a_name_of_several_lists_them(kg: Kg, named: Path) -> None:
    refused = kg("resolve", "--graph", named, "--explain", "Berg", "Ana Ruiz")
    assert refused.code == 2 and "several are called so" in refused.err
    assert "actor/person-tom-berg (“Tom Berg”)" in refused.err and "(“Sam Berg”)" in refused.err
    refused = kg("explain", "Oslo", "--graph", named)
    assert refused.code == 2 and "(“Ana Ruiz met Tom Berg in Oslo on Friday”)" in refused.err
    assert "Meeting: Sam Berg met the king" in kg("explain", "Sam Berg", "--graph", named).out
    refused = kg("explain", "zeppelin", "--graph", named)
    assert refused.code == 2 and "no actor or event is called so" in refused.err


def test_a_name_means_its_bearer_before_an_event_that_says_it(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ankara offered to host the talks. Russia rejected the offer.", encoding="utf-8")
    run(tmp_path / "a.txt", graph=tmp_path / "graph")
    told = kg("resolve", "--graph", tmp_path / "graph", "--explain", "Ankara", "Russia").out
    assert "They are two things." in told
    merged = kg("resolve", "--graph", tmp_path / "graph", "--merge", "Ankara", "offered to host")
    assert merged.code == 2 and "an actor and an event" in merged.err


def test_an_event_is_explained_by_its_words(kg: Kg, named: Path) -> None:
    out = kg("explain", "ruiz met tom berg", "--graph", named).out
    assert "Meeting: Ana Ruiz met Tom Berg in Oslo on Friday" in out


def test_a_type_is_corrected_for_a_name_in_all_documents(kg: Kg, named: Path) -> None:
    done = kg("correct", "Tom Berg", "type", "Organization", "--graph", named)
    assert "type of Tom Berg in 2 documents is Organization now (was: Person)." in done.out
    done = kg("correct", "Ana Ruiz met", "agent", "Tom Berg", "--graph", named)
    assert done.code == 0, done.err
    assert "agent of “Ana Ruiz met Tom Berg in Oslo on Friday” (" in done.out
    assert "is Tom Berg now (was: Ana Ruiz)." in done.out


def test_an_event_whose_label_it_is_comes_before_those_that_contain_it(kg: Kg, tmp_path: Path) -> None:
    text = "Chad proposed talks. Chad proposed talks in Bamako a week later."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run(tmp_path / "a.txt", graph=tmp_path / "graph")
    told = kg("explain", "chad proposed talks", "--graph", tmp_path / "graph")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[1] == "Proposal: Chad proposed talks"
    assert "several are called so" in kg("explain", "proposed talks", "--graph", tmp_path / "graph").err


TALKS = (
    "Oslo proposed a truce to the rebels on Friday. The rebels rejected the truce. Chad demanded the release of the "
    "miners. The two sides met in Bamako. Aid trucks crossed the border near Abéché on Saturday."
)


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("talks")
    record = {"id": "talks", "text": TALKS, "published": "2025-05-24", "title": "Talks"}
    (folder / "news.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert not run(folder / "news.jsonl", graph=folder / "graph").problems
    return folder / "graph"


@pytest.fixture
def truce(talks: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(talks, tmp_path / "graph"))


def row(kg: Kg, graph: Path, word: str, *, query: str = "who-proposed-what", key: str = "proposal") -> dict[str, str]:
    """The first row about the event told by a word of the text; empty if there is none."""
    at = TALKS.index(word)
    rows = csv.DictReader(io.StringIO(kg("query", query, "--graph", graph, "--format", "csv").out))
    return next((row for row in rows if row[key].endswith(f"/{at}-{at + len(word)}")), {})


def put(kg: Kg, graph: Path, word: str, property: str, value: str) -> str:
    at = TALKS.index(word)
    done = kg("correct", f"event/{at}-{at + len(word)}", property, value, "--graph", graph)
    assert done.code == 0, done.err
    assert "no violations" in kg("validate", "--graph", graph).out
    return done.out


def test_a_corrected_kind_is_what_queries_tell(kg: Kg, truce: Path) -> None:
    assert row(kg, truce, "demanded")["kind"] == "demand"
    assert "is urge now (was: demand)" in put(kg, truce, "demanded", "kind", "urge")
    assert row(kg, truce, "demanded")["kind"] == "urge"
    put(kg, truce, "demanded", "type", "Offer")  # a later word on what it is outweighs the earlier
    assert row(kg, truce, "demanded")["kind"] == "offer"
    put(kg, truce, "demanded", "type", "Meeting")
    assert not row(kg, truce, "demanded")
    assert row(kg, truce, "demanded", query="what-happened", key="event")["type"] == "CONSULT"
    put(kg, truce, "demanded", "type", "Demand")
    again = row(kg, truce, "demanded")
    assert (again["kind"], again["proposerName"]) == ("demand", "Chad")


def test_a_status_is_given_to_a_proposal_without_one(kg: Kg, truce: Path) -> None:
    assert row(kg, truce, "demanded")["status"] == "unknown"
    put(kg, truce, "demanded", "status", "accepted")
    told = row(kg, truce, "demanded")
    assert (told["status"], told["rule"]) == ("accepted", "corrected-by-a-person")
    put(kg, truce, "proposed", "status", "pending")
    assert row(kg, truce, "proposed")["status"] == "pending"
    wrong = kg("correct", "met in Bamako", "status", "accepted", "--graph", truce)
    assert wrong.code == 2 and "only an initiative has a status" in wrong.err


def test_what_an_answer_is_decides_how_its_proposal_stands(kg: Kg, truce: Path) -> None:
    read = row(kg, truce, "proposed")
    told = [read["status"]]
    for answer in ("Acceptance", "Meeting", "Refusal", "Acceptance"):
        put(kg, truce, "rejected", "type", answer)
        now = row(kg, truce, "proposed")
        told.append(now["status"])
        assert now["outcome"] == ("" if answer == "Meeting" else read["outcome"])
    assert told == ["rejected", "accepted", "unknown", "rejected", "accepted"]
    assert rebuilt(kg, truce, f"{TALKS} More follows.")[1] == ""
    assert row(kg, truce, "proposed")["status"] == "accepted"
    put(kg, truce, "proposed", "status", "pending")  # what is said of the status itself outweighs it
    put(kg, truce, "rejected", "type", "Refusal")
    assert row(kg, truce, "proposed")["status"] == "pending"


def test_the_history_of_a_proposal_keeps_what_was_read_of_an_overruled_answer(kg: Kg, truce: Path) -> None:
    def steps() -> list[tuple[str, str, str]]:
        out = kg("query", "proposal-history", "--param", "topic=truce", "--graph", truce, "--format", "csv").out
        return [(one["step"], one["actorName"], one["status"]) for one in csv.DictReader(io.StringIO(out))]

    read = steps()
    assert read == [("propose", "Norway", ""), ("response", "rebels", "rejected")]
    put(kg, truce, "proposed", "status", "accepted")
    assert steps() == [*read, ("correction", "rebels", "accepted")]
    put(kg, truce, "rejected", "type", "Meeting")
    put(kg, truce, "proposed", "status", "unknown")
    assert steps() == [*read, ("correction", "rebels", "unknown")]


@pytest.mark.parametrize("role", ["agent", "proposer"])
def test_who_acts_is_who_proposes(kg: Kg, truce: Path, role: str) -> None:
    put(kg, truce, "proposed", role, "Chad")
    assert row(kg, truce, "proposed")["proposerName"] == "Chad"
    assert row(kg, truce, "proposed", query="what-happened", key="event")["actorMention"] == "Chad"
    put(kg, truce, "proposed", "agent", "")
    assert row(kg, truce, "proposed")["proposerName"] == ""


def test_an_event_becomes_an_initiative_with_all_that_belongs_to_it(kg: Kg, truce: Path) -> None:
    put(kg, truce, "rejected", "type", "Demand")
    told = row(kg, truce, "rejected")
    assert (told["kind"], told["proposerName"]) == ("demand", "rebels")
    assert told["content"]
    put(kg, truce, "rejected", "factuality", "denied")
    assert row(kg, truce, "rejected", query="what-happened", key="event")["factuality"] == "denied"
    put(kg, truce, "met", "type", "Statement")


def test_corrections_outlive_a_new_reading(kg: Kg, truce: Path) -> None:
    put(kg, truce, "demanded", "kind", "urge")
    put(kg, truce, "demanded", "status", "unmet")
    before = row(kg, truce, "demanded")
    news = truce.parent / "news.jsonl"
    record = {"id": "talks", "text": TALKS, "published": "2025-05-24", "title": "More talks"}
    news.write_text(json.dumps(record), encoding="utf-8")
    assert not run(news, graph=truce).problems
    assert row(kg, truce, "demanded") == before
    assert (before["kind"], before["status"]) == ("urge", "unmet")


def rebuilt(kg: Kg, graph: Path, text: str) -> tuple[str, str]:
    """Build from another version of the text; give who proposes then, and what is told of the journal."""
    news = graph.parent / "news.jsonl"
    record = {"id": "talks", "text": text, "published": "2025-05-24", "title": "Talks"}
    news.write_text(json.dumps(record), encoding="utf-8")
    done = kg("build", news, "--graph", graph)
    assert done.code == 0 and "no violations" in kg("validate", "--graph", graph).out
    rows = csv.DictReader(io.StringIO(kg("query", "who-proposed-what", "--graph", graph, "--format", "csv").out))
    return next(row for row in rows if row["content"].startswith("a truce"))["proposerName"], done.err


def test_a_corrected_role_is_of_the_same_actor_where_the_text_moves(kg: Kg, truce: Path) -> None:
    put(kg, truce, "proposed", "agent", "Chad")
    assert rebuilt(kg, truce, f"This is a second version. {TALKS}") == ("Chad", "")
    who, told = rebuilt(kg, truce, TALKS.replace("Chad", "Mali"))
    assert (who, told) == ("Norway", "Journal: talks: “Chad” is no longer found.\n")
    assert rebuilt(kg, truce, TALKS) == ("Chad", "")


def test_a_role_that_an_older_version_corrected_is_told_where_its_actor_is_gone(kg: Kg, truce: Path) -> None:
    put(kg, truce, "proposed", "agent", "Chad")
    journal = truce / "journal.jsonl"
    entry = json.loads(journal.read_text(encoding="utf-8"))
    journal.write_text(json.dumps({**entry, "nodes": entry["nodes"][:1]}) + "\n", encoding="utf-8")
    assert rebuilt(kg, truce, f"{TALKS} More follows.") == ("Chad", "")
    who, told = rebuilt(kg, truce, f"This is a second version. {TALKS}")
    assert (who, told) == ("Norway", "Journal: talks: who is agent of “proposed” is no longer found.\n")


def test_whom_the_document_does_not_name_is_told_with_those_it_does(kg: Kg, truce: Path) -> None:
    wrong = kg("correct", "Oslo proposed", "agent", "Atlantis", "--graph", truce)
    assert wrong.code == 2
    assert "Atlantis: no actor of this document is called so" in wrong.err and "Chad" in wrong.err
    other = kg("correct", "Oslo proposed", "type", "Person", "--graph", truce)
    assert other.code == 2 and "is no type" in other.err
    other = kg("correct", "Chad", "status", "accepted", "--graph", truce)
    assert other.code == 2 and "an actor has no status" in other.err


def test_corrections_are_exported_as_annotated_passages(kg: Kg, truce: Path, tmp_path: Path) -> None:
    none = tmp_path / "none.jsonl"
    assert kg("export", "corrections", "--graph", truce, "-o", none).code == 0
    assert none.read_text(encoding="utf-8") == ""
    put(kg, truce, "demanded", "kind", "request")
    put(kg, truce, "proposed", "agent", "Chad")
    file = tmp_path / "passages.jsonl"
    assert kg("export", "corrections", "--graph", truce, "-o", file).code == 0
    [told] = read_passages(file)
    assert faults([told]) == []
    assert told.text == TALKS and told.published == "2025-05-24"
    [record] = read_records(file)
    words = {
        event.id: (event.kind, [TALKS[b:e] for b, e in event.roles.get("actor", ())])
        for event in told.events
        if event.id in record["corrected"]
    }
    assert sorted(words.values(), key=str) == [("propose", ["Chad"]), ("request", ["Chad"])]
    [first] = [event for event in told.events if event.kind == "propose"]
    assert told.statuses[first.id] == "rejected"
    assert [(link.relation, link.answer) for link in told.relations if link.target == first.id] == [
        ("answers", "rejected")
    ]


def test_of_events_told_by_one_word_the_corrected_one_is_exported(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "kill.txt").write_text("Rebels killed 5 guards and 6 drivers in Lagos on Monday.", encoding="utf-8")
    graph, file = tmp_path / "graph", tmp_path / "passages.jsonl"
    assert not run(tmp_path / "kill.txt", graph=graph).problems
    out = kg("query", "timeline", "--graph", graph, "--format", "csv").out
    _, second = sorted({one["account"] for one in csv.DictReader(io.StringIO(out)) if "killed" in one["quote"]})
    assert second.endswith("/7-13.2")
    assert kg("correct", second, "type", "Protest", "--graph", graph).code == 0
    assert kg("export", "corrections", "--graph", graph, "-o", file).code == 0
    [record] = read_records(file)
    assert [(one["id"], one["type"]) for one in record["events"]] == [("e1", "PROTEST")]
    assert (record["corrected"], record["struck"]) == (["e1"], [])
    assert kg("correct", second, "type", "", "--graph", graph).code == 0
    assert kg("export", "corrections", "--graph", graph, "-o", file).code == 0
    [record] = read_records(file)
    assert [one["type"] for one in record["events"]] == ["ASSAULT"]
    assert (record["corrected"], record["struck"]) == ([], [])


def test_what_is_no_event_is_struck_with_all_that_hangs_on_it(kg: Kg, truce: Path, tmp_path: Path) -> None:
    before = row(kg, truce, "proposed")
    assert before["status"] == "rejected"
    assert "type of" in put(kg, truce, "rejected", "type", "")
    assert not row(kg, truce, "rejected", query="what-happened", key="event")
    assert row(kg, truce, "proposed")["status"] == "unknown"
    assert "whole" in kg("check", "--graph", truce).out
    put(kg, truce, "demanded", "type", "")
    assert not row(kg, truce, "demanded")
    file = tmp_path / "passages.jsonl"
    kg("export", "corrections", "--graph", truce, "-o", file)
    [record] = read_records(file)
    assert [TALKS[begin:end] for begin, end in record["struck"]] == ["rejected", "demanded"]
    assert faults(read_passages(file)) == []
    put(kg, truce, "demanded", "type", "Offer")
    assert row(kg, truce, "demanded")["kind"] == "offer"
    again = kg("resolve", "--graph", truce)
    assert (again.code, again.err) == (0, "")
    assert not row(kg, truce, "rejected", query="what-happened", key="event")
