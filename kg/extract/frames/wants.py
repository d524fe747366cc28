"""What an initiative wants, in whole phrases: nothing begins in the middle of one, and each thing of a list is told."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice

from kg.extract.frames.match import is_somebody
from kg.extract.frames.words import tidy
from kg.model import Category, Clause, Event, Mention, MentionKind, Slot, Span

RELATIVE = frozenset({"that", "which", "who", "whose", "whom"})
SPECIFYING = frozenset({"include", "comprise", "be", "cover", "contain"})
REACHING = frozenset({"expand", "grow", "extend", "broaden", "widen"})
BE = frozenset({"is", "are", "was", "were", "remains", "remain", "remained"})
_COMMA = re.compile(r",\s+(?:and\s+|or\s+|as well as\s+)?")
_COMMA_AND = re.compile(r",\s+(?:and|or|as well as)\s")
_AND = re.compile(r"\s(?:and|or)\s+")
_OPENING = re.compile(r"(?:that|to)\s")
_REACHED = re.compile(r"\s+(?:in)?to\s+")
_SPACE = re.compile(r"\s+")
_GOES_ON = re.compile(r"(?:including|such|which|who|whose|while|where|among)\b")
_WORDS = 2  # an item may have so many words before its noun phrase: "complete dismissal", taken for a verb
_TO = re.compile(r"^(?:that|to)\s+")
"""Verbs whose object says what their subject consists of, as the copula's complement does (Higgins 1979)."""
GAP = 3
"""Characters between a thing and the words that go on to say what it is for."""
LISTED = "one of several things that are wanted"
AT = "at"
DONE = "content: what is done at somebody's request"
SPECIFIED = "content: what the initiative is said to include"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The records of one text that whole phrases are found in."""

    text: str
    clauses: Sequence[Clause]
    mentions: Sequence[Mention]


def whole_wants(event: Event, phrases: Phrases) -> Iterator[Event]:
    """An initiative with its content as a whole phrase; one event for each thing where a plural noun lists several."""
    if event.kind is None or event.clause is None:
        yield event
        return
    clause = phrases.clauses[event.clause]
    if clause.category is not Category.NOUN:
        yield _whole(event, clause, phrases)
        return
    done = _done(event, clause, phrases)
    if done is not None:
        # without its span: what is done is no mere content, and stays told as done
        yield replace(event, content_text=done, content_spans=(), rules=(*event.rules, DONE))
        return
    told = _specified(clause, phrases)
    if told is not None:
        words = tidy(phrases.text[told.begin : told.end])
        event = replace(event, content_text=words, content_spans=(told,), rules=(*event.rules, SPECIFIED))
    event = _whole(event, clause, phrases)
    things: list[Span] = []
    if len(event.content_spans) == 1 and _is_plural(clause, phrases):
        above = phrases.clauses[clause.governor] if clause.governor is not None else clause
        things = _things(event.content_spans[0], above, phrases)
    if len(things) < 2:
        yield event
        return
    for span in things:
        words = tidy(_TO.sub("", phrases.text[span.begin : span.end]))
        yield replace(event, content_text=words, content_spans=(span,), rules=(*event.rules, LISTED))


def _whole(event: Event, clause: Clause, phrases: Phrases) -> Event:
    """With the noun before a relative clause or infinitive: "a bill that would …", "an amendment to allow …"."""
    if not event.content_spans:
        return event
    first = event.content_spans[0]
    begin = first.begin
    opening = phrases.text[first.begin : first.end].split(None, 1)[:1]
    if clause.category is Category.NOUN:
        relative = bool(opening) and opening[0].lower() in RELATIVE
        if relative and 0 <= first.begin - clause.trigger.end <= GAP:
            begin = clause.trigger.begin
    else:
        for a in clause.arguments:
            thing = phrases.mentions[a.mention] if a.mention is not None else None
            ends = a.span.begin > clause.trigger.end and a.span.begin < first.begin <= a.span.end + GAP
            if a.slot is Slot.OBJECT and ends and thing is not None and _is_thing(thing):
                begin = a.span.begin
    if begin == first.begin:
        return event
    spans = (Span(begin, first.end), *event.content_spans[1:])
    return replace(event, content_text=tidy(phrases.text[begin : spans[-1].end]), content_spans=spans)


def _is_thing(mention: Mention) -> bool:
    return mention.kind is MentionKind.NOMINAL and mention.type is None and not is_somebody(mention)


def _done(event: Event, clause: Clause, phrases: Phrases) -> str | None:
    """What is done "at" somebody's request or suggestion, where the phrase itself does not say what was wanted."""
    above = phrases.clauses[clause.governor] if clause.governor is not None else None
    beside = above.arguments if above is not None and above.category is Category.VERB else ()
    at = next((a for a in beside if a.clause == clause.index and a.marker == AT), None)
    if above is None or at is None or above.trigger.begin > at.span.begin:
        return None
    whose = [a.span for a in clause.arguments if a.slot is Slot.OBLIQUE and a.marker == "of"]
    if any(w.end < s.begin for s in event.content_spans for w in whose) or (event.content_spans and not whose):
        return None  # "at the request of Chad for more aid"
    begins = [a.span.begin for a in beside if a.span.begin < above.trigger.begin and a.slot is not Slot.OBLIQUE]
    words = phrases.text[min([above.trigger.begin, *begins]) : at.span.begin]
    return tidy(words.rstrip().removesuffix(AT)) or None


def _specified(clause: Clause, phrases: Phrases) -> Span | None:
    """What a verb of inclusion or the copula says that the initiative consists of: "the demands include …, are …"."""
    above = phrases.clauses[clause.governor] if clause.governor is not None else None
    if above is None or clause.relation != "nsubj":
        return None
    if above.category is Category.NOUN:
        k = bisect_left(phrases.mentions, clause.span.end, key=lambda m: m.span.begin)
        told = next((m for m in phrases.mentions[k : k + 4] if m.head == above.trigger), None)
        between = phrases.text[clause.span.end : told.span.begin].split() if told is not None else []
        # what is "under discussion" or "on the table" is not said to consist of it
        copular = told is not None and not told.marker and 0 < len(between) < 4 and between[0] in BE
        return Span(told.span.begin, max(told.span.end, above.span.end)) if copular and told is not None else None
    reaching = above.lemma in REACHING
    if above.category is not Category.VERB or not (reaching or above.lemma in SPECIFYING - {"be"}):
        return None
    begin = above.trigger.end
    words = phrases.text[begin : above.span.end]
    opening = _REACHED.match(words) if reaching else _SPACE.match(words)
    return Span(begin + opening.end(), above.span.end) if opening is not None and words[opening.end() :] else None


def _is_plural(clause: Clause, phrases: Phrases) -> bool:
    low = bisect_left(phrases.mentions, clause.span.begin, key=lambda m: m.span.begin)
    high = bisect_left(phrases.mentions, clause.trigger.end, key=lambda m: m.span.begin)
    return any(m.head == clause.trigger and m.number == "plur" for m in phrases.mentions[low:high])


def _things(span: Span, above: Clause, phrases: Phrases) -> list[Span]:
    """The things of a list by its commas, where each begins a noun phrase or a clause with "that" or "to".

    Parsers attach the later things of long lists to any noun before them, so punctuation is asked before the tree.
    """
    text = phrases.text[span.begin : span.end]
    low = bisect_left(phrases.mentions, span.begin, key=lambda m: m.span.begin)
    high = bisect_left(phrases.mentions, span.end, key=lambda m: m.span.begin)
    starts = {m.span.begin - span.begin for m in phrases.mentions[low:high]}
    starts |= {a.span.begin - span.begin for a in above.arguments}
    parts: list[tuple[int, int]] = []
    at, goes_on = 0, False
    for found in (*_COMMA.finditer(text), None):
        end = found.start() if found is not None else len(text)
        if parts and (goes_on or _GOES_ON.match(text, at)):
            goes_on = True  # what a relative clause or "including" lists is not wanted by itself
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((at, end))
        at = found.end() if found is not None else len(text)
    if len(parts) > 1:
        begin, end = parts[-1]
        if not _COMMA_AND.search(text):  # "A, B and C"
            ends = (f for f in _AND.finditer(text, begin, end) if _opens(text, f.end(), starts))
            parts[-1:] = next(([(begin, f.start()), (f.end(), end)] for f in ends), [(begin, end)])
        listed = len(parts) > 2 and all(_opens(text, b, starts) for b, _ in parts)
        return [Span(span.begin + b, span.begin + e) for b, e in parts] if listed else []
    group = next((m for m in phrases.mentions[low:high] if m.span.begin == span.begin and len(m.members) == 2), None)
    if group is None or group.span.end < span.end:
        return []
    second = phrases.mentions[group.members[1]].span.begin
    first = text[: second - span.begin].rstrip().removesuffix("and").removesuffix("or").rstrip(" ,")
    return [Span(span.begin, span.begin + len(first)), Span(second, span.end)]


def _opens(text: str, at: int, starts: Set[int]) -> bool:
    """Whether a thing begins here: a noun phrase, after a word or two at most, or a clause."""
    first = [at, *(at + f.end() for f in islice(_SPACE.finditer(text[at:]), _WORDS - 1))]
    return any(k in starts for k in first) or _OPENING.match(text, at) is not None
