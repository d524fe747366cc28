"""What the antecedent ranker knows of each mention of a text: a few small numbers, worked out for all at once.

Nothing is read but the mentions, their clusters by the rules, and the clauses, so that training and reading see the
same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.features import Scene
from kg.extract.coreference.words import words_of
from kg.extract.words import PRONOUNS
from kg.model import EntityType, Mention, MentionKind

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

POINTING = ("this", "that", "these", "those")
OTHER_PRONOUNS = (
    "one", "ones", "both", "each", "all", "some", "many", "most", "none", "another", "other", "others", "everyone",
    "everybody", "everything", "someone", "somebody", "something", "anyone", "anybody", "anything", "nothing", "em",
    "ya", "y'all", "u", "thou", "thee", "thy", "oneself", "each other", "one another",
)  # fmt: skip
WORDS = {word: k + 1 for k, word in enumerate((*PRONOUNS, *POINTING, *OTHER_PRONOUNS))}
"""Pronouns with a number of their own."""
CLASSES = (
    *"I we you he it they reflexive pointing other name definite demonstrative possessive indefinite bare".split(),
)
DETERMINERS = ("", "definite", "indefinite", "demonstrative", "possessive")
TYPES = (None, *EntityType)
NUMBERS = ("", "sing", "plur")
GENDERS = ("", "masc", "fem", "neut")
PLACES = {
    "nsubj": 1, "nsubj:pass": 2, "nsubj:outer": 1, "obj": 3, "iobj": 3, "obl:agent": 4, "obl": 4, "nmod:poss": 5,
    "nmod": 6, "compound": 7, "amod": 7, "conj": 8, "appos": 9, "root": 10, "vocative": 11,
}  # fmt: skip
"""Grammatical roles in a dozen groups, 0 for the rest."""
CONTENT = 4
"""Words of a mention that are compared with another's."""
SENTENCES = (0, 1, 2, 3, 5, 8, 13, 25)
MENTIONS = (1, 2, 3, 5, 8, 13, 21, 40)
PARAGRAPHS = (0, 1, 2, 3, 4, 5)
SIZES = (1, 2, 3, 5, 9)
SHARES = (0.0, 0.02, 0.1, 0.3)
_NOBODY = -1


def bucket(values: Ints, edges: Sequence[float]) -> Ints:
    """The position of the greatest edge that each value reaches, 0 below all."""
    return np.maximum(np.searchsorted(np.asarray(edges), values, side="right") - 1, 0)


def class_of(m: Mention) -> int:
    """The kind of pointing a mention does, as its position in `CLASSES`."""
    if m.kind is MentionKind.NAME:
        return CLASSES.index("name")
    if m.kind is MentionKind.NOMINAL:
        return CLASSES.index(m.determiner or "bare")
    word = m.text.lower()
    if word in POINTING:
        return CLASSES.index("pointing")
    if word.endswith(("self", "selves")):
        return CLASSES.index("reflexive")
    if word not in PRONOUNS:
        return CLASSES.index("other")
    person, number, gender = PRONOUNS[word]
    if person == 3:
        return CLASSES.index("they" if number == "plur" else "it" if gender == "neut" else "he")
    return CLASSES.index("you" if person == 2 else "we" if number == "plur" else "I")


@dataclass(frozen=True, slots=True)
class Attributes:
    """Arrays over the mentions of a text; what is not said elsewhere is a small number for each."""

    cls: Ints
    word: Ints
    type: Ints
    number: Ints
    gender: Ints
    place: Ints
    quoted: Ints
    grouped: Ints
    size: Ints
    named: Ints
    begin: Ints
    end: Ints
    sentence: Ints
    paragraph: Ints
    asks: Ints  # whether the paragraph ends with a question mark
    text: Ints  # numbers of equal texts
    head: Ints  # numbers of equal heads
    content: Ints  # n x CONTENT numbers of words, -1 for none
    root: Ints  # the cluster by the rules of names
    verb: Ints
    subject: Ints  # cluster of the subject of the verb that a mention belongs to
    above: Ints  # cluster of the subject of the verb above, and of the one above that
    higher: Ints
    answered: Ints  # cluster of whoever answers what a mention wants
    speaker: Ints  # cluster of who says it
    source: Ints  # whether it says something
    empty: Ints
    repeats: Ints  # how many mentions before have its head
    style: Ints  # how much of the text speaks of "I" and "you" outside quotations


def attributes(clusters: Clusters, scene: Scene, breaks: Sequence[int], asking: Sequence[bool]) -> Attributes:
    """Read the mentions once; `breaks` are the offsets at which paragraphs begin, `asking` whether each asks."""
    mentions = clusters.mentions
    n = len(mentions)
    texts, words = _Numbers(), _Numbers()
    content = np.full((n, CONTENT), -1)
    heads = np.full(n, -1)
    for m in mentions:
        parts = [words(w) for w in _content(m)]
        content[m.index, : len(parts)] = parts
        heads[m.index] = parts[-1] if parts else words(m.text.lower())
    subject, above, higher = _subjects(clusters, scene)
    seen: dict[int, int] = {}
    repeats = []
    for head in heads.tolist():
        repeats.append(seen.get(head, 0))
        seen[head] = seen.get(head, 0) + 1
    paragraph = np.array([bisect_right(breaks, m.span.begin) for m in mentions], dtype=np.int64)

    def each(value: Callable[[Mention], int | bool]) -> Ints:
        return np.fromiter((value(m) for m in mentions), dtype=np.int64, count=n)

    share = sum(m.person < 3 and not m.quoted for m in mentions) / max(n, 1)
    return Attributes(
        cls=each(class_of),
        word=each(lambda m: WORDS.get(m.text.lower(), 0) if m.kind is MentionKind.PRONOUN else 0),
        type=each(lambda m: TYPES.index(clusters.type(m.index))),
        number=each(lambda m: NUMBERS.index(m.number) if m.number in NUMBERS else 0),
        gender=each(lambda m: GENDERS.index(clusters.gender(m.index) or m.gender)),
        place=each(lambda m: PLACES.get(m.relation, 0)),
        quoted=each(lambda m: m.quoted),
        grouped=each(lambda m: bool(m.members)),
        size=bucket(each(lambda m: clusters.size(m.index)), SIZES),
        named=each(lambda m: clusters.named(m.index)),
        begin=each(lambda m: m.span.begin),
        end=each(lambda m: m.span.end),
        sentence=each(lambda m: m.sentence),
        paragraph=paragraph,
        asks=np.array([asking[k] if k < len(asking) else False for k in paragraph.tolist()], dtype=np.int64),
        text=each(lambda m: texts(re.sub(r"^(the|an?) ", "", m.text.lower()))),
        head=heads,
        content=content,
        root=each(lambda m: clusters.root(m.index)),
        verb=each(lambda m: scene.clause.get(m.index, _NOBODY)),
        subject=subject,
        above=above,
        higher=higher,
        answered=each(lambda m: clusters.root(scene.answered[m.index]) if m.index in scene.answered else _NOBODY),
        speaker=each(lambda m: clusters.root(scene.said[m.index]) if m.index in scene.said else _NOBODY),
        source=each(lambda m: m.index in scene.sources),
        empty=each(lambda m: 1 + scene.empty[m.index].endswith("True") if m.index in scene.empty else 0),
        repeats=np.array(repeats, dtype=np.int64),
        style=np.full(n, int(bucket(np.array([share]), SHARES)[0])),
    )


class _Numbers:
    """Numbers of words, in the order in which they come."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def __call__(self, word: str) -> int:
        return self.of.setdefault(word, len(self.of))


def _content(m: Mention) -> tuple[str, ...]:
    """The words that are compared, the head last: of a name its own, of a description modifiers and head."""
    if m.kind is MentionKind.NAME:
        return words_of(m)[-CONTENT:]
    if m.kind is MentionKind.NOMINAL:
        return (*m.modifiers[-CONTENT + 1 :], m.head_lemma.lower())
    return ()


def _subjects(clusters: Clusters, scene: Scene) -> tuple[Ints, Ints, Ints]:
    """Clusters of the subjects of the verb of each mention (or of what it owns), of the verb above, and above that."""
    n = len(clusters.mentions)
    out = np.full((3, n), _NOBODY)

    def subject(verb: int | None) -> int:
        found = scene.subject.get(verb) if verb is not None else None
        return _NOBODY if found is None else clusters.root(found)

    for i in range(n):
        owned = scene.owned.get(i)
        verb = scene.clause.get(i if owned is None else owned)
        for k in range(3):
            out[k, i] = subject(verb)
            verb = scene.governor.get(verb) if verb is not None else None
    return out[0], out[1], out[2]
