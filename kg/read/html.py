"""Web pages, through trafilatura (https://trafilatura.readthedocs.io): the article without what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.model import Document
from kg.read.problem import Problem, Source
from kg.read.records import parse_date
from kg.read.text import binary, date_in_name, decoded

if TYPE_CHECKING:
    from trafilatura.settings import Document as Page


def read_html(source: Source) -> Iterator[Document | Problem]:
    """Read one page; the extracted paragraphs, with a blank line between them, are the text that offsets count in.

    Title, address and publisher come from the page; so does the date, unless one is given, for pages often carry
    several; of one that states none it is the date its file name begins with.
    """
    data = source.read(LONGEST)
    wrong = None if data.startswith((b"\xff\xfe", b"\xfe\xff")) else binary(data, where=source.name)
    if wrong:
        yield wrong
        return
    found = article(data)
    if found is None:
        remedy = "save the page with its text, or give the text as a .txt file"
        yield Problem(source.name, "no article text is found in this page", remedy)
        return
    yield Document(
        id=source.name,
        text=found.text,
        title=found.title,
        published=source.published or found.published or date_in_name(source.name),
        url=found.url,
        publisher=found.publisher,
    )


LONGEST = 20_000_000
"""Bytes that a page may have."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says, and what it says of itself."""

    text: str
    title: str | None
    published: date | None
    url: str | None
    publisher: str | None


_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^<>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_HEAD = 4096
"""Bytes at the beginning of a page in which it says how it is encoded."""


def article(data: bytes, *, charset: str | None = None) -> Article | None:
    """Find the article of a page; its paragraphs stand apart by blank lines. None where there is none.

    `charset` is the encoding with which it was sent, if that is known; it counts for more than what the page says.
    """
    from trafilatura import bare_extraction

    if not data.strip():
        return None
    # only dates the page states: guessing one from its text would look at today's date
    dates = {"extensive_search": False, "original_date": True}
    found = bare_extraction(
        _tree(data, charset), include_comments=False, with_metadata=True, date_extraction_params=dates
    )
    page: Page | None = None if isinstance(found, dict) else found
    if page is None or not (page.text or "").strip():
        return None
    return Article(
        text="\n\n".join(line for line in str(page.text).split("\n") if line.strip()),
        title=page.title or None,
        published=parse_date(page.date or ""),
        url=page.url or None,
        publisher=page.sitename or page.hostname or None,
    )


_FOOT = (
    ".//*[self::footer or @role='contentinfo' or (self::div and (@id='footer' or @class='footer'))]"
    "[not(ancestor::article or ancestor::main or .//time or .//article or .//main)]"
)


def _tree(data: bytes, charset: str | None) -> Any:
    """The page parsed, with tables that hold lists as plain blocks: such tables are layout, their lists the text.

    What stands at the foot of a page goes: it is no text of the article, and its days are not those of the article.
    """
    from trafilatura import load_html
    from trafilatura.utils import handle_compressed_file

    data = handle_compressed_file(data)
    stated = _DECLARED.search(data, 0, _HEAD)
    text = decoded(data, charset or (stated[1].decode() if stated else None))
    tree: Any = load_html(text)
    if tree is None:
        return text
    if tree.tag != "html":  # of a page whose outermost element is one that is cut out, nothing would hold the rest
        from lxml.html import builder

        tree = builder.HTML(builder.BODY(tree))
    for foot in tree.xpath(_FOOT):
        foot.drop_tree()
    for cell in tree.xpath(".//table[.//td//li]"):
        for part in cell.iter("table", "tbody", "thead", "tr", "td", "th"):
            part.tag = "div"
    return tree
