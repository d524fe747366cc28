"""Which people of different documents are one: by their names, what they are, and whom they appear with.

Full names are one person's unless something speaks against it. A lone surname, or one with an initial, is nobody's
until its own document gives evidence: the same office, or the same others around it in the same weeks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from kg.entities.linking_groups import Groups, Join, grouped
from kg.entities.linking_roles import Roles, agree, contradict, telling
from kg.entities.names import sound
from kg.entities.names_persons import Fit, PersonName, fit, person_keys, surname

NEARBY = 8
"""So many of the others around a person are looked at, people before bodies before places."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of one document, or one whom knowledge knows: then `known` is the key, and `iri` its first member's.

    `around` are words for the other actors of the document, `month` counts months, -1 where no date is known. `settled`
    are the roles that hold of somebody known in every document; None means `roles`.
    """

    iri: str
    document: str
    name: PersonName
    roles: Roles
    known: str = ""
    around: tuple[str, ...] = ()
    month: int = -1
    settled: Roles | None = None


@dataclass(slots=True)
class _Bucket:
    """People whose names and roles read the same: one node of the decisions."""

    first: Person
    members: list[int] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Grouping:
    """The outcome: for every person the number of its group, the joins by person, and rivals of those left alone."""

    group: tuple[int, ...]
    joins: dict[int, Join]
    rivals: dict[int, tuple[int, ...]]


def group_people(people: Sequence[Person]) -> Grouping:
    """Group people; see the module. `people` are sorted by IRI."""
    buckets = _buckets(people)
    full = [number for number, bucket in enumerate(buckets) if not is_short(bucket.first)]
    joins, apart = _full_joins(buckets, full)
    groups, held = grouped(len(buckets), joins, apart)
    told = {member: join for join in held for number in (join.one, join.other) for member in buckets[number].members}
    rivals = _place_short(buckets, people, groups, told)
    group = [0] * len(people)
    for number, bucket in enumerate(buckets):
        for member in bucket.members:
            group[member] = groups.root(number)
    return Grouping(tuple(group), told, rivals)


def is_short(person: Person) -> bool:
    """Whether the name is a lone surname, or one with an initial, that knowledge does not know."""
    return not person.known and (person.name.is_short or len(person.name.parts[0]) == 1)


def told_as(person: Person) -> str:
    """Give what is compared of a full name that knowledge does not know: whoever is told of alike is one node."""
    name, roles = person.name, person.roles
    told = (name.parts, (name.suffix,), sorted(roles.states), sorted(roles.fields), (roles.sex,))
    return "|".join(" ".join(some) for some in told)


def _buckets(people: Sequence[Person]) -> list[_Bucket]:
    """One bucket for every name with its roles; a short name's bucket is its document's alone."""
    found: dict[object, _Bucket] = {}
    for number, person in enumerate(people):
        key: object = person.known or ((person.name, person.document) if is_short(person) else (told_as(person),))
        bucket = found.setdefault(key, _Bucket(replace(person, roles=person.settled or person.roles)))
        bucket.members.append(number)
        bucket.documents.add(person.document)
    return list(found.values())


def _full_joins(buckets: Sequence[_Bucket], full: Sequence[int]) -> tuple[list[Join], list[tuple[int, int]]]:
    """Joins and pairs to keep apart among full names that share the sounds of two words."""
    blocks: dict[frozenset[str], list[int]] = defaultdict(list)
    for number in full:
        for key in person_keys(buckets[number].first.name):
            blocks[key].append(number)
    joins: dict[tuple[int, int], Join] = {}
    apart: set[tuple[int, int]] = set()
    for block in blocks.values():
        for pair in combinations(block, 2):
            if pair not in joins and pair not in apart:
                join = _full_join(*pair, buckets[pair[0]], buckets[pair[1]])
                if join is None:
                    apart.add(pair)
                else:
                    joins[pair] = join
    return [joins[pair] for pair in sorted(joins) if joins[pair].confidence], sorted(apart)


def _full_join(one: int, other: int, a: _Bucket, b: _Bucket) -> Join | None:
    """Join two full names, None if they have to stay apart; a join of confidence 0 leaves it open.

    Father and son, or two people whom one document tells apart, are never one. Nor are people of one name who serve
    different states or have callings that exclude each other.
    """
    found = fit(a.first.name, b.first.name)
    if found is Fit.APART or (a.first.known and b.first.known) or contradict(a.first.roles, b.first.roles):
        return None
    if found < Fit.SAME and a.documents & b.documents:
        return None
    office = agree(a.first.roles, b.first.roles)
    states = a.first.roles.states & b.first.roles.states
    if found is Fit.PARTIAL:
        return Join(one, other, 0.7 if office else 0.0, "same-office-and-part-of-name", office)
    if found is Fit.CLOSE:
        return Join(one, other, 0.85 if office or states else 0.8, "same-person-name-but-a-part", office)
    return Join(one, other, 0.95 if office or states else 0.9, "same-person-name", office or " ".join(sorted(states)))


def _place_short(
    buckets: Sequence[_Bucket], people: Sequence[Person], groups: Groups, told: dict[int, Join]
) -> dict[int, tuple[int, ...]]:
    """Give short names to the one full name that evidence leads to, then join those that remain with each other."""
    short = {number for number, bucket in enumerate(buckets) if is_short(bucket.first)}
    sounds = {sound(surname(buckets[number].first.name)) for number in short}
    index: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, bucket in enumerate(buckets):
        if number not in short:
            for member in bucket.members:
                for _, key in _evidence(people[member], sounds):
                    index[key].add(number)
    rivals: dict[int, tuple[int, ...]] = {}
    left: list[int] = []
    for number in sorted(short):
        person = buckets[number].first
        best, confidence, why = _targets(person, sounds, index, buckets, groups)
        if len(best) == 1:
            groups.unite(number, min(best))
            join = Join(number, min(best), confidence, "short-name-with-evidence-of-its-document", why)
            told.update((member, join) for member in buckets[number].members)
        elif best:
            rivals.update((member, tuple(sorted(best))) for member in buckets[number].members)
        else:
            left.append(number)
    _join_short(left, buckets, sounds, groups, told)
    return {member: tuple(buckets[n].members[0] for n in found) for member, found in rivals.items()}


def _targets(
    person: Person,
    sounds: set[str],
    index: dict[tuple[str, ...], set[int]],
    buckets: Sequence[_Bucket],
    groups: Groups,
) -> tuple[set[int], float, str]:
    """The groups to which the best evidence for a short name leads, how good it is, and its words."""
    found: dict[float, dict[int, str]] = defaultdict(dict)
    for confidence, key in _evidence(person, sounds):
        for number in sorted(index.get(key, ())):
            other = buckets[number]
            fits = fit(person.name, other.first.name) is not Fit.APART
            if fits and person.document not in other.documents and not contradict(person.roles, other.first.roles):
                found[confidence].setdefault(groups.root(number), " ".join(key[2:]))
    if not found:
        return set(), 0.0, ""
    best = max(found)
    return set(found[best]), best, min(found[best].values())


def _join_short(
    left: Sequence[int], buckets: Sequence[_Bucket], sounds: set[str], groups: Groups, told: dict[int, Join]
) -> None:
    """Join short names that no full name claims, where documents of one quarter give the same evidence.

    So what a new document may join does not grow with the years; over longer times a full name holds them together.
    """
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    joins: list[Join] = []
    apart: list[tuple[int, int]] = []
    for number in left:
        person = buckets[number].first
        for confidence, found_key in _evidence(person, sounds):
            key = (_quarter(person), *found_key)
            for other in index[key][:1]:
                mate = buckets[other].first
                if other == number:
                    continue
                if fit(person.name, mate.name) is not Fit.APART and not contradict(person.roles, mate.roles):
                    joins.append(Join(other, number, confidence, "short-names-with-same-evidence", " ".join(key[3:])))
                else:
                    apart.append((other, number))
            index[key].append(number)
    found, held = grouped(groups.size, joins, apart)
    for join in held:
        if found.root(join.one) == found.root(join.other):
            groups.unite(join.one, join.other)
            told.update((member, join) for number in (join.one, join.other) for member in buckets[number].members)


def _evidence(person: Person, sounds: set[str]) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Index keys under which a short name meets what it can belong to, each with how much it is worth.

    An office with its state is most; an office with somebody who stands beside it in both documents comes next, then
    two others beside it. Others count within neighbouring months only, for company changes.
    """
    words = [word for word in sounds_of(person) if word in sounds]
    months = _months(person)
    around = person.around[:NEARBY]
    offices = telling(person.roles)
    for word in words:
        for office in offices:
            for state in sorted(person.roles.states):
                yield 0.85, (word, "office", office, state)
            for month in months:
                for item in around:
                    yield 0.75, (word, month, office, item)
        for month in months:
            for pair in combinations(around, 2):
                yield 0.7, (word, month, *pair)


def sounds_of(person: Person) -> tuple[str, ...]:
    """The sounds under which a name can be looked for: the last word's, and of a full name the first's."""
    words = person.name.words
    return tuple(dict.fromkeys(sound(word) for word in (words[-1:] if is_short(person) else words[-1:] + words[:1])))


def _months(person: Person) -> tuple[str, ...]:
    return (str(person.month), str(person.month + 1)) if person.month >= 0 else ("",)


def _quarter(person: Person) -> str:
    return str(person.month // 3) if person.month >= 0 else ""


HELD = "held "
"""How the key of an office begins that somebody holds."""


def meeting_keys(person: Person) -> tuple[str, ...]:
    """Index keys, fewer than the evidence has: who shares no such key shares no evidence either."""
    months = [f"meet {month}" for month in _months(person)] if person.around else []
    held = [f"{HELD}{office} {state}" for office in telling(person.roles) for state in sorted(person.roles.states)]
    return tuple(f"{key} {word}" for word in sounds_of(person) for key in (*months, *held))


def quarter_keys(person: Person) -> tuple[str, ...]:
    """Index keys under which short names meet each other."""
    return tuple(f"lone {_quarter(person)} {word}" for word in sounds_of(person))


def share_evidence(one: Person, other: Person) -> bool:
    """Whether two people, of whom one has a short name, share evidence of being one."""
    if is_short(one) and is_short(other) and _quarter(one) != _quarter(other):
        return False
    sounds = {sound(surname(some.name)) for some in (one, other) if is_short(some)}
    return not {key for _, key in _evidence(one, sounds)}.isdisjoint(key for _, key in _evidence(other, sounds))
