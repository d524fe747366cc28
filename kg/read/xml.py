"""XML from outside: no entities, no network, no huge trees."""

from __future__ import annotations

from typing import Any

from kg.read.problem import Problem

_DECLARED = tuple("<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def entities_told(data: bytes, *, where: str) -> Problem | None:
    """Refuse a document that declares entities: news needs none, and they are how small files become large ones."""
    upper = data.upper()
    if any(one in upper for one in _DECLARED):
        return Problem(where, "the file declares XML entities, which are not expanded", "remove them")
    return None


def tree(data: bytes) -> Any:
    """Parse XML as an lxml element; raises `lxml.etree.XMLSyntaxError` if it is malformed."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)
