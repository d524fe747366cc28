"""Whether a digest says what its snapshot says: it is made anew, and all that both tell is compared, numbers apart."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from kg.digest.making import file_of, make
from kg.digest.schema import VERSION
from kg.store import Reader

_OF_ACCOUNT = {
    "class": "x.class",
    "source": "x.words, x.spoken",
    "status": "x.status, x.told",
    "figure": "x.value, x.datatype, x.number, x.noun, x.folded, x.qualifier",
    "quote": "x.at, x.words",
    "link": "x.iri",
}
_TOLD = (
    "SELECT iri, id, issued, dated, publisher, title, copy FROM {s}.document",
    "SELECT iri, label, classes, participant, place, wikidata, latitude, longitude, reason FROM {s}.canon",
    "SELECT c.iri, name FROM {s}.alias JOIN {s}.canon c ON c.n = canon",
    "SELECT n.iri, d.iri, n.label, c.iri FROM {s}.node n JOIN {s}.document d ON d.n = n.document "
    "LEFT JOIN {s}.canon c ON c.n = n.canon",
    "SELECT a.iri, d.iri, c.iri, a.told, a.begin, a.end, a.kind, a.factuality, a.confidence FROM {s}.account a "
    "JOIN {s}.document d ON d.n = a.document LEFT JOIN {s}.canon c ON c.n = a.canon",
    "SELECT a.iri, d.iri, x.role, one.iri, other.iri, x.leaf FROM {s}.part x JOIN {s}.account a ON a.n = x.account "
    "JOIN {s}.document d ON d.n = x.document JOIN {s}.node one ON one.n = x.side "
    "JOIN {s}.node other ON other.n = x.node",
    "SELECT a.iri, d.iri, n.iri FROM {s}.teller x JOIN {s}.account a ON a.n = x.account "
    "JOIN {s}.document d ON d.n = x.document JOIN {s}.node n ON n.n = x.node",
    "SELECT n.iri, d.iri, x.name, x.mentions FROM {s}.called x JOIN {s}.node n ON n.n = x.node "
    "JOIN {s}.document d ON d.n = x.document",
    *(
        f"SELECT a.iri, d.iri, {columns} FROM {{s}}.{table} x JOIN {{s}}.account a ON a.n = x.account "
        "JOIN {s}.document d ON d.n = x.document"
        for table, columns in _OF_ACCOUNT.items()
    ),
)
_TABLES = ("document", "canon", "alias", "node", "account", "part", "teller", "called", *_OF_ACCOUNT)


def difference(reader: Reader) -> str:
    """Say what is wrong with the digest of a published graph, "" if nothing is, or if there is none.

    It takes as long as making a digest, and as much room in the folder for temporary files.
    """
    if reader.snapshot is None or not file_of(reader.snapshot).is_file():
        return ""
    with tempfile.TemporaryDirectory(prefix="newskg-") as folder:
        anew = Path(folder) / "digest.sqlite"
        try:
            if not make(reader, anew):
                return "there is a digest, but this graph can have none"
            return differing(file_of(reader.snapshot), anew)
        except (sqlite3.Error, OSError) as error:
            return f"the digest cannot be read ({error})"


def differing(one: Path, other: Path) -> str:
    """Say in what two digests differ, "" where they tell the same; one of another version is no fault."""
    with closing(sqlite3.connect(f"{one.resolve().as_uri()}?mode=ro", uri=True)) as base:
        base.execute("ATTACH ? AS other", [f"{other.resolve().as_uri()}?mode=ro"])
        if base.execute("SELECT value FROM meta WHERE key = 'version'").fetchone() != (str(VERSION),):
            return ""
        for table in _TABLES:
            counts = {base.execute(f"SELECT COUNT(*) FROM {s}.{table}").fetchone() for s in ("main", "other")}
            if len(counts) > 1:
                return f"the digest has other rows in {table} than the graph tells"
        for sql in _TOLD:
            here, there = (sql.format(s=s) for s in ("main", "other"))
            row = base.execute(f"SELECT * FROM ({here}) EXCEPT SELECT * FROM ({there}) LIMIT 1").fetchone()
            if row:
                return f"the digest tells of {row[0]} what the graph does not"
    return ""
