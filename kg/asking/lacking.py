"""What a sentence lacks of what a question asks for, or tells otherwise.

None of it rules the sentence out as the answer: the reason may stand without "because", the figure in the sentence
after what it counts. How much each counts is learned (`ranking.toml`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.asking.kinds import SOMEBODY, acted_by_others, has_kind, has_sort, told_as_asked
from kg.asking.telling import DEED
from kg.asking.words import words

if TYPE_CHECKING:
    from kg.asking.features import Sentence


LACKS = ("lacks thing", "told otherwise", "done by those named", "lacks kind", "lacks sort")
"""What a sentence may lack, in the order in which `lacking` says so."""


def lacking(one: Sentence) -> tuple[bool, ...]:
    """Say whether it lacks things, has the deed told otherwise or by those asked about, lacks the kind or the sort."""
    held, reading, page = one.held, one.held.reading, one.page
    deeds = [said for said in reading.said if said.pos == "VERB" and said.lemma not in words().light][:1]
    told = [
        at
        for said in deeds
        for at in one.content
        if page.tree.pos[at] == "VERB" and one.likeness.word(said, at) >= DEED
    ]
    things = [how for how, said in zip(one.exact, held.said, strict=True) if said.pos == "NOUN"]
    only = reading.wanted == "agent" and bool(reading.lemmas) and not held.deeds  # "who voiced doubts about it?"
    meant = bool(told) and deeds[0].lemma in reading.lemmas
    return (
        only and min(things, default=1.0) < DEED,
        bool(told) and not any(told_as_asked(reading, page, at) for at in told),
        meant and not acted_by_others(reading, one.likeness, page, told),
        not has_kind(reading, one.likeness, page, one.whole),
        not has_sort(reading, one.likeness, page, one.whole),
    )


def tells_of_others(one: Sentence) -> bool:
    """Whether a sentence names somebody, and not all whom the question names: he may have done it in their place."""
    said, tree = one.held.said, one.page.tree
    names = [one.exact[at] > 0 for at in range(len(said)) if said[at].pos == "NAME"]
    nobody = not any(names) and not any(tree.entity[at] in SOMEBODY for at in one.whole)
    return not all(names) and not nobody


def tells_of_things(one: Sentence) -> bool:
    """Whether a sentence has some thing that the question names, by whatever word, if it names any."""
    said = one.held.said
    things = [one.meant[at] > 0 for at in range(len(said)) if said[at].pos in ("NOUN", "ADJ", "NUM", "PROPN")]
    return any(things) or not things
