"""The ontology is complete, its alignments name real terms, and code, queries and shapes use no term beside it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib import namespace as spaces

from kg import rdf, vocab
from kg.model import Factuality, RelationKind, Role, Status
from tests.rdf import build

ROOT = Path(__file__).parents[2]
NKG = Namespace(vocab.NKG)

# rdflib knows the terms of PROV-O, schema.org, SKOS and Dublin Core; these three it does not.
SEM_TERMS = (
    "Actor ActorType Authority Constraint Core Event EventType Object Place PlaceType Role RoleType Temporary Time "
    "TimeType Type View accordingTo actorType eventProperty eventType hasActor hasBeginTimeStamp "
    "hasEarliestBeginTimeStamp hasEarliestEndTimeStamp hasEndTimeStamp hasLatestBeginTimeStamp hasLatestEndTimeStamp "
    "hasPlace hasSubEvent hasSubType hasTime hasTimeStamp placeType roleType subEventOf subTypeOf timeType type"
)
NIF_TERMS = (
    "CString Context ContextCollection ContextHashBasedString OffsetBasedString Paragraph Phrase RFC5147String "
    "Sentence String Structure Title URIScheme Word anchorOf beginIndex broaderContext endIndex hasContext isString "
    "lemma narrowerContext nextSentence nextWord posTag predLang referenceContext sentence sourceUrl stem subString "
    "superString wasConvertedFrom word"
)
GEO_TERMS = "Point SpatialThing alt lat lat_long location long"
W3C = (str(RDF), str(RDFS), str(OWL), vocab.XSD)


@cache
def news() -> Graph:
    return Graph().parse(ROOT / "ontology" / "news.ttl")


@cache
def plover() -> Graph:
    return Graph().parse(ROOT / "ontology" / "plover.ttl")


def is_known(term: str) -> bool:
    """Tell whether a vocabulary really has this term."""
    if term.startswith(vocab.NKG):
        return (URIRef(term), RDF.type, None) in news()
    if term.startswith(vocab.PLOVER):
        return (URIRef(term), RDF.type, None) in plover()
    if term.startswith(vocab.SEM):
        return term.removeprefix(vocab.SEM) in SEM_TERMS.split()
    if term.startswith(vocab.NIF):
        return term.removeprefix(vocab.NIF) in NIF_TERMS.split()
    if term.startswith(vocab.GEO):
        return term.removeprefix(vocab.GEO) in GEO_TERMS.split()
    for closed in (spaces.PROV, spaces.SDO, SKOS, spaces.DCTERMS):
        if term.startswith(str(closed)):
            return URIRef(term) in closed
    return term.startswith(W3C)


def typed(*types: URIRef) -> set[URIRef]:
    return {term for type in types for term in news().subjects(RDF.type, type) if isinstance(term, URIRef)}


def classes() -> set[URIRef]:
    return typed(OWL.Class)


def properties() -> set[URIRef]:
    return typed(OWL.ObjectProperty, OWL.DatatypeProperty)


def individuals() -> set[URIRef]:
    return typed(NKG.Factuality, NKG.Status)


def test_every_term_has_label_comment_and_example() -> None:
    for term in classes() | properties() | individuals():
        for needed in (RDFS.label, RDFS.comment, SKOS.example):
            assert len(list(news().objects(term, needed))) == 1, f"{term} needs one {needed}"


def test_every_property_says_where_it_belongs() -> None:
    for term in properties():
        assert list(news().objects(term, RDFS.domain)) or list(news().objects(term, spaces.SDO.domainIncludes)), term
        assert list(news().objects(term, RDFS.range)) or list(news().objects(term, spaces.SDO.rangeIncludes)), term


@pytest.mark.parametrize("name", ["news.ttl", "plover.ttl", "shapes.ttl", "identity-shapes.ttl"])
def test_every_term_used_is_real(name: str) -> None:
    graph = Graph().parse(ROOT / "ontology" / name)
    own = {str(s) for s in graph.subjects() if isinstance(s, URIRef)} if "shapes" in name else set()
    external = {"https://github.com/openeventdata/PLOVER", "https://w3id.org/newskg/ontology"}
    external |= {str(version) for version in graph.objects(None, OWL.versionIRI)}
    used = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    unknown = {t for t in used - own - external if not t.startswith("http://www.w3.org/ns/shacl#") and not is_known(t)}
    assert unknown == set()


def test_lists_of_other_vocabularies_are_not_vacuous() -> None:
    made_up = (
        vocab.SEM + "hasOutcome",
        vocab.NIF + "Offset",
        vocab.GEO + "latitude",
        vocab.PROV + "wasInvented",
        vocab.SCHEMA + "ProposeAction",
    )
    assert not any(is_known(term) for term in (*made_up, vocab.SKOS + "worseMatch", vocab.NKG + "Nothing"))


def test_alignments_reach_all_five_vocabularies() -> None:
    targets = {str(o) for p in (RDFS.subClassOf, RDFS.subPropertyOf) for o in news().objects(None, p)}
    for namespace in (vocab.SEM, vocab.PROV, vocab.SCHEMA, vocab.NIF, vocab.SKOS):
        assert any(target.startswith(namespace) for target in targets), namespace


def test_event_classes_are_those_of_the_code() -> None:
    events = set(news().transitive_subjects(RDFS.subClassOf, NKG.Event))
    concrete = {c for c in events if (c, NKG.abstract, Literal(True)) not in news()}
    assert {str(c).removeprefix(vocab.NKG) for c in concrete} == set(vocab.EVENT_CLASSES)
    assert len(vocab.EVENT_CLASSES) == len(set(vocab.EVENT_CLASSES))
    for cls, family in vocab.FAMILIES.items():
        assert (NKG[cls], RDFS.subClassOf, NKG[family]) in news()
    for family in ("Initiative", "Response"):
        below = {str(c).removeprefix(vocab.NKG) for c in news().transitive_subjects(RDFS.subClassOf, NKG[family])}
        assert below - {family} == {cls for cls, given in vocab.FAMILIES.items() if given == family}
    assert {cls for cls, family in vocab.FAMILIES.items() if family == "Initiative"} == set(vocab.INITIATIVE_KINDS)
    beside = {
        (str(cls), str(code))
        for cls, code in news().subject_objects(RDFS.seeAlso)
        if str(code).startswith(vocab.PLOVER)
    }
    assert beside == {(vocab.NKG + cls, vocab.PLOVER + code) for cls, code in vocab.CLASS_CODES.items()}


def test_values_of_the_records_are_terms() -> None:
    for sort, values in ((NKG.Factuality, Factuality), (NKG.Status, Status)):
        defined = {str(news().value(term, SKOS.notation)): term for term in news().subjects(RDF.type, sort)}
        assert defined == {value.value: NKG[value.value.capitalize()] for value in values}
    assert {NKG[role.value] for role in Role} <= properties()
    assert {NKG[name] for name in vocab.ENTITY_CLASSES.values()} <= classes()
    relation = str(news().value(NKG.relation, RDFS.comment))
    assert all(f"'{kind.value}'" in relation for kind in RelationKind)


def test_plover_concepts_are_the_codes() -> None:
    concepts = set(plover().subjects(RDF.type, SKOS.Concept))
    assert tuple(sorted(str(plover().value(c, SKOS.notation)) for c in concepts)) == tuple(sorted(vocab.PLOVER_CODES))
    for concept in concepts:
        assert str(concept) == vocab.PLOVER + str(plover().value(concept, SKOS.notation))
        assert plover().value(concept, SKOS.prefLabel) and plover().value(concept, SKOS.definition)
        assert (concept, SKOS.inScheme, URIRef(vocab.PLOVER + "scheme")) in plover()


def test_graphs_use_only_defined_terms() -> None:
    """Every property and class that the code names, whether a sample happens to use it or not."""
    named = {
        vocab.NKG + name
        for path in (ROOT / "kg").rglob("*.py")
        for names in re.findall(
            r'\bnkg\("(\w+)"\)|\bNKG \+ "(\w+)"|\bNKG}(\w+)|\bnkg:(\w+)', path.read_text(encoding="utf-8")
        )
        for name in names
        if name
    }
    assert len(named) > 40
    lines = [line for sample in build.SAMPLES for line in rdf.quads(sample(), pipeline_version="1")]
    written = {line.split(" ", 2)[1].strip("<>") for line in lines}
    assert {term for term in named | written if not is_known(term)} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_queries_ask_only_for_defined_terms(path: Path) -> None:
    text = re.sub(r"(?m)^\s*#.*$", "", path.read_text(encoding="utf-8"))
    prefixes = "|".join(p for p in vocab.PREFIXES if p != "wd")
    used = {vocab.PREFIXES[p] + name for p, name in re.findall(rf"\b({prefixes}):(\w+)", text)}
    assert {term for term in used if not is_known(term)} == set()
