"""Command line of the training.

`python -m kg.language.training --corpora DIR [--corpus DIR] [--out DIR] [--work DIR] [--steps N]` trains the pipeline
and, where `--corpus` is given, the heads of meaning over it; `python -m kg.language.training meaning --corpus DIR
[--teacher DIR --corpora DIR] [--out DIR] [--epochs N] [--seed N]` the heads alone; `python -m
kg.language.training coreference --corpora DIR [--out DIR] [--epochs N] [--seed N]` the ranker of antecedents.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import ExtraError, KgError
from kg.language.loading import shipped_model


def main() -> None:
    """Train the language pipeline and install it where `kg.load_nlp()` looks, or at `--out`."""
    logging.basicConfig(format="%(asctime)s %(message)s")
    logging.getLogger("kg").setLevel(logging.INFO)
    if sys.argv[1:2] == ["meaning"]:
        _meaning(sys.argv[2:])
    elif sys.argv[1:2] == ["coreference"]:
        _coreference(sys.argv[2:])
    else:
        _pipeline(sys.argv[1:])


def _pipeline(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="kg.language.training", description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with treebank/, ner/ and gazetteer/")
    parser.add_argument("--corpus", type=Path, default=None, help="then train the heads of meaning on this, too")
    parser.add_argument(
        "--out",
        type=Path,
        default=shipped_model(),
        help="where the pipeline goes: a new folder, or that of a pipeline, which it replaces",
    )
    parser.add_argument("--work", type=Path, default=None, help="keep the data, the checkpoint and the log here")
    parser.add_argument("--steps", type=int, default=None, help="updates of each round (default: the recipe's)")
    args = parser.parse_args(arguments)
    _check_corpora(parser, args.corpora, ("treebank", "ner", "gazetteer"))
    if args.out.exists() and not (args.out / "meta.json").is_file() and not _is_empty(args.out):
        parser.error(f"{args.out} is there and holds no pipeline; what it holds would be lost: name a new folder")
    if args.steps is not None and args.steps < 1:
        parser.error("--steps counts updates from 1")
    if args.corpus is not None and args.out != shipped_model():
        parser.error("the heads of meaning are trained over the shipped pipeline: leave out --out or --corpus")
    try:
        with tempfile.TemporaryDirectory(prefix="newskg-training-") as temporary:
            train(args.corpora, args.out, work=args.work or Path(temporary), steps=args.steps)
        if args.corpus is not None:
            train_meaning(args.corpus, None)
    except (KgError, FileNotFoundError) as error:
        parser.error(_told(error))


def _meaning(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="kg.language.training meaning", description="Train the heads of meaning over the shipped pipeline."
    )
    parser.add_argument("--corpus", type=Path, required=True, help="folder of annotated passages, *.jsonl.gz")
    parser.add_argument("--out", type=Path, default=None, help="where the files go (default: into the package)")
    parser.add_argument("--epochs", type=int, default=None, help="rounds over the passages (default: the recipe's)")
    parser.add_argument("--seed", type=int, default=0, help="of the first weights and the order of the passages")
    parser.add_argument("--teacher", type=Path, default=None, help="folder of all-mpnet-base-v2: learn from it, too")
    parser.add_argument("--corpora", type=Path, default=None, help="folder with ner/, semantics/ and treebank/")
    args = parser.parse_args(arguments)
    if (args.teacher is None) != (args.corpora is None):
        parser.error("--teacher and --corpora go together")
    if args.corpora is not None:
        _check_corpora(parser, args.corpora, ("ner", "semantics", "treebank"))
    if args.epochs is not None and args.epochs < 1:
        parser.error("--epochs counts from 1")
    try:
        train_meaning(
            args.corpus,
            args.out,
            epochs=args.epochs,
            seed=args.seed,
            teacher=args.teacher,
            corpora=args.corpora,
        )
    except (KgError, FileNotFoundError) as error:
        parser.error(_told(error))


def _coreference(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="kg.language.training coreference",
        description="Train the ranker of antecedents over the shipped pipeline.",
    )
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds coref/ and treebank/")
    parser.add_argument("--out", type=Path, default=None, help="where the weights go (default: into the package)")
    parser.add_argument("--epochs", type=int, default=None, help="rounds over the documents (default: the recipe's)")
    parser.add_argument("--seed", type=int, default=0, help="of the first weights and the order of the documents")
    args = parser.parse_args(arguments)
    if args.epochs is not None and args.epochs < 1:
        parser.error("--epochs counts from 1")
    try:
        train_coreference(args.corpora, args.out, epochs=args.epochs, seed=args.seed)
    except (KgError, FileNotFoundError) as error:
        parser.error(_told(error))


def _check_corpora(parser: argparse.ArgumentParser, corpora: Path, folders: Sequence[str]) -> None:
    lacking = [name for name in folders if not (corpora / name).is_dir()]
    if lacking:
        parser.error(f"{corpora} has no {lacking[0]}/; give the folder of the corpora")


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _told(error: KgError | FileNotFoundError) -> str:
    """Say what is wrong; of a corpus' file that is not there, its name."""
    if isinstance(error, KgError):
        return str(error)
    return f"{error.filename}: no such file; give folders that hold all that the recipe reads (see MODEL_CARD.md)"


def train(corpora: Path, out: Path, *, work: Path, steps: int | None) -> None:
    """Run the recipe, with its own number of updates where `steps` is None; raises `ExtraError` without torch."""
    try:
        from kg.language.training import transformer
    except ModuleNotFoundError as error:
        raise _lacking(error) from error
    transformer.make_model(corpora, out, work=work, steps=steps)


def train_meaning(
    corpus: Path,
    out: Path | None,
    *,
    epochs: int | None = None,
    seed: int = 0,
    teacher: Path | None = None,
    corpora: Path | None = None,
) -> None:
    """Train the heads of meaning, by the recipe where no argument says otherwise; raises `ExtraError` without torch."""
    try:
        from kg.language.training import meaning
        from kg.language.training.meaning_train import Recipe
    except ModuleNotFoundError as error:
        raise _lacking(error) from error
    teaching = meaning.Teaching(teacher, corpora) if teacher and corpora else None
    recipe = meaning.TAUGHT if teaching else Recipe()
    recipe = replace(recipe, seed=seed, epochs=epochs or recipe.epochs)
    meaning.make_meaning(corpus, out, recipe, teaching)


def train_coreference(corpora: Path, out: Path | None, *, epochs: int | None = None, seed: int = 0) -> None:
    """Train the ranker of antecedents; raises `ExtraError` without torch."""
    try:
        from kg.language.training import coreference
    except ModuleNotFoundError as error:
        raise _lacking(error) from error
    recipe = coreference.Recipe(seed=seed)
    coreference.make_coreference(corpora, out, replace(recipe, epochs=epochs or recipe.epochs))


def _lacking(error: ModuleNotFoundError) -> ExtraError:
    what = f"the training needs {error.name}, which is not installed"
    return ExtraError(what, where="kg.language.training", remedy="pip install 'newskg[train]'")


if __name__ == "__main__":
    main()
