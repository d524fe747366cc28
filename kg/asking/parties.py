"""Whom and what a question names, as patterns: in the part it gives them, or by the words of the event."""

from __future__ import annotations

from collections.abc import Sequence

from kg.asking.patterns import (
    AGAINST,
    ANY,
    DOERS,
    DONE_TO,
    NOT_DOING,
    OWN_TEXTS,
    POINTS_BACK,
    TEXTS,
    Called,
    Uncompilable,
    bearing,
    escaped,
    owning,
    singular,
    starting,
)
from kg.asking.records import Phrase, Reading
from kg.asking.words import alike, spellings, words
from kg.store import sparql_term


class Parties:
    """The phrases of one question; `taken` tells whom names were taken for, `named` all their labels."""

    def __init__(self, reading: Reading, called: Called, *, strict: bool) -> None:
        self.reading, self.called, self.strict = reading, called, strict
        self.taken: dict[str, tuple[str, ...]] = {}
        self.named: list[str] = []
        self.number = 0

    def patterns(self) -> list[str]:
        """Give a pattern for each phrase of the question."""
        lines: list[str] = []
        for phrase in self.reading.phrases:
            lines += self._party(phrase)
        return lines

    def _party(self, phrase: Phrase) -> list[str]:
        named = bool(phrase.names) and all(word[:1].isupper() for word in phrase.words)
        common = phrase.side in ("subject", "source") or (phrase.side == "object" and not phrase.names)
        whole = self._labels(phrase.whole, exact=True) if (named and phrase.side != "place") or common else ()
        if whole and phrase.words and phrase.side in ("subject", "object") and not phrase.names:
            self.named += whole
            return self._thing(phrase, whole) + self._kind(phrase)
        if whole:
            return self._bearers(phrase, whole)
        lines: list[str] = []
        for name in phrase.names:
            labels = self._labels(name, place=phrase.side == "place")
            if not labels and phrase.side != "inside":
                raise Uncompilable(f'nobody in this graph is called "{name}"')
            if name in phrase.owners and self.answering():
                lines.append(f"{{ {owning(labels)} }}")
                self.named += labels
            elif phrase.side == "inside" or (phrase.words and phrase.side != "source"):
                lines += self._inside(name, labels, self._others(phrase, labels))
            else:
                lines += self._bearers(phrase, labels)
        if phrase.side == "source" and not phrase.names:
            raise Uncompilable(f'nobody in this graph is called "{phrase.whole}"')
        return (
            lines + [self._said(word, self._near(phrase, word)) for word in self._telling(phrase)] + self._kind(phrase)
        )

    def _kind(self, phrase: Phrase) -> list[str]:
        """What was answered is of the kind that the question says: who refused an offer has not refused a demand."""
        noun = next((singular(word) for word in phrase.words if singular(word) in words().kinds), "")
        if not noun or phrase.side != "object" or not self.answering():
            return []
        kinds = ", ".join(f"nkg:{name}" for name in words().kinds[noun])
        back = f"?event {'|'.join(POINTS_BACK)} ?asked0 . ?asked0 a ?kind0 FILTER(?kind0 IN ({kinds}))"
        said = self._holds(OWN_TEXTS, spellings(noun))
        return [f"FILTER({said} || EXISTS {{ GRAPH ?document {{ {back} }} }})"]

    def turned(self, *, told: bool) -> str:
        """A test whether an event is told for what the question has it against, or the other way round; "" for none.

        With `told`, whether its own words say so; else also whether its sentence does, and its own words nothing else.
        """
        tests = []
        for phrase in self.reading.phrases:
            named = (*phrase.words, *(name.split()[-1] for name in phrase.names))
            forms = "|".join(escaped(form) for word in named for form in spellings(word))
            if forms and phrase.marker in AGAINST:
                other = _behind("|".join(AGAINST[phrase.marker]), forms)
                test = f"REGEX(?label, {other})"
                if not told:
                    test += f" || !REGEX(?label, {_behind(phrase.marker, forms)}) && REGEX(?quote, {other})"
                tests.append(f"COALESCE({test}, false)")
        return " || ".join(tests)

    def _thing(self, phrase: Phrase, labels: Sequence[str]) -> list[str]:
        """ "The union", "the accord": somebody by that name to whom it was done, or else what the words say."""
        flag = f"?has{self.number}"
        self.number += 1
        roles = DOERS if phrase.side == "subject" else DONE_TO
        said = (
            " && ".join(f"({self._contains(alike(word), self._near(phrase, word))})" for word in self._telling(phrase))
            or "true"
        )
        if phrase.side == "subject":  # "the exchange ended" has nobody who ends it
            begins = sparql_term(f"^((the|an?) )?([a-z]+ ){{0,2}}{spellings(phrase.words[-1])[0]}", datatype="string")
            said = f'REGEX(?label, {begins}, "i") && !EXISTS {{ GRAPH ?document {{ ?event {DOERS} ?anybody }} }}'
        return [
            f"OPTIONAL {{ {{ {bearing(labels, roles, back=self.answering())} }} BIND(true AS {flag}) }}",
            f"FILTER(BOUND({flag}) || ({said}))",
        ]

    def _telling(self, phrase: Phrase) -> list[str]:
        """The words that have to be found; "proposal" and the like stand for what was proposed."""
        keep = list(phrase.words)
        if phrase.side == "object" and (len(keep) > 1 or phrase.names):
            keep = [word for word in keep if singular(word) not in words().initiatives]
        if phrase.side == "object" and len(keep) == 1 and self.answering() and singular(keep[0]) in words().initiatives:
            keep = []
        return keep

    def answering(self) -> bool:
        """Whether the question is about an answer to something, so that what was answered may say what is meant."""
        return any(lemma in ("accept", "reject", "answer", "withdraw", "deny") for lemma in self._lemmas_meant())

    def _lemmas_meant(self) -> tuple[str, ...]:
        return words().lemmas(self.reading.lemmas[0]) if self.reading.lemmas else ()

    def _labels(self, name: str, *, exact: bool = False, place: bool = False) -> tuple[str, ...]:
        found = self.called(f"{'=' if exact else '@' if place else ''}{name}")
        if found:
            self.taken[name] = found
        return found

    def _bearers(self, phrase: Phrase, labels: Sequence[str]) -> list[str]:
        inside = phrase.side == "place"  # "where in France?" is answered by what lies in it
        self.named += [
            label for label in labels if not inside or any(label in self.called(one) for one in phrase.names)
        ]
        if phrase.side == "source":
            roles = "nkg:attributedTo|nkg:speaker"
        elif self.reading.mutual or (
            not self.strict and not (self.reading.wanted == "truth" and phrase.side == "subject")
        ):
            roles = ANY
        elif phrase.side == "subject":
            roles = DOERS
        elif phrase.side == "place":
            roles = "nkg:place"
        else:
            roles = f"{DONE_TO}|nkg:place|nkg:agent" if phrase.marker in ("with", "in", "at") else DONE_TO
        back = self.strict and phrase.side in ("object", "oblique") and self.answering()
        pattern = f"{{ {bearing(labels, roles, back=back)} }}"
        if self.strict or phrase.side in ("subject", "object"):
            return [pattern]
        flag = f"?has{self.number}"
        self.number += 1
        near = self._contains([phrase.names[0] if phrase.names else phrase.whole])
        return [f"OPTIONAL {{ {pattern} BIND(true AS {flag}) }}", f"FILTER(BOUND({flag}) || {near})"]

    def _others(self, phrase: Phrase, labels: Sequence[str]) -> str:
        """The parts in which somebody named inside a phrase may be: not the doer's, where the subject names that one.

        "Did Norway close the port of Oslo?": Oslo may stand for Norway, and then any port would do.
        """
        doers = {
            label
            for one in self.reading.phrases
            if one.side == "subject"
            for name in (one.whole, *one.names)
            for label in self.called(name)
        }
        return NOT_DOING if phrase.side == "object" and doers & {*labels} else ANY

    def _inside(self, name: str, labels: Sequence[str], roles: str) -> list[str]:
        """A name within what is said, proposed or done: by its words, or by one of its bearers in one of the roles."""
        self.named += labels
        by_words = self._contains(spellings(name.split()[-1]))
        if not labels:
            return [f"FILTER({by_words})"]
        flag = f"?has{self.number}"
        self.number += 1
        return [
            f"OPTIONAL {{ {{ {bearing(labels, roles, back=True)} }} BIND(true AS {flag}) }}",
            f"FILTER(BOUND({flag}) || {by_words})",
        ]

    def words(self) -> list[str]:
        """Give a test for each word that has no part of its own."""
        return [self._said(word) for word in self.reading.words]

    def _near(self, phrase: Phrase, word: str) -> str:
        """Where a word has to be found in the loose query: what it was done to in the sentence itself.

        Of "the threat to close the terminal" only the threat, for what was threatened has been told before.
        """
        back = any(singular(one) in words().initiatives for one in phrase.words)
        told = phrase.side == "object" and (not back or singular(word) in words().initiatives)
        return "?quote" if told else "?around"

    def _said(self, word: str, near: str = "?around") -> str:
        return f"FILTER({self._contains(alike(word), near)})"

    def _contains(self, forms: Sequence[str], near: str = "?around") -> str:
        if not self.strict:
            return " || ".join(
                f'REGEX({near}, {sparql_term(starting(form), datatype="string")}, "i")' for form in forms
            )
        return self._holds(TEXTS if self.answering() or not self.reading.lemmas else OWN_TEXTS, forms)

    def _holds(self, path: str, forms: Sequence[str]) -> str:
        text = f"?text{self.number}"
        self.number += 1
        has = " || ".join(f'REGEX({text}, {sparql_term(starting(form), datatype="string")}, "i")' for form in forms)
        return f"EXISTS {{ GRAPH ?document {{ ?event {path} {text} FILTER({has}) }} }}"


def _behind(prepositions: str, forms: str) -> str:
    pattern = f"(^|[^a-z])({prepositions}) ([a-z’'-]+ ){{0,4}}({forms})"
    return f'{sparql_term(pattern, datatype="string")}, "i"'
