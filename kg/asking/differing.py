"""What two speakers disagree on: their figures for one thing, and what the one asked and the other refused."""

from __future__ import annotations

from kg.asking.compiling import Compiled
from kg.asking.patterns import Uncompilable
from kg.store import sparql_term
from kg.vocab import declarations

_BODY = """
  VALUES ?oneName {{ {one} }}
  VALUES ?otherName {{ {other} }}
  GRAPH ?identity {{
    ?first nkg:canonical/rdfs:label ?oneName .
    ?second nkg:canonical/rdfs:label ?otherName .
  }}
  GRAPH ?document {{
    ?document dcterms:identifier ?source .
    {{
      ?event nkg:attributedTo ?first ; nkg:quantity ?number ; nkg:evidence/nif:anchorOf ?quote .
      ?number nkg:value ?value ; nkg:countedNoun ?noun .
      ?against nkg:attributedTo ?second ; nkg:quantity ?counter .
      ?counter nkg:value ?otherValue ; nkg:countedNoun ?otherNoun .
      FILTER(LCASE(?noun) = LCASE(?otherNoun) && ?value != ?otherValue)
    }} UNION {{
      ?event nkg:proposer ?first ; nkg:contentText ?content ; nkg:disposition ?disposition .
      ?disposition nkg:status nkg:Rejected ; nkg:ofAddressee ?second ; nkg:evidence/nif:anchorOf ?quote .
    }} UNION {{
      ?event nkg:proposer ?second ; nkg:contentText ?content ; nkg:disposition ?disposition .
      ?disposition nkg:status nkg:Rejected ; nkg:ofAddressee ?first ; nkg:evidence/nif:anchorOf ?quote .
    }}
  }}
  BIND(CONCAT(?noun, ": ", STR(?value), " (", ?oneName, "), ", STR(?otherValue), " (", ?otherName, ")") AS ?figures)
  BIND(COALESCE(?content, ?figures) AS ?answer)
"""


def differences(named: dict[str, tuple[str, ...]]) -> Compiled:
    """Give the SPARQL for what the first two who are named disagree on. Raises `Uncompilable` for fewer."""
    if len(named) < 2:
        raise Uncompilable("it does not name two who might disagree")
    one, other = ([sparql_term(label, datatype="string") for label in labels] for labels in list(named.values())[:2])
    body = _BODY.format(one=" ".join(one), other=" ".join(other))
    prefixes = declarations(body)
    sparql = (
        f"{prefixes}SELECT DISTINCT ?answer ?source ?quote ?event\nWHERE {{{body}}}\nORDER BY ?source ?answer ?quote"
    )
    return Compiled(sparql, True, dict(named))
