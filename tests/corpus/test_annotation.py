"""The line format of annotation, and the faults that are told of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.language.training.annotation import read_annotation, read_sentences
from kg.language.training.passages import faults, parts, passage, read_passages, write_records

SCRIPTS = Path(__file__).parents[2] / "corpus"
SENTENCES = """\
# ferry-1
1 The Halden council asked the ferry company on Monday to restore the night boat.
2 "We cannot do that before spring," said its director, Ana Ruiz, who rejected the request, citing talks after talks.
"""
ANNOTATION = """\
# ferry-1
1 e1 REQUEST:request trigger="asked" actor="The Halden council" recipient="the ferry company" \
content="restore...boat" time="Monday" fact=happened
1 e2 COOPERATE/OTHER trigger="restore" actor="the ferry company" object="the night boat" fact=hypothetical
2 e3 REJECT trigger="rejected" actor="Ana Ruiz" recipient=1:"The Halden council" object="the request" fact=happened
2 e4 CONSULT trigger="talks"#2 fact=happened
2 s1 cue="said" speaker="its director"+"Ana Ruiz" content=""We cannot do that before spring"
r e3 answers e1 rejected
status e1 rejected
"""


def read(annotation: str) -> tuple[list[dict[str, object]], list[str]]:
    return read_annotation(annotation, read_sentences(SENTENCES), source="own")


TWICE = """{"id": "x", "text": "", "sentences": [], "events": [], "statements": [], "relations": [], "source": "",
"statuses": [["e1", "accepted"], ["e1", "rejected"]]}""".replace("\n", " ")


def script(name: str, *args: str, cwd: Path, folder: Path = SCRIPTS) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, str(folder / f"{name}.py"), *args]
    path = os.pathsep.join([str(SCRIPTS.parent), *sys.path])
    env = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(call, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def test_lines_become_spans_of_the_text() -> None:
    records, wrong = read(ANNOTATION)
    assert wrong == []
    [p] = [passage(record) for record in records]

    def quotes(spans: tuple[tuple[int, int], ...]) -> list[str]:
        return [p.text[begin:end] for begin, end in spans]

    asked, restore, rejected, talks = p.events
    assert (asked.kind, quotes(asked.roles["content"])) == ("request", ["restore the night boat"])
    assert (restore.type, restore.types, restore.factuality) == ("COOPERATE", ("COOPERATE", "OTHER"), "hypothetical")
    assert quotes(rejected.roles["recipient"]) == ["The Halden council"]
    assert p.text[talks.trigger[0][0] :] == "talks."
    assert quotes(p.statements[0].speaker) == ["its director", "Ana Ruiz"]
    assert quotes(p.statements[0].content) == ['"We cannot do that before spring']
    assert [(r.source, r.relation, r.target, r.answer) for r in p.relations] == [("e3", "answers", "e1", "rejected")]
    assert p.statuses == {"e1": "rejected"} and p.source == "own"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('trigger="asked"', 'trigger="ask"', "not in sentence 1: 'ask'"),
        ('"talks"#2', '"talks"#3', "not in sentence 2: 'talks'"),
        ("2 e4", "3 e4", "there is no sentence 3"),
        ('1:"The Halden council"', '2:"The Halden council"', "not in sentence 2"),
        ("REQUEST:request", "REQUEST:wish", "kind wish"),
        ("REQUEST:request", "ASKING:request", "types"),
        ("2 e3 REJECT", "2 e3 reject", "event type?"),
        ('trigger="restore" ', "", "no trigger"),
        ('"talks"#2 fact=happened', '"talks"#2', "no factuality"),
        ("fact=hypothetical", "fact=perhaps", "factuality"),
        ("rejected\nstatus", "refused\nstatus", "unknown relation or answer"),
        ("r e3 answers", "r e9 answers", "not two events"),
        ("status e1 rejected", "", "e1: an initiative without a status"),
        ("status e1 rejected", "status e1 refused", "unknown status"),
        ("2 e4", "2 e3", "e3 stands twice"),
        ("status e1", "state e1", "not a line of the format"),
        ("# ferry-1", "# ferry-2", "no such passage"),
        (
            'actor="The Halden council"',
            'actor="The Halden council" actor="Halden"',
            "actor stands twice; join spans by +",
        ),
        ('"talks"#2 fact=happened', '"talks"#2 fact=happened fact=denied', "fact stands twice"),
        ("status e1 rejected", "status e1 rejected\nstatus e1 accepted", "e1 has a status already"),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, fault: str) -> None:
    assert old in ANNOTATION
    _, wrong = read(ANNOTATION.replace(old, new))
    assert any(fault in line for line in wrong), wrong


def test_a_passage_left_out_is_told() -> None:
    _, wrong = read("")
    assert wrong == ["ferry-1: not annotated"]


def test_spans_outside_or_inside_words_are_faults() -> None:
    [record], _ = read(ANNOTATION)
    event = record["events"][0]  # type: ignore[index]
    for span, fault in (([0, 2], "inside a word"), ([3, 10], "with a space"), ([70, 90], "lies in no sentence")):
        event["actor"] = [span]
        assert any(fault in line for line in faults([passage(record)]))


def test_files_go_out_and_in_plain_and_compressed(tmp_path: Path) -> None:
    records, _ = read(ANNOTATION)
    for name in ("own.jsonl", "own.jsonl.gz"):
        write_records(records, tmp_path / name)
        assert read_passages(tmp_path / name) == [passage(records[0])]
    first = (tmp_path / "own.jsonl.gz").read_bytes()
    write_records(records, tmp_path / "own.jsonl.gz")
    assert (tmp_path / "own.jsonl.gz").read_bytes() == first


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("no.jsonl", b"{", "is no JSON"),
        ("no.jsonl", b'{"id": "x"}', "lacks or misshapes 'text'"),
        ("no.jsonl", b"[1]", "is no JSON object"),
        ("no.jsonl", TWICE.encode(), "two of one event"),
        ("no.jsonl.gz", b"plain", "cannot be read"),
    ],
)
def test_files_that_are_no_passages_are_refused(tmp_path: Path, name: str, data: bytes, fault: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=fault):
        read_passages(tmp_path / name)


@pytest.mark.parametrize(("old", "new", "code"), [("", "", 0), ('trigger="asked"', 'trigger="ask"', 1)])
def test_the_checker_says_yes_or_no(tmp_path: Path, old: str, new: str, code: int) -> None:
    for name, text in (("a.txt", SENTENCES), ("a.ann", ANNOTATION.replace(old, new))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = script("check", "a.txt", "a.ann", "a.jsonl", "--source", "own", "--reader", "first", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (code, "")
    assert f"1 passages: 1 answers, {4 - code} events" in done.stdout
    assert read_passages(tmp_path / "a.jsonl")[0].source == "own"


@pytest.mark.parametrize(
    ("passages", "told"),
    [
        (None, "a.txt: cannot be read (no such file or directory); check the path, or save it"),
        ("# p\nNorway met Chad.\n", "a.txt:2: not the next sentence of its passage; begin it with the number 1, or"),
        ("# p\n1 Norway met Chad.\n3 They left.\n", "a.txt:3: not the next sentence of its passage; begin it with"),
        ("# p\n1 Norway met Chad.\n# p\n1 They left.\n", "a.txt:3: the id p is taken; give each passage an id"),
    ],
)
def test_the_checker_tells_what_it_cannot_read_in_a_sentence(tmp_path: Path, passages: str | None, told: str) -> None:
    if passages is not None:
        (tmp_path / "a.txt").write_text(passages, encoding="utf-8")
    (tmp_path / "a.ann").write_text("# p\nnone\n", encoding="utf-8")
    done = script("check", "a.txt", "a.ann", cwd=tmp_path)
    assert done.returncode == 1 and done.stderr.startswith(told)


def test_packing_keeps_what_a_collection_has(tmp_path: Path) -> None:
    [record], _ = read(ANNOTATION)
    text, second = str(record["text"]), record["sentences"][1][0]  # type: ignore[index]
    texts = [f"{n:03}{text[3:second]}{n:03}{text[second + 3 :]}" for n in range(40)]
    some = [{**record, "id": f"ferry-{n}", "text": told, "statements": []} for n, told in enumerate(texts)]
    write_records(some[:30], tmp_path / "first.jsonl")
    write_records([some[5] | {"source": "anew"}, *some[30:]], tmp_path / "more.jsonl")
    (tmp_path / "pack.py").write_bytes((SCRIPTS / "pack.py").read_bytes())

    def held() -> dict[str, str]:
        files = [*tmp_path.glob("own-*.jsonl.gz")]
        return {p.id: f"{file.name} {p.source}" for file in files for p in read_passages(file)}

    assert script("pack", "own", "first.jsonl", cwd=tmp_path, folder=tmp_path).returncode == 0
    before = held()
    assert len(before) == 30 and len({where.split()[0] for where in before.values()}) > 1
    refused = script("pack", "own", "more.jsonl", "--dev", "60", cwd=tmp_path, folder=tmp_path)
    assert refused.returncode == 1 and "give --dev and --test as before" in refused.stderr and held() == before
    assert script("pack", "own", "more.jsonl", cwd=tmp_path, folder=tmp_path).returncode == 0
    after = held()
    assert len(after) == 40 and after["ferry-5"] == before["ferry-5"].replace("own", "anew").replace("anew-", "own-")
    assert {one: after[one] for one in before if one != "ferry-5"} == {
        one: where for one, where in before.items() if one != "ferry-5"
    }
    (tmp_path / "bad.jsonl").write_text("[1]\n", encoding="utf-8")
    done = script("pack", "own", "bad.jsonl", cwd=tmp_path, folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "bad.jsonl:1: is no JSON object; write one JSON object a line.\n")


def test_documents_that_share_a_long_sentence_go_together() -> None:
    [record], _ = read(ANNOTATION)
    blocks = [passage({**record, "id": f"gmb-block{number}-1"}) for number in range(40)]
    assert len(set(parts(blocks).values())) == 1
    apart = [
        passage({**record, "id": f"gmb-block{number}-1", "text": f"{number:03}" + str(record["text"])[3:]})
        for number in range(40)
    ]
    apart = [p for p in apart if p.sentences]
    short = [passage({**record, "id": p.id, "text": p.text, "sentences": [[0, 79]]}) for p in apart]
    assert len(set(parts(short).values())) > 1
