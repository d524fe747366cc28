"""Who "he", "its", "I" and "the two sides" are: agreement, recency and subjecthood; quotations for "I" and "we"."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.features import Scene, features, is_among_fellows, nobody
from kg.extract.coreference.nominals import state_mentions
from kg.extract.coreference.weights import WEIGHTS
from kg.extract.words import PRONOUNS, word_set
from kg.model import Attribution, EntityType, Mention, MentionKind

WINDOW = 3  # sentences back
GOES_ON = 2  # sentences after which a quotation goes on from what was said before
REACH = 400  # mentions back in which the two most spoken of are counted
LOOK_BACK = 60  # mentions back that are looked at, so that long texts stay linear
ACTORS = (EntityType.GPE, EntityType.ORG)
SIDES = word_set(
    "side country nation party government state neighbour neighbor camp delegation army capital power"
    " rival foe enemy adversary"
)
COUNTS = {"three": 3, "four": 4, "five": 5, "six": 6}
"""How many a list has that "the three countries" takes up."""
BETWEEN = word_set("neighbour neighbor rival foe enemy adversary")
"""What two are to each other: "the neighbours" needs no "two"."""
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
    groups: dict[int, int | None] = {}
    for k, source in sorted(said.items()):
        m = mentions[k]
        first = m.kind is MentionKind.PRONOUN and m.person == 1 and m.quoted
        if first and k != source and mentions[source].person == 3:
            speaker = clusters.root(source)
            if speaker not in groups:
                groups[speaker] = spoken_for(clusters, source)
            group = groups[speaker] if m.number == "plur" else None
            clusters.join(source if group is None else group, k, "speaker" if group is None else "speaks for")
    return said


def spoken_for(clusters: Clusters, speaker: int) -> int | None:
    """Whom a person means by "we": the state or body that a mention of the speaker tells ("Peru's envoy")."""
    if clusters.type(speaker) is not EntityType.PERSON:
        return None
    for i in clusters.members(speaker):
        m = clusters.mentions[i]
        if m.possessor is not None and clusters.type(m.possessor) in ACTORS:
            return m.possessor
        for k in state_mentions(clusters, m):
            return k
    return None


def pronouns(clusters: Clusters, seen: Scene, attributions: Sequence[Attribution]) -> None:
    """Join third-person pronouns to the best antecedent before them, if any is likelier than none. Rule: pronoun."""
    before = goes_on(clusters, attributions)
    for m in clusters.mentions:
        if not is_pronoun(m):
            continue
        if m.index in before and _agrees(clusters, m, clusters.mentions[before[m.index]]):
            resolve(clusters, m, before[m.index], "same speaker")
            continue
        floor = sum(WEIGHTS.get(f, 0.0) for f in nobody(m, seen))
        best, found = floor, None
        for rank, c in enumerate(candidates(clusters, seen, m)):
            score = sum(WEIGHTS.get(f, 0.0) for f in features(clusters, seen, m, c, rank))
            if score > best:
                best, found = score, c.index
        if found is not None:
            resolve(clusters, m, found)


def is_pronoun(m: Mention) -> bool:
    """Whether a mention is a personal pronoun of the third person."""
    return m.kind is MentionKind.PRONOUN and m.person == 3 and m.text.lower() in PRONOUNS


def goes_on(clusters: Clusters, attributions: Sequence[Attribution]) -> dict[int, int]:
    """ "…," he added: a pronoun with a quotation of its own, right after what somebody said, is who said that."""
    out: dict[int, int] = {}
    last: Mention | None = None
    spoken = [(a.source.mention, a.direct) for a in attributions if a.source and a.source.mention is not None]
    for i, direct in sorted(spoken):
        m = clusters.mentions[i]
        if last is not None and direct and is_pronoun(m) and m.gender in ("masc", "fem") and i not in out:
            near = 0 <= m.sentence - last.sentence <= GOES_ON and last.index != i
            if near and not m.quoted:
                out[i] = last.index
        last = m
    return out


def resolve(clusters: Clusters, m: Mention, antecedent: int, rule: str = "pronoun") -> None:
    """Join a pronoun to what it points to; it tells the gender of a person."""
    clusters.join(antecedent, m.index, rule)
    clusters.set_gender(m.index, m.gender if m.gender != "neut" else "")


def candidates(clusters: Clusters, seen: Scene, m: Mention) -> Iterator[Mention]:
    """Earlier mentions that m may point to, the nearest first; from farther sentences only where nearer have none."""
    near = False
    speaker = seen.said.get(m.index)
    reflexive = m.text.lower().endswith(("self", "selves"))
    for i in range(m.index - 1, max(-1, m.index - LOOK_BACK), -1):
        c = clusters.mentions[i]
        if m.sentence - c.sentence > (1 if near else WINDOW):
            break
        if c.person != 3 or not _agrees(clusters, m, c) or c.span.end > m.span.begin:
            continue
        if i in seen.fellows.get(m.index, ()) and not reflexive:
            continue  # arguments of one verb are different things, reflexives apart
        if is_among_fellows(clusters, seen, m.index, i):
            continue
        inside = seen.within.get(c.head.begin)
        if inside is not None and inside.begin <= m.span.begin < inside.end:
            continue  # nothing within a phrase means the phrase: "a demand that it leave" (i-within-i; Chomsky 1981)
        if m.quoted and speaker is not None and clusters.root(i) == clusters.root(speaker):
            continue  # nobody calls himself "he" in his own quotation
        if c.quoted and i in seen.said and clusters.root(seen.said[i]) == clusters.root(m.index):
            continue  # nor is he, who says something, one of those whom his words name
        near = near or m.gender in ("masc", "fem")
        yield c


def _agrees(clusters: Clusters, m: Mention, c: Mention) -> bool:
    """Number, gender and animacy; what is likelier among the rest is for the weights to tell."""
    kind = clusters.type(c.index)
    if c.kind is MentionKind.PRONOUN and c.text.lower() not in PRONOUNS:
        return False
    if m.gender in ("masc", "fem"):
        if kind is not EntityType.PERSON or c.number == "plur":
            return False
        return clusters.gender(c.index) in ("", m.gender)
    if m.gender == "neut":
        return c.number != "plur" and kind is not EntityType.PERSON and clusters.gender(c.index) in ("", "neut")
    if c.number == "plur":
        return True
    return kind is not EntityType.PERSON and c.kind is not MentionKind.PRONOUN


def pairs(clusters: Clusters) -> dict[int, tuple[int, ...]]:
    """ "The two sides", "both countries": the pair of actors last named together, else the two most spoken of.

    Returns, for each such mention, one mention of each member.
    """
    mentions = clusters.mentions
    out: dict[int, tuple[int, ...]] = {}
    last: dict[bool, tuple[int, ...]] = {}
    listed: dict[int, tuple[int, ...]] = {}
    for m in mentions:
        if len(m.members) == 2:
            types = {clusters.type(i) for i in m.members}
            if types <= set(ACTORS) or types == {EntityType.PERSON}:
                persons = types == {EntityType.PERSON}
                last.pop(persons, None)  # the last one named stands last
                last[persons] = m.members
        elif len(m.members) > 2:
            listed[len(m.members)] = m.members
        persons = m.head_lemma in PAIRED_PERSONS
        many = next((listed[n] for word, n in COUNTS.items() if word in m.modifiers and n in listed), ())
        if many and m.determiner == "definite" and not m.members and (persons or m.head_lemma in SIDES):
            out[m.index] = many
        two = "two" in m.modifiers or m.text.lower().startswith("both ")
        alone = m.head_lemma == "two" and m.determiner == "definite" and m.span.end == m.head.end
        few = m.determiner == "definite" and m.number == "plur" and not m.modifiers and m.head_lemma in BETWEEN
        told = (two and (persons or m.head_lemma in SIDES)) or ((alone or few) and bool(last))
        if m.kind is not MentionKind.PRONOUN and not m.members and told:
            recent = last.get(persons) or (list(last.values())[-1] if alone else ())
            members = recent or _prominent(clusters, m, persons=persons)
            if members:
                out[m.index] = members
        elif not m.members and m.text.lower() == "both" and last:
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
