"""Answers read from the sentences themselves, where the graph has no event for them. They are never certain.

A query finds the texts that have the names and words of the question; the stations that took the question apart take
apart their paragraphs, and a clause answers if it has the question's verb and each phrase in the part the question
gives it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from kg.asking.pages import Page, Paragraph
from kg.asking.patterns import Called, beginning, starting
from kg.asking.records import Phrase, Reading
from kg.asking.replies import Answer, Quote
from kg.asking.words import NUMBERS, alike, in_digits, spellings, words
from kg.extract.syntax.tree import IRREGULAR
from kg.model import Argument, Category, Clause, Factuality, Slot
from kg.store import Reader, sparql_term
from kg.vocab import declarations

TEXTS = 40
"""How many texts are read for one question."""
NOTE = "# Finds the texts; the answer was read in their sentences, for the graph has no event that gives it."
_MOST = 60
"""Names of somebody that a query takes at most."""
PARAGRAPHS = 10
"""How many of their paragraphs are taken apart, those first that have most of the question's words."""
LONGEST = 20_000
"""Characters of whole texts that are taken apart instead."""

_READ = {"agent", "object", "instrument", "place", "time", "number", "truth"}
_IN = {"in", "at", "near", "inside", "outside"}
_PRONOUNS = {
    *("he", "she", "it", "they", "him", "her", "them", "who", "which", "that", "this", "these", "those", "its", "we"),
    *("i", "you", "us", "me", "what", "whom", "his", "their", "one", "both", "some", "others", "all", "nobody"),
}
_END = re.compile(r",| who | which | that |;|—|–|\(")
_WHERE = re.compile(r"\b(?:in|at|near) ((?:the )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)")
_SENTENCE = re.compile(r"(?<=[.!?]) ")
_FIGURE = re.compile(rf"\b(\d[\d,.]*\d|\d|{'|'.join(reversed(NUMBERS))})\b", re.I)


def texts_query(reading: Reading, called: Called, *, every: bool = False) -> str:
    """Give the SPARQL for the texts in which everybody whom the question names is named, "" where it names nothing.

    Of words without a name, the text has to have one. Those come first that have most of the words. With `every`, a
    text has to have any name or word of it, and those come first in which everybody is named.
    """
    tests = [_any(_forms(name, called)) for phrase in reading.phrases for name in phrase.names]
    told = [set(alike(word)) for phrase in reading.phrases for word in phrase.words]
    deeds = _deeds(reading)
    if not tests:
        loose = {*(form for forms in told for form in forms), *deeds}
        tests = [_any(loose)] if loose else []
    if not tests:
        return ""
    body = (
        "  GRAPH ?document { ?document nif:isString ?whole ; dcterms:identifier ?source .\n"
        "    OPTIONAL { ?document dcterms:issued ?issued } OPTIONAL { ?document dcterms:title ?title } }\n"
    )
    some = [_any(forms) for forms in (*told, deeds - {"be"}) if forms]
    body += f"  FILTER({' || '.join((*tests, *some)) if every else ' && '.join(tests)})\n"
    has = " + ".join(f"IF({one}, 1, 0)" for one in some)
    order = f"DESC({has}) ?source" if has else "?source"
    if every:
        order = f"DESC(IF({' && '.join(tests)}, 1, 0)) {order}"
    return (
        f"{NOTE}\n{declarations(body)}SELECT ?source ?issued ?whole ?title\nWHERE {{\n{body}}}\n"
        f"ORDER BY {order}\nLIMIT {TEXTS}"
    )


def _forms(name: str, called: Called) -> set[str]:
    """The last words of all that somebody is called, of as many as a query takes."""
    return {_last(form) for form in (name, *called(name), *called(f"~{name}")[:_MOST])}


def _any(forms: Iterable[str]) -> str:
    return f'REGEX(?whole, {sparql_term(beginning(sorted(forms)), datatype="string")}, "i")'


def read_answers(reading: Reading, called: Called, pages: Callable[[], Sequence[Page]]) -> tuple[Answer, ...]:
    """Read the answers of a question by the clauses of some pages, which are fetched only where it can be read so."""
    bounded = reading.window is not None or reading.anchor is not None or bool(reading.order) or reading.vague
    if bounded or not reading.lemmas or reading.wanted not in _READ or reading.side == "owner":
        return ()
    found: dict[str, dict[Quote, None]] = {}
    for page in pages():
        for clause in page.clauses:
            told = _Told(reading, called, page, clause)
            for answer in told.answers() if told.fits() else ():
                found.setdefault(answer, {})[Quote(told.sentence.strip(), page.source)] = None
    return tuple(Answer(text, tuple(quotes), False) for text, quotes in found.items())


def find_paragraphs(
    reader: Reader, reading: Reading, called: Called, *, rest: bool = False
) -> tuple[list[Paragraph], str]:
    """Give the paragraphs that have most of a question's words, and the query for their texts ("" without any).

    With `rest`, whole texts, as many as are not too much.
    """
    sparql = texts_query(reading, called)
    if not sparql:
        return [], ""
    ranked = _paragraphs(reader, sparql, reading, called, rest=rest)
    return _whole(ranked, LONGEST) if rest else ranked[:PARAGRAPHS], sparql


def other_paragraphs(
    reader: Reader, reading: Reading, called: Called, pages: Sequence[Page]
) -> tuple[list[Paragraph], str]:
    """Give whole texts that name some of what a question names, as many as there is room for beside `pages`.

    With the query for both, "" where none is asked.
    """
    sparql = texts_query(reading, called, every=True)
    known = {one.source for one in pages}
    room = LONGEST - sum(len(one.text) for one in pages)
    if not sparql or room <= 0:
        return [], ""
    ranked = _paragraphs(reader, sparql, reading, called, rest=True)
    return _whole([one for one in ranked if one.source not in known], room), sparql


def _whole(ranked: Sequence[Paragraph], room: int) -> list[Paragraph]:
    """Give all paragraphs of as many texts as are not too much, those first that have the best paragraphs."""
    found: list[Paragraph] = []
    for source in dict.fromkeys(one.source for one in ranked):
        own = [one for one in ranked if one.source == source]
        room -= sum(len(one.text) for one in own)
        if found and room < 0:
            break
        found += own
    return found


def _paragraphs(reader: Reader, sparql: str, reading: Reading, called: Called, *, rest: bool) -> list[Paragraph]:
    """Rank paragraphs by how many of the question's names and words they have; its verb counts most."""
    told = [_forms(name, called) for phrase in reading.phrases for name in phrase.names]
    told += [set(alike(word)) for phrase in reading.phrases for word in phrase.words]
    verbs = {spellings(lemma.split()[0])[0] for lemma in words().lemmas(reading.lemmas[0], loose=True)}
    verbs |= {form for form, lemma in IRREGULAR.items() if lemma in verbs}
    own = _deeds(reading)
    tests = [re.compile(beginning(sorted(forms)), re.I) for forms in (own, own, verbs, *told) if forms]
    ranked = []
    for row in reader.query(sparql, where="the question").rows:
        source, issued, whole, title = (term.value if term else "" for term in row)
        published = date.fromisoformat(issued[:10]) if len(issued) >= 10 else None
        begin = 0
        for text in whole.split("\n\n"):
            sentences = _SENTENCE.split(text)
            hits = sum(1 for test in tests if test.search(text))
            hits += max(sum(1 for test in tests if test.search(one)) for one in sentences)
            if hits or rest:
                ranked.append((-hits, source, begin, Paragraph(source, published, begin, text, whole, title)))
            begin += len(text) + 2
    return [one for *_, one in sorted(ranked, key=lambda found: found[:3])]


def _deeds(reading: Reading) -> set[str]:
    """The forms in which the question's verb may be told."""
    lemmas = _lemmas(reading)
    own = {spellings(lemma.split()[0])[0] for lemma in lemmas}
    return own | {form for form, lemma in IRREGULAR.items() if lemma in lemmas}


def _lemmas(reading: Reading) -> tuple[str, ...]:
    return words().lemmas(reading.lemmas[0])


def _last(name: str) -> str:
    return name.split()[-1] if name.split() else name


class _Told:
    """One clause of a paragraph, held against a question."""

    def __init__(self, reading: Reading, called: Called, page: Page, clause: Clause) -> None:
        self.reading, self.called, self.text, self.clause = reading, called, page.text, clause
        self.page = page
        sentence = page.sentences[clause.sentence].span
        self.begin, self.end = sentence.begin, sentence.end
        self.sentence = self.text[self.begin : self.end]

    def fits(self) -> bool:
        """Whether the clause has the verb of the question, tells it as done, and has each phrase in its part."""
        clause, reading = self.clause, self.reading
        if clause.category is not Category.VERB or clause.lemma not in _lemmas(reading):
            return False
        wanted = Factuality.DENIED if reading.negated else Factuality.FUTURE if reading.future else Factuality.HAPPENED
        if clause.asserted is not wanted:
            return False
        return all(self._has(phrase) for phrase in reading.phrases) and self._says(self.sentence, reading.words)

    def _has(self, phrase: Phrase) -> bool:
        if phrase.side == "subject":
            there = self._of(Slot.SUBJECT)
        elif phrase.side == "object":
            there = self._of(Slot.OBJECT, Slot.INDIRECT, Slot.COMPLEMENT, Slot.OBLIQUE)
        else:
            there = self.sentence
        for name in phrase.names:
            if name in phrase.owners:  # "Trump's announcement" is "the announcement" in a text that names Trump
                continue
            forms = {_last(name), *(_last(label) for label in self.called(name))}
            if not any(re.search(starting(form), there, re.I) for form in forms):
                return False
        return self._says(there, phrase.words)

    def _says(self, there: str, told: tuple[str, ...]) -> bool:
        """Whether the words are there; of three and more one may be told otherwise, but no number."""
        lacking = [word for word in told if not any(re.search(starting(form), there, re.I) for form in spellings(word))]
        few = len(lacking) == 1 and len(told) >= 3
        return not lacking or (few and not any(char.isdigit() for char in lacking[0]) and lacking[0] not in NUMBERS)

    def _of(self, *slots: Slot) -> str:
        return " | ".join(self._text(one) for one in self.clause.arguments if one.slot in slots)

    def _text(self, argument: Argument) -> str:
        return self.text[argument.span.begin : argument.span.end]

    # -- the answer -------------------------------------------------------------------------------------------------

    def answers(self) -> list[str]:
        """Give what stands where the question has its wh-word."""
        reading = self.reading
        if reading.wanted == "truth":
            return ["yes"]
        if reading.wanted == "time":
            return [one.begin or "" for one in self.page.times if self.begin <= one.span.begin < self.end][:1]
        if reading.wanted == "place":
            return self._places()
        if reading.wanted == "number":
            return self._figures()
        return self._named([one for one in self.clause.arguments if self._asked(one)])

    def _asked(self, one: Argument) -> bool:
        side = self.reading.side
        if side in ("subject", "by"):
            return one.slot is Slot.SUBJECT
        if side == "object":
            return one.slot in (Slot.OBJECT, Slot.INDIRECT, Slot.COMPLEMENT)
        return one.slot is Slot.OBLIQUE and one.marker == side

    def _places(self) -> list[str]:
        """Where the clause, or somebody in it, is said to be: "dockers in Port Ellery joined the strike"."""
        span = self.clause.span
        inside = self._named([one for one in self.clause.arguments if one.marker in _IN and not self._dated(one)])
        if inside:  # "met at the suggestion of Putin in Istanbul": a place has a name before it has none
            return [text for text in inside if text[:1].isupper()] or inside
        return [
            found[1]
            for found in _WHERE.finditer(self.text, span.begin, span.end)
            if not self._day(found.start(1)) and not any(found[1] in name for name in self._own())
        ][:1]

    def _dated(self, one: Argument) -> bool:
        return self._day(one.head.begin)

    def _day(self, at: int) -> bool:
        return any(time.span.begin <= at < time.span.end for time in self.page.times)

    def _own(self) -> list[str]:
        return [name for phrase in self.reading.phrases for name in phrase.names]

    def _named(self, arguments: list[Argument]) -> list[str]:
        found = []
        for one in arguments:
            text = _END.split(self._text(one))[0].strip()
            text = re.sub(rf"^{one.marker} ", "", text, flags=re.I) if one.marker else text
            text = re.sub(r"^(?:the|an?) ", "", text, flags=re.I)
            own = any(name in text for name in self._own())
            if text and text.lower() not in _PRONOUNS and not own and self._chosen(self._text(one)):
                found.append(text)
        return found

    def _chosen(self, text: str) -> bool:
        """ "Which chancellor": the word stands in the phrase or behind it."""
        if not self.reading.chosen:
            return True
        return any(re.search(starting(form), text, re.I) for form in spellings(self.reading.noun))

    def _figures(self) -> list[str]:
        noun = self.reading.noun
        for one in self.clause.arguments:
            text = self._text(one)
            figure = _FIGURE.search(text)
            if figure and (noun == "people" or any(re.search(starting(form), text, re.I) for form in spellings(noun))):
                return [in_digits(figure[0])]
        return []
