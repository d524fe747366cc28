"""What the parameters of a question leave, looked up in the digest: the accounts, and the documents that tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.digest import Digest
from kg.questions.library import NAMED, Param, Question, questions
from kg.questions.narrowing import ROLES
from kg.questions.parameters import Value, values_of

Given = Mapping[str, Sequence[str]]
"""The values of each parameter that is set, as text; of names the labels that they were taken for."""

_AS_GIVEN = ("string", "document", *NAMED)
_ONE = ("from", "until", "min-confidence")
_LATEST = "({0} IS NOT NULL AND {0} >= substr(?, 1, length({0})))"
_FIRST = "({0} IS NOT NULL AND {0} <= substr(?, 1, length({0})))"
_MOST = 30_000
"""Values that may stand in one query of SQLite, which takes 32,766."""


def given_to(question: Question, params: Mapping[str, Value | Iterable[Value]]) -> dict[str, list[str]]:
    """Give the values of each parameter that is set as they stand in a query, once `params` have been checked."""
    given = {}
    for param in question.params:
        values = values_of(params.get(param.name)) or ([param.default] if param.default is not None else [])
        if values:
            given[param.name] = [_as_told(param, str(one)) for one in values]
    return given


def _as_told(param: Param, value: str) -> str:
    if param.type in _AS_GIVEN:
        return value
    # days are compared as text, so each has to be written as the graph writes it, however it was given (20250501)
    return date.fromisoformat(value.strip()).isoformat() if param.type == "date" else value.strip()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Conditions on `a`, an account, and `d`, its document, and the values that stand in them.

    `is_narrow` tells that few accounts may be left, so that it is best to begin with them.
    """

    conditions: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    is_narrow: bool = False


def chosen(digest: Digest, question: Question, given: Given) -> Chosen | None:
    """Give the conditions that the shared parameters of a question make; None where the digest cannot tell."""
    if question.narrows is None or question.narrows.path:
        return None if given else Chosen()
    conditions: list[str] = []
    values: list[str] = []
    narrow = False
    mention = question.narrows.roles == "nkg:refersTo"
    for name, told in given.items():
        param = next(one for one in question.params if one.name == name)
        marks = ", ".join("?" * len(told))
        if (name in _ONE and len(told) > 1) or len(told) > _MOST:
            return None
        if name == "document":
            conditions.append(f"d.id IN ({marks})")
            values += told
            narrow = True
        elif not param.shared:
            continue
        elif name in ("from", "until"):
            conditions.append(_day(name, mention=mention))
            values += [told[0]] * (1 if mention else 2)
        elif name == "min-confidence" and not mention:
            conditions.append("(a.confidence IS NULL OR a.confidence >= CAST(? AS REAL))")
            values += told
        elif name in ("actor", "place") and not mention:
            roles = "nkg:place" if name == "place" else question.narrows.roles
            accounts = accounts_of(digest, roles, told)
            if accounts is None or len(accounts) > _MOST:
                return None
            conditions.append(f"a.n IN ({', '.join(map(str, accounts))})")
            narrow = True
        else:
            return None
    return Chosen(tuple(conditions), tuple(values), narrow)


def _day(name: str, *, mention: bool) -> str:
    """Compare an event's last or first day, or else its article's; a time as coarse as a month as far as it goes."""
    form, own = (_LATEST, "a.end") if name == "from" else (_FIRST, "a.begin")
    if mention:
        return form.format("d.issued")
    return f"({form.format(own)} OR ({own} IS NULL AND {form.format('d.issued')}))"


def accounts_of(digest: Digest, roles: str, labels: Sequence[str]) -> list[int] | None:
    """Give the accounts in which somebody with one of these labels has one of these roles (a SPARQL path).

    None where the digest does not know one of the roles. As in `kg.questions.narrowing.bearer`: the label is that of
    the identity graph or the text's, a group stands for its members, a source for the words that name it.
    """
    names = [one.removeprefix("nkg:") for one in roles.split("|")]
    if not set(names) <= {*(one.removeprefix("nkg:") for one in ROLES.split("|")), "place", "attributedTo"}:
        return None
    marks, parts = ", ".join("?" * len(labels)), ", ".join(f"'{name}'" for name in names)
    sql = (
        f"SELECT p.account FROM part p WHERE p.role IN ({parts}) AND p.node IN (SELECT n.n FROM canon c "
        f"CROSS JOIN node n ON n.canon = c.n WHERE c.label IN ({marks}) UNION "
        f"SELECT n FROM node WHERE label IN ({marks}))"
    )
    values = [*labels, *labels]
    if "speaker" in names:
        sql += f" UNION SELECT account FROM source WHERE words IN ({marks})"
        values += labels
    return [n for (n,) in digest.rows(f"SELECT DISTINCT account FROM ({sql}) ORDER BY 1", values)]


_CLASS = "EXISTS (SELECT 1 FROM class need WHERE need.account = a.n AND need.class IN ({0}))"
_INITIATIVE, _STATEMENT = _CLASS.format("'Initiative'"), _CLASS.format("'Statement'")
_OF_DOCUMENT = "SELECT 1 FROM account a WHERE a.document = d.n"
NEEDS = {
    "casualties": "EXISTS (SELECT 1 FROM figure need WHERE need.account = a.n)",
    "latest-statements": _STATEMENT,
    "open-proposals": _INITIATIVE,
    "promises": "a.kind IN ('offer', 'plan')",
    "reversals": "EXISTS (SELECT 1 FROM class need JOIN part one ON one.account = need.account AND one.role = 'agent' "
    "JOIN part other ON other.node = one.node AND other.role = 'agent' "
    "JOIN class before ON before.account = other.account WHERE need.account = a.n "
    "AND (need.class, before.class) IN (VALUES ('Acceptance', 'Refusal'), ('Refusal', 'Acceptance')))",
    "who-accused-whom": _CLASS.format("'Accusation'"),
    "who-agreed-on-what": _CLASS.format("'Agreement'"),
    "who-attacked-whom": _CLASS.format("'Attack'"),
    "who-met-whom": _CLASS.format("'Meeting'"),
    "who-proposed-what": _INITIATIVE,
    "who-said-what": _STATEMENT,
    "who-threatened-whom": _CLASS.format("'Threat', 'Warning'"),
}
"""What an event has to be, at least, to be in the answer to a question: others need not be asked about."""

_LINKS = "nkg:cause|nkg:effect"
"""The way from a link to the events at its ends, of which the digest knows."""

Documents = list[tuple[str, str]]
"""IRIs and ids, in the order of the ids."""


def documents_of(digest: Digest) -> Documents:
    """Give all documents."""
    return digest.rows("SELECT iri, id FROM document ORDER BY id")


def narrowed(
    digest: Digest, question: Question, given: Given
) -> tuple[Documents, dict[str, dict[str, list[str]]]] | None:
    """Give the documents that can answer, and of each, for each name that is given, the accounts that it leaves.

    None where nothing narrows the question, or the digest cannot tell.
    """
    narrows = question.narrows
    need = NEEDS.get(question.name, "") if question in questions() else ""
    if narrows is None or narrows.path not in ("", _LINKS) or narrows.roles == "nkg:refersTo":
        return None
    found: dict[str, str] | None = None
    meant: dict[str, dict[str, list[str]]] = {}
    for param in question.params:
        name = param.name
        if name not in given or len(given[name]) > _MOST:
            continue
        if name == "document":
            marks = ", ".join("?" * len(given[name]))
            here: dict[str, str] = dict(digest.rows(f"SELECT iri, id FROM document WHERE id IN ({marks})", given[name]))
        elif name in question.reach or (param.shared and name in ("actor", "place")):
            roles = question.reach.get(name) or ("nkg:place" if name == "place" else narrows.roles)
            accounts = accounts_of(digest, roles, given[name])
            if accounts is None:
                return None
            here = {}
            for iri, id, node in _linked(digest, accounts) if narrows.path else _told(digest, accounts, need):
                here[iri] = id
                meant.setdefault(iri, {}).setdefault(name, []).append(node)
        else:
            continue
        found = here if found is None else {iri: id for iri, id in here.items() if iri in found}
    if found is None and need:
        found = dict(digest.rows(f"SELECT iri, id FROM document d WHERE EXISTS ({_OF_DOCUMENT} AND {need})"))
    return None if found is None else (sorted(found.items(), key=lambda one: one[1]), meant)


def _told(digest: Digest, accounts: Sequence[int], need: str) -> list[tuple[str, str, str]]:
    """Give the documents of accounts, with their ids, and the accounts."""
    sql = (
        "SELECT d.iri, d.id, a.iri FROM account a JOIN document d ON d.n = a.document "
        f"WHERE a.n IN ({', '.join(map(str, accounts))}) {f'AND {need}' if need else ''} ORDER BY d.id, a.iri"
    )
    return digest.rows(sql)


def _linked(digest: Digest, accounts: Sequence[int]) -> list[tuple[str, str, str]]:
    """Give the documents of links at whose ends accounts stand, with their ids, and the links."""
    return digest.rows(
        "SELECT DISTINCT d.iri, d.id, l.iri FROM link l JOIN document d ON d.n = l.document "
        f"WHERE l.account IN ({', '.join(map(str, accounts))}) ORDER BY d.id, l.iri"
    )
