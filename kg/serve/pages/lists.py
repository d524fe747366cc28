"""Rows of the catalogue as several pages list them: accounts of events, with the sentence that tells each."""

from __future__ import annotations

from collections.abc import Iterable

from kg.serve.accounts import ROLES
from kg.serve.catalogue import Catalogue, Row

_ORDER = {role: at for at, role in enumerate(ROLES)}

ACCOUNTS = """
SELECT a.n, a.iri AS account, event.iri AS iri, a.label, a.class, a.family, a.kind, a.factuality, a.plover, a.day,
  a.until, a.confidence, a.content, a.status, a.begin, a.end, a.value, a.counted, event.accounts,
  document.id AS document, document.title, document.publisher, document.issued,
  substr(document.text, a.begin + 1, a.end - a.begin) AS quote
FROM account a JOIN event ON event.n = a.event JOIN document ON document.n = a.document"""
"""Accounts with their happening, their document and the sentence that tells them."""

PROPOSALS = f"{ACCOUNTS} WHERE a.family = 'Initiative' AND document.copy = 0"


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
