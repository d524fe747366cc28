"""Which of several answers stands: that which was given last, with what was told before it.

Who rejected a plan and later agreed has accepted it; a toll that has risen is the newer one. Sentences of all texts
about it are read in the order of their days, within a text in the order in which it tells them; what "at first" or
"had" puts back comes before the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.asking.filling import fill
from kg.asking.likeness import WEIGHTS, Likeness
from kg.asking.matching import predicates
from kg.asking.pages import Page
from kg.asking.passages import read_passages
from kg.asking.patterns import Called
from kg.asking.records import Reading, Said
from kg.asking.replies import Answer, Quote, Reply
from kg.asking.roles import Parts, parts_of
from kg.asking.words import stem, words

_SUBJECT, _TOPIC, _DONE = 0.9, 0.5, 0.3
_EARLIER = re.compile(
    r"\b(?:at first|initially|originally|earlier|previously|had|until then|before that|first)\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Told:
    order: tuple[str, int, int]
    verdict: str
    quote: Quote


def standing(reply: Reply, reading: Reading, called: Called, pages: Callable[[], Sequence[Page]]) -> Reply:
    """Give the answer that stands last; where all that is told agrees, the reply as it is."""
    if reading.window is not None or reading.anchor is not None or reading.order or not reply.answers:
        return reply
    if reading.wanted == "truth":
        reply = replace(reply, answers=tuple(_nothing(answer, reading) for answer in reply.answers))
    if reading.wanted == "truth" and reading.lemmas and words().opposites(reading.lemmas[0]):
        return _verdict(reply, reading, called, pages())
    if reading.wanted == "number" and not any(phrase.side == "source" for phrase in reading.phrases):
        return _newest(reply, reading, called, pages())
    return reply


def _nothing(answer: Answer, reading: Reading) -> Answer:
    """ "Gave no guarantee" is no yes to whether a guarantee was given."""
    things = [one.text for one in reading.said if one.pos == "NOUN"]
    denied = [re.compile(rf"\bno (?:\w+ ){{0,2}}{re.escape(stem(thing))}", re.I) for thing in things]
    if answer.text != "yes" or not answer.quotes or reading.negated:
        return answer
    if all(any(test.search(quote.text) for test in denied) for quote in answer.quotes):
        return replace(answer, text="no", certain=False)
    return answer


def _verdict(reply: Reply, reading: Reading, called: Called, pages: Sequence[Page]) -> Reply:
    found = sorted((one for page in pages for one in _verdicts(reading, page, called)), key=lambda one: one.order)
    kinds = {one.verdict for one in found} | {answer.text for answer in reply.answers}
    if not found or len(kinds) < 2:
        near = {one.verdict for page in pages for one in _verdicts(reading, page, called, least=0.0)}
        if near <= kinds:
            return reply
        return replace(reply, answers=tuple(replace(answer, certain=False) for answer in reply.answers))
    last = found[-1].verdict
    quotes = tuple(dict.fromkeys(one.quote for one in reversed(found) if one.verdict == last))
    told = [one.quote for one in found if one.verdict != last]
    told += [quote for answer in reply.answers if answer.text != last for quote in answer.quotes]
    before = tuple(quote for quote in dict.fromkeys(told) if quote not in quotes)
    return replace(reply, outcome="answered", answers=(Answer(last, quotes, False, before=before),))


def _verdicts(reading: Reading, page: Page, called: Called, *, least: float = 1.0) -> list[_Told]:
    """What each sentence of a page answers; with a smaller `least`, also those that hardly tell what it is about."""
    likeness = Likeness(page, called)
    sides = [phrase for phrase in reading.phrases if phrase.side == "subject" or phrase.marker == "by"]
    acting = {word for phrase in sides for word in (*phrase.names, *phrase.words)}
    actor = [one for one in reading.said if one.text in acting]
    if not actor:
        return []
    topic = [one for one in reading.said if one not in actor and one.lemma not in reading.lemmas]
    found = []
    for at in predicates(page, reading):
        parts = parts_of(page.tree, at)
        if (
            page.tree.pos[at] != "VERB"
            or parts.status == "open"
            or not _fits(page, parts, likeness, actor, topic, least)
        ):
            continue
        text = page.sentence(at)
        clause = page.text[page.tree.begin[page.tree.left[at]] : page.tree.end[page.tree.right[at]]]
        earlier = bool(_EARLIER.search(clause)) and not reading.negated
        day = page.published.isoformat() if page.published else ""
        order = (day, 0 if earlier else 1, len(page.earlier) + at if page.earlier else at)
        found += [_Told(order, verdict, Quote(text, page.source)) for verdict in fill(reading, page, parts, ())]
    return found


def _fits(
    page: Page, parts: Parts, likeness: Likeness, actor: Sequence[Said], topic: Sequence[Said], least: float
) -> bool:
    """Whether those who act by the question are the subject, and what it is about is told beside or before."""
    tree = page.tree

    def inside(heads: Sequence[int]) -> list[int]:
        return [at for head in heads for at in tree.under(head)]

    if likeness.share(actor, inside(parts.subject), WEIGHTS, here=True) < _SUBJECT:
        return False
    done = (*parts.object, *(head for marker, head in parts.rest if marker == "to"))
    pronoun = any(tree.pos[head] == "PRON" for head in done)
    if done and not pronoun and likeness.share(topic, inside(done), WEIGHTS, here=True) < least * _DONE:
        return False  # it rejected one thing and accepted another
    first, last = page.bounds(parts.at)
    return likeness.share(topic, range(first, last + 1), WEIGHTS) >= least * _TOPIC


def _newest(reply: Reply, reading: Reading, called: Called, pages: Sequence[Page]) -> Reply:
    """Put a figure that a later text gives before those of earlier ones."""
    days = {page.source: page.published.isoformat() for page in pages if page.published}
    known = [days[quote.source] for answer in reply.answers for quote in answer.quotes if quote.source in days]
    later = [page for page in pages if known and days.get(page.source, "") > max(known)]
    newer = read_passages(reading, called, lambda: later) if later else ()
    if not newer:
        return reply
    before = tuple(quote for answer in reply.answers for quote in answer.quotes)
    return replace(reply, answers=tuple(replace(one, before=before) for one in newer))
