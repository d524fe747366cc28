"""PDF files, through PDFium (https://pypdfium2.readthedocs.io): the text of the pages in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.model import Document
from kg.read.problem import Problem, Source
from kg.read.spooled import on_disk
from kg.read.tables import missing
from kg.read.text import date_in_name

PAGES = 10_000
"""Pages that are read."""
CHARACTERS = 20_000_000
"""Characters that a file may hold."""
_BROKEN = re.compile("[\ufffe\u0002]\\s*")
"""What PDFium gives for a hyphen that only ends a line."""
_ENDED = re.compile(r"[.!?…:][\"”’)\]]*\s*$")


def read_pdf(source: Source) -> Iterator[Document | Problem]:
    """Read the text of a file; a page that ends within a sentence goes on on the next one.

    Pages of scanned paper have no text and are told as such. Words parted at the end of a line are joined again.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError:
        raise missing(source, "PDF files", "pypdfium2") from None
    with on_disk(source) as path:
        try:
            file = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            yield Problem(source.name, f"this is no PDF file that can be read ({error})", "give its text as .txt")
            return
        try:
            text = _text(file)
            title = str(file.get_metadata_dict().get("Title") or "").strip() or None
        except pdfium.PdfiumError as error:
            yield Problem(source.name, f"the PDF file is damaged ({error})", "give its text as .txt")
            return
        finally:
            file.close()
    if not text.strip():
        yield Problem(source.name, "the pages hold no text; they may be pictures of paper", "recognise the text first")
        return
    yield Document(source.name, text, title, source.published or date_in_name(source.name))


def _text(file: Any) -> str:
    whole = ""
    for number in range(min(len(file), PAGES)):
        page = file[number]
        found = page.get_textpage()
        text = _BROKEN.sub("", found.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")).strip()
        found.close()
        page.close()
        if text:
            whole += ("" if not whole else "\n\n" if _ENDED.search(whole) else "\n") + text
        if len(whole) > CHARACTERS:
            break
    return re.sub("[\ud800-\udfff\0]", "\ufffd", whole)
