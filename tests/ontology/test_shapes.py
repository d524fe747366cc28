"""The examples: valid ones validate, each invalid one fails with the message it expects and no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef

from kg import rdf, vocab
from kg.model import Analysis
from tests.rdf import build

ONTOLOGY = Path(__file__).parents[2] / "ontology"
VALID = sorted((ONTOLOGY / "examples").glob("*.ttl"))
INVALID = sorted((ONTOLOGY / "examples" / "invalid").glob("*.ttl"))
NIF = vocab.NIF
NKG = Namespace(vocab.NKG)


@cache
def shapes(name: str) -> Graph:
    return Graph().parse(ONTOLOGY / name)


def messages(data: Graph, *, identity: bool = False) -> set[str]:
    """Validate, and give the messages of what is wrong."""
    from pyshacl import validate

    conforms, report, _ = validate(data, shacl_graph=shapes("identity-shapes.ttl" if identity else "shapes.ttl"))
    found = {str(message) for message in report.objects(None, SH.resultMessage)}
    assert conforms == (not found)
    return found


def is_identity(path: Path) -> bool:
    return path.name.startswith("identity")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_example(path: Path) -> None:
    assert messages(Graph().parse(path), identity=is_identity(path)) == set()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_example(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("# expect: ")
    assert messages(Graph().parse(path), identity=is_identity(path)) == {first.removeprefix("# expect: ")}


@pytest.mark.parametrize("path", [p for p in VALID if not is_identity(p)], ids=lambda path: path.stem)
def test_example_anchors_are_the_text(path: Path) -> None:
    graph = Graph().parse(path)
    (text,) = graph.objects(None, URIRef(NIF + "isString"))
    spans = list(graph.subjects(URIRef(NIF + "anchorOf")))
    assert spans
    for span in spans:
        begin, end, anchor = (str(graph.value(span, URIRef(NIF + n))) for n in ("beginIndex", "endIndex", "anchorOf"))
        assert str(text)[int(begin) : int(end)] == anchor


def by_value(graph: Graph) -> set[tuple[object, ...]]:
    """Triples with literals as values, for 40 and 40.0 are one decimal."""
    return {(s, p, (o.datatype, o.toPython()) if isinstance(o, Literal) else o) for s, p, o in graph}


@pytest.mark.parametrize("sample", build.SAMPLES, ids=lambda sample: sample.__name__)
def test_examples_are_what_kg_rdf_writes(sample: Callable[[], Analysis]) -> None:
    analysis = sample()
    written = Graph().parse(
        data="\n".join(line.rsplit(" <", 1)[0] + " ." for line in rdf.quads(analysis, pipeline_version="0.1.0")),
        format="nt",
    )
    example = Graph().parse(ONTOLOGY / "examples" / f"{analysis.document.id}.ttl")
    assert by_value(written) == by_value(example)


def test_every_shape_explains_itself() -> None:
    for name in ("shapes.ttl", "identity-shapes.ttl"):
        graph = shapes(name)
        constraints = set(graph.objects(None, SH.property))
        assert constraints
        assert all(len(list(graph.objects(c, SH.message))) == 1 for c in constraints)
        texts = [str(m) for m in graph.objects(None, SH.message)]
        assert len(texts) == len(set(texts)), "each message must name one constraint"


def test_every_shape_has_an_invalid_example() -> None:
    expected = {path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# expect: ") for path in INVALID}
    for name in ("shapes.ttl", "identity-shapes.ttl"):
        graph = shapes(name)
        for shape in graph.subjects(RDF.type, SH.NodeShape):
            held = {str(m) for c in graph.objects(shape, SH.property) for m in graph.objects(c, SH.message)}
            assert held & expected, f"no invalid example for {shape}"


def test_value_lists_are_those_of_the_code() -> None:
    text = (ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8")
    codes = re.findall(r"plover:([A-Z]+)", text)
    assert sorted(codes) == sorted(vocab.PLOVER_CODES)
    for shape, classes in (
        ("EventShape", {"Event", *vocab.EVENT_CLASSES, *vocab.FAMILIES.values()}),
        ("ParticipantShape", {"Participant", *vocab.ENTITY_CLASSES.values()}),
    ):
        (types,) = re.findall(rf"nkg:{shape} .*?sh:path rdf:type ;\s+sh:in \((.*?)\)", text, re.DOTALL)
        assert set(re.findall(r"nkg:(\w+)", types)) == classes
    targets = set(shapes("shapes.ttl").objects(NKG["EventShape"], SH.targetClass))
    assert targets == {NKG[name] for name in ("Event", *vocab.EVENT_CLASSES)}
    (canonical,) = re.findall(r"rdf:type .*?sh:in \((.*?)\)", (ONTOLOGY / "identity-shapes.ttl").read_text(), re.DOTALL)
    known = {"Participant", *vocab.ENTITY_CLASSES.values(), *vocab.EVENT_CLASSES}
    assert set(re.findall(r"nkg:(\w+)", canonical)) == known
    kinds = {kind for kinds in vocab.INITIATIVE_KINDS.values() for kind in kinds}
    (listed,) = re.findall(r"nkg:kind.*?sh:in \((.*?)\)", text, re.DOTALL)
    assert set(re.findall(r'"([a-z]+)"', listed)) == kinds


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_node_that_loses_a_class_is_found(path: Path) -> None:
    graph = Graph().parse(path)
    own = {cls: node for node, cls in graph.subject_objects(RDF.type) if str(cls).startswith(vocab.NKG)}
    # nothing else is said of that graph, and an answer that is neither yes nor no is a response, too
    may_lack = {NKG[name] for name in ("IdentityGraph", "Acceptance", "Refusal")}
    assert own.keys() - may_lack
    for cls, node in own.items():
        if cls in may_lack:
            continue
        graph.remove((node, RDF.type, cls))
        assert messages(graph, identity=is_identity(path)), f"{node} may lack {cls}"
        graph.add((node, RDF.type, cls))


@pytest.mark.parametrize("path", [p for p in VALID if not is_identity(p)], ids=lambda path: path.stem)
def test_a_link_to_what_the_document_does_not_describe_is_found(path: Path) -> None:
    graph = Graph().parse(path)
    described, nowhere = set(graph.subjects()), URIRef("https://w3id.org/newskg/data/doc/d/actor/999-1000")
    linked = {p: (s, o) for s, p, o in graph if str(p).startswith(vocab.NKG) and o in described}
    assert linked
    for predicate, (subject, thing) in linked.items():
        graph.remove((subject, predicate, thing))
        graph.add((subject, predicate, nowhere))
        assert messages(graph), f"{subject} {predicate} {nowhere} is taken"
        graph.remove((subject, predicate, nowhere))
        graph.add((subject, predicate, thing))
