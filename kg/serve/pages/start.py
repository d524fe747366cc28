"""The start page: what is in this graph, and where one may begin."""

from __future__ import annotations

from kg.drawing.bars import bars
from kg.drawing.days import timeline
from kg.questions import questions
from kg.serve.addresses import document_url, with_query
from kg.serve.catalogue import Catalogue
from kg.serve.pages.lists import PROPOSALS, quoted
from kg.serve.pages.page import At, Page
from kg.serve.words import spaced, type_name

_ASKED = 9  # questions that the start page offers


def counts_of(catalogue: Catalogue) -> dict[str, int]:
    """Count what a graph holds, as `kg stats` does."""
    return {
        "documents": catalogue.value("SELECT COUNT(*) FROM document"),
        "statements": catalogue.value("SELECT COUNT(*) FROM account WHERE family = 'Statement'"),
        "events": catalogue.value("SELECT COUNT(*) FROM account WHERE family != 'Statement'"),
        "proposals": catalogue.value("SELECT COUNT(*) FROM account WHERE family = 'Initiative'"),
        "entities": catalogue.value("SELECT COUNT(*) FROM actor WHERE type != 'Participant'"),
        "happenings": catalogue.value("SELECT COUNT(*) FROM event WHERE family != 'Statement'"),
        "links": catalogue.value("SELECT COUNT(*) FROM link"),
        "triples": int(catalogue.value("SELECT value FROM meta WHERE key = 'triples'")),
    }


def page(at: At) -> Page:
    """Give the start page."""
    base = at.catalogue
    counts = counts_of(base)
    classes = base.rows(
        "SELECT class, COUNT(*) AS n FROM account WHERE family != 'Statement' GROUP BY class ORDER BY n DESC, class"
    )
    types = base.rows(
        "SELECT type, COUNT(*) AS n FROM actor WHERE type != 'Participant' GROUP BY type ORDER BY n DESC, type"
    )
    days = {
        row["day"]: row["n"]
        for row in base.rows(
            "SELECT substr(COALESCE(NULLIF(day, ''), issued), 1, 10) AS day, COUNT(*) AS n FROM account "
            "JOIN document ON document.n = document WHERE family != 'Statement' AND day || issued != '' GROUP BY 1"
        )
    }
    proposals = quoted(base, base.rows(f"{PROPOSALS} ORDER BY a.status = 'unknown', document.issued DESC, a.n LIMIT 5"))
    actors = base.rows(
        "SELECT iri, label, type, events, documents FROM actor WHERE type NOT IN ('Participant', 'NamedEvent') "
        "ORDER BY events DESC, mentions DESC, label LIMIT 14"
    )
    documents = [
        row | {"url": document_url(row["id"])}
        for row in base.rows("SELECT id, title, issued, publisher FROM document ORDER BY issued DESC, id LIMIT 6")
    ]
    asked = [{"name": one.name, "question": one.question} for one in questions()]
    first = sorted(questions(), key=lambda one: ("contract" not in one.tags, one.tags[:1] != ("proposals",)))
    drawn = {
        "dated_of": sum(days.values()),
        "asked": [{"name": one.name, "question": one.question} for one in first[:_ASKED]],
        "timeline": timeline(
            days, link=lambda a, b: with_query("/question/timeline", [("since", a), ("until", b)]), label="Told by day"
        ),
        "classes": bars(
            [(spaced(row["class"]), row["n"], with_query("/events", [("class", row["class"])])) for row in classes[:9]],
            label="Events by kind",
        ),
        "types": bars(
            [(type_name(row["type"]), row["n"], with_query("/actors", [("type", row["type"])])) for row in types],
            label="Actors by type",
        ),
    }
    data = {
        "counts": counts,
        "events_by_class": {row["class"]: row["n"] for row in classes},
        "entities_by_type": {row["type"]: row["n"] for row in types},
        "days": days,
        "questions": asked,
        "proposals": proposals,
        "actors": actors,
        "documents": documents,
    }
    return Page("start.html", "What is in this graph", data, drawn, ("what", "count"), [*counts.items()])
