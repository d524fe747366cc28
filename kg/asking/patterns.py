"""Pieces of SPARQL that the questions share: who takes part, which words, which days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from kg.asking.records import Window
from kg.store import sparql_term

Called = Callable[[str], tuple[str, ...]]
"""From a name as people say it to the labels of those who bear it; with "=" before it, only of those called just so.

With "@" before it, of the place of this name and of what lies in it; with "~", to all names by which texts call them.
"""

DOERS = "nkg:agent|nkg:proposer|nkg:speaker|nkg:responder"
DONE_TO = "nkg:patient|nkg:recipient|nkg:addressee|nkg:theme"
NOT_DOING = f"{DONE_TO}|nkg:place|nkg:attributedTo|nkg:instrument"
ANY = f"{DOERS}|{NOT_DOING}"
POINTS_BACK = "^nkg:response/^nkg:disposition", "^nkg:effect/nkg:cause"
"""From an answer to the initiative that it answers."""
OWN_TEXTS = (
    "rdfs:label|nkg:contentText|nkg:theme/rdfs:label|nkg:patient/rdfs:label|nkg:recipient/rdfs:label|"
    "nkg:place/rdfs:label|nkg:instrument/rdfs:label|nkg:agent/rdfs:label|nkg:quantity/nkg:countedNoun"
)
TEXTS = "|".join((OWN_TEXTS, *(f"{back}/(nkg:contentText|rdfs:label)" for back in POINTS_BACK)))
AGAINST = {"for": ("against",), "against": ("for", "in favou?r of", "in support of")}
"""Prepositions, and those that say the contrary of them: who voted for a bill has not voted against it."""
BEFORE = 250
"""Characters before a sentence that count as said with it, in the loose query."""


_TERM = re.compile(r'"(?:[^"\\]|\\.)*"')
"""A string in SPARQL, whose brackets are none of the query's."""


class Uncompilable(Exception):
    """The question cannot be put into a query; the text says why."""


def bearing(labels: Sequence[str], roles: str, *, back: bool) -> str:
    """Give the select of the events in which somebody of these labels has one of the roles.

    With `back`, also of those that answer an initiative in which somebody has any. Each way stands by itself, so that
    an engine goes from the name to its few events.
    """
    values = f"VALUES ?name {{ {' '.join(sparql_term(label, datatype='string') for label in dict.fromkeys(labels))} }}"
    known = "GRAPH ?identity { ?bearer rdfs:label ?name . ?node nkg:canonical ?bearer }"
    has = [f"?event {roles} ?node", f"?group nkg:hasMember ?node . ?event {roles} ?group"]
    if back:
        has += [
            f"?asked {ANY} ?node ; nkg:disposition/nkg:response ?event",
            f"?asked {ANY} ?node . ?link nkg:cause ?asked ; nkg:effect ?event",
        ]
    ways = " UNION ".join(f"{{ {values} {known} GRAPH ?document {{ {one} }} }}" for one in has)
    return f"SELECT DISTINCT ?document ?event WHERE {{ {ways} }}"


def owning(labels: Sequence[str]) -> str:
    """Give the select of the answers to what somebody of these labels proposed or asked."""
    values = f"VALUES ?name {{ {' '.join(sparql_term(label, datatype='string') for label in dict.fromkeys(labels))} }}"
    known = "GRAPH ?identity { ?bearer rdfs:label ?name . ?node nkg:canonical ?bearer }"
    has = (
        "?event nkg:recipient ?node",
        "?asked nkg:proposer|nkg:agent ?node ; nkg:disposition/nkg:response ?event",
        "?asked nkg:proposer|nkg:agent ?node . ?link nkg:cause ?asked ; nkg:effect ?event",
    )
    ways = " UNION ".join(f"{{ {values} {known} GRAPH ?document {{ {one} }} }}" for one in has)
    return f"SELECT DISTINCT ?document ?event WHERE {{ {ways} }}"


def known_as(node: str, label: str) -> str:
    """Give the pattern for the label of the thing that a node is, if it is known.

    One OPTIONAL in the other, with a name of its own for the graph: of a path, of two patterns in one, or where
    another OPTIONAL may have bound the graph, an engine looks at all things there are.
    """
    return (
        f"OPTIONAL {{ GRAPH {node}In {{ {node} nkg:canonical {node}Is }} "
        f"OPTIONAL {{ GRAPH {node}In {{ {node}Is rdfs:label {label} }} }} }}"
    )


def ordered(lines: Iterable[str]) -> list[str]:
    """Put what must be there first, then what may be, then what is only bound; otherwise in the same order.

    An engine looks up for itself what stands behind an OPTIONAL or a BIND, for all of the graph, and joins it
    afterwards. Tests count for all of their group, wherever they stand.

    >>> ordered(["BIND(1 AS ?a)", "OPTIONAL {", "  ?b ?c ?d", "}", "?e ?f ?g ."])
    ['?e ?f ?g .', 'OPTIONAL {', '  ?b ?c ?d', '}', 'BIND(1 AS ?a)']
    >>> ordered(['BIND("{(" AS ?a)', "?b ?c ?d ."])
    ['?b ?c ?d .', 'BIND("{(" AS ?a)']
    """
    parts: dict[str, list[str]] = {"": [], "OPTIONAL": [], "BIND": []}
    depth, now = 0, parts[""]
    for line in lines:
        if not depth:
            now = parts[next((word for word in ("OPTIONAL", "BIND") if line.startswith(word)), "")]
        now.append(line)
        plain = _TERM.sub("", line)
        depth += sum(plain.count(mark) for mark in "{(") - sum(plain.count(mark) for mark in "})")
    return [line for part in parts.values() for line in part]


def within(window: Window, begin: str, end: str, issued: str, *, strict: bool) -> list[str]:
    """The day of an event lies in a window: its own, or, for an upper bound, that of the article that tells of it."""
    lines = []
    if window.begin:
        day = f"STR(COALESCE({end}, {begin}))" if strict else f"STR(COALESCE({end}, {begin}, {issued}))"
        limit = sparql_term(window.begin, datatype="string")
        sign = ">" if window.open else ">="
        lines.append(f"FILTER(SUBSTR({day}, 1, {len(window.begin)}) {sign} {limit})")
    if window.end:
        limit = sparql_term(window.end, datatype="string")
        sign = "<" if window.open else "<="
        day = f"STR({begin})" if window.begin and strict else f"STR(COALESCE({begin}, {issued}))"
        if strict and not window.begin:  # what was in May may have been after the third
            day = f'CONCAT({day}, SUBSTR("9999-99-99", STRLEN({day}) + 1))'
        lines.append(f"FILTER(SUBSTR({day}, 1, {len(window.end)}) {sign} {limit})")
    return lines


def listed(labels: Sequence[str]) -> str:
    """Give labels as a list of SPARQL terms, each once."""
    return ", ".join(sparql_term(label, datatype="string") for label in dict.fromkeys(labels))


def starting(form: str) -> str:
    """A regular expression for a word that begins so."""
    return f"(^|[^a-z0-9]){escaped(form)}{_end(form)}"


def escaped(form: str) -> str:
    """Give a word as a regular expression for itself."""
    return "".join(f"\\{char}" if char in ".^$*+?()[]{}|\\" else char for char in form)


def _end(form: str) -> str:
    return "($|[^0-9])" if form[-1:].isdigit() else ""


def beginning(forms: Iterable[str]) -> str:
    """A regular expression for a word that begins with one of some forms; of capitals as a whole: "US", not "used"."""
    found = (escaped(form) + ("s?($|[^a-z])" if form.isupper() and form.isalpha() else _end(form)) for form in forms)
    return f"(^|[^a-z0-9])({'|'.join(found)})"


def singular(word: str) -> str:
    """Give a word without its plural s."""
    plain = word.lower()
    return plain[:-1] if plain.endswith("s") else plain
