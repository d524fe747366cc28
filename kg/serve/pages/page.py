"""What a page is made of, before it is written as HTML, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from kg.serve.addresses import with_query
from kg.serve.catalogue import Catalogue
from kg.store import Reader

_TWINS = (".json", ".csv", ".svg", ".gexf")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address shows.

    `data` is what the JSON twin has and the template is given; `drawn` is for the template alone (drawings, links).
    The CSV twin has `columns` and `rows`. `go` leads to another address; `file` is (media type, file name, bytes) of
    what is no page.
    """

    template: str
    title: str
    data: dict[str, Any] = field(default_factory=dict)
    drawn: dict[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    rows: Sequence[Sequence[object]] = ()
    status: int = 200
    go: str = ""
    file: tuple[str, str, bytes] | None = None


class At:
    """An address, taken apart, with what is open to answer it."""

    def __init__(self, reader: Reader, catalogue: Catalogue, path: str, query: Iterable[tuple[str, str]]) -> None:
        """Take the path as decoded, and the query in its order."""
        self.reader = reader
        self.catalogue = catalogue
        self.path = path
        self.query = tuple((name, value) for name, value in query if value.strip())
        self.head, _, rest = path.strip("/").partition("/")
        self.form = ""
        for twin in _TWINS:
            whole = rest or self.head
            if whole.endswith(twin) and not self._is_document(rest):
                self.form = twin[1:]
                if rest:
                    rest = rest.removesuffix(twin)
                else:
                    self.head = self.head.removesuffix(twin)
        self.head = "" if self.head == "start" else self.head
        self.rest = rest

    def _is_document(self, rest: str) -> bool:
        found = self.catalogue.value("SELECT 1 FROM document WHERE id = ?", rest) if rest else None
        return self.head == "document" and found is not None

    def get(self, name: str, default: str = "") -> str:
        """Give the first value of a parameter of the address."""
        return next((value for key, value in self.query if key == name), default)

    def all(self, name: str) -> list[str]:
        """Give all values of a parameter, each once."""
        return list(dict.fromkeys(value for key, value in self.query if key == name))

    def number(self, name: str, default: int, *, most: int = 1_000_000) -> int:
        """Give a parameter that is a whole number from 1."""
        try:
            return max(1, min(int(self.get(name, str(default))), most))
        except ValueError:
            return default

    def with_(self, **changes: object) -> str:
        """Give this address with some parameters changed; None takes one out, a list stands for several."""
        kept: list[tuple[str, object]] = [(name, value) for name, value in self.query if name not in changes]
        for name, value in changes.items():
            kept += [(name, one) for one in value] if isinstance(value, list) else [(name, value)]
        path = self.path
        if self.form:
            path = path.removesuffix(f".{self.form}")
        return with_query(path or "/", kept)

    def twin(self, form: str) -> str:
        """Give the address of this page in another form."""
        path = self.path.rstrip("/")
        if self.form:
            path = path.removesuffix(f".{self.form}")
        return with_query(f"{path or '/start'}.{form}", self.query)

    def missing(self, what: str, *, near: Iterable[tuple[str, str]] = ()) -> Page:
        """Give the page that says what is not there, and where one may go instead."""
        return Page("missing.html", "Not found", {"error": what}, {"near": list(near)}, status=404)


def nearest(name: str, known: Iterable[str], *, alike: float = 0.6) -> list[str]:
    """Give up to three names that look like one that nobody has; `alike` is from 0 to 1."""
    return get_close_matches(name, list(known), n=3, cutoff=alike)


def json_of(page: Page) -> bytes:
    """Write the JSON twin."""
    return json.dumps(page.data, ensure_ascii=False, indent=1, default=str).encode()


def csv_of(page: Page) -> bytes:
    """Write the CSV twin; what a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(page.columns)
    for row in page.rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode()


def _cell(value: object) -> object:
    text = "" if value is None else value
    return f"'{text}" if isinstance(text, str) and text.startswith(_FORMULA) else text
