"""`python -m tests.coref --corpora DIR`: our chains on news documents of GUM, against a same-head baseline.

The texts run through the whole program as a reader's would: nothing of the corpus' trees or mentions is used.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from kg import load_nlp, pipeline
from kg.errors import KgError
from kg.language import analyse as parse
from kg.language.training.coreference_corpus import KeyDocument, read_corpus
from kg.model import Document
from tests.coref.match import key_chains, response_chains, same_head
from tests.coref.metrics import Counts, Partition, conll, score


def partitions(documents: list[KeyDocument]) -> Iterator[tuple[Partition, Partition, Partition]]:
    """Of each document: the key's chains, ours, and the baseline's."""
    nlp = load_nlp()
    for document, doc in zip(documents, parse(nlp, [d.text for d in documents]), strict=True):
        read = pipeline.analyse(Document(id=document.id, text=document.text), doc)
        ours = response_chains(document, read.mentions, read.chain_of)
        baseline = response_chains(document, read.mentions, same_head(read.mentions))
        yield key_chains(document), ours, baseline


def figures(scores: dict[str, Counts]) -> dict[str, object]:
    """Recall, precision and F1 of each measure, and the mean."""
    table: dict[str, object] = {
        name: {"r": round(c.recall, 3), "p": round(c.precision, 3), "f1": round(c.f1, 3)} for name, c in scores.items()
    }
    return {**table, "CoNLL": round(conll(scores), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.coref", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds coref/ and treebank/")
    parser.add_argument("--part", choices=("train", "dev", "test"), default="dev")
    parser.add_argument("--genre", default="news", help='"" for all')
    options = parser.parse_args()
    try:
        documents = list(read_corpus(options.corpora, options.part, genre=options.genre))
    except KgError as error:
        parser.error(str(error))
    found = list(partitions(documents))
    scores = {
        "chains": score((key, ours) for key, ours, _ in found),
        "same head": score((key, baseline) for key, _, baseline in found),
    }
    what = f"{options.genre or 'all genres'}, {options.part}"
    print(f"{len(documents)} documents ({what}); names and pronouns, no chains of one; recall, precision, F1")
    print(f"{'':<10}" + "".join(f"{name:>24}" for name in scores["chains"]) + f"{'CoNLL':>8}")
    for system, counts in scores.items():
        cells = "".join(f"   {c.recall:6.3f} {c.precision:6.3f} {c.f1:6.3f}" for c in counts.values())
        print(f"{system:<10}{cells}{conll(counts):>8.3f}")
    print(json.dumps({system: figures(counts) for system, counts in scores.items()}))


if __name__ == "__main__":
    main()
