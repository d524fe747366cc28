"""The texts that a question is about, and what is read in them where no event of the graph answers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kg.asking.features import Held
from kg.asking.hints import find_passages, may_have_passages
from kg.asking.matching import match_answers
from kg.asking.naming import Naming
from kg.asking.pages import Page, read_pages
from kg.asking.passages import as_said, read_passages
from kg.asking.ranking import hold, rank_answers, rank_apiece, rank_others, weigh_answers
from kg.asking.records import Reading
from kg.asking.replies import Answer, Passage, Quote
from kg.asking.sentences import find_paragraphs, other_paragraphs, read_answers
from kg.asking.undecided import read_undecided
from kg.store import Reader

if TYPE_CHECKING:
    from spacy.language import Language


class Texts:
    """Paragraphs of the texts that a question is about, fetched and parsed where they are needed, and once."""

    def __init__(self, reader: Reader, reading: Reading, called: Naming, nlp: Language) -> None:
        self.reader, self.reading, self.called, self.nlp = reader, reading, called, nlp
        self._near: tuple[Sequence[Page], str] | None = None
        self._wide: tuple[Sequence[Page], str] | None = None
        self._others: tuple[Sequence[Page], str] = ((), "")
        self._held: Held | None = None

    def near(self) -> Sequence[Page]:
        """The paragraphs that have most of what the question names in its parts."""
        if self._near is None:
            paragraphs, sparql = find_paragraphs(self.reader, self.reading, self.called)
            self._near = read_pages(paragraphs, self.reader, self.nlp), sparql
        return self._near[0]

    @cached_property
    def said(self) -> Reading | None:
        """The question as no more than what it says, None where it says nothing."""
        return as_said(self.reading)

    def wide(self) -> Sequence[Page]:
        """The texts that have most of what the question says, in whatever part."""
        if self._wide is None:
            said = self.said
            found = find_paragraphs(self.reader, said, self.called, rest=True) if said is not None else ([], "")
            self._wide = read_pages(found[0], self.reader, self.nlp), found[1]
        return self._wide[0]

    def held(self) -> Held:
        """The question held against the sentences of these texts, and of others that name some of what it names."""
        if self._held is None:
            pages, said = self.wide(), self.said
            found = other_paragraphs(self.reader, said, self.called, pages) if said is not None else ([], "")
            self._others = read_pages(found[0], self.reader, self.nlp), found[1]
            self._held = hold(self.reading, self.called, [*pages, *self._others[0]], self.nlp)
        return self._held

    def query(self, found: Sequence[Answer]) -> str:
        """The query for the texts of sentences that were found, "" where no text was looked for."""
        others = {page.source for page in self._others[0]}
        if any(quote.source in others for answer in found for quote in answer.quotes):
            return self._others[1]
        return self._wide[1] if self._wide else ""

    def read(self) -> tuple[tuple[Answer, ...], str]:
        """Answers by clauses, and the query for their texts."""
        return read_answers(self.reading, self.called, self.near), self._near[1] if self._near else ""

    def match(self) -> tuple[tuple[Answer, ...], str]:
        """Answers by trees."""
        return match_answers(self.reading, self.called, self.near), self._near[1] if self._near else ""

    def open(self) -> tuple[tuple[Answer, ...], str]:
        """What is told as refused, denied or not yet decided."""
        found = read_undecided(self.reading, self.called, self.wide)
        return found, self.query(found)

    def last(self) -> tuple[tuple[Answer, ...], str]:
        """The sentence that tells it in other words."""
        found = read_passages(self.reading, self.called, self.wide)
        return found, self.query(found)

    def rest(self) -> tuple[tuple[Answer, ...], str]:
        """The sentence that tells it in other words, else the one that is most likely to."""
        found, sparql = self.last()
        if found:
            return found, sparql
        found = rank_answers(self.reading, self.held)
        return found, self.query(found)

    def weighed(self, given: Sequence[Answer]) -> tuple[tuple[Answer, ...], str]:
        """What stands of likely answers: themselves, a sentence in their place, or none."""
        found = weigh_answers(self.reading, self.held, given)
        return found, self.query(found)

    def beside(self, quoted: Sequence[Quote]) -> tuple[tuple[Answer, ...], str]:
        """The sentence that is most likely to tell it besides those that are quoted."""
        found = rank_others(self.reading, self.held, quoted)
        return found, self.query(found)

    def apiece(self, parts: Sequence[str], quoted: Sequence[Sequence[Quote] | None]) -> tuple[Answer | None, ...]:
        """The sentence that is most likely to tell each of several questions that were asked as one."""
        return rank_apiece(self.held, parts, quoted)

    def passages(self) -> tuple[Passage, ...]:
        """What may tell it, where there is no answer."""
        return find_passages(self.held()) if may_have_passages(self.reading) else ()


def latest_day(reader: Reader) -> date | None:
    """Give the day of the latest document of a graph, None where none has one."""
    found = reader.query(
        "SELECT (MAX(STR(?day)) AS ?last) WHERE { GRAPH ?d { ?d a nkg:Article ; dcterms:issued ?day } }"
    )
    last = found.rows[0][0] if found.rows else None
    try:
        return date.fromisoformat(last.value[:10]) if last else None
    except ValueError:
        return None
