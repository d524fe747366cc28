"""Serialisation holds for any string: escapes, IRIs, numbers, dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Literal

from kg import rdf, vocab
from kg.model import Analysis, Document
from kg.rdf import iris, terms

# rdflib warns of its own use of a deprecated name while it parses N-Quads
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

# any code point at all, lone surrogates included, and control characters often
anything = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs"]),
        st.sampled_from("\x00\t\n\r\x0b\x1f\x7f\x85\u2028\"\\'<>%/.#"),
    )
)
quick = settings(max_examples=60, deadline=None)


def clean(text: str) -> str:
    """Replace what UTF-8 cannot carry, one for one."""
    return "".join("\ufffd" if 0xD800 <= ord(char) < 0xE000 else char for char in text)


@quick
@given(anything)
@example("".join(map(chr, range(256))))
def test_literals_read_back_as_they_were(text: str) -> None:
    line = f"<a:b> <a:b> {terms.literal(text)} <a:b> ."
    (quad,) = ox.parse(line.encode(), ox.RdfFormat.N_QUADS)
    assert quad.object.value == clean(text)
    assert len(quad.object.value) == len(text), "offsets must hold"
    assert "\n" not in line and "\r" not in line
    dataset = Dataset()
    dataset.parse(data=line + "\n", format="nquads")
    ((_, _, value, _),) = dataset.quads()
    # rdflib reads the characters that XML forbids by other rules; all else it reads alike
    assert isinstance(value, Literal) and str(value) == clean(text)


@quick
@given(anything)
def test_escapes_are_those_of_canonical_nquads(text: str) -> None:
    for char, escaped in zip(text, (terms.escape(c) for c in text), strict=True):
        if char in '\b\t\n\f\r"\\':
            assert len(escaped) == 2 and escaped[0] == "\\"
        elif ord(char) < 0x20 or ord(char) == 0x7F:
            assert escaped == f"\\u{ord(char):04X}"
        else:
            assert escaped == clean(char)


@quick
@given(anything, anything)
@example("a b", "a%20b")
@example(".", "%2E")
@example("..", "%2E%2E")
@example("a/span/0-3", "a")
@example("é", "e\u0301")
@example("\ud800", "\ufffd")
def test_document_iris_are_lawful_and_never_collide(one: str, two: str) -> None:
    first, second = (rdf.doc_iri(vocab.BASE, id) for id in (one, two))
    ox.NamedNode(first)
    assert (first == second) == (one == two)
    assert first.removeprefix(vocab.BASE + "doc/").isascii()
    assert "/" not in first.removeprefix(vocab.BASE + "doc/"), "an id must not reach into another document's nodes"


@quick
@given(anything)
@example("https://example.org/a?b=c#d")
@example("https://example.org:8080/ä/%C3%A4?q=a+b&c")
@example("http://[::1]/")
def test_addresses_that_pass_are_lawful_iris(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.org/{text}"):
        if iris.is_address(url):
            list(ox.parse(f"<a:b> <a:b> <{url}> <a:b> .".encode(), ox.RdfFormat.N_QUADS))


def test_ordinary_addresses_pass() -> None:
    for url in (
        "https://example.org",
        "http://example.org/2025/05/25/talks.html?utm=x&y=1#top",
        "https://example.org:8080/ä/%C3%A4?q=a+b",
        "https://www.example.co.uk/~user/(x);y=1,2",
    ):
        assert iris.is_address(url)


@quick
@given(anything, anything, anything)
def test_any_document_gives_a_readable_graph(id: str, text: str, title: str) -> None:
    lines = rdf.quads(Analysis(Document(id, text, title=title, publisher=title)), pipeline_version="1")
    quads = list(ox.parse("\n".join(lines).encode(), ox.RdfFormat.N_QUADS))
    assert len(quads) == len(lines)
    assert clean(text) in {quad.object.value for quad in quads}


@quick
@given(st.floats(allow_nan=False, allow_infinity=False))
@example(1e22)
@example(-0.0)
@example(1e-7)
@example(800.0)
def test_decimals_are_exact_and_have_no_exponent(value: float) -> None:
    (quad,) = ox.parse(f"<a:b> <a:b> {terms.decimal(value)} <a:b> .".encode(), ox.RdfFormat.N_QUADS)
    assert Decimal(quad.object.value) == Decimal(repr(value))
    assert "e" not in quad.object.value.lower()


@quick
@given(st.dates())
def test_dates_of_each_precision(day: date) -> None:
    text = day.isoformat()
    for cut, datatype in ((text, "date"), (text[:7], "gYearMonth"), (text[:4], "gYear")):
        assert terms.moment(cut) == f'"{cut}"^^<{vocab.XSD}{datatype}>'


def test_what_is_no_date() -> None:
    for text in ("", "2025-02-30", "2025-13", "20250523", "2025-W01", "2025-W01-1", "24 May", "٢٠٢٥", "2025-05-24T10"):
        assert terms.moment(text) is None
