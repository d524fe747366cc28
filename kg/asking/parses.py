"""What the stations of extraction make of a paragraph, kept while its text is asked about again.

One question reads the same paragraphs in several ways, and the next one of a session mostly the same texts; taking them
apart costs more than anything else that is done with them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kg.entities.knowledge import load as load_knowledge
from kg.extract.clauses import find_clauses
from kg.extract.mentions import find_mentions
from kg.extract.syntax.signatures import embedding
from kg.extract.syntax.tree import Tree, read_tree
from kg.language import analyse, context_vectors
from kg.model import Clause, Sentence
from kg.pipeline import lexicon

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from spacy.language import Language

MOST = 150_000
"""Characters of paragraphs that are kept, those that were read last: some hundred megabytes at most."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, sentences and clauses of a paragraph; `vectors` has a row per token, from which meaning is read."""

    tree: Tree
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    vectors: npt.NDArray[np.float16]


class _Kept:
    """The paragraphs that one pipeline took apart last; safe to use from several threads."""

    def __init__(self) -> None:
        self._parses: OrderedDict[str, Parsed] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, text: str) -> Parsed | None:
        with self._lock:
            if text in self._parses:
                self._parses.move_to_end(text)
            return self._parses.get(text)

    def put(self, text: str, parsed: Parsed) -> None:
        with self._lock:
            if text not in self._parses:
                self._size += len(text)
            self._parses[text] = parsed
            while self._size > MOST:
                gone, _ = self._parses.popitem(last=False)
                self._size -= len(gone)


_KEPT: WeakKeyDictionary[Language, _Kept] = WeakKeyDictionary()


def parse(nlp: Language, texts: Sequence[str]) -> list[Parsed]:
    """Take paragraphs apart, in order; those that this pipeline took apart lately are not read again."""
    kept = _KEPT.setdefault(nlp, _Kept())
    found = {text: read for text in dict.fromkeys(texts) if (read := kept.get(text)) is not None}
    missing = [text for text in dict.fromkeys(texts) if text not in found]
    frames, knowledge = lexicon(), load_knowledge(())
    known = frames.words | embedding().words if missing else frozenset()
    for text, doc in zip(missing, analyse(nlp, missing), strict=True):
        tree = read_tree(doc, known=known)
        sentences, names = find_mentions(doc, knowledge, tree=tree)
        clauses, _ = find_clauses(doc, names, nominals=frames.nominals, cues=frames.cues, tree=tree)
        found[text] = Parsed(tree, sentences, clauses, context_vectors(doc))
        kept.put(text, found[text])
    return [found[text] for text in texts]
