"""`kg explain`: how an event came to stand in the graph, from the sentence to the triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import frames_option, graph_option, nlp_option
from kg.errors import InputError, QueryError
from kg.model import Analysis, Argument, Clause, Document, Event, Span
from kg.vocab import BASE, DCTERMS, NIF, NKG, PREFIXES, RDF, SCHEMA

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.store import Term

_FIND = """
SELECT DISTINCT ?event ?doc WHERE {{
  GRAPH ?doc {{ ?doc a nkg:Article . ?event a nkg:Event }}
  FILTER(STRENDS(STR(?event), {suffix}))
}} ORDER BY ?event LIMIT 6"""


@click.command(short_help="Show how an event was found, from the sentence to the triples.")
@click.argument("event", metavar="EVENT")
@graph_option
@nlp_option
@frames_option
def explain(event: str, graph: Path, nlp: str | None, frames: tuple[Path, ...]) -> None:
    """Show sentence, clause, the rules that fired, frame, roles and triples of an event.

    EVENT is its IRI or the end of it, such as event/120-128; `kg query NAME --wide` shows them. The document is read
    from the graph and analysed again, so give the --nlp and --frames it was built with.
    """
    import kg

    with kg.open(graph) as opened:
        iri, doc = _find(opened, event)
        document = _document(opened, doc)
        analysis, index = _again(document, iri, base=opened.reader.base, nlp=nlp, frames=frames)
        triples = opened.reader.query(f"SELECT ?p ?o WHERE {{ GRAPH <{doc}> {{ <{iri}> ?p ?o }} }}").rows
    lines = [iri, *_story(analysis, analysis.events[index]), "Triples", *_triples(triples)]
    click.echo("\n".join(lines))


def _find(graph: Graph, event: str) -> tuple[str, str]:
    """Give the IRI of the one event that ends so, and of its document. Raises `QueryError`."""
    from kg.store import sparql_term

    suffix = sparql_term(event.strip("<> "), datatype="string")
    rows = graph.reader.query(_FIND.format(suffix=suffix)).rows
    found = [(name.value, doc.value) for name, doc in rows if name and doc]
    exact = [one for one in found if one[0] == event.strip("<> ")]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise QueryError(
            "no event of this graph is called so",
            where=f"event {event!r}",
            remedy="take one from a column that kg query what-happened --wide shows",
        )
    some = ", ".join(name.removeprefix(BASE) for name, _ in found[:5])
    raise QueryError(f"several events end so ({some})", where=f"event {event!r}", remedy="give more of the IRI")


def _document(graph: Graph, doc: str) -> Document:
    """Read a document back from its graph."""
    rows = graph.reader.query(f"SELECT ?p ?o WHERE {{ GRAPH <{doc}> {{ <{doc}> ?p ?o }} }}").rows
    known = {p.value: o.value for p, o in rows if p and o}
    issued = known.get(DCTERMS + "issued")
    return Document(
        id=known[DCTERMS + "identifier"],
        text=known[NIF + "isString"],
        title=known.get(DCTERMS + "title"),
        published=date.fromisoformat(issued) if issued else None,
        url=known.get(SCHEMA + "url"),
        publisher=known.get(DCTERMS + "publisher"),
    )


def _again(
    document: Document, event: str, *, base: str, nlp: str | None, frames: tuple[Path, ...]
) -> tuple[Analysis, int]:
    """Analyse a document again and find the event among its records. Raises `InputError` if it is not there."""
    from kg import pipeline
    from kg.language import analyse, load_nlp
    from kg.rdf import check
    from kg.rdf.scope import scope_of

    [doc] = analyse(load_nlp(nlp), [document.text])
    analysis = pipeline.analyse(document, doc, frames=frames)
    names = scope_of(analysis, check(analysis), base=base).events
    if f"<{event}>" not in names:
        raise InputError(
            "the event is not found when its document is analysed again",
            where=event,
            remedy="give the --nlp and --frames it was built with, or build the graph again with this version",
        )
    return analysis, names.index(f"<{event}>")


def _story(analysis: Analysis, event: Event) -> Iterator[str]:
    text = analysis.document.text
    issued = analysis.document.published
    yield f"{event.cls}: {event.label}"
    yield f"Document {analysis.document.id}{f', published {issued}' if issued else ''}"
    yield ""
    yield "Sentence"
    for evidence in event.evidence:
        yield f"  {_marked(text, evidence.span, event.trigger)}"
    yield ""
    if event.clause is not None:
        yield from _clause(analysis, analysis.clauses[event.clause])
        yield ""
    yield "Frame"
    yield f"  {event.lemma} → frame {event.frame} → class {event.cls}, PLOVER {event.plover or 'OTHER'}"
    yield f"  {event.factuality.value}{f', kind {event.kind}' if event.kind else ''}"
    yield from _rules(event.rules)
    yield ""
    yield "Roles"
    yield from _roles(analysis, event)
    yield from _answers(analysis, event)
    yield ""


def _clause(analysis: Analysis, clause: Clause) -> Iterator[str]:
    text = analysis.document.text
    traits = [clause.category.value, clause.tense, "passive" if clause.passive else "", clause.modality.value]
    traits += ["negated" if clause.negated else "", "quoted" if clause.quoted else ""]
    yield f"Clause {_said(text, clause.span)}"
    yield f"  predicate   {clause.lemma} ({', '.join(filter(None, traits))})"
    yield from _rules(clause.rules)
    for argument in clause.arguments:
        yield from _argument(text, argument)


def _argument(text: str, argument: Argument) -> Iterator[str]:
    marker = f"{argument.marker} … " if argument.marker else ""
    yield f"  {argument.slot.value:<11} {marker}{_said(text, argument.span)}"
    yield from _rules(argument.rules)


def _roles(analysis: Analysis, event: Event) -> Iterator[str]:
    for one in event.participants:
        name = analysis.chains[one.chain].name if one.chain is not None else ""
        named = f" = {name}" if name and name != one.text else ""
        yield f"  {one.role.value:<11} {one.text}{named}"
        yield from _rules(one.rules)
    if event.attributed_to is not None:
        yield f"  {'told by':<11} {event.attributed_to.text}"
    if event.content_text:
        yield f"  {'content':<11} {event.content_text}"
    if event.quantity is not None:
        quantity = event.quantity
        yield f"  {'quantity':<11} {quantity.qualifier} {quantity.value:g} {quantity.noun}".rstrip()
    if event.time is not None:
        words = _said(analysis.document.text, event.time.span)
        yield f"  {'time':<11} {event.time.begin} to {event.time.end} {words}"


def _answers(analysis: Analysis, event: Event) -> Iterator[str]:
    text = analysis.document.text
    for one in analysis.dispositions:
        if one.initiative == event.index:
            whose = f" by {one.addressee.text}" if one.addressee else ""
            yield f"  {'status':<11} {one.status.value}{whose} {one.outcome_text}".rstrip()
            yield from _rules((one.rule,))
            yield f"              {_said(text, one.evidence.span)}"
    for link in analysis.relations:
        if event.index in (link.cause, link.effect):
            yield f"  {link.kind.value:<11} {link.cause_text} → {link.effect_text}"
            yield from _rules((link.rule,))


def _triples(rows: Iterable[Sequence[Term | None]]) -> list[str]:
    return sorted(f"  {_short(p)} {_short(o)}" for p, o in rows if p and o)


def _short(term: Term) -> str:
    if term.kind != "iri":
        return f'"{term.value}"'
    if term.value == RDF + "type":
        return "a"
    for prefix, namespace in {**PREFIXES, "nkg": NKG}.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return f"<{term.value}>"


def _rules(rules: Iterable[str]) -> Iterator[str]:
    told = "; ".join(dict.fromkeys(rule for rule in rules if rule))
    if told:
        yield f"      rule: {told}"


def _said(text: str, span: Span) -> str:
    return f"“{' '.join(text[span.begin : span.end].split())}”"


def _marked(text: str, sentence: Span, trigger: Span) -> str:
    """Give a sentence with the trigger in brackets if it stands there."""
    if not (sentence.begin <= trigger.begin and trigger.end <= sentence.end):
        return _said(text, sentence)
    before, word = text[sentence.begin : trigger.begin], text[trigger.begin : trigger.end]
    return " ".join(f"“{before}[{word}]{text[trigger.end : sentence.end]}”".split())
