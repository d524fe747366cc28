"""Events: the list of them, and each happening with its accounts side by side, who takes part, and why it is there."""

from __future__ import annotations

from typing import Any

from kg.rdf import identity_iri
from kg.rules import explain
from kg.serve.accounts import first, span_of
from kg.serve.addresses import document_url, node_iri, node_url
from kg.serve.catalogue import Catalogue, Row
from kg.serve.pages.lists import ACCOUNTS, Listing, listed, quoted
from kg.serve.pages.page import At, Page
from kg.serve.words import RELATIONS, day, value
from kg.store import sparql_term
from kg.store.answering import described
from kg.vocab import NIF, NKG

_ACCOUNTS = 24  # told in full
LISTING = Listing(
    name="events",
    source="FROM account a WHERE a.family != 'Statement'",
    rows=f"{ACCOUNTS} WHERE a.family != 'Statement'",
    facets={"class": "a.class", "factuality": "a.factuality"},
    titles={"class": "Kind"},
    columns=("class", "label", "day", "factuality", "document", "quote", "iri"),
    many=40,
)


def page(at: At) -> Page:
    """Give the list, or one happening."""
    if at.head == "events" or (not at.rest and not at.get("iri")):
        return listed(at, LISTING)
    base = at.catalogue
    iri = node_iri("event", at.rest, at.get("iri"), base.base)
    event = base.row("SELECT * FROM event WHERE iri = ?", iri)
    if event is None:
        known = account_of(base, iri)
        if known:
            return Page("", "", go=f"{node_url('event', known['iri'], base.base)}#a{known['n']}")
        return missing_event(at)
    return _one(at, event)


def account_of(base: Catalogue, iri: str) -> Row | None:
    """Give the happening of a document's event, or the happening itself."""
    return base.row(
        "SELECT event.iri, event.family, a.n FROM account a JOIN event ON event.n = a.event "
        "WHERE a.iri = ?1 OR event.iri = ?1 LIMIT 1",
        iri,
    )


def missing_event(at: At) -> Page:
    """Say that there is no such event, and where it may have gone."""
    return at.missing(
        "No event of this graph has this address.", near=[("the events", "/events"), ("the proposals", "/proposals")]
    )


def _one(at: At, event: Row) -> Page:
    base = at.catalogue
    total = event["accounts"]
    here = at.number("page", 1)
    rows = base.rows(
        f"{ACCOUNTS} WHERE a.event = ? ORDER BY document.issued, a.n LIMIT {_ACCOUNTS} OFFSET {(here - 1) * _ACCOUNTS}",
        event["n"],
    )
    accounts = quoted(base, rows)
    for account in accounts:
        account |= _told(at, account)
    fields = [
        {"name": name, "values": values, "differ": len({value for value in values if value}) > 1}
        for name, values in _compared(accounts)
        if any(values)
    ]
    data: dict[str, Any] = {
        "iri": event["iri"],
        "label": event["label"],
        "class": event["class"],
        "family": event["family"],
        "day": event["day"],
        "reason": event["reason"],
        "accounts": accounts,
        "compared": fields,
        "before": _links(base, event["n"], "effect", "cause"),
        "after": _links(base, event["n"], "cause", "effect"),
    }
    drawn = {
        "proposal": node_url("proposal", event["iri"], base.base) if event["family"] == "Initiative" else "",
        "here": here,
        "last": -(-total // _ACCOUNTS),
        "total": total,
        "joined": [one.text for one in explain(event["reason"])] if event["reason"] else [],
    }
    columns = (
        "account",
        "label",
        "class",
        "day",
        "factuality",
        "confidence",
        "value",
        "counted",
        "document",
        "begin",
        "end",
        "quote",
    )
    return Page(
        "event.html", event["label"], data, drawn, columns, [[one[name] for name in columns] for one in accounts]
    )


def _compared(accounts: list[Row]) -> list[tuple[str, list[str]]]:
    """Give the fields in which accounts may differ, one value for each account."""

    def figure(one: Row) -> str:
        if one["value"] is None:
            return ""
        said = f"{one['value']:,.10g} {one['counted']}".strip()
        return said if one["qualifier"] in ("", "exact") else f"{one['qualifier']} {said}"

    return [
        ("Told as", [value("factuality", one["factuality"]) for one in accounts]),
        (
            "When",
            [" – ".join(dict.fromkeys(day(text) for text in (one["day"], one["until"]) if text)) for one in accounts],
        ),
        ("Figure", [figure(one) for one in accounts]),
        ("According to", [one["according"] for one in accounts]),
        ("Where", [", ".join(p["label"] for p in one["parts"] if p["role"] == "place") for one in accounts]),
        ("Answered", [value("status", one["status"]) for one in accounts]),
    ]


def _told(at: At, account: Row) -> Row:
    """Add what only the document's graph tells: why it is there, by which words, according to whom."""
    graph = at.catalogue.value("SELECT iri FROM document WHERE id = ?", account["document"])
    told = described(at.reader, graph)
    said = told.get(account["account"], {})
    quantity = told.get(first(said, NKG + "quantity"), {})
    rules = [term.value for term in said.get(NKG + "rule", ())]
    source = first(told.get(first(said, NKG + "sourceSpan"), {}), NIF + "anchorOf")
    by = said.get(NKG + "attributedTo", ())
    name = _known(at, by[0].value) if by else ""
    trigger = span_of(told, first(said, NKG + "trigger"))
    return {
        "according": name or source or "",
        "qualifier": first(quantity, NKG + "qualifier"),
        "frame": first(said, NKG + "frame"),
        "lemma": first(said, NKG + "lemma"),
        "trigger": first(told.get(first(said, NKG + "trigger"), {}), NIF + "anchorOf"),
        "rules": [{"name": rule, "text": " ".join(one.text for one in explain(rule))} for rule in rules],
        "where": document_url(account["document"], trigger),
    }


def _known(at: At, node: str) -> str:
    """Give the name under which the identity graph knows a document's actor."""
    graph = sparql_term(identity_iri(at.reader.base))
    found = at.reader.query(
        f"SELECT ?label {{ GRAPH {graph} {{ {sparql_term(node)} nkg:canonical ?known . ?known rdfs:label ?label }} }}"
    ).rows
    return found[0][0].value if found and found[0][0] else ""


def _links(base: Catalogue, event: int, mine: str, other: str) -> list[Row]:
    rows = base.rows(
        f"SELECT relation, rule, link.confidence, {other}_text AS label, e.iri, e.family, e.class, e.status, "
        "document.id AS document, document.title, document.publisher, document.issued, link.begin, link.end, "
        "substr(document.text, link.begin + 1, link.end - link.begin) AS quote "
        f"FROM link JOIN account m ON m.n = link.{mine} JOIN account o ON o.n = link.{other} "
        "JOIN event e ON e.n = o.event "
        "JOIN document ON document.n = link.document WHERE m.event = ? ORDER BY link.rowid LIMIT 40",
        event,
    )
    return [row | {"said": RELATIONS.get(row["relation"], row["relation"])} for row in rows]
