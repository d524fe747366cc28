"""The tutorial of `docs/frames.md`, followed to the letter: files written, commands run, answers compared."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.cli import main
from kg.extract.frames import load_lexicon
from kg.resources import ontology_dir

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "frames.md"
EXAMPLES = ROOT / "examples" / "frames"
FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"


class Block(NamedTuple):
    """A fenced block: its language, the file it is, and its lines as one text."""

    language: str
    title: str
    text: str


BLOCKS = [Block(*found) for found in FENCE.findall(PAGE.read_text(encoding="utf-8"))]
FILES = [block for block in BLOCKS if block.title]
COMMANDS = [block for block in BLOCKS if block.language == "console"]


def _run(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    program, *arguments = shlex.split(command)
    assert program == "kg"
    capsys.readouterr()
    with pytest.raises(SystemExit) as exit:
        main(arguments)
    out, err = capsys.readouterr()
    assert not err, command
    return int(exit.value.code or 0), out


def _lines(text: str) -> list[str]:
    # how wide a rule is drawn is the table library's affair
    return ["─" if set(line) == {"─"} else line.rstrip() for line in text.strip("\n").splitlines()]


def test_the_page_can_be_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_GRAPH", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    for block in FILES:
        path = tmp_path / block.title
        path.parent.mkdir(exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
    assert len(COMMANDS) >= 4
    for block in COMMANDS:
        command, *expected = _lines(block.text)
        code, out = _run(command.removeprefix("$ "), capsys)
        assert code == 0, command
        if ANYTHING in expected:
            assert set(expected) - {ANYTHING} <= set(_lines(out)), command
        else:
            assert _lines(out) == expected, command


@pytest.mark.parametrize("block", FILES, ids=lambda block: block.title)
def test_its_files_stand_among_the_examples(block: Block) -> None:
    assert (EXAMPLES / Path(block.title).name).read_text(encoding="utf-8") == block.text


def test_frames_on_the_page_are_frames(tmp_path: Path) -> None:
    tables = [block for block in BLOCKS if block.language == "toml"]
    assert len(tables) >= 2
    for number, block in enumerate(tables):
        (tmp_path / f"{number}.toml").write_text(block.text, encoding="utf-8")
    frames = {frame.name: frame for frame in load_lexicon([ontology_dir() / "frames", tmp_path]).frames}
    assert {"score", "win", "transfer", "invite"} <= frames.keys()
    assert "striker" in frames["transfer"].when[0]["object"]


def test_the_domain_needs_no_word_that_shipped_frames_define() -> None:
    own = {frame.name for frame in load_lexicon([EXAMPLES]).frames}
    shipped = {frame.name for frame in load_lexicon([ontology_dir() / "frames"]).frames}
    assert own and not own & shipped
    assert {frame.cls for frame in load_lexicon([EXAMPLES]).frames} == {"Happening"}
