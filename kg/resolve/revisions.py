"""What a correction changes in a document's graph: which triples go and which come, so that it still fits the shapes.

A type brings with it what follows from it: code, kind, and who of its doers proposes or answers. What a text tells of
an event besides stays, so that a later correction finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg import vocab
from kg.rdf.iris import disposition_iri
from kg.rdf.scope import types_of
from kg.rdf.terms import iri, literal, nkg, typed, word
from kg.store import Reader, Term, sparql_term

MEANT_BY = {"proposer": "agent", "responder": "agent", "addressee": "recipient"}
"""Role to the one that it is a case of: who proposes also acts, so that both are corrected together."""
_CASES = {"Initiative": {"agent": "proposer", "recipient": "addressee"}, "Response": {"agent": "responder"}}
"""Family of classes to the cases of roles that its events have."""

_STATUS, _EVIDENCE = vocab.NKG + "status", vocab.NKG + "evidence"
_TOLD_BY = (_EVIDENCE, *(vocab.NKG + name for name in ("response", "outcomeText", "asOf")))
"""What tells how a proposal was answered: it goes with the status that was read."""
_DECIDED = (_STATUS, *_TOLD_BY, vocab.NKG + "decidedBy", vocab.NKG + "confidence")
_REVISED = iri(vocab.PROV + "wasRevisionOf")
_MEANT = {
    "Acceptance": "Accepted",
    "Agreement": "Accepted",
    "Refusal": "Rejected",
    "Response": "Pending",
    "NonRealisation": "Unmet",
}
"""Class of an answer to the status that follows from it."""
_ANSWERED = {nkg(name) for name in ("Accepted", "Rejected", "Pending")}
"""What only an answer makes of an initiative: something that is none can still realise what was wanted, or fail to."""

Told = dict[str, list[Term]]
Revision = tuple[set[str], set[str]]


def revision(reader: Reader, document: str, node: str, property: str, value: str) -> Revision:
    """Give the triples, as N-Triples without the dot, that go from a document's graph and that come into it.

    `value` is a class, kind, status, factuality, or the end of the IRI of an actor, "" for nobody. A triple that stays
    may stand in both.
    """
    told = _told(reader, document, node)
    if property == "type" and not value:
        gone, come = _struck(reader, document, node), set[str]()
    elif property in {"type", "kind"}:
        gone, come = _typed(node, told, value, property)
        if "/event/" in node:
            without, new = _answering(reader, document, node, vocab.KINDS[value] if property == "kind" else value)
            gone, come = gone | without, come | new
    elif property == "status":
        gone, come = _standing(reader, document, node, told, value)
    elif property == "factuality":
        gone = _triples(node, "factuality", map(_written, told.get(vocab.NKG + "factuality", ())))
        come = _triples(node, "factuality", [nkg(value.capitalize())])
    else:
        gone, come = _filled(reader, document, node, told, property, value)
    return gone, come | _triples(node, "rule", [word(vocab.CORRECTED)])


def now(reader: Reader, document: str, node: str, property: str) -> list[str]:
    """Give what a node has as type, kind, status, factuality or a role in its document's graph."""
    if property == "status":
        rows = [row for _, row in _statuses(reader, document, node)]
        return sorted({row.value.removeprefix(vocab.NKG).lower() for row in rows})
    told = _told(reader, document, node)
    name = vocab.RDF + "type" if property == "type" else vocab.NKG + property
    found = sorted(term.value for term in told.get(name, ()))
    return [value.lower() for value in map(_local, found)] if property == "factuality" else found


def _told(reader: Reader, document: str, node: str) -> Told:
    rows = reader.query(f"SELECT ?p ?o WHERE {{ GRAPH {sparql_term(document)} {{ {sparql_term(node)} ?p ?o }} }}").rows
    told: Told = {}
    for property, value in rows:
        if property is not None and value is not None:
            told.setdefault(property.value, []).append(value)
    return told


def _triples(node: str, property: str, objects: Iterable[str]) -> set[str]:
    return {f"{iri(node)} {nkg(property)} {value}" for value in objects}


def _written(term: Term) -> str:
    if term.kind == "iri":
        return iri(term.value)
    name = term.datatype.removeprefix(vocab.XSD)
    return literal(term.value) if name in {"", "string"} else typed(term.value, name)


def _local(value: str) -> str:
    return value.removeprefix(vocab.NKG)


def _family(told: Told) -> str:
    types = {_local(term.value) for term in told.get(vocab.RDF + "type", ())}
    return next((name for name in _CASES if name in types), "")


def _typed(node: str, told: Told, value: str, property: str) -> Revision:
    cls = vocab.KINDS[value] if property == "kind" else value
    types = [term for term in told.get(vocab.RDF + "type", ()) if term.value.startswith(vocab.NKG)]
    gone = {f"{iri(node)} {iri(vocab.RDF + 'type')} {iri(term.value)}" for term in types}
    if "/event/" not in node:
        return gone, {f"{iri(node)} {iri(vocab.RDF + 'type')} {nkg(cls)}"}
    come = {f"{iri(node)} {iri(vocab.RDF + 'type')} {nkg(name)}" for name in types_of(cls)}
    kinds = [term.value for term in told.get(vocab.NKG + "kind", ())]
    gone |= _triples(node, "kind", map(word, kinds))
    family = next((name for name in types_of(cls) if name in _CASES), "")
    if family == "Initiative":
        own = [kind for kind in kinds if vocab.KINDS.get(kind) == cls] or [vocab.INITIATIVE_KINDS[cls][0]]
        come |= _triples(node, "kind", [word(value if property == "kind" else own[0])])
    if vocab.NKG + cls not in {term.value for term in types}:
        gone |= _triples(node, "plover", map(_written, told.get(vocab.NKG + "plover", ())))
        code = vocab.CLASS_CODES.get(cls)
        come |= _triples(node, "plover", [iri(vocab.PLOVER + code)] if code else [])
    come |= _needed(node, told, cls)
    for name, cases in _CASES.items():
        for role, case in cases.items():
            has = {_written(term) for term in told.get(vocab.NKG + case, ())}
            if name == family:
                come |= _triples(node, case, has or {_written(term) for term in told.get(vocab.NKG + role, ())})
            else:
                gone |= _triples(node, case, has)
    return gone, come


def _struck(reader: Reader, document: str, node: str) -> set[str]:
    """Give what goes with an event that is none: all but its words, so that it can still be found and given a type."""
    kept = {vocab.NKG + name for name in ("trigger", "evidence", "factuality")} | {vocab.RDFS + "label"}
    graph, event = sparql_term(document), sparql_term(node)
    of_it = f"{event} nkg:disposition|nkg:quantity|(nkg:disposition/{_REVISED}) ?x"
    own = f"{{ {of_it} }} UNION {{ ?x nkg:cause|nkg:effect|nkg:response {event} }}"
    found = reader.query(f"SELECT DISTINCT ?x {{ GRAPH {graph} {{ {own} }} }}").rows
    things = " ".join(sorted({event, *(sparql_term(row[0].value) for row in found if row[0] is not None)}))
    rows = reader.query(
        f"SELECT ?s ?p ?o {{ VALUES ?x {{ {things} }} "
        f"{{ GRAPH {graph} {{ ?x ?p ?o }} BIND(?x AS ?s) }} UNION {{ GRAPH {graph} {{ ?s ?p ?x }} BIND(?x AS ?o) }} }}"
    ).rows
    triples = [(s.value, p.value, o) for s, p, o in rows if s is not None and p is not None and o is not None]
    return {f"{iri(s)} {iri(p)} {_written(o)}" for s, p, o in triples if s != node or p not in kept}


def _needed(node: str, told: Told, cls: str) -> set[str]:
    """What is wanted or said has words: those of the event where the text was not read to have any of their own."""
    come: set[str] = set()
    wanted = "Initiative" in types_of(cls) or cls == "Statement"
    if wanted and vocab.NKG + "contentText" not in told:
        come |= _triples(node, "contentText", map(_written, told.get(vocab.RDFS + "label", ())))
    if cls == "Statement" and vocab.NKG + "contentSpan" not in told:
        come |= _triples(node, "contentSpan", map(_written, told.get(vocab.NKG + "evidence", ())))
    return come


def _filled(reader: Reader, document: str, node: str, told: Told, property: str, value: str) -> Revision:
    role = MEANT_BY.get(property, property)
    case = _CASES.get(_family(told), {}).get(role)
    names = [role, case] if case else [role]
    gone = {triple for name in names for triple in _triples(node, name, map(_written, told.get(vocab.NKG + name, ())))}
    come = {triple for name in names if value for triple in _triples(node, name, [iri(document + value)])}
    mention = _mention(reader, document, node, document + value) if value else None
    return gone, come | (_triples(node, "participantMention", [iri(mention)]) if mention else set())


def _mention(reader: Reader, document: str, node: str, actor: str) -> str | None:
    """Give the mention of an actor that stands nearest to an event's word."""
    pattern = (
        f"{sparql_term(node)} nkg:trigger/nif:beginIndex ?at . "
        f"?mention nkg:refersTo {sparql_term(actor)} ; nif:beginIndex ?begin BIND(ABS(?at - ?begin) AS ?far)"
    )
    where = f"GRAPH {sparql_term(document)} {{ {pattern} }}"
    rows = reader.query(f"SELECT ?mention WHERE {{ {where} }} ORDER BY ?far ?begin ?mention LIMIT 1").rows
    return rows[0][0].value if rows and rows[0][0] is not None else None


def _statuses(reader: Reader, document: str, node: str) -> list[tuple[str, Term]]:
    pattern = f"{sparql_term(node)} nkg:disposition ?d . ?d nkg:status ?status"
    rows = reader.query(f"SELECT ?d ?status WHERE {{ GRAPH {sparql_term(document)} {{ {pattern} }} }} ORDER BY ?d").rows
    return [(d.value, status) for d, status in rows if d is not None and status is not None]


def _standing(reader: Reader, document: str, node: str, told: Told, value: str) -> Revision:
    gone: set[str] = set()
    come: set[str] = set()
    if _family(told) != "Initiative":
        return gone, come
    own = _proposing(reader, document, node) or [_written(term) for term in told.get(_EVIDENCE, ())]
    found = {name: _written_of(_told(reader, document, name)) for name, _ in _statuses(reader, document, node)}
    if not found:
        name = disposition_iri(node, 1)
        found = {name: {}}
        come |= _triples(node, "disposition", [iri(name)])
        come.add(f"{iri(name)} {iri(vocab.RDF + 'type')} {nkg('Disposition')}")
    for name, was in found.items():
        without, new = _revised(reader, document, name, was, nkg(value.capitalize()), own)
        gone, come = gone | without, come | new
    return gone, come


def _answering(reader: Reader, document: str, node: str, cls: str) -> Revision:
    """Give what changes where an answer is of another class: how the initiatives stand that it answers."""
    gone: set[str] = set()
    come: set[str] = set()
    answer = f"nkg:response|({_REVISED}/nkg:response) {sparql_term(node)}"
    pattern = f"?initiative nkg:disposition ?x . ?x {answer}"
    rows = reader.query(f"SELECT ?initiative ?x {{ GRAPH {sparql_term(document)} {{ {pattern} }} }} ORDER BY ?x").rows
    for initiative, disposition in ((row[0].value, row[1].value) for row in rows if row[0] and row[1]):
        was = _written_of(_told(reader, document, disposition))
        read = _written_of(_told(reader, document, f"{disposition}/read")) or was
        status = nkg(_MEANT[cls]) if cls in _MEANT else None
        if status is None:
            status = nkg("Unknown") if _ANSWERED & set(read[_STATUS]) else read[_STATUS][0]
        own = _proposing(reader, document, initiative)
        without, new = _revised(reader, document, disposition, was, status, own, by_answer=cls in _MEANT)
        gone, come = gone | without, come | new
    return gone, come


def _revised(
    reader: Reader,
    document: str,
    name: str,
    was: Mapping[str, list[str]],
    status: str,
    own: list[str],
    *,
    by_answer: bool = False,
) -> Revision:
    """Give a disposition another status; what was read is kept beside it, for a later correction finds it there.

    What was read tells of another status and is no answer to this one, so that the sentence is that of the initiative
    (`own`), unless `by_answer`: the same words say it, and were only taken for something else.
    """
    kept = f"{name}/read"
    before = _written_of(_told(reader, document, kept))
    told_by = before or was or {_STATUS: [nkg("Unknown")], _EVIDENCE: own}
    read = {property: told_by.get(property, []) for property in (_STATUS, *_TOLD_BY)}
    gone = _said(name, {property: was.get(property, []) for property in _DECIDED}) | _said(kept, before)
    gone |= {f"{iri(name)} {_REVISED} {iri(kept)}"} if before else set()
    come = _triples(name, "decidedBy", [word(vocab.CORRECTED)])
    if status in read[_STATUS]:
        come |= _said(name, read)
    else:
        now = {**read, _STATUS: [status]} if by_answer else {_STATUS: [status], _EVIDENCE: own}
        come |= _said(name, now) | _said(kept, read)
        come.add(f"{iri(kept)} {iri(vocab.RDF + 'type')} {iri(vocab.PROV + 'Entity')}")
        come.add(f"{iri(name)} {_REVISED} {iri(kept)}")
    return gone, come


def _written_of(told: Told) -> dict[str, list[str]]:
    return {property: [_written(term) for term in terms] for property, terms in told.items()}


def _said(node: str, told: Mapping[str, Iterable[str]]) -> set[str]:
    return {f"{iri(node)} {iri(property)} {value}" for property, values in told.items() for value in values}


def _proposing(reader: Reader, document: str, node: str) -> list[str]:
    """Give the sentences of an initiative that have its word, not those that only take it up."""
    event = sparql_term(node)
    pattern = (
        f"{event} nkg:trigger/nif:beginIndex ?at ; nkg:evidence ?span . "
        "?span nif:beginIndex ?from ; nif:endIndex ?to FILTER(?from <= ?at && ?at < ?to)"
    )
    rows = reader.query(
        f"SELECT DISTINCT ?span {{ GRAPH {sparql_term(document)} {{ {pattern} }} }} ORDER BY ?span"
    ).rows
    return [_written(row[0]) for row in rows if row[0] is not None]
