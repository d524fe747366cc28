"""Whether a graph tells who is who: documents that were built without it have names of their own only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kg.store import INDEX, Reader

_LACKS = """
ASK {
  GRAPH ?document { ?document a nkg:Article . ?node a nkg:Event }
  FILTER NOT EXISTS { GRAPH ?identity { ?node nkg:canonical ?canonical } }
}"""


def lacks_identity(reader: Reader) -> bool:
    """Whether the graph holds documents that the identity graph does not speak of, as after `kg build --no-resolve`.

    The graph itself is looked through only where the index of decisions does not say that all is decided.
    """
    return not _says_decided(reader.directory / INDEX) and _asked(reader)


def _asked(reader: Reader) -> bool:
    [(answer,)] = reader.query(_LACKS).rows
    return answer is not None and answer.value == "true"


def _says_decided(index: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return not database.execute("SELECT 1 FROM meta WHERE name = 'behind' AND value <> ''").fetchall()
    except (sqlite3.Error, OSError, ValueError):
        return False
