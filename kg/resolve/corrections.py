"""What a person corrected in a document: a role, a status or a type, put into its graph after every rebuild.

A correction is data of a person about words of a text. It is the one thing besides extraction that a document's graph
holds, and it says so: the event carries the rule "corrected-by-a-person".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg import vocab
from kg.errors import InputError
from kg.model import Role, Status
from kg.rdf.terms import iri, nkg, word
from kg.store import Reader, Store, sparql_term

RULE = "corrected-by-a-person"
ROLES = tuple(role.value for role in Role)
STATUSES = tuple(status.value for status in Status)
TYPES = (*vocab.EVENT_CLASSES, *vocab.ENTITY_CLASSES.values())


def apply(store: Store, corrections: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Put corrections into the graphs of their documents; give document IRI → what is corrected in it, as one text."""
    by_document: dict[str, list[str]] = defaultdict(list)
    for (node, property), value in sorted(corrections.items()):
        document = document_of(node)
        by_document[document].append(f"{node} {property} {value}")
        gone, come = _change(store, document, node, property, value)
        store.patch_graph(document, gone=sorted(gone - come), come=sorted(come - gone))
    return {document: "\n".join(lines) for document, lines in by_document.items()}


def document_of(node: str) -> str:
    """Give the document of one of its actors or events.

    >>> document_of("https://x/doc/a/event/1-2")
    'https://x/doc/a'
    """
    return node.rsplit("/", 2)[0]


def values(reader: Reader, node: str, property: str) -> tuple[str, ...]:
    """Give what a node has as "type", "status" or a role now, sorted. Raises `InputError` for another property."""
    document = document_of(node)
    return tuple(sorted(_short(term) for _, _, term in _now(reader, document, node, property)))


def _short(term: str) -> str:
    value = term.strip("<>")
    return value.removeprefix(vocab.NKG)


def _now(reader: Reader, document: str, node: str, property: str) -> list[tuple[str, str, str]]:
    """Give the triples that a correction of a property would replace."""
    subject = sparql_term(node)
    if property == "type":
        pattern = f"BIND({subject} AS ?s) BIND(rdf:type AS ?p) ?s ?p ?o FILTER(STRSTARTS(STR(?o), STR(nkg:)))"
    elif property == "status":
        pattern = f"{subject} nkg:disposition ?s . BIND(nkg:status AS ?p) ?s ?p ?o"
    elif property in ROLES:
        pattern = f"BIND({subject} AS ?s) BIND(nkg:{property} AS ?p) ?s ?p ?o"
    else:
        raise InputError(
            f"{property!r} cannot be corrected", where=node, remedy=f"use type, status or {', '.join(ROLES)}"
        )
    rows = reader.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {sparql_term(document)} {{ {pattern} }} }}").rows
    return sorted((iri(s.value), iri(p.value), iri(o.value)) for s, p, o in rows if s and p and o)


def _change(reader: Reader, document: str, node: str, property: str, value: str) -> tuple[set[str], set[str]]:
    now = _now(reader, document, node, property)
    gone = {" ".join(triple) for triple in now}
    subject = iri(node)
    come = {f"{subject} {nkg('rule')} {word(RULE)}"}
    if property == "type":
        classes = (value, vocab.FAMILIES.get(value, ""), "Event" if value in vocab.EVENT_CLASSES else "")
        come |= {f"{subject} {iri(vocab.RDF + 'type')} {nkg(name)}" for name in classes if name}
    elif property == "status":
        come |= {f"{s} {p} {nkg(value.capitalize())}" for s, p, _ in now}
    elif value:
        come.add(f"{subject} {nkg(property)} {iri(document + value)}")
    return gone, come


def checked(property: str, value: str, *, where: str) -> str:
    """Give the value if the property may have it. Raises `InputError`."""
    allowed = {"type": TYPES, "status": STATUSES}.get(property)
    if allowed is not None and value not in allowed:
        raise InputError(f"{value!r} is no {property}", where=where, remedy=f"use one of {', '.join(allowed)}")
    return value


def filler(reader: Reader, node: str, actor: str) -> str:
    """Give the part of the IRI of an actor that its document has in common with none: its offsets.

    Raises `InputError` if it is of another document.
    """
    if document_of(actor) != document_of(node) or "/actor/" not in actor:
        raise InputError("this is no actor of the same document", where=actor, remedy="name one that its text mentions")
    return actor.removeprefix(document_of(node))
