"""A second look at parties: one is certain only if the sentence's tree, read anew, has it in the part asked for.

The graph's parties are decided by clauses, frames and learned readings together. Where the plain grammar of the quoted
sentence puts somebody elsewhere ("met at the suggestion of Putin"), or a list may be two clauses ("sent Medinsky, and
the Ukrainians ..."), the two disagree, and the party is likely only. So is one whom a pronoun alone stands for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.asking.matching import predicates
from kg.asking.pages import Page, Paragraph, read_pages
from kg.asking.patterns import Called
from kg.asking.records import Reading
from kg.asking.replies import Answer, Reply
from kg.asking.roles import Parts, comma_joined, parts_of
from kg.asking.words import words
from kg.store import Reader, sparql_term
from kg.vocab import declarations

if TYPE_CHECKING:
    from spacy.language import Language

MOST = 40
"""How many sentences are read anew for one question; parties told only by others are likely."""
_BESIDE = {"with", "between", "by", "of", "from", "among", "to"}
"""Prepositions behind which a deed's parties stand."""

_ANY_DAY = date(2000, 1, 1)
"""From which the days of a sentence count: which day it is does not matter here."""


def agreed(reply: Reply, reading: Reading, called: Called, reader: Reader, nlp: Language) -> Reply:
    """Take its certainty from each answer for which no quoted sentence speaks by its grammar and by name."""
    if reading.wanted != "truth":
        answers = (replace(one, certain=one.certain and not _is_named(one.text, reading)) for one in reply.answers)
        reply = replace(reply, answers=tuple(answers))
    certain = [answer for answer in reply.answers if answer.certain]
    if reading.wanted == "number" and certain:
        shared = {page.text for page in _pages(certain, reader, nlp) if _is_shared(page, reading, called)}
        return replace(reply, answers=tuple(_unless_shared(one, shared) for one in reply.answers))
    if reading.wanted not in ("agent", "object", "truth") or not reading.lemmas or not certain:
        return reply
    party = reading.wanted == "agent" or (
        reading.wanted == "object" and (reading.side == "subject" or reading.noun in words().sorts or reading.chosen)
    )
    told_once = (page for page in _pages(certain, reader, nlp) if not _told_twice(page, reading))
    pages = [page for page in told_once if _names(page, reading, called)]

    def firm(answer: Answer) -> bool:
        told = {quote.text for quote in answer.quotes}
        here = [page for page in pages if page.text in told]
        if party and reading.side != "owner":
            return any(_has(page, reading, answer.text) for page in here)
        told_here = [page for page in here if reading.wanted == "truth" or _tells(page, answer.text)]
        return any(not _dated(page, answer.text) for page in told_here)

    return replace(reply, answers=tuple(replace(one, certain=one.certain and firm(one)) for one in reply.answers))


def _unless_shared(answer: Answer, shared: Collection[str]) -> Answer:
    return replace(answer, certain=answer.certain and any(quote.text not in shared for quote in answer.quotes))


def _is_shared(page: Page, reading: Reading, called: Called) -> bool:
    """Whether somebody whom a question names has a part in the deed beside others: a figure may be that of all."""
    named = [name for phrase in reading.phrases if phrase.side != "source" for name in phrase.names]

    def is_named(at: int) -> bool:
        return any(_means(page, at, called(name), name) for name in named)

    told = [parts_of(page.tree, at) for at in predicates(page, reading)] if named else []
    heads = {head for one in told for head in (*one.subject, *one.object, *(head for _, head in one.rest))}
    lists = [(head, *page.tree.each(head, "conj")) for head in heads]
    return any(any(map(is_named, one)) and not all(map(is_named, one)) for one in lists)


def _is_named(answer: str, reading: Reading) -> bool:
    """Whether the question names whom an answer gives: he is hardly asked for."""
    return any(
        word.lower() == last.lower() for last in answer.split()[-1:] for one in reading.phrases for word in one.words
    )


def _told_twice(page: Page, reading: Reading) -> bool:
    """Whether a sentence has the verb of the deed twice: "X sent A, and Y, later, sent B" is often parsed as one."""
    verbs = [page.tree.lemma[at] for at in predicates(page, reading) if page.tree.pos[at] == "VERB"]
    return len(verbs) > len(set(verbs))


def _names(page: Page, reading: Reading, called: Called) -> bool:
    """Whether a sentence names those who act by the question: whom a pronoun means is no matter of grammar."""
    acting = [name for phrase in reading.phrases if phrase.side == "subject" for name in phrase.names]
    return all(any(_means(page, at, called(name), name) for at in range(len(page.tree))) for name in acting)


def _means(page: Page, at: int, labels: Sequence[str], name: str) -> bool:
    if page.tree.pos[at] not in ("PROPN", "ADJ", "NOUN"):
        return False
    last = {name.split()[-1].lower(), *(label.split()[-1].lower() for label in labels)}
    return page.tree.lower[at] in last or (page.tree.pos[at] != "NOUN" and page.label(at) in labels)


def _has(page: Page, reading: Reading, label: str) -> bool:
    for at in predicates(page, reading):
        parts = parts_of(page.tree, at)
        for head in _asked(parts, reading):
            apart = [one for one in page.tree.each(head, "conj") if comma_joined(page.tree, one)]
            end = min([page.tree.right[head] + 1, *(page.tree.left[one] for one in apart)])
            inside = range(page.tree.left[head], end)
            if any(_means(page, token, (label,), label) for token in inside):
                return True
    return False


def _tells(page: Page, answer: str) -> bool:
    """Whether a sentence has the last word of an answer, and so no pronoun stands for it there."""
    last = answer.split()[-1].strip(".,;:!?“”\"'’").lower() if answer.split() else ""
    return last in page.text.lower()


def _dated(page: Page, answer: str) -> bool:
    """Whether what is given as done begins with a day: "agreed on 16 May"."""
    at = page.text.find(answer)
    return at >= 0 and any(one.span.begin <= at < one.span.end for one in page.times)


def _asked(parts: Parts, reading: Reading) -> list[int]:
    """The heads that may fill the part which a question asks for."""
    beside = [head for marker, head in parts.rest if marker in _BESIDE]
    if parts.nominal or reading.mutual:
        return [*parts.subject, *parts.object, *beside]
    if reading.side in ("subject", "by"):
        return list(parts.subject)
    return [*parts.object, *(head for marker, head in parts.rest if marker)]


def _pages(answers: Sequence[Answer], reader: Reader, nlp: Language) -> list[Page]:
    quotes = list(dict.fromkeys(quote for answer in answers for quote in answer.quotes))[:MOST]
    values = " ".join(sparql_term(source, datatype="string") for source in sorted({one.source for one in quotes}))
    body = (
        f"  VALUES ?source {{ {values} }}\n"
        "  GRAPH ?document { ?document dcterms:identifier ?source ; nif:isString ?whole }\n"
    )
    sparql = f"{declarations(body)}SELECT ?source ?whole\nWHERE {{\n{body}}}"
    texts = {row[0].value: row[1].value for row in reader.query(sparql, where="the question").rows if row[0] and row[1]}
    paragraphs = [
        Paragraph(one.source, _ANY_DAY, max(0, texts[one.source].find(one.text)), one.text, texts[one.source])
        for one in quotes
        if one.source in texts
    ]
    return read_pages(paragraphs, reader, nlp)
