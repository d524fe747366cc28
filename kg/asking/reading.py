"""What a question asks for, read off its clauses: the wh-word is the variable, all else narrows.

Everything that a question says ends in one of the fields of `Reading`; a content word that found no place of its own is
kept in `words` and has to be found in what answers. So nothing of a question is ever dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.asking.bounds import ORDERS, Bounds
from kg.asking.openings import is_tagged, plainly, statement, to_come
from kg.asking.records import Phrase, Reading, Window
from kg.asking.relatives import verb_of
from kg.asking.words import words
from kg.language import analyse as parse
from kg.model import Argument, Category, Clause, Document, Slot, Span
from kg.pipeline import analyse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

_WH = {"who": "agent", "whom": "agent", "whose": "agent", "what": "object", "which": "object"}
_ADVERBS = {"when": "time", "where": "place", "why": "cause"}
_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"}
_SIDES = {Slot.SUBJECT: "subject", Slot.OBJECT: "object", Slot.INDIRECT: "object", Slot.OBLIQUE: "oblique"}
_WHERE = {"in", "at", "near", "inside", "outside"}
_HAPPEN = {"happen", "occur", "take place", "go on", "follow"}
_DIFFER = {"disagree", "differ", "quarrel", "dispute"}
_MENTION = {"mention", "name", "cover", "report on", "talk about", "be about"}
_REASONS = {"reason", "ground", "explanation", "justification", "motive", "excuse", "pretext", "cause", "rationale"}
_CAUSING = {"cause", "trigger", "spark", "prompt", "provoke", "set off", "bring about"}
_ARTICLES = {"article", "document", "text", "report", "story", "source"}


def read_question(text: str, nlp: Language, *, today: date | None) -> Reading:
    """Read one English question; `today` is the day from which "last week" counts, None where none is known."""
    text = plainly(" ".join(text.split()))
    reading = _read(text, nlp, today)
    for plain in (_FLOATING.sub("", text), to_come(text)):  # "did Moscow and Kyiv both hand over prisoners?"
        if reading.problem and plain != text:
            again = _read(plain, nlp, today)
            reading = reading if again.problem else again
    return reading


def _read(text: str, nlp: Language, today: date | None) -> Reading:
    told = statement(text)
    tagged = is_tagged(text)
    text = told or text
    [doc] = parse(nlp, [text])
    analysis = analyse(Document(id="question", text=text, published=today), doc)
    reader = _Reader(doc, analysis, today)
    reader.stated = bool(told)
    said = reader.said()
    reading = reader.reading()
    return replace(reading, said=said, negated=reading.negated and not tagged)


class _Reader(Bounds):
    """One question while it is read; `stated` is one that says as a statement what it asks the truth of."""

    stated = False

    def reading(self) -> Reading:
        somebody = next((token for token in self.doc if self._unknown(token)), None)
        if somebody is not None:
            return replace(self._problem(f'nothing tells whom "{somebody.text}" means'), vague=True)
        asking = (token for token in self.doc if token.lower_ in {*_WH, *_ADVERBS, "how"})
        wh = None if self.stated else next(asking, None)
        window = self.window()
        order = self.order()
        source = self.source()
        clause = self._clause()
        if clause is None:
            return self._problem("it has no verb that could be looked for")
        wanted, noun, wh_side = self._wanted(wh, clause)
        if not wanted:
            return self._problem(f'what "{noun}" asks for is not in a graph of events')
        lemmas = self._lemmas(clause)
        anchor, relation = self.anchor(clause)
        if anchor is not None and window is not None and not window.open:
            # "after the talks of 16 May": the day says it better than the words
            window = Window(begin=window.end, open=True) if relation == "after" else Window(end=window.begin, open=True)
            anchor, relation = None, ""
        phrases = [*source, *self._phrases(clause, wh)]
        rest = tuple(token.text for token in self.content(range(len(self.doc))))
        if (wanted == "object" and lemmas and lemmas[0] in _HAPPEN) or (wanted == "object" and lemmas == ("do",)):
            wanted, lemmas = "happening", ()
        elif wanted in ("agent", "object") and lemmas and lemmas[0] in _CAUSING:
            wanted, lemmas = "cause", ()
        if lemmas and lemmas[0] in _DIFFER:
            wanted = "difference"
        elif wanted == "object" and noun in _REASONS:
            wanted, noun, wh_side = "cause", "", ""
        if noun in _ARTICLES and lemmas and lemmas[0] in _MENTION:
            wanted = "document"
        elif noun in words().initiatives and wh_side != "owner" and wanted in ("object", "agent", "count", "number"):
            wanted = "count" if wanted in ("count", "number") else "initiative"
        return Reading(
            self.doc.text,
            wanted,
            lemmas=lemmas,
            noun=noun,
            side=wh_side,
            phrases=tuple(phrases),
            words=rest,
            window=window,
            order=order,
            anchor=anchor,
            relation=relation,
            negated=clause.negated,
            vague=self._vague(),
            future=clause.tense == "future" or clause.modality.value == "future",
        )

    def _problem(self, why: str) -> Reading:
        asked = next((token.lower_ for token in self.doc if token.lower_ in {*_WH, *_ADVERBS, "how"}), "")
        wanted = _ADVERBS.get(asked, "agent" if asked in ("who", "whose", "whom") else "happening")
        if asked == "how" and (how := _MANY.search(self.doc.text)):
            wanted = "count" if how[1] else "number"
        return Reading(self.doc.text, wanted, phrases=self.mentioned(), problem=why, plain=bool(asked))

    def _vague(self) -> bool:
        """Whether it points ("it", "what happened after?"), or leaves somebody or some days out."""
        points = any(token.lower_ in _VAGUE and token.pos_ == "PRON" for token in self.doc)
        return points or self.unsure or bool(_LEFT_OUT.search(self.doc.text))

    def _unknown(self, token: Token) -> bool:
        """Whether a pronoun means somebody whom the question does not name: "he" may be somebody named before it."""
        if token.pos_ not in ("PRON", "DET") or token.lower_ not in _SPEAKERS | _OTHERS:
            return False
        return token.lower_ in _SPEAKERS or not any(one.pos_ in ("PROPN", "NOUN") for one in self.doc[: token.i])

    # -- what is asked for ------------------------------------------------------------------------------------------

    def _wanted(self, wh: Token | None, clause: Clause) -> tuple[str, str, str]:
        """What kind of thing, the noun beside the wh-word, and the side on which that stands."""
        if self.stated:
            return "truth", "", ""
        if wh is None:
            first = self.doc[0]
            asking = first.lemma_ in ("do", "have", "be", "will") or first.lower_ in _MODALS
            return ("truth", "", "") if first.pos_ in ("AUX", "VERB") and asking else ("", first.text, "")
        self.used.add(wh.i)
        if wh.lower_ == "how":
            return self._how(wh, clause)
        if wh.lower_ in _ADVERBS:
            return _ADVERBS[wh.lower_], "", ""
        noun = ""
        if wh.lower_ in ("which", "what") and wh.dep_.startswith("det"):
            noun = wh.head.lemma_.lower()
            self.used.update(token.i for token in wh.head.subtree if token.i <= wh.head.i)
        argument = self._argument(wh, clause)
        side = argument.marker or _SIDES.get(argument.slot, "object") if argument else self._free_side(clause)
        if noun in words().times:
            return "time", "", ""
        if argument is not None and not argument.marker:
            side = self.stranded(wh) or side
        if argument is not None and argument.marker:
            self.used.update(token.i for token in self.doc if token.lower_ == argument.marker and token.i > wh.i)
        if wh.lower_ == "whose":
            self.used.add(wh.head.i)
            return "agent", wh.head.lemma_.lower(), "owner"
        if side in _WHERE and wh.lower_ not in ("who", "whom"):
            return "place", noun, side
        if side in ("with", "by") and wh.lower_ not in ("who", "whom") and noun not in words().sorts:
            return "instrument", noun, side
        return _WH[wh.lower_], noun, side

    def _how(self, wh: Token, clause: Clause) -> tuple[str, str, str]:
        after = self.lower[wh.i + 1] if wh.i + 1 < len(self.doc) else ""
        self.used.add(wh.i + 1)
        if after == "often" or self.lower[wh.i + 1 : wh.i + 3] == ["many", "times"]:
            self.used.add(wh.i + 2) if after == "many" else None
            return "count", "", ""
        if after not in ("many", "much"):
            return "", f"how {after}", ""
        head = self._counted(self.doc[wh.i + 1])
        if after == "much" and (head.pos_ not in ("NOUN", "PROPN") or head.i < wh.i):
            return "number", "", ""
        if head.pos_ not in ("NOUN", "PROPN"):
            return "", f"how {after}", ""
        self.used.add(head.i)
        self.used.update(token.i for token in head.lefts)
        argument = self._argument(head, clause)
        noun = "people" if head.lemma_.lower() == "person" else head.lemma_.lower()
        return "number", noun, _SIDES.get(argument.slot, "") if argument else ""

    def _counted(self, many: Token) -> Token:
        """What is counted: the noun that "many" stands before, or in "how many of the hostages" the one behind "of"."""
        behind = [one for one in many.children if one.dep_ == "nmod" and any(case.lower_ == "of" for case in one.lefts)]
        return behind[0] if behind else many.head

    def _argument(self, token: Token, clause: Clause) -> Argument | None:
        inside = [one for one in clause.arguments if one.span.begin <= token.idx < one.span.end]
        return min(inside, key=lambda one: one.span.end - one.span.begin, default=None)

    def _free_side(self, clause: Clause) -> str:
        return "object" if any(one.slot is Slot.SUBJECT for one in clause.arguments) else "subject"

    # -- what it is about -------------------------------------------------------------------------------------------

    def _clause(self) -> Clause | None:
        """The clause that asks: the root, or under "the last thing that X said" and "the first to offer" the other."""
        verbal = [one for one in self.analysis.clauses if one.category is not Category.NOUN]
        root = next((one for one in verbal if one.governor is None), None)
        if root is None:
            return None
        token = self.token(root.trigger)
        if root.category is Category.VERB and root.lemma not in ("be",):
            return root
        under = [one for one in verbal if one is not root and one.category is Category.VERB]
        if token is not None and (token.lemma_.lower() in words().empty or token.lower_ in {*ORDERS, *_WH}) and under:
            self.used.add(token.i)
            return under[0]
        return None

    def _lemmas(self, clause: Clause) -> tuple[str, ...]:
        trigger = self.token(clause.trigger)
        if trigger is not None:
            self.used.add(trigger.i)
            self.used.update(child.i for child in trigger.children if child.dep_ in ("compound:prt", "aux", "aux:pass"))
        if clause.lemma in words().light:
            noun = next(
                (
                    one
                    for one in self.analysis.clauses
                    if one.category is Category.NOUN and (one.support is not None or one.governor == clause.index)
                ),
                None,
            )
            token = self.token(noun.trigger) if noun is not None else None
            if noun is not None and token is not None and token.i not in self.used:
                self.used.add(token.i)
                return (noun.lemma,)
        if trigger is not None and trigger.pos_ == "VERB" and " " not in clause.lemma:
            return (verb_of(clause.lemma, trigger.lower_),)
        return (clause.lemma,)

    def _phrases(self, clause: Clause, wh: Token | None) -> list[Phrase]:
        found = []
        spans: list[Span] = []
        for one in sorted(clause.arguments, key=lambda one: (one.span.begin, -one.span.end)):
            tokens = [token for token in self.tokens(one.span) if token.i not in self.used]
            inside = any(span.begin <= one.span.begin and one.span.end <= span.end for span in spans)
            if inside or not any(token.pos_ in _CONTENT or token.pos_ == "PRON" for token in tokens):
                continue
            if wh is not None and one.span.begin <= wh.idx < one.span.end:
                continue
            side = _SIDES.get(one.slot, "inside")
            if one.slot is Slot.COMPLEMENT:
                side = "inside"
            elif one.slot is Slot.OBLIQUE and one.marker in _WHERE:
                side = "place"
            spans.append(one.span)
            found += [self.phrase(part, side, one.marker) for part in self.conjuncts(tokens, one) if part]
        return [phrase for phrase in found if phrase.names or phrase.words or phrase.side in ("subject", "object")]


_FLOATING = re.compile(r"\b(?:both|either|all|also|actually|ever|really|already|together)\s+(?=[a-z])", re.I)
"""Words that stand loose before a verb and say nothing of who did what; some verbs after them look like nouns."""
_SPEAKERS = {"i", "you", "we", "me", "us", "my", "your", "our"}
_OTHERS = {"he", "she", "they", "him", "her", "them", "his", "their"}
_MANY = re.compile(r"\bhow (?:(often|many times)|many|much)\b", re.I)
_MODALS = {"can", "could", "may", "might", "must", "should", "would", "shall"}
_VAGUE = {"it", "this", "that", "these", "those"}
_LEFT_OUT = re.compile(
    r"\b(?:(?:other|rather) than|but|except(?: for)?|besides|apart from|excluding)\s+(?:the\s+)?(?=[A-Z])"
    r"|\b(?:before|after)\W*$|\belse\b"
)
"""What no query stands for: those whom a question excludes ("who else"), and what comes after what it does not say."""
