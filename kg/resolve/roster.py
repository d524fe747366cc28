"""The actors of all documents in the index of decisions: what each document told, who is coupled with whom, the groups.

All questions are answered by key, so they cost what is found and not what is there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from kg.entities.coupling import Coupling
from kg.entities.linking import Actor, Context, Link
from kg.entities.linking_candidates import Candidate
from kg.entities.placing import Case, Facet, Placing
from kg.model import EntityType, Known

TABLES = """
CREATE TABLE told (document TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
CREATE TABLE actor (iri TEXT PRIMARY KEY, document TEXT, hub TEXT, grp TEXT, placing TEXT, stale INTEGER,
  fresh INTEGER) WITHOUT ROWID;
CREATE INDEX actor_document ON actor (document);
CREATE INDEX actor_grp ON actor (grp, iri);
CREATE INDEX actor_hub ON actor (hub, document, iri) WHERE hub != '';
CREATE INDEX actor_stale ON actor (iri) WHERE stale;
CREATE INDEX actor_fresh ON actor (grp, iri) WHERE fresh;
CREATE TABLE needs (key TEXT, actor TEXT, PRIMARY KEY (key, actor)) WITHOUT ROWID;
CREATE INDEX needs_actor ON needs (actor);
CREATE TABLE gives (key TEXT, actor TEXT, PRIMARY KEY (key, actor)) WITHOUT ROWID;
CREATE INDEX gives_actor ON gives (actor);
CREATE TABLE hub (key TEXT, hub TEXT, PRIMARY KEY (key, hub)) WITHOUT ROWID;
CREATE INDEX hub_hub ON hub (hub);
CREATE TABLE facet (grp TEXT, facet TEXT, number INTEGER, PRIMARY KEY (grp, facet)) WITHOUT ROWID;
CREATE TABLE rival (grp TEXT, actor TEXT, other TEXT, PRIMARY KEY (grp, actor, other)) WITHOUT ROWID;
CREATE INDEX rival_other ON rival (other);
CREATE TABLE grp (grp TEXT PRIMARY KEY, slug TEXT, first TEXT, own TEXT, node TEXT, several INTEGER) WITHOUT ROWID;
CREATE INDEX grp_slug ON grp (slug, first);
CREATE INDEX grp_own ON grp (own);
CREATE TABLE todo (grp TEXT PRIMARY KEY) WITHOUT ROWID;
"""
NAMES = ("told", "actor", "needs", "gives", "hub", "facet", "rival", "grp", "todo")


class Roster:
    """The tables of actors within an open index."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Use an open database that has `TABLES`."""
        self._database = database
        self._cases = lru_cache(maxsize=512)(self._read)

    def column(self, query: str, *values: object) -> list[str]:
        """Give the first column of what a query finds."""
        return [row[0] for row in self._database.execute(query, values)]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Give what a query finds."""
        return self._database.execute(query, values).fetchall()

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
        """Give the document of an actor."""
        return self.column("SELECT document FROM actor WHERE iri = ?", actor)[0]

    def put(self, document: str, record: str, coupled: Iterable[tuple[str, Coupling]]) -> None:
        """Note the actors of a document, to be decided on."""
        self.do("INSERT OR REPLACE INTO told VALUES (?, ?)", document, record)
        many = self._database.executemany
        for actor, one in coupled:
            self.do("INSERT INTO actor VALUES (?, ?, ?, '', '', 1, 1)", actor, document, one.hub)
            many("INSERT OR IGNORE INTO needs VALUES (?, ?)", ((key, actor) for key in one.needs))
            many("INSERT OR IGNORE INTO gives VALUES (?, ?)", ((key, actor) for key in one.gives))
            many("INSERT OR IGNORE INTO hub VALUES (?, ?)", ((key, one.hub) for key in one.names))

    def drop(self, document: str) -> list[str]:
        """Forget the actors of a document, and give them; those that leaned on them are to be decided on again."""
        actors = self.column("SELECT iri FROM actor WHERE document = ? ORDER BY iri", document)
        for actor in actors:
            for one in sorted(self.neighbours(actor)):
                self.do("UPDATE actor SET stale = 1 WHERE iri = ? AND hub = ''", one)
            self._unplace(actor)
            for table, column in (("actor", "iri"), ("needs", "actor"), ("gives", "actor")):
                self.do(f"DELETE FROM {table} WHERE {column} = ?", actor)
        self.do("DELETE FROM told WHERE document = ?", document)
        self._cases.cache_clear()
        return actors

    def neighbours(self, actor: str) -> set[str]:
        """Give who needs what an actor gives, and who gives what it needs."""
        found = self.column(
            "SELECT n.actor FROM gives g JOIN needs n ON n.key = g.key WHERE g.actor = ? UNION "
            "SELECT g.actor FROM needs n JOIN gives g ON g.key = n.key WHERE n.actor = ?",
            actor,
            actor,
        )
        hub = self.hub_of(actor)
        return {*found, *(self.needing(hub) if hub else ())} - {actor}

    def hub_of(self, actor: str) -> str:
        """Give the key of the known person that an actor is, "" for any other."""
        return next(iter(self.column("SELECT hub FROM actor WHERE iri = ?", actor)), "")

    def needing(self, hub: str) -> list[str]:
        """Give the actors whose names are like a known person's."""
        return self.column("SELECT DISTINCT n.actor FROM hub h JOIN needs n ON n.key = h.key WHERE h.hub = ?", hub)

    def hubs(self, actor: str) -> list[str]:
        """Give the known people whose names are like an actor's."""
        return self.column("SELECT DISTINCT h.hub FROM needs n JOIN hub h ON h.key = n.key WHERE n.actor = ?", actor)

    def of_hub(self, hub: str, documents: Iterable[str]) -> list[str]:
        """Give one actor that is a known person, and all those of the given documents."""
        some = self.column("SELECT iri FROM actor WHERE hub = ? AND hub != '' ORDER BY iri LIMIT 1", hub)
        query = "SELECT iri FROM actor WHERE hub = ? AND hub != '' AND document = ?"
        return [*some, *(one for document in documents for one in self.column(query, hub, document))]

    def place(self, placing: Placing) -> None:
        """Put an actor into its group; if it was there just so, nothing is to be done about it."""
        record = _placing_record(placing)
        if self.rows(
            "SELECT 1 FROM actor WHERE iri = ? AND grp = ? AND placing = ?", placing.iri, placing.group, record
        ):
            self.do("UPDATE actor SET stale = 0 WHERE iri = ?", placing.iri)
            return
        self._unplace(placing.iri)
        query = "UPDATE actor SET grp = ?, placing = ?, stale = 0, fresh = 1 WHERE iri = ?"
        self.do(query, placing.group, record, placing.iri)
        facet = json.loads(record)[0]
        self.do(
            "INSERT INTO facet VALUES (?, ?, 1) ON CONFLICT (grp, facet) DO UPDATE SET number = number + 1",
            placing.group,
            facet,
        )
        for other in placing.rivals:
            self.do("INSERT OR IGNORE INTO rival VALUES (?, ?, ?)", placing.group, placing.iri, other)
        self.later(placing.group)

    def _unplace(self, actor: str) -> None:
        [(group, record)] = self.rows("SELECT grp, placing FROM actor WHERE iri = ?", actor)
        if group:
            facet = json.loads(record)[0]
            self.do("UPDATE facet SET number = number - 1 WHERE grp = ? AND facet = ?", group, facet)
            self.do("DELETE FROM facet WHERE grp = ? AND facet = ? AND number = 0", group, facet)
            self.do("DELETE FROM rival WHERE grp = ? AND actor = ?", group, actor)
            self.later(group)

    def later(self, group: str) -> None:
        """Note that a group is to be described anew."""
        self.do("INSERT OR IGNORE INTO todo VALUES (?)", group)

    def todo(self) -> list[str]:
        """Give the groups to be described anew."""
        return self.column("SELECT grp FROM todo ORDER BY grp")

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
        for actor, hub in self.rows("SELECT iri, hub FROM actor WHERE stale AND hub != ''"):
            for one in {*self.neighbours(actor), *self.needing(hub)}:
                self.do("UPDATE actor SET stale = 1 WHERE iri = ? AND hub = '' AND NOT stale", one)

    def facets(self, group: str) -> list[Facet]:
        """Give the facets of a group, none if it has no member."""
        return [_facet(one) for one in self.column("SELECT facet FROM facet WHERE grp = ? ORDER BY facet", group)]

    def decision(self, actor: str) -> tuple[str, str, float]:
        """Give reason, evidence and confidence of the decision about an actor."""
        facet, evidence, confidence = json.loads(self.column("SELECT placing FROM actor WHERE iri = ?", actor)[0])[:3]
        return json.loads(facet)["reason"], evidence, confidence


def record_of(cases: Sequence[Case]) -> str:
    """Write the cases of a document as one text."""
    rows = [
        [
            _record(case.actor),
            case.link.chosen and _known_record(case.link.chosen),
            _weighed(case.link.candidates),
        ]
        for case in cases
    ]
    context = next((case.context for case in cases), Context())
    return json.dumps([sorted(context.states), context.items, rows], sort_keys=True)


def cases_from(record: str) -> dict[str, Case]:
    """Read the cases of a document, by IRI."""
    states, items, rows = json.loads(record)
    context = Context(frozenset(states), items)
    found = {}
    for told, chosen, candidates in rows:
        actor = Actor(**{**told, "names": tuple(told["names"]), "descriptions": tuple(told["descriptions"])})
        link = Link(_known(chosen) if chosen else None, _candidates(candidates))
        found[actor.iri] = Case(actor, link, context)
    return found


def _record(actor: Actor) -> dict[str, object]:
    """The fields of an actor, which are texts and tuples of texts: `asdict` would copy each of them."""
    return {one.name: getattr(actor, one.name) for one in fields(Actor)}


def _placing_record(placing: Placing) -> str:
    facet = placing.facet
    told = {
        **{name: getattr(facet, name) for name in ("cls", "label", "reason", "told", "named")},
        "known": facet.known and _known_record(facet.known),
        "candidates": _weighed(facet.candidates),
    }
    return json.dumps([json.dumps(told, sort_keys=True), placing.evidence, placing.confidence, placing.rivals])


def _facet(record: str) -> Facet:
    told = json.loads(record)
    known = told.pop("known")
    candidates = _candidates(told.pop("candidates"))
    return Facet(**told, known=_known(known) if known else None, candidates=candidates)


def _known_record(known: Known) -> list[Any]:
    return [known.label, known.type.value, known.id, known.sense, known.country, known.weight]


def _known(record: list[Any]) -> Known:
    label, kind, *rest = record
    return Known(label, EntityType(kind), *rest)


def _weighed(candidates: Iterable[Candidate]) -> list[list[object]]:
    return [[_known_record(one.known), one.score, one.why] for one in candidates]


def _candidates(rows: Iterable[Any]) -> tuple[Candidate, ...]:
    return tuple(Candidate(_known(known), score, tuple(why)) for known, score, why in rows)
