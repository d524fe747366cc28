"""Rows of the catalogue as several pages list them: accounts of events, with the sentence that tells each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.serve.accounts import ROLES
from kg.serve.catalogue import Catalogue, Row, match
from kg.serve.pages.facets import counted
from kg.serve.pages.page import At, Page

_ORDER = {role: at for at, role in enumerate(ROLES)}

ACCOUNTS = """
SELECT a.n, a.iri AS account, event.iri AS iri, a.label, a.class, a.family, a.kind, a.factuality, a.plover, a.day,
  a.until, a.confidence, a.content, a.status, a.begin, a.end, a.value, a.counted, event.accounts,
  document.id AS document, document.title, document.publisher, document.issued,
  substr(document.text, a.begin + 1, a.end - a.begin) AS quote
FROM account a JOIN event ON event.n = a.event JOIN document ON document.n = a.document"""
"""Accounts with their happening, their document and the sentence that tells them."""

PROPOSALS = f"{ACCOUNTS} WHERE a.family = 'Initiative' AND document.copy = 0"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of accounts: which ones, parameter of the address → column that narrows it, and what its twins have.

    `source` are FROM and WHERE for what counts alone; `rows` gives the accounts themselves.
    """

    name: str
    source: str
    rows: str
    facets: Mapping[str, str]
    titles: Mapping[str, str]
    columns: tuple[str, ...]
    many: int


def listed(at: At, listing: Listing) -> Page:
    """Give the page of a list, newest texts first; each facet counts what the other ones leave."""
    base, here, about = at.catalogue, at.number("page", 1), at.get("about")
    where, values = "", list[object]()
    if match(about):
        where = " AND a.event IN (SELECT event FROM told WHERE told MATCH ?)"
        values.append(match(about))

    def narrowed(but: str = "") -> tuple[str, list[object]]:
        kept = {column: at.get(name) for name, column in listing.facets.items() if name != but and at.get(name)}
        return where + "".join(f" AND {column} = ?" for column in kept), [*values, *kept.values()]

    groups: list[dict[str, Any]] = []
    for name, column in listing.facets.items():
        clause, given = narrowed(but=name)
        rows = base.rows(
            f"SELECT {column} AS value, COUNT(*) AS n {listing.source}{clause} GROUP BY 1 ORDER BY 2 DESC, 1", *given
        )
        groups.append(counted(at, name, rows, title=listing.titles.get(name, "")))
    clause, given = narrowed()
    total = base.value(f"SELECT COUNT(*) {listing.source}{clause}", *given)
    part = f"ORDER BY document.issued DESC, a.n LIMIT {listing.many} OFFSET {(here - 1) * listing.many}"
    found = quoted(base, base.rows(f"{listing.rows}{clause} {part}", *given))
    return Page(
        f"{listing.name}.html",
        listing.name.capitalize(),
        {listing.name: found, "total": total},
        {"groups": groups, "here": here, "last": -(-total // listing.many), "about": about},
        listing.columns,
        [[row[name] for name in listing.columns] for row in found],
    )


def within(at: At, document: str = "document") -> tuple[str, list[object]]:
    """Give the condition on accounts `a` that keeps those of the days from `since` to `until` of the address.

    It means what it means in the questions: a span of days counts if some of it lies within, a time as coarse as a
    month is compared as far as it goes, and what has none stands at the day of its text, which is in `document`.
    """
    begin = f"substr(COALESCE(NULLIF(a.day, ''), {document}.issued), 1, 10)"
    end = f"substr(COALESCE(NULLIF(a.until, ''), NULLIF(a.day, ''), {document}.issued), 1, 10)"
    clause, values = "", list[object]()
    for name, told, sign in (("since", end, ">="), ("until", begin, "<=")):
        if asked := at.get(name)[:10]:
            clause += f" AND {told} != '' AND substr({told}, 1, length(?)) {sign} substr(?, 1, length({told}))"
            values += [asked, asked]
    return clause, values


def quoted(catalogue: Catalogue, rows: Iterable[Row]) -> list[Row]:
    """Add who takes part in each account, by role."""
    listed = [dict(row) for row in rows]
    for row in listed:
        row["quote"] = " ".join(str(row["quote"]).split())
        row["parts"] = parts_of(catalogue, row["n"])
    return listed


def parts_of(catalogue: Catalogue, account: int) -> list[Row]:
    """Give who takes part in an account: role, words, and the actor; who does it comes before to whom it is done."""
    rows = catalogue.rows(
        "SELECT role, mention, actor.iri, actor.label, actor.type FROM part JOIN actor ON actor.n = actor "
        "WHERE account = ? ORDER BY part.rowid",
        account,
    )
    return sorted(rows, key=lambda row: _ORDER.get(row["role"], len(_ORDER)))
