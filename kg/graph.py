"""A graph as users hold it: opened from a directory, asked, exported, validated, counted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg import questions
from kg.store import Limits, Reader, open_reader
from kg.vocab import ENTITY_CLASSES

if TYPE_CHECKING:
    from datetime import date

    import networkx
    import rdflib
    from spacy.language import Language

    from kg.asking import Reply
    from kg.exporters import Material
    from kg.questions.lives import Lives
    from kg.questions.passages import Passage
    from kg.validation import Report


_INSIDE = "GRAPH ?doc { ?doc a nkg:Article . %s }"
_TYPED = ", ".join(f"nkg:{name}" for name in ENTITY_CLASSES.values())
# A refusal is told as a Response, too, but some are nothing else.
_CLASSES = (
    _INSIDE
    % """?event a nkg:Event , ?class FILTER(?class NOT IN (nkg:Event, nkg:Initiative))
    FILTER(?class != nkg:Response || NOT EXISTS { ?event a ?finer FILTER(?finer IN (nkg:Acceptance, nkg:Refusal)) })"""
)
# Each side is selected by itself: Oxigraph joins filtered graphs pair by pair.
_ENTITIES = (
    "{ SELECT DISTINCT ?actor { GRAPH ?doc { ?doc a nkg:Article . ?mention nkg:refersTo ?actor } } } "
    "GRAPH ?identity { ?actor nkg:canonical ?canonical . ?canonical a ?class } "
    f"FILTER(?class IN ({_TYPED}))"
)
_HAPPENINGS = (
    "{ SELECT ?event { GRAPH ?doc { ?doc a nkg:Article . ?event a nkg:Event } "
    "FILTER NOT EXISTS { ?event a nkg:Statement } } } GRAPH ?identity { ?event nkg:canonical ?x }"
)


class Graph:
    """The published state of a graph directory. A context manager; it never changes what it reads."""

    def __init__(self, reader: Reader) -> None:
        """Wrap an open reader; `kg.open` is the usual way here."""
        self.reader = reader

    def query(
        self,
        query: str | Path | questions.Question,
        *,
        limit: int | None = None,
        offset: int = 0,
        **params: questions.Value | Iterable[questions.Value],
    ) -> questions.Result:
        """Answer a named query ("who-proposed-what"), a query file, or SPARQL given as text.

        `limit` and `offset` give a page of the answer, counted in things. In names a hyphen is written as an underscore
        and `from` as `from_`: `min_confidence=0.8`.
        Keyword arguments are the query's parameters; a sequence means any one of its values. Raises `QueryError`.
        """
        return questions.ask(self.reader, query, limit=limit, offset=offset, **params)

    def ask(self, question: str, *, nlp: Language | None = None, today: date | None = None) -> Reply:
        """Answer a question in English ("Who proposed direct talks?"), with quotes and the SPARQL that found them.

        `nlp` is the pipeline that takes the question apart, by default the shipped one, which is loaded once. `today`
        is the day from which "last week" counts, by default that of the latest document. What has no answer
        comes back with the nearest questions of the library and the passages that may tell, never with a guess.
        """
        from kg.asking import ask_in_english

        return ask_in_english(self.reader, question, nlp=nlp, today=today)

    def documents(self) -> dict[str, str]:
        """Give document id → document IRI, sorted by id."""
        return self.reader.documents()

    def stats(self) -> dict[str, int | dict[str, int]]:
        """Count what the graph holds.

        `triples` are those of all graphs. `mentions`, `statements`, `events` (all but statements), `proposals` among
        them, `links` and `actors` are counted document by document, things ("390 prisoners") not among the actors.
        `entities` and `happenings` are what is left of actors and events when those of different documents that are
        one are counted once. `events_by_class` adds up to `events`, `entities_by_type` to `entities`.
        """
        events = self._count_by(_CLASSES, "?event")
        entities = self._count_by(_ENTITIES, "?canonical")
        statements = events.pop("Statement", 0)
        types = {name: kind for kind, name in ENTITY_CLASSES.items()}
        by_type = {types[name]: count for name, count in entities.items()}
        return {
            "documents": len(self.documents()),
            "triples": len(self.reader),
            "mentions": self._count(_INSIDE % "?x a nkg:Mention"),
            "statements": statements,
            "events": self._count(_INSIDE % "?x a nkg:Event FILTER NOT EXISTS { ?x a nkg:Statement }"),
            "proposals": self._count(_INSIDE % "?x a nkg:Initiative"),
            "links": self._count(_INSIDE % "?x a nkg:Link"),
            "actors": self._count(_INSIDE % f"?mention nkg:refersTo ?x . ?x a ?class FILTER(?class IN ({_TYPED}))"),
            "entities": sum(by_type.values()),
            "happenings": self._count(_HAPPENINGS),
            "events_by_class": events,
            "entities_by_type": by_type,
        }

    def export(self, format: str, path: str | Path, *, view: str | None = None) -> None:
        """Write the graph to a file or folder in one of `kg.exporters.FORMATS`. Raises `ExportError`.

        Formats of networks take a view: "full", "actors", "events" or "proposals".
        """
        from kg.exporters import export_to

        export_to(self.reader, format, path, view=view)

    def lives(self, **params: questions.Value | Iterable[questions.Value]) -> Lives:
        """Give the lives of proposals: what led to each, its answers, what came of it; drawn in a notebook.

        Takes the parameters of `proposal-history`: `document`, `actor`, `topic`.
        """
        from kg.questions.lives import lives_of

        return lives_of(self.query("proposal-history", limit=None, offset=0, **params).to_dicts(rows=True))

    def event(self, iri: str) -> Passage:
        """Give an account of an event, by its IRI as answers have it: its sentence, marked up in a notebook.

        Raises `QueryError` if there is none.
        """
        from kg.questions.passages import passage_of

        return passage_of(self.reader, iri)

    def _repr_html_(self) -> str:
        from kg.questions.html import counts

        return counts(self.stats(), len(self.documents()))

    def material(
        self, query: str | Path | questions.Question, **params: questions.Value | Iterable[questions.Value]
    ) -> Material:
        """Give what a query answers for `kg.exporters.parts_of`: its rows, and the triples about what it names."""
        from kg.exporters import Material

        answers = self.query(query, limit=None, offset=0, **params)
        name = query.name if isinstance(query, questions.Question) else Path(str(query)[:40]).stem
        return Material(self.reader, rows=answers.table(), triples=answers.described(), name=name)

    def validate(self, *, documents: Iterable[str] | None = None) -> Report:
        """Check the graph against `ontology/shapes.ttl`, document by document; None checks all of it."""
        from kg.validation import validate

        return validate(self.reader, documents=documents)

    def to_rdflib(self) -> rdflib.Dataset:
        """Give the whole graph as an rdflib dataset: one named graph per document, and the identity graph."""
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=self.reader.nquads(), format="nquads")
        return dataset

    def to_networkx(self, view: str = "full") -> networkx.MultiDiGraph:
        """Give the graph as a network, typed and named: see `kg.exporters.network.to_networkx`.

        The views are "full" (canonical actors and events, roles and links), "actors" (who did what to whom, weighted
        and dated), "events" (what led to what) and "proposals" (who asked whom for what, and what came of it).
        """
        from kg.exporters.network import to_networkx

        return to_networkx(self.reader, view)

    def close(self) -> None:
        """Let go of the graph."""
        self.reader.close()

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close."""
        self.close()

    def _count(self, pattern: str) -> int:
        return int(_only(self.reader, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"))

    def _count_by(self, pattern: str, what: str) -> dict[str, int]:
        found = self.reader.query(f"SELECT ?class (COUNT(DISTINCT {what}) AS ?n) WHERE {{ {pattern} }} GROUP BY ?class")
        return dict(sorted((c.value.rpartition("#")[2], int(n.value)) for c, n in found.rows if c and n))


def open(directory: str | Path, *, timeout: float | None = None, max_rows: int | None = None) -> Graph:
    """Open a graph directory that `kg.build` or `kg build` made, or a store elsewhere. Raises `StoreError`.

    It shows the last finished build, also while another one is running. The address of a SPARQL store, as in
    "http://localhost:7878", opens the graph there, as it is now. With `timeout` (seconds) or `max_rows`, each
    query runs in a process of its own and raises `QueryError` if it takes longer or has more rows.
    """
    reader = open_reader(directory)
    if timeout is not None or max_rows is not None:
        reader.guard = Limits(seconds=timeout, rows=max_rows)
    return Graph(reader)


def _only(reader: Reader, sparql: str) -> str:
    term = reader.query(sparql).rows[0][0]
    return term.value if term else "0"
