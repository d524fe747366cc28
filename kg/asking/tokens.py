"""The tokens of a question while it is read, and which of them have found their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kg.asking.records import Phrase, Said
from kg.asking.relatives import verb_of
from kg.asking.words import words
from kg.extract.times import find_times
from kg.model import Analysis, Argument, Slot, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"}
_PARTICLES = {"out", "up", "down", "off", "back", "away", "over", "through"}
_ASKING = {"who", "whom", "whose", "what", "which", "when", "where", "why", "how", "according"}


class Tokens:
    """One question: tokens that have found their place are in `used`."""

    def __init__(self, doc: Doc, analysis: Analysis, today: date | None) -> None:
        self.doc, self.analysis, self.today = doc, analysis, today
        self.used: set[int] = set()
        self.lower = [token.lower_ for token in doc]
        self.times = find_times(doc.text, analysis.sentences, published=today)

    def conjuncts(self, tokens: list[Token], argument: Argument) -> list[list[Token]]:
        """ "Seaway and the union" as two, but "the leaders of Britain and France" as one."""
        head = self.token(argument.head)
        if head is None or argument.slot is Slot.COMPLEMENT:
            return [tokens]
        apart: list[set[int]] = [
            {token.i for token in child.subtree} for child in head.children if child.dep_ == "conj"
        ]
        nested = set().union(*apart)
        parts = [[token for token in tokens if token.i not in nested and token.dep_ != "cc"]]
        parts += [[token for token in tokens if token.i in part and token.dep_ != "cc"] for part in apart]
        return [[token for token in part if not token.is_punct or token.text in "'’-"] for part in parts]

    def phrase(self, tokens: Sequence[Token], side: str, marker: str = "") -> Phrase:
        """Take tokens apart into proper names and other words; all of them have found their place."""
        self.used.update(token.i for token in tokens)
        names: list[list[Token]] = []
        for token in tokens:
            if token.pos_ != "PROPN":
                continue
            last = names[-1][-1] if names else None
            joined = last is not None and (
                token.i == last.i + 1
                or (token.i == last.i + 2 and self.lower[last.i + 1] in ("of", "-", "'", "’", "'s"))
            )
            coordinated = token.dep_ == "conj" or (last is not None and self.lower[last.i + 1] in ("'s", "’s"))
            if joined and not coordinated:
                names[-1].append(token)
            else:
                names.append([token])
        names = [[*self.title(name[0], tokens), *name] for name in names]
        inside = {token.i for name in names for token in name}
        whole = self.text([token for token in tokens if token.lower_ != marker or token is not tokens[0]])
        others = [token.text for token in tokens if token.i not in inside and self.says(token)]
        owners = [name for name in names if any(self.owns(token) for token in name)]
        return Phrase(
            side,
            re.sub(r"^(?:the|an?)\s+", "", whole, flags=re.I),
            tuple(self.text(name) for name in names),
            tuple(others),
            marker,
            tuple(self.text(name) for name in owners),
        )

    def mentioned(self) -> tuple[Phrase, ...]:
        """Give the names of a question that cannot be compiled, so that its nearest questions are about them."""
        phrase = self.phrase([token for token in self.doc if not token.is_punct], "inside")
        return tuple(Phrase("inside", name, (name,), ()) for name in phrase.names)

    def said(self) -> tuple[Said, ...]:
        """Give every name and every word of the question that says something, in its order."""
        used = set(self.used)
        phrase = self.phrase([token for token in self.doc if not token.is_punct], "inside")
        self.used = used
        found: list[Said] = []
        inside: set[int] = set()
        for name in phrase.names:
            at = self.doc.text.find(name, max((one.begin + len(one.text) for one in found), default=0))
            if at >= 0:
                found.append(Said(name, name, "PROPN" if self.dated(at, at + len(name)) else "NAME", at))
                inside |= set(range(at, at + len(name)))
        found += [
            Said(token.text, self.lemma(token), token.pos_, token.idx)
            for token in self.doc
            if token.idx not in inside and self.says(token) and token.lower_ not in _ASKING
        ]
        return tuple(sorted(found, key=lambda one: one.begin))

    def dated(self, begin: int, end: int) -> bool:
        """Whether some characters of the question are of a day or month: a text of that day need not say it."""
        return any(one.span.begin <= begin and end <= one.span.end for one in self.times)

    def lemma(self, token: Token) -> str:
        """Give the lemma of a word, of a verb with its particle: "turn down"."""
        if token.pos_ != "VERB":
            return token.lemma_.lower()
        lemma = verb_of(token.lemma_.lower(), token.lower_)
        particle = self.particle(token)
        if particle is None and lemma == "call":
            cases = {one.lower_ for child in token.children if child.dep_ == "obl" for one in child.children}
            return "call on" if cases & {"on", "upon"} else lemma
        return f"{lemma} {particle.lower_}" if particle is not None else lemma

    def particle(self, verb: Token) -> Token | None:
        """Give the particle of a verb, also one that is taken for an adverb: "walk out"."""
        for child in verb.children:
            beside = child.dep_ == "advmod" and child.i == verb.i + 1 and child.lower_ in _PARTICLES
            if child.dep_ == "compound:prt" or beside:
                return child
        return None

    def title(self, name: Token, tokens: Sequence[Token]) -> list[Token]:
        """Give the words of an office in front of a name: "Prime Minister" of "Prime Minister Abiy Ahmed"."""
        found: list[Token] = []
        for token in reversed([one for one in tokens if one.i < name.i]):
            if token.i != name.i - len(found) - 1 or not token.text[:1].isupper() or token.pos_ not in ("ADJ", "NOUN"):
                break
            found.insert(0, token)
        return found

    def stranded(self, wh: Token) -> str:
        """Give the preposition that a question leaves behind: "what did they attack it with?", else ""."""
        left = [
            token
            for token in self.doc
            if token.pos_ == "ADP"
            and token.i > wh.i + 1
            and token.dep_ in ("case", "obl", "advmod")
            and not token.n_lefts
        ]
        last = next((token for token in reversed(list(self.doc)) if not token.is_punct), None)
        if last is None or last not in left or last.head.pos_ not in ("VERB", "NOUN", "PRON"):
            return ""
        self.used.add(last.i)
        return last.lower_

    def owns(self, token: Token) -> bool:
        """Whether the phrase of a name belongs to whom it names."""
        by = any(child.dep_ == "case" and child.lower_ in ("of", "by", "from") for child in token.children)
        return token.dep_ == "nmod:poss" or (by and token.dep_.startswith("nmod"))

    def tokens(self, span: Span) -> list[Token]:
        """Give the tokens of a stretch."""
        return [token for token in self.doc if span.begin <= token.idx < span.end and not token.is_space]

    def token(self, span: Span) -> Token | None:
        """Give the token at the begin of a stretch."""
        return next((token for token in self.doc if token.idx <= span.begin < token.idx + len(token)), None)

    def text(self, tokens: Sequence[Token]) -> str:
        """Give the words of tokens in a row."""
        return self.doc.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])].strip() if tokens else ""

    def content(self, positions: Iterable[int]) -> list[Token]:
        """Give the tokens at these places that say something and have no place yet."""
        return [self.doc[at] for at in positions if at not in self.used and self.says(self.doc[at])]

    def says(self, token: Token) -> bool:
        """Whether a token is a word with a meaning of its own."""
        lemma = token.lemma_.lower()
        return token.pos_ in _CONTENT and lemma not in words().empty and token.lower_ not in words().empty
