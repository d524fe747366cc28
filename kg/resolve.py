"""The identity graph: which document-scoped actors and events are one thing. Reads the store, writes that one graph.

What is decided is decided in `kg.entities.identity`; documents' graphs are never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg import vocab
from kg.entities.identity import UNNAMED, Account, Actor, Canonical, canonical_actors, canonical_events
from kg.model import Gazetteer
from kg.rdf.iris import canonical_iri, identity_iri
from kg.rdf.terms import iri, literal, nkg
from kg.store import Reader, Store, Term

_ACTORS = """
SELECT ?actor ?class ?label ?named WHERE {
  VALUES ?class { CLASSES }
  GRAPH ?doc {
    ?doc a nkg:Article . ?actor a ?class .
    OPTIONAL { ?actor rdfs:label ?label }
    BIND(EXISTS { ?mention nkg:refersTo ?actor ; nkg:mentionKind "name" } && NOT EXISTS { ?actor nkg:hasMember ?one }
         AS ?named)
  }
}""".replace("CLASSES", " ".join(f"nkg:{name}" for name in (*vocab.ENTITY_CLASSES.values(), "Participant")))

_EVENTS = """
SELECT ?event ?doc ?class ?label ?lemma ?factuality ?speaker ?value ?counted ?time WHERE {
  GRAPH ?doc {
    ?doc a nkg:Article . ?event a nkg:Event , ?class .
    OPTIONAL { ?event rdfs:label ?label }
    OPTIONAL { ?event nkg:lemma ?lemma }
    OPTIONAL { ?event nkg:factuality ?factuality }
    OPTIONAL { ?event nkg:attributedTo ?speaker }
    OPTIONAL { ?event nkg:quantity ?number . ?number nkg:value ?value ; nkg:countedNoun ?counted }
    OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?time }
  }
}"""

_INVOLVED = """
SELECT DISTINCT ?event ?actor WHERE {
  ?event nkg:quantity ?number ; nkg:agent|nkg:patient|nkg:recipient|nkg:place ?actor
}"""

_FAMILIES = {"Event", *vocab.FAMILIES.values()}


def resolve(store: Store, *, gazetteer: Gazetteer | None = None) -> None:
    """Write the identity graph anew, in one transaction; only what changed in it is touched.

    Every document-scoped actor and event gets exactly one `nkg:canonical`. `gazetteer` defaults to the shipped
    knowledge. The result depends on what the store holds, not on the order in which it came.
    """
    if gazetteer is None:
        from kg.entities.knowledge import load

        gazetteer = load()
    actors = canonical_actors(_actors(store), gazetteer)
    events = canonical_events(_accounts(store, actors))
    graph = identity_iri(store.base)
    triples = [f"{iri(graph)} {iri(vocab.RDF + 'type')} {nkg('IdentityGraph')}"]
    triples.extend(_triples(store.base, "actor", actors))
    triples.extend(_triples(store.base, "event", events))
    store.write_documents([(graph, (f"{triple} {iri(graph)} ." for triple in triples))])


def _actors(reader: Reader) -> list[Actor]:
    found: dict[str, Actor] = {}
    for row in sorted(reader.query(_ACTORS).rows, key=str):
        actor, cls, label, named = map(_text, row)
        found.setdefault(actor, Actor(actor, _local(cls), label, named == "true"))
    return list(found.values())


def _accounts(reader: Reader, actors: Iterable[Canonical]) -> list[Account]:
    keys = {member: actor.key for actor in actors for member in actor.members}
    named = {member for actor in actors if actor.reason != UNNAMED for member in actor.members}
    involved: dict[str, set[str]] = defaultdict(set)
    for row in reader.query(_INVOLVED).rows:
        event, actor = map(_text, row)
        if actor in named:
            involved[event].add(keys[actor])
    classes: dict[str, set[str]] = defaultdict(set)
    details: dict[str, tuple[str, ...]] = {}
    for row in sorted(reader.query(_EVENTS).rows, key=str):
        event, document, cls, *rest = map(_text, row)
        classes[event].add(_local(cls))
        details.setdefault(event, (document, *rest))
    return [
        Account(
            iri=event,
            document=document,
            cls=min(classes[event] - _FAMILIES or classes[event] - {"Event"} or classes[event]),
            label=label,
            lemma=lemma,
            factuality=_local(factuality),
            source=keys.get(speaker, speaker),
            value=value,
            counted=counted,
            time=time,
            involved=frozenset(involved[event]),
        )
        for event, (document, label, lemma, factuality, speaker, value, counted, time) in details.items()
    ]


def _triples(base: str, sort: str, canonicals: Iterable[Canonical]) -> Iterator[str]:
    for canonical in canonicals:
        node = iri(canonical_iri(base, sort, canonical.key))
        for member in canonical.members:
            yield f"{iri(member)} {nkg('canonical')} {node}"
        yield f"{node} {iri(vocab.RDF + 'type')} {nkg(canonical.cls)}"
        yield f"{node} {nkg('decidedBy')} {literal(canonical.reason)}"
        yield f"{node} {iri(vocab.RDFS + 'label')} {literal(canonical.label or canonical.cls)}"
        for label in canonical.alternatives:
            if label:
                yield f"{node} {iri(vocab.SKOS + 'altLabel')} {literal(label)}"
        if canonical.wikidata:
            yield f"{node} {iri(vocab.SKOS + 'exactMatch')} {iri(vocab.WIKIDATA + canonical.wikidata)}"


def _text(term: Term | None) -> str:
    return term.value if term else ""


def _local(name: str) -> str:
    return name.rpartition("#")[2]
