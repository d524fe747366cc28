"""What may be typed for a parameter: names, places, documents and days that a graph has, the most frequent first."""

from __future__ import annotations

from kg.questions.library import Param
from kg.store import Reader
from kg.textnorm import folded

_ACTORS = """
SELECT ?value (COUNT(?mention) AS ?count) WHERE {
  GRAPH ?document { ?mention a nkg:Mention ; nkg:refersTo ?node }
  GRAPH ?identity { ?node nkg:canonical ?known . ?known rdfs:label ?value ; a ?sort }
  FILTER(%s)
} GROUP BY ?value ORDER BY DESC(?count) ?value"""
_QUERIES = {
    "actors": _ACTORS % "?sort IN (nkg:Person, nkg:Organization, nkg:GeopoliticalEntity, nkg:Group)",
    "places": _ACTORS % "?sort IN (nkg:GeopoliticalEntity, nkg:Place)",
    "documents": """SELECT ?value {
      GRAPH ?document { ?document a nkg:Article ; dcterms:identifier ?value } } ORDER BY ?value""",
    "publishers": """SELECT ?value (COUNT(?document) AS ?count) {
      GRAPH ?document { ?document dcterms:publisher ?value } } GROUP BY ?value ORDER BY DESC(?count) ?value""",
    "topics": """SELECT ?value (COUNT(?event) AS ?count) {
      GRAPH ?document { ?event a nkg:Initiative ; nkg:contentText ?value }
    } GROUP BY ?value ORDER BY DESC(?count) ?value""",
    "days": """SELECT DISTINCT (STR(?day) AS ?value) {
      GRAPH ?document { ?document dcterms:issued ?day } } ORDER BY ?value""",
}


def suggestions(reader: Reader, param: Param, *, beginning: str = "", limit: int = 20) -> tuple[str, ...]:
    """Give values of a parameter in which some word begins so, case and diacritics apart; none where it takes any text.

    Raises `QueryError` where the graph cannot be asked.
    """
    if param.suggest == "choices":
        found = list(param.choices)
    elif param.suggest in _QUERIES:
        found = [row[0].value for row in reader.query(_QUERIES[param.suggest]).rows if row[0]]
    else:
        return ()
    start = folded(beginning)
    fits = (one for one in found if folded(one).startswith(start) or f" {start}" in folded(one))
    return tuple(dict.fromkeys(fits))[:limit]
