"""Learn how `kg ask` tells yes from no (`kg/asking/closed.toml`): `python -m tests.ask.learn_closed FILE`.

From the questions for yes or no of `corpus/stories-dev.txt`, stories that no network learns from. What is for yes is
learned where the sentence that is taken has the words that answer; what is for being right from all questions, those
without an answer among them. The loss is the mean negative log-likelihood, with a penalty on the squares of weights.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

import kg
from kg.asking import latest_day, read_question
from kg.asking.closed import FEATURES, SIGNS, is_closed, likeliest, may_be_told
from kg.asking.naming import Naming
from kg.asking.texts import Texts
from kg.questions import names_of
from tests.ask.answers.stories import read_stories
from tests.ask.learn import CORPUS, descended, of_stories

PENALTY, STEPS, RATE = 0.01, 3000, 0.05

Floats = npt.NDArray[np.float64]


class Row(NamedTuple):
    """A question: what speaks for yes and for its being right, what it is, and whether the sentence has the answer."""

    signs: Floats
    features: Floats
    truth: bool | None
    told: bool


def rows(folder: Path) -> Iterator[Row]:
    """Give what the network reads for each question for yes or no; graphs of the texts are made in a folder."""
    nlp = kg.load_nlp()
    _, places = of_stories(folder)
    for story in read_stories(CORPUS, "stories-dev.txt"):
        with kg.build([places[story.name]], graph=folder / f"{story.name}-graph", nlp=nlp) as graph:
            called, today = Naming(names_of(graph.reader)), latest_day(graph.reader)
            for asked in story.questions:
                reading = read_question(asked.text, nlp, today=today)
                if not is_closed(reading) or not may_be_told(reading):
                    continue
                found = likeliest(Texts(graph.reader, reading, called, nlp).held())
                if found is not None:
                    told = any(one in found.sentence.text.lower() for one in asked.gold)
                    yield Row(found.signs, found.features, asked.truth, told)


def fit(data: Sequence[Floats], right: Sequence[bool]) -> Floats:
    """Give the weights of a logistic regression; the first feature is always 1, and its weight is free."""
    whole, target = np.array(data), np.array(right, dtype=np.float64)
    free = np.arange(whole.shape[1]) > 0

    def slope(weights: Floats) -> Floats:
        found: Floats = whole.T @ (1 / (1 + np.exp(-whole @ weights)) - target) / len(whole)
        return found + 2 * PENALTY * weights * free

    return descended(slope, whole.shape[1], steps=STEPS, rate=RATE)


def learned(data: Sequence[Row]) -> tuple[Floats, Floats]:
    """Give the weights of what speaks for yes, and of what speaks for its being right."""
    known = [one for one in data if one.truth is not None and one.told]
    signs = fit([one.signs for one in known], [one.truth is True for one in known])
    leaning = [float(one.signs @ signs) for one in data]
    right = [one.truth is not None and (much > 0) is one.truth for one, much in zip(data, leaning, strict=True)]
    return signs, fit(
        [np.append(one.features, abs(much)) for one, much in zip(data, leaning, strict=True)],
        right,
    )


def written(signs: Floats, features: Floats) -> str:
    """Give the file of the weights."""
    head = "# Weights by which yes is told from no; learned by tests/ask/learn_closed.py, not written by hand."
    yes = [f'"{name}" = {weight:.3f}' for name, weight in zip(SIGNS, signs, strict=True)]
    right = [f'"{name}" = {weight:.3f}' for name, weight in zip(FEATURES, features, strict=True)]
    return "\n".join([head, "", "[yes]", *yes, "", "[right]", *right, ""])


def main() -> None:
    """Learn the weights by which yes is told from no, and write them."""
    parser = argparse.ArgumentParser(prog="tests.ask.learn_closed", description=main.__doc__)
    parser.add_argument("out", type=Path, help="where they go: kg/asking/closed.toml")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = list(rows(Path(place)))
    given.out.write_text(written(*learned(found)), encoding="utf-8")
    print(f"{len(found)} questions, {sum(one.truth is not None for one in found)} of them with an answer")


if __name__ == "__main__":
    main()
