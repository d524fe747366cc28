"""Queries over the tables of a digest for questions that count, or hold texts against each other.

Each gives the rows that the `.rq` file of that name gives, in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """A query over the tables: `columns` are names with their kind, s(tring), n(umber), i(ri) or d(ecimal).

    In `sql`, `{only}` is where conditions go that what narrows the question and its parameters make. `own` are
    conditions of the question's own parameters, with `{marks}` for the values. Where an answer is in the order of
    names, `names` is the column of who has them: it is asked in pieces of the alphabet, the first rows are the first.
    """

    columns: Mapping[str, str]
    sql: str
    own: Mapping[str, str]
    names: str = ""
    original: str = "d.copy = 0"
    """Holds where copies do not count; they do for who asks for a document. Empty where they always count."""
    apart: bool = False
    """Whether each row is a thing of its own, so that of many no more have to be made than a page has."""


_ACCOUNTS = "account a JOIN document d ON d.n = a.document"
_FINER = (
    "k.class NOT IN ('Event', 'Initiative') AND (k.class != 'Response' OR NOT EXISTS "
    "(SELECT 1 FROM class f WHERE f.account = a.n AND f.class IN ('Acceptance', 'Refusal')))"
)


_DAY = "substr(COALESCE(d.issued, '') || '~~~~~~~~~~', 1, 10)"
_QUOTE = f"substr(MIN(substr(a.told, 1, 1) || {_DAY} || substr(a.told, 2)), 32)"
"""The sentence that tells one of some accounts before those that take it up, of the earliest article, in its order."""


def _who(letter: str, roles: str, name: str = "") -> str:
    """Join whoever has one of these roles, as canonical nodes that are no mere participants."""
    name = name or f"{letter}c"
    return (
        f"JOIN part {letter} ON {letter}.account = a.n AND {letter}.leaf AND {letter}.role IN ({roles}) "
        f"JOIN node {letter}n ON {letter}n.n = {letter}.node "
        f"JOIN canon {name} ON {name}.n = {letter}n.canon AND NOT {name}.participant AND {name}.label IS NOT NULL"
    )


NAMED = (
    "{column} IN (SELECT named.n FROM canon one CROSS JOIN node named ON named.canon = one.n WHERE one.label {which})"
)
"""Those whose names are so: looked up first, or the engine begins with all parts of all accounts."""
_BY_NAME = NAMED.format(column="p.node", which="IN ({marks})")
_DEEDS = "'agent', 'patient', 'recipient'"
_ASKING, _ASKED, _SPEAKING = "'proposer'", "'addressee'", "'speaker'"
_COMPARED = "'agent', 'recipient', 'patient', 'speaker'"
_PROFILE = "'proposer', 'addressee', 'agent', 'recipient', 'patient', 'responder', 'speaker'"
QUERIES = {
    "co-participants": Query(
        {"oneName": "s", "otherName": "s", "count": "n", "articles": "n", "quote": "s"},
        f"SELECT pc.label, qc.label, COUNT(DISTINCT a.n), COUNT(DISTINCT a.document), {_QUOTE} "
        f"FROM {_ACCOUNTS} {_who('p', _DEEDS)} {_who('q', _DEEDS)} "
        "WHERE a.told IS NOT NULL AND pc.label < qc.label {only} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
        {},
        original="",
    ),
    "who-asks-whom": Query(
        {"proposerName": "s", "addresseeName": "s", "count": "n", "articles": "n", "quote": "s"},
        f"SELECT pc.label, qc.label, COUNT(DISTINCT a.n), COUNT(DISTINCT a.document), {_QUOTE} "
        f"FROM {_ACCOUNTS} {_who('p', _ASKING)} {_who('q', _ASKED)} "
        "WHERE a.told IS NOT NULL AND a.kind IS NOT NULL AND pc.n != qc.n AND EXISTS "
        "(SELECT 1 FROM class k WHERE k.account = a.n AND k.class = 'Initiative') {only} "
        "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
        {"kind": "a.kind IN ({marks})"},
        original="",
    ),
    "most-quoted": Query(
        {"speakerName": "s", "count": "n", "articles": "n", "quote": "s"},
        f"SELECT pc.label, COUNT(DISTINCT a.n), COUNT(DISTINCT a.document), {_QUOTE} "
        f"FROM {_ACCOUNTS} {_who('p', _SPEAKING)} WHERE a.told IS NOT NULL AND EXISTS "
        "(SELECT 1 FROM class k WHERE k.account = a.n AND k.class = 'Statement') {only} GROUP BY 1 ORDER BY 2 DESC, 1",
        {},
        original="",
    ),
    "proposals-by-fate": Query(
        {"proposerName": "s", "status": "s", "count": "n", "quote": "s"},
        f"SELECT pc.label, s.status, COUNT(DISTINCT a.n), substr(MIN({_DAY} || s.told), 21) "
        f"FROM {_ACCOUNTS} {_who('p', _ASKING)} JOIN status s ON s.account = a.n "
        "WHERE a.told IS NOT NULL AND EXISTS (SELECT 1 FROM class k WHERE k.account = a.n AND k.class = 'Initiative') "
        "{only} GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2",
        {},
        names="p.node",
        original="",
    ),
    "compare-actors": Query(
        {"kind": "s", "role": "s", "actorName": "s", "count": "n", "quote": "s"},
        "SELECT k.class, CASE WHEN p.role = 'agent' THEN 'does' WHEN p.role = 'speaker' THEN 'says' "
        "WHEN p.role = 'recipient' AND k.class = 'Meeting' THEN 'meets with' ELSE 'is addressed or affected' END, "
        f"pc.label, COUNT(DISTINCT a.n), {_QUOTE} FROM {_ACCOUNTS} {_who('p', _COMPARED)} "
        f"JOIN class k ON k.account = a.n WHERE a.told IS NOT NULL AND {_FINER} "
        "{only} GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC, 3",
        {"actor": _BY_NAME},
        original="",
    ),
    "actor-profile": Query(
        {
            "actor": "i",
            "actorName": "s",
            "role": "s",
            "kind": "s",
            "count": "n",
            "source": "s",
            "quote": "s",
            "wikidata": "i",
        },
        f"SELECT pc.iri, pc.label, p.role, k.class, COUNT(DISTINCT a.n), d.id, {_QUOTE}, pc.wikidata "
        "FROM account a JOIN document d ON d.n = a.document "
        f"{_who('p', _PROFILE)} "
        f"JOIN class k ON k.account = a.n WHERE a.told IS NOT NULL AND {_FINER} "
        # who proposes also acts, and who is addressed also receives: each is counted once
        "AND (p.role != 'agent' OR NOT EXISTS (SELECT 1 FROM part o "
        "WHERE o.account = a.n AND o.role IN ('proposer', 'responder') AND o.side = p.side)) "
        "AND (p.role != 'recipient' OR NOT EXISTS (SELECT 1 FROM part o "
        "WHERE o.account = a.n AND o.role = 'addressee' AND o.side = p.side)) "
        "{only} GROUP BY pc.n, p.role, k.class, d.n ORDER BY 2, 1, 3, 5 DESC, 4, 6",
        {"actor": _BY_NAME, "role": "p.role IN ({marks})"},
        names="p.node",
    ),
    "place-counts": Query(
        {
            "placeName": "s",
            "count": "n",
            "articles": "n",
            "first": "s",
            "last": "s",
            "quote": "s",
            "place": "i",
            "wikidata": "i",
        },
        f"SELECT pc.label, COUNT(DISTINCT a.n), COUNT(DISTINCT a.document), MIN(a.begin), MAX(a.begin), {_QUOTE}, "
        f"pc.iri, pc.wikidata FROM {_ACCOUNTS} "
        "JOIN part p ON p.account = a.n AND p.role = 'place' AND p.side = p.node JOIN node pn ON pn.n = p.node "
        "JOIN canon pc ON pc.n = pn.canon AND pc.label IS NOT NULL WHERE a.told IS NOT NULL "
        "{only} GROUP BY pc.n ORDER BY 2 DESC, 1, 7",
        {"place": _BY_NAME},
        original="",
    ),
    "places": Query(
        {
            "placeName": "s",
            "kind": "s",
            "count": "n",
            "first": "s",
            "last": "s",
            "source": "s",
            "quote": "s",
            "place": "i",
            "wikidata": "i",
            "latitude": "d",
            "longitude": "d",
        },
        f"SELECT pc.label, k.class, COUNT(DISTINCT a.n), MIN(a.begin), MAX(a.begin), d.id, {_QUOTE}, pc.iri, "
        "pc.wikidata, CASE WHEN pc.longitude IS NOT NULL THEN pc.latitude END, "
        "CASE WHEN pc.latitude IS NOT NULL THEN pc.longitude END "
        f"FROM {_ACCOUNTS} JOIN part p ON p.account = a.n AND p.role IN ('place', 'recipient', 'patient') "
        "AND p.side = p.node JOIN node pn ON pn.n = p.node JOIN canon pc ON pc.n = pn.canon AND pc.place "
        "AND pc.label IS NOT NULL JOIN class k ON k.account = a.n "
        "AND k.class NOT IN ('Event', 'Initiative', 'Response', 'Statement') WHERE a.told IS NOT NULL "
        "{only} GROUP BY pc.n, k.class, d.n ORDER BY 1, 8, 3 DESC, 2, 6",
        {"place": _BY_NAME},
        names="p.node",
        original="",
    ),
    "documents-about": Query(
        {
            "source": "s",
            "date": "s",
            "title": "s",
            "entityName": "s",
            "mentions": "n",
            "publishedBy": "s",
            "entity": "i",
        },
        "SELECT d.id, d.issued, d.title, c.label, SUM(m.mentions), d.publisher, c.iri "
        "FROM called m JOIN document d ON d.n = m.document JOIN node n ON n.n = m.node JOIN canon c ON c.n = n.canon "
        "WHERE c.label IS NOT NULL AND NOT c.participant {only} GROUP BY d.n, c.n ORDER BY 5 DESC, 1, 4, 7",
        {"name": _BY_NAME.replace("p.node", "m.node")},
        original="",
        apart=True,
    ),
    "first-and-last-mention": Query(
        {
            "entityName": "s",
            "first": "s",
            "last": "s",
            "articles": "n",
            "firstArticle": "s",
            "lastArticle": "s",
            "entity": "i",
        },
        "WITH found AS (SELECT c.label AS label, MIN(COALESCE(d.issued, 'undated') || ' ' || d.id) AS one, "
        "MAX(COALESCE(d.issued, '') || ' ' || d.id) AS other, COUNT(DISTINCT d.n) AS many, c.iri AS iri "
        "FROM called m JOIN document d ON d.n = m.document JOIN node n ON n.n = m.node JOIN canon c ON c.n = n.canon "
        "WHERE c.label IS NOT NULL AND NOT c.participant {only} GROUP BY c.n) SELECT label, "
        "substr(one, 1, instr(one, ' ') - 1), CASE WHEN other LIKE ' %' THEN 'undated' "
        "ELSE substr(other, 1, instr(other, ' ') - 1) END, many, "
        "substr(one, instr(one, ' ') + 1), substr(other, instr(other, ' ') + 1), iri FROM found ORDER BY 1, 7",
        {"name": _BY_NAME.replace("p.node", "m.node")},
        names="m.node",
        original="",
    ),
    "where-accounts-differ": Query(
        {
            "source": "s",
            "event": "i",
            "about": "s",
            "value": "v",
            "accordingToName": "s",
            "quote": "s",
            "qualifier": "s",
            "label": "s",
            "account": "i",
            "since": "t",
        },
        "SELECT DISTINCT d.id, c.iri, f.noun, f.value, COALESCE(s.label, d.publisher, 'this article'), q.words, "
        "f.qualifier, c.label, a.iri, d.issued, f.datatype, d.dated, f.number "
        f"FROM figure f JOIN {_ACCOUNTS} AND a.n = f.account JOIN canon c ON c.n = a.canon "
        "JOIN account b ON b.canon = c.n JOIN figure g ON g.account = b.n AND g.folded = f.folded "
        "AND g.number != f.number JOIN quote q ON q.account = a.n "
        "LEFT JOIN (SELECT t.account AS account, tc.label AS label FROM teller t JOIN node tn ON tn.n = t.node "
        "JOIN canon tc ON tc.n = tn.canon WHERE tc.label IS NOT NULL) s ON s.account = a.n "
        "WHERE NOT (COALESCE(f.qualifier, 'exact') = 'at least' AND f.number < g.number) "
        "AND NOT (COALESCE(f.qualifier, 'exact') = 'at most' AND f.number > g.number) "
        "AND NOT (COALESCE(g.qualifier, 'exact') = 'at least' AND g.number < f.number) "
        "AND NOT (COALESCE(g.qualifier, 'exact') = 'at most' AND g.number > f.number) "
        "{only} ORDER BY 1, 2, 5, f.number, q.at, 6",
        {"about": "instr(f.folded, {marks}) > 0"},
    ),
    "most-contested": Query(
        {
            "label": "s",
            "kind": "s",
            "contested": "n",
            "figures": "n",
            "denials": "n",
            "times": "n",
            "accounts": "n",
            "source": "s",
            "event": "i",
        },
        "WITH told AS (SELECT c.n AS n, COUNT(DISTINCT o.n) AS accounts, COUNT(DISTINCT f.value || ' ' || f.folded) "
        "AS figures, COUNT(DISTINCT f.folded) AS nouns, COUNT(DISTINCT o.factuality) - 1 AS denials, "
        "COUNT(DISTINCT o.begin) AS times "
        "FROM canon c JOIN account o ON o.canon = c.n JOIN document od ON od.n = o.document AND NOT od.copy "
        "LEFT JOIN figure f ON f.account = o.n WHERE c.reason != 'single-account' AND o.factuality IS NOT NULL "
        "GROUP BY c.n), counted AS (SELECT n, accounts, figures, min(denials, 1) AS denials, times, "
        "figures - nouns + min(denials, 1) + max(times - 1, 0) AS contested FROM told) "
        "SELECT DISTINCT c.label, c.classes, t.contested, t.figures, t.denials, t.times, t.accounts, d.id, c.iri "
        "FROM counted t JOIN canon c ON c.n = t.n JOIN account a ON a.canon = c.n JOIN document d ON d.n = a.document "
        "WHERE t.contested > 0 AND c.label IS NOT NULL AND c.classes != '' {only} ORDER BY 3 DESC, 9, 8",
        {},
        original="",
    ),
}
