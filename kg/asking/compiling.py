"""From a question taken apart to SPARQL: plain SPARQL 1.1 that names the graph of everything it asks for.

Two strengths of one query: the strict one takes only what the event itself tells, by the part in which it tells it; the
loose one also takes what stands in its sentence, in whatever part, and its answers are never given as certain.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.asking.parties import Parties
from kg.asking.patterns import ANY, BEFORE, DOERS, DONE_TO, Called, Uncompilable, ordered, starting, within
from kg.asking.records import Phrase, Reading
from kg.asking.wanted import Wanted
from kg.asking.words import spellings, words
from kg.extract.frames.narrative import CARRIED
from kg.store import sparql_term
from kg.vocab import declarations

_MAY_BE = (
    "?event rdfs:label ?label",
    "?event nkg:confidence ?confidence",
    "?event sem:hasEarliestBeginTimeStamp ?begin",
    "?event sem:hasLatestEndTimeStamp ?end",
    "?document dcterms:issued ?issued",
    f"?event nkg:rule ?carried FILTER(?carried = {sparql_term(CARRIED, datatype='string')})",
)
"""What an event need not have."""
_AROUND = (
    "  ?event nkg:evidence ?sentence . ?sentence nif:beginIndex ?from ; nif:endIndex ?to .",
    "  ?document nif:isString ?whole .",
)
_SAID = (
    f"BIND(IF(?from > {BEFORE}, ?from - {BEFORE}, 0) AS ?start)",
    "BIND(SUBSTR(?whole, ?start + 1, ?to - ?start) AS ?around)",
)
"""What counts as said with an event, in the loose query."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query and what its rows mean: `strict` ones may be answers that are certain."""

    sparql: str
    strict: bool
    taken: dict[str, tuple[str, ...]] = field(default_factory=dict)


def compile_question(
    reading: Reading, called: Called, *, strict: bool, opposite: bool = False, exact: bool = False
) -> Compiled:
    """Give the SPARQL of a question; `opposite` asks for what would make its answer "no".

    With `exact`, only what is told by the very verb of the question is looked for.

    Raises `Uncompilable` where the question names somebody whom nobody in the graph is called, or wants what the graph
    does not hold.
    """
    if reading.problem:
        raise Uncompilable(reading.problem)
    return _Compiler(reading, called, strict, opposite, exact).compiled()


class _Compiler:
    def __init__(self, reading: Reading, called: Called, strict: bool, opposite: bool, exact: bool) -> None:
        self.reading = reading
        self.strict, self.opposite, self.exact = strict, opposite, exact
        self.parties = Parties(reading, called, strict=strict)

    def compiled(self) -> Compiled:
        reading = self.reading
        if not (reading.lemmas or reading.phrases or reading.words or reading.window or reading.anchor):
            raise Uncompilable("it does not say about whom, what or when")
        lines = [*self._event(), *self.parties.words(), *self._days(), *self._anchored()]
        lines += Wanted(reading, self.parties.named, self._pick(), strict=self.strict).patterns()
        body = "\n".join(f"  {line}" for line in ordered(lines))
        way = "DESC(?when) ?source DESC(?at)" if reading.order == "last" else "?when ?source ?at"
        head = (
            "?answer ?value ?date ?ends ?carried ?ordered ?nominal ?factuality ?confidence ?source ?quote ?label ?event"
        )
        prefixes = declarations(body)
        order = f"ORDER BY {way} ?event ?answer ?quote"
        return Compiled(
            f"{prefixes}SELECT DISTINCT {head}\nWHERE {{\n{body}\n}}\n{order}", self.strict, self.parties.taken
        )

    # -- the event --------------------------------------------------------------------------------------------------

    def _event(self) -> list[str]:
        reading = self.reading
        lines = [
            f"{{ SELECT DISTINCT ?document ?event ?fact WHERE {{ {self._pick()} }} }}",
            *self.parties.patterns(),
            "GRAPH ?document {",
            "  ?event nkg:trigger/nif:beginIndex ?at ; nkg:evidence/nif:anchorOf ?quote .",
            "  ?document dcterms:identifier ?source .",
            *([] if self.strict else _AROUND),
            "}",
            *(f"OPTIONAL {{ GRAPH ?document {{ {one} }} }}" for one in _MAY_BE),
            *([] if self.strict else _SAID),
            "BIND(STR(?begin) AS ?date)",
            "BIND(STR(?end) AS ?ends)",
            "BIND(STR(COALESCE(?begin, ?issued)) AS ?when)",
            'BIND(LCASE(STRAFTER(STR(?fact), "#")) AS ?factuality)',
        ]
        lines += self._sense()
        if reading.wanted == "happening":
            lines.append("FILTER NOT EXISTS { GRAPH ?document { ?event a nkg:Statement } }")
            lines.append('BIND(EXISTS { GRAPH ?document { ?event nkg:rule "noun predicate" } } AS ?nominal)')
        return lines

    def _pick(self) -> str:
        """The events that are meant, by their verb alone."""
        facts = f"FILTER(?fact IN ({', '.join(self._facts())}))"
        if not self.reading.lemmas:
            return f"GRAPH ?document {{ ?event a nkg:Event ; nkg:factuality ?fact }} {facts}"
        # the lemma first: it is what is rarest, and all that follows is looked up for its few events
        values = " ".join(sparql_term(lemma, datatype="string") for lemma in self._lemmas())
        told = "GRAPH ?document { ?event nkg:lemma ?lemma ; nkg:factuality ?fact }"
        return f"VALUES ?lemma {{ {values} }} {told} {facts}"

    def _sense(self) -> list[str]:
        """The graph holds "was not met" as a refusal told as done: for a question about meeting that is no yes."""
        if not self.reading.lemmas:
            return []
        plain = self.opposite and not words().opposites(self.reading.lemmas[0])
        turned = self.parties.turned(told=plain)
        apart = [f"FILTER(!({turned}))"] if turned and not plain else []
        negative = (
            "EXISTS { GRAPH ?document { ?event a ?negative FILTER(?negative IN (nkg:Refusal, nkg:NonRealisation)) } }"
        )
        if any(lemma in words().refusing for lemma in self._lemmas()):
            return ["FILTER(?fact = nkg:Denied)"] if plain else apart
        against = any(phrase.marker == "against" for phrase in self.reading.phrases)  # which itself makes a refusal
        if plain:
            denied = "?fact = nkg:Denied" if against else f"?fact = nkg:Denied || {negative}"
            return [f"FILTER(IF({turned}, ?fact != nkg:Denied, {denied}))" if turned else f"FILTER({denied})"]
        return [*apart, f"FILTER(!{negative})"] if not (self.reading.negated or against) else apart

    def _lemmas(self) -> tuple[str, ...]:
        [lemma] = self.reading.lemmas
        if self.exact:
            return words().against(lemma) or (lemma,) if self.opposite else (lemma,)
        found = words().opposites(lemma) if self.opposite else ()
        return found or words().lemmas(lemma, loose=not self.strict)

    def _facts(self) -> list[str]:
        if self.opposite:
            return ["nkg:Happened"] if words().opposites(self.reading.lemmas[0]) else ["nkg:Denied", "nkg:Happened"]
        if self.reading.negated:
            return ["nkg:Denied"]
        if self.reading.future:
            return ["nkg:Future"]
        return ["nkg:Happened"]

    # -- days -------------------------------------------------------------------------------------------------------

    def _days(self) -> list[str]:
        window = self.reading.window
        return within(window, "?begin", "?end", "?issued", strict=self.strict) if window else []

    def _anchored(self) -> list[str]:
        anchor, relation = self.reading.anchor, self.reading.relation
        if anchor is None:
            return []
        has = [*anchor.names, *anchor.words]
        if not has:
            raise Uncompilable(f'it does not say which event "{relation}" counts from')
        tests = " && ".join(
            f'REGEX(?anchorText, {sparql_term(starting(form), datatype="string")}, "i")'
            for word in has
            for form in spellings(word)[:1]
        )
        sign = ">" if relation == "after" else "<"
        told = f"{relation} (?:[a-z]+ )?{spellings(has[-1])[0]}"
        linked = (
            "nkg:cause ?anchor ; nkg:effect ?event" if relation == "after" else "nkg:cause ?event ; nkg:effect ?anchor"
        )
        later = "" if self.strict else f" || (?document = ?anchorDocument && ?at {sign} ?anchorAt)"
        day = "?begin" if self.strict else "COALESCE(?begin, ?issued)"
        anchor_day = "?anchorDay" if self.strict else "COALESCE(?anchorDay, ?anchorIssued)"
        return [
            "OPTIONAL { SELECT DISTINCT ?anchorDocument ?anchorEvent ?anchorAt ?anchorDay ?anchorIssued WHERE {",
            "  GRAPH ?anchorDocument {",  # the few events that are meant, once, and not for each event anew
            "    ?anchorEvent a nkg:Event ; nkg:factuality nkg:Happened ; rdfs:label ?anchorText ;",
            "      nkg:trigger/nif:beginIndex ?anchorAt .",
            "    OPTIONAL { ?anchorEvent sem:hasEarliestBeginTimeStamp ?anchorDay }",
            "    OPTIONAL { ?anchorDocument dcterms:issued ?anchorIssued }",
            f"    FILTER({_meant(anchor)})",
            "  }",
            "} }",
            "FILTER(!BOUND(?anchorEvent) || ?event != ?anchorEvent)",
            "BIND(",
            f'  REGEX(?label, {sparql_term(told, datatype="string")}, "i") ||',
            f"  EXISTS {{ GRAPH ?document {{ ?between {linked} . ?anchor rdfs:label ?anchorText FILTER({tests}) }} }}",
            "  AS ?ordered",
            ")",
            f"FILTER(?ordered || STR({day}) {sign} STR({anchor_day}){later})",
            *(self._coupled() if self.reading.wanted == "happening" else []),
        ]

    def _coupled(self) -> list[str]:
        """What came of an event or followed it has somebody in common with it, or is told in the same text."""
        here = f"GRAPH ?document {{ ?event {ANY} ?here }}"
        there = f"GRAPH ?anchorDocument {{ ?anchorEvent {ANY} ?there }}"
        # in three steps from one event to the other: joined at once, all nodes are paired before either is looked at
        steps = "GRAPH ?identity { ?here nkg:canonical ?somebody } GRAPH ?identity { ?there nkg:canonical ?somebody }"
        return [f"FILTER(?ordered || ?document = ?anchorDocument || EXISTS {{ {here} {steps} {there} }})"]


def _meant(anchor: Phrase) -> str:
    """A test of the event that a question names: its words are in the label, its names there or among who did it."""
    tests = [f"REGEX(?anchorText, {_pattern(word)}, 'i')" for word in anchor.words]
    tests += [
        f"(REGEX(?anchorText, {_pattern(name)}, 'i') || "
        f"EXISTS {{ ?anchorEvent ({DOERS}|{DONE_TO})/rdfs:label ?doer FILTER(REGEX(?doer, {_pattern(name)}, 'i')) }})"
        for name in anchor.names
    ]
    return " && ".join(tests)


def _pattern(word: str) -> str:
    return sparql_term(starting(spellings(word)[0]), datatype="string")
