"""Pages as HTML: Jinja templates in which everything from a graph is escaped, and controls of texts are shown."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.serve import addresses, words
from kg.serve.pages.page import At, Page
from kg.textnorm import harmless


def html_of(at: At, page: Page) -> bytes:
    """Write a page."""
    template = _environment().get_template(page.template)
    given = {**page.data, **page.drawn, "at": at, "title": page.title, "base": at.catalogue.base}
    return template.render(given).encode()


def loaded() -> None:
    """Compile all templates."""
    for name in _environment().list_templates():
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("kg.serve"),
        autoescape=True,
        finalize=_finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "day": words.day,
        "weekday": words.weekday,
        "count": words.count,
        "spaced": words.spaced,
        "type_name": words.type_name,
        "percent": words.percent,
        "shorter": words.shorter,
        "broken": words.broken,
    }
    made.globals |= {
        "COUNTED": words.COUNTED,
        "ROLES": words.ROLES,
        "DOES": words.DOES,
        "STATUSES": words.STATUSES,
        "RELATIONS": words.RELATIONS,
        "FACTUALITY": words.FACTUALITY,
        "node_url": addresses.node_url,
        "document_url": addresses.document_url,
        "with_query": addresses.with_query,
        "said_value": words.value,
        "sentences": words.sentences,
        "is_web": addresses.is_web,
    }
    return made


def _finalized(value: Any) -> Any:
    """Show what would turn text round, or cannot be seen, as an escape; markup of our own stays."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return "" if value is None else value
    return "\n".join(harmless(line) for line in value.split("\n"))
