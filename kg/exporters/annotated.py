"""What a person corrected, as annotated passages: the form of `corpus/README.md`, to learn from or to judge by.

A passage is the sentence of an event that was put right with those around it, and with all that the graph tells there.
`corrected` names the events that a person answers for, `struck` holds the words that one said tell none and that tell
no other; what else stands there is as it was read.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kg import vocab
from kg.store import Reader, Term

AROUND = 2
"""Sentences before and after a corrected one."""
ROLES = {
    "actor": ("agent",),
    "recipient": ("recipient",),
    "object": ("patient", "theme"),
    "place": ("place",),
    "instrument": ("instrument",),
}
"""Role of the corpus to those of the graph whose mentions are its spans."""
_SPANS = {"content": "contentSpan", "time": "timeSpan"}
_TOLD = (
    "rule trigger evidence factuality plover kind agent recipient patient theme place instrument participantMention "
    "contentSpan timeSpan cue sourceSpan quantity refersTo disposition status response cause effect relation"
).split()
_TYPE = vocab.RDF + "type"
_PROPERTIES = (
    _TYPE, *(vocab.NKG + name for name in _TOLD),
    *(vocab.NIF + name for name in ("isString", "beginIndex", "endIndex")),
    *(vocab.DCTERMS + name for name in ("identifier", "issued", "title")), vocab.SCHEMA + "url",
)  # fmt: skip

Span = tuple[int, int]
Record = dict[str, Any]


def passages(reader: Reader) -> Iterator[str]:
    """Give a line of JSON for each passage that holds an event a person corrected, document by document."""
    for document in reader.documents().values():
        told = _Told(document, reader.facts(document, _PROPERTIES))
        for record in _passages(told):
            yield json.dumps(record, ensure_ascii=False) + "\n"


@dataclass(slots=True)
class _Told:
    """What the graph of one document tells."""

    document: str
    facts: dict[str, dict[str, list[Term]]]
    _spans: dict[str, Span] = field(default_factory=dict)

    def values(self, node: str, name: str, *, of: str = vocab.NKG) -> list[str]:
        return sorted(term.value for term in self.facts.get(of + name, {}).get(node, ()))

    def first(self, node: str, name: str, *, of: str = vocab.NKG) -> str | None:
        return next(iter(self.values(node, name, of=of)), None)

    def span(self, node: str) -> Span:
        if node not in self._spans:
            begin, end = (int(self.values(node, name, of=vocab.NIF)[0]) for name in ("beginIndex", "endIndex"))
            self._spans[node] = (begin, end)
        return self._spans[node]

    def spans(self, node: str, name: str) -> list[Span]:
        return sorted(map(self.span, self.values(node, name)))

    def events(self) -> list[str]:
        triggers = self.facts.get(vocab.NKG + "trigger", {})
        return sorted(triggers, key=lambda event: (self.spans(event, "trigger"), event))

    def has_class(self, node: str, name: str) -> bool:
        return vocab.NKG + name in self.values(node, "type", of=vocab.RDF)


def _passages(told: _Told) -> Iterator[Record]:
    corrected = {event for event in told.events() if vocab.CORRECTED in told.values(event, "rule")}
    if not corrected:
        return
    text = told.values(told.document, "isString", of=vocab.NIF)[0]
    sentences = _sentences(text, (span for event in told.events() for span in told.spans(event, "evidence")))
    for first, last in _windows(sentences, (told.spans(event, "trigger")[0] for event in sorted(corrected))):
        yield _Passage(told, text, sentences[first : last + 1]).record(corrected, nth=first + 1)


def _sentences(text: str, evidence: Iterable[Span]) -> list[Span]:
    """Sentences as quotes show them; what lies between two of them stands as one."""
    joined: list[Span] = []
    for begin, end in sorted(evidence):
        if joined and begin < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    found: list[Span] = []
    at = 0
    for begin, end in [*joined, (len(text), len(text))]:
        found += filter(None, (_trimmed(text, at, begin), _trimmed(text, begin, end)))
        at = end
    return found


def _trimmed(text: str, begin: int, end: int) -> Span | None:
    part = text[begin:end]
    begin += len(part) - len(part.lstrip())
    return (begin, begin + len(part.strip())) if part.strip() else None


def _windows(sentences: list[Span], triggers: Iterable[Span]) -> list[Span]:
    """First and last sentence of each passage; those that touch are one."""
    found: list[Span] = []
    held = sorted(n for b, _ in triggers for n, (begin, end) in enumerate(sentences) if begin <= b < end)
    for number in held:
        first, last = max(0, number - AROUND), min(len(sentences) - 1, number + AROUND)
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


@dataclass(slots=True)
class _Passage:
    told: _Told
    text: str
    sentences: list[Span]

    def record(self, corrected: set[str], *, nth: int) -> Record:
        told, document = self.told, self.told.document
        names: dict[str, str] = {}
        events: list[Record] = []
        statements: list[Record] = []
        taken: set[Span] = set()
        struck: list[Span] = []
        # of several events that one word tells a passage holds the first, so one that a person answers for comes before
        for trigger, _, node in sorted((told.spans(n, "trigger")[0], n not in corrected, n) for n in told.events()):
            sentence = self._sentence(trigger)
            if sentence is None:
                continue
            if not told.has_class(node, "Event"):
                struck.append(trigger)
                continue
            if told.has_class(node, "Statement"):
                statements += self._statement(node, sentence, len(statements) + 1)
            elif trigger not in taken and (spans := self._own([trigger])):
                taken.add(trigger)
                names[node] = f"e{len(events) + 1}"
                events.append(self._event(node, names[node], sentence, spans))
        begin, end = self.sentences[0][0], self.sentences[-1][1]
        about = {
            "published": told.first(document, "issued", of=vocab.DCTERMS),
            "url": told.first(document, "url", of=vocab.SCHEMA),
        }
        id = told.values(document, "identifier", of=vocab.DCTERMS)[0]
        return {
            "id": f"{id}-{nth}",
            "text": self.text[begin:end],
            "sentences": [[b - begin, e - begin] for b, e in self.sentences],
            "events": events,
            "statements": statements,
            "relations": self._relations(names),
            "statuses": [
                [name, self._status(node)] for node, name in names.items() if told.has_class(node, "Initiative")
            ],
            "source": told.first(document, "title", of=vocab.DCTERMS) or id,
            "reader": "newskg, corrected by a person",
            "corrected": [name for node, name in names.items() if node in corrected],
            "struck": self._own(span for span in struck if span not in taken),
            **{name: value for name, value in about.items() if value},
        }

    def _sentence(self, span: Span) -> int | None:
        return next((n for n, (b, e) in enumerate(self.sentences, 1) if b <= span[0] and span[1] <= e), None)

    def _own(self, spans: Iterable[Span]) -> list[list[int]]:
        """Spans that lie in one sentence of the passage and cut no word, counted from its begin."""
        start = self.sentences[0][0]
        found = {(b, e) for b, e in spans if self._sentence((b, e)) and b < e and not self._cuts(b, e)}
        return [[b - start, e - start] for b, e in sorted(found)]

    def _cuts(self, begin: int, end: int) -> bool:
        text = self.text
        opens = begin > 0 and text[begin - 1 : begin + 1].isalnum()
        closes = end < len(text) and text[end - 1 : end + 1].isalnum()
        return opens or closes or text[begin:end] != text[begin:end].strip()

    def _event(self, node: str, name: str, sentence: int, trigger: list[list[int]]) -> Record:
        told = self.told
        code = (told.first(node, "plover") or "OTHER").removeprefix(vocab.PLOVER)
        kind = told.first(node, "kind") if told.has_class(node, "Initiative") else None
        factuality = (told.first(node, "factuality") or "").removeprefix(vocab.NKG).lower()
        record: Record = {"id": name, "sentence": sentence, "type": code, "types": [code], "kind": kind}
        record |= {"trigger": trigger, "factuality": factuality}
        mentions: dict[str, list[Span]] = defaultdict(list)
        for mention in told.values(node, "participantMention"):
            for actor in told.values(mention, "refersTo"):
                mentions[actor].append(told.span(mention))
        fillers: dict[str, Iterable[Span]] = {
            role: [span for own in roles for actor in told.values(node, own) for span in mentions[actor]]
            for role, roles in ROLES.items()
        }
        fillers |= {role: told.spans(node, own) for role, own in _SPANS.items()}
        fillers["quantity"] = [span for own in told.values(node, "quantity") for span in told.spans(own, "evidence")]
        return record | {role: spans for role, given in fillers.items() if (spans := self._own(given))}

    def _statement(self, node: str, sentence: int, nth: int) -> list[Record]:
        told = self.told
        own = {"cue": "cue", "speaker": "sourceSpan", "content": "contentSpan"}
        parts = {part: spans for part, name in own.items() if (spans := self._own(told.spans(node, name)))}
        return [{"id": f"s{nth}", "sentence": sentence, **parts}] if {"cue", "content"} <= set(parts) else []

    def _status(self, node: str) -> str:
        found = [self.told.first(one, "status") or "" for one in self.told.values(node, "disposition")]
        return found[-1].removeprefix(vocab.NKG).lower() if found else "unknown"

    def _relations(self, names: dict[str, str]) -> list[list[str | None]]:
        told = self.told
        found: set[tuple[str, str, str, str | None]] = set()
        for node, name in names.items():
            for one in told.values(node, "disposition") if told.has_class(node, "Initiative") else ():
                answer = (told.first(one, "status") or "").removeprefix(vocab.NKG).lower()
                for response in told.values(one, "response"):
                    if response in names and response != node and answer != "unknown":
                        found.add((names[response], "answers", name, answer))
        for link in told.facts.get(vocab.NKG + "cause", {}):
            ends = [*told.values(link, "cause"), *told.values(link, "effect")]
            if told.first(link, "relation") == "cause" and set(ends) <= set(names):
                found.add((names[ends[0]], "causes", names[ends[1]], None))
        return [
            list(relation) for relation in sorted(found, key=lambda r: (int(r[0][1:]), int(r[2][1:]), r[1], r[3] or ""))
        ]
