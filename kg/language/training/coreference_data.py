"""Annotated documents as examples of the antecedent ranker: what it is asked of each, and what is right.

A text runs through the stations before the ranker as a reader's would; nothing of the corpus' trees is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg import pipeline
from kg.entities.knowledge import load as load_knowledge
from kg.extract.clauses import find_clauses
from kg.extract.coreference import before_pronouns
from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.features import scene
from kg.extract.coreference.ranker import Question, question
from kg.extract.coreference.ranker import words as words_of
from kg.extract.mentions import find_mentions
from kg.extract.syntax.signatures import embedding
from kg.extract.syntax.tree import read_tree
from kg.language import analyse as parse
from kg.language import context_vectors, load_nlp
from kg.language.training.coreference_corpus import KeyDocument, matched
from kg.model import MentionKind

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.tokens import Doc

    Bools = npt.NDArray[np.bool_]
    Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """One document: what the ranker is asked, which pairs are right, and which mentions can be learned from.

    `learned` are the mentions whose antecedent is among the candidates, and those that the corpus has nothing for;
    what was told before but is no candidate teaches nothing. `described` says of each mention whether it is neither
    name nor pronoun.
    """

    id: str
    question: Question
    right: Bools
    learned: Ints
    described: Bools


def examples(documents: Sequence[KeyDocument]) -> Iterator[Example]:
    """Read the documents, whose mentions are of all kinds, one after the other."""
    nlp = load_nlp()
    for document, doc in zip(documents, parse(nlp, [d.text for d in documents]), strict=True):
        yield example(document, doc)


def example(document: KeyDocument, doc: Doc) -> Example:
    """One document as an example; `doc` is the analysis of its text."""
    lexicon, knowledge = pipeline.lexicon(), load_knowledge()
    tree = read_tree(doc, known=lexicon.words | embedding().words)
    _, mentions = find_mentions(doc, knowledge, tree=tree)
    clauses, attributions = find_clauses(doc, mentions, nominals=lexicon.nominals, cues=lexicon.cues, tree=tree)
    clusters = Clusters(mentions)
    _, said = before_pronouns(clusters, attributions, knowledge)
    words = words_of(document.text, tree.begin, doc.tensor, context_vectors(doc))
    asked = question(clusters, scene(mentions, clauses, attributions, said), words)
    partner = matched(document, mentions)
    chains = _numbered(document.mentions[partner[i]].chain if i in partner else None for i in range(len(mentions)))
    right = (chains[asked.mine] == chains[asked.theirs]) & (chains[asked.mine] >= 0)
    found = set(asked.mine[right].tolist())
    told: set[int] = set()
    learned = []
    wanted = set(asked.asked.tolist())
    for i, chain in enumerate(chains.tolist()):
        if i in wanted and (i in found or chain not in told):
            learned.append(i)
        if chain >= 0:
            told.add(chain)
    described = np.array([m.kind is MentionKind.NOMINAL for m in mentions], dtype=bool)
    return Example(document.id, asked, right, np.array(learned, dtype=np.int64), described)


def _numbered(names: Iterable[str | None]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([-1 if name is None else numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)
