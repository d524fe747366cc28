"""What a question wants to know, as the patterns that bind it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.asking.patterns import DOERS, DONE_TO, POINTS_BACK, Uncompilable, known_as, listed, starting
from kg.asking.records import Reading
from kg.asking.words import spellings, words
from kg.store import sparql_term

BESIDE = 30
"""Characters before and after a name in which an office stands that somebody has."""

_NOTHING = "".join(f"FILTER NOT EXISTS {{ ?event {role} ?thing }} " for role in ("nkg:theme", "nkg:patient"))
"""That an event has nothing that it was done to."""
_SPEECH = {"say", "tell", "state", "add", "write", "explain", "report", "comment", "think", "believe"}


class Wanted:
    """The answer of one question; `named` are the labels of those whom it names, who are no answer to it.

    `pick` are the patterns for the events that its verb may mean.
    """

    def __init__(self, reading: Reading, named: Sequence[str], pick: str, *, strict: bool) -> None:
        self.reading, self.named, self.pick, self.strict = reading, named, pick, strict

    def patterns(self) -> list[str]:
        """Give the patterns that bind ?answer."""
        wanted = self.reading.wanted
        sides = self._sides()
        match wanted:
            case "agent":
                return self._somebody(sides)
            case "object":
                if self.reading.side == "subject" or self.reading.noun in words().sorts or self.reading.chosen:
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
            back = "|".join(POINTS_BACK)
            asked = f"GRAPH ?document {{ ?event {back} ?asked . ?asked a ?kind FILTER(?kind IN ({kinds})) }}"
            return [asked, *(line.replace("?event", "?asked") for line in self._node(roles))]
        lines = self._node(roles)
        if self.reading.mutual:  # who met whom: all who act, and those beside them, but not what it was about
            lines.append(
                f"FILTER(EXISTS {{ GRAPH ?document {{ ?event {DOERS} ?side }} }} || EXISTS {{ GRAPH ?document {{ "
                "?it a ?sort0 FILTER(?sort0 IN (nkg:Person, nkg:Organization, nkg:GeopoliticalEntity, nkg:Group)) "
                "FILTER NOT EXISTS { ?event nkg:place ?side } } })"
            )
        sorts = words().sorts.get(self.reading.noun, ())
        if sorts:
            classes = ", ".join(f"nkg:{sort}" for sort in sorts)
            lines.append(f"FILTER EXISTS {{ GRAPH ?document {{ ?it a ?sort FILTER(?sort IN ({classes})) }} }}")
        elif self.reading.chosen:
            lines += self._called_so(roles)
        if self.strict and self.reading.wanted == "agent" and self.reading.side not in ("subject", "by"):
            lines.append("FILTER EXISTS { GRAPH ?document { ?it a ?sort FILTER(?sort != nkg:Participant) } }")
        if self.named:
            lines.append(f"FILTER(?answer NOT IN ({listed(self.named)}))")
        return lines

    def _called_so(self, roles: str) -> list[str]:
        """ "Which chancellor": it is in the name, or stands beside the name where the text has it.

        Who is called so is looked up once, among those who have a part in such a deed: by itself for each answer, an
        engine would look at all mentions of all texts.
        """
        [form, *_] = spellings(self.reading.noun)
        test = sparql_term(starting(form), datatype="string")
        start = f"IF(?from0 > {BESIDE}, ?from0 - {BESIDE}, 0)"
        known = "GRAPH ?identity { ?it0 nkg:canonical ?who0 }"
        parts = (
            f"{self.pick} GRAPH ?document {{ ?event {roles} ?it0 }} {known}",
            f"{self.pick} GRAPH ?document {{ ?event {roles} ?all0 . ?all0 nkg:hasMember ?it0 }} {known}",
        )
        return [
            '{ SELECT (GROUP_CONCAT(DISTINCT CONCAT("<", STR(?who0), ">")) AS ?called) WHERE {',
            f"  {{ SELECT DISTINCT ?who0 WHERE {{ {' UNION '.join(f'{{ {one} }}' for one in parts)} }} }}",
            "  GRAPH ?identity { ?same0 nkg:canonical ?who0 }",
            "  GRAPH ?document0 {",
            "    ?mention nkg:refersTo ?same0 ; nif:beginIndex ?from0 ; nif:endIndex ?to0 .",
            "    ?document0 nif:isString ?text0 .",
            "  }",
            f'  FILTER(REGEX(SUBSTR(?text0, {start} + 1, ?to0 - {start} + {BESIDE}), {test}, "i"))',
            "} }",
            "BIND(IF(BOUND(?member), ?memberIs, ?sideIs) AS ?who)",
            f'FILTER(REGEX(?answer, {test}, "i") || CONTAINS(?called, CONCAT("<", STR(?who), ">")))',
        ]

    def _node(self, roles: str) -> list[str]:
        """Somebody in a role, of a group each of its members."""
        return [
            f"GRAPH ?document {{ ?event {roles} ?side }}",
            "OPTIONAL {",
            "  GRAPH ?document { ?side nkg:hasMember ?member . ?member rdfs:label ?each }",
            f"  {known_as('?member', '?eachKnown')}",
            "}",
            "OPTIONAL { GRAPH ?document { ?side rdfs:label ?whole0 } }",
            known_as("?side", "?wholeKnown"),
            "BIND(COALESCE(?member, ?side) AS ?it)",
            "BIND(COALESCE(?each, ?whole0) AS ?told)",
            "BIND(IF(BOUND(?member), COALESCE(?eachKnown, ?each), COALESCE(?wholeKnown, ?whole0)) AS ?answer)",
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
        # each role by itself: of a path in an OPTIONAL, an engine looks at all of the graph
        roles = {"nkg:theme": "", "nkg:patient": "", "nkg:recipient": _NOTHING}  # whose it was is not what it was
        each = " UNION ".join(
            f"{{ GRAPH ?document {{ ?event {role} ?it . ?it rdfs:label ?told {test}}} }}"
            for role, test in roles.items()
        )
        other = f"IF(STR(?label1) NOT IN ({listed(self.named)}), ?label1, ?nobody)" if self.named else "?label1"
        return [
            "FILTER NOT EXISTS {",  # a proposal has a statement beside it, on the same word
            "  GRAPH ?document { ?event a nkg:Statement ; nkg:trigger ?word .",
            "    ?twin nkg:trigger ?word ; nkg:contentText ?same",
            "    FILTER(?twin != ?event) }",
            "}",
            "OPTIONAL { GRAPH ?document { ?event nkg:contentText ?content } }",
            "OPTIONAL {",
            f"  {each}",
            f"  {known_as('?it', '?known')}",
            "}",
            "BIND(COALESCE(?known, ?told) AS ?label1)",
            f"BIND({other} AS ?label2)",
            'BIND(IF(BOUND(?content) && ?content != "", ?content, ?label2) AS ?answer)',
            f"FILTER({f'?answer NOT IN ({listed(self.named)})' if self.named else 'BOUND(?answer)'})",
        ]

    def _figure(self) -> list[str]:
        noun = self.reading.noun
        lines = [
            "GRAPH ?document { ?event nkg:quantity ?number . ?number nkg:value ?value }",
            "OPTIONAL { GRAPH ?document { ?number nkg:countedNoun ?counted } }",
            "BIND(STR(?value) AS ?answer)",
        ]
        if not noun:  # "how much was the bank fined?"
            return lines
        if noun != "people":
            [form, *_] = spellings(noun)
            lines.append(f'FILTER(REGEX(?counted, {sparql_term(starting(form), datatype="string")}, "i"))')
        elif self.strict:
            lines.append('FILTER(REGEX(?counted, "^(?:people|persons?|men|women|residents|civilians)$", "i"))')
        return lines

    def _cause(self) -> list[str]:
        if not self.reading.lemmas:  # "what caused the fire?": the effect is called so, and no more is said of it
            most = 8 + sum(len(phrase.whole) for phrase in self.reading.phrases)
            return [
                "GRAPH ?document {",
                "  ?link nkg:effect ?event ; nkg:relation ?relation ; nkg:causeText ?answer ; nkg:effectText ?told .",
                "}",
                f'FILTER(?relation IN ("cause", "outcome") && STRLEN(?told) <= {most})',
            ]
        return [
            "OPTIONAL { GRAPH ?document { "
            '?link nkg:effect ?event ; nkg:relation ?relation ; nkg:causeText ?told FILTER(?relation = "cause") } }',
            f"BIND({self._reason()} AS ?reason)",
            "BIND(COALESCE(?told, ?reason) AS ?answer)",
            "FILTER(BOUND(?answer))",
        ]

    def _reason(self) -> str:
        """What the sentence says behind "because"; in the loose query also behind what only may tell a reason."""
        found = "?unbound"
        loose = () if self.strict else ("after", "over", "in response to", "due to", "because of")
        for text, word in (*(("?label", word) for word in loose), ("?quote", "because")):
            found = f'IF(CONTAINS({text}, " {word} "), STRAFTER({text}, " {word} "), {found})'
        return found

    def _initiative(self) -> list[str]:
        """ "Which proposals did Russia reject?": what was answered so."""
        kinds = ", ".join(f"nkg:{name}" for name in words().kinds.get(self.reading.noun, ()))
        return [
            "GRAPH ?document {",
            f"  ?event ({'|'.join(POINTS_BACK)}) ?initiative .",
            "  ?initiative a nkg:Initiative ; nkg:contentText ?answer .",
            *([f"  ?initiative a ?kind FILTER(?kind IN ({kinds}))"] if kinds else []),
            "}",
        ]
