"""Who "he", "its", "I" and "the two sides" are: agreement, recency and subjecthood; quotations for "I" and "we"."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from kg.extract.chain_clusters import Clusters
from kg.extract.mention_words import BODY_NOUNS, GROUP_NOUNS, PERSON_NOUNS, PRONOUNS, word_set
from kg.model import Attribution, Category, Clause, EntityType, Mention, MentionKind

WINDOW = 3  # sentences back
REACH = 400  # mentions back in which the two most spoken of are counted
LOOK_BACK = 60  # mentions back that are looked at, so that long texts stay linear
ACTORS = (EntityType.GPE, EntityType.ORG)
SIDES = word_set(
    "side country nation party government state neighbour neighbor camp delegation army capital power"
    " rival foe enemy adversary"
)
PEOPLE = PERSON_NOUNS | GROUP_NOUNS | BODY_NOUNS
PAIRED_PERSONS = word_set("leader man woman president minister politician counterpart official")


def speakers(clusters: Clusters, attributions: Sequence[Attribution]) -> dict[int, int]:
    """Join first persons to the source of the attribution whose content holds them; give each mention its speaker."""
    mentions = clusters.mentions
    starts = [m.span.begin for m in mentions]
    said: dict[int, int] = {}
    for attribution in attributions:
        source = attribution.source.mention if attribution.source else None
        if source is None:
            continue
        for content in attribution.content:
            k = bisect_right(starts, content.begin - 1)
            while k < len(mentions) and mentions[k].span.begin < content.end:
                said[k] = source
                k += 1
    for k, source in sorted(said.items()):
        m = mentions[k]
        first = m.kind is MentionKind.PRONOUN and m.person == 1 and m.quoted
        if first and k != source and mentions[source].person == 3:
            clusters.join(source, k, "speaker")
    return said


def pronouns(clusters: Clusters, clauses: Sequence[Clause], said: dict[int, int]) -> None:
    """Join third-person pronouns to the best antecedent before them. Rule: pronoun."""
    fellows = _fellows(clauses)
    adjectival = {a.mention for c in clauses if c.category is Category.ADJECTIVE for a in c.arguments}
    for m in clusters.mentions:
        if m.kind is not MentionKind.PRONOUN or m.person != 3 or m.text.lower() not in PRONOUNS:
            continue
        if m.text == "It" and m.index in adjectival:
            continue  # "It is not uncommon that": nobody
        best = max(_candidates(clusters, m, fellows, said), default=None)
        if best is not None:
            clusters.join(best[1], m.index, "pronoun")
            clusters.set_gender(m.index, m.gender if m.gender != "neut" else "")


def _fellows(clauses: Sequence[Clause]) -> dict[int, set[int]]:
    """Mentions that are arguments of one verb are different things, reflexives apart."""
    out: dict[int, set[int]] = defaultdict(set)
    for clause in clauses:
        if clause.category is Category.VERB:
            these = {a.mention for a in clause.arguments if a.mention is not None}
            for i in these:
                out[i] |= these - {i}
    return out


def _candidates(
    clusters: Clusters, m: Mention, fellows: dict[int, set[int]], said: dict[int, int]
) -> list[tuple[float, int]]:
    """Earlier mentions that agree, each with its salience; the position breaks ties in favour of the nearer."""
    out = []
    speaker = said.get(m.index)
    for i in range(m.index - 1, max(-1, m.index - LOOK_BACK), -1):
        c = clusters.mentions[i]
        distance = m.sentence - c.sentence
        if distance > WINDOW:
            break
        if c.person != 3 or not _agrees(clusters, m, c) or c.span.end > m.span.begin:
            continue
        if i in fellows.get(m.index, ()) and not m.text.lower().endswith(("self", "selves")):
            continue
        if m.quoted and speaker is not None and clusters.root(i) == clusters.root(speaker):
            continue  # nobody calls himself "he" in his own quotation
        score = -1.6 * distance + 0.12 * min(clusters.size(i), 6)
        score += 1.5 if c.relation.startswith("nsubj") else 0.4 if c.relation in ("obj", "obl:agent", "root") else 0.0
        score += 0.6 if c.kind is not MentionKind.NOMINAL else 0.0
        score += 1.0 if speaker is not None and clusters.root(i) == clusters.root(speaker) else 0.0
        score -= 0.8 if c.relation in ("amod", "compound") else 0.0
        if m.number == "plur":
            score += 0.8 if c.head_lemma in PEOPLE or c.kind is MentionKind.PRONOUN else 0.0
            score -= 1.0 if c.number != "plur" else 0.0  # "they" of one body is the rarer case
        out.append((score, i))
    return out


def _agrees(clusters: Clusters, m: Mention, c: Mention) -> bool:
    """Number, gender and animacy."""
    kind = clusters.type(c.index)
    if m.gender in ("masc", "fem"):
        if kind is not EntityType.PERSON or c.number == "plur":
            return False
        return clusters.gender(c.index) in ("", m.gender)
    if m.gender == "neut":
        actor = kind in (*ACTORS, EntityType.EVENT)
        thing = kind is None and c.kind is MentionKind.NOMINAL and c.number == "sing" and c.determiner != ""
        return c.number != "plur" and (actor or (thing and m.sentence - c.sentence <= 1))
    if c.number == "plur":
        return True
    return kind is EntityType.ORG and c.kind is not MentionKind.PRONOUN


def pairs(clusters: Clusters) -> dict[int, tuple[int, ...]]:
    """ "The two sides", "both countries": the pair of actors last named together, else the two most spoken of.

    Returns, for each such mention, one mention of each member.
    """
    mentions = clusters.mentions
    out: dict[int, tuple[int, ...]] = {}
    last: dict[bool, tuple[int, ...]] = {}
    for m in mentions:
        if len(m.members) == 2:
            types = {clusters.type(i) for i in m.members}
            if types <= set(ACTORS):
                last[False] = m.members
            elif types == {EntityType.PERSON}:
                last[True] = m.members
        persons = m.head_lemma in PAIRED_PERSONS
        two = "two" in m.modifiers or m.text.lower().startswith("both ")
        if m.kind is MentionKind.NOMINAL and two and not m.members and (persons or m.head_lemma in SIDES):
            members = last.get(persons) or _prominent(clusters, m, persons=persons)
            if members:
                out[m.index] = members
        elif m.kind is MentionKind.PRONOUN and m.text.lower() == "both" and last:
            out[m.index] = last.get(False) or last[True]
    return out


def _prominent(clusters: Clusters, m: Mention, *, persons: bool) -> tuple[int, ...]:
    """The two actors that were mentioned most before m."""
    wanted = (EntityType.PERSON,) if persons else ACTORS
    count: dict[int, int] = defaultdict(int)
    for c in clusters.mentions[max(0, m.index - REACH) : m.index]:
        if clusters.type(c.index) in wanted and c.relation != "compound" and clusters.named(c.index):
            count[clusters.root(c.index)] += 1
    ranked = sorted(count, key=lambda r: (-count[r], r))[:2]
    return tuple(sorted(min(clusters.members(r)) for r in ranked)) if len(ranked) == 2 else ()
