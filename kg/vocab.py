"""Names of the RDF terms the package writes and asks for, as plain strings: no RDF library is needed to know them.

The terms are defined, with labels, comments and examples, in `ontology/news.ttl` and `ontology/plover.ttl`;
a test holds this module and those files equal.
"""

NKG = "https://w3id.org/newskg/ontology#"
PLOVER = "https://w3id.org/newskg/plover#"
BASE = "https://w3id.org/newskg/data/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
PROV = "http://www.w3.org/ns/prov#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
DCTERMS = "http://purl.org/dc/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES: dict[str, str] = {
    "nkg": NKG,
    "plover": PLOVER,
    "nif": NIF,
    "sem": SEM,
    "prov": PROV,
    "skos": SKOS,
    "schema": SCHEMA,
    "dcterms": DCTERMS,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "geo": GEO,
    "wd": WIKIDATA,
}
"""Prefixes that every query file and Turtle export may use."""


def declarations(pattern: str) -> str:
    """Return the `PREFIX` lines of SPARQL for the prefixes that stand in a pattern."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if f"{name}:" in pattern)


PLOVER_CODES: tuple[str, ...] = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
"""The 16 PLOVER root codes, as `skos:notation` of the concepts in `ontology/plover.ttl`."""

ENTITY_CLASSES: dict[str, str] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "GeopoliticalEntity",
    "LOC": "Place",
    "NORP": "Group",
    "EVENT": "NamedEvent",
}
"""Entity type (column `type` of `who-is-involved`) to the local name of its ontology class."""
PLACE_CLASSES = frozenset({"GeopoliticalEntity", "Place"})
"""Local names of the classes whose canonical nodes may have coordinates."""

FAMILIES: dict[str, str] = {
    "Proposal": "Initiative",
    "Offer": "Initiative",
    "Request": "Initiative",
    "Demand": "Initiative",
    "Threat": "Initiative",
    "Invitation": "Initiative",
    "Plan": "Initiative",
    "Acceptance": "Response",
    "Refusal": "Response",
}
"""Event class to the family class that its nodes carry besides it, so that queries need no reasoner."""

EVENT_CLASSES: tuple[str, ...] = (
    *FAMILIES,
    "CommunicativeAct",
    "Statement",
    "Accusation",
    "Warning",
    "Pressure",
    "Response",
    "NonRealisation",
    "Meeting",
    "Agreement",
    "Exchange",
    "Release",
    "Attack",
    "Sanction",
    "Protest",
    "Cooperation",
    "Aid",
    "Retreat",
    "Mobilization",
    "Coercion",
    "Support",
    "Happening",
)
"""Local names of the classes that `Event.cls` may have; each event node is also an `nkg:Event`."""

CORRECTED = "corrected-by-a-person"
"""The rule of what a person put right, and of a status that one gave."""

INITIATIVE_KINDS: dict[str, tuple[str, ...]] = {
    "Proposal": ("propose",),
    "Offer": ("offer",),
    "Request": ("request", "urge"),
    "Demand": ("demand",),
    "Threat": ("threaten",),
    "Invitation": ("invite",),
    "Plan": ("plan",),
}
"""Class of an initiative to the values its `nkg:kind` usually has; the first holds where a record names none."""
KINDS: dict[str, str] = {kind: cls for cls, kinds in INITIATIVE_KINDS.items() for kind in kinds}
"""Kind of an initiative to its class."""

CLASS_CODES: dict[str, str] = {
    "Accusation": "ACCUSE",
    "Warning": "THREATEN",
    "Pressure": "REQUEST",
    "Request": "REQUEST",
    "Demand": "REQUEST",
    "Threat": "THREATEN",
    "Acceptance": "AGREE",
    "Refusal": "REJECT",
    "Meeting": "CONSULT",
    "Agreement": "AGREE",
    "Exchange": "COOPERATE",
    "Release": "CONCEDE",
    "Attack": "ASSAULT",
    "Sanction": "SANCTION",
    "Protest": "PROTEST",
    "Cooperation": "COOPERATE",
    "Aid": "AID",
    "Retreat": "RETREAT",
    "Mobilization": "MOBILIZE",
    "Coercion": "COERCE",
    "Support": "SUPPORT",
}
"""Event class to the PLOVER code that the ontology sets beside it (`rdfs:seeAlso`); other classes have none."""
