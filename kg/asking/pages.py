"""Paragraphs of a graph's texts as `kg ask` reads them: parsed, with whom every name and pronoun in them means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kg.asking.parses import parse
from kg.asking.patterns import known_as
from kg.asking.words import stem
from kg.extract.syntax.tree import Tree
from kg.extract.times import find_times, resolve
from kg.extract.times.patterns import MONTHS
from kg.model import Clause, Sentence, TimeSpan
from kg.store import Reader, sparql_term
from kg.vocab import declarations

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.language import Language

_EARLIER = 700
"""Characters before a paragraph that "the document" and "he" may point back to."""
_COMING = re.compile(r"\b(?:will|would|is to|are to|was to|were to|planned|scheduled|due)\b", re.I)
_BESIDE = 60
"""Characters before and after a name that may tell who that is."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text: where it begins in it, the whole, and what that is headed."""

    source: str
    published: date | None
    begin: int
    text: str
    whole: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """A stretch of a text that means somebody, by the label that answers give."""

    begin: int
    end: int
    label: str


@dataclass(frozen=True)
class Page:
    """One paragraph; `mentions` have offsets in it, `earlier` is the text before it.

    `told` has what stands beside each name, wherever it was read; `begin` is where the paragraph begins in its text;
    `vectors` has a row per token, from which meaning is read, or none.
    """

    source: str
    published: date | None
    text: str
    tree: Tree
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    mentions: tuple[Meant, ...]
    earlier: str = ""
    told: dict[str, str] = field(default_factory=dict)
    title: str = ""
    begin: int = 0
    vectors: npt.NDArray[np.float16] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float16))

    def label(self, at: int) -> str:
        """Whom a token means, "" where the graph does not say; of several the one by the shortest stretch."""
        begin = self.tree.begin[at]
        over = [one for one in self.mentions if one.begin <= begin < one.end]
        return min(over, key=lambda one: one.end - one.begin).label if over else ""

    def sentence(self, at: int) -> str:
        """The sentence of a token."""
        first, last = self.bounds(at)
        return self.text[self.tree.begin[first] : self.tree.end[last]].strip()

    def before(self, at: int) -> str:
        """What stands before the sentence of a token, in lower case."""
        return f"{self.earlier} {self.text[: self.tree.begin[self.bounds(at)[0]]]}".lower()

    def bounds(self, at: int) -> tuple[int, int]:
        """The first and the last token of a token's sentence."""
        number = self.tree.sentence[at]
        first = last = at
        while first and self.tree.sentence[first - 1] == number:
            first -= 1
        while last + 1 < len(self.tree) and self.tree.sentence[last + 1] == number:
            last += 1
        return first, last

    @cached_property
    def firsts(self) -> list[int]:
        """The first tokens of the sentences."""
        tree = self.tree
        return [at for at in range(len(tree)) if not at or tree.sentence[at] != tree.sentence[at - 1]]

    @cached_property
    def times(self) -> tuple[TimeSpan, ...]:
        """The days that the paragraph tells."""
        found = find_times(self.text, self.sentences, published=self.published)
        return tuple(self._coming(one) for one in found if one.begin)

    def _coming(self, one: TimeSpan) -> TimeSpan:
        """A month behind "would" or "will" is the next one of its name, where the text says no year."""
        written = self.text[one.span.begin : one.span.end].lower()
        before = re.split(r"[.;]", self.text[: one.span.begin])[-1]
        if not self.published or not any(month in written for month in MONTHS) or not _COMING.search(before):
            return one
        return resolve(self.text, one.span, published=self.published, direction="future") or one

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """The beginnings by which each token may be known."""
        lemmas = zip(self.tree.lower, self.tree.lemma, strict=True)
        return [frozenset({stem(word), stem(lemma)}) for word, lemma in lemmas]


def read_pages(paragraphs: Sequence[Paragraph], reader: Reader, nlp: Language) -> list[Page]:
    """Parse paragraphs and look up whom they mention, and what else is told beside those names."""
    meant = _mentions(reader, sorted({one.source for one in paragraphs}))
    told: dict[str, str] = {}
    for source, whole in {one.source: one.whole for one in paragraphs}.items():
        for one in meant.get(source, ()):
            beside = whole[max(0, one.begin - _BESIDE) : one.end + _BESIDE].lower()
            told[one.label] = f"{told.get(one.label, '')} {beside}"
    pages = []
    texts = [paragraph.text for paragraph in paragraphs]
    for paragraph, read in zip(paragraphs, parse(nlp, texts), strict=True):
        low, high = paragraph.begin, paragraph.begin + len(paragraph.text)
        here = tuple(
            Meant(one.begin - low, one.end - low, one.label)
            for one in meant.get(paragraph.source, ())
            if low <= one.begin and one.end <= high
        )
        pages.append(
            Page(
                source=paragraph.source,
                published=paragraph.published,
                text=paragraph.text,
                tree=read.tree,
                sentences=read.sentences,
                clauses=read.clauses,
                mentions=here,
                earlier=paragraph.whole[max(0, low - _EARLIER) : low],
                told=told,
                title=paragraph.title,
                begin=low,
                vectors=read.vectors,
            )
        )
    return pages


def _mentions(reader: Reader, sources: Sequence[str]) -> dict[str, list[Meant]]:
    if not sources:
        return {}
    values = " ".join(sparql_term(source, datatype="string") for source in sources)
    body = (
        f"  VALUES ?source {{ {values} }}\n"
        "  GRAPH ?document {\n"
        "    ?document dcterms:identifier ?source .\n"
        "    ?mention nkg:refersTo ?node ; nif:beginIndex ?begin ; nif:endIndex ?end .\n"
        "    ?node rdfs:label ?told .\n"
        "  }\n"
        f"  {known_as('?node', '?known')}\n"
        "  BIND(COALESCE(?known, ?told) AS ?label)\n"
    )
    found: dict[str, list[Meant]] = {}
    sparql = f"{declarations(body)}SELECT DISTINCT ?source ?begin ?end ?label\nWHERE {{\n{body}}}\nORDER BY ?begin ?end"
    for row in reader.query(sparql, where="the question").rows:
        source, begin, end, label = (term.value if term else "" for term in row)
        found.setdefault(source, []).append(Meant(int(begin), int(end), label))
    return found
