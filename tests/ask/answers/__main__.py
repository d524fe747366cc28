"""Learn `kg/asking/extractive.onnx` anew: `python -m tests.ask.answers [--corpora DIR] [--corpus DIR] [--out FILE]`.

First from questions that are made of texts, where `--corpora` names the folder with `semantics/` and `treebank/`, then
from those of `corpus/questions.txt`, at last from those of `corpus/stories.txt` and `several.txt`, with some of the
others once more.
`--halfway FILE` keeps the weights after the first, and begins with them where they are there already; `--begin FILE`
begins with the layers of a network that was learned before. What the network counts for beside other features is
learned after it, by `python -m tests.ask.learn kg/asking/ranking.toml`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

import kg
from kg.errors import ModelError
from kg.language.context import encoder_of
from kg.language.training.minilm import pretrained
from tests.ask.answers.asked import Example, Length, Question, examples_of, read_questions
from tests.ask.answers.gathering import Finder, gathered, others
from tests.ask.answers.labelled import labelled_questions
from tests.ask.answers.learning import Cutter, Round, learn
from tests.ask.answers.linked import linked_questions
from tests.ask.answers.made import maker_of, questions_of
from tests.ask.answers.network import ReaderNet, begin_with, graph_of
from tests.ask.answers.several import read_several
from tests.ask.answers.sources import read_texts
from tests.ask.answers.stories import Story, examples_of_stories, read_stories
from tests.ask.answers.words import Forms

ROOT = Path(__file__).parents[3]
FIRST = Round(epochs=1, rate=1e-4, batch=32, average=0.995, least=0.6)
THEN = Round(epochs=2, rate=1e-4)
LAST = Round(epochs=1, rate=6e-5, truth=1.0, warm_up=0.03)
MADE = 25_600
"""Examples of made questions that are learned from first."""
AGAIN = 9_000
"""Questions about passages that are asked once more beside the stories."""
SIDE_BY_SIDE = 0.4
"""How many of these are asked of sentences of several texts."""


def made_examples(corpora: Path, corpus: Path, rng: random.Random) -> list[Example]:
    """Make questions of all texts, in a random order."""
    nlp = kg.load_nlp()
    texts = read_texts(corpus, corpora / "semantics", nlp)
    make = maker_of(texts, Forms(corpora / "treebank" / "en_ewt-train.conllu"), rng)
    found = [pair for text in texts for pair in questions_of(text, make)]
    found += [pair for text in texts if text.record for pair in linked_questions(text, make)]
    found += labelled_questions(corpora / "semantics", make)
    rng.shuffle(found)
    return [pair.example() for pair in found]


def last_examples(
    stories: Sequence[Story], questions: Sequence[Question], length: Length, rng: random.Random
) -> list[Example]:
    """Give what the network learns from last: stories, and some of the other questions."""
    finder = Finder(sorted({sentence for one in questions for sentence in one.sentences}))
    found = examples_of_stories(stories, length, rng)
    for one in rng.sample(questions, min(AGAIN, len(questions))):
        if rng.random() < SIDE_BY_SIDE:
            answered = bool(one.right) and rng.random() > 0.1
            found.append(gathered(one, others(one, finder, rng), length, rng, answered=answered))
        else:
            found += examples_of([one], length, rng)
    return [one for one in found if one.sentences]


def _tell(step: int, steps: int, loss: float) -> None:
    if step % 100 == 0 or step == steps:
        print(f"step {step:,} of {steps:,}, loss {loss:.3f}", file=sys.stderr, flush=True)


def main() -> None:
    """Learn the network, and write it."""
    parser = argparse.ArgumentParser(prog="tests.ask.answers", description=main.__doc__)
    parser.add_argument("--corpora", type=Path, default=None, help="folder with semantics/ and treebank/")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="folder with questions.txt and passages")
    parser.add_argument("--out", type=Path, default=ROOT / "kg" / "asking" / "extractive.onnx", help="where it goes")
    parser.add_argument("--begin", type=Path, default=None, help="a network whose layers are begun with")
    parser.add_argument("--halfway", type=Path, default=None, help="where the weights after made questions are kept")
    parser.add_argument("--seed", type=int, default=0, help="of the questions, their order and the first weights")
    parser.add_argument("--threads", type=int, default=1, help="of the processor")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    shim = encoder_of()
    if shim is None or shim.pieces is None:
        raise ModelError("the shipped encoder is missing", where="kg/language/model", remedy="install newskg anew")
    net, cutter = ReaderNet(pretrained()[0], shim.parts), Cutter(shim.pieces)
    if given.begin is not None:
        begin_with(net, given.begin)
    if given.halfway is not None and given.halfway.exists():
        net.load_state_dict(torch.load(given.halfway, weights_only=True))
    elif given.corpora is not None:
        made = made_examples(given.corpora, given.corpus, random.Random(given.seed))[:MADE]
        learn(net, cutter, lambda rng: rng.sample(made, len(made)), FIRST, given.seed, _tell)
        if given.halfway is not None:
            torch.save(net.state_dict(), given.halfway)
    questions = read_questions(given.corpus)
    learn(net, cutter, lambda rng: examples_of(questions, cutter.length, rng), THEN, given.seed, _tell)
    stories = [*read_stories(given.corpus), *read_several(given.corpus)]
    learn(net, cutter, lambda rng: last_examples(stories, questions, cutter.length, rng), LAST, given.seed, _tell)
    given.out.write_bytes(graph_of(net))


if __name__ == "__main__":
    main()
