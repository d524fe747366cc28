"""Parameters of a query: checked, typed, serialised by the RDF library, and put in as a `VALUES` block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from kg.errors import QueryError
from kg.questions.library import NAMED, VALUES_LINE, Param, Question
from kg.questions.narrowing import OLD_NAMES, bearer, pattern
from kg.store import sparql_term
from kg.vocab import PREFIXES

Value = str | int | float | Decimal | date
"""What a parameter takes; a sequence of them means any one of these."""


def with_values(question: Question, params: Mapping[str, Value | Iterable[Value]]) -> str:
    """Give the SPARQL of a question with its parameters set.

    An optional parameter that is left out (or None) gets no `VALUES` block, so the answer is not narrowed by it. Raises
    `QueryError` for an unknown, missing or ill-typed parameter.
    """
    return placed(question, blocks_of(question, params).values())


def placed(question: Question, blocks: Iterable[str]) -> str:
    """Give the SPARQL of a question with these patterns where its values go, on one line.

    One line for one line, so that the parser's line numbers stay those of the file.
    """
    return VALUES_LINE.sub(lambda _: " ".join(blocks), question.sparql, count=1)


def blocks_of(question: Question, params: Mapping[str, Value | Iterable[Value]]) -> dict[str, str]:
    """Give the pattern of each parameter that is set, by its name. Raises `QueryError` as `with_values` does."""
    params = named(question, params)
    known = {param.name: param for param in question.params}
    for name in params:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.6)
            meant = f"did you mean {near[0]}? " if near else ""
            has = f"it has {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"there is no parameter {name!r}", where=_where(question), remedy=f"{meant}{has}".strip())
    blocks = {}
    for param in question.params:
        values = values_of(params.get(param.name))
        if not values and param.default is not None:
            values = [param.default]
        if not values and param.required:
            raise QueryError(
                f"the parameter {param.name} is missing ({param.text})",
                where=_where(question),
                remedy=f"give it as --param {param.name}=VALUE",
            )
        if values:
            terms = [_term(param, value, question) for value in values]
            if question.narrows is not None and (param.shared or param.name == "document"):
                blocks[param.name] = pattern(question.narrows, param.name, terms)
            else:
                blocks[param.name] = f"VALUES ?{param.variable} {{ {' '.join(terms)} }}"
            if question.narrows is not None and param.name in question.reach:
                blocks[param.name] += " " + bearer(question.narrows, question.reach[param.name], terms)
    return blocks


def named(question: Question, params: Mapping[str, Value | Iterable[Value]]) -> dict[str, Value | Iterable[Value]]:
    """Give the parameters by the names that the question has for them.

    Python takes no hyphen in a name and none of its own words, so `min_confidence` and `from_` are `min-confidence` and
    `from`; and the names that parameters had in earlier versions go on to mean the same.
    """
    known = {param.name for param in question.params}
    given: dict[str, Value | Iterable[Value]] = {}
    for name, value in params.items():
        spelt = name.rstrip("_").replace("_", "-") if name not in known else name
        now = OLD_NAMES.get(spelt, spelt)
        given[spelt if spelt in known else now if now in known else name] = value
    return given


def values_of(given: Value | Iterable[Value] | None) -> list[Value]:
    """Give what a parameter was given as a list; one left out has none."""
    return [given] if isinstance(given, Value) else [*given] if given is not None else []


def _term(param: Param, value: Value, question: Question) -> str:
    text = str(value).strip() if param.type not in ("string", "document", *NAMED) else str(value)
    try:
        match param.type:
            case "iri":
                prefix, _, local = text.partition(":")
                return sparql_term(PREFIXES[prefix] + local if prefix in PREFIXES else text)
            case "integer":
                return sparql_term(str(int(text)), datatype="integer")
            case "decimal":
                number = Decimal(text)
                if number.is_finite() and (not _is_share(param) or 0 <= number <= 1):
                    return sparql_term(f"{number:f}", datatype="decimal")
            case "date":
                return sparql_term(date.fromisoformat(text).isoformat(), datatype="date")
            case "enum":
                if text in param.choices:
                    return sparql_term(text, datatype="string")
            case _:
                return sparql_term(text, datatype="string")
    except (ValueError, InvalidOperation):
        pass
    wanted = f"one of {', '.join(param.choices)}" if param.choices else _FORMS[param.type]
    wanted = f"{wanted} from 0 to 1" if _is_share(param) else wanted
    raise QueryError(f"{param.name}={text!r} is not {wanted}", where=_where(question), remedy="correct the value")


def _is_share(param: Param) -> bool:
    return param.shared and param.name == "min-confidence"


_FORMS = {"iri": "an IRI", "integer": "a whole number", "decimal": "a number", "date": "a date like 2025-05-23"}


def _where(question: Question) -> str:
    return f"query {question.name!r}" if question.name else "the SPARQL query"
