"""The map: where things happened, with a list beside it for whom a map tells nothing."""

from __future__ import annotations

from kg.drawing.world import Spot, world
from kg.serve.addresses import node_url, with_query
from kg.serve.pages.lists import within
from kg.serve.pages.page import At, Page
from kg.serve.words import spaced

_MOST = 400


def page(at: At) -> Page:
    """Give the map."""
    base = at.catalogue
    clause, values = within(at, "d")
    asked = [("from", at.get("since")), ("until", at.get("until"))]
    if at.get("kind"):
        clause += " AND a.class = ?"
        values.append(at.get("kind"))
    places = base.rows(
        "SELECT o.iri, o.label, o.type, o.lat, o.long, COUNT(DISTINCT a.n) AS events, "
        "MIN(NULLIF(a.day, '')) AS first, MAX(NULLIF(a.day, '')) AS last FROM actor o "
        "JOIN part p ON p.actor = o.n JOIN account a ON a.n = p.account JOIN document d ON d.n = a.document "
        "WHERE o.type IN ('GeopoliticalEntity', 'Place') AND a.family != 'Statement' "
        f"AND p.role IN ('place', 'recipient', 'patient', 'addressee') {clause} "
        f"GROUP BY o.n ORDER BY events DESC, o.label LIMIT {_MOST}",
        *values,
    )
    for place in places:
        place["url"] = with_query("/question/places", [("place", place["label"]), *asked])
        place["page"] = node_url("actor", place["iri"], base.base)
    spots = [Spot(p["label"], p["lat"], p["long"], p["events"], p["url"]) for p in places if p["lat"] is not None]
    kinds = base.rows_of("SELECT class FROM account WHERE family != 'Statement' GROUP BY 1 ORDER BY COUNT(*) DESC")
    columns = ("label", "type", "lat", "long", "events", "first", "last", "iri")
    drawn = {
        "picture": world(spots, label="Where things happened"),
        "kinds": [(k, spaced(k)) for (k,) in kinds],
        "found": len(spots),
    }
    return Page(
        "map.html", "Map", {"places": places}, drawn, columns, [[place[name] for name in columns] for place in places]
    )
