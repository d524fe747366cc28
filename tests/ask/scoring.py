"""The questions of `questions.txt`, and how answers to them are judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.asking import Reply

HERE = Path(__file__).parent
CORPORA = {
    "istanbul": HERE.parents[1] / "examples" / "istanbul" / "articles.jsonl",
    "harbour": HERE / "corpora" / "harbour.jsonl",
    "river": HERE / "corpora" / "river.jsonl",
    "valley": HERE / "corpora" / "valley.jsonl",
    "varied": HERE / "corpora" / "varied.jsonl",
    "more": HERE / "corpora" / "more.jsonl",
    "wire": HERE / "corpora" / "wire.jsonl",
    "wire2": HERE / "corpora" / "wire2.jsonl",
    "analyst": HERE / "corpora" / "analyst.jsonl",
    "desk": HERE / "corpora" / "desk.jsonl",
    "agency": HERE / "corpora" / "agency.jsonl",
    "press": HERE / "corpora" / "press.jsonl",
    "gazette": HERE / "corpora" / "gazette.jsonl",
    "chronicle": HERE / "corpora" / "chronicle.jsonl",
    "bulletin": HERE / "corpora" / "bulletin.jsonl",
    "bureau": HERE / "corpora" / "bureau.jsonl",
    "almanac": HERE / "corpora" / "almanac.jsonl",
    "digest": HERE / "corpora" / "digest.jsonl",
    "echo": HERE / "corpora" / "echo.jsonl",
    "dispatch": HERE / "corpora" / "dispatch.jsonl",
    "monitor": HERE / "corpora" / "monitor.jsonl",
    "tribune": HERE / "corpora" / "tribune.jsonl",
    "letter": HERE / "corpora" / "letter.jsonl",
    "courier": HERE / "corpora" / "courier.jsonl",
    "ledger": HERE / "corpora" / "ledger.jsonl",
    "record": HERE / "corpora" / "record.jsonl",
    "envoy": HERE / "corpora" / "envoy.jsonl",
    "borough": HERE / "corpora" / "borough.jsonl",
    "foreign": HERE / "corpora" / "foreign.jsonl",
    "standoff": HERE / "corpora" / "standoff.jsonl",
    "cabinet": HERE / "corpora" / "cabinet.jsonl",
    "abroad": HERE / "corpora" / "abroad.jsonl",
    "andes": HERE / "corpora" / "andes.jsonl",
    "tarrow": HERE / "corpora" / "tarrow.jsonl",
    "overseas": HERE / "corpora" / "overseas.jsonl",
    "atlas": HERE / "corpora" / "atlas.jsonl",
    "compass": HERE / "corpora" / "compass.jsonl",
    "meridian": HERE / "corpora" / "meridian.jsonl",
    "beacon": HERE / "corpora" / "beacon.jsonl",
    "quayside": HERE / "corpora" / "quayside.jsonl",
    "globe": HERE / "corpora" / "globe.jsonl",
    "frontier": HERE / "corpora" / "frontier.jsonl",
    "chamber": HERE / "corpora" / "chamber.jsonl",
    "planet": HERE / "corpora" / "planet.jsonl",
    "outpost": HERE / "corpora" / "outpost.jsonl",
    "senate": HERE / "corpora" / "senate.jsonl",
    "horizon": HERE / "corpora" / "horizon.jsonl",
    "embassy": HERE / "corpora" / "embassy.jsonl",
    "township": HERE / "corpora" / "township.jsonl",
    "panorama": HERE / "corpora" / "panorama.jsonl",
    "strait": HERE / "corpora" / "strait.jsonl",
    "coalition": HERE / "corpora" / "coalition.jsonl",
    "mosaic": HERE / "corpora" / "mosaic.jsonl",
    "truce": HERE / "corpora" / "truce.jsonl",
    "charter": HERE / "corpora" / "charter.jsonl",
    "prism": HERE / "corpora" / "prism.jsonl",
    "delta": HERE / "corpora" / "delta.jsonl",
    "assembly": HERE / "corpora" / "assembly.jsonl",
    "lantern": HERE / "corpora" / "lantern.jsonl",
    "corridor": HERE / "corpora" / "corridor.jsonl",
    "boardroom": HERE / "corpora" / "boardroom.jsonl",
    "kaleidoscope": HERE / "corpora" / "kaleidoscope.jsonl",
    "ferry": HERE / "corpora" / "ferry.jsonl",
    "campus": HERE / "corpora" / "campus.jsonl",
    "orbit": HERE / "corpora" / "orbit.jsonl",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its gold answer; `held` ones were only scored while the code was written."""

    corpus: str
    question: str
    gold: str
    held: bool
    part: str = ""

    @property
    def answerable(self) -> bool:
        return not self.gold.startswith("-")


def read_questions() -> Iterator[Asked]:
    corpus, number, part = "", 0, ""
    for line in (HERE / "questions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            corpus, _, more = line.strip("[]").partition(" ")
            number, part = 0, more
        elif " | " in line and not line.startswith("#"):
            number += 1
            question, _, gold = line.partition(" | ")
            yield Asked(corpus, question, gold, held=part == "held" or (not part and number % 3 == 0), part=part)


def texts() -> dict[str, str]:
    """Give the text of every article by its id."""
    records = (json.loads(line) for path in CORPORA.values() for line in path.open(encoding="utf-8"))
    return {record["id"]: record["text"] for record in records}


def judge(gold: str, reply: Reply) -> tuple[bool, bool]:
    """Whether a reply is right, and whether an answer that it gives as certain is wrong."""
    given = [answer.text for answer in reply.answers]
    sure = [answer.text for answer in reply.answers if answer.certain]
    if gold.startswith("-") and not given:
        return True, False
    parts = [part.strip() for part in gold.removeprefix("-").removeprefix("/").split(";") if part.strip()]
    needed = [part for part in parts if not part.startswith("(")]
    allowed = [part.strip("()") for part in parts]
    right = bool(needed) and all(any(_is(part, text) for text in given) for part in needed)
    right = right and all(any(_is(part, text) for part in allowed) for text in given)
    return right, any(not any(_is(part, text) for part in allowed) for text in sure)


def has_gold(gold: str, text: str) -> bool:
    """Whether a sentence has what a gold answer needs, or any of it."""
    parts = [part.strip() for part in gold.removeprefix("-").removeprefix("/").split(";") if part.strip()]
    return any(_is(part, text) for part in parts if not part.startswith("("))


def _is(part: str, text: str) -> bool:
    return any(_has(one.strip().lower(), text.lower()) for one in part.split("/"))


def _has(one: str, text: str) -> bool:
    """Whether an answer has a value; "yes" and "no" have to be all of it, for many sentences have a "no" in them."""
    return one == text if one in ("yes", "no") else one in text
