"""What a mention is: person, body, place, people or happening, from its name and its head noun."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.mentions.name import Name
from kg.extract.syntax.tree import Tree
from kg.extract.words import (
    BODY_NOUNS,
    COLLECTIVES,
    FEMALE_NOUNS,
    FEMALE_TITLES,
    GEOGRAPHY,
    GROUP_NOUNS,
    MALE_NOUNS,
    MALE_TITLES,
    MEETING_NOUNS,
    ORG_HEADS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    REGION_NOUNS,
    WAR_NOUNS,
)
from kg.model import EntityType, MentionKind

PLACE_MARKERS = frozenset({"in", "at", "near", "outside", "inside"})
PEOPLE = frozenset({"community", "people", "tribe", "clan", "nation", "minority"})
QUANTIFIERS = frozenset("every each any no either neither".split())
"""Determiners of a person who is nobody in particular: "every captive" is no one's name."""
FEASTS = frozenset({"holiday", "festival", "celebration", "games"})


def mention_type(
    name: Name | None,
    kind: MentionKind,
    tree: Tree,
    head: int,
    number: str,
    proper: Sequence[tuple[str, Name]],
    grouped: bool,
) -> EntityType | None:
    """The type of a mention. `proper` are the names that modify its head, with relation or preposition."""
    if name is not None:
        return name.type
    if kind is MentionKind.PRONOUN or grouped:
        return None
    lemma = tree.lemma[head]
    if lemma in WAR_NOUNS and any(n.type in (EntityType.GPE, EntityType.NORP, EntityType.LOC) for _, n in proper):
        return EntityType.EVENT
    if lemma in MEETING_NOUNS and _has_place(proper):
        return EntityType.EVENT
    if lemma in GROUP_NOUNS and number == "Plur":
        return EntityType.NORP if _is_of_a_people(proper) else None
    if lemma in BODY_NOUNS and (number != "Plur" or lemma in COLLECTIVES):
        return EntityType.ORG
    if any(tree.lower[c] in QUANTIFIERS for c in tree.each(head, "det")):
        return None
    counted = tree.child(head, "det", "nmod:poss", "nummod", "amod", "nmod") is not None
    if lemma in PERSON_NOUNS and number != "Plur" and (counted or tree.dep[head] == "appos"):
        return EntityType.PERSON
    return None


def _has_place(proper: Sequence[tuple[str, Name]]) -> bool:
    """Whether a happening is told apart by where it is: "the Istanbul talks", "the gathering in Istanbul"."""
    return any(
        n.type in (EntityType.GPE, EntityType.LOC) and (how in PLACE_MARKERS or how == "compound") for how, n in proper
    )


def _is_of_a_people(proper: Sequence[tuple[str, Name]]) -> bool:
    kinds = (EntityType.NORP, EntityType.GPE, EntityType.ORG)
    return any(n.type in kinds and how in ("amod", "compound", "nmod:poss") for how, n in proper)


def is_pattern_name(name: Name, bare: str, noun: str) -> EntityType | None:
    """The type of a name completed by a common noun ("Mau district"), None where the noun does not complete it.

    `bare` is the name in lower case: "the Gulf state" has no name of its own.
    """
    state = bool(name.known) and name.known[0].sense in ("demonym", "seat", "alias")
    if name.type is EntityType.PERSON or bare in GEOGRAPHY:
        return None
    land = bool(name.known) and name.known[0].type is EntityType.LOC  # "the West Bank city of Nablus"
    if noun in REGION_NOUNS and name.type is not EntityType.ORG and not state and not land:
        return EntityType.GPE
    if noun in PLACE_NOUNS and name.type is not EntityType.ORG and not name.known:
        return EntityType.LOC
    if noun in PEOPLE and not name.known:
        return EntityType.NORP
    if noun in FEASTS and not name.known:
        return EntityType.EVENT
    whole = bare.rpartition(" ")[2] in ORG_HEADS and name.type is EntityType.ORG  # "Security Assistance Force mission"
    if noun in BODY_NOUNS and not name.known and not whole and name.type in (EntityType.ORG, None):
        return EntityType.ORG
    return None


def gender_of(tree: Tree, tokens: Iterable[int], kind: EntityType | None) -> str:
    """Gender as titles and nouns tell it; places and bodies are neuter."""
    if kind in (EntityType.ORG, EntityType.GPE, EntityType.LOC, EntityType.EVENT):
        return "neut"
    words = {w for i in tokens for w in (tree.lower[i], tree.lemma[i])}
    if words & (FEMALE_TITLES | FEMALE_NOUNS):
        return "fem"
    return "masc" if words & (MALE_TITLES | MALE_NOUNS) else ""
