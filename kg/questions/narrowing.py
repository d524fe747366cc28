"""Parameters that all questions share: document, days, actor, place and confidence, put into a query as patterns.

A header line `#+ narrows: event document from until actor place min-confidence` names the variable that tells an
event of `?document`, and which of these the question takes. `#+ narrows: link via nkg:cause|nkg:effect actor` reaches
the events by a path, `#+ narrows: mention as nkg:refersTo actor` names whoever takes part by one. A query with them
set is SPARQL 1.1 like any other: the patterns stand where `#+ values` stood.
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
    for role in (
        "agent",
        "patient",
        "recipient",
        "speaker",
        "proposer",
        "addressee",
        "responder",
        "theme",
        "instrument",
    )
)

_BEGIN = "http://semanticweb.cs.vu.nl/2009/11/sem/hasEarliestBeginTimeStamp"
_END = "http://semanticweb.cs.vu.nl/2009/11/sem/hasLatestEndTimeStamp"
_ISSUED = "http://purl.org/dc/terms/issued"
_IDENTIFIER = "http://purl.org/dc/terms/identifier"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


_SPAN = "nkg:sourceSpan/<http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf>"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which variable the shared parameters are about, and which of them it takes.

    `path` leads from it to its events, if it is none itself; `roles` is the path to whoever takes part.
    """

    variable: str
    takes: tuple[str, ...]
    path: str = ""
    roles: str = ROLES


def parse_narrowing(line: str) -> Narrowing:
    """Read the value of a `narrows` line: VARIABLE [via PATH] [as ROLES] PARAMETER….

    Raises `ValueError` for a parameter that is not one of `TAKES`.
    """
    variable, *words = line.split()
    told = {}
    while words[:1] in (["via"], ["as"]) and len(words) > 1:
        told[words[0]] = words[1]
        words = words[2:]
    if not words or any(name not in TAKES for name in words):
        raise ValueError(f"write VARIABLE and some of {', '.join(TAKES)}")
    return Narrowing(variable, tuple(words), path=told.get("via", ""), roles=told.get("as", ROLES))


def pattern(narrowing: Narrowing, name: str, terms: Sequence[str]) -> str:
    """Give the pattern that one shared parameter stands for; `terms` are SPARQL terms, any one of which will do."""
    values = " ".join(terms)
    widest = max(terms) if name == "until" else min(terms)
    if name == "document":
        return f"VALUES ?param_document {{ {values} }} GRAPH ?document {{ ?document <{_IDENTIFIER}> ?param_document }}"
    if name in ("actor", "place"):
        return bearer(narrowing, "nkg:place" if name == "place" else narrowing.roles, terms)
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


def bearer(narrowing: Narrowing, roles: str, terms: Sequence[str]) -> str:
    """Give the pattern of what somebody with one of these labels has a part in, in one of `roles` (a path).

    The label is that of the identity graph, or the text's; a group that the text enumerates stands for its members, two
    levels deep, and a source that is no participant for the words that name it.
    """
    event = "?narrowed" if narrowing.path else f"?{narrowing.variable}"
    reach = f"{event} ^({narrowing.path}) ?{narrowing.variable} . " if narrowing.path else ""
    values = f"VALUES ?narrowName {{ {' '.join(terms)} }}"
    known = f"GRAPH ?narrowIdentity {{ ?narrowKnown <{_LABEL}> ?narrowName . ?narrowNode nkg:canonical ?narrowKnown }}"
    alone = f"{event} {roles} ?narrowNode . {reach}"
    member = (
        f"?narrowGroup nkg:hasMember|(nkg:hasMember/nkg:hasMember) ?narrowNode . {event} {roles} ?narrowGroup . {reach}"
    )
    told = f"?narrowNode <{_LABEL}> ?narrowName . "
    # each way by itself, so that an engine can go from the name to the events without looking at all others
    ways = [f"{known} GRAPH ?document {{ {has}}}" for has in (alone, member)]
    ways += [f"GRAPH ?document {{ {told}{has}}}" for has in (alone, member)]
    if "speaker" in roles:
        ways.append(f"GRAPH ?document {{ {event} {_SPAN} ?narrowName . {reach}}}")
    each = " UNION ".join(f"{{ {values} {way} }}" for way in ways)
    return f"{{ SELECT DISTINCT ?document ?{narrowing.variable} WHERE {{ {each} }} }}"
