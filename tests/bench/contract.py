"""`python -m tests.bench.contract [--actor NAME] GRAPH…`: milliseconds of the contract's questions, a column a graph.

Each question that is tagged `contract` is asked with a document (the one in the middle of the graph) and with each of
its parameters that take an actor: all of the answer, and its first page of twenty. Told is processor time, the best of
three after one that is not counted, for names are looked up once. Graphs are those that `tests.bench.size` keeps, or
any others; the actor is by default one that a document in 97 of those names.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import kg
from kg.questions import Question, questions
from tests.bench.notes import MINISTERS

ACTOR = f"Ada {MINISTERS[7]}"
PAGE = 20
MOST = 100.0
"""Milliseconds that a question with a filter may take."""


def cases(question: Question, document: str, actor: str) -> dict[str, dict[str, object]]:
    """The filters that a question takes, each with what it is asked for."""
    found: dict[str, dict[str, object]] = {}
    for param in question.params:
        if param.type == "document":
            found[param.name] = {param.name: document}
        elif param.type == "name":
            found[param.name] = {param.name: actor}
            found[f"{param.name}, page"] = {param.name: actor, "limit": PAGE}
    return found


def milliseconds(graph: kg.Graph, question: Question, asked: dict[str, object], times: int = 3) -> float:
    """Processor time of a question, the best of some."""
    took = []
    for _ in range(times + 1):
        began = time.process_time()
        graph.query(question, **asked)  # type: ignore[arg-type]
        took.append(time.process_time() - began)
    return 1000 * min(took[1:])


def measured(directory: Path, actor: str = ACTOR) -> dict[str, float]:
    """Question and filter → milliseconds, of one graph."""
    found = {}
    with kg.open(directory) as graph:
        documents = list(graph.documents())
        for question in questions():
            if "contract" in question.tags:
                for name, asked in cases(question, documents[len(documents) // 2], actor).items():
                    found[f"{question.name}, {name}"] = milliseconds(graph, question, asked)
    return found


def table(columns: dict[str, dict[str, float]]) -> list[str]:
    """Lines of a table: a question and filter a line, a graph a column."""
    lines = [f"  {'ms of processor time':<40}" + "".join(f"{name:>12}" for name in columns)]
    for name in next(iter(columns.values())):
        lines.append(f"  {name:<40}" + "".join(f"{column[name]:>12.1f}" for column in columns.values()))
    late = [name for name, took in list(columns.values())[-1].items() if took > MOST]
    lines.append(f"  over {MOST:.0f} ms in the last: {', '.join(late) or 'none'}")
    return lines


def main() -> None:
    arguments = sys.argv[1:]
    actor = ACTOR
    if arguments[:1] == ["--actor"]:
        actor, arguments = arguments[1], arguments[2:]
    print("\n".join(table({Path(one).name: measured(Path(one), actor) for one in arguments})))


if __name__ == "__main__":
    main()
