"""Names of ships: "the frigate Admiral Essen" names neither an admiral nor a city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.mentions.name import Name
from kg.extract.syntax.tree import Tree
from kg.extract.words import word_set

NOUNS = word_set(
    "ship vessel tanker frigate destroyer cruiser corvette submarine warship battleship gunboat minesweeper freighter"
    " trawler ferry yacht schooner tugboat icebreaker battlecruiser steamer steamship lifeboat speedboat ocean-liner"
    " supertanker containership cutter"
)
"""Words for a ship, right before its name."""
COMPOUNDS = frozenset({("aircraft", "carrier"), ("bulk", "carrier"), ("cruise", "liner"), ("landing", "craft")})
PREFIXES = frozenset("USS HMS HMAS HMCS HMNZS INS MV MS SS RMS USNS USCGC BRP RV RFA JS ROKS TCG".split())
"""What navies and owners set before a ship's name."""
_HELD = frozenset("appos flat nmod compound".split())
_QUOTES = frozenset("\"“”'‘’«»")


def without_ships(tree: Tree, names: Sequence[Name]) -> Iterator[Name]:
    """Give the names, those of ships without a type and without what tables know by them.

    A text that calls something a ship means the ship where it names it again with an article: "the Essen".
    """
    told = {i for i, name in enumerate(names) if _is_told(tree, name)}
    words = {tree.word[k] for i in told for k in (names[i].first, names[i].last)}
    whole = {_text(tree, names[i]) for i in told}
    for i, name in enumerate(names):
        again = tree.word[name.last] in words and tree.lower[name.first - 1] == "the" and name.first > 0
        if i in told or (again and any(text.endswith(_text(tree, name)) for text in whole)):
            yield replace(name, type=None, known=())
        else:
            yield name


def _text(tree: Tree, name: Name) -> str:
    return " ".join(tree.word[name.first : name.last + 1])


def _is_told(tree: Tree, name: Name) -> bool:
    """Whether a name is said to be a ship's: by what it begins with or by the noun before it."""
    if tree.word[name.first] in PREFIXES and name.last > name.first:
        return True
    before = name.first - 1 if name.title is None else min(name.title, name.first) - 1
    while before >= 0 and tree.word[before] in _QUOTES:
        before -= 1
    if before < 0 or tree.sentence[before] != tree.sentence[name.first] or tree.word[before] == ",":
        return False
    if tree.word[before] in PREFIXES:
        return True
    pair = (tree.lower[before - 1], tree.lower[before]) if before else ("", "")
    if tree.lower[before] not in NOUNS and pair not in COMPOUNDS:
        return False
    own = range(before + 1, name.last + 1)
    if tree.head[before] in own:
        return True  # "the frigate Essen fired": the noun hangs on the name
    return any(tree.head[k] == before and tree.dep[k].split(":")[0] in _HELD for k in own)  # not "the ship Iran seized"
