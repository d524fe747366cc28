"""Which documents a question is narrowed to, and which events in them, for whom its parameters name.

It is found once for all documents, by the digest where there is one, and then stands in the queries as values.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress

from kg.digest import digest_of
from kg.questions.library import Question
from kg.questions.reached import Given, narrowed
from kg.store import Reader, sparql_term

_WRITTEN = 200_000
"""Characters of IRIs that are put into one query in place of the pattern that found them."""

Documents = Sequence[tuple[str, str]]
"""IRIs and ids, in the order of the ids."""

Blocks = Mapping[str, Mapping[str, str]]
"""For each document the patterns that stand there for those of parameters."""

_OWN = re.compile(r"VALUES \?param_\w+ \{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*\}")
"""The value of a parameter of the question's own, in front of the pattern of what it reaches."""


def documents_meant(
    reader: Reader, question: Question, blocks: Mapping[str, str], given: Given | None
) -> tuple[Documents | None, Blocks]:
    """The documents that can answer, in the order of their ids, None where nothing narrows them; and what is meant.

    The latter is found once for all documents, and not again in each: for each of them the patterns of whoever takes
    part, as `VALUES` of the events that they have a part in there.
    """
    if question.narrows is None:
        return None, {}
    digest = digest_of(reader) if given is not None else None
    if digest is not None and given is not None:
        with suppress(sqlite3.Error):  # the file is damaged: the graph itself is asked
            known = narrowed(digest, question, given)
            if known is not None:
                return known[0], {iri: _written(question, blocks, here) for iri, here in known[1].items()}
    shared = {param.name for param in question.params if param.shared or param.name == "document"}
    bearing = (shared & {"actor", "place", "document"}) | question.reach.keys()
    found: dict[str, str] | None = None
    meant: dict[str, dict[str, str]] = {}
    for name in sorted(blocks.keys() & bearing):
        here, values = _picked(reader, question.narrows.variable, blocks[name], only=name == "document")
        found = here if found is None else {iri: id for iri, id in here.items() if iri in found}
        own = _OWN.match(blocks[name])
        for iri, picked in values.items():
            meant.setdefault(iri, {})[name] = f"{own[0] if own and name != 'document' else ''} {picked}"
    if found is None:
        return None, {}
    return sorted(found.items(), key=lambda one: one[1]), meant


def _written(question: Question, blocks: Mapping[str, str], here: Mapping[str, list[str]]) -> dict[str, str]:
    """Write down the accounts that names leave in one document, in place of the patterns of these names."""
    assert question.narrows is not None
    found = {}
    for name, accounts in here.items():
        own = _OWN.match(blocks[name])
        values = " ".join(map(sparql_term, accounts))
        found[name] = f"{own[0] if own else ''} VALUES ?{question.narrows.variable} {{ {values} }}"
    return found


def together(question: Question, blocks: Mapping[str, str], meant: Blocks) -> dict[str, str]:
    """For whoever takes part, what was found of them in all documents, if it is not too much to be written down."""
    if question.narrows is None or sum(len(one) for here in meant.values() for one in here.values()) > _WRITTEN:
        return {}
    found = {}
    for name in {name for here in meant.values() for name in here}:
        pairs = []
        for iri, here in meant.items():
            nodes = here.get(name, "").rpartition(f"VALUES ?{question.narrows.variable} {{")[2]
            pairs += [f"({sparql_term(iri)} {node})" for node in nodes.rstrip("} ").split()]
        own = _OWN.match(blocks[name])
        values = f"VALUES (?document ?{question.narrows.variable}) {{ {' '.join(pairs)} }}"
        found[name] = f"{own[0] if own else ''} {values}"
    return found


def _picked(reader: Reader, variable: str, block: str, *, only: bool) -> tuple[dict[str, str], dict[str, str]]:
    """Documents of a pattern with their ids, and for each the `VALUES` of what the pattern finds there."""
    more = "" if only else f"?{variable}"
    order = "GRAPH ?document { ?document <http://purl.org/dc/terms/identifier> ?id }"
    rows = reader.query(f"SELECT DISTINCT ?document ?id {more} WHERE {{ {block} {order} }} ORDER BY ?id").rows
    documents: dict[str, str] = {}
    nodes: dict[str, list[str]] = {}
    for document, id, *picked in rows:
        if document and id:
            documents[document.value] = id.value
            nodes.setdefault(document.value, []).extend(sparql_term(one.value) for one in picked if one)
    values = {} if only else {iri: f"VALUES ?{variable} {{ {' '.join(found)} }}" for iri, found in nodes.items()}
    return documents, values
