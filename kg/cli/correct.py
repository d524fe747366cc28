"""`kg correct`: a wrong type, kind, role or status, put right by a person and remembered."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_option, state_option
from kg.cli.sending import rewritten
from kg.textnorm import harmless


@click.command(short_help="Put right a wrong type, kind, role or status.")
@click.argument("node", metavar="NODE")
@click.argument("property", metavar="PROPERTY")
@click.argument("value", metavar="VALUE")
@graph_option
@state_option
@click.option("--note", metavar="TEXT", default="", help="Why, kept with the correction.")
def correct(node: str, property: str, value: str, graph: Path | str, state: Path | None, note: str) -> None:
    """Say what PROPERTY of an actor or event NODE is, and remember it by document and quote.

    NODE is a name of an actor, words of an event's sentence, or an IRI or the end of one. What is said of an actor's
    name holds in every document that has it.

    PROPERTY is type (a class, as in Meeting or Person, "" where the words of an event tell none); kind or status of a
    proposal (propose, offer, invite, plan, request, urge, demand, threaten; accepted, rejected, unmet, realised,
    pending, unknown); factuality (happened, denied, future, hypothetical); or a role (agent, recipient, place …), whose
    VALUE is an actor of the same document, or "" for nobody. Who acts is also who proposes or answers. How a proposal
    stands follows from the type of its answer, unless its status is corrected, too. The correction is put into the
    document's graph now and whenever it is built anew; `kg export corrections` writes what was corrected as annotated
    passages.
    """
    from kg.digest import publish
    from kg.resolve import corrections, journal
    from kg.resolve import resolve as decide
    from kg.resolve.finding import actor_in, label_of, members
    from kg.resolve.knowledge import gazetteer_of

    with rewritten(graph, state) as store:
        entries: list[journal.Entry] = []
        were: set[str] = set()
        for name in members(store, node):
            was = corrections.values(store, name, property)
            given = corrections.checked(property, value, where=name)
            nodes = [name]
            if property in corrections.ROLES and value:
                nodes.append(actor_in(store, corrections.document_of(name), value))
                given = corrections.in_document(*nodes)
            keys = tuple(journal.key_of(store, one) for one in nodes)
            entries.append(journal.Entry("correct", keys, property, was, given, note))
            were.update(label_of(store, one) or one for one in was)
        told = f"“{label}” ({name})" if (label := label_of(store, name)) else name
        journal.append(store.directory, entries)
        decide(store, gazetteer=gazetteer_of(store.directory))
        publish(store)
    told = told if len(entries) == 1 else f"{node} in {len(entries)} documents"
    given = value or ("none" if property == "type" else "nobody")
    click.echo(harmless(f"{property} of {told} is {given} now (was: {', '.join(sorted(were)) or 'none'})."))
