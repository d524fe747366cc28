"""Learn the weights by which `kg ask` ranks sentences (`kg/asking/ranking.toml`): `python -m tests.ask.learn FILE`.

From the questions of `tests/ask`, and from those of `corpus/stories-dev.txt`, each of whose stories makes a graph.
Each question is held against the sentences that `kg ask` would read for it; those that have the gold
answer are right, and "none" is where the gold has no answer. The loss is the mean negative log-likelihood of what is
right, with a penalty on the squares of the weights.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

import kg
from kg.asking import latest_day, read_question
from kg.asking.closed import is_closed
from kg.asking.features import ASKED, NAMES
from kg.asking.naming import Naming
from kg.asking.ranking import may_be_ranked
from kg.asking.texts import Texts
from kg.language.training.passages import read_records
from kg.questions import names_of
from tests.ask.answers.stories import read_stories
from tests.ask.scoring import CORPORA, Asked, has_gold, read_questions

CORPUS = Path(__file__).parents[2] / "corpus"
HELD = (
    *("eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth", "later"),
)
"""The last fresh sets and what was written after the weights: nothing is learned from these."""
PENALTY, STEPS, RATE = 0.005, 1500, 0.1

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Row = tuple[Asked, Floats, Floats, Bools]


def of_stories(folder: Path) -> tuple[list[Asked], dict[str, Path]]:
    """Give the questions about stories that no network learns from, and files of the articles that tell these."""
    told: dict[str, list[str]] = {}
    for one in read_records(CORPUS / "stories.jsonl.gz"):
        article = {name: one[name] for name in ("id", "title", "published", "text")}
        told.setdefault(one["story"], []).append(json.dumps(article))
    stories = read_stories(CORPUS, "stories-dev.txt")
    places = {one.name: folder / f"{one.name}.jsonl" for one in stories}
    for name, place in places.items():
        place.write_text("\n".join(told[name]), encoding="utf-8")
    questions = [one for story in stories for one in story.questions]
    return [Asked(one.passage, one.text, "/".join(one.gold) or "-", held=False) for one in questions], places


def rows(folder: Path, questions: Sequence[Asked], places: Mapping[str, Path]) -> Iterator[Row]:
    """Give each question with the features of its sentences, and which of them have the answer.

    `places` are the files with the texts of each corpus.
    """
    nlp = kg.load_nlp()
    graphs: dict[str, kg.Graph] = {}
    for asked in questions:
        if asked.corpus not in graphs:
            place = folder / asked.corpus
            known = place.exists()
            graphs[asked.corpus] = kg.open(place) if known else kg.build([places[asked.corpus]], graph=place, nlp=nlp)
        reader = graphs[asked.corpus].reader
        reading = read_question(asked.question, nlp, today=latest_day(reader))
        if is_closed(reading) or not may_be_ranked(reading):
            continue
        held = Texts(reader, reading, Naming(names_of(reader)), nlp).held()
        told = [one.page.sentence(one.first) for one in held.candidates]
        features = np.array([one.features for one in held.candidates], dtype=np.float64)
        whole = np.array([1.0, *held.asked()], dtype=np.float64)
        right = np.array([asked.answerable and has_gold(asked.gold, text) for text in told], dtype=np.bool_)
        if len(told):
            yield asked, features, whole, right


def fit(data: Sequence[Row]) -> Floats:
    """Give the weights of the features of sentences and, behind them, those of "none"."""
    data = [row for row in data if row[3].any() or not row[0].answerable]
    sizes = [len(features) + 1 for _, features, _, _ in data]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    kinds = len(NAMES)
    whole = np.zeros((sum(sizes), kinds + 1 + len(ASKED)))
    target = np.zeros(len(whole))
    for (_, features, none, right), start, size in zip(data, starts, sizes, strict=True):
        whole[start : start + size - 1, :kinds] = features
        whole[start + size - 1, kinds:] = none
        target[start : start + size - 1] = right
        target[start + size - 1] = not right.any()
    free = np.arange(whole.shape[1]) != kinds

    def slope(weights: Floats) -> Floats:
        scores = whole @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        chances = scores / np.repeat(np.add.reduceat(scores, starts), sizes)
        good = np.repeat(np.add.reduceat(chances * target, starts), sizes)
        found: Floats = whole.T @ (chances - chances * target / np.maximum(good, 1e-12)) / len(data)
        return found + 2 * PENALTY * weights * free

    return descended(slope, whole.shape[1], steps=STEPS, rate=RATE)


def descended(slope: Callable[[Floats], Floats], size: int, *, steps: int, rate: float) -> Floats:
    """Give the weights to which Adam (Kingma and Ba 2015) comes from none, with all examples at once."""
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        now = slope(weights)
        first = 0.9 * first + 0.1 * now
        second = 0.999 * second + 0.001 * now**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def written(weights: Floats) -> str:
    """Give the file of the weights."""
    names = ("always", *ASKED)
    parts = [f'"{name}" = {weight:.3f}' for name, weight in zip((*NAMES, *names), weights, strict=True)]
    head = "# Weights by which sentences are ranked; learned by tests/ask/learn.py, not written by hand."
    return "\n".join([head, "", "[sentence]", *parts[: len(NAMES)], "", "[none]", *parts[len(NAMES) :], ""])


def main() -> None:
    """Learn the weights of features from questions, but for those of `tests/ask` that are held out, and write them."""
    parser = argparse.ArgumentParser(prog="tests.ask.learn", description=main.__doc__)
    parser.add_argument("out", type=Path, help="where they go: kg/asking/ranking.toml")
    parser.add_argument("--graphs", type=Path, help="folder where graphs of the texts are kept, or are already")
    given = parser.parse_args()
    questions = [one for one in read_questions() if one.part not in HELD]
    with tempfile.TemporaryDirectory() as place:
        folder = given.graphs or Path(place)
        more, files = of_stories(Path(place))
        found = list(rows(folder, [*questions, *more], CORPORA | files))
    given.out.write_text(written(fit(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
