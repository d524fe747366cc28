"""Clauses of parsed texts, and questions after one part of them: "Who VERBed X?", "When was X VERBed?"."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Token

from tests.ask.answers.words import Forms, third

TIMES, PLACES, PEOPLE = {"DATE", "TIME"}, {"GPE", "LOC", "FAC"}, {"PERSON", "ORG", "NORP", "GPE"}
_APART = {"acl:relcl", "appos", "parataxis", "advcl", "acl", "punct", "discourse", "dep"}
_UNFIT = re.compile(r'["“”()\[\]:;\n]')
_LONGEST, _MOST = 9, 24
_ENDS = (
    "er",
    "or",
    "ist",
    "man",
    "men",
    "ian",
    "people",
    "chief",
    "police",
    "official",
    "group",
    "government",
    "court",
)
"""How nouns for people and for bodies that act end."""
_ASIDE = {"not", "n't", "never"}


@dataclass(frozen=True)
class Text:
    """A parsed text with its sentences; `record` is what was annotated of it, if anything."""

    doc: Doc
    record: dict[str, list[dict[str, object]]] | None = None
    bounds: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bounds.extend((sent.start, sent.end) for sent in self.doc.sents)

    @cached_property
    def sentences(self) -> list[str]:
        return [self.doc[first:last].text.strip() for first, last in self.bounds]

    @cached_property
    def lemmas(self) -> list[set[str]]:
        """The content words of each sentence."""
        kinds = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
        return [{t.lemma_.lower() for t in self.doc[a:b] if t.pos_ in kinds} for a, b in self.bounds]

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The names in it by kind."""
        found: dict[str, list[str]] = {kind: [] for kind in sorted(PEOPLE)}
        for ent in self.doc.ents:
            if ent.label_ in found and (name := noun_phrase(ent.root, short=True)) not in (None, *found[ent.label_]):
                found[ent.label_].append(str(name))
        return found

    def number(self, token: Token) -> int:
        """The number of a token's sentence."""
        return next(at for at, (first, last) in enumerate(self.bounds) if first <= token.i < last)

    def at(self, offset: int) -> Token:
        """The token at a character, or the first after it."""
        return next((t for t in self.doc if t.idx + len(t) > offset), self.doc[-1])


def noun_phrase(token: Token, *, short: bool = False) -> str | None:
    """Give a noun with what belongs to it, without clauses and preposition; None where it is too long or a pronoun."""
    if token.pos_ == "PRON":
        return None
    if short and token.ent_type_ == "PERSON":
        token = max([token, *(t for t in token.children if t.dep_.startswith("flat"))], key=lambda t: t.i)
        return str(token.text)
    kept = sorted(_kept(token, token, short), key=lambda t: t.i)
    if len(kept) > _LONGEST:
        return None if short else noun_phrase(token, short=True)
    words = []
    for one, after in zip(kept, [*kept[1:], None], strict=True):
        word = one.text.lower() if one.is_sent_start and one.pos_ != "PROPN" else one.text
        joined = after is not None and after.i == one.i + 1 and not one.whitespace_
        words.append(word if joined else f"{word} ")
    text = "".join(words).strip(" ,-")
    return None if not text or _UNFIT.search(text) else text


def _kept(token: Token, top: Token, short: bool) -> list[Token]:
    found = [token]
    for child in token.children:
        loose = child.dep_ in _APART and child.text not in ("-", "$", "%")
        outer = token is top and child.dep_ == "case" and child.i < top.i
        spare = short and token is top and child.dep_ in ("cc", "conj", "nmod", "advmod", "nummod")
        if not (loose or outer or spare):
            found += _kept(child, top, short)
    return found


def is_somebody(token: Token) -> bool:
    """Whether a noun is somebody who acts, as far as its name or ending says."""
    if token.pos_ == "PRON":
        return True
    return token.ent_type_ in PEOPLE or token.lemma_.lower().removesuffix("s").endswith(_ENDS)


def named_before(token: Token, text: Text) -> str | None:
    """Whom "he" or "she" means, where only one person is named in the sentence before and this one so far."""
    at = text.number(token)
    if token.lower_ not in ("he", "she") or not at:
        return None
    low, high = text.bounds[at - 1][0], token.i
    named = [ent for ent in text.doc.ents if ent.label_ == "PERSON" and low <= ent.start < high]
    return noun_phrase(named[0].root, short=True) if len(named) == 1 else None


@dataclass(frozen=True)
class Clause:
    """A verb with its parts, and what is said in a question for its subject and object."""

    verb: Token
    lemma: str
    particle: str
    auxiliaries: tuple[Token, ...]
    negated: bool
    passive: bool
    subject: Token | None
    object: Token | None
    complement: Token | None
    agent: Token | None
    others: tuple[tuple[Token, str], ...]
    reasons: tuple[Token, ...]
    subject_text: str | None
    object_text: str | None

    @property
    def modal(self) -> bool:
        """Whether it is told as coming or possible."""
        return any(
            t.lower_ in ("will", "would", "may", "might", "could", "should", "can", "must") for t in self.auxiliaries
        )


def read_clause(verb: Token, text: Text, rng: random.Random) -> Clause | None:
    """Read the parts of a finite verb."""
    parts = {t.dep_: t for t in verb.children}
    if verb.pos_ != "VERB" or "cop" in parts or "csubj" in parts or not verb.lemma_.isalpha():
        return None
    auxiliaries = tuple(t for t in verb.children if t.dep_.startswith("aux"))
    if "Fin" not in verb.morph.get("VerbForm") and not auxiliaries:
        return None
    subject = parts.get("nsubj:pass") or parts.get("nsubj")
    passive = "nsubj:pass" in parts or "aux:pass" in parts
    others = tuple(
        (t, " ".join(c.lower_ for c in t.children if c.dep_ == "case"))
        for t in verb.children
        if t.dep_.startswith("obl")
    )
    marks = ("because", "since", "as", "after", "to")
    reasons = tuple(
        t
        for t in verb.children
        if t.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in marks for c in t.children)
    )
    short = rng.random() < 0.6
    return Clause(
        verb,
        verb.lemma_.lower(),
        parts["compound:prt"].lower_ if "compound:prt" in parts else "",
        auxiliaries,
        any(t.lower_ in _ASIDE for t in verb.children),
        passive,
        subject,
        parts.get("obj"),
        parts.get("ccomp") or parts.get("xcomp"),
        next((t for t, case in others if passive and case == "by"), None),
        others,
        reasons,
        None if subject is None else noun_phrase(subject, short=short) or named_before(subject, text),
        noun_phrase(parts["obj"], short=rng.random() < 0.5) if "obj" in parts else None,
    )


def parts_asked(clause: Clause) -> list[tuple[str, Token | None]]:
    """Give the parts that a question may be after, each with the phrase that it then leaves out."""
    found: list[tuple[str, Token | None]] = []
    if clause.subject is not None:
        found.append(("subject", None))
    if clause.agent is not None:
        found += [("agent", clause.agent), ("by whom", clause.agent)]
    if clause.object is not None and clause.object.pos_ in ("NOUN", "PROPN"):
        found.append(("object", clause.object))
    if clause.complement is not None:
        found.append(("complement", clause.complement))
    for token, case in clause.others:
        if token.ent_type_ in TIMES or (case in ("after", "before", "during") and token.pos_ == "NOUN"):
            found.append(("time", token))
        elif token.ent_type_ in PLACES and case in ("in", "at", "near", "outside", "inside"):
            found.append(("place", token))
        elif case in ("because of", "due to", "over", "owing to"):
            found.append(("cause", token))
    found += [("cause", token) for token in clause.reasons]
    counted = ((clause.object, "number object"), (clause.subject, "number subject"))
    found += [
        (name, token)
        for token, name in counted
        if token is not None and token.pos_ == "NOUN" and any(t.dep_ == "nummod" for t in token.children)
    ]
    return found


def ask(
    clause: Clause, part: str, verb: str, forms: Forms, rng: random.Random, *, out: Token | None = None, tense: str = ""
) -> str | None:
    """Give a question after one part of a clause, with its own or another verb; None where it would not be one."""
    first, rest, whole = _verb_group(clause, verb, forms, tense)
    left = {out, clause.agent} if part in ("agent", "by whom") else {out}
    tail = _tail(clause, left, rng)
    subject = clause.subject_text
    if tail is None or (subject is None and part not in ("subject", "number subject")):
        return None
    match part:
        case "subject":
            who = "Who" if clause.subject is not None and is_somebody(clause.subject) else "What"
            start = f"{who} {whole}"
        case "agent":
            start = f"{'Who' if is_somebody(clause.agent or clause.verb) else 'What'} {forms.past(verb)} {subject}"
        case "by whom":
            start = f"By whom {first} {subject} {rest}"
        case "object":
            somebody = clause.object is not None and is_somebody(clause.object)
            start = f"{rng.choice(('Who', 'Whom')) if somebody else 'What'} {first} {subject} {rest}"
        case "number object" if clause.object is not None:
            start = f"How many {clause.object.lower_} {first} {subject} {rest}"
        case "number subject" if clause.subject is not None:
            start = f"How many {clause.subject.lower_} {whole}"
        case _:
            asked = {"complement": "What", "time": "When", "place": "Where", "cause": "Why"}.get(part, "What")
            start = f"{asked} {first} {subject} {rest}"
    question = " ".join(f"{start} {tail}".split()) + "?"
    return question if 3 <= len(question.split()) <= _MOST else None


def _verb_group(clause: Clause, verb: str, forms: Forms, tense: str) -> tuple[str, str, str]:
    """Give what stands before the subject in a question, what behind it, and all of it where no subject parts it."""
    verb = f"{verb} {clause.particle}".strip() if verb == clause.lemma else verb
    spoken = {"'s": "is" if clause.passive else "has", "'ve": "have", "'d": "had", "'re": "are", "'ll": "will"}
    said = [spoken.get(t.lower_, t.lower_) for t in clause.auxiliaries]
    if clause.passive:
        said = ["was"] if tense == "past" or not said or said[0] in ("be", "been", "being") else said
        return said[0], " ".join([*said[1:], forms.participle(verb)]), " ".join([*said, forms.participle(verb)])
    past = "Past" in clause.verb.morph.get("Tense")
    if tense == "past" or (not said and past) or said[:1] in (["did"], ["do"], ["does"]):
        return "did", verb, forms.past(verb)
    if not said:
        return "does", verb, third(verb)
    if past:
        return said[0], " ".join([*said[1:], forms.participle(verb)]), " ".join([*said, forms.participle(verb)])
    form = verb
    if clause.verb.lower_.endswith("ing"):
        form = clause.verb.lower_ if verb.startswith(clause.lemma) else re.sub(r"(?<!e)e?$", "ing", verb.split()[0])
    return said[0], " ".join([*said[1:], form]), " ".join([*said, form])


def _tail(clause: Clause, left: set[Token | None], rng: random.Random) -> str | None:
    """Give what is kept of the object, the complement and other phrases; None where it cannot be said."""
    found = []
    if clause.object is not None and clause.object not in left:
        if clause.object_text is None:
            return None
        found.append(clause.object_text)
    if clause.complement is not None and clause.complement not in left:
        span = clause.verb.doc[clause.complement.left_edge.i : clause.complement.right_edge.i + 1]
        if len(span) > _LONGEST + 1 or _UNFIT.search(span.text):
            return None
        found.append(span.text)
    said = 0
    for token, case in clause.others:
        closer = case in ("to", "of", "from", "with", "against", "for", "on", "into", "about", "over")
        if token in left or token is clause.agent or rng.random() < (0.25 if closer else 0.6) or said > 1:
            continue
        if (phrase := noun_phrase(token, short=rng.random() < 0.5)) and (case or token.ent_type_ in TIMES):
            found.append(f"{case} {phrase}".strip())
            said += 1
    return " ".join(found)
