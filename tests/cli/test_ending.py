"""A build that is ended from outside keeps what it read, says where it stopped, and goes on when it is run again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import ending
from tests.cli.conftest import Kg

NEWS = "Norway proposed a truce to the two sides on Monday. The rebels rejected the proposal a day later."
ARTICLES, STOPPED = 30, 18
BUILD = """
import time
from kg.cli import main, watch

watch._EVERY = 0.0  # a line for each article
step = watch.Watch.step

def slow(self, done, name):
    step(self, done, name)
    time.sleep(0.1)  # a long one

watch.Watch.step = slow
main(["build", "news", "--graph", "g"])
"""


def ended(sign: signal.Signals) -> tuple[int, str]:
    """Build `news` in another process, send it a signal when it is at an article, and give its exit code and stderr."""
    with subprocess.Popen([sys.executable, "-c", BUILD], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told: list[str] = []
        for line in process.stderr:
            told.append(line)
            if line.startswith(f"{STOPPED} of "):
                process.send_signal(sign)
        return process.wait(timeout=300), "".join(told)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM that a process could answer")
@pytest.mark.parametrize(
    ("sign", "code", "word"), [(signal.SIGINT, 130, "Interrupted"), (signal.SIGTERM, 143, "Terminated")]
)
def test_a_build_of_thirty_articles_is_ended_and_goes_on(
    sign: signal.Signals, code: int, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kg: Kg
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    for number in range(ARTICLES):
        Path(f"news/{number:02}.txt").write_text(f"{NEWS} This is number {number}.", encoding="utf-8")
    ran, told = ended(sign)
    assert ran == code
    where = rf"\({STOPPED} of {ARTICLES} documents read, .*; it stopped at news/{STOPPED}\.txt\)"
    assert re.search(f"What was read so far is kept {where}; the same command goes on from there.", told)
    assert told.rstrip().endswith(f"{word}.") and "Traceback" not in told
    again = kg("build", "news", "--graph", "g")
    assert again.code == 0
    assert f"{ARTICLES - STOPPED} read" in again.out and f"{STOPPED} unchanged" in again.out
    assert len(kg("stats", "--documents", "--graph", "g").out.splitlines()) >= ARTICLES


EARLY = """
import os, signal, sys
from kg.__main__ import main

class AtClick:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, AtClick())
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows kills a process with SIGINT at once")
def test_ctrl_c_while_modules_are_imported_is_told_in_a_word() -> None:
    ran = subprocess.run([sys.executable, "-c", EARLY], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (130, "Interrupted.\n")


def test_the_way_sigterm_was_answered_before_comes_back(kg: Kg) -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert kg("queries").code == 0
    assert signal.getsignal(signal.SIGTERM) is before
    with pytest.raises(ending.Terminated), ending.terminable():
        os.kill(os.getpid(), signal.SIGTERM)
