"""The sentence that most likely answers a question, where no way that looks for its deed finds one. Never certain.

A question for yes or no is answered with the one or the other (`closed.py`).

A conditional logit (McFadden 1974) over all sentences that were read and "none of them", of the features of
`features.py`; its weights (`ranking.toml`) were learned from questions of `tests/ask` and of the corpus, see
`tests/ask/learn.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from kg.asking.closed import is_closed, may_be_told, weigh_yes_or_no, yes_or_no
from kg.asking.features import ASKED, NAMES, Held, Sentence
from kg.asking.kinds import has_source
from kg.asking.likeness import Likeness
from kg.asking.pages import Page
from kg.asking.patterns import Called
from kg.asking.records import Reading
from kg.asking.replies import Answer, Quote, is_quoted
from kg.asking.several import beside
from kg.asking.weights import read_weights
from kg.extract.syntax.tree import read_tree
from kg.language import analyse as parse
from kg.language import context_vectors

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.language import Language

    Floats = npt.NDArray[np.float32]

LEAST = 0.0
"""How much more likely than none the best sentence has to be, as the logarithm of their odds."""
MARGIN = 0.5
"""By how much it has to be more likely than the sentences of another way's answers, to stand in their place."""
ALONE = 3.0
"""By how much the network has to take a sentence for the answer that lacks what one should have which may answer."""
DOUBT = -0.5
"""Where the network takes no sentence that it reads for likelier than this, another way's likely answers are none."""
SURE, FAR = 0.5, 2.0
"""How likely a sentence that another way has not found has to be to the network, and by how much likelier than what a
likely answer rests on, to stand in its place whatever else speaks against it."""
POINTED = 0.35
"""The share of what the network points to in a sentence that another way's answer from it has to have."""
APIECE, WHOLE, TWICE, NEXT = -1.0, 0.25, 5.0, 4
"""How likely a sentence has to be that answers one of several things asked at once; what all of these count beside that
one; how much a sentence loses that answers two; and how many for each are weighed."""
UNRANKED = ("truth", "difference", "document")
"""What a question may want that no single sentence is shown for."""


def rank_answers(reading: Reading, hold: Callable[[], Held]) -> tuple[Answer, ...]:
    """Give the sentence that most likely answers a question, none where more likely no sentence does.

    `hold` holds it against the texts, only where a sentence may be shown at all.
    """
    if is_closed(reading):
        return yes_or_no(hold()) if may_be_told(reading) else ()
    if reading.wanted == "difference":
        return _both(hold())
    if not may_be_ranked(reading):
        return ()
    held = hold()
    return _best(held) or _alone(held)


def rank_others(reading: Reading, hold: Callable[[], Held], quoted: Sequence[Quote]) -> tuple[Answer, ...]:
    """Give the sentence that most likely answers a question, other than those that are quoted."""
    if is_closed(reading) or not may_be_ranked(reading):
        return ()
    held = hold()
    return _likeliest(held, [one for one in held.candidates if not is_quoted(quoted, one.text)])


def rank_apiece(
    hold: Callable[[], Held], parts: Sequence[str], quoted: Sequence[Sequence[Quote] | None]
) -> tuple[Answer | None, ...]:
    """Give the sentence that the network takes for the answer to each of some questions that were asked as one.

    It is asked each part by itself, each with the others behind it, which tell of whom it asks, and the whole. Those
    sentences are chosen that are likeliest together, different ones rather than one for two. None where what is chosen
    for a part is not likely enough, and for a part whose answer stands: one for which it is known what that quotes.
    """
    held = hold() if None in quoted else None
    if held is None or not held.judged:
        return (None,) * len(parts)
    asked = [one for one, quotes in zip(zip(parts, beside(parts), strict=True), quoted, strict=True) if quotes is None]
    each = [_odds_apiece(held, part, behind) for part, behind in asked]
    firsts = [next((one for one in held.judged if is_quoted(quotes, one.text)), None) for quotes in quoted if quotes]
    known = [one for one in firsts if one is not None]

    def together(chosen: Sequence[Sentence]) -> float:
        told = sum(odds[one] for odds, one in zip(each, chosen, strict=True))
        return told - TWICE * (len(known) + len(chosen) - len(frozenset((*known, *chosen))))

    best = max(product(*(sorted(odds, key=lambda one: -odds[one])[:NEXT] for odds in each)), key=together)
    found = iter([_shown(one) if odds[one] > APIECE else None for odds, one in zip(each, best, strict=True)])
    return tuple(next(found) if quotes is None else None for quotes in quoted)


def _odds_apiece(held: Held, part: str, behind: str) -> dict[Sentence, float]:
    """How likely each sentence answers a part, by what the network says to it, to it with the others, to the whole."""
    told, also, whole = held.judge(part), held.judge(behind), held.judged
    return {  # what else was read beside these is cut otherwise for a longer question
        one: (told[one].answers + also[one].answers) / 2 + WHOLE * whole[one].answers
        for one in whole
        if one in held.read
    }


def weigh_answers(reading: Reading, hold: Callable[[], Held], given: Sequence[Answer]) -> tuple[Answer, ...]:
    """Give what stands of the likely answers of another way: mostly themselves.

    None of them stands where the network that reads the texts takes nothing in them for an answer, but what rests on
    the likeliest sentence, which is given in their place if all that speaks for it is enough. A sentence stands in
    their place that is much likelier than those which they quote, or of these the likeliest where the network points
    to other words of it; and whatever else is said of it, a sentence that the network by far rather takes for the
    answer than one that was found alone. "Yes" and "no" are weighed by themselves (`closed.py`).
    """
    dated = reading.anchor is not None  # what came after something is told by days
    if not dated and reading.wanted == "truth" and may_be_told(reading):
        return weigh_yes_or_no(hold, given)
    firm = dated or reading.wanted == "count"  # no sentence tells it as a whole, but where one does by far
    if not may_be_ranked(reading) or (firm and not _may_give_way(reading, given)):
        return tuple(given)
    held = hold()
    return _elsewhere(held, given if firm else _standing(held, given))


def _standing(held: Held, given: Sequence[Answer]) -> Sequence[Answer]:
    """What stands of likely answers among the sentences that may answer."""
    quoted = [one for one in held.named if any(is_quoted(answer.quotes, one.text) for answer in given)]
    judged = [held.judged[one] for one in quoted if one in held.judged]
    if judged and max(one.answers for one in held.judged.values()) < DOUBT:
        instead = _best(held)
        return given if any(is_quoted(answer.quotes, one.text) for one in instead for answer in given) else instead
    own = [at for at, one in enumerate(held.candidates) if one in quoted]
    if not own:
        return given
    scores = score(held, held.candidates)
    best, mine = int(scores.argmax()), max(own, key=lambda at: scores[at])
    if scores[best] >= LEAST and scores[best] - scores[mine] > MARGIN:
        return (_shown(held.candidates[best]),)
    if scores[mine] >= LEAST and any(one.answers > 0 for one in judged):
        shares = [_pointed(held, quoted, answer) for answer in given]
        if all(share is not None and share < POINTED for share in shares):
            return (_shown(held.candidates[mine]),)
    return given


def _elsewhere(held: Held, given: Sequence[Answer]) -> tuple[Answer, ...]:
    """The sentence that the network takes for the answer by far rather than the only one that was found likely.

    What another way read off a sentence, a name or a day, stands: it knows more than that the sentence answers.
    """
    if not _may_give_way(held.reading, given):
        return tuple(given)
    timed = held.reading.window is not None or held.reading.anchor is not None
    may = [one for one in held.candidates if one in held.judged] if timed else list(held.judged)
    others = [one for one in may if not any(is_quoted(answer.quotes, one.text) for answer in given)]
    best = max(filter(_may_stand, others), key=lambda one: held.judged[one].answers, default=None)
    if best is None:
        return tuple(given)
    mine = [held.judged[one].answers for one in held.judged if is_quoted(given[0].quotes, one.text)]
    answers = held.judged[best].answers
    return (_shown(best),) if answers > SURE and answers - max(mine, default=0.0) > FAR else tuple(given)


def may_be_ranked(reading: Reading) -> bool:
    """Whether a sentence could answer a question, as far as it is understood."""
    understood = not reading.problem or (reading.plain and not reading.vague)
    return reading.wanted not in UNRANKED and bool(reading.said) and understood


def _best(held: Held) -> tuple[Answer, ...]:
    """The likeliest of the sentences that may answer, if it is likely enough."""
    return _likeliest(held, held.candidates)


def _likeliest(held: Held, sentences: Sequence[Sentence]) -> tuple[Answer, ...]:
    if not sentences:
        return ()
    scores = score(held, sentences)
    best = int(scores.argmax())
    return (_shown(sentences[best]),) if scores[best] >= LEAST else ()


def _both(held: Held) -> tuple[Answer, ...]:
    """The two likeliest, where two disagree: each may have a sentence of its own."""
    if not held.candidates:
        return ()
    scores = score(held, held.candidates)
    likely = [at for at in np.argsort(-scores, kind="stable")[:2] if scores[at] >= LEAST]
    return tuple(_shown(held.candidates[at]) for at in likely)


def _alone(held: Held) -> tuple[Answer, ...]:
    """What the network takes for the answer though nothing else speaks for it: it may name somebody otherwise.

    Whose figures are asked for has to be told all the same, and the place in which something was.
    """
    others = [one for one in held.judged if one not in held.candidates]
    best = max(filter(_may_stand, others), key=lambda one: held.judged[one].answers, default=None)
    return (_shown(best),) if best is not None and held.judged[best].answers >= ALONE else ()


def _may_stand(one: Sentence) -> bool:
    """Whether a sentence has the source of a figure that is asked for, and with what stands before it each place."""
    if not has_source(one.held.reading, one.likeness, one.whole):
        return False
    places = {name for phrase in one.held.reading.phrases if phrase.side == "place" for name in phrase.names}
    said = one.held.said
    return all(one.exact[at] > 0 or one.before[at] > 0 for at in range(len(said)) if said[at].text in places)


def _shown(one: Sentence) -> Answer:
    return Answer(one.text, (Quote(one.text, one.page.source),), False)


def _may_give_way(reading: Reading, given: Sequence[Answer]) -> bool:
    """Whether there is one likely answer, and that a whole sentence, or how many events a graph has."""
    return len(given) == 1 and (reading.wanted == "count" or any(one.text == given[0].text for one in given[0].quotes))


def _pointed(held: Held, quoted: Sequence[Sentence], answer: Answer) -> float | None:
    """How much of what the network points to in a sentence is an answer from it; None where its words are not there."""
    found = [
        held.judged[one].share(begin, end)
        for one in quoted
        if one in held.judged and is_quoted(answer.quotes, one.text)
        for begin, end in _told_at(one, answer.text)
    ]
    return max(found, default=None)


def _told_at(one: Sentence, answer: str) -> list[tuple[int, int]]:
    """Where a sentence has the words of an answer, or those of the day that it is."""
    begin = one.text.lower().find(answer.lower())
    if begin >= 0:
        return [(begin, begin + len(answer))]
    here = one.page.text.find(one.text)
    days = [day.span for day in one.page.times if day.begin == answer]
    return [(day.begin - here, day.end - here) for day in days if here <= day.begin < here + len(one.text)]


def score(held: Held, sentences: Sequence[Sentence]) -> npt.NDArray[np.float64]:
    """Give of each sentence how much more likely it answers the question than none, as the logarithm of the odds."""
    weights = read_weights("ranking.toml", "sentence", NAMES)
    none = read_weights("ranking.toml", "none", ("always", *ASKED))
    features = np.array([one.features for one in sentences]).reshape(-1, len(weights))
    found: npt.NDArray[np.float64] = features @ weights - np.array([1.0, *held.asked()]) @ none
    return found


def hold(reading: Reading, called: Called, pages: Sequence[Page], nlp: Language) -> Held:
    """Hold a question against the sentences of some pages."""
    [doc] = parse(nlp, [reading.text])
    begins, rows = read_tree(doc).begin, context_vectors(doc).astype(np.float32)
    vectors = dict(zip(begins, rows, strict=True)) if len(rows) == len(begins) else {}
    return Held(reading, [Likeness(page, called) for page in pages], vectors)
