"""What is known of earlier decisions, by key: the index that makes adding a document cost what the document costs.

It stands beside the store as an SQLite file, holds nothing that cannot be worked out again from the store, and is made
anew if it is missing, of another version, or was left behind by a run that did not end.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from kg.entities.accounts import Account, Link
from kg.entities.identity import UNNAMED
from kg.errors import StoreError
from kg.fingerprint import decision_version
from kg.resolve.lookups import Bounded, among
from kg.resolve.records import account_from, account_record
from kg.resolve.schema import NAMES, TABLES
from kg.store.directory import INDEX

NAME = INDEX
VERSION = decision_version()
"""Changes whenever the rules or the tables do; an index of another version is not used."""

_UNNAMED = json.dumps([f' "{UNNAMED}"'])[1:-1][1:]
"""How a triple ends that says so, as it stands in the JSON of a node: the literal, and the end of the triple."""


class Index:
    """The tables, opened for one resolution; `is_new` if nothing of an earlier one can be used."""

    def __init__(self, directory: Path) -> None:
        """Open the index of a graph directory, or begin one."""
        self.path = directory / NAME
        self.is_new = False
        self.alike: dict[str, dict[str, str]] = Bounded()
        """What copies what, as long as no document comes or goes."""
        self._accounts: dict[str, Account] = Bounded()
        self._database = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            database = sqlite3.connect(self.path, isolation_level=None)
            if _state(database) != VERSION:
                database.close()
                self.path.unlink(missing_ok=True)
                database = sqlite3.connect(self.path, isolation_level=None)
                # in one transaction: each by itself would wait for the disk
                database.executescript(f"BEGIN; {TABLES} COMMIT;")
                self.is_new = True
            database.execute("PRAGMA cache_size=-8000")
            # that it is unfinished reaches the disk before anything else; what is lost then is worked out again
            database.execute("PRAGMA synchronous=FULL")
            database.execute("INSERT OR REPLACE INTO meta VALUES ('state', 'unfinished')")
            database.execute("PRAGMA synchronous=OFF")
            database.execute("BEGIN")
        except (sqlite3.Error, OSError) as error:
            raise _trouble(self.path, error) from error
        return database

    def finish(self) -> None:
        """Keep what was written; without this the next resolution begins anew.

        What the store was told has to be on the disk before: the index says that it is there.
        """
        self._database.execute("COMMIT")
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (VERSION,))

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close; what SQLite says of the disk becomes one sentence."""
        self._database.close()
        if isinstance(error, sqlite3.Error):
            raise _trouble(self.path, error) from error

    @property
    def database(self) -> sqlite3.Connection:
        """The open database, for what has tables of its own in it."""
        return self._database

    def begin_anew(self) -> None:
        """Forget everything."""
        for table in (name for name in NAMES if name != "meta"):
            self._database.execute(f"DELETE FROM {table}")
        self.alike.clear()
        self._accounts.clear()
        self._database.execute("DELETE FROM meta WHERE name != 'state'")

    def state(self, document: str) -> str:
        """Give the state of a document as of the last resolution, "" for one unknown."""
        row = self._database.execute("SELECT state FROM document WHERE iri = ?", (document,)).fetchone()
        return row[0] if row else ""

    def documents(self) -> dict[str, str]:
        """Give document IRI → state (content hash and pipeline version) as of the last resolution."""
        return dict(self._database.execute("SELECT iri, state FROM document ORDER BY iri"))

    def put_document(self, document: str, state: str, issued: str, sketch: Sequence[int], bands: Iterable[str]) -> None:
        """Note a document with its day and the sketch and bands of its text."""
        self.alike.clear()
        row = (document, state, issued, " ".join(map(str, sketch)))
        self._database.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)", row)
        self._database.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", ((key, document) for key in bands))

    def sharing_band(self, bands: Iterable[str]) -> list[str]:
        """Give the documents that share a band, sorted."""
        return sorted(set(among(self._database, "SELECT document FROM band WHERE key IN ({})", bands)))

    def sketch(self, document: str) -> tuple[str, tuple[int, ...]] | None:
        """Give the day and the sketch of a document."""
        row = self._database.execute("SELECT issued, sketch FROM document WHERE iri = ?", (document,)).fetchone()
        return (row[0], _numbers(row[1])) if row else None

    def drop_document(self, document: str) -> None:
        """Forget a document and its bands; what is known of its nodes stays."""
        self.alike.clear()
        self._database.execute("DELETE FROM band WHERE document = ?", (document,))
        self._database.execute("DELETE FROM document WHERE iri = ?", (document,))

    def put_account(self, account: Account, keys: Iterable[str]) -> None:
        """Note an account under its blocking keys."""
        self._accounts[account.iri] = account
        row = (account.iri, account.document, account_record(account))
        self._database.execute("INSERT OR REPLACE INTO account VALUES (?, ?, ?)", row)
        self._database.executemany("INSERT OR IGNORE INTO block VALUES (?, ?)", ((key, account.iri) for key in keys))

    def drop_account(self, account: str) -> None:
        """Forget an account, its keys and its links."""
        self._accounts.pop(account, None)
        for table, column in (("account", "iri"), ("block", "account"), ("link", "one"), ("link", "other")):
            self._database.execute(f"DELETE FROM {table} WHERE {column} = ?", (account,))

    def accounts_of(self, document: str) -> list[str]:
        """Give the accounts of a document."""
        return self._column("SELECT iri FROM account WHERE document = ? ORDER BY iri", document)

    def accounts(self, names: Iterable[str]) -> dict[str, Account]:
        """Give the records of accounts; those unknown are left out."""
        found = {}
        for name in names:
            row = None
            if name not in self._accounts:
                row = self._database.execute("SELECT record FROM account WHERE iri = ?", (name,)).fetchone()
            if row or name in self._accounts:
                found[name] = account_from(row[0]) if row else self._accounts[name]
        return found

    def sharing(self, keys: Iterable[str]) -> list[str]:
        """Give the accounts found under any of the keys, sorted."""
        return sorted(set(among(self._database, "SELECT account FROM block WHERE key IN ({})", keys)))

    def put_links(self, links: Iterable[Link]) -> None:
        """Note links."""
        rows = ((link.one, link.other, link.reason, link.confidence) for link in links)
        self._database.executemany("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?)", rows)

    def links(self, account: str) -> list[Link]:
        """Give all links of an account."""
        rows = self._database.execute(
            "SELECT one, other, reason, confidence FROM link WHERE one = ? "
            "UNION SELECT one, other, reason, confidence FROM link WHERE other = ? ORDER BY 1, 2, 3",
            (account, account),
        )
        return [Link(*row) for row in rows]

    def members_of(self, document: str, sort: str) -> dict[str, str]:
        """Give member → canonical node of a document; `sort` is "actor" or "event"."""
        return dict(
            self._database.execute(
                "SELECT iri, node FROM member WHERE document = ? AND sort = ? ORDER BY iri", (document, sort)
            )
        )

    def has_member(self, node: str) -> bool:
        """Whether a canonical node has a member."""
        return self._database.execute("SELECT 1 FROM member WHERE node = ? LIMIT 1", (node,)).fetchone() is not None

    def named_of(self, document: str) -> dict[str, str]:
        """Give member → canonical node of the actors of a document that have a name, not only a description."""
        rows = self._database.execute(
            "SELECT m.iri, m.node FROM member m LEFT JOIN node n ON n.iri = m.node "
            "WHERE m.document = ? AND m.sort = 'actor' AND instr(coalesce(n.triples, ''), ?) = 0 ORDER BY m.iri",
            (document, _UNNAMED),
        )
        return dict(rows)

    def is_named(self, node: str) -> bool:
        """Whether a canonical node is not only described, or nothing was said of it yet."""
        row = self._database.execute("SELECT instr(triples, ?) FROM node WHERE iri = ?", (_UNNAMED, node)).fetchone()
        return not row or not row[0]

    def node_of(self, member: str) -> str:
        """Give the canonical node of a member, "" if it has none."""
        row = self._database.execute("SELECT node FROM member WHERE iri = ?", (member,)).fetchone()
        return row[0] if row else ""

    def put_member(self, member: str, sort: str, node: str, document: str) -> None:
        """Note the canonical node of a member."""
        self._database.execute("INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?)", (member, sort, node, document))

    def drop_member(self, member: str) -> None:
        """Forget a member."""
        self._database.execute("DELETE FROM member WHERE iri = ?", (member,))

    def meta(self, name: str) -> str:
        """Give a note, "" if there is none."""
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def put_meta(self, name: str, value: str) -> None:
        """Keep a note."""
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def triples(self, node: str) -> list[str]:
        """Give what was written about a canonical node, links of members apart."""
        row = self._database.execute("SELECT triples FROM node WHERE iri = ?", (node,)).fetchone()
        return json.loads(row[0]) if row else []

    def put_triples(self, node: str, triples: Collection[str]) -> None:
        """Note what is written about a canonical node; nothing forgets it."""
        if triples:
            self._database.execute("INSERT OR REPLACE INTO node VALUES (?, ?)", (node, json.dumps(sorted(triples))))
        else:
            self._database.execute("DELETE FROM node WHERE iri = ?", (node,))

    def _column(self, query: str, value: str) -> list[str]:
        return [row[0] for row in self._database.execute(query, (value,))]


def mark_behind(directory: Path) -> None:
    """Note that documents came of which the next resolution may not be told; nothing if there is no index."""
    if (directory / NAME).exists():
        with closing(sqlite3.connect(directory / NAME)) as database, suppress(sqlite3.Error), database:
            database.execute("INSERT OR REPLACE INTO meta VALUES ('behind', 'yes')")


def notes(directory: Path) -> dict[str, str]:
    """Give the notes of a finished index, none if there is no such index: then a resolution has to begin anew."""
    if not (directory / NAME).is_file():
        return {}
    with closing(read_only(directory)) as database:
        if _state(database) != VERSION:
            return {}
        try:
            return dict(database.execute("SELECT name, value FROM meta"))
        except sqlite3.Error:
            return {}


def read_only(directory: Path) -> sqlite3.Connection:
    """Open the index of a graph directory to look at it."""
    return sqlite3.connect(f"file:{quote(str((directory / NAME).resolve()))}?mode=ro", uri=True)


def _state(database: sqlite3.Connection) -> str:
    try:
        row = database.execute("SELECT value FROM meta WHERE name = 'state'").fetchone()
    except sqlite3.Error:
        return ""
    return row[0] if row else ""


def _trouble(path: Path, error: Exception) -> StoreError:
    full = "full" in str(error) or getattr(error, "errno", None) == errno.ENOSPC
    return StoreError(
        f"the index of decisions cannot be used ({error})",
        where=str(path),
        remedy="free some space and run it again" if full else "delete this file; kg build makes it anew",
    )


@lru_cache(maxsize=4096)
def _numbers(sketch: str) -> tuple[int, ...]:
    return tuple(int(number) for number in sketch.split())
