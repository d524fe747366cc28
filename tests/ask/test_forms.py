"""Forms of questions that ask in other words for what a plain one asks: at whose request, in whose view, how far."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from spacy.language import Language

import kg

TEXT = (
    "At the request of the harbour master, Oda Lunde, the bridge in Tarvik was closed on Monday. The tram line was not "
    "closed. Lunde described the delay as a disgrace. The price of cod fell by 12 per cent. Smuggler Jens Pold remains "
    "in a cell; his plea for bail was turned down. Mayor Rolf Aas ordered the sirens to be tested. Backed by the "
    "fishermen, Aas proposed that a tunnel be dug.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-14-tarvik.txt": TEXT})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("At whose request was the bridge closed?", "Oda Lunde"),
        ("On whose orders were the sirens tested?", "Rolf Aas"),
        ("In whose view is the delay a disgrace?", "Lunde"),
        ("How far did the price of cod fall?", "12"),
        ("Who came up with the idea of a tunnel?", "Aas proposed"),
    ],
)
def test_a_longer_form_is_answered_as_the_plain_one_is(
    graph: kg.Graph, nlp: Language, question: str, told: str
) -> None:
    [one] = graph.ask(question, nlp=nlp).answers
    assert told in one.text


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Was Pold granted bail?", "turned down"),
        ("Did Pold receive bail?", "turned down"),
        ("Did the harbour master close the tram line?", "not closed"),
    ],
)
def test_what_was_refused_or_not_done_is_told_as_a_likely_no(
    graph: kg.Graph, nlp: Language, question: str, quoted: str
) -> None:
    [one] = graph.ask(question, nlp=nlp).answers
    assert (one.text, one.certain) == ("no", False) and quoted in one.quotes[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Was Aas granted bail?",
        pytest.param(
            "Was Pold granted asylum?",
            marks=pytest.mark.xfail(reason="the network takes bail that was refused for asylum", strict=True),
        ),
        "Did Pold close the harbour?",
    ],
)
def test_what_others_were_refused_or_did_not_do_is_no_answer(graph: kg.Graph, nlp: Language, question: str) -> None:
    assert not graph.ask(question, nlp=nlp).answers
