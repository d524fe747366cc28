"""The actors of all documents in the index of decisions: what each document told, who is coupled with whom, the groups.

All questions are answered by key, so they cost what is found and not what is there.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import permutations
from typing import Any

from kg.entities.coupling import TOLD, Coupling
from kg.entities.linking_people import HELD
from kg.entities.placing import Case, Facet, Placing
from kg.resolve.lookups import Bounded, among
from kg.resolve.records import cases_from, facet_from, facet_record, known_record, placing_record

_OF = "\n"
"""Between the key of an office and whose it is."""
_OPEN = (len(HELD), HELD)
_BESIDE = """SELECT 'needs', n.actor FROM gives g JOIN needs n ON n.key = g.key
WHERE g.actor = ?1 AND substr(g.key, 1, ?2) != ?3
UNION ALL SELECT 'gives', g.actor FROM needs n JOIN gives g ON g.key = n.key
WHERE n.actor = ?1 AND substr(n.key, 1, ?2) != ?3
UNION ALL SELECT 'holds', key FROM gives WHERE actor = ?1 AND substr(key, 1, ?2) = ?3
UNION ALL SELECT 'of office', key FROM needs WHERE actor = ?1 AND substr(key, 1, ?2) = ?3"""
_AT_ONCE = 2_000
"""Rows of an answer about all groups that are held at once."""
_LATER = 10_000
"""Groups to be described anew that are noted in memory before they are written."""


class Roster:
    """The tables of actors within an open index."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Use an open database that has `TABLES`."""
        self._database = database
        self._cases = lru_cache(maxsize=512)(self._read)
        self._about: dict[str, tuple[str, str]] = Bounded()
        self._later: set[str] = set()

    def column(self, query: str, *values: object) -> list[str]:
        """Give the first column of what a query finds."""
        return [row[0] for row in self._database.execute(query, values)]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Give what a query finds."""
        return self._database.execute(query, values).fetchall()

    def paged(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield what a query finds, some rows at a time: it asks for `?2` rows after the key `?1`, their first column.

        What the query reads may be written meanwhile.
        """
        last = ""
        while rows := self.rows(query, last, _AT_ONCE):
            yield from rows
            last = rows[-1][0]

    def many(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Change something for each row."""
        self._database.executemany(query, rows)

    def among(self, query: str, keys: Iterable[str]) -> list[str]:
        """Give the first column of what a query finds with any of the keys, whose places are `{}`."""
        return among(self._database, query, keys)

    def do(self, query: str, *values: object) -> None:
        """Change something."""
        self._database.execute(query, values)

    def _read(self, document: str) -> dict[str, Case]:
        found = self.column("SELECT record FROM told WHERE document = ?", document)
        return cases_from(found[0]) if found else {}

    def told(self, document: str) -> str:
        """Give the record of a document's actors as of the last resolution, "" if there is none."""
        return next(iter(self.column("SELECT record FROM told WHERE document = ?", document)), "")

    def cases(self, actors: Iterable[str]) -> list[Case]:
        """Give the cases of actors."""
        return [self._cases(self.document_of(one))[one] for one in actors]

    def document_of(self, actor: str) -> str:
        """Give the document of an actor, "" for one unknown."""
        return self._known(actor)[0]

    def _known(self, actor: str) -> tuple[str, str]:
        found = self._about.get(actor)
        if found is None:
            rows = self.rows("SELECT document, hub FROM actor WHERE iri = ?", actor)
            if not rows:
                return "", ""
            found = self._about[actor] = rows[0]
        return found

    def put(self, document: str, record: str, coupled: Iterable[tuple[str, Coupling]]) -> None:
        """Note the actors of a document, to be decided on."""
        self.do("INSERT OR REPLACE INTO told VALUES (?, ?)", document, record)
        many = self._database.executemany
        named: dict[str, set[str]] = defaultdict(set)
        for actor, one in coupled:
            for key in one.names:
                named[key].add(one.hub)
            self.do("INSERT INTO actor VALUES (?, ?, ?, '', '', 1, 1)", actor, document, one.hub)
            many("INSERT OR IGNORE INTO needs VALUES (?, ?)", ((key, actor) for key in one.needs))
            of = f"{_OF}{one.hub}"
            gives = ((f"{key}{of}" if key.startswith(HELD) else key, actor) for key in one.gives)
            many("INSERT OR IGNORE INTO gives VALUES (?, ?)", gives)
            many("INSERT OR IGNORE INTO hub VALUES (?, ?)", ((key, one.hub) for key in one.names))
        pairs = {pair for hubs in named.values() for pair in permutations(sorted(hubs), 2)}
        many("INSERT INTO beside VALUES (?, ?, ?)", ((*pair, document) for pair in sorted(pairs)))

    def drop(self, document: str) -> list[str]:
        """Forget the actors of a document, and give them; those that leaned on them are to be decided on again."""
        actors = self.column("SELECT iri FROM actor WHERE document = ? ORDER BY iri", document)
        hubs = set(self.column("SELECT DISTINCT hub FROM actor WHERE document = ? AND hub != ''", document))
        alike = sorted(hubs | {other for hub in hubs for other in self.alike(hub)})
        for actor in actors:
            for one in sorted(self.neighbours(actor)):
                self.do("UPDATE actor SET stale = 1 WHERE iri = ? AND hub = ''", one)
            [(group, record)] = self.rows("SELECT grp, placing FROM actor WHERE iri = ?", actor)
            self._unplace(actor, group, record)
            self._about.pop(actor, None)
            for table, column in (("actor", "iri"), ("needs", "actor"), ("gives", "actor")):
                self.do(f"DELETE FROM {table} WHERE {column} = ?", actor)
        for table in ("beside", "told"):
            self.do(f"DELETE FROM {table} WHERE document = ?", document)
        for hub in alike:
            if not self._decide_again(hub):
                self.do("DELETE FROM hub WHERE hub = ?", hub)
                self.do("DELETE FROM outcome WHERE hub = ?", hub)
        self._cases.cache_clear()
        return actors

    def _decide_again(self, hub: str) -> bool:
        """Have decided on who is told of alike, if knowledge does not know them; tell whether anybody is there."""
        for first in self.of_hub(hub, ()):
            if hub.startswith(TOLD):
                self.do("UPDATE actor SET stale = 1 WHERE iri = ?", first)
            return True
        return False

    def neighbours(self, actor: str) -> set[str]:
        """Give who needs what an actor gives, and who gives what it needs.

        An office may be told of somebody in every document: of those told of alike, the first stands for all.
        """
        found = set()
        for how, what in self.rows(_BESIDE, actor, *_OPEN):
            if how in ("needs", "gives"):
                found.add(what)
            elif how == "of office":
                found |= set(self._holding(f"{what}{_OF}"))
            elif self._first_giver(what, ">=") == (what, actor):
                found |= set(self.column("SELECT actor FROM needs WHERE key = ?", what.partition(_OF)[0]))
        return found - {actor}

    def _holding(self, office: str) -> Iterator[str]:
        """Yield those who give the key of an office, one of each who are told of alike."""
        at = self._first_giver(office, ">")
        while at is not None and at[0].startswith(office):
            yield at[1]
            at = self._first_giver(at[0], ">")

    def _first_giver(self, key: str, than: str) -> tuple[str, str] | None:
        found = self.rows(f"SELECT key, actor FROM gives WHERE key {than} ? ORDER BY key, actor LIMIT 1", key)
        return found[0] if found else None

    def hub_of(self, actor: str) -> str:
        """Give the key of the known person, or of those told of alike, that an actor is; "" for any other."""
        return self._known(actor)[1]

    def somebodies(self, document: str) -> list[tuple[str, str]]:
        """Give the actors of a document that have such a key, each with it."""
        return self.rows("SELECT iri, hub FROM actor WHERE document = ? AND hub != ''", document)

    def alike(self, hub: str) -> list[str]:
        """Give the keys of those whose full names are like somebody's."""
        query = "SELECT DISTINCT o.hub FROM hub h JOIN hub o ON o.key = h.key WHERE h.hub = ? AND o.hub != h.hub"
        return self.column(query, hub)

    def together(self, hub: str) -> list[str]:
        """Give documents that tell of somebody and of others whose full names are like theirs: one for each other."""
        return self.column("SELECT DISTINCT min(document) FROM beside WHERE one = ? GROUP BY other", hub)

    def of_hub(self, hub: str, documents: Iterable[str]) -> list[str]:
        """Give the first actor that is somebody, and all those of the given documents."""
        some = self.column("SELECT iri FROM actor WHERE hub = ? AND hub != '' ORDER BY iri LIMIT 1", hub)
        query = "SELECT iri FROM actor WHERE hub = ? AND hub != '' AND document = ?"
        return [*some, *(one for document in documents for one in self.column(query, hub, document))]

    def place(self, placing: Placing) -> None:
        """Put an actor into its group; if it was there just so, nothing is to be done about it."""
        facet = facet_record(placing.facet)
        record = placing_record(placing, facet)
        [(group, before)] = self.rows("SELECT grp, placing FROM actor WHERE iri = ?", placing.iri)
        if (group, before) == (placing.group, record):
            self.do("UPDATE actor SET stale = 0 WHERE iri = ?", placing.iri)
            return
        self._unplace(placing.iri, group, before)
        query = "UPDATE actor SET grp = ?, placing = ?, stale = 0, fresh = 1 WHERE iri = ?"
        self.do(query, placing.group, record, placing.iri)
        self.do(
            "INSERT INTO facet VALUES (?, ?, 1) ON CONFLICT (grp, facet) DO UPDATE SET number = number + 1",
            placing.group,
            facet,
        )
        for other in placing.rivals:
            self.do("INSERT OR IGNORE INTO rival VALUES (?, ?, ?)", placing.group, placing.iri, other)
        self.later(placing.group)

    def _unplace(self, actor: str, group: str, record: str) -> None:
        if group:
            facet = json.loads(record)[0]
            self.do("UPDATE facet SET number = number - 1 WHERE grp = ? AND facet = ?", group, facet)
            self.do("DELETE FROM facet WHERE grp = ? AND facet = ? AND number = 0", group, facet)
            self.do("DELETE FROM rival WHERE grp = ? AND actor = ?", group, actor)
            self.later(group)

    def later(self, group: str) -> None:
        """Note that a group is to be described anew."""
        self._later.add(group)
        if len(self._later) >= _LATER:
            self.note()

    def note(self) -> None:
        """Write down which groups are to be described anew, for questions that ask the table `todo`."""
        some = ((group,) for group in self._later)
        self._database.executemany("INSERT OR IGNORE INTO todo VALUES (?)", some)
        self._later.clear()

    def gone(self, group: str) -> None:
        """Forget a group that has no member any more."""
        self._later.discard(group)
        for table in ("grp", "todo"):
            self.do(f"DELETE FROM {table} WHERE grp = ?", group)

    def todo(self) -> list[str]:
        """Give the groups to be described anew."""
        self.note()
        return self.column("SELECT grp FROM todo ORDER BY grp")

    def begin_naming(self) -> None:
        """Begin lists of keys, with who has each, and of groups whose node gets another IRI; they are not kept."""
        for table in ("slug (slug TEXT PRIMARY KEY, holder TEXT)", "renamed (grp TEXT PRIMARY KEY, node TEXT)"):
            self.do(f"CREATE TEMP TABLE IF NOT EXISTS {table} WITHOUT ROWID")
            self.do(f"DELETE FROM temp.{table.partition(' ')[0]}")

    def first(self, group: str) -> str:
        """Give the first member of a group, "" if it has none."""
        return next(iter(self.column("SELECT iri FROM actor WHERE grp = ? ORDER BY iri LIMIT 1", group)), "")

    def stale(self, limit: int) -> list[str]:
        """Give the first of the actors to be decided on."""
        return self.column("SELECT iri FROM actor WHERE stale ORDER BY iri LIMIT ?", limit)

    def touch(self, actor: str) -> None:
        """Have an actor decided on and its group described anew."""
        self.do("UPDATE actor SET stale = 1 WHERE iri = ?", actor)
        for group in self.column("SELECT grp FROM actor WHERE iri = ? AND grp != ''", actor):
            self.later(group)

    def spread(self) -> None:
        """Have those decided on, too, who are coupled with a known person that came."""
        come = self.rows(
            "SELECT iri, hub FROM actor WHERE stale AND hub != '' AND substr(hub, 1, ?) != ?", len(TOLD), TOLD
        )
        for actor, hub in come:
            for one in self.neighbours(actor):
                self.do("UPDATE actor SET stale = 1 WHERE iri = ? AND hub = '' AND NOT stale", one)
            for other in self.alike(hub):
                self._decide_again(other)

    def agreed(self, hub: str, placing: Placing) -> None:
        """Note what was decided about all who are told of alike; if it is something else, it goes for each of them."""
        known = placing.facet.known
        told = [placing.group, placing.facet.reason, placing.evidence, placing.confidence]
        record = json.dumps([*told, known and known_record(known)])
        if self.column("SELECT record FROM outcome WHERE hub = ?", hub) != [record]:
            self.do("INSERT OR REPLACE INTO outcome VALUES (?, ?)", hub, record)
            # without the second condition SQLite would walk over all actors: the index has only those with a hub
            self.do("UPDATE actor SET stale = 1 WHERE hub = ? AND hub != ''", hub)

    def facets(self, group: str) -> list[Facet]:
        """Give the facets of a group, none if it has no member."""
        return [facet_from(one) for one in self.column("SELECT facet FROM facet WHERE grp = ? ORDER BY facet", group)]
