"""What a question costs: beside a plain one, in processor time of one process, and by what an engine looks at."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from spacy.language import Language

import kg
from kg.asking import compile_question, parses, read_question

TIMES = 20
"""A question that starts from an event costs up to six times a plain one; joined in the wrong order, a hundred."""


def seconds(graph: kg.Graph, question: str) -> float:
    """Of a question whose texts nobody has read before."""
    parses._KEPT.clear()
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


def parts(sparql: str) -> list[str]:
    """The patterns of a query, one within another left whole."""
    found: list[str] = []
    depth = 0
    for line in sparql.split("WHERE {\n", 1)[1].rsplit("\n}\n", 1)[0].splitlines():
        if depth:
            found[-1] += line
        else:
            found.append(line.strip())
        depth += sum(line.count(mark) for mark in "{(") - sum(line.count(mark) for mark in "})")
    return found


@pytest.mark.parametrize(
    "question",
    [
        "What did Norland propose to Noria?",
        "Who accused Norland of spying in May?",
        "How many guards died in Oslo?",
        "Where did Norland and Noria meet?",
        "Why did Norland reject the offer?",
        "Did Norland accept the ceasefire?",
        "What happened after the summit in Oslo?",
    ],
)
def test_a_query_asks_first_for_what_must_be_there_and_binds_last(nlp: Language, question: str) -> None:
    reading = read_question(question, nlp, today=None)
    for strict in (True, False):
        compiled = compile_question(reading, lambda name: (name.lstrip("=@~"),), strict=strict)
        found = [one for one in parts(compiled.sparql) if not one.startswith("FILTER")]
        kinds = ["OPTIONAL BIND".find(one.split()[0].partition("(")[0]) for one in found]
        assert kinds == sorted(kinds) and len(set(kinds)) == 3, compiled.sparql
        optional = [one for one in found if one.startswith("OPTIONAL")]
        graphs = [re.findall(r"GRAPH (\?\w+In) ", one) for one in optional]
        assert not any(set(one) & set(other) for one, other in itertools.combinations(graphs, 2))
        assert not any(re.search(r"nkg:\w+[/|]", one) for one in optional if "SELECT" not in one)


@pytest.mark.parametrize(
    "question", ["Why did Brix resign after the vote?", "What happened before the summit in Oslo?"]
)
def test_what_a_binding_looks_for_is_bound_nowhere_else(nlp: Language, question: str) -> None:
    reading = read_question(question, nlp, today=None)
    found = parts(compile_question(reading, lambda name: (name.lstrip("=@~"),), strict=True).sparql)
    looking = [one for one in found if one.startswith("BIND") and "EXISTS" in one]
    assert looking
    for one in looking:
        own = set(re.findall(r"\?\w+", one.partition("EXISTS")[2].rpartition(" AS ")[0]))
        others = {name for other in found if other is not one for name in re.findall(r"\?\w+", other)}
        assert own & others <= {"?event", "?document", "?anchorText"}


def test_who_is_called_by_a_title_is_looked_up_once(demo: kg.Graph, nlp: Language) -> None:
    plain = min(seconds(demo, "Who proposed talks?") for _ in range(3))
    assert min(seconds(demo, "Which president rejected the ceasefire?") for _ in range(2)) < TIMES * plain
    reading = read_question("Which president rejected the ceasefire?", nlp, today=None)
    for strict in (True, False):
        found = parts(compile_question(reading, lambda name: (name.lstrip("=@~"),), strict=strict).sparql)
        [looking] = [one for one in found if "nkg:refersTo" in one]
        assert looking.startswith("{ SELECT") and "?event nkg:lemma" in looking
