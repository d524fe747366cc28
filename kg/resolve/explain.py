"""Why two nodes are one thing or two: the decisions that stand in the identity graph, and what the rules say."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities.account_words import FAMILIES
from kg.entities.accounts import Account, apart, blocking_keys, told_of_one
from kg.entities.accounts_within import links_within
from kg.errors import InputError
from kg.resolve.accounts import read_accounts, text
from kg.resolve.corrections import document_of
from kg.store import Reader, sparql_term

_NODE = """
SELECT ?node ?label ?reason WHERE { %s nkg:canonical ?node . ?node rdfs:label ?label ; nkg:decidedBy ?reason }"""
_MERGES = """
SELECT ?merge ?reason ?confidence ?label ?one ?quote WHERE {
  ?merge a nkg:Merge ; nkg:decidedBy ?reason ; nkg:confidence ?confidence ; nkg:joins ?one .
  FILTER(STRSTARTS(STR(?merge), %s))
  OPTIONAL { ?merge rdfs:label ?label }
  OPTIONAL { ?one nkg:evidence/nif:anchorOf ?quote }
} ORDER BY ?merge ?one ?quote"""
_NAMES = """
SELECT ?doc ?actor ?key WHERE {
  VALUES ?doc { %s }
  GRAPH ?doc { ?mention nkg:refersTo ?actor ; nkg:mentionKind "name" }
  ?actor nkg:canonical ?key
}"""


def explain(reader: Reader, one: str, other: str) -> list[str]:
    """Tell in lines of text why two nodes of documents are one thing, or why not.

    Raises `InputError` for a node that is of no canonical node.
    """
    lines: list[str] = []
    nodes = []
    for name in (one, other):
        node, label, reason = _canonical(reader, name)
        nodes.append(node)
        lines.append(f"{name}\n  is of {node} “{label}”, decided by: {reason}")
    if one == other:
        lines = [*lines[:1], "That is one actor or event of one text, by both names."]
    elif nodes[0] == nodes[1]:
        lines.append("They are one thing.")
        lines += _merges(reader, nodes[0])
    else:
        lines.append("They are two things.")
    if one != other and "/event/" in one and "/event/" in other:
        lines += _compared(reader, one, other)
    return lines


def _canonical(reader: Reader, name: str) -> tuple[str, str, str]:
    rows = sorted(reader.query(_NODE % sparql_term(name)).rows, key=str)
    if not rows:
        raise InputError(
            "this is no actor or event that the identity graph knows",
            where=name,
            remedy="take an IRI from a column that kg query NAME --wide shows, and run kg resolve",
        )
    node, label, reason = map(text, rows[0])
    return node, label, reason


def _merges(reader: Reader, node: str) -> Iterator[str]:
    last = ""
    for row in reader.query(_MERGES % sparql_term(f"{node}/merge/", datatype="string")).rows:
        merge, reason, confidence, label, one, quote = map(text, row)
        if merge != last:
            yield f"  merge by {reason}, confidence {confidence}{f' ({label})' if label else ''}"
            last = merge
        yield f"    {one}"
        if quote:
            yield f"      “{' '.join(quote.split())}”"


def _compared(reader: Reader, one: str, other: str) -> Iterator[str]:
    """What the rules say of two accounts when nothing else is looked at."""
    accounts = {name: _account(reader, name) for name in (one, other)}
    left, right = accounts[one], accounts[other]
    for account in (left, right):
        told = [account.cls, account.factuality, account.time, f"{account.value} {account.counted}".strip()]
        names = [name.rpartition("/")[2] for name in sorted(account.around)]
        yield f"  {' · '.join(part for part in told if part)} · names: {', '.join(names) or 'none'}"
    if apart(left, right):
        yield "  The rules hold them apart: class, time, doers, figures or rounds contradict each other."
        return
    pair = {left.iri, right.iri}
    within = links_within([left, right]) if left.document == right.document else ()
    link = told_of_one(left, right) or next((link for link in within if {link.one, link.other} == pair), None)
    if link:
        yield f"  The rules join them: {link.reason}, confidence {link.confidence:g}."
    elif left.cls not in FAMILIES or right.cls not in FAMILIES:
        yield "  Events of this class are not compared."
    elif not set(blocking_keys(left)) & set(blocking_keys(right)):
        yield "  They share too few names, places and days to be compared."
    else:
        yield "  What they share is not enough to make them one."


def _account(reader: Reader, name: str) -> Account:
    document = document_of(name)
    rows = reader.query(_NAMES % sparql_term(document)).rows
    keys = {text(actor): text(key).rpartition("/")[2] for _, actor, key in rows}
    return next(account for account in read_accounts(reader, [document], keys) if account.iri == name)


def mergeable(reader: Reader, one: str, other: str) -> None:
    """Raise `InputError` where two nodes cannot be made one.

    Those are one node twice, an actor and an event, and events that are not compared.
    """
    if one == other:
        raise InputError("that is one thing already", where=one, remedy="name two that are told apart")
    sorts = ["/event/" in name for name in (one, other)]
    if sorts[0] != sorts[1]:
        raise InputError(
            "an actor and an event are not one thing", where=f"{one}, {other}", remedy="name two of a sort"
        )
    for name in (one, other) if sorts[0] else ():
        account = _account(reader, name)
        if account.cls not in FAMILIES and not account.value:
            raise InputError(
                f"events of the class {account.cls} are not merged, each account stands alone",
                where=name,
                remedy="name two events of another class (kg query what-happened --wide lists them)",
            )
