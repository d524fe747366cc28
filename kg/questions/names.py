"""Names of actors as people give them: every name a text, the identity graph or the tables of names know somebody by.

A parameter of type `name` or `place` is taken for those whom answers call otherwise: "Kyiv" for "Ukraine".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from weakref import WeakKeyDictionary

from kg.digest import digest_of
from kg.entities.knowledge import load
from kg.entities.names import normalised
from kg.model import EntityType, Gazetteer, Known
from kg.store import Reader, tables_kept
from kg.vocab import WIKIDATA

# Each is one scan; joined in the engine they took a minute on ten thousand articles, here seconds.
_KNOWN_AS = """
SELECT ?node ?label WHERE { GRAPH ?identity { ?node nkg:canonical ?thing . ?thing rdfs:label ?label } }"""
_CALLED = """
SELECT DISTINCT ?node ?name WHERE {
  GRAPH ?doc { ?mention nkg:refersTo ?node ; nkg:mentionKind "name" ; nif:anchorOf ?name }
}"""
_TOLD = """
SELECT DISTINCT ?node ?label WHERE { GRAPH ?doc { ?mention nkg:refersTo ?node . ?node rdfs:label ?label } }"""
_OTHERS = """
SELECT DISTINCT ?label ?name ?wikidata WHERE {
  {
    GRAPH ?identity { ?thing skos:altLabel ?name ; rdfs:label ?label }
  } UNION {
    GRAPH ?identity { ?thing skos:exactMatch ?wikidata ; rdfs:label ?label }
    BIND(?label AS ?name)
  } UNION {
    GRAPH ?doc { ?statement nkg:sourceSpan/nif:anchorOf ?name FILTER NOT EXISTS { ?statement nkg:speaker ?anybody } }
    BIND(?name AS ?label)
  }
}"""

_DIGESTED = """
SELECT COALESCE(c.label, n.label), k.name, '' FROM called k JOIN node n ON n.n = k.node
LEFT JOIN canon c ON c.n = n.canon WHERE k.name IS NOT NULL AND COALESCE(c.label, n.label) IS NOT NULL
UNION SELECT COALESCE(c.label, n.label), n.label, '' FROM node n LEFT JOIN canon c ON c.n = n.canon
WHERE n.label IS NOT NULL AND EXISTS (SELECT 1 FROM called k WHERE k.node = n.n)
UNION SELECT c.label, a.name, '' FROM alias a JOIN canon c ON c.n = a.canon WHERE c.label IS NOT NULL
UNION SELECT label, label, wikidata FROM canon WHERE label IS NOT NULL AND wikidata IS NOT NULL
UNION SELECT words, words, '' FROM source WHERE NOT spoken"""
"""The same, of the tables of a digest (`kg/digest`)."""


_PLACES = (EntityType.GPE, EntityType.LOC)


class Names:
    """All names of one graph: what people may say, to the labels that answers give."""

    def __init__(self, rows: Iterable[tuple[str, str, str]], gazetteer: Callable[[], Gazetteer]) -> None:
        """Take (label, name, Wikidata IRI or "") rows; `gazetteer` gives the tables of names when they are needed."""
        self._labels: dict[str, dict[str, None]] = {}
        self._linked: dict[str, dict[str, None]] = {}
        self._said: dict[str, str] = {}
        self._gazetteer = gazetteer
        self._placed: dict[str, tuple[str, ...]] | None = None
        self._forms: dict[str, dict[str, None]] | None = None
        self._rows = tuple(rows)
        for label, name, wikidata in self._rows:
            for form in (name, label):
                key = _key(form)
                self._labels.setdefault(key, {})[label] = None
                self._said.setdefault(key, form)
            if wikidata:
                self._linked.setdefault(wikidata.removeprefix(WIKIDATA), {})[label] = None

    def called(self, name: str, *, place: bool = False) -> tuple[str, ...]:
        """Give the labels of those with this name, in a text or in the tables of names; else with it in a part.

        A capital may stand for its state, but not where a `place` is asked for: there a state stands for the places in
        it, too, as far as the tables know where they are. Words of a name count before parts of words, so that "us" is
        not found in "Russia"; of places, parts of words do not count at all. A Wikidata id stands for whatever is
        linked to it.
        """
        found = self._called(name, place=place)
        return tuple(dict.fromkeys((*found, *self._inside(name)))) if place else found

    def _called(self, name: str, *, place: bool) -> tuple[str, ...]:
        key = _key(name)
        if not key:
            return ()
        if name.strip() in self._linked:
            return tuple(self._linked[name.strip()])
        called = self._labels.get(key, {})
        own = tuple(label for label in called if _key(label) == key)
        if place and own:
            return own
        tables = self._gazetteer()
        known = tables.get(normalised(name)) or tables.get(key, ())
        found = {**called, **{label: None for one in known for label in self._told(one)}}
        if found:
            return tuple(found)
        words = set(key.split())
        whole = self._where(lambda other: words <= set(other.split()))
        return whole or (() if place else self._where(lambda other: key in other))

    def exactly(self, name: str) -> tuple[str, ...]:
        """Give the labels of those whom a text or the identity graph calls just so, and no others.

        A common noun ("the union") is also the last word of what they are called in full ("the Dockers' Union").
        """
        key = _key(name)
        found = dict(self._labels.get(key, {}))
        if key and name == name.lower():
            found |= dict.fromkeys(self._where(lambda other: other.endswith(f" {key}")))
        return tuple(found)

    def told(self, label: str) -> tuple[str, ...]:
        """Give every name by which a text calls who has this label: "Afghan" and "Kabul" for Afghanistan."""
        if self._forms is None:
            self._forms = {}
            for one, name, _ in self._rows:
                self._forms.setdefault(one, {one: None})[name] = None
        return tuple(self._forms.get(label, ()))

    def near(self, name: str, *, least: float = 0.75) -> tuple[str, ...]:
        """Give up to three names that look like this one, for somebody who mistyped it; `least` is from 0 to 1."""
        return tuple(self._said[key] for key in get_close_matches(_key(name), self._labels, n=3, cutoff=least))

    def known(self, name: str) -> bool:
        """Whether the tables of names know somebody or something called so."""
        tables = self._gazetteer()
        return normalised(name) in tables or _key(name) in tables

    def _inside(self, name: str) -> tuple[str, ...]:
        """The labels of what lies in the state of this name, none where it is no state's."""
        tables = self._gazetteer()
        for known in tables.get(normalised(name), ()) if name.strip() not in self._linked else ():
            state = tables.get(f"iso:{known.country.lower()}", ()) if known.country and known.sense == "name" else ()
            if any(one.id == known.id for one in state):
                return self._within().get(known.country, ())
        return ()

    def _within(self) -> dict[str, tuple[str, ...]]:
        """The labels of the places in each state, by its two letters; looked up once."""
        if self._placed is None:
            tables = self._gazetteer()
            found: dict[str, dict[str, None]] = {}
            for item, labels in self._linked.items():
                for label in labels:
                    for known in tables.get(normalised(label), ()):
                        if known.id == item and known.country and known.type in _PLACES:
                            found.setdefault(known.country, {})[label] = None
            self._placed = {country: tuple(labels) for country, labels in found.items()}
        return self._placed

    def _told(self, known: Known) -> Iterable[str]:
        return self._linked.get(known.id) or self._labels.get(_key(known.label)) or ()

    def _where(self, fits: Callable[[str], bool]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(label for key, labels in self._labels.items() if fits(key) for label in labels))


_KNOWN: WeakKeyDictionary[Reader, Names] = WeakKeyDictionary()


def names_of(reader: Reader) -> Names:
    """Give the names of a graph; of a published one, which stays as it is, they are looked up once."""
    found = _KNOWN.get(reader)
    if found is None:
        found = Names(_rows(reader), lambda: load(tables_kept(reader.directory)))
        if reader.is_settled:
            _KNOWN[reader] = found
    return found


def _rows(reader: Reader) -> list[tuple[str, str, str]]:
    """Label, name and Wikidata IRI (or ""), sorted."""
    digest = digest_of(reader)
    if digest is not None:
        try:
            return sorted((label, name, wikidata) for label, name, wikidata in digest.rows(_DIGESTED))
        except sqlite3.Error:  # the file is damaged; what it was made from need not be
            pass
    return _asked(reader)


def _asked(reader: Reader) -> list[tuple[str, str, str]]:
    """Ask the graph itself, which takes seconds on thousands of documents."""

    def texts(sparql: str) -> list[list[str]]:
        return [[term.value if term else "" for term in row] for row in reader.query(sparql).rows]

    told = texts(_TOLD)
    label_of = dict(sorted(told, reverse=True)) | dict(sorted(texts(_KNOWN_AS), reverse=True))
    called = {(label_of[node], name, "") for node, name in (*texts(_CALLED), *told) if node in label_of}
    return sorted(called | {(label, name, wikidata) for label, name, wikidata in texts(_OTHERS)})


def _key(name: str) -> str:
    return " ".join(normalised(name.strip().replace(".", "")).split())
