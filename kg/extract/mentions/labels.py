"""What a name names: knowledge of states and bodies first, then its head word, then the entity recogniser."""

from __future__ import annotations

import re

from kg.extract.lookup import is_state
from kg.extract.syntax.tree import Tree
from kg.extract.words import (
    GEOGRAPHY,
    HOLIDAYS,
    NAMED_EVENT_HEADS,
    PLACE_NOUNS,
    REGION_NOUNS,
    TEXTS,
    TITLE_HEADS,
)
from kg.model import EntityType, Gazetteer, Known

_COUNTED = re.compile(r"G-?\d{1,2}")
"""The short name of a body that is called by the number of its members."""


def known_type(known: Known, label: str, gazetteer: Gazetteer) -> EntityType:
    """The type of a name in the gazetteer; a person may bear a city's name, never a state's."""
    if known.sense == "demonym":
        return EntityType.NORP
    place = known.type is EntityType.GPE and known.sense == "name"
    if place and label == "PERSON" and not is_state(gazetteer, known):
        return EntityType.PERSON
    return known.type


def unknown_type(tree: Tree, first: int, last: int, label: str) -> EntityType | None:
    """The type of a name that no table knows, from token `first` to `last`, with the recogniser's `label` or ""."""
    if tree.lower[last] in HOLIDAYS and label != "PERSON":
        return EntityType.EVENT
    if _is_text(tree, first, last, label):
        return None
    if first < last and label != "PERSON":
        found = _by_head(_head_word(tree, first, last), label)
        if found is not None:
            return found
    if _COUNTED.fullmatch("".join(tree.word[first : last + 1])):
        return EntityType.ORG  # "the G20", "the G-8"
    if label:
        return EntityType(label) if label in EntityType.__members__ else None
    before = first - 1
    if before >= 0 and tree.lower[before] == "the" and tree.word[last].endswith("s") and tree.pos[last] != "ADJ":
        return EntityType.ORG  # "the Moderates", "the Liberals": parties and teams
    if before >= 0 and tree.lower[before] in TITLE_HEADS and tree.pos[before] in ("NOUN", "PROPN"):
        return EntityType.PERSON
    return None


def _is_text(tree: Tree, first: int, last: int, label: str) -> bool:
    """Whether a name is a law's, a treaty's or a prize's, which are nobody and nowhere: "the Clean Air Act".

    One word is with an article ("the Constitution"); a person may be called Bill.
    """
    if label == "PERSON" or _head_word(tree, first, last) not in TEXTS:
        return False
    return first < last or (first > 0 and tree.dep[first - 1] == "det")


def _head_word(tree: Tree, first: int, last: int) -> str:
    """The word that says what the thing is: before "of", else the last."""
    return next((tree.lower[k - 1] for k in range(first + 1, last) if tree.lower[k] == "of"), tree.lower[last])


def _by_head(head: str, label: str) -> EntityType | None:
    if head in GEOGRAPHY:
        return EntityType.LOC
    if head in NAMED_EVENT_HEADS:
        return EntityType.EVENT
    if head in PLACE_NOUNS and label != "ORG":
        return EntityType.LOC
    return EntityType.GPE if head in REGION_NOUNS and label != "ORG" else None
