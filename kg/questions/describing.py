"""The library and a graph described in RDF, so that SPARQL editors can offer the questions and know what is there.

Each question is a `sh:SPARQLSelectExecutable` (https://www.w3.org/TR/shacl-af/#SPARQLExecutable) as collections of
SPARQL examples have it, its prefixes declared with `sh:declare`; counts of a graph are VoID (https://www.w3.org/TR/void/).
"""

from __future__ import annotations

from kg.questions.library import questions
from kg.store import Reader, serialise
from kg.vocab import NKG, PREFIXES, RDF, RDFS, XSD

SH = "http://www.w3.org/ns/shacl#"
VOID = "http://rdfs.org/ns/void#"
SCHEMA = "https://schema.org/"
EXAMPLES = "https://w3id.org/newskg/queries/"
"""What the IRIs of the questions begin with."""


def library_turtle() -> str:
    """Give every question with its text, description, tags, prefixes and SPARQL, in Turtle."""
    return serialise("".join(f"{triple} .\n" for triple in (*_prefixes(), *_library())), "turtle")


def void_turtle(reader: Reader) -> str:
    """Give what a graph holds in VoID: triples, documents, and how often each class and property is used, in Turtle."""
    return serialise("".join(f"{triple} .\n" for triple in _void(reader)), "turtle")


def _library() -> list[str]:
    lines = []
    for question in questions():
        node = f"<{EXAMPLES}{question.name}>"
        lines += [
            f"{node} <{RDF}type> <{SH}SPARQLExecutable>",
            f"{node} <{RDF}type> <{SH}SPARQLSelectExecutable>",
            f"{node} <{RDFS}label> {_text(question.question)}",
            f"{node} <{RDFS}comment> {_text(question.description)}",
            f"{node} <{SH}prefixes> <{EXAMPLES}prefixes>",
            f"{node} <{SH}select> {_text(question.sparql)}",
            *(f"{node} <{SCHEMA}keywords> {_text(tag)}" for tag in question.tags),
        ]
    return lines


def _prefixes() -> list[str]:
    lines = []
    for prefix, namespace in PREFIXES.items():
        node = f"<{EXAMPLES}prefixes/{prefix}>"
        lines += [
            f"<{EXAMPLES}prefixes> <{SH}declare> {node}",
            f"{node} <{SH}prefix> {_text(prefix)}",
            f'{node} <{SH}namespace> "{namespace}"^^<{XSD}anyURI>',
        ]
    return lines


def _void(reader: Reader) -> list[str]:
    data = f"<{reader.base}dataset>"
    lines = [
        f"{data} <{RDF}type> <{VOID}Dataset>",
        f"{data} <{VOID}triples> {_number(len(reader))}",
        f"{data} <{VOID}documents> {_number(len(reader.documents()))}",
        f"{data} <{VOID}vocabulary> <{NKG.rstrip('#')}>",
    ]
    parts = (
        (
            "classPartition",
            "class",
            "entities",
            "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?x } } GROUP BY ?x",
        ),
        (
            "propertyPartition",
            "property",
            "triples",
            "SELECT ?x (COUNT(?s) AS ?n) { GRAPH ?g { ?s ?x ?o } } GROUP BY ?x",
        ),
    )
    for part, what, counted, sparql in parts:
        for row in sorted(reader.query(sparql).rows, key=str):
            thing, count = row
            if thing is None or count is None:
                continue
            node = f"<{reader.base}dataset/{what}/{thing.value.rpartition('/')[2].replace('#', '-')}>"
            lines += [
                f"{data} <{VOID}{part}> {node}",
                f"{node} <{VOID}{what}> <{thing.value}>",
                f"{node} <{VOID}{counted}> {_number(int(count.value))}",
            ]
    return lines


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _number(number: int) -> str:
    return f'"{number}"^^<{XSD}integer>'
