"""Learn `kg/asking/pairs.onnx` anew: `python -m tests.ask.answers [--corpus DIR] [--out FILE] [--epochs N] [--seed N]`.

Then learn what it counts for beside the other features: `python -m tests.ask.learn kg/asking/ranking.toml`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from kg.errors import ModelError
from kg.language.context import encoder_of
from kg.language.training.minilm import pretrained
from tests.ask.answers.asked import pairs_of, read_questions
from tests.ask.answers.learning import Round, learn
from tests.ask.answers.network import AnswerNet, graph_of

ROOT = Path(__file__).parents[3]
EPOCHS, RATE = 4, 9e-5


def main() -> None:
    """Learn from the questions of a corpus, and write the network."""
    parser = argparse.ArgumentParser(prog="tests.ask.answers", description=main.__doc__)
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="folder with questions.txt and passages")
    parser.add_argument("--out", type=Path, default=ROOT / "kg" / "asking" / "pairs.onnx", help="where it goes")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="how often each question is seen")
    parser.add_argument("--seed", type=int, default=0, help="of the order and the first weights")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    shim = encoder_of()
    if shim is None or shim.pieces is None:
        raise ModelError("the shipped encoder is missing", where="kg/language/model", remedy="install newskg anew")
    net = AnswerNet(pretrained()[0], shim.parts)
    questions = read_questions(given.corpus)
    learn(net, shim.pieces, lambda rng: pairs_of(questions, rng), Round(given.epochs, RATE), given.seed)
    given.out.write_bytes(graph_of(net))


if __name__ == "__main__":
    main()
