"""`python -m tests.coref.train --corpora DIR`: learn the weights of the pronoun rules and write `weights.py`.

A log-linear ranker: for each pronoun, the candidates that the rules admit and "nobody" compete; the weights make what
the corpus has likely, with a quadratic penalty. Full-batch gradient steps from zero, so the result is the same each
time on the same pipeline.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from kg import load_nlp, pipeline
from kg.entities.knowledge import load as load_knowledge
from kg.extract.clauses import find_clauses
from kg.extract.coreference import chains
from kg.extract.coreference import pronouns as chain_pronouns
from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.features import features, nobody, scene
from kg.extract.mentions import find_mentions
from kg.extract.syntax.tree import read_tree
from kg.language import analyse as parse
from kg.language.training.coreference_corpus import KeyDocument, matched, read_corpus
from kg.model import MentionKind

TARGET = Path(chain_pronouns.__file__).with_name("weights.py")
SPOKEN = ("conversation", "vlog")
"""Genres that are left out: their grammar is too far from written news."""
NEWS = 3.0
"""How often a news document counts."""
PENALTY = 10.0
STEPS = 300
RATE = 0.5
RARE = 5
"""A feature that was seen in fewer choices has no weight."""

HEAD = '''"""Weights of what speaks for a pronoun's antecedent (`coreference.features`), written by `tests.coref.train`.

Learned from the training documents of the GUM corpus whose texts have an open licence (annotation CC BY 4.0, Amir
Zeldes and others, https://gucorpling.org/gum/), spoken genres left out.
"""

WEIGHTS: dict[str, float] = {
'''


Array = np.ndarray[tuple[int, ...], np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One pronoun: the features of each candidate, "nobody" first; which are right; how much it counts."""

    options: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    weight: float


def choices(document: KeyDocument, doc: Doc, weight: float) -> Iterator[Choice]:
    """The pronouns of one document, each seen with those before it resolved as the corpus has them."""
    knowledge = load_knowledge()
    words = pipeline.lexicon()
    tree = read_tree(doc, known=words.words)
    _, mentions = find_mentions(doc, knowledge, tree=tree)
    clauses, attributions = find_clauses(doc, mentions, nominals=words.nominals, cues=words.cues, tree=tree)
    clusters = Clusters(mentions)
    _, said = chains.before_pronouns(clusters, attributions, knowledge)
    seen = scene(mentions, clauses, attributions, said)
    partner = matched(document, mentions)
    chain = {i: document.mentions[n].chain for i, n in partner.items()}
    told: set[str] = set()
    for m in mentions:
        mine = chain.get(m.index)
        if chain_pronouns.is_pronoun(m):
            found = list(chain_pronouns.candidates(clusters, seen, m))
            same = [mine is not None and chain.get(c.index) == mine for c in found]
            person = m.gender in ("masc", "fem")  # who is somebody, though the corpus or our reader miss who
            if any(same) or not (person or mine in told):  # what was told before, but is no candidate, teaches nothing
                options = [tuple(nobody(m, seen))]
                options += [tuple(features(clusters, seen, m, c, rank)) for rank, c in enumerate(found)]
                yield Choice(tuple(options), (not any(same), *same), weight)
            if any(same):
                chain_pronouns.resolve(clusters, m, found[same.index(True)].index)
        if mine is not None:
            told.add(mine)


def learn(found: Sequence[Choice]) -> dict[str, float]:
    """The weights that make the right options likeliest."""
    seen = Counter(f for choice in found for f in {f for option in choice.options for f in option})
    names = sorted(f for f, count in seen.items() if count >= RARE)
    place = {f: k for k, f in enumerate(names)}
    rows, columns, starts, right, weights = [], [], [], [], []
    count = 0
    for choice in found:
        starts.append(count)
        for option, ok in zip(choice.options, choice.right, strict=True):
            known = [place[f] for f in option if f in place]
            rows += [count] * len(known)
            columns += known
            right.append(ok)
            weights.append(choice.weight)
            count += 1
    table = (np.array(rows), np.array(columns), np.array(starts), np.array(right), np.array(weights))
    return dict(zip(names, _ascend(*table, size=len(names)), strict=True))


def _ascend(rows: Array, columns: Array, starts: Array, right: Array, weights: Array, *, size: int) -> list[float]:
    """Gradient ascent on the log-likelihood, each weight with its own step (Adagrad)."""
    theta, squares = np.zeros(size), np.full(size, 1e-8)
    spans = np.diff(np.append(starts, len(right)))
    for _ in range(STEPS):
        score = np.bincount(rows, theta[columns], minlength=len(right))
        score = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), spans))
        model = score / np.repeat(np.add.reduceat(score, starts), spans)
        truth = score * right
        truth = truth / np.repeat(np.maximum(np.add.reduceat(truth, starts), 1e-300), spans)
        push = (truth - model) * weights
        gradient = np.bincount(columns, push[rows], minlength=size) - PENALTY * theta
        squares += gradient**2
        theta += RATE * gradient / np.sqrt(squares)
    return [float(value) for value in theta]


def write(weights: dict[str, float], target: Path) -> None:
    """The table as a module, weights to two places."""
    rows = [f'    "{name}": {value:.2f},' for name, value in weights.items() if abs(value) >= 0.005]
    target.write_text(HEAD + "\n".join(rows) + "\n}\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.coref.train", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds coref/ and treebank/")
    options = parser.parse_args()
    nlp = load_nlp()
    documents = list(read_corpus(options.corpora, "train", genre="", kinds=tuple(MentionKind)))
    documents = [d for d in documents if not any(f"_{genre}_" in d.id for genre in SPOKEN)]
    found: list[Choice] = []
    for document, doc in zip(documents, parse(nlp, [d.text for d in documents]), strict=True):
        found += choices(document, doc, NEWS if "_news_" in document.id else 1.0)
    weights = learn(found)
    write(weights, TARGET)
    print(f"{len(documents)} documents, {len(found)} pronouns, {len(weights)} weights in {TARGET}")


if __name__ == "__main__":
    main()
