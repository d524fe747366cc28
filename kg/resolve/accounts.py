"""Reading of accounts from the store: events of given documents with what tells them apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg import vocab
from kg.entities.account_words import FAMILIES, SYMMETRIC
from kg.entities.accounts import Account
from kg.resolve.actors import least
from kg.store import Reader, Term

_TYPE, _LABEL, _ISSUED = vocab.RDF + "type", vocab.RDFS + "label", vocab.DCTERMS + "issued"
_EVENT = vocab.NKG + "Event"
_LEMMA, _FACTUALITY, _CONTENT = (vocab.NKG + name for name in ("lemma", "factuality", "contentText"))
_SPEAKER, _NUMBER, _VALUE, _COUNTED = (
    vocab.NKG + name for name in ("attributedTo", "quantity", "value", "countedNoun")
)
_TIME, _UNTIL = vocab.SEM + "hasEarliestBeginTimeStamp", vocab.SEM + "hasLatestEndTimeStamp"
_QUOTE, _BEGIN, _END = vocab.NKG + "evidence", vocab.NIF + "beginIndex", vocab.NIF + "endIndex"
_REFERS, _KIND, _HAS = vocab.NKG + "refersTo", vocab.NKG + "mentionKind", vocab.NKG + "hasMember"
_ROLES = {vocab.NKG + name: name for name in ("agent", "patient", "recipient", "place")}
READ = (
    *(_TYPE, _LABEL, _ISSUED, _LEMMA, _FACTUALITY, _CONTENT, _SPEAKER, _NUMBER, _VALUE, _COUNTED, _TIME, _UNTIL),
    *(_QUOTE, _BEGIN, _END, _REFERS, _KIND, _HAS, *_ROLES),
)

_TOP = {"Event", *vocab.FAMILIES.values()}
_PLACES = {"GeopoliticalEntity", "Place"}
_OFFSET = re.compile(r"/event/(\d+)-")

Role = tuple[str, str, str, str]
"""Role, actor, its label in the document and its class."""


_Facts = Mapping[str, Mapping[str, Sequence[Term]]]
"""Property, subject and objects."""


def read_accounts(reader: Reader, documents: Sequence[str], keys: Mapping[str, str]) -> Iterator[Account]:
    """Read the accounts of documents; `keys` gives the canonical key of each actor that has a name."""
    for document in documents:
        yield from _of_document(document, reader.facts(document, READ), keys)


def _of_document(document: str, told: _Facts, keys: Mapping[str, str]) -> Iterator[Account]:
    named = sorted(
        (int(begin.value), keys[actor.value])
        for mention, actors in told[_REFERS].items()
        if any(kind.value == "name" for kind in told[_KIND].get(mention, ()))
        for actor in actors
        if actor.value in keys
        for begin in told[_BEGIN].get(mention, ())
    )
    issued = least(told[_ISSUED].get(document, ()))
    events: dict[str, set[str]] = {}
    for event, types in sorted(told[_TYPE].items()):
        classes = {one.value for one in types}
        if _EVENT in classes:
            events[event] = {local(one) for one in classes}
    for event, classes in events.items():
        quote, begin, end = _quote(event, told)
        context = _between(named, int(begin or 0), int(end or 0))
        around = _Around(issued, quote, context)
        cls = min(classes - _TOP or classes - {"Event"} or classes)
        yield _account(event, document, cls, told, keys, around)


def _quote(event: str, told: _Facts) -> tuple[str, str, str]:
    """The first sentence of an event that has its place, with begin and end."""
    for quote in sorted(told[_QUOTE].get(event, ()), key=str):
        begin, end = told[_BEGIN].get(quote.value, ()), told[_END].get(quote.value, ())
        if begin and end:
            return quote.value, least(begin), least(end)
    return "", "", ""


def _quantity(event: str, told: _Facts) -> tuple[str, str]:
    """The value and the counted noun of an event, "" for none."""
    pairs = [
        (value, counted)
        for number in told[_NUMBER].get(event, ())
        for value in told[_VALUE].get(number.value, ())
        for counted in told[_COUNTED].get(number.value, ())
    ]
    value, counted = min(pairs, key=str) if pairs else (None, None)
    return text(value), text(counted)


def _roles(event: str, told: _Facts) -> list[Role]:
    """Who takes part in an event; of a group its members, and theirs."""
    found: set[Role] = set()
    for role, name in _ROLES.items():
        for filler in told[role].get(event, ()):
            for actor in _members(filler.value, told):
                for cls in told[_TYPE].get(actor, ()):
                    labels = told[_LABEL].get(actor, ())
                    found.update((name, actor, label, local(cls.value)) for label in map(text, labels or (None,)))
    return sorted(found)


def _members(actor: str, told: _Facts) -> list[str]:
    """An actor that has no members, or else its members, each likewise, one step down."""
    one = [member.value for member in told[_HAS].get(actor, ())]
    return [two for member in one for two in ([m.value for m in told[_HAS].get(member, ())] or [member])] or [actor]


def _between(named: Sequence[tuple[int, str]], begin: int, end: int) -> frozenset[str]:
    first = bisect_left(named, (begin, ""))
    return frozenset(key for _, key in named[first : bisect_left(named, (end, ""))])


class _Around(NamedTuple):
    """What of an account is known from its article and its sentence."""

    published: str
    quote: str
    context: frozenset[str]


def _account(event: str, document: str, cls: str, told: _Facts, keys: Mapping[str, str], around: _Around) -> Account:
    def first(property: str) -> str:
        return least(told[property].get(event, ()))

    label, speaker = first(_LABEL), first(_SPEAKER)
    value, counted = _quantity(event, told)
    filled: dict[str, set[str]] = defaultdict(set)
    for role, actor, name, kind in _roles(event, told):
        if actor in keys:
            filled[_true_role(role, cls, label, name, kind)].add(keys[actor])
    at = _OFFSET.search(event)
    return Account(
        iri=event,
        document=document,
        cls=cls,
        label=label,
        lemma=first(_LEMMA),
        factuality=local(first(_FACTUALITY)),
        source=keys.get(speaker, speaker),
        value=value,
        counted=counted,
        time=first(_TIME),
        until=first(_UNTIL),
        agents=frozenset(filled["agent"]),
        targets=frozenset(filled["recipient"] | filled["patient"]),
        places=frozenset(filled["place"]),
        content=first(_CONTENT),
        at=int(at.group(1)) if at else 0,
        **around._asdict(),
    )


def _true_role(role: str, cls: str, label: str, name: str, kind: str) -> str:
    """The place before the noun is where it was: nobody but the city is named in "the Istanbul talks"."""
    symmetric = FAMILIES.get(cls) in SYMMETRIC and kind in _PLACES and bool(name)
    named_for = symmetric and re.match(rf"(?:the|this|that)\s+{re.escape(name)}\s+\w", label, re.IGNORECASE)
    return "place" if named_for else role


def text(term: Term | None) -> str:
    """Give the text of a term, "" for an unbound one."""
    return term.value if term else ""


def local(name: str) -> str:
    """Give the part of an IRI after its #."""
    return name.rpartition("#")[2]
