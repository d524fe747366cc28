"""What a person corrected in a document: a type, a status, a role, put into its graph after every rebuild.

A correction is data of a person about words of a text. It is the one thing besides extraction that a document's graph
holds, and it says so: the event carries the rule "corrected-by-a-person", and so does a status.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg import vocab
from kg.errors import InputError
from kg.model import Factuality, Role, Status
from kg.resolve.revisions import now, revision
from kg.store import Reader, Store

Corrections = Mapping[tuple[str, str], str]
"""IRI of a node and the property that was corrected to the value it has, "" for nobody."""

ROLES = tuple(role.value for role in Role)
VALUES: dict[str, tuple[str, ...]] = {
    "type": (*vocab.EVENT_CLASSES, *vocab.ENTITY_CLASSES.values()),
    "kind": tuple(vocab.KINDS),
    "status": tuple(status.value for status in Status),
    "factuality": tuple(factuality.value for factuality in Factuality),
}
"""Property to the values it may have; a role may have any actor of the document."""


def apply(store: Store, corrections: Corrections) -> dict[str, str]:
    """Put corrections into the graphs of their documents; give document IRI → what is corrected in it, as one text."""
    by_document: dict[str, list[str]] = defaultdict(list)
    for (node, property), value in sorted(corrections.items(), key=_in_order):
        document = document_of(node)
        by_document[document].append(f"{node} {property} {value}")
        gone, come = revision(store, document, node, property, value)
        store.patch_graph(document, gone=sorted(gone - come), come=sorted(come - gone))
    return {document: "\n".join(lines) for document, lines in by_document.items()}


def _in_order(correction: tuple[tuple[str, str], str]) -> tuple[bool, str, str]:
    """What nodes are comes before roles and status, which depend on it; of a proposal on what its answers are, too."""
    node, property = correction[0]
    return property not in {"type", "kind"}, node, property


def document_of(node: str) -> str:
    """Give the document of one of its actors or events.

    >>> document_of("https://x/doc/a/event/1-2")
    'https://x/doc/a'
    """
    return node.rsplit("/", 2)[0]


def values(reader: Reader, node: str, property: str) -> tuple[str, ...]:
    """Give what a node has as type, kind, status, factuality or a role now, sorted; the classes of a type all.

    Raises `InputError` for another property, and for what only an event or only an initiative has.
    """
    if property not in VALUES and property not in ROLES:
        remedy = f"use {', '.join(VALUES)} or {', '.join(ROLES)}"
        raise InputError(f"{property!r} cannot be corrected", where=node, remedy=remedy)
    if property != "type" and "/event/" not in node:
        raise InputError(f"an actor has no {property}", where=node, remedy="name an event, or correct the actor's type")
    types = _short(now(reader, document_of(node), node, "type"))
    if property == "status" and "Initiative" not in types:
        remedy = "correct its type first, to Proposal, Demand or another kind of initiative"
        raise InputError("only an initiative has a status", where=node, remedy=remedy)
    return types if property == "type" else _short(now(reader, document_of(node), node, property))


def _short(told: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(value.removeprefix(vocab.NKG) for value in told))


def checked(property: str, value: str, *, where: str) -> str:
    """Give the value if the property may have it. Raises `InputError`."""
    allowed = VALUES.get(property)
    if property == "type":
        allowed = vocab.EVENT_CLASSES if "/event/" in where else tuple(vocab.ENTITY_CLASSES.values())
        if not value and "/event/" in where:
            return value
    if allowed is not None and value not in allowed:
        raise InputError(f"{value!r} is no {property}", where=where, remedy=f"use one of {', '.join(allowed)}")
    return value


def in_document(node: str, actor: str) -> str:
    """Give the part of the IRI of an actor that says where in its document it stands, as the journal keeps it.

    >>> in_document("https://x/doc/a/event/9-12", "https://x/doc/a/actor/1-2")
    '/actor/1-2'
    """
    return actor.removeprefix(document_of(node))
