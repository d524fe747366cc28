"""Where the names of a text are: capitalisation first, corrected by the gazetteer and the entity recogniser.

The recogniser is one witness among three, because it misses names that spelling and knowledge make plain: runs of
capitalised words are cut into nationality, title and name, organisations are followed through their "of" and "for".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.lookup import lookup
from kg.extract.mentions.capitals import LONGEST, capitals
from kg.extract.mentions.labels import known_type, unknown_type
from kg.extract.mentions.name import Name
from kg.extract.mentions.runs import (
    HONOURS,
    article_before,
    beyond_nickname,
    beyond_particles,
    body_ahead,
    counted_body,
    heads_body,
    is_affix,
    is_honoured,
    is_linked_on,
    is_newspaper,
    is_office,
    is_pair,
    is_part_of_person,
    is_syllabic,
    is_torn_person,
    numbered,
    of_members,
    office_start,
    portfolio,
    second_syllable,
)
from kg.extract.syntax.repair_names import is_given
from kg.extract.syntax.tree import Tree
from kg.extract.words import ORG_HEADS, ORG_LINKS, TITLE_HEADS, TITLES, WEAK_ORG_HEADS
from kg.model import EntityType, Gazetteer, Known

ARABIC = re.compile(r"(?:al|el|an|as|ash|at|ad|ar)-[A-Z]")
ACRONYM = 5  # letters: names in capitals up to this length may be acronyms

Entities = Sequence[tuple[int, int, str]]  # first token, last token, label


def find_names(tree: Tree, entities: Entities, gazetteer: Gazetteer, text: str) -> list[Name]:
    """All names in text order, not overlapping. Linear in the length of the text."""
    return _Finder(tree, entities, gazetteer, text).names()


class _Finder:
    """The working state of one text: capitalised tokens, entity labels, gazetteer."""

    def __init__(self, tree: Tree, entities: Entities, gazetteer: Gazetteer, text: str) -> None:
        self.tree = tree
        self.gazetteer = gazetteer
        self.text = text
        self.entity: dict[int, int] = {}
        self.entities = entities
        for k, (first, last, _) in enumerate(entities):
            self.entity.update(dict.fromkeys(range(first, last + 1), k))
        marked = {i for i, k in self.entity.items() if entities[k][2] != "DATE"}
        people = {i for i, k in self.entity.items() if entities[k][2] == "PERSON"}
        self.capital = capitals(tree, marked, people, lambda first, last: bool(self._known(first, last)))

    def names(self) -> list[Name]:
        out: list[Name] = []
        i = 0
        while i < len(self.tree):
            if not self.capital[i]:
                i += 1
                continue
            last = self._run(i)
            joined = self._joined(i, last)
            begin = article_before(self.tree, i)
            start = portfolio(self.tree, i, joined, self._label, self._known)
            found = self._split(start, joined)
            if begin < i and found and found[0].first == i:
                known = self._known(begin, found[0].last)
                kind = self._type(begin, found[0].last, known) if known else found[0].type
                found[0] = replace(found[0], first=begin, type=kind, known=known)  # al-Qaida
            elif start > i and found and found[0].type is EntityType.PERSON:
                found[0] = replace(found[0], title=i - 2)
            out += [name for name in found if not is_affix(self.tree, name.first, name.last)]
            i = joined + 1
        return out

    def _run(self, first: int) -> int:
        """The last token of the capitalised run that begins here, particles and tight hyphens included."""
        tree, last = self.tree, first
        while True:
            nxt = last + 1
            if nxt >= len(tree) or tree.sentence[nxt] != tree.sentence[first]:
                return last
            if self.capital[nxt] and "\n" not in self.text[tree.end[last] : tree.begin[nxt]]:
                last = nxt
                continue
            after = nxt + 1
            if numbered(tree, last):
                return after
            within = self._entity(last)
            if within and within[2] == "PERSON" and is_linked_on(tree, last, within[1]):
                last = within[1]  # "Bashar al-Assad", whatever stands before it
                continue
            person = self._label(first) in ("PERSON", "")
            if person and ARABIC.match(tree.word[nxt]):
                last = nxt
                continue
            further = beyond_particles(tree, nxt, self.capital) or beyond_nickname(tree, last, self.capital)
            if last > first or self._label(last) == "PERSON":
                further = second_syllable(tree, last) or further
            if further is not None and (person or second_syllable(tree, last) or article_before(tree, further) == nxt):
                last = further
                continue
            if after >= len(tree) or not self.capital[after] or tree.sentence[after] != tree.sentence[first]:
                return last
            tight = tree.begin[nxt] == tree.end[last] and tree.begin[after] == tree.end[nxt]
            hyphen = (
                tree.word[nxt] in ("-", "–") and tight and not (self._known(last, last) and self._known(after, after))
            )
            one = last in self.entity and self.entity.get(last) == self.entity.get(after)
            possessive = of_members(tree, last, nxt) and (one or body_ahead(tree, after, self.capital))
            if not (hyphen or possessive or tree.word[nxt] == "&"):
                return last
            last = after

    def _joined(self, first: int, last: int) -> int:
        """Follow "of", "for" and "of the" to further capitals in the name of a body, place or event, or one entity."""
        tree = self.tree
        while True:
            last = counted_body(tree, last) or last
            nxt = last + 1
            if nxt + 1 < len(tree) and tree.word[nxt] == "," and self.capital[nxt + 1] and self._known(last, nxt + 1):
                last = nxt + 1  # "Washington, D.C."
                continue
            if nxt >= len(tree) or tree.lower[nxt] not in (*ORG_LINKS, "and", "on"):
                return last
            target = nxt + 1
            if target < len(tree) and tree.lower[target] == "the":
                target += 1
            same = target < len(tree) and tree.sentence[target] == tree.sentence[first]
            if not same or not self.capital[target]:
                return last
            one_entity = last in self.entity and self.entity.get(last) == self.entity.get(target)
            if tree.lower[nxt] == "and":
                inside = any(tree.lower[k] in ORG_LINKS for k in range(first, last))
                two = first == last and is_pair(tree, first, target, self.capital)
                if two or not (one_entity or (inside and self._coordinated(first, last, target))):
                    return last
            elif tree.lower[nxt] == "on":
                if not one_entity:
                    return last
            else:
                begun = any(tree.lower[k] in ORG_LINKS for k in range(first, last))
                if not (one_entity or begun or heads_body(tree, last) or self._known(first, self._run(target))):
                    return last
            last = self._run(target)

    def _coordinated(self, first: int, last: int, target: int) -> bool:
        """Whether "and" goes on within a name: by the tree, or between two plurals ("League of Towns and Parishes")."""
        tree = self.tree
        if self._known(target, target):
            return False
        plural = tree.lower[last].endswith("s") and tree.lower[target].endswith("s") and not self._known(last, last)
        alone = target + 1 >= len(tree) or not self.capital[target + 1]
        return (first <= tree.head[target] <= last and tree.dep[target] == "conj") or (plural and alone)

    def _split(self, first: int, last: int) -> list[Name]:
        """The names within one run of capitals."""
        if first > last:
            return []
        if known := self._known(first, last):
            return [Name(first, last, self._type(first, last, known), known)]
        if self._is_org(first, last) or is_newspaper(self.tree, first, last):
            return [Name(first, last, EntityType.ORG)]
        title = self._last_title(first, last)
        if title is not None:
            start = self._title_start(first, title)
            person = Name(title + 1, last, EntityType.PERSON, self._known(title + 1, last), start)
            return [*self._split(first, start - 1), person]
        if is_office(self.tree, first, last, self._label(first)):
            return []
        office = office_start(self.tree, first, last, self._label(last))
        if office is not None:
            return self._split(first, office - 1)
        entity = self.entity.get(first)
        if entity is not None and self.entities[entity][:2] == (first, last) and first < last:
            return [self._bare(first, last)]
        prefix = self._longest(first, last)
        if prefix is not None and is_torn_person(self.tree, self._known(first, prefix), prefix, self.entity):
            prefix = None
        if prefix is not None and prefix < last and not self._one_entity(first, last):
            end = prefix if self.tree.word[prefix + 1] not in ("-", "–") else prefix + 1
            known = self._known(first, prefix)
            return [Name(first, prefix, self._type(first, prefix, known), known), *self._split(end + 1, last)]
        cut = self._entity_cut(first, last) if not is_given(self.tree, first) else None
        if cut is not None:
            return [*self._split(first, cut), *self._split(cut + 1, last)]
        return [self._bare(first, last)]

    def _bare(self, first: int, last: int) -> Name:
        """A run that is one name which no table knows."""
        return Name(first, last, self._type(first, last, ()))

    def _is_person(self, first: int, last: int) -> bool:
        return any(known.type is EntityType.PERSON for known in self._known(first, last))

    def _is_org(self, first: int, last: int) -> bool:
        """Whether the run ends, or ends before its first "of", in a word for an organisation."""
        if last - 2 >= first and counted_body(self.tree, last - 2) == last:
            return True
        stop = next((k - 1 for k in range(first + 1, last) if self.tree.lower[k] in ORG_LINKS), last)
        lower = self.tree.lower[stop]
        if lower in WEAK_ORG_HEADS:
            return stop > first and self._label(stop) == "ORG"
        if lower not in ORG_HEADS:
            return False
        return stop > first or stop < last

    def _last_title(self, first: int, last: int) -> int | None:
        """The last title word of a run that something follows; its entity label must not speak against a person."""
        for k in range(last - 1, first - 1, -1):
            labels = ("", "PERSON", "NORP", "GPE", "LOC", *(("ORG",) if self.tree.lower[k] in HONOURS else ()))
            fits = self._label(k + 1) in labels or self._is_person(k + 1, last)
            if {self.tree.lower[k], self.tree.lower[k].removesuffix("s")} & TITLE_HEADS and fits:
                if is_part_of_person(self.tree, k, self._entity(k)):
                    continue
                return k if self.tree.lower[last] not in ORG_HEADS else None
        return None

    def _title_start(self, first: int, title: int) -> int:
        """The first word of a title: what stands before it is a state, an organisation or a nationality."""
        prefix = self._longest(first, title)
        if prefix is not None and prefix < title:
            return prefix + 1
        start = title
        while start > first and self.tree.lower[start - 1] in TITLES:
            start -= 1
        ahead = range(first, start)
        if any(self._label(k) in ("ORG", "GPE", "LOC") for k in ahead):
            return start
        return first

    def _entity_cut(self, first: int, last: int) -> int | None:
        """Where one entity ends and another of a different kind begins."""
        for k in range(first, last):
            here, there = self.entity.get(k), self.entity.get(k + 1)
            if here is not None and there is not None and here != there and self._label(k) != self._label(k + 1):
                return k
        return None

    def _one_entity(self, first: int, last: int) -> bool:
        entity = self._entity(first)
        return entity is not None and entity == self._entity(last) and entity[2] != "PERSON"

    def _longest(self, first: int, last: int) -> int | None:
        """The last token of the longest gazetteer name that begins here."""
        for k in range(min(last, first + LONGEST - 1), first - 1, -1):
            if self.tree.sentence[k] == self.tree.sentence[first] and self._known(first, k):
                return k
        return None

    def _known(self, first: int, last: int) -> tuple[Known, ...]:
        surface = self.text[self.tree.begin[first] : self.tree.end[last]]
        found = lookup(self.gazetteer, surface)
        if not found and surface.endswith("s") and len(surface) > 4:
            found = tuple(k for k in lookup(self.gazetteer, surface[:-1]) if k.sense == "demonym")
        if found and len(surface) == 2 and not surface.isupper():
            return ()
        if first == last and first and self.tree.lower[first - 1] != "the":
            found = tuple(k for k in found if k.label.lower() != f"the {surface.lower()}")  # no god of "The Hindu"
        if surface.isupper() and len(surface) <= ACRONYM and self._label(first) == "ORG":
            found = tuple(
                k for k in found if k.type not in (EntityType.GPE, EntityType.LOC) or k.sense != "name"
            )  # "ISNA" is not in Egypt
        return found

    def _entity(self, i: int) -> tuple[int, int, str] | None:
        return self.entities[self.entity[i]] if i in self.entity else None

    def _label(self, i: int) -> str:
        entity = self._entity(i)
        return "" if entity is None else entity[2]

    def _type(self, first: int, last: int, known: Sequence[Known]) -> EntityType | None:
        labels = [x for k in range(first, last + 1) if (x := self._label(k)) and x != "DATE"]
        label = max(labels, key=labels.count, default="")
        if known:
            fitting = [k for k in known if k.type == label and k.sense != "seat"]
            return known_type((fitting or known)[0], label, self.gazetteer)
        if is_syllabic(self.tree, first, last) or is_given(self.tree, first) or is_honoured(self.tree, first, last):
            return EntityType.PERSON
        if first < last and any(k.sense == "demonym" for k in self._known(last, last)) and label != "PERSON":
            return EntityType.NORP  # "Lithuanian Americans"
        return unknown_type(self.tree, first, last, label)
