"""Why an event stands in the graph: what was read, in which sentence, who decided what, and what came of it.

    import kg
    from kg.explain import explain

    with kg.open("mygraph") as graph:
        explanation = explain(graph, "met in Oslo", words=True)
    for decision in explanation.decisions:
        print(decision.what, decision.value, decision.by, decision.confidence)

The text is read from the graph and analysed again, so an explanation never tells more than what was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.explain.records import Explanation
from kg.explain.schema import as_json, from_json, schema

if TYPE_CHECKING:
    from kg.explain.records import IdentityTold
    from kg.graph import Graph
    from kg.model import Participant

__all__ = ["Explanation", "as_json", "explain", "from_json", "schema"]


def explain(
    graph: Graph,
    event: str,
    *,
    nlp: str | None = None,
    frames: tuple[Path, ...] = (),
    knowledge: tuple[Path, ...] = (),
    words: bool = False,
) -> Explanation:
    """Explain an event, given by its IRI, the end of it, or words of its sentence.

    `nlp`, `frames` and `knowledge` are those that the graph was built with. `words` has each word of the sentence
    hidden in turn, to see how much it weighed in the learned reading; that takes some hundredths of a second a word.

    Raises `InputError` where no or more than one event is meant, or where it is not found in its text any more.
    """
    from kg import pipeline
    from kg.explain import deciding, gathering, telling
    from kg.explain.weighing import weigh
    from kg.language import analyse, load_nlp
    from kg.resolve.corrections import document_of
    from kg.resolve.finding import event as find
    from kg.runner.work import task_of

    iri = find(graph.reader, event)
    doc = document_of(iri)
    document = gathering.document(graph.reader, doc)
    [parsed] = analyse(load_nlp(nlp), [document.text])
    traced, scope, told = gathering.again(
        document, parsed, iri, base=graph.reader.base, frames=frames, knowledge=knowledge
    )
    analysis, text = traced.analysis, document.text
    actors = {one: name for one in told.participants if (name := scope.actor(one))}
    known = gathering.identities(graph.reader, [f"<{iri}>", *actors.values()])
    alone = pipeline.analyse(document, parsed, frames=frames, knowledge=knowledge, meaning=False)
    read, reading, decisions = deciding.judged(text, told, traced.readings, alone)
    return Explanation(
        event=iri,
        cls=told.cls,
        label=told.label,
        document=document.id,
        published=document.published.isoformat() if document.published else None,
        trigger=telling.quote(text, told.trigger),
        sentences=tuple(telling.quote(text, one.span) for one in told.evidence),
        participants=tuple(telling.participants(analysis, told, _who(actors, known))),
        clause=telling.clause(analysis, told),
        attributions=tuple(telling.attributions(analysis, told)),
        frame=telling.frame(analysis, told, pipeline.lexicon(frames)),
        reading=reading,
        decisions=decisions,
        fields=telling.fields(analysis, told),
        statuses=tuple(telling.statuses(analysis, told)),
        relations=tuple(telling.relations(analysis, told)),
        identity=known.get(f"<{iri}>"),
        accounts=tuple(gathering.accounts(graph.reader, iri)),
        rules=tuple(telling.rules(analysis, told, [one.reason for one in known.values() if one.reason])),
        triples=gathering.triples(graph.reader, doc, iri),
        words=weigh(text, parsed, traced.tree, read) if words and read is not None else None,
        as_built=gathering.version(graph.reader, doc) == task_of(nlp, frames, knowledge).version,
    )


def _who(actors: Mapping[Participant, str], known: Mapping[str, IdentityTold]) -> dict[Participant, IdentityTold]:
    """Who the participants are across documents, by the names of their nodes."""
    return {one: known[name] for one, name in actors.items() if name in known}
