"""The sentence that most likely answers a question, where no way that looks for its deed finds one. Never certain.

A question for yes or no is answered with the one or the other (`closed.py`).

A conditional logit (McFadden 1974) over all sentences that were read and "none of them", of the features of
`features.py`; its weights (`ranking.toml`) were learned from questions of `tests/ask` and of the corpus, see
`tests/ask/learn.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from kg.asking.closed import is_closed, may_be_told, weigh_yes_or_no, yes_or_no
from kg.asking.features import ASKED, NAMES, Held, Sentence
from kg.asking.kinds import has_source
from kg.asking.likeness import Likeness
from kg.asking.pages import Page
from kg.asking.patterns import Called
from kg.asking.records import Reading
from kg.asking.replies import Answer, Quote
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
POINTED = 0.35
"""The share of what the network points to in a sentence that another way's answer from it has to have."""
UNRANKED = ("truth", "difference", "document", "count")
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


def weigh_answers(reading: Reading, hold: Callable[[], Held], given: Sequence[Answer]) -> tuple[Answer, ...]:
    """Give what stands of the likely answers of another way: mostly themselves.

    None of them stands where the network that reads the texts takes nothing in them for an answer; then the likeliest
    sentence is given, if all that speaks for it is enough. A sentence stands in their place that is much likelier than
    those which they quote, or of these the likeliest where the network points to other words of it. "Yes" and "no"
    are weighed by themselves (`closed.py`).
    """
    dated = reading.anchor is not None  # what came after something is told by days, not by a sentence's words
    if not dated and reading.wanted == "truth" and may_be_told(reading):
        return weigh_yes_or_no(hold, given)
    if dated or not may_be_ranked(reading):
        return tuple(given)
    held = hold()
    quoted = [one for one in held.named if any(_quotes(answer, one.text) for answer in given)]
    judged = [held.judged[one] for one in quoted if one in held.judged]
    if judged and max(one.answers for one in held.judged.values()) < DOUBT:
        return _best(held)
    own = [at for at, one in enumerate(held.candidates) if one in quoted]
    if not own:
        return tuple(given)
    scores = score(held, held.candidates)
    best, mine = int(scores.argmax()), max(own, key=lambda at: scores[at])
    if scores[best] >= LEAST and scores[best] - scores[mine] > MARGIN:
        return (_shown(held.candidates[best]),)
    if scores[mine] >= LEAST and any(one.answers > 0 for one in judged):
        shares = [_pointed(held, quoted, answer) for answer in given]
        if all(share is not None and share < POINTED for share in shares):
            return (_shown(held.candidates[mine]),)
    return tuple(given)


def may_be_ranked(reading: Reading) -> bool:
    """Whether a sentence could answer a question, as far as it is understood."""
    understood = not reading.problem or (reading.plain and not reading.vague)
    return reading.wanted not in UNRANKED and bool(reading.said) and understood


def _best(held: Held) -> tuple[Answer, ...]:
    """The likeliest of the sentences that may answer, if it is likely enough."""
    if not held.candidates:
        return ()
    scores = score(held, held.candidates)
    best = int(scores.argmax())
    return (_shown(held.candidates[best]),) if scores[best] >= LEAST else ()


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
    others = [one for one in held.sentences if one in held.judged and one not in held.candidates]
    others = [one for one in others if has_source(held.reading, one.likeness, one.whole) and _is_there(one)]
    best = max(others, key=lambda one: held.judged[one].answers, default=None)
    return (_shown(best),) if best is not None and held.judged[best].answers >= ALONE else ()


def _is_there(one: Sentence) -> bool:
    """Whether a sentence, or what stands before it, names each place in which the question puts something."""
    places = {name for phrase in one.held.reading.phrases if phrase.side == "place" for name in phrase.names}
    said = one.held.said
    return all(one.exact[at] > 0 or one.before[at] > 0 for at in range(len(said)) if said[at].text in places)


def _shown(one: Sentence) -> Answer:
    return Answer(one.text, (Quote(one.text, one.page.source),), False)


def _quotes(answer: Answer, text: str) -> bool:
    return any(text in quote.text or quote.text in text for quote in answer.quotes)


def _pointed(held: Held, quoted: Sequence[Sentence], answer: Answer) -> float | None:
    """How much of what the network points to in a sentence is an answer from it; None where its words are not there."""
    found = []
    for one in quoted:
        begin = one.text.lower().find(answer.text.lower())
        if one in held.judged and begin >= 0 and _quotes(answer, one.text):
            found.append(held.judged[one].share(begin, begin + len(answer.text)))
    return max(found, default=None)


def score(held: Held, sentences: Sequence[Sentence]) -> npt.NDArray[np.float64]:
    """Give of each sentence how much more likely it answers the question than none, as the logarithm of the odds."""
    weights, none = _weights()
    features = np.array([one.features for one in sentences]).reshape(-1, len(weights))
    found: npt.NDArray[np.float64] = features @ weights - np.array([1.0, *held.asked()]) @ none
    return found


def hold(reading: Reading, called: Called, pages: Sequence[Page], nlp: Language) -> Held:
    """Hold a question against the sentences of some pages."""
    [doc] = parse(nlp, [reading.text])
    begins, rows = read_tree(doc).begin, context_vectors(doc).astype(np.float32)
    vectors = dict(zip(begins, rows, strict=True)) if len(rows) == len(begins) else {}
    return Held(reading, [Likeness(page, called) for page in pages], vectors)


@cache
def _weights() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The weights of a sentence's features, and those of "none": one by itself and of what the question is."""
    data = tomllib.loads((files("kg.asking") / "ranking.toml").read_text(encoding="utf-8"))
    none = data["none"]
    return np.array([data["sentence"][name] for name in NAMES]), np.array([none["always"], *(none[n] for n in ASKED)])
