"""Whether somebody did what a text only tells as refused, denied or still thought about. Never certain.

"Has Oslo accepted the offer?" is answered by "Oslo is studying the offer", and "did he call a banker?" by "he denied
a report that he had called a banker": no event tells the deed, and the clause that has it hangs on what was done. Nor
does an event tell "did not place it in charge" of whether it was put there, "the bridge was not closed" of who did not
close it, or "his plea for bail was turned down" of whether he got it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.asking.likeness import WEIGHTS, Likeness
from kg.asking.pages import Page
from kg.asking.patterns import Called
from kg.asking.records import Reading
from kg.asking.replies import Answer, Quote
from kg.asking.roles import doers, parts_of, phrasal
from kg.asking.telling import DEED
from kg.asking.words import words

_ACTOR, _TOPIC = 0.9, 0.4
_WHOLE = 0.9
"""How much of what something is done to has to stand there, where nobody is told to do it."""


def read_undecided(reading: Reading, called: Called, pages: Callable[[], Sequence[Page]]) -> tuple[Answer, ...]:
    """Give "no", or the sentence where it is left open; nothing where no sentence has whom and what is asked about."""
    if reading.wanted != "truth" or reading.negated or reading.window is not None:
        return ()
    if words().granting & set(reading.lemmas) and (refused := _refused(reading, called, pages)):
        return refused
    acting = reading.words_of("subject")
    actor = [one for one in reading.said if one.text in acting]
    topic = [one for one in reading.said if one.text not in acting and one.lemma not in words().light]
    if len([one for one in topic if one.pos == "VERB"]) > 1:  # "did it agree to send soldiers?"
        topic = [one for one in topic if one.lemma not in reading.lemmas]
    if words().withheld & set(reading.lemmas):  # who refused one thing has not refused another
        return ()
    if not actor or len(topic) < 2:
        return ()
    deeds = [one for one in reading.said if one.lemma in reading.lemmas and one.pos == "VERB"]
    found: list[tuple[float, str, Answer]] = []
    for page in pages():
        likeness = Likeness(page, called)
        for at in range(len(page.tree)):
            if page.tree.pos[at] != "VERB":
                continue
            verb = phrasal(page.tree, at)
            parts = parts_of(page.tree, at)
            never = parts.status == "denied" and any(likeness.word(deed, at) >= DEED for deed in deeds)
            if not never and (parts.status != "told" or verb not in words().undecided | words().withheld):
                continue
            by = doers(page.tree, parts)
            first, last = page.bounds(at)
            whole = range(first, last + 1)
            if not by and never and parts.object:
                borne = [one for head in parts.object for one in page.tree.under(head)]
                things = [one for one in topic if one not in deeds]
                if likeness.share(things, borne, WEIGHTS, here=True) < _WHOLE or not likeness.share(
                    actor, whole, WEIGHTS
                ):
                    continue
            elif not by or likeness.share(actor, by, WEIGHTS, here=True) < _ACTOR:
                continue
            share = likeness.share(topic, whole, WEIGHTS, here=True)
            if share < _TOPIC:
                continue
            quote = Quote(page.sentence(at), page.source)
            text = "no" if never or verb in words().withheld else quote.text
            day = page.published.isoformat() if page.published else ""
            found.append((round(share, 2), day, Answer(text, (quote,), False)))
    return (max(found, key=lambda one: one[:2])[2],) if found else ()


def _refused(reading: Reading, called: Called, pages: Callable[[], Sequence[Page]]) -> tuple[Answer, ...]:
    """Give "no" where what somebody asked for was refused: "his plea for bail was turned down"."""
    given = [phrase for phrase in reading.phrases if phrase.side == "object"][-1:]
    thing = [one for one in reading.said if given and one.text in given[0].words]
    others = [one for one in reading.said if one not in thing and one.lemma not in reading.lemmas]
    if not thing or not others:
        return ()
    for page in pages():
        likeness, tree = Likeness(page, called), page.tree
        for at in range(len(tree)):
            if tree.pos[at] != "VERB" or phrasal(tree, at) not in words().withheld:
                continue
            parts = parts_of(tree, at)
            first, last = page.bounds(at)
            for head in parts.object if parts.status == "told" else ():
                wish = [one for one in tree.children[head] if tree.case(one) in ("for", "to")]
                asked = [one for one in wish if likeness.share(thing, tree.under(one), WEIGHTS, here=True) >= _WHOLE]
                here = range(first, last + 1)
                named = all(likeness.share((one,), here, WEIGHTS, here=one.pos == "NAME") > 0 for one in others)
                if asked and named and tree.lemma[head] in words().initiatives | words().pleas:
                    return (Answer("no", (Quote(page.sentence(at), page.source),), False),)
    return ()
