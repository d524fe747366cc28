"""`kg explain`: how an event came to stand in the graph, from the sentence to the triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import frames_option, graph_option, knowledge_option, nlp_option
from kg.errors import InputError
from kg.model import Analysis, Document
from kg.textnorm import harmless
from kg.vocab import DCTERMS, NIF, NKG, PREFIXES, RDF, SCHEMA

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.rdf.scope import Scope
    from kg.store import Term

_IDENTITY = """
SELECT DISTINCT ?node ?canonical ?reason ?label ?match WHERE {{
  VALUES ?node {{ {nodes} }}
  GRAPH ?identity {{
    ?node nkg:canonical ?canonical .
    OPTIONAL {{ ?canonical nkg:decidedBy ?reason }}
    OPTIONAL {{ ?canonical rdfs:label ?label }}
    OPTIONAL {{ ?canonical skos:exactMatch ?match }}
  }}
}} ORDER BY ?node ?match"""

_ACCOUNTS = """
SELECT DISTINCT ?other ?reason ?confidence WHERE {{
  GRAPH ?identity {{
    {node} nkg:canonical ?canonical . ?other nkg:canonical ?canonical FILTER(?other != {node})
    OPTIONAL {{
      ?merge nkg:joins {node} , ?other ; nkg:decidedBy ?reason .
      OPTIONAL {{ ?merge nkg:confidence ?confidence }}
    }}
  }}
}} ORDER BY ?other ?reason"""

UNDECIDED = "not decided: the graph was built with --no-resolve"


@click.command(short_help="Show how an event was found, from the sentence to the triples.")
@click.argument("event", metavar="EVENT")
@graph_option
@nlp_option
@frames_option
@knowledge_option("A table of names that the graph was built with")
def explain(event: str, graph: Path, nlp: str | None, frames: tuple[Path, ...], knowledge: tuple[Path, ...]) -> None:
    """Show how an event was found: sentence, participants, clause, frame, fields, identity, rules and triples.

    EVENT is words of its sentence ("met in Oslo"), its IRI or the end of it, such as event/120-128; `kg query NAME
    --wide` shows them. The document is read
    from the graph and analysed again, so give the --nlp, --frames and --knowledge it was built with.
    """
    import kg
    from kg import pipeline
    from kg.cli import story
    from kg.resolve.corrections import document_of
    from kg.resolve.finding import event as find

    with kg.open(graph) as opened:
        iri = find(opened.reader, event)
        doc = document_of(iri)
        document = _document(opened, doc)
        analysis, scope = _again(document, iri, base=opened.reader.base, nlp=nlp, frames=frames, knowledge=knowledge)
        told = analysis.events[scope.events.index(f"<{iri}>")]
        actors = {one: name for one in told.participants if (name := scope.actor(one))}
        known = _identities(opened, [f"<{iri}>", *actors.values()])
        others = opened.reader.query(_ACCOUNTS.format(node=f"<{iri}>")).rows
        triples = opened.reader.query(f"SELECT ?p ?o WHERE {{ GRAPH <{doc}> {{ <{iri}> ?p ?o }} }}").rows
    accounts = list(_accounts(others))
    who = {one: known[name][0] for one, name in actors.items() if name in known}
    sections = (
        story.sentence_lines(analysis, told),
        story.participant_lines(analysis, told, who),
        story.source_lines(analysis, told),
        story.frame_lines(analysis, told, pipeline.lexicon(frames)),
        [*story.field_lines(analysis, told), *story.outcome_lines(analysis, told)],
        ["Identity", f"  {known.get(f'<{iri}>', (UNDECIDED, ''))[0]}", *accounts],
        story.rule_lines(analysis, told, (why for _, why in known.values() if why)),
        ["Triples", *_triples(triples)],
    )
    click.echo(harmless("\n".join([iri, "\n\n".join("\n".join(lines).rstrip() for lines in sections)])))


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
    document: Document,
    event: str,
    *,
    base: str,
    nlp: str | None,
    frames: tuple[Path, ...],
    knowledge: tuple[Path, ...],
) -> tuple[Analysis, Scope]:
    """Analyse a document again and name its records. Raises `InputError` if the event is not among them."""
    from kg import pipeline
    from kg.language import analyse, load_nlp
    from kg.rdf import check
    from kg.rdf.scope import scope_of

    [doc] = analyse(load_nlp(nlp), [document.text])
    analysis = pipeline.analyse(document, doc, frames=frames, knowledge=knowledge)
    scope = scope_of(analysis, check(analysis), base=base)
    if f"<{event}>" not in scope.events:
        raise InputError(
            "the event is not found when its document is analysed again",
            where=event,
            remedy="give the --nlp, --frames and --knowledge of the build, or build the graph again with this version",
        )
    return analysis, scope


def _identities(graph: Graph, nodes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What the identity graph decided about nodes, as serialised IRIs, of a document, and the reason."""
    out: dict[str, tuple[str, str]] = {}
    sparql = _IDENTITY.format(nodes=" ".join(dict.fromkeys(nodes)))
    for node, canonical, reason, label, match in graph.reader.query(sparql).rows:
        if node and canonical:
            name = f"{label.value}, {_short(canonical)}" if label else _short(canonical)
            same = f", {_short(match)}" if match else ""
            why = reason.value if reason else ""
            out.setdefault(f"<{node.value}>", (f"{name}{same}{f' (reason: {why})' if why else ''}", why))
    return out


def _accounts(rows: Iterable[Sequence[Term | None]]) -> Iterator[str]:
    """Lines on the other accounts of the event, each with why it is one with this and how sure that is."""
    for other, reason, confidence in rows:
        if other:
            sure = f", confidence {confidence.value}" if confidence else ""
            yield f"      also told as {_short(other)}{f' (merged by {reason.value}{sure})' if reason else ''}"


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
