"""Who is who and which accounts tell of one event: decisions about records, without RDF.

Every decision looks at two records alone and uses no counts over the corpus, so neither the order in which documents
arrive nor the presence of a third changes it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import EntityType, Gazetteer, Known
from kg.vocab import ENTITY_CLASSES

_TYPES = {name: EntityType(kind) for kind, name in ENTITY_CLASSES.items()}
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
    """An event of one document as one source tells it; `source` is the canonical key of who says so, "" the narrator.

    `value` is the number told as the text has it, `counted` what it counts; both "" where there is none.
    """

    iri: str
    document: str
    cls: str
    label: str
    factuality: str = ""
    source: str = ""
    value: str = ""
    counted: str = ""
    time: str = ""


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

    A demonym or a seat of government is no name of the state here: who acts through "Kyiv" was decided in the text.
    """
    surfaces = (actor.label.casefold(), _ARTICLES.sub("", actor.label.casefold()), normalised(actor.label))
    for surface in dict.fromkeys(surfaces):
        fitting = [known for known in gazetteer.get(surface, ()) if known.id and known.type == _TYPES.get(actor.cls)]
        for senses in (("name",), ("name", "alias")):
            ids = {known.id: known for known in fitting if known.sense in senses}
            if len(ids) == 1:
                return next(iter(ids.values()))
    return None


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
            key, reason = _digest(actor.iri), "unnamed"
        groups[key].append(actor)
        reasons[key] = reason
    return tuple(_canonical(key, groups[key], known.get(key), reasons[key]) for key in sorted(groups))


def canonical_events(accounts: Iterable[Account]) -> tuple[Canonical, ...]:
    """Give each account its canonical event; accounts by different sources of one countable happening share one."""
    alone: list[list[Account]] = []
    comparable: dict[tuple[str, ...], list[Account]] = defaultdict(list)
    for account in sorted(accounts, key=lambda account: account.iri):
        if account.value and account.counted and account.factuality == "Happened":
            comparable[account.document, account.cls, account.counted.casefold()].append(account)
        else:
            alone.append([account])
    for group in comparable.values():
        if _one_event(group):
            alone.append(group)
        else:
            alone.extend([account] for account in group)
    out = []
    for group in alone:
        first = group[0]
        reason = "same-count-by-different-sources" if len(group) > 1 else "single-account"
        members = tuple(account.iri for account in group)
        out.append(Canonical(_digest(first.iri), first.cls, first.label, members, reason))
    return tuple(sorted(out, key=lambda canonical: canonical.key))


def _one_event(group: list[Account]) -> bool:
    """Whether one document's accounts of one class and counted noun can be of one event.

    Each source gives one figure: one that gives two speaks of two events, and then nothing tells which is meant.
    Stated times must not contradict each other.
    """
    values: Mapping[str, set[str]] = defaultdict(set)
    for account in group:
        values[account.source].add(account.value)
    times = [account.time for account in group if account.time]
    longest = max(times, key=len, default="")
    return (
        len(values) > 1
        and all(len(given) == 1 for given in values.values())
        and all(longest.startswith(time) for time in times)
    )


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
