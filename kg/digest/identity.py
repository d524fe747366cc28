"""Who is who in a digest: canonical nodes as the identity graph describes them, and whom each node stands for."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from kg.digest.gathering import COPY, Irregular
from kg.store import Reader, Term
from kg.store.answering import saying
from kg.vocab import GEO, NKG, RDF, RDFS, SKOS, XSD

_CANONICAL, _LABEL, _TYPE, _REASON = NKG + "canonical", RDFS + "label", RDF + "type", NKG + "decidedBy"
_PLACES = {NKG + "GeopoliticalEntity", NKG + "Place"}

Said = dict[str, list[Term]]
"""Predicate → objects."""


class Who:
    """The canonical nodes of a digest; each is described when something first stands for it."""

    def __init__(self, store: Reader, base: sqlite3.Connection, graph: str) -> None:
        """Read who is who from the graph with this IRI."""
        self._store, self._said, self._base = store, saying(store, graph), base
        self._loose: set[int] = set()

    def is_copy(self, document: str) -> bool:
        """Whether the identity graph tells that a document is a copy."""
        return any(self._said(document, name) for name in COPY)

    def canon_of(self, node: str) -> int | None:
        """Give the number of what a node stands for, which is put into the digest if it is not there."""
        found = self._said(node, _CANONICAL).get(_CANONICAL, ())
        if len(found) > 1:
            raise Irregular(f"{node} stands for several")
        if not found:
            return None
        iri = found[0].value
        row = self._base.execute("SELECT n FROM canon WHERE iri = ?", [iri]).fetchone()
        return int(row[0]) if row else self._put(iri, self._said(iri, None))

    def _put(self, iri: str, said: Said, n: int | None = None) -> int:
        classes = sorted(one.value for one in said.get(_TYPE, ()))
        row = (
            iri,
            _one(iri, said, _LABEL),
            " ".join(one.rpartition("#")[2] for one in classes),
            NKG + "Participant" in classes,
            bool(_PLACES.intersection(classes)),
            _one(iri, said, SKOS + "exactMatch"),
            _one(iri, said, GEO + "lat", XSD + "decimal"),
            _one(iri, said, GEO + "long", XSD + "decimal"),
            _one(iri, said, _REASON),
        )
        number = self._base.execute(
            "INSERT INTO canon (n, iri, label, classes, participant, place, wikidata, latitude, longitude, reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (n, *row),
        ).lastrowid
        names = sorted({one.value for one in said.get(SKOS + "altLabel", ())})
        self._base.executemany("INSERT INTO alias VALUES (?, ?)", ((number, name) for name in names))
        return number or 0

    def refresh(self, subjects: Collection[str] | None, fresh: Collection[str]) -> None:
        """Read again what is said of these subjects, of all if None; documents that are `fresh` were just read."""
        base = self._base
        if subjects is None:
            known = base.execute(
                "SELECT iri FROM canon UNION ALL SELECT iri FROM node UNION ALL SELECT iri FROM account"
            )
            subjects = [iri for (iri,) in known.fetchall()]
            subjects += [iri for (iri,) in base.execute("SELECT iri FROM document")]
        for iri in sorted(subjects):
            row = base.execute("SELECT n FROM canon WHERE iri = ?", [iri]).fetchone()
            if row:
                said = self._said(iri, None)
                base.execute("DELETE FROM canon WHERE n = ?", row)
                base.execute("DELETE FROM alias WHERE canon = ?", row)
                self._put(iri, said, row[0])
                continue
            for table in ("node", "account"):
                row = base.execute(
                    f"SELECT {table}.n, document.iri FROM {table} JOIN document ON document.n = document "
                    f"WHERE {table}.iri = ?",
                    [iri],
                ).fetchone()
                if row and row[1] not in fresh:
                    self.loosen(table, "n", row[0])
                    base.execute(f"UPDATE {table} SET canon = ? WHERE n = ?", (self.canon_of(iri), row[0]))
            row = base.execute("SELECT n FROM document WHERE iri = ?", [iri]).fetchone()
            if row and iri not in fresh:
                own = saying(self._store, iri)
                copy = self.is_copy(iri) or any(own(iri, name) for name in COPY)
                base.execute("UPDATE document SET copy = ? WHERE n = ?", (copy, row[0]))

    def loosen(self, table: str, column: str, n: int) -> None:
        """Note whom rows of `node` or `account` stand for, before they go or stand for somebody else."""
        rows = self._base.execute(f"SELECT DISTINCT canon FROM {table} WHERE {column} = ? AND canon IS NOT NULL", [n])
        self._loose.update(canon for (canon,) in rows)

    def tidy(self) -> None:
        """Take out those noted for whom nothing stands any more."""
        for n in sorted(self._loose):
            held = "SELECT 1 FROM node WHERE canon = ? UNION ALL SELECT 1 FROM account WHERE canon = ? LIMIT 1"
            if not self._base.execute(held, (n, n)).fetchone():
                self._base.execute("DELETE FROM alias WHERE canon = ?", [n])
                self._base.execute("DELETE FROM canon WHERE n = ?", [n])


def _one(iri: str, said: Said, predicate: str, datatype: str = "") -> str | None:
    values: Sequence[Term] = said.get(predicate, ())
    if len(values) > 1 or (values and (values[0].language or (datatype and values[0].datatype != datatype))):
        raise Irregular(f"{iri} has several values of {predicate}, or one of an unknown kind")
    return values[0].value if values else None
