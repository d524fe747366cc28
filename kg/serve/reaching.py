"""Which texts can have a part of an answer, and which accounts in them: looked up in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.questions import Param, Question
from kg.questions.library import NAMED
from kg.questions.narrowing import ROLES
from kg.questions.result import Taken
from kg.serve.catalogue import Catalogue
from kg.store import sparql_term

SOURCES = ("source", "document")
"""Names of the parameter that takes the id of a text."""

_MOST, _MOST_COUNTED, _MOST_ACCOUNTS = 100, 250, 120
_KNOWN_ROLES = {*ROLES.split("|"), "nkg:place", "nkg:disposition/nkg:ofAddressee"}
"""The roles in which the catalogue knows everybody who has a part in an account."""

_PARTS = "SELECT part.account AS n FROM actor JOIN part ON part.actor = actor.n WHERE actor.label IN ({marks})"
_ANSWERS = "SELECT answer.account FROM actor JOIN answer ON answer.addressee = actor.n WHERE actor.label IN ({marks})"
_WORDS = "SELECT account.n FROM account WHERE words != '' AND words IN ({marks})"
_ACCOUNTS = """
SELECT document.n, account.iri FROM ({told}) told
JOIN account ON account.n = told.n JOIN document ON document.n = account.document"""
_SEEN = """
SELECT DISTINCT seen.document FROM actor JOIN seen ON seen.actor = actor.n WHERE actor.label IN ({marks})"""


@dataclass(frozen=True, slots=True)
class Reach:
    """The texts that are asked at once: their IRIs, newest first, from the `begin`th of `of` on; `of` 0 is all.

    `accounts` are those that those who are named have a part in, None where that is not known.
    """

    documents: list[str]
    begin: int = 0
    of: int = 0
    accounts: list[str] | None = None


def most_of(question: Question) -> int:
    """Give how many texts are asked at once: more where an answer counts over texts, for that says little of few."""
    return _MOST_COUNTED if "GROUP BY" in question.sparql and "source" not in question.thing else _MOST


def reach_of(
    catalogue: Catalogue, question: Question, given: Mapping[str, Sequence[str]], taken: Taken, begin: int
) -> Reach | None:
    """Give the texts that are asked, None for all of a small graph.

    Those that a parameter names, or those that mention who is named, the newest first. Where the accounts of who is
    named are known, as many texts as have about so many of them; an answer takes its time by these.
    """
    most = most_of(question)
    sets: list[set[int]] = []
    accounts: dict[str, int] | None = None
    for param in question.params:
        values = given.get(param.name)
        if not values:
            continue
        if param.name in SOURCES:
            marks = ", ".join("?" * len(values))
            sets.append({n for (n,) in catalogue.rows_of(f"SELECT n FROM document WHERE id IN ({marks})", *values)})
        elif (labels := _labels(catalogue, param, taken)) is not None:
            if _is_known(question, param):
                told = {iri: n for n, iri in _asked(catalogue, _accounts_of(param), labels)}
                accounts = told if accounts is None else {iri: n for iri, n in accounts.items() if iri in told}
            else:
                sets.append({row[0] for row in _asked(catalogue, _SEEN, labels)})
    if accounts is not None:
        sets.append(set(accounts.values()))
    if not sets:
        total = int(catalogue.value("SELECT COUNT(*) FROM document"))
        if total <= most:
            return None
        rows = catalogue.rows_of("SELECT iri FROM document ORDER BY issued DESC, id LIMIT ? OFFSET ?", most, begin)
        return Reach([iri for (iri,) in rows], begin, total)
    return _newest(catalogue, set.intersection(*sets), accounts, begin, most)


def _newest(catalogue: Catalogue, texts: set[int], accounts: dict[str, int] | None, begin: int, most: int) -> Reach:
    """Give the newest of some texts, as many as may be asked at once."""
    ranked = sorted(texts, key=catalogue.ranks.__getitem__)
    if accounts is None:
        shown = ranked[begin : begin + most]
        kept = None
    else:
        of: dict[int, list[str]] = {}
        for iri, n in accounts.items():
            of.setdefault(n, []).append(iri)
        shown, number = [], 0
        for n in ranked[begin:]:
            number += len(of[n])
            if shown and number > _MOST_ACCOUNTS:
                break
            shown.append(n)
        kept = sorted(iri for n in shown for iri in of[n])
    marks = ", ".join("?" * len(shown))
    names = dict(catalogue.rows_of(f"SELECT n, iri FROM document WHERE n IN ({marks})", *shown))
    whole = not begin and len(shown) == len(ranked)
    return Reach([names[n] for n in shown], begin, 0 if whole else len(ranked), kept)


def _labels(catalogue: Catalogue, param: Param, taken: Taken) -> list[str] | None:
    """Give the labels that a name was taken for; None where only words of a text name somebody so."""
    if param.type not in NAMED or param.name not in taken:
        return None
    labels = [label for found in taken[param.name].values() for label in found]
    if not labels or not all(taken[param.name].values()):
        return None
    marks = ", ".join("?" * len(labels))
    known = catalogue.rows_of(f"SELECT DISTINCT label FROM actor WHERE label IN ({marks})", *labels)
    return labels if len(known) == len(set(labels)) else None


def _accounts_of(param: Param) -> str:
    """Give how to look up the accounts in which somebody has a part.

    A question tests its own parameters itself, so these may be too many; shared ones it does not.
    """
    if not param.shared:
        return _ACCOUNTS.replace("{told}", f"{_PARTS} UNION {_ANSWERS} UNION {_WORDS}")
    if param.name == "place":
        return _ACCOUNTS.replace("{told}", f"{_PARTS} AND role = 'place'")
    return _ACCOUNTS.replace("{told}", f"{_PARTS} AND role != 'place' UNION {_WORDS}")


def _asked(catalogue: Catalogue, sql: str, labels: list[str]) -> list[tuple[Any, ...]]:
    marks = ", ".join("?" * len(labels))
    return catalogue.rows_of(sql.format(marks=marks), *labels * sql.count("{marks}"))


def _is_known(question: Question, param: Param) -> bool:
    """Tell whether the catalogue knows all accounts in which somebody has the part that a parameter asks for."""
    narrows = question.narrows
    if narrows is None or narrows.path:
        return False
    if param.name in question.reach:
        roles = question.reach[param.name]
    elif param.shared and param.name in ("actor", "place"):
        roles = narrows.roles if param.name == "actor" else "nkg:place"
    else:
        return False
    return set(roles.split("|")) <= _KNOWN_ROLES


def blocks_within(
    question: Question, blocks: Mapping[str, str], values: Mapping[str, Sequence[str]], reach: Reach
) -> list[str]:
    """Give the patterns of parameters, with the accounts themselves in place of the way from a name to them.

    `values` are the labels that each name was taken for.
    """
    if reach.accounts is None or question.narrows is None:
        return [*blocks.values()]
    out = []
    params = {param.name: param for param in question.params}
    for name, block in blocks.items():
        param = params[name]
        if name not in values or not _is_known(question, param):
            out.append(block)
        elif not param.shared:
            labels = " ".join(sparql_term(label, datatype="string") for label in values[name])
            out.append(f"VALUES ?{param.variable} {{ {labels} }}")
    accounts = " ".join(sparql_term(iri) for iri in reach.accounts)
    return [*out, f"VALUES ?{question.narrows.variable} {{ {accounts} }}"]
