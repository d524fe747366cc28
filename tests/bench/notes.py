"""Documents of two short sentences, made up: what a document costs besides its words weighs most in them.

Each tells what one of ten states did to another about a border post of its own, and what a minister said whom one
document in 97 names.
"""

from __future__ import annotations

import json
from pathlib import Path

STATES = "Norway Chile Kenya Japan Brazil Turkey Egypt Canada Poland Ghana".split()
DEEDS = ("proposed talks with", "rejected a plan of", "signed an accord with", "accused envoys of", "offered aid to")
MINISTERS = [
    f"{one}{other}" for one in "Bal Dor Fen Gar Hol Jas Kel Lum Mor Nev".split() for other in "an ek in or us".split()
]


def note(number: int) -> dict[str, str]:
    """One document."""
    one, other = STATES[number % 10], STATES[(number // 10) % 10]
    other = other if other != one else STATES[(number + 3) % 10]
    who = f"Ada {MINISTERS[number % 97 % len(MINISTERS)]}{'son' if number % 97 >= len(MINISTERS) else ''}"
    deed = f"{one} {DEEDS[number % 5]} {other} on border post {number}."
    text = f"{deed} Minister {who} of {one} said that the sides would meet."
    day = f"20{10 + number % 15}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return {"id": f"note-{number:06}", "text": text, "published": day}


def write(documents: int, target: Path) -> None:
    """Write so many as JSON Lines."""
    with target.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(note(number))}\n" for number in range(documents))
