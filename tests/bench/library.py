"""`python -m tests.bench.library [SIZE]`: seconds for each question of the library on 10,000 articles.

The articles are made up (`tests/bench/newsroom.py`, seven sentences each). Timed are the first page of twenty things,
and all of the answer for one document, for an actor that one article in 500 names, and the first page for an actor
that is named in hundreds. Each is asked once, in one process with the graph open; the names of the graph, which the
first question with a name looks up, are timed apart. Then questions in English: about somebody seldom named, about
those who are named in hundreds of articles, and about what none tells.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import kg
from kg.questions import Question, questions
from tests.bench.newsroom import BODIES, RARE, STATES, newsroom

PAGE = 20
ENGLISH = (
    f"Whom did {RARE} meet?",
    f"What did {STATES[0]} propose to {STATES[1]}?",
    f"How many guards died when the depot of {BODIES[0]} was struck?",
    f"Why did {STATES[2]} leave the union?",
    "Who won the football cup?",
)
BOUNDS = {"first page": 1.0, "document": 0.1, "actor": 0.1, "busy actor": 1.0}


def cases(question: Question) -> dict[str, dict[str, object]]:
    """What is asked: no filter, a document, somebody seldom named, somebody often named."""
    names = {param.name for param in question.params}
    person = "actor" if "actor" in names else "name" if "name" in names else ""
    person = person or next((param.name for param in question.params if param.type == "name"), "")
    found: dict[str, dict[str, object]] = {"first page": {"limit": PAGE}}
    if "document" in names:
        found["document"] = {"document": "article-04321"}
    if person:
        found |= {"actor": {person: RARE}, "busy actor": {person: STATES[0], "limit": PAGE}}
    return found


def seconds(graph: kg.Graph, question: Question, asked: dict[str, object]) -> float:
    began = time.process_time()
    graph.query(question, **asked)  # type: ignore[arg-type]
    return time.process_time() - began


def measure(directory: Path) -> list[str]:
    """Print a line for each question; give those that take longer than they may."""
    late = []
    with kg.open(directory) as graph:
        print(f"  names looked up in {seconds(graph, kg.questions.load('who-is-involved'), {'name': RARE}):.3f} s")
        for question in questions():
            cells = []
            for case, bound in BOUNDS.items():
                asked = cases(question).get(case)
                took = seconds(graph, question, asked) if asked else None
                cells.append(f"{took:>11.3f}" if took is not None else f"{'-':>11}")
                if took is not None and took > bound:
                    late.append(f"{question.name}, {case}: {took:.2f} s, may take {bound} s")
            print(f"  {question.name:<24}{''.join(cells)}", flush=True)
    return late


def asked_in_english(directory: Path) -> None:
    """Print a line for each question: seconds of the processor, and what came of it."""
    nlp = kg.load_nlp()
    with kg.open(directory) as graph:
        for question in ENGLISH:
            began = time.process_time()
            reply = graph.ask(question, nlp=nlp)
            print(f"  {time.process_time() - began:>6.2f}  {question} ({reply.outcome})", flush=True)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(sys.argv[2]) if len(sys.argv) > 2 else newsroom(Path(folder) / "graph", size)
        print(f"Questions of the library on {size:,} articles, in seconds:")
        print(f"  {'':<24}{''.join(f'{case:>11}' for case in BOUNDS)}")
        for line in measure(directory):
            print(f"  later than it may be: {line}")
        print("Questions in English, in seconds:")
        asked_in_english(directory)


if __name__ == "__main__":
    main()
