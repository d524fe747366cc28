"""Sentences with inline markup: what must be found in them, and whether it was.

The notation is described at the top of `sentences.txt`: `[agent Norway] {Attack/denied attacked} [recipient the port].`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import Analysis, Argument, Clause, Event, Factuality, Modality, Participant, Role, Slot, Span

OPEN = re.compile(r"[{\[]\S+ |[}\]]")
WORD = re.compile(r"\w+")
LEADING = frozenset({"that", "to", "for", "of"})
PARAGRAPH = "¶"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is expected of an event: the pieces of its label, the word that tells it, and who fills its roles."""

    pieces: tuple[str, ...]
    span: Span
    roles: dict[str, list[Span]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


def parse(marked: str) -> tuple[str, list[Mark]]:
    """The plain text, and the events that are expected in it, in the order of their words.

    Raises `ValueError` where a bracket has no partner or a role names an event that is not there.
    """
    text, labels = _spans(marked.replace(PARAGRAPH, "\n\n"))
    marks = [Mark(tuple(label.split("/")), span) for kind, label, span in labels if kind == "{"]
    for kind, label, span in labels:
        if kind == "[":
            for name in label.split("+"):
                _add(marks, name, span, marked)
    if not marks:
        raise ValueError(f"no event is marked: {marked}")
    return text, marks


def _spans(marked: str) -> tuple[str, list[tuple[str, str, Span]]]:
    out, open_, labels, at = "", [], [], 0
    for found in OPEN.finditer(marked):
        out += marked[at : found.start()]
        at = found.end()
        bracket = found[0][0]
        if bracket in "{[":
            open_.append((bracket, found[0][1:-1], len(out)))
            continue
        if not open_ or open_[-1][0] != ("{" if bracket == "}" else "["):
            raise ValueError(f"{bracket} closes nothing: {marked}")
        kind, label, begin = open_.pop()
        labels.append((kind, label, Span(begin, len(out))))
    if open_:
        raise ValueError(f"{open_[-1][0]}{open_[-1][1]} is not closed: {marked}")
    return out + marked[at:], sorted(labels, key=lambda one: one[2])


def _add(marks: Sequence[Mark], name: str, span: Span, marked: str) -> None:
    number, dot, rest = name.partition(".")
    name, number = (rest, number) if dot and number.isdigit() else (name, "1")
    if int(number) > len(marks):
        raise ValueError(f"{name} is of event {number}, which is not marked: {marked}")
    mark = marks[int(number) - 1]
    name, equals, value = name.partition("=")
    mark.roles.setdefault(name, []).append(span)
    if equals:
        mark.values[name] = value


def failures(marks: Sequence[Mark], analysis: Analysis) -> list[str]:
    """What is expected and not found, one line each; empty if the analysis is right as far as the marks go."""
    return [line for mark in marks if (line := _failure(mark, marks, analysis))]


def _failure(mark: Mark, marks: Sequence[Mark], analysis: Analysis) -> str:
    text = analysis.document.text
    word = text[mark.span.begin : mark.span.end]
    first, rest = mark.pieces[0], mark.pieces[1:]
    if first == "clause":
        clauses = [c for c in analysis.clauses if _overlap(c.trigger, mark.span)]
        tries = [[*_clause_traits(c, rest), *_slots(c, mark)] for c in clauses]
        return _least(tries, f"no clause of “{word}”")
    if first == "no":
        wrong = [e for e in _events(analysis, mark.span) if _is(e, rest[0])]
        return f"“{word}” is taken for {rest[0]}" if wrong else ""
    events = [e for e in _events(analysis, mark.span) if _is(e, first)]
    tries = [[*_traits(e, rest, marks, analysis), *_fillers(e, mark, analysis)] for e in events]
    return _least(tries, f"“{word}” is no {first}")


def _least(tries: Sequence[list[str]], none: str) -> str:
    return "; ".join(min(tries, key=len)) if tries else none


def _events(analysis: Analysis, span: Span) -> Iterator[Event]:
    return (e for e in analysis.events if _overlap(e.trigger, span))


def _is(event: Event, label: str) -> bool:
    return event.plover == label if label.isupper() else event.cls == label


def _traits(event: Event, pieces: Sequence[str], marks: Sequence[Mark], analysis: Analysis) -> Iterator[str]:
    for piece in pieces:
        if piece.startswith("-"):
            held = any(p.role == piece[1:] for p in event.participants)
        elif piece.startswith("<"):
            causes = {e.index for e in _events(analysis, marks[int(piece[1:]) - 1].span)}
            held = not any(r.cause in causes and r.effect == event.index for r in analysis.relations)
        elif piece in set(Factuality):
            held = event.factuality != piece
        elif piece.isupper():
            held = event.plover != piece
        else:
            statuses = {str(d.status) for d in analysis.dispositions if d.initiative == event.index}
            held = piece != event.kind and piece not in statuses
        if held:
            yield f"{event.cls} “{event.lemma}” is not {piece} but {event.factuality}"


def _fillers(event: Event, mark: Mark, analysis: Analysis) -> Iterator[str]:
    text = analysis.document.text
    for name, spans in mark.roles.items():
        if name in set(Role):
            found = [p for p in event.participants if p.role == name]
            if not _same([_head(p, analysis) for p in found], [p.span for p in found], spans):
                yield f"{name} of “{event.lemma}”: {', '.join(p.text for p in found) or 'nobody'}"
        elif name == "by":
            teller = event.attributed_to
            if teller is None or not _same([_head(teller, analysis)], [teller.span], spans):
                yield f"“{event.lemma}” is told by {teller.text if teller else 'the narrator'}"
        elif name == "content":
            if _words(text, event.content_spans) != _words(text, spans):
                yield f"content of “{event.lemma}”: {event.content_text or 'none'}"
        elif name == "time":
            told = f"{event.time.begin}..{event.time.end}" if event.time else "none"
            if told not in (mark.values["time"], f"{mark.values['time']}..{mark.values['time']}"):
                yield f"time of “{event.lemma}”: {told}"
        elif name == "quantity":
            if not _counted(event, mark.values["quantity"]):
                count = event.quantity
                told = f"{count.qualifier} {count.value:g} {count.noun}" if count else "none"
                yield f"quantity of “{event.lemma}”: {told}"
        else:
            raise ValueError(f"{name} is no role")


def _counted(event: Event, expected: str) -> bool:
    count = event.quantity
    if count is None:
        return False
    number, _, qualifier = expected.partition("/")
    low, _, high = number.partition("..")
    if high and (count.lower, count.upper) != (float(low), float(high)):
        return False
    return count.value == float(low) and (not qualifier or count.qualifier == qualifier.replace("_", " "))


def _clause_traits(clause: Clause, pieces: Sequence[str]) -> Iterator[str]:
    for piece in pieces:
        name, _, value = piece.partition("=")
        if name == "lemma":
            held = clause.lemma == value.replace("_", " ")
        elif name in set(Modality):
            held = clause.modality == name
        elif name in ("negated", "passive", "quoted"):
            held = bool(getattr(clause, name))
        else:
            held = clause.tense == name
        if not held:
            yield f"clause “{clause.lemma}” is not {piece}"


def _slots(clause: Clause, mark: Mark) -> Iterator[str]:
    for name, spans in mark.roles.items():
        found: list[Argument] = [a for a in clause.arguments if a.slot is Slot(name)]
        if not _same([a.head for a in found], [a.span for a in found], spans):
            yield f"{name} of clause “{clause.lemma}”: {len(found)} fillers"


def _head(participant: Participant, analysis: Analysis) -> Span:
    return participant.span if participant.mention is None else analysis.mentions[participant.mention].head


def _same(heads: Sequence[Span], spans: Sequence[Span], marked: Sequence[Span]) -> bool:
    """Whether each marked phrase is filled once: the head lies in it, and neither reaches far out of the other."""
    if len(heads) != len(marked):
        return False
    pairs = zip(sorted(zip(heads, spans, strict=True), key=lambda p: p[0]), sorted(marked), strict=True)
    return all(m.begin <= h.begin and h.end <= m.end and (_within(s, m) or _within(m, s)) for (h, s), m in pairs)


def _words(text: str, spans: Sequence[Span]) -> list[Span]:
    words = [Span(*w.span()) for s in sorted(spans) for w in WORD.finditer(text, s.begin, s.end)]
    while words and text[words[0].begin : words[0].end].lower() in LEADING:
        words = words[1:]
    return words


def _within(inner: Span, outer: Span) -> bool:
    return outer.begin <= inner.begin and inner.end <= outer.end


def _overlap(a: Span, b: Span) -> bool:
    return a.begin < b.end and b.begin < a.end
