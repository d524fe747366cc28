"""What a digest takes of one document: its events with their parts, and who is named."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.store import Term
from kg.vocab import DCTERMS, NIF, NKG, PROV, RDF, RDFS, SEM, XSD

ROLES = (
    "agent", "patient", "recipient", "speaker", "proposer", "addressee", "responder", "theme", "instrument", "place",
    "attributedTo",
)  # fmt: skip
_ID, _ISSUED, _PUBLISHER, _TITLE = (DCTERMS + name for name in ("identifier", "issued", "publisher", "title"))
_TYPE, _LABEL, _WORDS = RDF + "type", RDFS + "label", NIF + "anchorOf"
_FROM, _TO = NIF + "beginIndex", NIF + "endIndex"
_BEGIN, _END = SEM + "hasEarliestBeginTimeStamp", SEM + "hasLatestEndTimeStamp"
_NAMES = (
    "hasMember", "evidence", "kind", "factuality", "confidence", "sourceSpan", "attributedTo", "disposition", "status",
    "quantity", "value", "countedNoun", "qualifier", "refersTo", "mentionKind", "cause", "effect", "trigger",
)  # fmt: skip
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
COPY = (PROV + "wasDerivedFrom", PROV + "alternateOf")
READ = (
    *COPY,
    _ID,
    _ISSUED,
    _PUBLISHER,
    _TITLE,
    _TYPE,
    _LABEL,
    _WORDS,
    _FROM,
    _TO,
    _BEGIN,
    _END,
    *(NKG + name for name in (*_NAMES, *ROLES)),
)
"""Properties that are read of each document."""

Facts = Mapping[str, Mapping[str, Sequence[Term]]]
"""Property, subject and objects, as `Reader.facts` gives them."""


Figure = tuple[str, str, float, str | None, str | None, str | None]
"""A number as it is written, its datatype and value, what it counts, the same in small letters, and how it is meant."""


class Irregular(ValueError):
    """A graph tells something twice that the tables have room for once: there is no digest of it."""


@dataclass(slots=True)
class Account:
    """An event as a document tells it; `parts` are (role, side, whom it stands for, whether that one counts).

    `told` is the sentence that tells it, behind what orders it: whether its word is elsewhere, and where both stand.
    `statuses` are how it stands, each with the sentence that says so, behind its place in the text; a proposal without
    any answer is unknown. `quotes` are the sentences of one with figures, each with its place.
    """

    iri: str
    classes: list[str]
    told: str | None
    begin: str | None
    end: str | None
    kind: str | None
    factuality: str | None
    confidence: float | None
    parts: list[tuple[str, str, str, bool]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    tellers: list[str] = field(default_factory=list)
    statuses: list[tuple[str, str | None]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    quotes: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """What one document tells: `dated` is the datatype of its day, `copy` that it calls itself one.

    `labels` are those of all actors in it.

    `called` are the names that each is mentioned by, None for mentions that are no names. `links` are links between
    events, each with an event at one of its ends.
    """

    id: str
    issued: str | None
    dated: str | None
    publisher: str | None
    title: str | None
    copy: bool
    accounts: list[Account]
    labels: dict[str, str | None]
    called: list[tuple[str, str | None, int]]
    links: list[tuple[str, str]]


def told_by(document: str, facts: Facts) -> Told | None:
    """Give what a document tells, None if the graph is of no document. Raises `Irregular`."""
    id = _text(facts, _ID, document)
    if id is None:
        return None
    events = sorted(s for s, types in facts[_TYPE].items() if any(one.value == NKG + "Event" for one in types))
    if (facts[NKG + "sourceSpan"].keys() | facts[NKG + "quantity"].keys()) - set(events):
        raise Irregular("a source or a number is told of what is no event")
    if facts[NKG + "disposition"].keys() - set(events):
        raise Irregular("an answer is told of what is no event")
    if any(not one.value.startswith(NKG) for iri in events for one in facts[_TYPE][iri]):
        raise Irregular("an event is of a class of another vocabulary")
    known = set(events)
    accounts = [_account(iri, facts) for iri in events]
    nodes = dict.fromkeys(one for account in accounts for _, *pair, _ in account.parts for one in pair)
    nodes |= dict.fromkeys(one for account in accounts for one in account.tellers)
    called: Counter[tuple[str, str | None]] = Counter()
    for mention in facts[NKG + "refersTo"]:
        named = any(kind.value == "name" for kind in facts[NKG + "mentionKind"].get(mention, ()))
        names = [one.value for one in facts[_WORDS].get(mention, ())] if named else []
        for actor in _sorted(facts, NKG + "refersTo", mention):
            nodes[actor] = None
            called.update((actor, name) for name in names or (None,))
    for group in facts[NKG + "hasMember"]:
        nodes[group] = None
    labels = {iri: _text(facts, _LABEL, iri) for iri in sorted(nodes)}
    order = sorted(((*one, times) for one, times in called.items()), key=lambda one: (one[0], one[1] or ""))
    issued = _one(facts, _ISSUED, document)
    day, dated = (issued.value, issued.datatype) if issued else (None, None)
    copy = any(document in facts[name] for name in COPY)
    links = {
        (link, end)
        for name in (NKG + "cause", NKG + "effect")
        for link in facts[name]
        for end in _sorted(facts, name, link)
        if end in known
    }
    publisher, title = (_text(facts, name, document) for name in (_PUBLISHER, _TITLE))
    return Told(id, day, dated, publisher, title, copy, accounts, labels, order, sorted(links))


def _account(iri: str, facts: Facts) -> Account:
    quotes = _quotes(facts, _sorted(facts, NKG + "evidence", iri))
    confidence = _one(facts, NKG + "confidence", iri)
    account = Account(
        iri,
        sorted(one.value.removeprefix(NKG) for one in facts[_TYPE][iri]),
        _told(facts, iri),
        _text(facts, _BEGIN, iri),
        _text(facts, _END, iri),
        _text(facts, NKG + "kind", iri),
        _text(facts, NKG + "factuality", iri),
        _number(confidence) if confidence is not None else None,
    )
    for role in ROLES:
        for side in _sorted(facts, NKG + role, iri):
            account.parts += [(role, side, node, leaf) for node, leaf in _stands_for(facts, side).items()]
    spans = _sorted(facts, NKG + "sourceSpan", iri)
    account.sources = sorted({words.value for span in spans for words in _words(facts, span)})
    account.tellers = _sorted(facts, NKG + "attributedTo", iri)
    if quotes and account.told is None:
        raise Irregular(f"{iri} has sentences, but no word at a place of the text")
    account.statuses = _statuses(facts, account, quotes)
    for number in _sorted(facts, NKG + "quantity", iri):
        account.figures += _figures(facts, number)
    account.quotes = quotes if account.figures else []
    return account


def _told(facts: Facts, iri: str) -> str | None:
    """Give the sentence that tells an event, else the first of others, behind what orders it: its place in the text."""
    at = [one for trigger in _sorted(facts, NKG + "trigger", iri) for one in _places(facts, _FROM, trigger)]
    told = (
        f"{0 if begin <= one < end else 1}{one:010}{begin:010}{words.value}"
        for span in _sorted(facts, NKG + "evidence", iri)
        for words in _words(facts, span)
        for begin in _places(facts, _FROM, span)
        for end in _places(facts, _TO, span)
        for one in at
    )
    return min(told, default=None)


def _statuses(facts: Facts, account: Account, quotes: Sequence[tuple[int, str]]) -> list[tuple[str, str | None]]:
    """Give how an initiative stands, with the sentences that say so, else the one that proposes, else any."""
    own = _quotes(facts, _spans(facts, account.iri)) or quotes[:1]
    told: set[tuple[str, str | None]] = set()
    for one in _sorted(facts, NKG + "disposition", account.iri):
        states = [state.partition("#")[2].lower() for state in _sorted(facts, NKG + "status", one)]
        said = _quotes(facts, _sorted(facts, NKG + "evidence", one)) or own
        told |= {(state, words) for state in states for words in _behind(said)}
    if not told and "Initiative" in account.classes:
        told = {("unknown", words) for words in _behind(own)}
    return sorted(told, key=lambda one: (one[0], one[1] or ""))


def _behind(quotes: Sequence[tuple[int, str]]) -> Sequence[str | None]:
    return [f"{at:010}{words}" for at, words in quotes] or [None]


def _quotes(facts: Facts, spans: Sequence[str]) -> list[tuple[int, str]]:
    """Give sentences with their places, in the order of the text."""
    return sorted(
        {(at, words.value) for one in spans for words in _words(facts, one) for at in _places(facts, _FROM, one)}
    )


def _spans(facts: Facts, iri: str) -> list[str]:
    """Give the evidence of an event that has its trigger in it."""
    at = [one for trigger in _sorted(facts, NKG + "trigger", iri) for one in _places(facts, _FROM, trigger)]
    return [
        span
        for span in _sorted(facts, NKG + "evidence", iri)
        if any(
            begin <= one < end
            for one in at
            for begin in _places(facts, _FROM, span)
            for end in _places(facts, _TO, span)
        )
    ]


def _places(facts: Facts, property: str, span: str) -> list[int]:
    found = facts[property].get(span, ())
    if not all(one.value.isdecimal() for one in found):
        raise Irregular(f"{span} stands at no place of a text")
    return [int(one.value) for one in found]


def _stands_for(facts: Facts, side: str) -> dict[str, bool]:
    """Give whom a side stands for, itself and members two levels deep, and which of them count: the innermost."""
    members = _sorted(facts, NKG + "hasMember", side)
    found = {side: not members}
    for member in members:
        inner = _sorted(facts, NKG + "hasMember", member)
        found[member] = found.get(member, False) or not inner
        for one in inner:
            found[one] = True
    return found


def _figures(facts: Facts, number: str) -> list[Figure]:
    value, noun = (_one(facts, NKG + name, number) for name in ("value", "countedNoun"))
    if value is None:
        return []
    counted = _number(value)
    qualifier = _text(facts, NKG + "qualifier", number)
    words = noun.value if noun is not None else None
    return [(value.value, value.datatype, counted, words, words.lower() if words is not None else None, qualifier)]


def _number(term: Term) -> float:
    """Give the value of a number; what a loaded file has in its place compares otherwise in SPARQL than in a table."""
    try:
        value = float(term.value) if term.datatype in _NUMBERS else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Irregular(f"{term.value!r} is no number")
    return value


def _words(facts: Facts, node: str) -> Sequence[Term]:
    return facts[_WORDS].get(node, ())


def _sorted(facts: Facts, property: str, subject: str) -> list[str]:
    found = facts[property].get(subject, ())
    if any(one.kind != "iri" for one in found):
        raise Irregular(f"{subject} has something as {property} that is no IRI")
    return sorted({one.value for one in found})


def _text(facts: Facts, property: str, subject: str) -> str | None:
    found = _one(facts, property, subject)
    return found.value if found is not None else None


def _one(facts: Facts, property: str, subject: str) -> Term | None:
    values = facts[property].get(subject, ())
    if len(values) > 1 or (values and values[0].language):
        raise Irregular(f"{subject} has several values of {property}, or one in a language")
    return values[0] if values else None
