"""Command line of the training: `python -m kg.language.training --corpora DIR [--out DIR] [--steps N]`."""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path

from kg.language.loading import shipped_model
from kg.language.training.recipe import make_model


def main() -> None:
    """Train the pipeline and install it where `kg.load_nlp()` looks, or at `--out`."""
    parser = argparse.ArgumentParser(prog="kg.language.training", description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with treebank/ and ner/")
    parser.add_argument("--out", type=Path, default=shipped_model(), help="where the pipeline goes")
    parser.add_argument("--steps", type=int, default=None, help="updates per phase (default: the configurations')")
    parser.add_argument("--work", type=Path, default=None, help="keep data, checkpoints and logs here")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if not (args.corpora / "treebank").is_dir() or not (args.corpora / "ner").is_dir():
        parser.error(f"{args.corpora} has no treebank/ and ner/; give the folder of the corpora")
    with tempfile.TemporaryDirectory(prefix="newskg-training-") as temporary:
        make_model(args.corpora, args.out, work=args.work or Path(temporary), steps=args.steps)


if __name__ == "__main__":
    main()
