"""What `kg.rdf.quads` writes, for analyses made by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest
from rdflib import Dataset

from kg import rdf, vocab
from kg.errors import InputError, KgError
from kg.model import (
    Analysis,
    Chain,
    Document,
    EntityType,
    Event,
    Evidence,
    Factuality,
    Mention,
    MentionKind,
    Quantity,
    RelationKind,
    Role,
    Span,
    TimeSpan,
)
from tests.ontology.test_shapes import messages
from tests.rdf import build
from tests.rdf.build import Builder

# rdflib warns of its own use of a deprecated name while it parses N-Quads
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

samples = pytest.mark.parametrize("sample", build.SAMPLES, ids=lambda sample: sample.__name__)
Sample = Callable[[], Analysis]


def write(analysis: Analysis, **options: str) -> list[str]:
    def fail(problem: KgError) -> None:
        raise problem

    return rdf.quads(analysis, pipeline_version="1", report=fail, **options)


def store(lines: list[str]) -> ox.Store:
    graph = ox.Store()
    graph.load("\n".join(lines).encode(), ox.RdfFormat.N_QUADS)
    return graph


def ask(analysis: Analysis, where: str, *, base: str = vocab.BASE) -> set[tuple[str, ...]]:
    """Give the rows of a SPARQL pattern, variables in their order there, IRIs without the document's own part."""
    prefixes = "".join(f"PREFIX {p}: <{iri}> " for p, iri in vocab.PREFIXES.items())
    names = list(dict.fromkeys(re.findall(r"\?(\w+)", where)))
    rows = store(write(analysis)).query(f"{prefixes} SELECT * {{ GRAPH ?g {{ {where} }} }}")
    assert isinstance(rows, ox.QuerySolutions)
    doc = rdf.doc_iri(base, analysis.document.id)
    return {tuple(row[name].value.removeprefix(doc).removeprefix(vocab.NKG) for name in names) for row in rows}


@samples
def test_both_libraries_read_the_same_graph(sample: Sample) -> None:
    lines = write(sample())
    quads = list(ox.parse("\n".join(lines).encode(), ox.RdfFormat.N_QUADS))
    assert len(quads) == len(lines)
    assert {q.graph_name.value for q in quads} == {rdf.doc_iri(vocab.BASE, sample().document.id)}
    assert not any(isinstance(term, ox.BlankNode) for q in quads for term in (q.subject, q.object))
    dataset = Dataset()
    dataset.parse(data="\n".join(lines) + "\n", format="nquads")
    assert len(dataset) == len(lines)


@samples
def test_lines_are_sorted_unique_and_the_same_each_time(sample: Sample) -> None:
    lines = write(sample())
    assert lines == sorted(set(lines)) == write(sample())
    assert all(line.endswith(" .") and "\n" not in line for line in lines)


@samples
def test_every_offset_points_at_its_words(sample: Sample) -> None:
    analysis = sample()
    rows = ask(analysis, "?s nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?words ; nif:referenceContext ?doc")
    assert len(rows) >= 9
    for _, begin, end, words, doc in rows:
        assert analysis.document.text[int(begin) : int(end)] == words
        assert doc == ""


def test_document_node() -> None:
    rows = ask(build.proposal(), "?d a nkg:Article, nif:Context ; dcterms:issued ?i ; schema:url ?u ; nif:isString ?t")
    assert rows == {("", "2025-05-14", "https://example.org/news/karo-talks", build.proposal().document.text)}


def test_content_hash_follows_all_that_shapes_the_graph() -> None:
    document = build.proposal().document
    changed = [
        replace(document, text=document.text + " "),
        replace(document, published=date(2025, 5, 15)),
        replace(document, title=None),
        replace(document, publisher="Another"),
        replace(document, url=None),
    ]
    assert len({rdf.content_hash(d) for d in (document, *changed)}) == 6
    assert rdf.content_hash(replace(document, id="other")) == rdf.content_hash(document)


def test_an_address_that_is_no_iri_is_left_out() -> None:
    for url in (
        "not an address",
        "javascript:alert(1)",
        "https://exa mple.org/",
        "https://example.org/%zz",
        "https://",
    ):
        analysis = Analysis(Document("d", "Text.", url=url))
        assert ask(analysis, "?d schema:url ?url") == set()
        assert rdf.content_hash(analysis.document) == rdf.content_hash(Document("d", "Text."))


def test_roles_and_what_they_imply() -> None:
    rows = ask(build.proposal(), "?e nkg:frame 'proposal' ; ?role ?a . ?a rdfs:label ?name . ?a a ?class")
    roles = {(role, name) for _, role, _, name, _ in rows if role != "content"}
    assert roles == {
        ("proposer", "Norway"), ("agent", "Norway"),
        ("addressee", "the rebels"), ("recipient", "the rebels"),
        ("addressee", "government of Karo"), ("recipient", "government of Karo"),
    }  # fmt: skip
    assert ask(build.statement(), "?e a nkg:Statement ; nkg:agent ?a") == set()
    assert len(ask(build.proposal(), "?e a nkg:Refusal ; nkg:responder ?a ; nkg:agent ?a")) == 1


def test_roles_meet_their_mentions() -> None:
    rows = ask(
        build.proposal(),
        "?e a nkg:Refusal ; nkg:responder ?a ; nkg:participantMention ?m . ?m nkg:refersTo ?a ; nif:anchorOf ?words",
    )
    assert {row[-1] for row in rows} == {"The rebels"}


def test_members_of_an_enumeration_are_mentioned_in_the_role_too() -> None:
    analysis = build.link()
    pair = next(m for m in analysis.mentions if m.text == "Ostland and Westland")
    mentions = tuple(replace(m, members=(0, 1)) if m.index == pair.index else m for m in analysis.mentions)
    rows = ask(
        replace(analysis, mentions=mentions), "?e a nkg:Plan ; nkg:participantMention ?m . ?m nif:anchorOf ?words"
    )
    assert {row[-1] for row in rows} == {"Ostland and Westland", "Ostland", "Westland"}


def test_classes_and_families() -> None:
    assert {c for _, c in ask(build.proposal(), "?e a ?c ; nkg:kind 'propose'")} == {"Proposal", "Initiative", "Event"}
    refusal = ask(build.proposal(), "?e a ?c ; nkg:lemma 'turn down'")
    assert {c for _, c in refusal} == {"Refusal", "Response", "Event"}


def test_dispositions_stand_with_each_addressee() -> None:
    rows = ask(build.proposal(), "?e nkg:disposition ?d . ?d nkg:status ?s ; nkg:ofAddressee ?a . ?a rdfs:label ?n")
    assert {(status, name) for _, _, status, _, name in rows} == {
        ("Rejected", "the rebels"),
        ("Pending", "government of Karo"),
    }
    assert {row[1] for row in rows} == {"/event/17-25/disposition/1", "/event/17-25/disposition/2"}


def test_links_and_their_direct_properties() -> None:
    link = build.link()
    assert {row[-1] for row in ask(link, "?l a nkg:Link ; nkg:relation ?r")} == {"realisation", "outcome"}
    assert ask(link, "?content nkg:realisedBy ?met . ?plan nkg:content ?content . ?met nkg:outcome ?swap")
    assert ask(build.proposal(), "?refusal nkg:inResponseTo ?proposal . ?proposal a nkg:Proposal")


def test_a_condition_is_no_cause() -> None:
    analysis = build.link()
    relations = tuple(replace(r, kind=RelationKind.CONDITION) for r in analysis.relations)
    supposed = replace(analysis, relations=relations)
    assert {row[-1] for row in ask(supposed, "?l a nkg:Link ; nkg:relation ?r")} == {"condition"}
    assert ask(supposed, "?effect nkg:conditionalOn ?cause . ?l nkg:cause ?cause ; nkg:effect ?effect")
    assert ask(supposed, "?a nkg:causedBy|nkg:outcome ?b") == set()


def test_realisation_of_words_that_are_no_event_has_only_its_link() -> None:
    analysis = build.link()
    events = tuple(replace(e, content=None) for e in analysis.events)
    assert ask(replace(analysis, events=events), "?a nkg:realisedBy ?b") == set()


def test_quantities_keep_their_bounds() -> None:
    rows = ask(
        build.accounts(), "?e nkg:quantity ?q . ?q nkg:value ?v ; nkg:lower ?l ; nkg:upper ?u ; nkg:qualifier ?w"
    )
    assert {row[2:] for row in rows} == {("12", "12", "14", "between")}
    rows = ask(build.accounts(), "?q nkg:qualifier 'at least' ; nkg:value ?v ; nkg:evidence/nif:anchorOf ?words")
    assert {row[1:] for row in rows} == {("9", "At least nine")}


def test_times_are_as_precise_as_told() -> None:
    lines = write(build.link())
    assert any('"2025-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>' in line for line in lines)
    assert any('"2025-06-04"^^<http://www.w3.org/2001/XMLSchema#date>' in line for line in lines)


def test_events_of_one_trigger_and_actors_of_one_span_stay_apart() -> None:
    analysis = build.link()
    first = analysis.events[3]
    doubled = replace(analysis, events=(*analysis.events, replace(first, index=4)))
    assert {row[0] for row in ask(doubled, "?e nkg:frame 'exchange'")} == {"/event/131-140", "/event/131-140.2"}

    span = Span(0, 3)
    mentions = tuple(Mention(i, 0, span, span, "Oslo", "oslo", MentionKind.NAME, EntityType.GPE) for i in range(3))
    chains = (Chain(0, (0, 2), "Oslo", 0, EntityType.GPE), Chain(1, (1,), "Oslo", 1, EntityType.ORG))
    rows = ask(Analysis(Document("d", "Oslo."), mentions=mentions, chains=chains), "?m nkg:refersTo ?a")
    assert rows == {("/mention/0-3", "/actor/0-3"), ("/mention/0-3.2", "/actor/0-3.2")}


def test_actors_without_name_or_role_are_not_written() -> None:
    b = Builder(Document("d", "The dog saw Oslo."))
    b.chain("the dog", None, "The dog")
    b.chain("Oslo", EntityType.GPE, "Oslo")
    assert {row[-1] for row in ask(b.analysis(), "?a rdfs:label ?name")} == {"Oslo"}
    b.event("Happening", "saw", "the dog saw Oslo", b.role(Role.AGENT, 0))
    rows = ask(b.analysis(), "?a rdfs:label ?name ; a ?class")
    assert {row[1:] for row in rows if row[2] not in {"Event", "Happening"}} == {
        ("the dog", "Participant"),
        ("Oslo", "GeopoliticalEntity"),
    }


def test_base_moves_every_data_iri() -> None:
    lines = write(build.proposal(), base="https://example.org/kg/")
    assert not any(vocab.BASE in line for line in lines)
    assert all(line.split(" ", 1)[0].startswith("<https://example.org/kg/doc/proposal") for line in lines)


@pytest.mark.parametrize(
    "base", ["", "example", "https://example.org", "https://exa mple.org/", "/x/", "http://a/<b>/"]
)
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(InputError, match="--base"):
        write(build.proposal(), base=base)


def unsound(**changes: object) -> Event:
    """An event with something wrong."""
    event = Event(
        0, "Meeting", "meet", Span(0, 4), "meet", "a meeting",
        Factuality.HAPPENED, (Evidence(Span(0, 10)),), plover="CONSULT",
    )  # fmt: skip
    return replace(event, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "event",
    [
        unsound(evidence=()),
        unsound(factuality=None),
        unsound(trigger=Span(0, 99)),
        unsound(trigger=Span(-3, 2)),
        unsound(trigger=Span(4, 4)),
        unsound(evidence=(Evidence(Span(5, 11)),)),
        unsound(cls="Statement"),
        unsound(cls="a class"),
        unsound(plover="YIELD"),
        unsound(content=7),
        unsound(cue=Span(9, 20)),
        unsound(time=TimeSpan("yesterday", "", Span(0, 4))),
        unsound(quantity=Quantity(float("inf"), Span(0, 4))),
        unsound(quantity=Quantity(3.0, Span(8, 18))),
        unsound(participants=(build.link().events[0].participants[0],)),
    ],
)
def test_an_unsound_event_is_left_out_and_told(event: Event) -> None:
    problems: list[KgError] = []
    analysis = Analysis(Document("d", "Met there."), events=(event,))
    lines = rdf.quads(analysis, pipeline_version="1", report=problems.append)
    assert len(problems) == 1 and "document 'd', event 0" in str(problems[0])
    assert not any(vocab.NKG + "Event" in line for line in lines)
    assert any(vocab.NKG + "Article" in line for line in lines)


def test_the_sound_event_of_these_tests_is_written() -> None:
    assert any("#Meeting>" in line for line in write(Analysis(Document("d", "Met there."), events=(unsound(),))))


def test_what_hangs_on_an_unsound_event_goes_with_it() -> None:
    analysis = build.proposal()
    events = tuple(replace(e, evidence=()) if e.cls == "Proposal" else e for e in analysis.events)
    problems: list[KgError] = []
    lines = rdf.quads(replace(analysis, events=events), pipeline_version="1", report=problems.append)
    assert len(problems) == 4  # the proposal, its two dispositions, the link to its refusal
    assert not any("/disposition/" in line or "/link/" in line or "event/17-25" in line for line in lines)
    assert any("#Refusal>" in line for line in lines)


@pytest.mark.parametrize(
    "chain", [Chain(0, (5,), "x", 5, None), Chain(0, (), "x", 0, None), Chain(0, (0,), "x", 0, None, (3,))]
)
def test_an_unsound_chain_is_left_out_and_told(chain: Chain) -> None:
    mention = Mention(0, 0, Span(0, 3), Span(0, 3), "Met", "met", MentionKind.NAME)
    problems: list[KgError] = []
    analysis = Analysis(Document("d", "Met there."), mentions=(mention,), chains=(chain,))
    lines = rdf.quads(analysis, pipeline_version="1", report=problems.append)
    assert len(problems) == 1 and "chain 0" in str(problems[0])
    assert not any("refersTo" in line for line in lines)


def test_without_a_report_problems_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    rdf.quads(Analysis(Document("d", "Met there."), events=(unsound(evidence=()),)), pipeline_version="1")
    assert "no evidence" in caplog.text


def test_initiatives_always_have_words_and_kind() -> None:
    event = unsound(cls="Request", label="a request")
    analysis = Analysis(Document("d", "Met there."), events=(event,))
    assert {row[1:] for row in ask(analysis, "?e nkg:kind ?k ; nkg:contentText ?t")} == {("request", "a request")}


def test_a_text_may_be_empty() -> None:
    from rdflib import Graph

    lines = write(Analysis(Document("", "")))
    graph = Graph().parse(data="\n".join(line.rsplit(" <", 1)[0] + " ." for line in lines), format="nt")
    assert messages(graph) == set()
