"""A second look at parties: one is certain only if the sentence's tree, read anew, has it in the part asked for.

The graph's parties are decided by clauses, frames and learned readings together. Where the plain grammar of the quoted
sentence puts somebody elsewhere ("met at the suggestion of Putin"), or a list may be two clauses ("sent Medinsky, and
the Ukrainians ..."), the two disagree, and the party is likely only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.asking.matching import predicates
from kg.asking.pages import Page, Paragraph, read_pages
from kg.asking.records import Reading
from kg.asking.replies import Answer, Reply
from kg.asking.roles import Parts, parts_of
from kg.asking.words import words
from kg.store import Reader, sparql_term
from kg.vocab import declarations

if TYPE_CHECKING:
    from spacy.language import Language

MOST = 40
"""How many sentences are read anew for one question; parties told only by others are likely."""
_BESIDE = {"with", "between", "by", "of", "from", "among", "to"}
"""Prepositions behind which a deed's parties stand."""


def agreed(reply: Reply, reading: Reading, reader: Reader, nlp: Language) -> Reply:
    """Take its certainty from each party whom the grammar of no quoted sentence has in the part asked for."""
    party = reading.wanted == "agent" or (
        reading.wanted == "object" and (reading.side == "subject" or reading.noun in words().sorts or reading.chosen)
    )
    certain = [answer for answer in reply.answers if answer.certain]
    if not party or reading.side == "owner" or not reading.lemmas or not certain:
        return reply
    pages = _pages(certain, reader, nlp)
    firm = {answer.text for answer in certain if any(_has(page, reading, answer.text) for page in pages)}
    return replace(
        reply,
        answers=tuple(replace(one, certain=one.certain and one.text in firm) for one in reply.answers),
    )


def _has(page: Page, reading: Reading, label: str) -> bool:
    last = label.split()[-1].lower()
    for at in predicates(page, reading):
        parts = parts_of(page.tree, at)
        for head in _asked(parts, reading):
            for token in range(page.tree.left[head], page.tree.right[head] + 1):
                if page.label(token) == label or page.tree.lower[token] == last:
                    return True
    return False


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
        Paragraph(one.source, None, max(0, texts[one.source].find(one.text)), one.text, texts[one.source])
        for one in quotes
        if one.source in texts
    ]
    return read_pages(paragraphs, reader, nlp)
