"""What words beside a name tell of it: capitals that decide and answer are their states; "the island" is Jamaica.

Both are facts of English news. A capital is read as its government where it is the subject, or the other side, of what
governments do; a description that only says what kind of place or body something is takes up the one named just before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.words import name_of, plain
from kg.extract.words import BODY_NOUNS, STATE_BODIES, listed, word_set
from kg.model import Clause, EntityType, Mention, MentionKind, Slot

STATECRAFT = listed("statecraft")
"""What governments do and have with each other; a city's mayor or weather is told by other words."""
OTHER_SIDES = frozenset("with against to between from by and".split())
STATES = word_set("country nation kingdom republic")
TOWNS = word_set("city town village capital port suburb metropolis")
LANDS = word_set("island archipelago peninsula territory enclave region province state district county")
KINDS = {
    **dict.fromkeys(STATES, "state"),
    **dict.fromkeys(TOWNS, "town"),
    **dict.fromkeys(LANDS, "land"),
}
BACK = 1
"""Sentences back to which a description that tells only the kind may point; within its own it is something else."""


def deciding(clauses: Sequence[Clause], mentions: Sequence[Mention]) -> frozenset[int]:
    """Mentions that stand as the sides of what governments do: "Kyiv accused Moscow", "ties between Rome and Cairo"."""
    found: set[int] = set()
    for clause in clauses:
        if clause.lemma.split(" ")[0] not in STATECRAFT:
            continue
        sides = [a.mention for a in clause.arguments if a.mention is not None and _is_side(a.slot, a.marker)]
        for i in sides:
            found.update((i, *mentions[i].members))
    return frozenset(found)


def _is_side(slot: Slot, marker: str) -> bool:
    return slot in (Slot.SUBJECT, Slot.POSSESSOR, Slot.OBJECT, Slot.INDIRECT) or marker in OTHER_SIDES


def kinds(clusters: Clusters) -> None:
    """ "The island" is the only place named in the sentence before, if that may be one. Rule: kind."""
    named: list[Mention] = []
    for m in clusters.mentions:
        if m.kind is MentionKind.NAME and m.type in (EntityType.GPE, EntityType.LOC):
            named.append(m)
        elif _is_bare(m) and m.head_lemma in KINDS and clusters.size(m.index) == 1:
            near = [one for one in named if 0 < m.sentence - one.sentence <= BACK]
            fitting = {clusters.root(one.index): one.index for one in near if _may_be(clusters, one, m.head_lemma)}
            if len(fitting) == 1 and len({clusters.root(one.index) for one in near}) == 1:
                clusters.join(min(fitting.values()), m.index, "kind")


def _is_bare(m: Mention) -> bool:
    definite = m.kind is MentionKind.NOMINAL and m.determiner == "definite" and not m.members
    return definite and not m.modifiers and m.number != "plur" and m.span.end == m.head.end


def _may_be(clusters: Clusters, m: Mention, noun: str) -> bool:
    """Whether a place may be of a kind: states are no towns, and what no table knows as a state is no country."""
    state = clusters.key.get(clusters.root(m.index), "").startswith("state ")
    if KINDS[noun] == "state":
        return state
    if KINDS[noun] == "town":
        return not state and m.type is EntityType.GPE
    return noun in ("island", "archipelago", "territory", "enclave") or not state


def parties(clusters: Clusters) -> None:
    """ "The party" is the only body named in the sentence before, if its name says nothing else. Rule: kind."""
    named: list[Mention] = []
    for m in clusters.mentions:
        if m.kind is MentionKind.NAME and m.type is EntityType.ORG:
            named.append(m)
        elif _is_bare(m) and m.head_lemma in CALLED and m.type is EntityType.ORG and clusters.size(m.index) == 1:
            near = {clusters.root(one.index): one for one in named if 0 < m.sentence - one.sentence <= BACK}
            fitting = [
                one for one in near.values() if not set(_told(one)) & (BODY_NOUNS - ALLIED.get(m.head_lemma, set()))
            ]
            if len(near) == 1 and len(fitting) == 1:
                clusters.join(fitting[0].index, m.index, "kind")


CALLED = BODY_NOUNS - STATE_BODIES
"""What a body may be called that no state has by itself: "the government" is not that of the last name."""
ALLIED = {
    "party": word_set("party alliance movement front league congress coalition union"),
    "group": word_set("group movement front league association organisation organization union network company"),
    "organisation": word_set("organisation organization association union league federation movement"),
    "organization": word_set("organisation organization association union league federation movement"),
    "company": word_set("company corporation group firm airline airlines"),
    "firm": word_set("company corporation group firm"),
    "airline": word_set("airline airlines company"),
    "bloc": word_set("union community alliance"),
}
"""Words in the name of a body that go with what it is called for short."""


def _told(m: Mention) -> Iterator[str]:
    yield from plain(name_of(m)).split()
