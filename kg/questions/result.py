"""What a query answers: rows of RDF terms, and the forms people want them in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from kg.errors import ExtraError, QueryError
from kg.questions.things import SEPARATOR, Cells, cells, grouped
from kg.store import Answer, Reader, Term, serialise, triples_text
from kg.vocab import XSD

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

Taken = dict[str, dict[str, tuple[str, ...]]]
"""Of each parameter that takes a name: what was given, and the names in answers that it was taken for, if any."""

Scalar = str | int | float | bool | date
"""A value as Python has it: dates and numbers converted, everything else its lexical form."""

_NUMBERS = {"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"}

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query.

    It has one row for each thing that is asked for (a proposal, an event); what differs within a thing, its sentences
    or addressees, is joined by " | ". The long form, one row for each combination, is what SPARQL gives: in
    `rows`, in `to_json()`, and elsewhere with `rows=True`.

    `form` is "select", "ask" or "construct" (then the columns are subject, predicate, object). `rows` keep every term
    with its datatype and language; an unbound column is missing from its row. `taken` tells whom names in the
    parameters were taken for.
    """

    form: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Term], ...]
    _answer: Answer = field(repr=False, compare=False)
    _reader: Reader = field(repr=False, compare=False)
    thing: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    taken: Taken = field(default_factory=dict, compare=False)

    def __len__(self) -> int:
        """Count the things."""
        return len(self.parts())

    def parts(self, *, rows: bool = False) -> list[list[int]]:
        """Give the positions in `rows` that make up each thing; of the long form each row is one."""
        return grouped(self.rows, () if rows else self.thing)

    def cells(self, *, rows: bool = False) -> list[Cells]:
        """Give the things as terms: of each column the values, each once."""
        parts = ([self.rows[at] for at in part] for part in self.parts(rows=rows))
        return [cells(part, self.columns, () if rows else self.by) for part in parts]

    def __iter__(self) -> Iterator[dict[str, Scalar | None]]:
        """Iterate over `to_dicts()`."""
        return iter(self.to_dicts())

    def to_dicts(self, *, rows: bool = False) -> list[dict[str, Scalar | None]]:
        """Give the things as Python values, or the long form; an unbound column is None."""
        return [{name: _joined(terms) for name, terms in one.items()} for one in self.cells(rows=rows)]

    def to_json(self) -> str:
        """Give the answer in the SPARQL 1.1 Query Results JSON Format (https://www.w3.org/TR/sparql11-results-json/).

        Triples of a CONSTRUCT query are given as rows of subject, predicate and object.
        """
        if self.form == "ask":
            return json.dumps({"head": {}, "boolean": self.rows[0]["answer"].value == "true"})
        bindings = [{name: _json(term) for name, term in row.items()} for row in self.rows]
        return json.dumps({"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False)

    def to_csv(self, *, rows: bool = False) -> str:
        """Give the answer in the SPARQL 1.1 CSV format (https://www.w3.org/TR/sparql11-results-csv-tsv/).

        A cell that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. Programs
        that need every character as it is take `to_json`.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        for one in self.cells(rows=rows):
            writer.writerow([_csv(one[name]) for name in self.columns])
        return out.getvalue()

    def to_turtle(self) -> str:
        """Give RDF: the triples of a CONSTRUCT query, or of a SELECT query a description of each thing it names.

        A table is no RDF, so what a SELECT answers is described: for every IRI in its rows all triples about it, and
        about what these point to (roles, quotations, quantities), but not the texts of the articles. The graph has
        to be open still, or a `StoreError` says so. Raises `QueryError` for ASK, which is only yes or no.
        """
        return serialise(self._triples(), "turtle")

    def to_pandas(self, *, rows: bool = False) -> pandas.DataFrame:
        """Give a data frame with one column per variable. Raises `ExtraError` where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise ExtraError(
                "pandas is not installed", where="to_pandas()", remedy="run: pip install 'newskg[notebook]'"
            ) from error

        return pandas.DataFrame(self.to_dicts(rows=rows), columns=list(self.columns))

    def to_rdflib(self) -> rdflib.Graph:
        """Give the triples of `to_turtle` as an rdflib graph."""
        import rdflib

        return rdflib.Graph().parse(data=self._triples(), format="nt")

    def to_networkx(self) -> networkx.MultiDiGraph:
        """Give the triples of `to_turtle` as a networkx graph: IRIs are nodes, literals their attributes.

        An edge has the attribute `predicate` (an IRI), and its key is its id in the graph; a node's attributes are
        named by predicate IRI and hold the values joined by " | ".
        """
        import networkx

        network = networkx.MultiDiGraph()
        answer = self._answer if self.form == "construct" else self._described()
        for subject, predicate, thing in sorted(set(answer.rows), key=str):
            assert subject and predicate and thing
            network.add_node(subject.value)
            if thing.kind == "literal":
                node = network.nodes[subject.value]
                node[predicate.value] = " | ".join(filter(None, (node.get(predicate.value), thing.value)))
            else:
                key = f"e{network.number_of_edges() + 1}"  # files ask for ids that no two edges share
                network.add_edge(subject.value, thing.value, key=key, predicate=predicate.value)
        return network

    def _repr_html_(self) -> str:
        from kg.questions.html import table

        return table(self)

    def table(self) -> Answer:
        """Give the rows as the store answered them."""
        return self._answer

    def described(self) -> Answer:
        """Give the triples of a CONSTRUCT query, or all about what the rows name (see `to_turtle`).

        Yes or no names nothing, so an ASK query has none.
        """
        if self.form == "ask":
            return Answer("construct", ("subject", "predicate", "object"), ())
        return self._answer if self.form == "construct" else self._described()

    def _triples(self) -> str:
        return triples_text(self._answer if self.form == "construct" else self._described())

    def _described(self) -> Answer:
        if self.form == "ask":
            raise QueryError(
                "yes or no is no RDF", where="an ASK query", remedy="ask for json, or write a CONSTRUCT query"
            )
        things = sorted({term.value for row in self.rows for term in row.values() if term.kind == "iri"})
        values = " ".join(f"<{iri}>" for iri in things)
        return self._reader.query(
            "CONSTRUCT { ?thing ?p ?o . ?o ?q ?r } WHERE { "
            f"VALUES ?thing {{ {values} }} ?thing ?p ?o . OPTIONAL {{ ?o ?q ?r . "
            "FILTER NOT EXISTS { ?o a nkg:Article } } FILTER(?p != nif:isString) }"
        )


def result_of(
    answer: Answer,
    reader: Reader,
    *,
    thing: tuple[str, ...] = (),
    by: tuple[str, ...] = (),
    taken: Taken | None = None,
) -> Result:
    """Wrap the answer of a reader; columns that it does not have identify nothing."""
    rows = tuple(
        {name: term for name, term in zip(answer.columns, row, strict=True) if term is not None} for row in answer.rows
    )
    known = all(name in answer.columns for name in (*thing, *by))
    told = (thing, by) if known else ((), ())
    return Result(answer.form, answer.columns, rows, answer, reader, *told, taken or {})


def value(term: Term) -> Scalar:
    """Give a term as a Python value; an ill-typed literal stays text."""
    name = term.datatype.removeprefix(XSD)
    try:
        if name in _NUMBERS:
            return int(term.value)
        if name in ("decimal", "double", "float"):
            return float(term.value)
        if name == "date":
            return date.fromisoformat(term.value)
        if name == "dateTime":
            return datetime.fromisoformat(term.value)
    except ValueError:
        return term.value
    return term.value in ("true", "1") if name == "boolean" else term.value


def _json(term: Term) -> dict[str, str]:
    if term.kind == "iri":
        return {"type": "uri", "value": term.value}
    if term.kind == "blank":
        return {"type": "bnode", "value": term.value}
    out = {"type": "literal", "value": term.value}
    if term.language:
        out["xml:lang"] = term.language
    elif term.datatype != XSD + "string":
        out["datatype"] = term.datatype
    return out


def _joined(terms: Sequence[Term]) -> Scalar | None:
    if len(terms) > 1:
        return SEPARATOR.join(term.value for term in terms)
    return value(terms[0]) if terms else None


def _csv(terms: Sequence[Term]) -> str:
    text = SEPARATOR.join(f"_:{term.value}" if term.kind == "blank" else term.value for term in terms)
    # what OWASP lists under "CSV injection"
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
