"""Tables of everything, for spreadsheets, pandas, DuckDB: one file a table, as CSV or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.errors import ExtraError
from kg.exporters import collect
from kg.exporters.record import Network
from kg.exporters.values import Value, fit_names, normal_rows
from kg.model import Role
from kg.store import Answer, Reader

_NUMBER, _WHOLE = float, int

_TABLES: dict[str, tuple[str, dict[str, type]]] = {
    "documents": (
        """SELECT ?document ?id ?title ?published ?publisher ?url ?text WHERE { GRAPH ?document {
             ?document a nkg:Article ; dcterms:identifier ?id ; nif:isString ?text
             OPTIONAL { ?document dcterms:title ?title } OPTIONAL { ?document dcterms:issued ?published }
             OPTIONAL { ?document dcterms:publisher ?publisher } OPTIONAL { ?document schema:url ?url } } }""",
        {},
    ),
    "entities": (
        """SELECT ?entity ?class ?name ?wikidata WHERE {
             GRAPH ?identity { ?identity a nkg:IdentityGraph . ?entity a ?class OPTIONAL { ?entity rdfs:label ?name }
               OPTIONAL { ?entity skos:exactMatch ?wikidata } } }""",
        {},
    ),
    "actors": (
        """SELECT ?actor ?document ?class ?name ?entity WHERE {
             GRAPH ?document { ?document a nkg:Article . ?mention nkg:refersTo ?actor . ?actor a ?class
               OPTIONAL { ?actor rdfs:label ?name } } }""",
        {},
    ),
    "mentions": (
        """SELECT ?mention ?document ?actor ?kind ?words ?first ?last WHERE { GRAPH ?document {
             ?document a nkg:Article . ?mention a nkg:Mention ; nkg:refersTo ?actor ; nkg:mentionKind ?kind ;
               nif:anchorOf ?words ; nif:beginIndex ?first ; nif:endIndex ?last } }""",
        {"first": int, "last": int},
    ),
    "events": (
        """SELECT ?event ?happening ?document ?class ?event_label ?factuality ?plover ?earliest ?latest ?time_words
                  ?number ?number_least ?number_most ?number_qualifier ?counted ?attributed_to ?initiative ?content
                  ?confidence ?first ?last WHERE {
             GRAPH ?document {
               ?document a nkg:Article . ?event a nkg:Event , ?class ; rdfs:label ?event_label ; nkg:trigger ?trigger .
               FILTER(?class NOT IN (nkg:Event, nkg:Initiative))
               FILTER(?class != nkg:Response || NOT EXISTS {
                 ?event a ?finer FILTER(?finer IN (nkg:Acceptance, nkg:Refusal)) })
               ?trigger nif:beginIndex ?first ; nif:endIndex ?last .
               OPTIONAL { ?event nkg:factuality ?factuality } OPTIONAL { ?event nkg:plover ?plover }
               OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?earliest }
               OPTIONAL { ?event sem:hasLatestEndTimeStamp ?latest }
               OPTIONAL { ?event nkg:timeSpan/nif:anchorOf ?time_words }
               OPTIONAL { ?event nkg:attributedTo ?attributed_to }
               OPTIONAL { ?event nkg:kind ?initiative } OPTIONAL { ?event nkg:contentText ?content }
               OPTIONAL { ?event nkg:confidence ?confidence }
               OPTIONAL { ?event nkg:quantity ?quantity . ?quantity nkg:value ?number
                 OPTIONAL { ?quantity nkg:lower ?number_least } OPTIONAL { ?quantity nkg:upper ?number_most }
                 OPTIONAL { ?quantity nkg:qualifier ?number_qualifier }
                 OPTIONAL { ?quantity nkg:countedNoun ?counted } } } }""",
        dict.fromkeys(("number", "number_least", "number_most", "confidence"), float) | {"first": int, "last": int},
    ),
    "roles": (
        """SELECT ?event ?role ?actor ?document WHERE { VALUES ?role { ROLES }
             GRAPH ?document { ?document a nkg:Article . ?event a nkg:Event ; ?role ?actor } }""",
        {},
    ),
    "quotes": (
        """SELECT ?event ?document ?words ?first ?last WHERE { GRAPH ?document {
             ?document a nkg:Article . ?event a nkg:Event ; nkg:evidence ?span .
             ?span nif:anchorOf ?words ; nif:beginIndex ?first ; nif:endIndex ?last } }""",
        {"first": int, "last": int},
    ),
    "dispositions": (
        """SELECT ?disposition ?proposal ?document ?status ?addressee ?response ?as_of ?outcome ?rule ?quote WHERE {
             GRAPH ?document { ?document a nkg:Article . ?proposal nkg:disposition ?disposition .
               ?disposition nkg:status ?status OPTIONAL { ?disposition nkg:ofAddressee ?addressee }
               OPTIONAL { ?disposition nkg:response ?response } OPTIONAL { ?disposition nkg:asOf ?as_of }
               OPTIONAL { ?disposition nkg:outcomeText ?outcome } OPTIONAL { ?disposition nkg:decidedBy ?rule }
               OPTIONAL { ?disposition nkg:evidence/nif:anchorOf ?quote } } }""",
        {},
    ),
    "links": (
        """SELECT ?link ?document ?relation ?cause ?effect ?rule ?cause_quote ?effect_quote WHERE {
             GRAPH ?document { ?document a nkg:Article . ?link a nkg:Link ; nkg:relation ?relation ;
               nkg:cause ?cause ; nkg:effect ?effect OPTIONAL { ?link nkg:decidedBy ?rule }
               OPTIONAL { ?link nkg:causeEvidence/nif:anchorOf ?cause_quote }
               OPTIONAL { ?link nkg:effectEvidence/nif:anchorOf ?effect_quote } } }""",
        {},
    ),
}
_TABLES["roles"] = (
    _TABLES["roles"][0].replace("ROLES", " ".join(f"nkg:{role}" for role in (*Role, "attributedTo"))),
    {},
)
_ACROSS = {"actors": "entity", "events": "happening"}
_AS_STORED = ("text", "words", "time_words", "quote", "cause_quote", "effect_quote")
_LOCAL = ("class", "factuality", "plover", "status", "role")


@dataclass(frozen=True, slots=True)
class Table:
    """A table in normal form: each column's type (text where it has no value), and rows, which may lack some."""

    name: str
    columns: Mapping[str, type]
    rows: Sequence[Mapping[str, Value]]


def tables(reader: Reader) -> Iterator[Table]:
    """Give the tables of a graph; the first column is the key of a row, but in `roles` and `quotes`.

    What an account has several of (quotes, roles) is a table of its own; where it has several of what it should have
    once, they are joined by " | ". Texts and quotes are as they are stored, so that `first` and `last` count in them.
    """
    known = collect.canonical(reader)
    spoken_of: set[object] = set()
    for name, (sparql, types) in (
        *((n, t) for n, t in _TABLES.items() if n != "entities"),
        ("entities", _TABLES["entities"]),
    ):
        answer = reader.query(sparql)
        found: dict[tuple[str, ...], dict[str, list[object]]] = {}
        for terms in sorted({tuple(term.value if term else "" for term in row) for row in answer.rows}):
            # the join with who is who is made here: see `collect.canonical`
            row = dict(zip(answer.columns, terms, strict=True))
            if name in _ACROSS:
                row[_ACROSS[name]] = known.get(terms[0], "")
            key = terms if name in ("roles", "quotes") else terms[:1]
            held = found.setdefault(key, {column: [] for column in answer.columns})
            for column, text in row.items():
                value = _read(column, text, types)
                if value is not None and value not in held[column]:
                    held[column].append(value)
        if name == "actors":
            spoken_of = {one for held in found.values() for one in held["entity"]}
        single = [{column: _one(values) for column, values in held.items()} for held in found.values()]
        if name == "entities":
            single = [row for row in single if row["entity"] in spoken_of]
        rows = normal_rows(single, meant=answer.columns, exact=_AS_STORED)
        table = Table(name, dict.fromkeys(answer.columns, str) | types, rows)
        yield _placed(reader, table) if name == "entities" else table


def of_network(network: Network) -> Iterator[Table]:
    """Give a network as the tables `nodes` (key `id`) and `edges` (`source`, `target`, key `id`)."""
    nodes = [{"id": node.id, **node.attributes} for node in network.nodes]
    yield Table("nodes", {"id": str, **network.node_types()}, nodes)
    edges = [{"id": edge.id, "source": edge.source, "target": edge.target, **edge.attributes} for edge in network.edges]
    yield Table("edges", {"id": str, "source": str, "target": str, **network.edge_types()}, edges)


def of_answer(answer: Answer, name: str) -> Table:
    """Give the rows of a query as a table, typed by their datatypes; of columns alike but for case one has a number."""
    from kg.exporters.views import value_of

    rows = normal_rows(
        ({c: term and value_of(term) for c, term in zip(answer.columns, row, strict=True)} for row in answer.rows),
        meant=answer.columns,
    )
    names = fit_names(answer.columns, meant=answer.columns)
    kinds = {column: type(value) for row in reversed(rows) for column, value in row.items()}
    return Table(name, {column: kinds.get(column, str) for column in names.values()}, rows)


def as_csv(table: Table) -> Iterator[str]:
    """Write a table as CSV (RFC 4180) with a header; an empty cell is no value.

    A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV injection").
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_cell(row.get(column)) for column in table.columns])
        if out.tell() > 1 << 16:
            yield _taken(out)
    yield _taken(out)


def as_parquet(table: Table) -> Iterator[bytes]:
    """Write a table as Parquet. Raises `ExtraError` where pyarrow is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExtraError(
            "pyarrow is not installed", where="the format parquet", remedy="run: pip install 'newskg[parquet]'"
        ) from error
    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in table.columns.items()])
    data = pyarrow.Table.from_pylist([_fitting(row, table.columns) for row in table.rows], schema=schema)
    out = io.BytesIO()
    pyarrow.parquet.write_table(data, out)
    yield out.getvalue()


def files(given: Iterable[Table], format: str) -> dict[str, Callable[[], Iterator[str] | Iterator[bytes]]]:
    """Give the files of tables by name, in the format "csv" or "parquet"."""
    write = as_csv if format == "csv" else as_parquet
    return {f"{table.name}.{format}": partial(write, table) for table in given}


def _placed(reader: Reader, table: Table) -> Table:
    at = {node: (lat, long) for node, lat, long in reversed([*collect.places(reader)])}
    rows = [
        {**row, **dict(zip(("latitude", "longitude"), at.get(str(row["entity"]), ()), strict=False))}
        for row in table.rows
    ]
    return Table(table.name, {**table.columns, "latitude": float, "longitude": float}, rows)


def _read(column: str, text: str, types: Mapping[str, type]) -> object:
    if types.get(column) in (int, float):
        number = collect.figure(text)
        return number if number is None or types[column] is float else int(number)
    return (collect.local(text) if column in _LOCAL else text) or None


def _one(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values or None


def _fitting(row: Mapping[str, Value], columns: Mapping[str, type]) -> dict[str, Value]:
    return {
        name: str(value) if columns[name] is str else float(value) if columns[name] is float else value
        for name, value in row.items()
        if name in columns
    }


def _cell(value: Value | None) -> str:
    if isinstance(value, str):
        runs = value.startswith("\t") or value.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        return f"'{value}" if runs else value
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text
