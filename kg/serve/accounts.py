"""What one document tells, as rows of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from kg.store import Term
from kg.vocab import DCTERMS, FAMILIES, NIF, NKG, RDF, RDFS, SCHEMA, SEM

Said = Mapping[str, Sequence[Term]]
"""What a graph says of one node: predicate → objects."""

Described = Mapping[str, Said]
"""All that one named graph says: subject → predicate → objects."""

ROLES = (
    "proposer", "addressee", "responder", "speaker", "agent", "recipient", "patient", "theme", "instrument", "place",
)  # fmt: skip
"""Roles in the order in which an event tells them; the first that an actor has hides the general ones after it."""

_HIDDEN = {"agent": ("proposer", "responder", "speaker"), "recipient": ("addressee",)}


@dataclass(frozen=True, slots=True)
class Rows:
    """A document's rows: `head` is title, day, publisher, address and text; the others as `schema.TABLES` has them.

    `names` are the mentions of each actor of the document: (kind, words).
    """

    head: tuple[str, str, str, str, str]
    accounts: list[tuple[object, ...]]
    roles: list[tuple[str, str, str, str]]
    links: list[tuple[object, ...]]
    answers: list[tuple[object, ...]]
    names: dict[str, list[tuple[str, str]]]


def document_rows(iri: str, told: Described) -> Rows | None:
    """Give the rows of a document from its graph; None if there is no text in it."""
    head = told.get(iri, {})
    text = first(head, NIF + "isString")
    if not text:
        return None
    names: dict[str, list[tuple[str, str]]] = {}
    accounts: list[tuple[object, ...]] = []
    roles: list[tuple[str, str, str, str]] = []
    links: list[tuple[object, ...]] = []
    answers: list[tuple[object, ...]] = []
    for node, said in sorted(told.items(), key=lambda item: item[0]):
        types = {term.value.removeprefix(NKG) for term in said.get(RDF + "type", ())}
        if "Mention" in types:
            for actor in said.get(NKG + "refersTo", ()):
                words = (first(said, NKG + "mentionKind"), first(said, NIF + "anchorOf"))
                names.setdefault(actor.value, []).append(words)
        elif "Event" in types:
            accounts.append(_account(node, said, types, told))
            roles += event_roles(node, said, told)
        elif "Link" in types:
            links.append(_link(said, told))
    for node, said in sorted(told.items(), key=lambda item: item[0]):
        answers += [_answer(node, told[d.value], told) for d in said.get(NKG + "disposition", ()) if d.value in told]
    fields = (DCTERMS + "title", DCTERMS + "issued", DCTERMS + "publisher", SCHEMA + "url")
    title, issued, publisher, url = (first(head, field) for field in fields)
    return Rows((title, issued, publisher, url, text), accounts, roles, links, answers, names)


def first(said: Said, predicate: str) -> str:
    """Give the first value of a predicate, "" if there is none."""
    return next((term.value for term in said.get(predicate, ())), "")


def span_of(told: Described, node: str) -> tuple[int, int]:
    """Give the offsets of a stretch of text, (0, 0) where it is not described."""
    said = told.get(node, {})
    with suppress(ValueError):
        return int(first(said, NIF + "beginIndex")), int(first(said, NIF + "endIndex"))
    return 0, 0


def sentence_of(said: Said, told: Described) -> tuple[int, int]:
    """Give the offsets of the sentence that tells an event: the one with its trigger, else the first."""
    spans = sorted(span_of(told, term.value) for term in said.get(NKG + "evidence", ()))
    trigger = span_of(told, first(said, NKG + "trigger"))
    around = [span for span in spans if span[0] <= trigger[0] < span[1]]
    return (around or spans or [trigger])[0]


def event_roles(node: str, said: Said, told: Described) -> list[tuple[str, str, str, str]]:
    """Give (event, actor, role, words) of all who take part; of a group its members, too, two levels deep."""
    words: dict[str, str] = {}
    for mention in said.get(NKG + "participantMention", ()):
        about = told.get(mention.value, {})
        words.setdefault(first(about, NKG + "refersTo"), first(about, NIF + "anchorOf"))
    rows: dict[tuple[str, str], str] = {}
    for role in ROLES:
        for who in said.get(NKG + role, ()):
            for one in _with_members(who.value, told):
                if not any((one, special) in rows for special in _HIDDEN.get(role, ())):
                    rows[one, role] = words.get(one, "")
    return [(node, actor, role, mention) for (actor, role), mention in rows.items()]


def _with_members(actor: str, told: Described) -> list[str]:
    members = [term.value for term in told.get(actor, {}).get(NKG + "hasMember", ())]
    inner = [term.value for member in members for term in told.get(member, {}).get(NKG + "hasMember", ())]
    return list(dict.fromkeys([actor, *members, *inner]))


def class_of(types: set[str]) -> tuple[str, str]:
    """Give the class of an event and the family it is shown under: Initiative, Response, Statement or Event."""
    finer = sorted(types - {"Event", "Initiative", "Response"})
    cls = finer[0] if finer else next((name for name in ("Response", "Initiative") if name in types), "Event")
    families = ("Statement", "Initiative", "Response")
    return cls, next((name for name in families if name in types or FAMILIES.get(cls) == name), "Event")


def _account(node: str, said: Said, types: set[str], told: Described) -> tuple[object, ...]:
    cls, family = class_of(types)
    quantity = told.get(first(said, NKG + "quantity"), {})
    states = [told.get(term.value, {}) for term in said.get(NKG + "disposition", ())]
    standing = sorted({first(one, NKG + "status").rpartition("#")[2].lower() for one in states} - {""})
    status = (standing[0] if len(standing) == 1 else "mixed") if standing else ""
    if family == "Initiative" and not status:
        status = "unknown"
    return (
        node,
        first(said, RDFS + "label"),
        cls,
        family,
        first(said, NKG + "kind"),
        first(said, NKG + "factuality").rpartition("#")[2].lower(),
        first(said, NKG + "plover").rpartition("#")[2],
        first(said, SEM + "hasEarliestBeginTimeStamp"),
        first(said, SEM + "hasLatestEndTimeStamp"),
        number(first(said, NKG + "confidence")),
        first(said, NKG + "contentText"),
        status,
        *sentence_of(said, told),
        number(first(quantity, NKG + "value")),
        first(quantity, NKG + "countedNoun"),
        "" if NKG + "speaker" in said else first(told.get(first(said, NKG + "sourceSpan"), {}), NIF + "anchorOf"),
    )


def _link(said: Said, told: Described) -> tuple[object, ...]:
    return (
        first(said, NKG + "cause"),
        first(said, NKG + "effect"),
        first(said, NKG + "relation"),
        first(said, NKG + "decidedBy"),
        number(first(said, NKG + "confidence")),
        first(said, NKG + "causeText"),
        first(said, NKG + "effectText"),
        *span_of(told, first(said, NKG + "effectEvidence")),
    )


def _answer(event: str, said: Said, told: Described) -> tuple[object, ...]:
    return (
        event,
        first(said, NKG + "status").rpartition("#")[2].lower(),
        first(said, NKG + "ofAddressee"),
        first(said, NKG + "response"),
        first(said, NKG + "decidedBy"),
        first(said, NKG + "asOf"),
        first(said, NKG + "outcomeText"),
        number(first(said, NKG + "confidence")),
        *span_of(told, first(said, NKG + "evidence")),
    )


def number(text: str) -> float | None:
    """Give a number, None where there is none."""
    try:
        return float(text)
    except ValueError:
        return None
