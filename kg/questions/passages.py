"""An event as it stands in its text: the sentence with its spans marked, who takes part, when, how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from kg.drawing.svg import fit
from kg.errors import QueryError
from kg.store import Reader, sparql_term

_SPANS = """
SELECT DISTINCT ?sort ?begin ?end ?source ?text ?label ?class ?factuality WHERE {
  GRAPH ?doc {
    VALUES ?event { EVENT }
    ?event a ?class ; rdfs:label ?label . ?doc dcterms:identifier ?source ; nif:isString ?text .
    FILTER(?class NOT IN (nkg:Event, nkg:Initiative))
    OPTIONAL { ?event nkg:factuality ?factuality }
    { ?event nkg:evidence ?span BIND("sentence" AS ?sort) }
    UNION { ?event nkg:trigger ?span BIND("trigger" AS ?sort) }
    UNION { ?event nkg:timeSpan ?span BIND("time" AS ?sort) }
    UNION { ?event nkg:quantity/nkg:evidence ?span BIND("number" AS ?sort) }
    UNION { ?event nkg:contentSpan ?span BIND("content" AS ?sort) }
    UNION { ?event nkg:participantMention ?span . ?span nkg:refersTo ?actor . ?event ?role ?actor
            FILTER(?role IN (nkg:agent, nkg:patient, nkg:theme, nkg:recipient, nkg:speaker, nkg:place, nkg:instrument))
            BIND(STRAFTER(STR(?role), "#") AS ?sort) }
    ?span nif:beginIndex ?begin ; nif:endIndex ?end
  }
}"""
_TINTS = {
    "trigger": "#f6d365",
    "agent": "#b9dcf2",
    "speaker": "#b9dcf2",
    "patient": "#f4c7b5",
    "theme": "#f4c7b5",
    "recipient": "#f3d3e4",
    "place": "#bfe6d8",
    "instrument": "#e3e7eb",
    "time": "#dfd7f0",
    "number": "#e9e3b4",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the article's text, in characters, and what it is to the event ("agent", "trigger", "time")."""

    begin: int
    end: int
    sort: str


@dataclass(frozen=True, slots=True)
class Passage:
    """An account of an event: its article, its sentences and what is marked in them; offsets count in the article."""

    event: str
    label: str
    cls: str
    factuality: str
    source: str
    text: str
    sentences: tuple[Marked, ...]
    marks: tuple[Marked, ...]

    def _repr_html_(self) -> str:
        told = [marked(self.text, sentence, self.marks) for sentence in self.sentences]
        head = " · ".join(part for part in (self.cls, self.factuality, self.source) if part)
        caption = f'<figcaption style="color:#5f6b7a;line-height:1.4">{fit(head)}</figcaption>'
        quote = "margin:4px 0 0;padding-left:12px;border-left:3px solid #c3ccd6"
        said = f'<blockquote style="{quote}">{" … ".join(told)}</blockquote>'
        return f'<figure style="margin:0 0 14px;line-height:2.1">{caption}{said}</figure>'


def passage_of(reader: Reader, event: str) -> Passage:
    """Give an account of an event by its IRI. Raises `QueryError` if there is none."""
    try:
        rows = reader.query(_SPANS.replace("EVENT", sparql_term(event))).rows
    except ValueError:
        rows = ()
    if not rows:
        raise QueryError("there is no such event", where=event, remedy="give the IRI of an event, as answers have it")
    values = [["" if term is None else term.value for term in row] for row in rows]
    spans = sorted({Marked(int(row[1]), int(row[2]), row[0]) for row in values}, key=lambda one: (one.begin, -one.end))
    _, _, _, source, text, label, _, factuality = values[0]
    classes = sorted({row[6].rpartition("#")[2] for row in values} - {"Response", "CommunicativeAct"})
    return Passage(
        event,
        label,
        classes[0] if classes else values[0][6].rpartition("#")[2],
        factuality.rpartition("#")[2].lower(),
        source,
        text,
        tuple(one for one in spans if one.sort == "sentence"),
        tuple(one for one in spans if one.sort != "sentence"),
    )


def marked(text: str, within: Marked, marks: Iterable[Marked]) -> str:
    """Give a stretch of text as HTML with what is marked in it.

    The text is cut at every boundary of a span and each piece escaped by itself, so that spans may lie in one another
    or overlap.

    >>> marked("a <b> c", Marked(0, 7, "sentence"), [Marked(2, 5, "theme")]).count("&lt;b&gt;")
    1
    """
    found = [one for one in marks if one.sort in _TINTS and within.begin <= one.begin < one.end <= within.end]
    cuts = sorted({within.begin, within.end, *(at for one in found for at in (one.begin, one.end))})
    out = []
    for begin, end in pairwise(cuts):
        over = [one for one in found if one.begin <= begin and end <= one.end]
        piece = fit(text[begin:end])
        if not over:
            out.append(piece)
            continue
        inner = min(over, key=lambda one: (one.end - one.begin, one.sort))
        last = [one.sort for one in over if one.end == end]
        note = "".join(
            f'<sub style="color:#5f6b7a;font-size:.7em"> {escape(sort)}</sub>' for sort in dict.fromkeys(last)
        )
        style = f"background:{_TINTS[inner.sort]};padding:2px 1px;border-radius:3px;color:#1f2933"
        out.append(f'<mark style="{style}">{piece}{note}</mark>')
    return "".join(out)
