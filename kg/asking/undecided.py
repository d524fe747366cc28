"""Whether somebody did what a text only tells as refused, denied or still thought about. Never certain.

"Has Oslo accepted the offer?" is answered by "Oslo is studying the offer", and "did he call a banker?" by "he denied
a report that he had called a banker": no event tells the deed, and the clause that has it hangs on what was done. Nor
does an event tell "did not place it in charge" of whether it was put there.
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


def read_undecided(reading: Reading, called: Called, pages: Callable[[], Sequence[Page]]) -> tuple[Answer, ...]:
    """Give "no", or the sentence where it is left open; nothing where no sentence has whom and what is asked about."""
    acting = reading.words_of("subject")
    actor = [one for one in reading.said if one.text in acting]
    topic = [one for one in reading.said if one.text not in acting and one.lemma not in words().light]
    if len([one for one in topic if one.pos == "VERB"]) > 1:  # "did it agree to send soldiers?"
        topic = [one for one in topic if one.lemma not in reading.lemmas]
    if words().withheld & set(reading.lemmas):  # who refused one thing has not refused another
        return ()
    if reading.wanted != "truth" or reading.negated or not actor or len(topic) < 2 or reading.window is not None:
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
            if not by or likeness.share(actor, by, WEIGHTS, here=True) < _ACTOR:
                continue
            first, last = page.bounds(at)
            share = likeness.share(topic, range(first, last + 1), WEIGHTS, here=True)
            if share < _TOPIC:
                continue
            quote = Quote(page.sentence(at), page.source)
            text = "no" if never or verb in words().withheld else quote.text
            day = page.published.isoformat() if page.published else ""
            found.append((round(share, 2), day, Answer(text, (quote,), False)))
    return (max(found, key=lambda one: one[:2])[2],) if found else ()
