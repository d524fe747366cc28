"""Parameters that all questions share: document, days, actor, place and confidence, put into a query as patterns.

A header line `#+ narrows: event document from until actor place min-confidence` names the variable that tells an event
of `?document`, and which of these the question takes. `#+ narrows: link via nkg:cause|nkg:effect actor` reaches the
events by a path. A query with them set is SPARQL 1.1 like any other: the patterns stand where `#+ values` stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TAKES = {
    "document": ("document", "only this document (its id)"),
    "from": ("date", "not before this day; what has no day of its own counts at its article's"),
    "until": ("date", "not after this day"),
    "actor": ("name", "a name of somebody who takes part"),
    "place": ("place", "a name of the place where it happened"),
    "min-confidence": ("decimal", "at least so sure, from 0 to 1; what a rule told without a figure counts as sure"),
}
"""The shared parameters: type, and what they do."""

OLD_NAMES = {"source": "document", "since": "from", "actor": "name"}
"""Other names of parameters, taken where a question has none of its own that is called so."""

ROLES = "|".join(
    f"nkg:{role}"
    for role in ("agent", "patient", "recipient", "speaker", "proposer", "addressee", "responder", "theme", "instrument")
)

_BEGIN = "http://semanticweb.cs.vu.nl/2009/11/sem/hasEarliestBeginTimeStamp"
_END = "http://semanticweb.cs.vu.nl/2009/11/sem/hasLatestEndTimeStamp"
_ISSUED = "http://purl.org/dc/terms/issued"
_IDENTIFIER = "http://purl.org/dc/terms/identifier"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which variable the shared parameters are about, by which path its events are reached, and which it takes."""

    variable: str
    path: str
    takes: tuple[str, ...]


def parse_narrowing(line: str) -> Narrowing:
    """Read the value of a `narrows` line. Raises `ValueError` for a parameter that is not one of `TAKES`."""
    words = line.split()
    path = words[2] if words[1:2] == ["via"] else ""
    takes = tuple(words[3 if path else 1 :])
    unknown = [name for name in takes if name not in TAKES]
    if not takes or unknown:
        raise ValueError(f"use some of {', '.join(TAKES)}")
    return Narrowing(words[0], path, takes)


def pattern(narrowing: Narrowing, name: str, terms: Sequence[str]) -> str:
    """Give the pattern that one shared parameter stands for; `terms` are SPARQL terms, any one of which will do."""
    values = " ".join(terms)
    widest = max(terms) if name == "until" else min(terms)
    if name == "document":
        return f"VALUES ?param_document {{ {values} }} GRAPH ?document {{ ?document <{_IDENTIFIER}> ?param_document }}"
    if name in ("actor", "place"):
        return _bearer(narrowing, name, values)
    own = f"?{narrowing.variable}"
    reach = f"{own} {narrowing.path} ?narrowed . " if narrowing.path else ""
    event = "?narrowed" if narrowing.path else own
    if name == "min-confidence":
        least = f"FILTER(?narrowSure < {widest})"
        return f"FILTER NOT EXISTS {{ GRAPH ?document {{ {own} nkg:confidence ?narrowSure {least} }} }}"
    stamp, sign = (_END, ">=") if name == "from" else (_BEGIN, "<=")
    # a time as coarse as a month is compared as far as it goes
    fits = f"FILTER(STR(?narrowDay) {sign} SUBSTR(STR({widest}), 1, STRLEN(STR(?narrowDay))))"
    return (
        f"FILTER(EXISTS {{ GRAPH ?document {{ {reach}{event} <{stamp}> ?narrowDay {fits} }} }} || "
        f"(NOT EXISTS {{ GRAPH ?document {{ {reach}{event} <{stamp}> ?narrowAny }} }} && "
        f"EXISTS {{ GRAPH ?document {{ ?document <{_ISSUED}> ?narrowDay {fits} }} }}))"
    )


def _bearer(narrowing: Narrowing, name: str, values: str) -> str:
    """Somebody by the label that the identity graph gives, alone or as one of a group that the text enumerates."""
    roles = "nkg:place" if name == "place" else ROLES
    event = "?narrowed" if narrowing.path else f"?{narrowing.variable}"
    reach = f"?{narrowing.variable} {narrowing.path} ?narrowed . " if narrowing.path else ""
    return (
        f"{{ SELECT DISTINCT ?document ?{narrowing.variable} WHERE {{ VALUES ?narrowName {{ {values} }} "
        f"GRAPH ?narrowIdentity {{ ?narrowKnown <{_LABEL}> ?narrowName . ?narrowNode nkg:canonical ?narrowKnown }} "
        f"GRAPH ?document {{ {{ {event} {roles} ?narrowNode }} UNION "
        f"{{ ?narrowGroup nkg:hasMember ?narrowNode . {event} {roles} ?narrowGroup }} {reach}}} }} }}"
    )
