"""Reading of accounts from the store: events of given documents with what tells them apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg import vocab
from kg.entities.account_words import FAMILIES, SYMMETRIC
from kg.entities.accounts import Account
from kg.store import Reader, Term, sparql_term

_EVENTS = """
SELECT ?event ?doc ?class ?label ?lemma ?factuality ?speaker ?value ?counted ?time ?until ?issued ?content ?quote
       ?begin ?end
WHERE {
  BIND(DOCUMENT AS ?doc)
  GRAPH DOCUMENT {
    ?event a nkg:Event , ?class .
    OPTIONAL { ?event rdfs:label ?label }
    OPTIONAL { ?event nkg:lemma ?lemma }
    OPTIONAL { ?event nkg:factuality ?factuality }
    OPTIONAL { ?event nkg:attributedTo ?speaker }
    OPTIONAL { ?event nkg:quantity ?number . ?number nkg:value ?value ; nkg:countedNoun ?counted }
    OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?time }
    OPTIONAL { ?event sem:hasLatestEndTimeStamp ?until }
    OPTIONAL { ?event nkg:contentText ?content }
    OPTIONAL { ?event nkg:evidence ?quote . ?quote nif:beginIndex ?begin ; nif:endIndex ?end }
    OPTIONAL { ?doc dcterms:issued ?issued }
  }
}"""

_ROLES = """
SELECT ?event ?role ?actor ?label ?class WHERE {
  BIND(DOCUMENT AS ?doc)
  GRAPH DOCUMENT {
    VALUES ?role { nkg:agent nkg:patient nkg:recipient nkg:place }
    ?event a nkg:Event ; ?role ?filler .
    OPTIONAL { ?filler nkg:hasMember ?one . OPTIONAL { ?one nkg:hasMember ?two } }
    BIND(COALESCE(?two, ?one, ?filler) AS ?actor)
    ?actor a ?class .
    OPTIONAL { ?actor rdfs:label ?label }
  }
}"""

_MENTIONS = """
SELECT ?doc ?actor ?begin WHERE {
  BIND(DOCUMENT AS ?doc)
  GRAPH DOCUMENT { ?mention nkg:refersTo ?actor ; nkg:mentionKind "name" ; nif:beginIndex ?begin }
}"""

_TOP = {"Event", *vocab.FAMILIES.values()}
_PLACES = {"GeopoliticalEntity", "Place"}
_TIME, _QUOTE = 7, 11  # places of these columns in a row of _EVENTS without its event and class
_OFFSET = re.compile(r"/event/(\d+)-")

Role = tuple[str, str, str, str]
"""Role, actor, its label in the document and its class."""


def _asked(reader: Reader, query: str, documents: Iterable[str]) -> Iterator[tuple[Term | None, ...]]:
    """Ask a query of one document after the other: with its graph named, it costs what the document costs."""
    for document in documents:
        yield from reader.query(query.replace("DOCUMENT", sparql_term(document))).rows


def read_accounts(reader: Reader, documents: Sequence[str], keys: Mapping[str, str]) -> Iterator[Account]:
    """Read the accounts of documents; `keys` gives the canonical key of each actor that has a name."""
    roles: dict[str, list[Role]] = defaultdict(list)
    for row in _asked(reader, _ROLES, documents):
        event, role, actor, label, cls = map(text, row)
        roles[event].append((local(role), actor, label, local(cls)))
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in _asked(reader, _MENTIONS, documents):
        document, actor, offset = map(text, row)
        if actor in keys:
            named[document].append((int(offset), keys[actor]))
    for found in named.values():
        found.sort()
    classes: dict[str, set[str]] = defaultdict(set)
    details: dict[str, tuple[str, ...]] = {}
    for row in sorted(_asked(reader, _EVENTS, documents), key=str):
        event, document, cls, *rest = map(text, row)
        classes[event].add(local(cls))
        details.setdefault(event, (document, *rest))
    dated: dict[str, set[str]] = defaultdict(set)
    for detail in details.values():
        dated[detail[_QUOTE]].add(detail[_TIME])
    for event, (document, *rest, begin, end) in details.items():
        cls = min(classes[event] - _TOP or classes[event] - {"Event"} or classes[event])
        context = _between(named[document], int(begin or 0), int(end or 0))
        hints = dated[details[event][_QUOTE]] - {""}
        told = _account(event, document, cls, rest, sorted(set(roles.get(event, ()))), keys)
        yield replace(told, context=context, hint=min(hints) if len(hints) == 1 else "")


def _between(named: Sequence[tuple[int, str]], begin: int, end: int) -> frozenset[str]:
    first = bisect_left(named, (begin, ""))
    return frozenset(key for _, key in named[first : bisect_left(named, (end, ""))])


def _account(
    event: str,
    document: str,
    cls: str,
    details: Sequence[str],
    roles: Sequence[Role],
    keys: Mapping[str, str],
) -> Account:
    label, lemma, factuality, speaker, value, counted, time, until, issued, content, quote = details
    filled: dict[str, set[str]] = defaultdict(set)
    for role, actor, name, kind in roles:
        if actor in keys:
            filled[_true_role(role, cls, label, name, kind)].add(keys[actor])
    at = _OFFSET.search(event)
    return Account(
        iri=event,
        document=document,
        cls=cls,
        label=label,
        lemma=lemma,
        factuality=local(factuality),
        source=keys.get(speaker, speaker),
        value=value,
        counted=counted,
        time=time,
        until=until,
        published=issued,
        agents=frozenset(filled["agent"]),
        targets=frozenset(filled["recipient"] | filled["patient"]),
        places=frozenset(filled["place"]),
        content=content,
        quote=quote,
        at=int(at.group(1)) if at else 0,
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
