"""What the endpoint says of itself: SPARQL 1.1 Service Description and VoID, as Turtle.

https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/
"""

from __future__ import annotations

import json

from kg.store import sparql_term
from kg.store.answering import TABLES, TRIPLES
from kg.vocab import PREFIXES, RDF, WIKIDATA, XSD

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


VOCABULARIES = {name: iri for name, iri in PREFIXES.items() if iri not in (RDF, XSD, WIKIDATA)}
"""What graphs are written in, besides RDF itself."""


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


NODES = """SELECT ?class (COUNT(DISTINCT ?node) AS ?nodes) WHERE { { ?node a ?class } UNION { ?node a ?any } }
GROUP BY ?class ORDER BY DESC(?nodes) ?class"""
"""How many nodes there are of each class, in texts and across them, and, without a class, of all."""


def void(home: str, about: bytes, nodes: bytes) -> str:
    """Describe the dataset.

    `about` is the JSON of the page about it, `nodes` the answer to `NODES`, empty where that took too long.
    """
    told = json.loads(about)
    counts = told["counts"]
    rows = json.loads(nodes)["results"]["bindings"] if nodes else []
    classes = "".join(
        f"    void:classPartition [ void:class <{row['class']['value']}> ; void:entities {row['nodes']['value']} ] ;\n"
        for row in rows
        if "class" in row
    )
    entities = "".join(f"    void:entities {row['nodes']['value']} ;\n" for row in rows if "class" not in row)
    files = (sparql_term(f"{home}export/{name}") for name in told["exports"] if name != "graphml")
    dumps = "".join(f"    void:dataDump {file} ;\n" for file in files)
    vocabularies = " , ".join(f"<{VOCABULARIES[name]}>" for name in sorted(VOCABULARIES))
    return f"""@prefix void: <http://rdfs.org/ns/void#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .

{sparql_term(home + ".well-known/void")} a void:DatasetDescription ; foaf:primaryTopic {sparql_term(home + "#graph")} .

{sparql_term(home + "#graph")} a void:Dataset ;
    dcterms:title "A news knowledge graph" ;
    foaf:homepage {sparql_term(home)} ;
    void:sparqlEndpoint {sparql_term(home + "sparql")} ;
{dumps}    void:vocabulary {vocabularies} ;
    void:uriSpace {sparql_term(told["base"], datatype="string")} ;
{classes}{entities}    void:documents {counts["documents"]} ;
    void:triples {counts["triples"]} .
"""
