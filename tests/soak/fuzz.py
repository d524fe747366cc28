"""`python -m tests.soak.fuzz [NUMBER] [SEED]`: broken inputs of every kind; no traceback, no hang, no loss.

Each round takes a sound file of one kind (`tests.read.making`), breaks it (cut off, bytes changed, pieces repeated,
another encoding, control characters, another suffix), and reads it beside a sound text, which has to come out whole.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from kg.model import Document
from kg.read import Problem, read
from tests.read.making import KINDS, TEXT

LIMIT = 20.0
"""Seconds of the processor that one input may take."""
_ODD = (
    "\u202e",
    "\u0007",
    "\u0000",
    "\u2028",
    "\ufeff",
    "\ud83d\ude00",
    "\u0430",
    "</p>",
    "<!ENTITY a 'b'>",
    "%PDF",
    "\r",
)


def broken(data: bytes, dice: random.Random) -> bytes:
    """Break a file in one to four ways."""
    for _ in range(dice.randint(1, 4)):
        size = len(data)
        at = dice.randrange(size + 1)
        match dice.randrange(9):
            case 0:
                data = data[:at]
            case 1:
                data = data[at:]
            case 2:
                data = data[:at] + bytes(dice.randrange(256) for _ in range(dice.randrange(1, 40))) + data[at:]
            case 3:
                changed = bytearray(data)
                for _ in range(dice.randrange(1, 20)):
                    if changed:
                        changed[dice.randrange(len(changed))] = dice.randrange(256)
                data = bytes(changed)
            case 4:
                end = dice.randrange(at, size + 1)
                data = data[:at] + data[at:end] * dice.randrange(2, 9) + data[end:]
            case 5:
                data = data.decode("utf-8", "replace").encode(dice.choice(("utf-16", "latin-1", "cp037")), "replace")
            case 6:
                odd = "".join(dice.choice(_ODD) for _ in range(dice.randrange(1, 9)))
                data = data[:at] + odd.encode("utf-8", "surrogatepass") + data[at:]
            case 7:
                deep = dice.choice((b"<div>", b"[", b'{"a":', b"<b><i>", b"(", b"--B\n"))
                data = data[:at] + deep * dice.choice((10, 1000, 50_000)) + data[at:]
            case _:
                data = (
                    data[:at] + dice.choice((b"a", b" ", b"\n", b"0", b"'")) * dice.choice((100, 200_000)) + data[at:]
                )
    return data


def once(folder: Path, made: dict[str, bytes], dice: random.Random) -> tuple[str, int, int]:
    """Read one broken file beside a sound one; give its kind and the numbers of documents and problems."""
    kind = dice.choice(list(made))
    suffix = dice.choice(list(made)) if dice.random() < 0.1 else kind
    path, sound = folder / f"broken.{suffix}", folder / "sound.txt"
    path.write_bytes(broken(made[kind], dice))
    sound.write_text(TEXT, encoding="utf-8")
    began = time.process_time()
    found = list(read([path, sound], fields={"text": "body"} if kind == "csv" else None))
    spent = time.process_time() - began
    assert spent < LIMIT, f"{kind} took {spent:.0f} s"
    assert isinstance(found[-1], Document) and found[-1].text == TEXT, "the sound text is lost"
    for one in found:
        assert isinstance(one, Document | Problem)
        if isinstance(one, Problem):
            assert str(one).endswith(".") and "\n" not in str(one), str(one)
        else:
            one.text.encode(), one.id.encode()
    problems = sum(isinstance(one, Problem) for one in found)
    return suffix, len(found) - problems - 1, problems


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    made = {kind: make() for kind, make in KINDS.items()}
    kinds: Counter[str] = Counter()
    documents = problems = 0
    with tempfile.TemporaryDirectory() as name:
        for turn in range(number):
            dice = random.Random(f"{seed} {turn}")
            try:
                kind, some, told = once(Path(name), made, dice)
            except BaseException:
                print(f"turn {turn} of seed {seed}", file=sys.stderr)
                raise
            kinds[kind] += 1
            documents, problems = documents + some, problems + told
            if turn % 1000 == 999:
                print(f"{turn + 1} inputs: {documents} documents, {problems} told", flush=True)
    print(
        f"{number} broken inputs of {len(kinds)} kinds: {documents} documents read, {problems} problems told, none lost"
    )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
