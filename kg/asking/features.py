"""What speaks for a sentence as the answer to a question: the features from which `ranking.py` chooses.

None of them knows the words of any question: how much of what is asked stands in the sentence, by its very words, by
words that may mean them (WordNet, and the encoder's table of word pieces) or before it; whether the deed is told, of
whom the question names; how near what the sentence tells lies to it by the vectors from which meaning is read; whether
it has something of the kind that is asked for; and what a network says that reads both (`extractive.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kg.asking.extractive import Judged, judge
from kg.asking.forms import form_of
from kg.asking.kinds import has_figures, has_sort, has_source, kind_of, of_kind
from kg.asking.lacking import LACKS, lacking
from kg.asking.likeness import Likeness
from kg.asking.pages import Page
from kg.asking.records import Reading
from kg.asking.sides import Sides, timely
from kg.asking.turns import told_by_form
from kg.asking.words import words
from kg.language.static import word_vector

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

NAMES = (
    "said here",
    "meant here",
    "meant here or before",
    "names here",
    "names here or before",
    "no deed",
    "least",
    "things",
    "kind",
    "kind beside deed",
    "part",
    "form",
    "first",
    "length",
    "rarest",
    "like deed",
    "like deed of those named",
    "judged",
    *LACKS,
)
"""The features, in the order in which `Sentence.features` has them."""
ASKED = ("words", "names", "deeds", "number", "long", "time", "place", "cause", "somebody")
"""What of a question itself speaks for or against "none", in the order in which `Held.asked` gives it."""
_LOW, _HIGH = 0.2, 0.75
"""Cosines of two words from which, and to which, they are taken to be alike."""
_BEFORE, _TOLD, _LONGEST, _MOST = 0.6, 0.3, 20, 6
_JUDGED = 120
"""Sentences that the network reads at most: those that have most of what is asked."""
ODDS = 3.0
"""By this the logarithm of the network's odds is divided, so that it is about as large as the others."""
_UNREAD = -3.0
"""What stands for the network's word where it says less or was not asked."""
_WEIGHTS = {"NAME": 1.5, "VERB": 1.2}
_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV")


class Held:
    """A question held against the sentences of some pages; `deed` is the vector of what it asks about, if any."""

    def __init__(self, reading: Reading, held: Sequence[Likeness], vectors: dict[int, Floats]) -> None:
        self.reading = reading
        self.kind = kind_of(reading)
        self.form = form_of(reading)
        skip = words().light | words().vague
        said = [one for one in reading.said if one.lemma not in skip or one.pos == "NAME"]
        self.said = said or list(reading.said)
        self.deeds = [one for one in self.said if one.pos == "VERB" and one.lemma not in words().bare]
        meant = self.deeds[:1] or [one for one in self.said if one.pos == "NOUN"][:1]
        self.deed = next((vectors[one.begin] for one in meant if one.begin in vectors), None)
        self.sentences = [Sentence(self, likeness, first) for likeness in held for first in likeness.page.firsts]
        for before, after in zip(self.sentences, self.sentences[1:], strict=False):
            if before.likeness is after.likeness:
                after.earlier = before

    def asked(self) -> Floats:
        """Give what of the question itself counts, in the order of `ASKED`."""
        counts = (len(self.said), sum(one.pos == "NAME" for one in self.said), len(self.deeds))
        return np.array(
            [*(min(one, _MOST) / _MOST for one in counts), *(self.kind == kind for kind in ASKED[3:])], np.float32
        )

    @cached_property
    def named(self) -> list[Sentence]:
        """The sentences that name whom it names, or stand behind one that does."""
        return [one for one in self.sentences if one.named()]

    @cached_property
    def candidates(self) -> list[Sentence]:
        """Those of them that may answer: they have its sources and offices, numbers and days, or else the weekday."""
        reading, window = self.reading, self.reading.window
        fit = [one for one in self.named if has_source(reading, one.likeness, one.whole)]
        fit = [one for one in fit if has_figures(reading, one.likeness, one.whole, self.said)]
        if reading.noun in words().titles:  # who praised them is no answer to "which admiral"
            fit = [one for one in fit if has_sort(reading, one.likeness, one.page, one.whole)]
        timed = [one for one in fit if timely(reading, one.page, one.whole)]
        if timed or window is None or not window.weekdays:
            return timed
        return [one for one in fit if all(day in one.text for day in window.weekdays)]

    @cached_property
    def read(self) -> frozenset[Sentence]:
        """The sentences that the network reads: first those that may answer and lack nothing, then the other named."""
        may, named = frozenset(self.candidates), frozenset(self.named)
        order = {one: (one not in named, one not in may, one in named and any(one.lacks)) for one in self.sentences}
        ranked = sorted(self.sentences, key=lambda one: (order[one], -float(self.weights @ one.meant)))
        return frozenset(ranked[:_JUDGED])

    @cached_property
    def judged(self) -> dict[Sentence, Judged]:
        """What the network says of those that it reads, each text of one source read as a whole."""
        return self.judge(self.reading.text)

    def judge(self, question: str) -> dict[Sentence, Judged]:
        """What it says of the same sentences when it is asked something else about them."""
        found: dict[Sentence, Judged] = {}
        for source in dict.fromkeys(one.page.source for one in self.sentences if one in self.read):
            told = [one for one in self.sentences if one.page.source == source]
            told.sort(key=lambda one: (one.page.begin, one.first))
            worth = [at for at, one in enumerate(told) if one in self.read]
            judged = judge(question, [one.text for one in told], frozenset(worth))
            found |= {told[at]: one for at, one in judged.items()}
        return found

    @cached_property
    def middle(self) -> Floats:
        """The mean of all vectors: what all words have in common tells none from another."""
        pages = {id(one.page): one.page.vectors for one in self.sentences}
        rows = np.concatenate([one.astype(np.float32) for one in pages.values()])
        found: Floats = rows.mean(axis=0)
        return found

    @cached_property
    def vectors(self) -> Floats:
        """The vectors of the words of the question."""
        return np.array([word_vector(one.text) for one in self.said], dtype=np.float32)

    @cached_property
    def weights(self) -> Floats:
        """How much each word of the question counts: the fewer sentences have it, the more."""
        often = np.sum([one.exact >= 0.7 for one in self.sentences], axis=0)
        rare = np.log(1 + len(self.sentences) / (0.5 + often))
        kinds = np.array([_WEIGHTS.get(one.pos, 1.0) for one in self.said])
        found: Floats = (rare * kinds / float(np.sum(rare * kinds))).astype(np.float32)
        return found


class Sentence:
    """One sentence of a page, held against a question; `earlier` is the one before it."""

    def __init__(self, held: Held, likeness: Likeness, first: int) -> None:
        self.held, self.likeness, self.first = held, likeness, first
        self.page: Page = likeness.page
        self.whole = range(first, self.page.bounds(first)[1] + 1)
        self.earlier: Sentence | None = None

    @property
    def text(self) -> str:
        """The sentence as its text has it."""
        return self.page.sentence(self.first)

    @cached_property
    def content(self) -> list[int]:
        """Its words that say something."""
        return [at for at in self.whole if self.page.tree.pos[at] in _CONTENT]

    @cached_property
    def grid(self) -> Floats:
        """How well each word of the question is said by each content word, by its form or WordNet."""
        rows = [[self.likeness.word(one, at) for at in self.content] or [0.0] for one in self.held.said]
        return np.array(rows, dtype=np.float32)

    @cached_property
    def exact(self) -> Floats:
        """How well each word of the question is said, by its form or by WordNet."""
        found: Floats = self.grid.max(axis=1)
        return found

    @cached_property
    def near(self) -> Floats:
        """The same as `grid`, also by words whose vectors are near; names are only said by themselves."""
        if not self.content:
            return self.grid
        mine = np.array([word_vector(self.page.tree.lower[at]) for at in self.content], dtype=np.float32)
        near = np.clip((self.held.vectors @ mine.T - _LOW) / (_HIGH - _LOW), 0, 0.9)
        near[[one.pos == "NAME" for one in self.held.said]] = 0.0
        found: Floats = np.maximum(self.grid, near)
        return found

    @cached_property
    def meant(self) -> Floats:
        """How well each word of the question is meant by some word of the sentence."""
        found: Floats = self.near.max(axis=1)
        return found

    @cached_property
    def before(self) -> Floats:
        """How well each word of the question was told before."""
        return np.array([self.likeness.before(one, self.whole) for one in self.held.said], dtype=np.float32)

    def named(self) -> bool:
        """Whether whoever the question names is named in the sentence or before it."""
        said = self.held.said
        return all(self.exact[at] > 0 or self.before[at] > 0 for at in range(len(said)) if said[at].pos == "NAME")

    @cached_property
    def features(self) -> Floats:
        """Its features, in the order of `NAMES`."""
        held, weights, said = self.held, self.held.weights, self.held.said
        context = self.earlier.meant * _BEFORE if self.earlier is not None else np.zeros(len(said))
        around = np.maximum(self.meant, np.maximum(self.before, context))
        names = np.array([one.pos == "NAME" for one in said])
        things = np.array([one.pos in ("NOUN", "ADJ", "NUM", "PROPN") for one in said])
        named = _share(np.maximum(self.exact, self.before), weights, names)
        part, beside = self._deed()
        like = self._like()
        return np.array(
            [
                float(weights @ self.exact),
                float(weights @ self.meant),
                float(weights @ around),
                _share(self.exact, weights, names),
                named,
                0.0 if held.deeds else 1.0,
                float(around.min()),
                _share(self.meant, weights, things),
                self.kind(self.whole),
                beside,
                part,
                told_by_form(held.form, self.likeness, self.page, self.whole) if held.form is not None else 0.5,
                1.0 if not self.page.earlier and not self.first else 0.0,
                min(1.0, len(self.content) / _LONGEST),
                float(self.meant[int(weights.argmax())]),
                like,
                like * named,
                self.judged,
                *self.lacks,
            ],
            dtype=np.float32,
        )

    @property
    def judged(self) -> float:
        """How likely it is the answer to the network that reads the question and its text together."""
        judged = self.held.judged.get(self)
        return max(judged.answers / ODDS, _UNREAD) if judged is not None else _UNREAD

    def _like(self) -> float:
        """How near the nearest word of the sentence lies to the deed by the vectors from which meaning is read."""
        ids = [at for at in self.whole if self.page.tree.pos[at] in ("VERB", "NOUN", "ADJ")]
        if self.held.deed is None or not ids or not len(self.page.vectors):
            return 0.0
        asked = self.held.deed - self.held.middle
        told = self.page.vectors[ids].astype(np.float32) - self.held.middle
        lengths = np.linalg.norm(told, axis=1) * np.linalg.norm(asked)
        return float(np.max(told @ asked / np.maximum(lengths, 1e-6)))

    def _deed(self) -> tuple[float, float]:
        """Whether the deed is told of those whom the question names, and whether what it asks for stands beside it."""
        held, tree = self.held, self.page.tree
        best = (0.0, 0.0, 0.0)
        for one in held.deeds[:2]:
            row = self.near[held.said.index(one)]
            for at, told in zip(self.content, row, strict=False):
                if told < _TOLD or float(told) < best[0]:
                    continue
                fits = 0.0 if Sides(held.reading, self.likeness, self.page, at).taken() else 1.0
                inside = range(tree.left[at], tree.right[at] + 1)
                best = max(best, (float(told), fits, self.kind(inside)))
        return best[1:]

    @cached_property
    def lacks(self) -> tuple[bool, ...]:
        """What it lacks of what the question asks for, in the order of `LACKS`."""
        return lacking(self)

    def kind(self, inside: range) -> float:
        """Whether there is something of the kind that is asked for, which the question does not itself name."""
        return of_kind(self.held.kind, self.page, inside, self._asked)

    def _asked(self, at: int) -> bool:
        return any(one.pos == "NAME" and self.likeness.word(one, at) >= 1 for one in self.held.said)


def _share(got: Floats, weights: Floats, chosen: npt.NDArray[np.bool_]) -> float:
    total = float(weights[chosen].sum())
    return float((got * weights)[chosen].sum()) / total if total else 1.0
