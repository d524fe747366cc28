"""Which words weighed in a learned reading: each word of its sentence is hidden in turn, and the word read again."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kg.explain.judgements import WordTold
from kg.explain.telling import quote
from kg.language.occlusion import without_each
from kg.meaning.chances import chances
from kg.model import EventReading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.syntax.tree import Tree

DIGITS = 3


def weigh(text: str, doc: Doc, tree: Tree, read: EventReading) -> tuple[WordTold, ...]:
    """Return the words of the sentence, those that weighed most first; empty where there is no encoder.

    The word that tells the event is hidden as well. What is hidden is hidden from the encoder alone: the tree is the
    same, so what is measured is what the words themselves say.
    """
    token = bisect_left(tree.begin, read.trigger.begin)
    here = tree.sentence[token]
    words = [i for i in range(len(tree)) if tree.sentence[i] == here and tree.pos[i] not in ("PUNCT", "SPACE")]
    kind = read.kind or "none"
    seen = [chances(tree, vectors, token) for vectors in without_each(doc, token, [None, *words])]
    if not seen:
        return ()
    whole = seen[0]
    told = (
        WordTold(
            quote(text, tree.span(word, word)),
            round(whole.event - without.event, DIGITS),
            round(whole.types[read.type] - without.types[read.type], DIGITS),
            round(whole.kinds[kind] - without.kinds[kind], DIGITS) if read.kind else None,
        )
        for word, without in zip(words, seen[1:], strict=True)
    )
    return tuple(sorted(told, key=lambda one: (-_most(one), one.quote.begin)))


def _most(word: WordTold) -> float:
    return max(abs(word.event), abs(word.type), abs(word.kind or 0.0))
