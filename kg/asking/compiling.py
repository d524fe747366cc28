"""From a question taken apart to SPARQL: plain SPARQL 1.1 that names the graph of everything it asks for.

Two strengths of one query: the strict one takes only what the event itself tells, by the part in which it tells it; the
loose one also takes what stands in its sentence, in whatever part, and its answers are never given as certain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.asking.reading import Phrase, Reading, Window
from kg.asking.words import spellings, words
from kg.store import sparql_term
from kg.vocab import PREFIXES

Called = Callable[[str], tuple[str, ...]]
"""From a name as people say it to the labels of those who bear it."""

DOERS = "nkg:agent|nkg:proposer|nkg:speaker|nkg:responder"
DONE_TO = "nkg:patient|nkg:recipient|nkg:addressee|nkg:theme"
ANY = f"{DOERS}|{DONE_TO}|nkg:place|nkg:attributedTo|nkg:instrument"
_POINTS_BACK = "^nkg:response/^nkg:disposition", "^nkg:effect/nkg:cause"
"""From an answer to the initiative that it answers."""
_OWN = (
    "rdfs:label|nkg:contentText|nkg:theme/rdfs:label|nkg:patient/rdfs:label|nkg:recipient/rdfs:label|"
    "nkg:place/rdfs:label|nkg:instrument/rdfs:label|nkg:agent/rdfs:label|nkg:quantity/nkg:countedNoun"
)
_TEXTS = "|".join((_OWN, *(f"{back}/(nkg:contentText|rdfs:label)" for back in _POINTS_BACK)))
_BEFORE = 250
"""Characters before a sentence that count as said with it, in the loose query."""
_SPEECH = {"say", "tell", "state", "add", "write", "explain", "report", "comment", "think", "believe"}


class Uncompilable(Exception):
    """The question cannot be put into a query; the text says why."""


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
        self.reading, self.called = reading, called
        self.strict, self.opposite, self.exact = strict, opposite, exact
        self.taken: dict[str, tuple[str, ...]] = {}
        self.named: list[str] = []  # labels of those who are named as taking part
        self.number = 0

    def compiled(self) -> Compiled:
        reading = self.reading
        lines = [*self._event(), *self._words(), *self._days(), *self._anchored(), *self._answer()]
        if (
            not reading.lemmas
            and not reading.phrases
            and not reading.words
            and not reading.window
            and not reading.anchor
        ):
            raise Uncompilable("it does not say about whom, what or when")
        body = "\n".join(f"  {line}" for line in lines)
        way = "DESC(?when) ?source DESC(?at)" if reading.order == "last" else "?when ?source ?at"
        head = "?answer ?value ?date ?ends ?factuality ?confidence ?source ?quote ?label ?event"
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if f"{name}:" in body)
        order = f"ORDER BY {way} ?event ?answer ?quote"
        return Compiled(f"{prefixes}SELECT DISTINCT {head}\nWHERE {{\n{body}\n}}\n{order}", self.strict, self.taken)

    # -- the event --------------------------------------------------------------------------------------------------

    def _event(self) -> list[str]:
        reading = self.reading
        facts = f"FILTER(?fact IN ({', '.join(self._facts())}))"
        if reading.lemmas:
            # the lemma first: it is what is rarest, and all that follows is looked up for its few events
            values = " ".join(sparql_term(lemma, datatype="string") for lemma in self._lemmas())
            pick = f"VALUES ?lemma {{ {values} }} GRAPH ?document {{ ?event nkg:lemma ?lemma ; nkg:factuality ?fact }} {facts}"
        else:
            pick = f"GRAPH ?document {{ ?event a nkg:Event ; nkg:factuality ?fact }} {facts}"
        lines = [
            f"{{ SELECT DISTINCT ?document ?event ?fact WHERE {{ {pick} }} }}",
            *self._parties(),
            "GRAPH ?document {",
            "  ?event nkg:trigger/nif:beginIndex ?at ; nkg:evidence/nif:anchorOf ?quote .",
            "  ?document dcterms:identifier ?source .",
            "  OPTIONAL { ?event rdfs:label ?label }",
            "  OPTIONAL { ?event nkg:confidence ?confidence }",
            "  OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?begin }",
            "  OPTIONAL { ?event sem:hasLatestEndTimeStamp ?end }",
            "  OPTIONAL { ?document dcterms:issued ?issued }",
            "}",
            *([] if self.strict else self._around()),
            "BIND(STR(?begin) AS ?date)",
            "BIND(STR(?end) AS ?ends)",
            "BIND(STR(COALESCE(?begin, ?issued)) AS ?when)",
            'BIND(LCASE(STRAFTER(STR(?fact), "#")) AS ?factuality)',
        ]
        lines += self._sense()
        if reading.wanted == "happening":
            lines.append("FILTER NOT EXISTS { GRAPH ?document { ?event a nkg:Statement } }")
        return lines

    def _sense(self) -> list[str]:
        """The graph holds "was not met" as a refusal told as done: for a question about meeting that is no yes."""
        if not self.reading.lemmas:
            return []
        if any(lemma in words().refusing for lemma in self._lemmas()):
            plain = self.opposite and not words().opposites(self.reading.lemmas[0])
            return ["FILTER(?fact = nkg:Denied)"] if plain else []
        negative = (
            "EXISTS { GRAPH ?document { ?event a ?negative FILTER(?negative IN (nkg:Refusal, nkg:NonRealisation)) } }"
        )
        if self.opposite and not words().opposites(self.reading.lemmas[0]):
            return [f"FILTER(?fact = nkg:Denied || {negative})"]
        return [f"FILTER(!{negative})"] if not self.reading.negated else []

    def _around(self) -> list[str]:
        return [
            "GRAPH ?document {",
            "  ?event nkg:evidence ?sentence . ?sentence nif:beginIndex ?from ; nif:endIndex ?to .",
            "  ?document nif:isString ?whole .",
            "}",
            f"BIND(IF(?from > {_BEFORE}, ?from - {_BEFORE}, 0) AS ?start)",
            "BIND(SUBSTR(?whole, ?start + 1, ?to - ?start) AS ?around)",
        ]

    def _lemmas(self) -> tuple[str, ...]:
        [lemma] = self.reading.lemmas
        if self.exact:
            return (lemma,)
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

    # -- who and what -----------------------------------------------------------------------------------------------

    def _parties(self) -> list[str]:
        lines: list[str] = []
        for phrase in self.reading.phrases:
            lines += self._party(phrase)
        return lines

    def _party(self, phrase: Phrase) -> list[str]:
        named = bool(phrase.names) and all(word[:1].isupper() for word in phrase.words)
        common = phrase.side in ("subject", "source") or (phrase.side == "object" and not phrase.names)
        whole = self._labels(phrase.whole, exact=True) if named or common else ()
        if whole and phrase.words and phrase.side in ("subject", "object") and not phrase.names:
            self.named += whole
            return self._thing(phrase, whole)
        if whole:
            return self._bearers(phrase, whole)
        lines = []
        for name in phrase.names:
            labels = self._labels(name)
            if not labels and phrase.side != "inside":
                raise Uncompilable(f'nobody in this graph is called "{name}"')
            if name in phrase.owners and self._answering():
                lines.append(f"{{ {_owning(labels)} }}")
                self.named += labels
            elif phrase.side == "inside" or (phrase.words and phrase.side != "source"):
                lines += self._inside(name, labels)
            else:
                lines += self._bearers(phrase, labels)
        if phrase.side == "source" and not phrase.names:
            raise Uncompilable(f'nobody in this graph is called "{phrase.whole}"')
        lines += [self._said(word) for word in self._telling(phrase)]
        return lines

    def _thing(self, phrase: Phrase, labels: Sequence[str]) -> list[str]:
        """ "The union", "the accord": somebody by that name to whom it was done, or else what the words say."""
        flag = f"?has{self.number}"
        self.number += 1
        roles = DOERS if phrase.side == "subject" else DONE_TO
        said = " && ".join(self._contains(spellings(word)) for word in self._telling(phrase)) or "true"
        if phrase.side == "subject":  # "the exchange ended" has nobody who ends it
            begins = sparql_term(f"^((the|an?) )?([a-z]+ ){{0,2}}{spellings(phrase.words[-1])[0]}", datatype="string")
            said = f'REGEX(?label, {begins}, "i") && !EXISTS {{ GRAPH ?document {{ ?event {DOERS} ?anybody }} }}'
        return [
            f"OPTIONAL {{ {{ {_bearing(labels, roles, back=self._answering())} }} BIND(true AS {flag}) }}",
            f"FILTER(BOUND({flag}) || ({said}))",
        ]

    def _telling(self, phrase: Phrase) -> list[str]:
        """The words that have to be found: "proposal" and the like stand for what was proposed where that is answered."""
        keep = list(phrase.words)
        if phrase.side == "object" and (len(keep) > 1 or phrase.names):
            keep = [word for word in keep if _singular(word) not in words().initiatives]
        if (
            phrase.side == "object"
            and len(keep) == 1
            and self._answering()
            and _singular(keep[0]) in words().initiatives
        ):
            keep = []
        return keep

    def _answering(self) -> bool:
        return any(lemma in ("accept", "reject", "answer", "withdraw", "deny") for lemma in self._lemmas_meant())

    def _lemmas_meant(self) -> tuple[str, ...]:
        return words().lemmas(self.reading.lemmas[0]) if self.reading.lemmas else ()

    def _labels(self, name: str, *, exact: bool = False) -> tuple[str, ...]:
        found = self.called(f"={name}" if exact else name)
        if found:
            self.taken[name] = found
        return found

    def _bearers(self, phrase: Phrase, labels: Sequence[str]) -> list[str]:
        self.named += labels
        if phrase.side == "source":
            roles = "nkg:attributedTo|nkg:speaker"
        elif not self.strict or self.reading.mutual:
            roles = ANY
        elif phrase.side == "subject":
            roles = DOERS
        elif phrase.side == "place":
            roles = "nkg:place"
        else:
            roles = f"{DONE_TO}|nkg:place|nkg:agent" if phrase.marker in ("with", "in", "at") else DONE_TO
        back = self.strict and phrase.side in ("object", "oblique") and self._answering()
        bearing = f"{{ {_bearing(labels, roles, back=back)} }}"
        if self.strict or phrase.side in ("subject", "object"):
            return [bearing]
        flag = f"?has{self.number}"
        self.number += 1
        near = self._contains([phrase.names[0] if phrase.names else phrase.whole])
        return [f"OPTIONAL {{ {bearing} BIND(true AS {flag}) }}", f"FILTER(BOUND({flag}) || {near})"]

    def _inside(self, name: str, labels: Sequence[str]) -> list[str]:
        """A name within what is said, proposed or done: by its words, or by one of its bearers in any part."""
        self.named += labels
        by_words = self._contains(spellings(name.split()[-1]))
        if not labels:
            return [f"FILTER({by_words})"]
        flag = f"?has{self.number}"
        self.number += 1
        return [
            f"OPTIONAL {{ {{ {_bearing(labels, ANY, back=True)} }} BIND(true AS {flag}) }}",
            f"FILTER(BOUND({flag}) || {by_words})",
        ]

    # -- words ------------------------------------------------------------------------------------------------------

    def _words(self) -> list[str]:
        return [self._said(word) for word in self.reading.words]

    def _said(self, word: str) -> str:
        return f"FILTER({self._contains(spellings(word))})"

    def _contains(self, forms: Sequence[str]) -> str:
        if not self.strict:
            return " || ".join(
                f'REGEX(?around, {sparql_term(_starting(form), datatype="string")}, "i")' for form in forms
            )
        text = f"?text{self.number}"
        self.number += 1
        has = " || ".join(f'REGEX({text}, {sparql_term(_starting(form), datatype="string")}, "i")' for form in forms)
        path = _TEXTS if self._answering() or not self.reading.lemmas else _OWN
        return f"EXISTS {{ GRAPH ?document {{ ?event {path} {text} FILTER({has}) }} }}"

    # -- days -------------------------------------------------------------------------------------------------------

    def _days(self) -> list[str]:
        window = self.reading.window
        return _within(window, "?begin", "?end", "?issued", strict=self.strict) if window else []

    def _anchored(self) -> list[str]:
        anchor, relation = self.reading.anchor, self.reading.relation
        if anchor is None:
            return []
        has = [*anchor.names, *anchor.words]
        if not has:
            raise Uncompilable(f'it does not say which event "{relation}" counts from')
        tests = " && ".join(
            f'REGEX(?anchorText, {sparql_term(_starting(form), datatype="string")}, "i")'
            for word in has
            for form in spellings(word)[:1]
        )
        sign = ">" if relation == "after" else "<"
        told = f"{relation} (?:[a-z]+ )?{spellings(has[-1])[0]}"
        linked = (
            "nkg:cause ?anchor ; nkg:effect ?event" if relation == "after" else "nkg:cause ?event ; nkg:effect ?anchor"
        )
        day = "?begin" if self.strict else "COALESCE(?begin, ?issued)"
        anchor_day = "?anchorDay" if self.strict else "COALESCE(?anchorDay, ?anchorIssued)"
        return [
            "FILTER(",
            f'  REGEX(?label, {sparql_term(told, datatype="string")}, "i") ||',
            f"  EXISTS {{ GRAPH ?document {{ ?link {linked} . ?anchor rdfs:label ?anchorText FILTER({tests}) }} }} ||",
            "  EXISTS {",
            "    GRAPH ?anchorDocument {",
            "      ?anchor a nkg:Event ; nkg:factuality nkg:Happened ; rdfs:label ?anchorText .",
            "      OPTIONAL { ?anchor sem:hasEarliestBeginTimeStamp ?anchorDay }",
            "      OPTIONAL { ?anchorDocument dcterms:issued ?anchorIssued }",
            f"      FILTER({tests})",
            "    }",
            f"    FILTER(STR({day}) {sign} STR({anchor_day}))",
            "  }",
            ")",
        ]

    # -- what is answered -------------------------------------------------------------------------------------------

    def _answer(self) -> list[str]:
        wanted = self.reading.wanted
        sides = self._sides()
        match wanted:
            case "agent":
                return self._somebody(sides)
            case "object":
                if self.reading.side == "subject" or self.reading.noun in words().sorts:
                    return self._somebody(sides)
                return self._something()
            case "instrument":
                return self._node("nkg:instrument")
            case "place":
                motion = any(lemma in words().motion for lemma in self.reading.lemmas)
                return [*self._node("nkg:place|nkg:recipient" if motion else "nkg:place"), *self._stood()]
            case "time":
                return ["FILTER(BOUND(?begin))", "BIND(?date AS ?answer)"]
            case "number":
                return self._figure()
            case "cause":
                return self._cause()
            case "count":
                return ["BIND(?label AS ?answer)", "GRAPH ?identity { ?event nkg:canonical ?value }"]
            case "truth" | "happening":
                return ["BIND(?label AS ?answer)"]
            case "initiative":
                return self._initiative()
            case _:
                raise Uncompilable(f"the graph does not hold what it asks for ({wanted})")

    def _sides(self) -> str:
        if self.reading.side == "owner":
            return "nkg:proposer"
        if self.reading.mutual:
            return f"{DOERS}|{DONE_TO}"
        return DOERS if self.reading.side in ("subject", "by") else DONE_TO

    def _somebody(self, roles: str) -> list[str]:
        if self.reading.side == "owner":
            kinds = ", ".join(f"nkg:{name}" for name in words().kinds.get(self.reading.noun, ("Initiative",)))
            back = "|".join(_POINTS_BACK)
            asked = f"GRAPH ?document {{ ?event {back} ?asked . ?asked a ?kind FILTER(?kind IN ({kinds})) }}"
            return [asked, *(line.replace("?event", "?asked") for line in self._node(roles))]
        lines = self._node(roles)
        sorts = words().sorts.get(self.reading.noun, ())
        if sorts:
            classes = ", ".join(f"nkg:{sort}" for sort in sorts)
            lines.append(f"FILTER EXISTS {{ GRAPH ?document {{ ?it a ?sort FILTER(?sort IN ({classes})) }} }}")
        elif self.reading.noun and self.reading.noun not in words().empty:
            [form, *_] = spellings(self.reading.noun)
            lines.append(f'FILTER(REGEX(?answer, {sparql_term(_starting(form), datatype="string")}, "i"))')
        if self.strict and self.reading.wanted == "agent" and self.reading.side not in ("subject", "by"):
            lines.append("FILTER EXISTS { GRAPH ?document { ?it a ?sort FILTER(?sort != nkg:Participant) } }")
        if self.named:
            lines.append(f"FILTER(?answer NOT IN ({_texts(self.named)}))")
        return lines

    def _node(self, roles: str) -> list[str]:
        return [
            "GRAPH ?document {",
            f"  ?event {roles} ?side .",
            "  OPTIONAL { ?side nkg:hasMember ?member }",
            "  BIND(COALESCE(?member, ?side) AS ?it)",
            "  ?it rdfs:label ?told .",
            "}",
            "OPTIONAL { GRAPH ?identity { ?it nkg:canonical/rdfs:label ?known } }",
            "BIND(COALESCE(?known, ?told) AS ?answer)",
        ]

    def _stood(self) -> list[str]:
        """A place that the sentence itself puts the event in, not one that its participants are of."""
        if not self.strict:
            return []
        ways = " || ".join(
            f'CONTAINS(LCASE(?quote), CONCAT("{word} {article}", LCASE(?told)))'
            for word in ("in", "at", "near", "to", "outside", "inside")
            for article in ("", "the ", "a ")
        )
        return [f"FILTER({ways})"]

    def _something(self) -> list[str]:
        """What was said, proposed or promised, in its own words; else what the deed was done to."""
        if self.reading.lemmas and self.reading.lemmas[0] in _SPEECH:
            return [
                "GRAPH ?document { ?event a nkg:Statement ; nkg:contentText ?answer }",
            ]
        named = f" FILTER(STR(?label2) NOT IN ({_texts(self.named)}))" if self.named else ""
        return [
            "FILTER NOT EXISTS {",  # a proposal has a statement beside it, on the same word
            "  GRAPH ?document { ?event a nkg:Statement ; nkg:trigger ?word . ?twin nkg:trigger ?word ; nkg:contentText ?same",
            "    FILTER(?twin != ?event) }",
            "}",
            "OPTIONAL { GRAPH ?document { ?event nkg:contentText ?content } }",
            "OPTIONAL {",
            "  GRAPH ?document { ?event nkg:theme|nkg:patient|nkg:recipient ?it . ?it rdfs:label ?told }",
            "  OPTIONAL { GRAPH ?identity { ?it nkg:canonical/rdfs:label ?known } }",
            f"  BIND(COALESCE(?known, ?told) AS ?label2){named}",
            "}",
            'BIND(IF(BOUND(?content) && ?content != "", ?content, ?label2) AS ?answer)',
            f"FILTER({f'?answer NOT IN ({_texts(self.named)})' if self.named else 'BOUND(?answer)'})",
        ]

    def _figure(self) -> list[str]:
        noun = self.reading.noun
        lines = [
            "GRAPH ?document { ?event nkg:quantity ?number . ?number nkg:value ?value . "
            "OPTIONAL { ?number nkg:countedNoun ?counted } }",
            "BIND(STR(?value) AS ?answer)",
        ]
        if noun != "people":
            [form, *_] = spellings(noun)
            lines.append(f'FILTER(REGEX(?counted, {sparql_term(_starting(form), datatype="string")}, "i"))')
        elif self.strict:
            lines.append('FILTER(REGEX(?counted, "^(?:people|persons?|men|women|residents|civilians)$", "i"))')
        return lines

    def _cause(self) -> list[str]:
        if not self.reading.lemmas:  # "what caused the fire?": the effect is called so, and no more is said of it
            most = 8 + sum(len(phrase.whole) for phrase in self.reading.phrases)
            return [
                "GRAPH ?document { ?link nkg:effect ?event ; nkg:relation ?relation ; nkg:causeText ?answer ; nkg:effectText ?told }",
                f'FILTER(?relation IN ("cause", "outcome") && STRLEN(?told) <= {most})',
            ]
        return [
            "OPTIONAL { GRAPH ?document { "
            '?link nkg:effect ?event ; nkg:relation ?relation ; nkg:causeText ?told FILTER(?relation = "cause") } }',
            'BIND(COALESCE(?told, IF(CONTAINS(?quote, " because "), STRAFTER(?quote, " because "), ?unbound)) AS ?answer)',
            "FILTER(BOUND(?answer))",
        ]

    def _initiative(self) -> list[str]:
        """ "Which proposals did Russia reject?": what was answered so."""
        kinds = ", ".join(f"nkg:{name}" for name in words().kinds.get(self.reading.noun, ()))
        return [
            "GRAPH ?document {",
            f"  ?event ({'|'.join(_POINTS_BACK)}) ?initiative .",
            "  ?initiative a nkg:Initiative ; nkg:contentText ?answer .",
            *([f"  ?initiative a ?kind FILTER(?kind IN ({kinds}))"] if kinds else []),
            "}",
        ]


def _bearing(labels: Sequence[str], roles: str, *, back: bool) -> str:
    """Give the select of the events in which somebody of these labels has one of the roles.

    With `back`, also of those that answer an initiative in which somebody has any. Each way stands by itself, so that an
    engine goes from the name to its few events.
    """
    values = f"VALUES ?name {{ {' '.join(sparql_term(label, datatype='string') for label in dict.fromkeys(labels))} }}"
    known = "GRAPH ?identity { ?bearer rdfs:label ?name . ?node nkg:canonical ?bearer }"
    has = [f"?event {roles} ?node", f"?group nkg:hasMember ?node . ?event {roles} ?group"]
    if back:
        has += [
            f"?asked {ANY} ?node ; nkg:disposition/nkg:response ?event",
            f"?asked {ANY} ?node . ?link nkg:cause ?asked ; nkg:effect ?event",
        ]
    ways = " UNION ".join(f"{{ {values} {known} GRAPH ?document {{ {one} }} }}" for one in has)
    return f"SELECT DISTINCT ?document ?event WHERE {{ {ways} }}"


def _owning(labels: Sequence[str]) -> str:
    """Give the select of the answers to what somebody of these labels proposed or asked."""
    values = f"VALUES ?name {{ {' '.join(sparql_term(label, datatype='string') for label in dict.fromkeys(labels))} }}"
    known = "GRAPH ?identity { ?bearer rdfs:label ?name . ?node nkg:canonical ?bearer }"
    has = (
        "?event nkg:recipient ?node",
        "?asked nkg:proposer|nkg:agent ?node ; nkg:disposition/nkg:response ?event",
        "?asked nkg:proposer|nkg:agent ?node . ?link nkg:cause ?asked ; nkg:effect ?event",
    )
    ways = " UNION ".join(f"{{ {values} {known} GRAPH ?document {{ {one} }} }}" for one in has)
    return f"SELECT DISTINCT ?document ?event WHERE {{ {ways} }}"


def _within(window: Window, begin: str, end: str, issued: str, *, strict: bool) -> list[str]:
    """The day of an event lies in a window: its own day, or, for an upper bound, that of the article that tells of it."""
    lines = []
    if window.begin:
        day = f"STR(COALESCE({end}, {begin}))" if strict else f"STR(COALESCE({end}, {begin}, {issued}))"
        limit = sparql_term(window.begin, datatype="string")
        sign = ">" if window.open else ">="
        lines.append(f"FILTER(SUBSTR({day}, 1, {len(window.begin)}) {sign} {limit})")
    if window.end:
        limit = sparql_term(window.end, datatype="string")
        sign = "<" if window.open else "<="
        day = f"STR({begin})" if window.begin and strict else f"STR(COALESCE({begin}, {issued}))"
        lines.append(f"FILTER(SUBSTR({day}, 1, {len(window.end)}) {sign} {limit})")
    return lines


def _texts(labels: Sequence[str]) -> str:
    return ", ".join(sparql_term(label, datatype="string") for label in dict.fromkeys(labels))


def _starting(form: str) -> str:
    """A regular expression for a word that begins so."""
    escaped = "".join(f"\\{char}" if char in ".^$*+?()[]{}|\\" else char for char in form)
    return f"(^|[^a-z0-9]){escaped}" + ("($|[^0-9])" if form[-1:].isdigit() else "")


def _singular(word: str) -> str:
    plain = word.lower()
    return plain[:-1] if plain.endswith("s") else plain
