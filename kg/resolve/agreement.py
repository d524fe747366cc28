"""Whether the published identity graph is what was decided: the index knows every triple that the resolution wrote."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg import vocab
from kg.rdf.iris import identity_iri
from kg.rdf.terms import iri, nkg
from kg.resolve.index import NAME, notes, read_only
from kg.store import Reader, is_published, normal_triples

REMEDY = f"delete {NAME} in the graph directory and run kg resolve"


@dataclass(frozen=True, slots=True)
class Difference:
    """Triples (N-Triples lines) of the identity graph that were decided but are not there, and the other way round."""

    lacking: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.lacking or self.foreign)

    def __str__(self) -> str:
        """Tell it in a sentence, with what to do."""
        return (
            f"the identity graph lacks {len(self.lacking)} triples that were decided and has {len(self.foreign)} "
            f"that were not; {REMEDY}."
        )


def difference(reader: Reader) -> Difference:
    """Compare the identity graph that readers see with the index of decisions.

    There is nothing to compare with while a run has not published what it wrote, or where the index is not there: the
    next build decides anew.
    """
    directory = reader.directory
    if not is_published(directory) or not notes(directory):
        return Difference()
    graph = identity_iri(reader.base)
    try:
        decided = normal_triples(
            [f"{iri(graph)} {iri(vocab.RDF + 'type')} {nkg('IdentityGraph')}", *_stored(directory)]
        )
    except sqlite3.Error:
        return Difference()
    there = set(reader.ntriples(graph).split("\n")) - {""}
    return Difference(tuple(sorted(decided - there)), tuple(sorted(there - decided)))


def _stored(directory: Path) -> Iterator[str]:
    """Yield every triple (without the dot) that the index says was written of members and canonical nodes."""
    with closing(read_only(directory)) as database:
        for member, node in database.execute("SELECT iri, node FROM member"):
            yield f"{iri(member)} {nkg('canonical')} {iri(node)}"
        for (triples,) in database.execute("SELECT triples FROM node"):
            yield from json.loads(triples)
