"""What the antecedent ranker sees of mentions and of pairs of them, as rows of tables of learned vectors (`net`).

A feature is a combination of attributes, each of a few values; its row is where the combination stands among all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.extract.coreference.attributes import (
    CLASSES,
    CONTENT,
    MENTIONS,
    PARAGRAPHS,
    SENTENCES,
    SHARES,
    SIZES,
    TYPES,
    WORDS,
    Attributes,
    bucket,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Table = npt.NDArray[np.int32]


class Rows:
    """Rows of a table of features: each feature has a stretch of its own, as long as it has values."""

    def __init__(self) -> None:
        self.size = 0
        self.columns: list[Table] = []

    def add(self, *parts: tuple[Ints, int]) -> None:
        """Add the combination of attributes, each with its number of values."""
        code: Ints | None = None
        count = 1
        for values, n in parts:
            code = values if code is None else code * n + values
            count *= n
        assert code is not None
        self.columns.append((code + self.size).astype(np.int32))  # a long text has millions
        self.size += count

    def table(self) -> Table:
        """The rows, one column a feature."""
        return np.stack(self.columns, axis=1)


def own_rows(a: Attributes) -> tuple[Table, int]:
    """Rows of what each mention is by itself, and the size of their table."""
    rows = Rows()
    cls = (a.cls, len(CLASSES))
    rows.add((a.word, len(WORDS) + 1), (a.style, len(SHARES)))
    rows.add(cls, (a.place, 12))
    rows.add(cls, (a.type, len(TYPES)), (a.number, 3))
    rows.add(cls, (a.gender, 4), (a.quoted, 2))
    rows.add(cls, (a.size, len(SIZES)), (a.named, 2))
    rows.add(cls, (np.minimum(a.repeats, 3), 4), (np.minimum(a.sentence, 2), 3))
    rows.add(cls, (a.grouped, 2), (a.empty, 3))
    rows.add((a.word, len(WORDS) + 1), (a.quoted, 2), (a.asks, 2))
    rows.add(cls, (np.minimum((a.content >= 0).sum(axis=1), 4), 5), (a.source, 2))
    return rows.table(), rows.size


def pair_rows(a: Attributes, m: Ints, c: Ints, rank: Ints) -> tuple[Table, int]:
    """Rows of what holds of mentions `m` and candidates `c` before them, and the size of their table.

    `rank` counts the candidates nearer to the mention that agree with it.
    """
    rows = Rows()
    n = len(CLASSES)
    mine, theirs = (a.cls[m], n), (a.cls[c], n)
    coarse = (_COARSE[a.cls[c]], 4)
    sentences = (bucket(a.sentence[m] - a.sentence[c], SENTENCES), len(SENTENCES))
    apart = (bucket(a.paragraph[m] - a.paragraph[c], PARAGRAPHS), len(PARAGRAPHS))
    quoted = (a.quoted[m] * 2 + a.quoted[c], 4)
    rows.add(mine, theirs, quoted)
    rows.add(mine, coarse, sentences)
    rows.add(mine, (bucket(m - c, MENTIONS), len(MENTIONS)))
    rows.add(mine, coarse, (bucket(rank, RANKS), len(RANKS)))
    rows.add((a.word[m], len(WORDS) + 1), (a.word[c], len(WORDS) + 1))
    rows.add((_PERSON[a.cls[m]], 5), (_PERSON[a.cls[c]], 5), apart, (a.asks[m] * 2 + a.asks[c], 4), (a.style[m], 4))
    rows.add(mine, (a.type[m], len(TYPES)), (a.type[c], len(TYPES)))
    rows.add(mine, (a.number[m] * 3 + a.number[c], 9), (a.grouped[c], 2), coarse)
    rows.add(mine, (a.gender[m] * 4 + a.gender[c], 16))
    same = likeness(a, m, c)
    rows.add(mine, coarse, (same, LIKENESS))
    rows.add(mine, (same, LIKENESS), sentences)
    rows.add(mine, (a.place[m], 12), (a.place[c], 12))
    rows.add(mine, (_syntax(a, m, c), 6), (np.minimum(sentences[0], 2), 3))
    rows.add(mine, (_voices(a, m, c), 6), quoted)
    rows.add(mine, (a.size[c], len(SIZES)), (a.named[c], 2))
    rows.add(mine, (a.source[m] * 2 + a.source[c], 4), (np.minimum(sentences[0], 3), 4))
    return rows.table(), rows.size


RANKS = (0, 1, 2, 3, 5, 8, 13)
LIKENESS = 9
_COARSE = np.array([0] * 9 + [1] + [2] * 3 + [3] * 2)
"""Classes as pronouns, names, definite and other descriptions."""
_PERSON = np.array([0, 1, 2, 3, 3, 3, 3, 3, 3] + [4] * 6)


def likeness(a: Attributes, m: Ints, c: Ints) -> Ints:
    """How alike two mentions' words are, from nothing (0) to the same text (8)."""
    mine, theirs = a.content[m], a.content[c]
    shared = np.zeros((len(m), CONTENT), dtype=bool)
    back = np.zeros((len(m), CONTENT), dtype=bool)
    for j in range(CONTENT):
        for k in range(CONTENT):
            equal = (mine[:, j] == theirs[:, k]) & (mine[:, j] >= 0)
            shared[:, j] |= equal
            back[:, k] |= equal
    any_ = shared.any(axis=1)
    inside = (shared | (mine < 0)).all(axis=1) & any_
    around = (back | (theirs < 0)).all(axis=1) & any_
    head = (a.head[m] == a.head[c]) & any_
    out = np.where(any_, 1, 0)
    out = np.where(head, 2, out)
    out = np.where(inside, 3 + head, out)
    out = np.where(around, 5 + head, out)
    out = np.where(inside & around & head, 7, out)
    return np.where(a.text[m] == a.text[c], 8, out)


def _syntax(a: Attributes, m: Ints, c: Ints) -> Ints:
    """What grammar makes of two mentions: fellows of one verb, the subject of it, of the one above, and above that."""
    root = a.root[c]
    out = np.where(a.higher[m] == root, 4, 0)
    out = np.where(a.above[m] == root, 3, out)
    out = np.where(a.subject[m] == root, 2, out)
    fellows = (a.verb[m] == a.verb[c]) & (a.verb[m] >= 0)
    return np.where(fellows, np.where(a.subject[m] == root, 5, 1), out)


def _voices(a: Attributes, m: Ints, c: Ints) -> Ints:
    """Who says both: the candidate says the mention, the other way round, one speaker, two, or one is said by none."""
    mine, theirs = a.speaker[m], a.speaker[c]
    out = np.where(
        (mine >= 0) & (theirs >= 0), np.where(mine == theirs, 1, 2), np.where((mine < 0) & (theirs < 0), 0, 3)
    )
    out = np.where((theirs >= 0) & (theirs == a.root[m]), 4, out)
    return np.where((mine >= 0) & (mine == a.root[c]), 5, out)
