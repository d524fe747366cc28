"""What a question costs beside a plain one, in processor time of one process: nothing grows with all pairs of nodes."""

from __future__ import annotations

import time

import pytest

import kg

TIMES = 20
"""A question that starts from an event costs up to six times a plain one; joined in the wrong order, a hundred."""


def seconds(graph: kg.Graph, question: str) -> float:
    began = time.process_time()
    graph.ask(question)
    return time.process_time() - began


@pytest.mark.parametrize("relation", ["after", "before"])
def test_what_happened_around_an_event_is_found_step_by_step(demo: kg.Graph, relation: str) -> None:
    graph = demo
    graph.ask("Who proposed talks?")  # loads what all questions need
    plain = min(seconds(graph, "Who proposed talks?") for _ in range(3))
    around = min(seconds(graph, f"What happened {relation} the Istanbul talks?") for _ in range(2))
    assert around < TIMES * plain
