"""Coreference: which mentions of one document are one thing, by precise rules first and a learned ranker after them.

The rules are deterministic sieves (Lee et al. 2013): the surest join first, and every later one sees the chains that
the earlier ones made. What they leave open ("I" and "you" outside quotations, descriptions taken up again), a ranker of
antecedents decides. Each chain names what made it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.extract.coreference.appositions import appositions
from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.features import scene
from kg.extract.coreference.kinds import deciding, kinds, parties
from kg.extract.coreference.names import homes, identify, organisation_forms, short_forms
from kg.extract.coreference.nominals import HIDDEN, bodies, happenings, repeated, roles, state_mentions
from kg.extract.coreference.pronouns import pairs, pronouns, speakers
from kg.extract.coreference.ranker import Words, rank
from kg.extract.coreference.words import name_of, plain
from kg.extract.words import MEETING_NOUNS, STATE_BODIES
from kg.model import Attribution, Chain, Clause, EntityType, Gazetteer, Known, Mention, MentionKind
from kg.textnorm import visible

__all__ = ["find_chains"]

LONGEST_LABEL = 8  # words: "mayors of Rouen and Le Havre"; of longer descriptions the head says enough
EVENT_LABEL = 30  # characters: long enough to say which talks, short enough to be a name
ACRONYM = 5  # letters: a longer place name in capitals is a dateline
ARTICLE = re.compile(r"^(?:the|an?|this|that|these|those|his|her|its|their|our|my|your|both|all|each|some)\s+", re.I)


def find_chains(
    mentions: Sequence[Mention],
    clauses: Sequence[Clause],
    attributions: Sequence[Attribution],
    gazetteer: Gazetteer,
    *,
    words: Words | None = None,
) -> tuple[tuple[Chain, ...], tuple[int | None, ...]]:
    """The chains of one document, and for each mention the index of its chain.

    Every mention has a chain, if only of its own, except pronouns that nothing was found for. Chains come in the order
    of their first mentions. `clauses` and `attributions` may be empty, and without `words` (see `ranker.words`) grammar
    decides alone.
    """
    clusters = Clusters(mentions)
    readings, said = before_pronouns(clusters, attributions, gazetteer, clauses)
    seen = scene(mentions, clauses, attributions, said)
    pronouns(clusters, seen, attributions)
    rank(clusters, seen, words or Words())
    groups = pairs(clusters)
    _join_groups(clusters, groups)
    return _freeze(clusters, readings, groups)


def before_pronouns(
    clusters: Clusters, attributions: Sequence[Attribution], gazetteer: Gazetteer, clauses: Sequence[Clause] = ()
) -> tuple[dict[int, Known], dict[int, int]]:
    """All rules up to the pronouns: the readings of names, and the speaker of each mention that is said by somebody."""
    readings = identify(clusters, gazetteer, deciding(clauses, clusters.mentions))
    short_forms(clusters)
    organisation_forms(clusters)
    appositions(clusters)
    roles(clusters, homes(readings, gazetteer))
    bodies(clusters)
    happenings(clusters)
    repeated(clusters)
    kinds(clusters)
    parties(clusters)
    return readings, speakers(clusters, attributions)


def _join_groups(clusters: Clusters, groups: dict[int, tuple[int, ...]]) -> None:
    """Groups of the same members are one. Rule: same members."""
    seen: dict[tuple[int, ...], int] = {}
    for m in clusters.mentions:
        members = groups.get(m.index) or (m.members if m.kind is MentionKind.NOMINAL else ())
        if m.members and any(clusters.mentions[i].relation == "amod" for i in m.members):
            continue  # "Ukrainian and Russian officials" are not the two states
        key = tuple(sorted({clusters.root(i) for i in members}))
        if len(key) < 2:
            continue
        if key in seen:
            clusters.join(seen[key], m.index, "same members")
        seen.setdefault(key, m.index)


def _freeze(
    clusters: Clusters, readings: dict[int, Known], groups: dict[int, tuple[int, ...]]
) -> tuple[tuple[Chain, ...], tuple[int | None, ...]]:
    mentions = clusters.mentions
    roots = sorted(clusters.roots(), key=lambda r: min(clusters.members(r)))
    kept = [r for r in roots if clusters.size(r) > 1 or mentions[r].kind is not MentionKind.PRONOUN]
    order = {r: k for k, r in enumerate(kept)}
    chain_of = tuple(order.get(clusters.root(m.index)) for m in mentions)
    chains = []
    for r in kept:
        indices = tuple(clusters.members(r))
        members: dict[int, None] = {}
        for i in indices:
            for j in groups.get(i) or mentions[i].members:
                other = chain_of[j]
                if other is not None and other != order[r]:
                    members[other] = None
        name, key = _label(clusters, indices, readings)
        rules = clusters.rules(r)
        if any(i in groups for i in indices):
            rules = (*rules, "pair of actors")
        chains.append(Chain(order[r], indices, name, key, _type(clusters, indices), tuple(sorted(members)), rules))
    return tuple(chains), chain_of


def _type(clusters: Clusters, indices: tuple[int, ...]) -> EntityType | None:
    """The type by vote; a group of different things has none, and talks told of once are no event with a name."""
    mentions = [clusters.mentions[i] for i in indices]
    kind = clusters.type(indices[0])
    once = len(indices) == 1 and mentions[0].kind is MentionKind.NOMINAL
    if kind is EntityType.EVENT and once and mentions[0].head_lemma in MEETING_NOUNS:
        return None
    if all(m.members for m in mentions) and not any(m.name for m in mentions):
        return None
    return kind


def _label(clusters: Clusters, indices: tuple[int, ...], readings: dict[int, Known]) -> tuple[str, int]:
    """The best name and the mention it comes from."""
    mentions = [clusters.mentions[i] for i in indices]
    names = [m for m in mentions if m.kind is MentionKind.NAME]
    known = [(m, readings[m.index]) for m in names if m.index in readings]
    if known:
        m, reading = min(known, key=lambda pair: (pair[1].sense not in ("name", "alias"), pair[0].index))
        if m.type is EntityType.NORP and m.number == "plur":
            return name_of(m), m.index
        if reading.type is not EntityType.PERSON:
            return reading.label, m.index
    if names:
        kind = clusters.type(indices[0])
        fits = (kind, None, EntityType.GPE) if kind is EntityType.PERSON else (kind,)  # "Aung San" was no place
        proper = [m for m in names if (m.type in fits and m.index not in readings) or m.type == kind] or names
        told = Counter(plain(name_of(m)) for m in proper)
        person = clusters.type(indices[0]) is EntityType.PERSON
        m = max(
            proper,
            key=lambda m: (
                person and " " in name_of(m),
                told[plain(name_of(m))] if person else 0,
                len(name_of(m)),
                -m.index,
            ),
        )
        name = name_of(m)
        if person and known and " " not in name:
            return known[0][1].label, m.index  # only the surname in the text, but a person whom the tables know
        shouted = (
            name.isupper()
            and len(name) > ACRONYM
            and (m.type in (EntityType.GPE, EntityType.LOC) or (person and " " in name))
        )
        return (name.title() if shouted else name), m.index
    nominals = [m for m in mentions if m.kind is MentionKind.NOMINAL]
    if not nominals:
        return mentions[0].text, mentions[0].index
    event = clusters.type(indices[0]) is EntityType.EVENT
    if event:
        m = max(nominals, key=lambda m: (m.type is EntityType.EVENT, -abs(len(m.text) - EVENT_LABEL), -m.index))
    else:
        m = max(nominals, key=lambda m: (bool(m.members), len(m.modifiers), -m.index))
    return _phrase(m, clusters), m.index


def _phrase(m: Mention, clusters: Clusters) -> str:
    """A description without determiner and possessor, a long one up to its head; an event keeps what tells it apart."""
    text = visible(m.text) if m.possessor is None else m.text
    if m.type is EntityType.EVENT:
        return ARTICLE.sub("", text)
    if m.members:
        return ARTICLE.sub("", text)
    if m.head_lemma in STATE_BODIES and not set(m.modifiers) & set(HIDDEN):
        ends = [clusters.mentions[i].span.end for i in state_mentions(clusters, m)]
        if ends:
            return ARTICLE.sub("", text[: max([m.head.end, *ends]) - m.span.begin])
    if len(text.split()) > LONGEST_LABEL:
        text = text[: m.head.end - m.span.begin]
    if m.possessor is not None:
        end = clusters.mentions[m.possessor].span.end - m.span.begin
        if 0 < end <= m.head.begin - m.span.begin:
            text = re.sub(r"^\s*['’]?s?\s+", "", text[end:])
    return ARTICLE.sub("", text).strip() or m.text
