"""Who is who and which accounts tell of one event: decisions about records, without RDF.

Decisions look at two records and use no counts over the corpus; what is decided joins into components, and a component
that contradicts itself falls apart. So the order in which documents arrive changes nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.model import EntityType, Gazetteer, Known
from kg.vocab import ENTITY_CLASSES

_TYPES = {name: EntityType(kind) for kind, name in ENTITY_CLASSES.items()}
UNNAMED = "unnamed"
"""The reason why an actor stands for itself alone."""

_ARTICLES = re.compile(r"^(?:the|an?)\s+")


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of one document: `cls` is the local name of its class, `named` whether a mention of it is a name."""

    iri: str
    cls: str
    label: str
    named: bool


@dataclass(frozen=True, slots=True)
class Account:
    """An event of one document as one source tells it.

    `source` is the canonical key of who says so, "" the narrator. `value` is the number told as the text has it,
    `counted` what it counts, `time` an ISO date of any precision, each "" where there is none; `involved` are the
    canonical keys of named participants and places.
    """

    iri: str
    document: str
    cls: str
    label: str
    lemma: str = ""
    factuality: str = ""
    source: str = ""
    value: str = ""
    counted: str = ""
    time: str = ""
    involved: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Canonical:
    """One thing in the world: `key` makes its IRI, `members` are the document-scoped IRIs that stand for it."""

    key: str
    cls: str
    label: str
    members: tuple[str, ...]
    reason: str
    alternatives: tuple[str, ...] = ()
    wikidata: str = ""


def normalised(label: str) -> str:
    """Give the form in which two labels are compared: case, diacritics, a leading article and spacing do not count.

    >>> normalised("The  Rēzekne Council")
    'rezekne council'
    """
    text = unicodedata.normalize("NFKD", label.casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _ARTICLES.sub("", " ".join(text.replace("\u2019", "'").split()))


def known_as(actor: Actor, gazetteer: Gazetteer) -> Known | None:
    """Give what knowledge knows under this name and type, None if nothing or more than one thing.

    A name outranks an alias. A seat of government that is also a place ("Kyiv") is the place here, for who acts through
    it was decided in the text; one that is nothing else ("the Kremlin") is the state.
    """
    surfaces = (actor.label.casefold(), _ARTICLES.sub("", actor.label.casefold()), normalised(actor.label))
    for surface in dict.fromkeys(surfaces):
        fitting = [known for known in gazetteer.get(surface, ()) if known.type == _TYPES.get(actor.cls)]
        for senses in (("name",), ("name", "alias"), ("name", "alias", "seat")):
            found = [known for known in fitting if known.sense in senses]
            if found:
                return found[0] if found[0].id and _one_thing(found) else None
    return None


def _one_thing(found: list[Known]) -> bool:
    """Whether what one name may stand for is one thing: the city and its province of one state count as one."""
    if len({known.id for known in found}) == 1:
        return True
    return (
        found[0].type in (EntityType.GPE, EntityType.LOC) and len({known.country or known.id for known in found}) == 1
    )


def canonical_actors(actors: Iterable[Actor], gazetteer: Gazetteer) -> tuple[Canonical, ...]:
    """Merge actors of one type that knowledge knows as one thing, or that bear the same name.

    Actors without a name ("the spokesman", "390 prisoners") are never merged across documents.
    """
    groups: dict[str, list[Actor]] = defaultdict(list)
    known: dict[str, Known] = {}
    reasons: dict[str, str] = {}
    for actor in actors:
        found = known_as(actor, gazetteer) if actor.named else None
        if found:
            key, reason = found.id, "known-name"
            known[key] = found
        elif actor.named and actor.cls in _TYPES and normalised(actor.label):
            key, reason = _slug(_TYPES[actor.cls].lower(), normalised(actor.label)), "same-type-and-name"
        else:
            key, reason = _digest(actor.iri), UNNAMED
        groups[key].append(actor)
        reasons[key] = reason
    return tuple(_canonical(key, groups[key], known.get(key), reasons[key]) for key in sorted(groups))


def canonical_events(accounts: Iterable[Account]) -> tuple[Canonical, ...]:
    """Give each account its canonical event; accounts of one countable happening by different sources share one.

    A source that gives two figures within one such component speaks of two events, and nothing tells which of them the
    others mean: then each account keeps an event of its own.
    """
    every = sorted(accounts, key=lambda account: account.iri)
    component = {account.iri: [account] for account in every}
    for one, other in _candidates(every):
        left, right = component[one.iri], component[other.iri]
        if left is not right and tell_of_one(one, other):
            left.extend(right)
            component.update((account.iri, left) for account in right)
    out = []
    for account in every:
        group = sorted(component[account.iri], key=lambda member: member.iri)
        if not _consistent(group):
            group = [account]
        if group[0] is account:  # the first of a component speaks for it
            reason = "same-count-by-different-sources" if len(group) > 1 else "single-account"
            members = tuple(member.iri for member in group)
            out.append(Canonical(_digest(account.iri), account.cls, account.label, members, reason))
    return tuple(sorted(out, key=lambda canonical: canonical.key))


def tell_of_one(one: Account, other: Account) -> bool:
    """Whether two accounts that count the same things in the same kind of event tell of one happening.

    They are told as done, by different sources, at times that do not contradict each other. Within a document the
    narrator and somebody quoted have to use the same verb or noun, for articles give totals beside parts; across
    documents the day has to be the same and somebody or some place be named in both.
    """
    if _speaker(one) == _speaker(other) or one.cls != other.cls or one.counted.casefold() != other.counted.casefold():
        return False
    if not (one.time.startswith(other.time) or other.time.startswith(one.time)):
        return False
    if one.document == other.document:
        return bool(one.source and other.source) or one.lemma == other.lemma
    return len(one.time) == len(other.time) == len("2025-05-23") and bool(one.involved & other.involved)


def _candidates(accounts: Iterable[Account]) -> Iterator[tuple[Account, Account]]:
    """Pair accounts that can be of one event at all, so that not all are compared with all."""
    blocks: dict[tuple[str, ...], list[Account]] = defaultdict(list)
    for account in accounts:
        if account.value and account.counted and account.factuality == "Happened":
            kind = (account.cls, account.counted.casefold())
            blocks["document", account.document, *kind].append(account)
            if account.time:
                blocks["day", account.time, *kind].append(account)
    for block in blocks.values():
        yield from combinations(block, 2)


def _consistent(group: list[Account]) -> bool:
    values: dict[str, set[str]] = defaultdict(set)
    for account in group:
        values[_speaker(account)].add(account.value)
    return all(len(given) == 1 for given in values.values())


def _speaker(account: Account) -> str:
    return account.source or account.document


def _canonical(key: str, group: list[Actor], known: Known | None, reason: str) -> Canonical:
    labels = sorted({actor.label for actor in group}, key=lambda label: (-len(label), label))
    # of names that differ in case, article or diacritics only, the fuller spelling is the better one
    label = known.label if known else max(labels, key=lambda text: (len(text.encode()), text))
    return Canonical(
        key=key,
        cls=group[0].cls,
        label=label,
        members=tuple(sorted(actor.iri for actor in group)),
        reason=reason,
        alternatives=tuple(text for text in labels if text != label),
        wikidata=known.id if known else "",
    )


def _slug(type: str, name: str) -> str:
    """Give a readable key; a digest is added where the readable form would lose part of the name."""
    slug = re.sub(r"[^a-z0-9]+", "-", name).strip("-")
    exact = slug.replace("-", " ") == name
    return f"{type}-{slug}" if exact else f"{type}-{slug}-{_digest(name)[:8]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
