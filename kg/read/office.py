"""Word and EPUB files: ZIP archives of XML, of which the running text is taken, paragraph by paragraph."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from kg.errors import InputError
from kg.model import Document
from kg.read.problem import Problem, Source
from kg.read.records import parse_date
from kg.read.spooled import DAMAGED_ZIP, on_disk
from kg.read.text import date_in_name
from kg.read.xml import entities_told, tree

PART = 100_000_000
"""Bytes that one part of such a file may have, unpacked."""
PARTS = 5_000
"""Chapters of a book that are read."""
_SAID = {"t": "", "tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_GONE = ("del", "moveFrom")
"""What was taken out, or stands elsewhere now, and is only kept so that it can be brought back."""
_OLDER = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same once more, for programs that do not know the first form."""
_DC = "{http://purl.org/dc/elements/1.1/}"
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote div td th dt dd pre figcaption".split())
_HIDDEN = frozenset("script style head".split())


def read_docx(source: Source) -> Iterator[Document | Problem]:
    """Read a Word file (.docx): its paragraphs with a blank line between them, and its title."""
    with on_disk(source) as path:
        try:
            with zipfile.ZipFile(path) as archive:
                body = _part(archive, "word/document.xml", source)
                about = _part(archive, "docProps/core.xml", source) if _has(archive, "docProps/core.xml") else None
        except (*DAMAGED_ZIP, KeyError) as error:
            yield Problem(source.name, f"this is no Word file ({error})", "save it as .docx, or give its text as .txt")
            return
    text = "\n\n".join(_paragraphs(body))
    title = next((one.text for one in about.iter(f"{_DC}title") if one.text), None) if about is not None else None
    yield _document(source, text, title)


def _paragraphs(body: Any) -> Iterator[str]:
    """The text of each paragraph in the order in which they begin, one in a text box apart from the one around it."""
    space = body.tag[: body.tag.rfind("}") + 1]  # ISO's strict form has another one than that of older programs
    said = {space + name: text for name, text in _SAID.items()}
    unseen = {_OLDER, *(space + name for name in _GONE)}
    texts: list[list[str]] = []
    within: list[list[str]] = [[]]
    todo: list[tuple[Any, bool]] = [(body, True)]
    while todo:  # no recursion: boxes may stand in each other as deep as they like
        node, opening = todo.pop()
        if not opening:
            within.pop()
        elif node.tag in unseen:
            continue
        elif node.tag in said:
            within[-1].append((node.text or "") if node.tag == f"{space}t" else said[node.tag])
        else:
            if node.tag == f"{space}p":
                within.append([])
                texts.append(within[-1])
                todo.append((node, False))
            todo.extend((child, True) for child in reversed(node))
    return (text for pieces in texts if (text := "".join(pieces).strip()))


def read_epub(source: Source) -> Iterator[Document | Problem]:
    """Read a book (.epub): the text of its chapters in reading order, its title, day and publisher."""
    with on_disk(source) as path:
        try:
            with zipfile.ZipFile(path) as archive:
                about, chapters = _book(archive, source)
        except (*DAMAGED_ZIP, KeyError, StopIteration) as error:
            yield Problem(source.name, f"this is no EPUB file ({error})", "give its text as .txt")
            return
    told = {name: next((one.text for one in about.iter(_DC + name) if one.text), None) for name in _TOLD}
    yield _document(source, "\n\n".join(chapters), told["title"], day=told["date"] or "", publisher=told["publisher"])


_TOLD = ("title", "date", "publisher")


def _book(archive: zipfile.ZipFile, source: Source) -> tuple[Any, list[str]]:
    container = _part(archive, "META-INF/container.xml", source)
    opf = next(one.get("full-path") for one in container.iter() if _local(one) == "rootfile")
    about = _part(archive, opf, source)
    files = {one.get("id"): one.get("href") or "" for one in about.iter() if _local(one) == "item"}
    order = [one.get("idref") for one in about.iter() if _local(one) == "itemref"][:PARTS]
    folder = posixpath.dirname(opf)
    chapters = []
    for item in order:
        name = posixpath.normpath(posixpath.join(folder, unquote(files.get(item, "").partition("#")[0])))
        if _has(archive, name):
            chapters += _blocks(archive, name, source)
    return about, chapters


def _blocks(archive: zipfile.ZipFile, name: str, source: Source) -> list[str]:
    """The paragraphs of a chapter: the text of its blocks, each once, in order."""
    from lxml import html

    page = html.fromstring(_bytes(archive, name, source) or b"<p/>")
    pieces: list[list[str]] = [[]]
    todo: list[tuple[Any, bool]] = [(page, True)]
    while todo:  # no recursion: a page may be nested as deep as it likes
        node, opening = todo.pop()
        block = isinstance(node.tag, str) and node.tag.lower() in _BLOCKS
        if block:
            pieces.append([])
        if not opening:
            pieces[-1].append(node.tail or "")
            continue
        todo.append((node, False))
        if isinstance(node.tag, str) and node.tag.lower() not in _HIDDEN:
            pieces[-1].append(node.text or "")
            todo.extend((child, True) for child in reversed(node))
    return [text for piece in pieces if (text := " ".join("".join(piece).split()))]


def _local(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _has(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.NameToInfo


def _part(archive: zipfile.ZipFile, name: str, source: Source) -> Any:
    data = _bytes(archive, name, source)
    told = entities_told(data, where=source.name)
    if told:
        raise InputError(told.what, where=told.where, remedy=told.remedy)
    return tree(data)


def _bytes(archive: zipfile.ZipFile, name: str, source: Source) -> bytes:
    with archive.open(name) as file:
        data = file.read(PART + 1)
    if len(data) > PART:
        raise InputError(
            f"its part {name} has more than {PART // 1_000_000} MB", where=source.name, remedy="give its text as .txt"
        )
    return data


def _document(source: Source, text: str, title: str | None, *, day: str = "", publisher: str | None = None) -> Document:
    published = source.published or date_in_name(source.name) or parse_date(day)
    return Document(id=source.name, text=text, title=title, published=published, publisher=publisher)
