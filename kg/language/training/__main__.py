"""Command line: `python -m kg.language.training --corpora DIR [--out DIR] [--work DIR] [--steps N]`."""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path

from kg.errors import ExtraError, KgError
from kg.language.loading import shipped_model


def main() -> None:
    """Train the language pipeline and install it where `kg.load_nlp()` looks, or at `--out`."""
    parser = argparse.ArgumentParser(prog="kg.language.training", description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with treebank/, ner/ and gazetteer/")
    parser.add_argument("--out", type=Path, default=shipped_model(), help="where the pipeline goes")
    parser.add_argument("--work", type=Path, default=None, help="keep the data, the checkpoint and the log here")
    parser.add_argument("--steps", type=int, default=None, help="updates of each round (default: the recipe's)")
    args = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(message)s")
    logging.getLogger("kg").setLevel(logging.INFO)
    lacking = [name for name in ("treebank", "ner", "gazetteer") if not (args.corpora / name).is_dir()]
    if lacking:
        parser.error(f"{args.corpora} has no {lacking[0]}/; give the folder of the corpora")
    if args.steps is not None and args.steps < 1:
        parser.error("--steps counts updates from 1")
    try:
        with tempfile.TemporaryDirectory(prefix="newskg-training-") as temporary:
            train(args.corpora, args.out, work=args.work or Path(temporary), steps=args.steps)
    except KgError as error:
        parser.error(str(error))


def train(corpora: Path, out: Path, *, work: Path, steps: int | None) -> None:
    """Run the recipe, with its own number of updates where `steps` is None; raises `ExtraError` without torch."""
    try:
        from kg.language.training import transformer
    except ModuleNotFoundError as error:
        raise ExtraError(
            f"the training needs {error.name}, which is not installed",
            where="kg.language.training",
            remedy="pip install 'newskg[train]'",
        ) from error
    transformer.make_model(corpora, out, work=work, steps=steps)


if __name__ == "__main__":
    main()
