"""Appositions: a name and a description side by side are one thing, a long name and its short form as well."""

from __future__ import annotations

import re

from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.words import name_of
from kg.extract.words import PERSON_NOUNS
from kg.model import EntityType, Mention, MentionKind

APART = 2  # characters of ", " between a name and its apposition
PLACED = frozenset({EntityType.PERSON, EntityType.GPE, EntityType.LOC})
"""After these, another name in parentheses may be a party, an agency, a larger place."""


def appositions(clusters: Clusters) -> None:
    """ "The spokesman, Dmitry Peskov": by the parser's word, or side by side with a comma between. Rule: apposition."""
    mentions = clusters.mentions
    listed = {i for m in mentions if len(m.members) > 2 for i in m.members}
    ending: dict[int, Mention] = {}
    for m in mentions:
        if not m.members:
            ending.setdefault(m.span.end, m)  # the widest phrase that ends there comes first
    for m in mentions:
        if m.members:
            continue
        other = mentions[m.apposition_of] if m.apposition_of is not None else None
        if other is not None and _apposed(other, m):
            clusters.join(other.index, m.index, "apposition")
            continue
        if other is not None and other.kind is MentionKind.NAME and _is_body(clusters, m, other):
            clusters.join(other.index, m.index, "apposition")
            clusters.set_type(m.index, EntityType.ORG)
            continue
        other = ending.get(m.span.begin - APART)
        if other is None or other.sentence != m.sentence or (m.index in listed and other.index in listed):
            continue
        described, name = (m, other) if m.kind is MentionKind.NOMINAL else (other, m)
        if described.kind is not MentionKind.NOMINAL or name.kind is not MentionKind.NAME:
            continue
        if _is_body(clusters, described, name):
            clusters.join(other.index, m.index, "apposition")
            clusters.set_type(m.index, EntityType.ORG)
            continue
        office_of = described.head_lemma in PERSON_NOUNS and described.number != "plur"
        if office_of and described.type is EntityType.PERSON and _may_be_person(clusters, name, described):
            clusters.join(other.index, m.index, "apposition")
            clusters.set_type(m.index, EntityType.PERSON)


def _is_body(clusters: Clusters, described: Mention, name: Mention) -> bool:
    """ "A monitoring body in Kyiv, Clear Count", "Clear Count, a body that monitors": an unknown name is the body's."""
    unknown = not clusters.key.get(clusters.root(name.index)) and name.type not in (EntityType.PERSON, EntityType.EVENT)
    body = described.type is EntityType.ORG and described.determiner == "indefinite" and described.number != "plur"
    apposed = name.relation == "appos" if described.index < name.index else described.apposition_of == name.index
    return unknown and body and described.kind is MentionKind.NOMINAL and apposed


def _may_be_person(clusters: Clusters, name: Mention, described: Mention) -> bool:
    """An unknown name of two words right after an office is a person's, whatever the recogniser took it for."""
    unknown = not clusters.key.get(clusters.root(name.index)) and name.type is not EntityType.EVENT
    after = described.index < name.index and name.span.begin >= described.span.end
    return name.type is EntityType.PERSON or (unknown and after and " " in name_of(name))


def _apposed(a: Mention, b: Mention) -> bool:
    """Two names are apposed only as long and short form; a name and a description only where their types agree."""
    if a.kind is MentionKind.NAME and b.kind is MentionKind.NAME:
        short, long = sorted((name_of(a), name_of(b)), key=len)
        initials = "".join(w[0] for w in re.findall(r"[A-Z]\w*", long))
        alike = a.type == b.type or not {a.type, b.type} & PLACED
        return (short.isupper() and alike) or short.replace(".", "") == initials
    if a.number and b.number and a.number != b.number:
        return False
    described = [x for x in (a, b) if x.kind is MentionKind.NOMINAL]
    named = EntityType.PERSON in (a.type, b.type)  # "the group's organiser, Nadia Brandt"
    fit = ("definite", "indefinite", "possessive") if named else ("definite", "indefinite")
    if any(x.determiner not in fit and x.head_lemma not in PERSON_NOUNS for x in described):
        return False
    types = {t for t in (a.type, b.type) if t is not None}
    named = EntityType.GPE in types or EntityType.LOC in types
    return len(types) <= 1 and not named
