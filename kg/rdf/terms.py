"""RDF terms as N-Quads text (https://www.w3.org/TR/n-quads/), by string building alone.

Escapes are those of canonical N-Quads (https://www.w3.org/TR/rdf-canon/#canonical-quads): one spelling per literal.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from kg import vocab
from kg.model import PartialDate

Triple = tuple[str, str, str]
"""Subject, predicate and object, each already serialised."""

_ESCAPES: dict[int, str] = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    **{ord(char): f"\\{letter}" for char, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)},
    # A lone surrogate has no UTF-8 form; one character takes its place, so that offsets still hold.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}

_DATATYPE_OF_LENGTH = {4: "gYear", 7: "gYearMonth", 10: "date"}


def escape(text: str) -> str:
    r"""Escape `text` for use between quotation marks; a lone surrogate becomes U+FFFD.

    >>> print(escape('She said "yes".\n'))
    She said \"yes\".\n
    """
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return text.translate(_ESCAPES)


def iri(value: str) -> str:
    """Write an IRI that this package minted or checked."""
    return f"<{value}>"


@lru_cache(maxsize=1024)
def nkg(name: str) -> str:
    """Write the term `name` of our own vocabulary."""
    return f"<{vocab.NKG}{name}>"


def literal(text: str) -> str:
    """Write a plain string."""
    return f'"{escape(text)}"'


@lru_cache(maxsize=8192)
def word(text: str) -> str:
    """Write a plain string that recurs (a rule, a lemma, a frame); remembered."""
    return literal(text)


def typed(text: str, datatype: str) -> str:
    """Write `text`, which needs no escapes, with the XSD datatype of this local name."""
    return f'"{text}"^^<{vocab.XSD}{datatype}>'


@lru_cache(maxsize=1024)
def decimal(value: float) -> str:
    """Write a finite number as xsd:decimal, shortest form and never with an exponent.

    >>> decimal(800.0)
    '"800"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    text = format(Decimal(repr(value)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return typed("0" if text == "-0" else text, "decimal")


@lru_cache(maxsize=4096)
def moment(text: str) -> str | None:
    """Write an ISO date as xsd:date, xsd:gYearMonth or xsd:gYear by its precision; None if it is none of them."""
    return None if PartialDate.parse(text) is None else typed(text, _DATATYPE_OF_LENGTH[len(text)])
