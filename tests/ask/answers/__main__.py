"""Learn `kg/asking/pairs.onnx` anew: `python -m tests.ask.answers [--corpora DIR] [--corpus DIR] [--out FILE]`.

First from questions that are made of texts, where `--corpora` names the folder with `semantics/` and `treebank/`, then
from those of `corpus/questions.txt`. `--halfway FILE` keeps the weights between the two, and begins with them where
they are there already. What the network counts for beside other features is learned after it, by `python -m
tests.ask.learn kg/asking/ranking.toml`.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

import kg
from kg.errors import ModelError
from kg.language.context import encoder_of
from kg.language.training.minilm import pretrained
from tests.ask.answers.asked import Pair, pairs_of, read_questions
from tests.ask.answers.labelled import labelled_questions
from tests.ask.answers.learning import Round, learn
from tests.ask.answers.linked import linked_questions
from tests.ask.answers.made import maker_of, questions_of
from tests.ask.answers.network import AnswerNet, graph_of
from tests.ask.answers.sources import read_texts
from tests.ask.answers.words import Forms

ROOT = Path(__file__).parents[3]
FIRST = Round(epochs=1, rate=1e-4, average=0.995, least=0.6)
THEN = Round(epochs=4, rate=9e-5)
MADE, MIXED = 25_600, 5
"""Pairs of made questions that are learned from first, and one for how many of the others is mixed in then."""


def made_pairs(corpora: Path, corpus: Path, rng: random.Random) -> list[Pair]:
    """Make questions of all texts, in a random order."""
    nlp = kg.load_nlp()
    texts = read_texts(corpus, corpora / "semantics", nlp)
    make = maker_of(texts, Forms(corpora / "treebank" / "en_ewt-train.conllu"), rng)
    found = [pair for text in texts for pair in questions_of(text, make)]
    found += [pair for text in texts if text.record for pair in linked_questions(text, make)]
    found += labelled_questions(corpora / "semantics", make)
    rng.shuffle(found)
    return found


def main() -> None:
    """Learn the network, and write it."""
    parser = argparse.ArgumentParser(prog="tests.ask.answers", description=main.__doc__)
    parser.add_argument("--corpora", type=Path, default=None, help="folder with semantics/ and treebank/")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="folder with questions.txt and passages")
    parser.add_argument("--out", type=Path, default=ROOT / "kg" / "asking" / "pairs.onnx", help="where it goes")
    parser.add_argument("--halfway", type=Path, default=None, help="where the weights after made questions are kept")
    parser.add_argument("--seed", type=int, default=0, help="of the questions, their order and the first weights")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    shim = encoder_of()
    if shim is None or shim.pieces is None:
        raise ModelError("the shipped encoder is missing", where="kg/language/model", remedy="install newskg anew")
    net = AnswerNet(pretrained()[0], shim.parts)
    made: list[Pair] = []
    if given.corpora is not None:
        made = made_pairs(given.corpora, given.corpus, random.Random(given.seed))
        first, made = made[:MADE], made[MADE:]
        if given.halfway is not None and given.halfway.exists():
            net.load_state_dict(torch.load(given.halfway, weights_only=True))
        else:
            learn(net, shim.pieces, lambda rng: rng.sample(first, len(first)), FIRST, given.seed)
            if given.halfway is not None:
                torch.save(net.state_dict(), given.halfway)
    questions = read_questions(given.corpus)

    def pairs(rng: random.Random) -> list[Pair]:
        found = pairs_of(questions, rng)
        return found + rng.sample(made, min(len(made), len(found) // MIXED))

    learn(net, shim.pieces, pairs, THEN, given.seed)
    given.out.write_bytes(graph_of(net))


if __name__ == "__main__":
    main()
