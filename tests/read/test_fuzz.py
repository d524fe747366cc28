"""A small sample of what `make soak` does with ten thousand strange inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Document
from kg.read import Problem, read
from tests.read.making import KINDS, MORE, TEXT, zipped
from tests.soak.fuzz import once, reading
from tests.soak.strange import FIFO, Strange


def test_strange_inputs_are_told_and_lose_nothing(tmp_path: Path) -> None:
    told = reading(120, 3, tmp_path)
    assert told["inputs"] == 120 and told["documents"] > 60 and told["problems"] > 60
    assert sum(name.startswith("kind ") for name in told) > 7


def test_what_is_lost_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="is lost"):
        once(tmp_path, Strange("a record that cannot be there", {"a.txt": MORE.encode()}, (TEXT + MORE,)))


def test_pipes_and_loops_of_links_hold_nobody_up(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "in/p.txt": FIFO,
        "in/l": "→..",
        "in/self.txt": "→self.txt",
        "in/a.txt": MORE.encode(),
    }
    documents, problems = once(tmp_path, Strange("folders", files, (MORE,)))
    assert [one.text for one in documents] == [MORE]
    assert "a named pipe" in " ".join(map(str, problems)) and "links" in " ".join(map(str, problems))


def test_a_line_of_other_bytes_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xff\xfe\0\n{"text": "x\0y"}\n{"id": "1", "text": "%b"}\n' % TEXT.encode())
    *problems, last = read([path])
    assert isinstance(last, Document) and last.text == TEXT
    assert [type(one) for one in problems] == [Problem, Problem]


def test_a_file_that_is_all_of_other_bytes_is_told_once(tmp_path: Path) -> None:
    for name, data in (("a.jsonl", b"\0\1\2\n" * 900), ("b.jsonl", ('{"text": "x"}\n' * 9).encode("utf-16-le"))):
        (tmp_path / name).write_bytes(data)
        [problem] = read([tmp_path / name])
        assert "zero byte" in str(problem)


def test_a_row_that_is_no_utf8_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'text,id\n"%b",1\ncaf\xe9,2\n"%b",3\n' % (TEXT.encode(), MORE.encode()))
    one, problem, other = read([path])
    assert isinstance(one, Document) and isinstance(other, Document) and (one.id, other.text) == ("1", MORE)
    assert str(problem).startswith(f"{path}:3: the text is not UTF-8 (byte 0xe9)")
    path.write_bytes("id,text\n1,x\n".encode("utf-16"))
    assert len(list(read([path]))) == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_sound_before_it_is_broken(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"sound.{kind}"
    path.write_bytes(KINDS[kind]())
    assert any(isinstance(one, Document) for one in read([path], fields={"text": "body"} if kind == "csv" else None))


def test_a_member_that_cannot_be_unpacked_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = bytearray(zipped({"a.txt": MORE.encode() * 3, "b.txt": TEXT.encode()}))
    data[40] ^= 0x55
    path.write_bytes(data)
    problem, last = read([path])
    assert isinstance(last, Document) and last.text == TEXT
    assert str(problem).startswith(f"{path}/a.txt: ") and "reader failed" not in str(problem)
    data = bytearray(zipped({"a.txt": MORE.encode(), "b.txt": TEXT.encode()}))
    data[data.index(b"PK\x01\x02") + 10] = 99  # the method of the first member, in the directory
    path.write_bytes(data)
    problem, last = read([path])
    assert isinstance(last, Document) and last.text == TEXT and "packed by method 99" in str(problem)


def test_a_file_that_is_no_parquet_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + KINDS["parquet"]()[:-9])
    [problem] = read([path])
    assert "no Parquet file, or it is damaged" in str(problem)
