"""Pages: for each address a function that gives what it shows, once as HTML, JSON and CSV."""

from __future__ import annotations

from collections.abc import Callable

from kg.errors import KgError, QueryError
from kg.serve.catalogue import Catalogue
from kg.serve.messages import Job, Reply
from kg.serve.pages.page import At, Page, csv_of, json_of
from kg.serve.pages.templates import html_of
from kg.store import Reader

KINDS: dict[str, str] = {
    "": "start",
    "questions": "question",
    "question": "question",
    "actors": "actor",
    "actor": "actor",
    "events": "event",
    "event": "event",
    "proposals": "proposal",
    "proposal": "proposal",
    "documents": "document",
    "document": "document",
    "network": "network",
    "map": "atlas",
    "search": "search",
    "suggest": "search",
    "sparql": "sparql",
    "query": "sparql",
    "about": "about",
    "export": "about",
}
"""First part of a path → module of this package."""


def page(reader: Reader, job: Job) -> Reply:
    """Give the page at an address of a site."""
    at = At(reader, _catalogue(job), job.path, job.query)
    head, form = at.head, at.form
    try:
        shown = _shown(at, head)
    except KgError as error:
        status = 400 if isinstance(error, QueryError) else 500
        shown = Page("problem.html", "Not answered", {"error": str(error), "remedy": error.remedy}, status=status)
    return _reply(at, shown, form)


def _shown(at: At, head: str) -> Page:
    name = KINDS.get(head)
    if name is None:
        return at.missing("There is no page at this address.")
    from importlib import import_module

    function: Callable[[At], Page] = import_module(f"kg.serve.pages.{name}").page
    return function(at)


def _reply(at: At, shown: Page, form: str) -> Reply:
    if shown.go:
        return Reply(302, "text/plain", b"", (("location", shown.go),))
    if shown.file is not None:
        media, name, body = shown.file
        named = (("content-disposition", f'attachment; filename="{name}"'),) if name else ()
        return Reply(shown.status, media, body, named)
    if form == "json":
        return Reply(shown.status, "application/json; charset=utf-8", json_of(shown))
    if form == "csv":
        return Reply(shown.status, "text/csv; charset=utf-8", csv_of(shown))
    return Reply(shown.status, "text/html; charset=utf-8", html_of(at, shown))


_open: dict[str, Catalogue] = {}


def _catalogue(job: Job) -> Catalogue:
    """Give the catalogue of a job's site; that of another site is closed."""
    if job.site.key not in _open:
        for old in _open.values():
            old.close()
        _open.clear()
        _open[job.site.key] = Catalogue(job.site.catalogue)
    return _open[job.site.key]
