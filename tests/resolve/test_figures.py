"""Figures by several sources, from text to accounts of one event: what takes another figure up, and what does not."""

from __future__ import annotations

from datetime import date

import pytest

from kg import load_nlp, pipeline
from kg.language import analyse
from kg.model import Document


def told(text: str) -> set[tuple[float, str]]:
    """Value and source of the figures of a text that contradict each other."""
    [doc] = analyse(load_nlp(), [text])
    found = pipeline.analyse(Document(id="d", text=text, published=date(2025, 3, 5)), doc)
    figures = [event for event in found.events if event.frame == "figure" and event.quantity]
    assert len({event.quantity.noun.lower() for event in figures if event.quantity}) <= 1
    return {
        (event.quantity.value, event.attributed_to.text if event.attributed_to else "")
        for event in figures
        if event.quantity
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Forest guards say they burned 61 empty huts in a raid; the villagers say 240 homes were set alight.",
            {(61, "Forest guards"), (240, "the villagers")},
        ),
        (
            "Syria says it returned 1,200 coffins this week, whereas Iraqi doctors have counted 874.",
            {(1200, "Syria"), (874, "Iraqi doctors")},
        ),
        ("Police said nine people died. The hospital counted 14.", {(9, "Police"), (14, "The hospital")}),
        (
            "Organisers claimed that 40,000 people had marched. Police estimated the crowd at 12,000.",
            {(40000, "Organisers"), (12000, "Police")},
        ),
        (
            "The UN says 900 families fled; the governor gives a figure of 400.",
            {(900, "The UN"), (400, "the governor")},
        ),
    ],
)
def test_a_figure_is_taken_up(text: str, expected: set[tuple[float, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The union said 12 workers were fired. The company said 3 workers were promoted.",
        "The government says inflation was 4%. The central bank said unemployment was 7%.",
        "The company said it had 300 employees. It made 12 cars in 2020, according to Reuters.",
        "Two soldiers were killed, the army said on Monday. It said 14 militants died as well.",
        "Police said nine people died. The hospital counted nine.",
    ],
)
def test_other_figures_are_left_alone(text: str) -> None:
    assert told(text) == set()
