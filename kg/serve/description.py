"""What the endpoint says of itself: SPARQL 1.1 Service Description and VoID, as Turtle.

https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/
"""

from __future__ import annotations

import json

from kg.store import sparql_term
from kg.store.answering import TABLES, TRIPLES

_FORMATS = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}


def service_description(endpoint: str) -> str:
    """Describe the endpoint at an address."""
    formats = " , ".join(f"<http://www.w3.org/ns/formats/{_FORMATS[media]}>" for media in (*TABLES, *TRIPLES))
    return f"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .

[] a sd:Service ;
    sd:endpoint {sparql_term(endpoint)} ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph, void:Dataset ] ] .
"""


def void(home: str, about: bytes) -> str:
    """Describe the dataset; `about` is the JSON of the page about it."""
    counts = json.loads(about)["counts"]
    classes = "".join(
        f"    void:classPartition [ void:class <{iri}> ; void:entities {number} ] ;\n"
        for iri, number in json.loads(about)["classes"].items()
    )
    return f"""@prefix void: <http://rdfs.org/ns/void#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .

{sparql_term(home + ".well-known/void")} a void:DatasetDescription ; foaf:primaryTopic {sparql_term(home + "#graph")} .

{sparql_term(home + "#graph")} a void:Dataset ;
    dcterms:title "A news knowledge graph" ;
    foaf:homepage {sparql_term(home)} ;
    void:sparqlEndpoint {sparql_term(home + "sparql")} ;
    void:vocabulary <https://w3id.org/newskg/ontology#> , <http://semanticweb.cs.vu.nl/2009/11/sem/> ,
        <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> , <http://www.w3.org/ns/prov#> ,
        <http://www.w3.org/2004/02/skos/core#> , <https://schema.org/> ;
    void:uriSpace {json.dumps(json.loads(about)["base"])} ;
{classes}    void:documents {counts["documents"]} ;
    void:entities {counts["entities"] + counts["happenings"]} ;
    void:triples {counts["triples"]} .
"""
