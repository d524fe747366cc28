"""Answers read off the trees of sentences, where neither an event nor a clause gives one. They are never certain.

A verb or noun of action answers if it has the question's meaning and has what the question names in the parts that the
question gives it. The parts are read off the tree alone (`roles.py`), whom a pronoun or a name means is known from the
graph. The best matches answer; what names somebody else in a part that the question fills never does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from kg.asking.filling import fill
from kg.asking.pages import Page
from kg.asking.patterns import AGAINST, Called
from kg.asking.records import Phrase, Reading
from kg.asking.replies import Answer, Quote
from kg.asking.roles import Parts, parts_of, phrasal
from kg.asking.sides import timely
from kg.asking.words import NUMBERS, alike, begins, stem, words

LEAST = 0.6
"""The least share of what a question says that a match has to have."""
PART = 0.5
"""The least share of a phrase that the part has to have to which the question gives it."""
_NEARBY, _DESCRIBED, _POINTED = 0.4, 0.8, 0.6
_LIKE = 0.88
_READ = {"agent", "object", "instrument", "time", "place", "cause", "number", "truth"}
_HAPPEN = {"happen", "occur", "take place"}
_ACTIONS = ("ion", "ment", "al", "ing", "er", "or", "ance", "ence", "ure", "th", "y")


def match_answers(reading: Reading, called: Called, pages: Callable[[], Sequence[Page]]) -> tuple[Answer, ...]:
    """Read the answers of a question off the sentences of some pages, fetched only where that can be done."""
    if reading.wanted not in _READ or not reading.lemmas or reading.order or reading.side == "owner":
        return ()
    best: list[tuple[float, tuple[str, ...], Quote]] = []
    for page in pages():
        for at in predicates(page, reading):
            match = _Match(reading, called, page, parts_of(page.tree, at))
            score = match.score()
            if score < LEAST or not match.timely():
                continue
            filled = tuple(fill(reading, page, match.parts, match.asked))
            if filled:
                best.append((score, filled, Quote(page.sentence(at), page.source)))
    if not best:
        return ()
    most = max(score for score, _, _ in best)
    told: dict[str, dict[Quote, None]] = {}
    for score, found, quote in best:
        if score > most - 0.01:
            for text in found:
                told.setdefault(text, {})[quote] = None
    return tuple(Answer(text, tuple(quotes), False) for text, quotes in told.items())


def predicates(page: Page, reading: Reading) -> Iterable[int]:
    """Tokens that tell the deed of the question: by its verb, by one that may mean it, or by a noun made of it."""
    [lemma] = reading.lemmas
    same = set(words().lemmas(lemma, loose=True))
    if reading.wanted == "truth":
        same |= {*words().opposites(lemma), *words().contraries(lemma)}
    own = stem(lemma.split()[0])
    if lemma in _HAPPEN:  # "where did the earthquake happen?"
        heads = [phrase.words[-1] for phrase in reading.phrases if phrase.side == "subject" and phrase.words]
        same |= {form for head in heads for form in (head.lower(), *alike(head))}
    for at, token in enumerate(page.tree.lemma):
        if page.tree.pos[at] not in ("VERB", "NOUN", "ADJ"):
            continue
        whole = phrasal(page.tree, at)
        if whole in same or token in same or (page.tree.pos[at] == "NOUN" and _derived(token, own)):
            yield at


def _derived(noun: str, verb: str) -> bool:
    """Whether a noun is one of action made of a verb: "suspension" of "suspend"."""
    if not noun.endswith(_ACTIONS) or len(verb) < 4:
        return False
    return noun.startswith(verb[: max(4, len(verb) - 1)])


class _Match:
    """One predicate held against a question."""

    def __init__(self, reading: Reading, called: Called, page: Page, parts: Parts) -> None:
        self.reading, self.called, self.page, self.parts = reading, called, page, parts
        self.asked: set[int] = set()
        """Heads that the question itself names."""
        first, last = page.bounds(parts.at)
        self.whole = range(first, last + 1)

    def timely(self) -> bool:
        """Whether the sentence is of the days that the question names, if it names any."""
        return timely(self.reading, self.page, self.whole)

    def score(self) -> float:
        """The share of what the question says that is told here, 0 where a part is filled by something else."""
        reading = self.reading
        status = self.parts.status
        if reading.wanted == "truth":
            if status == "open" and not reading.future:
                return 0.0
        elif status != ("denied" if reading.negated else "open" if reading.future else "told"):
            return 0.0
        got = total = 0.0
        for phrase in reading.phrases:
            if phrase.side == "source":
                continue
            weight = 2.0 * len(phrase.names) + len(phrase.words)
            if not phrase.names and all(word.lower() in NUMBERS for word in phrase.words):
                continue  # "the two countries"
            share = self._phrase(phrase)
            if self._turned(phrase):
                return 0.0
            if phrase.side == "place" and share:
                share = max(share, _POINTED)  # where a text is about, its sentences need not say
            if phrase.side in ("subject", "object") and share < PART:
                return 0.0
            got, total = got + weight * share, total + weight
        for word in reading.words:
            got, total = got + self._word(word, self.whole), total + 1.0
        for word in (*reading.anchor.words, *reading.anchor.names) if reading.anchor else ():
            share = self._word(word, self.whole)  # what it came after may have been told before
            got, total = got + (max(share, _POINTED) if share else 0.0), total + 1.0
        return got / total if total else 0.0

    def _turned(self, phrase: Phrase) -> bool:
        """Whether it was done for what the question has it done against, or the other way round."""
        heads = [head for marker, head in self.parts.rest if marker in AGAINST and marker != phrase.marker]
        turned = phrase.marker in AGAINST and self.reading.wanted != "truth"
        return turned and any(self._share(phrase, self._inside(head), (head,)) >= PART for head in heads)

    def _phrase(self, phrase: Phrase) -> float:
        """How much of a phrase stands in its part."""
        parts = self.parts
        if parts.nominal and self.reading.wanted == "truth":
            return self._share(phrase, self._inside(parts.at), ())
        if parts.nominal or phrase.side not in ("subject", "object"):
            return self._share(phrase, self.whole, ())
        if phrase.side == "subject":
            heads: tuple[int, ...] = parts.subject
        else:
            heads = (*parts.object, *parts.clause, *(head for _, head in parts.rest))
        shares = [(self._share(phrase, self._inside(head), (head,)), head) for head in heads]
        share, head = max(shares, default=(0.0, -1))
        if share >= PART:
            self.asked.add(head)
        return share

    def _share(self, phrase: Phrase, inside: Sequence[int], heads: tuple[int, ...]) -> float:
        got = total = 0.0
        for name in phrase.names:
            weight = 1.0 if name in phrase.owners else 2.0
            share = self._name(name, inside, heads, owned=name in phrase.owners)
            got, total = got + weight * share, total + weight
        for word in phrase.words:
            got, total = got + self._word(word, inside, heads), total + 1.0
        if heads and phrase.words and not phrase.names and not self._word(phrase.words[-1], heads, heads):
            return 0.0  # "the exchange of prisoners in the war" is no war
        return got / total if total else 1.0

    def _inside(self, head: int) -> list[int]:
        """The tokens of a part, without the clauses that hang on it."""
        return self.page.tree.under(head, "acl:relcl", "parataxis")

    def _name(self, name: str, inside: Sequence[int], heads: tuple[int, ...], *, owned: bool) -> float:
        """1 where somebody of this name is in the part, less where only what is told of him elsewhere says so."""
        labels = {label.lower() for label in self.called(name)}
        forms = {name.split()[-1].lower(), *(label.split()[-1] for label in labels)}
        for at in inside:
            if self.page.tree.lower[at] in forms or self.page.label(at).lower() in labels:
                return 1.0
        told = f"{self.page.before(self.parts.at)} {self.page.sentence(self.parts.at).lower()}"
        if not any(begins(form, told) for form in forms):
            return 0.0
        if not heads:
            return _NEARBY
        if any(owned or self._points(head) for head in heads):
            return _POINTED
        others = any(self.page.tree.pos[at] == "PROPN" or self.page.tree.entity[at] == "NORP" for at in inside)
        return 0.0 if others else _NEARBY  # "a delegation headed by ..." in a sentence about Russia

    def _word(self, word: str, inside: Sequence[int], heads: tuple[int, ...] = ()) -> float:
        forms = set(alike(word))
        page = self.page
        if any(forms & page.stems[at] or page.tree.lower[at] in forms for at in inside):
            return 1.0
        if word[:1].isupper() and (labels := set(self.called(word))) and any(page.label(at) in labels for at in inside):
            return 1.0
        if any(_alike(word.lower(), page.tree.lower[at]) for at in inside):
            return _DESCRIBED
        for head in heads:
            about = page.told.get(page.label(head), "")
            if any(begins(form, about) for form in forms) or any(_alike(word.lower(), one) for one in about.split()):
                return _DESCRIBED
            if self._points(head) and any(begins(form, page.before(self.parts.at)) for form in forms):
                return _POINTED
        if (
            (not heads or word[:1].isupper())
            and word not in NUMBERS
            and any(begins(form, page.text.lower()) for form in forms)
        ):
            return _NEARBY
        return 0.0

    def _points(self, head: int) -> bool:
        """Whether a phrase means what was told before: a pronoun, or a bare noun with "the"."""
        tree = self.page.tree
        label = self.page.label(head)
        if label and label.split()[-1].lower() != tree.lower[head]:
            return False  # the graph says whom it means
        if tree.pos[head] == "PRON":
            return True
        determined = any(tree.lower[child] in ("the", "this", "that", "these", "both") for child in tree.children[head])
        return determined and tree.right[head] - tree.left[head] <= 1


def _alike(one: str, other: str) -> bool:
    """Whether one word is the other mistyped."""
    if min(len(one), len(other)) < 6 or one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, one, other).ratio() >= _LIKE
