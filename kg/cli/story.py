"""The way of one event as lines to read: sentence, participants, clause, frame and sense, fields, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.cli.clauses import attribution_lines, clause_lines, said
from kg.model import Analysis, Attribution, Clause, Event, Participant, Span
from kg.rules import explain

if TYPE_CHECKING:
    from kg.extract.frames import Frame, Lexicon

WORDS = 6  # words of a condition that are shown, the rest counted
MENTIONS = 8  # mentions of a chain that are shown


def sentence_lines(analysis: Analysis, event: Event) -> Iterator[str]:
    """What it is, where it stands, and each sentence that tells it, the trigger in brackets."""
    text, issued = analysis.document.text, analysis.document.published
    yield f"{event.cls}: {event.label}"
    yield f"Document {analysis.document.id}{f', published {issued}' if issued else ''}"
    yield ""
    yield "Sentence"
    for evidence in event.evidence:
        yield f"  {_marked(text, evidence.span, event.trigger)}"


def participant_lines(analysis: Analysis, event: Event, identity: Mapping[Participant, str]) -> Iterator[str]:
    """Who fills each role: the words, by which rule, what mention and chain they are, and who that is elsewhere."""
    yield "Participants"
    if not event.participants:
        yield "  nobody is named"
    for one in event.participants:
        yield f"  {one.role.value:<11} {one.text}"
        yield from _rule(one.rules)
        if one.mention is not None:
            mention = analysis.mentions[one.mention]
            traits = [mention.kind.value, mention.type.value if mention.type else "", mention.number]
            traits.append(f"after “{mention.marker}”" if mention.marker else "")
            yield f"      mention: {said(analysis.document.text, mention.span)} ({', '.join(filter(None, traits))})"
        if one.chain is not None:
            yield from _chain(analysis, one.chain)
        if one in identity:
            yield f"      identity: {identity[one]}"


def _chain(analysis: Analysis, index: int) -> Iterator[str]:
    chain = analysis.chains[index]
    texts = list(dict.fromkeys(f"“{analysis.mentions[m].text}”" for m in chain.mentions))
    more = f" and {len(texts) - MENTIONS} other wordings" if len(texts) > MENTIONS else ""
    kind = f", {chain.type.value}" if chain.type else ""
    number = f"{len(chain.mentions)} mention{'s' if len(chain.mentions) > 1 else ''}"
    yield f"      chain: {chain.name}{kind}, {number}: {', '.join(texts[:MENTIONS])}{more}"
    yield from _rule(chain.rules)


def source_lines(analysis: Analysis, event: Event) -> Iterator[str]:
    """The clause that tells the event, and the attribution of a statement."""
    text = analysis.document.text
    if event.clause is not None:
        yield "Clause"
        yield from (f"  {line}" for line in clause_lines(text, analysis.clauses[event.clause], analysis.clauses))
        yield ""
    for attribution in _attributions(analysis, event):
        yield "Attribution"
        yield from (f"  {line}" for line in attribution_lines(text, attribution))
        yield ""


def _attributions(analysis: Analysis, event: Event) -> list[Attribution]:
    return [a for a in analysis.attributions if event.cue == a.cue and event.content_spans == a.content]


def frame_lines(analysis: Analysis, event: Event, lexicon: Lexicon) -> Iterator[str]:
    """The frame, what its sense asks for, and the other senses of the word in the order in which they are tried."""
    yield "Frame"
    yield f"  {event.lemma} → frame {event.frame} → class {event.cls}, PLOVER {event.plover or 'OTHER'}"
    yield from _rule(r for r in event.rules if _is_of(r, "{word} evokes "))
    frame = next((f for f in lexicon.frames if f.name == event.frame), None)
    if frame is not None:
        yield from _conditions(frame)
    if event.clause is not None and not event.cue:
        for other in _others(analysis.clauses[event.clause], event, lexicon):
            yield f"  {'other sense':<11} {other.name} → {other.cls}, PLOVER {other.plover or 'OTHER'}"
            yield from _conditions(other)


def _others(clause: Clause, event: Event, lexicon: Lexicon) -> list[Frame]:
    first = clause.lemma.partition(" ")[0]
    entries = lexicon.entries.get((clause.category, first), ())
    frames = {e.frame.name: e.frame for e in entries if not e.second or e.second in clause.lemma.split()}
    return [frame for name, frame in frames.items() if name != event.frame]


def _conditions(frame: Frame) -> Iterator[str]:
    for told, conditions in (("only if", frame.when), ("not if", frame.unless)):
        for k, condition in enumerate(conditions):
            parts = [f"{slot} is {_listed(words)}" for slot, words in condition.items()]
            yield f"      {told if not k else 'or if'} {' and '.join(parts)}"


def _listed(words: Iterable[str]) -> str:
    names = {"*": "anything", "*name": "a name"}
    shown = sorted(names.get(word, word) for word in words)
    more = f" … ({len(shown)} words)" if len(shown) > WORDS else ""
    return ", ".join(shown[:WORDS]) + more


def field_lines(analysis: Analysis, event: Event) -> Iterator[str]:
    """Factuality, kind, time, quantity, content and who tells it: the event's own fields."""
    text = analysis.document.text
    yield "Event"
    yield f"  {'factuality':<11} {event.factuality.value}"
    yield from _rule(r for r in event.rules if _is_of(r, "factuality: "))
    if event.kind:
        yield f"  {'kind':<11} {event.kind}"
    if event.time is not None:
        yield f"  {'time':<11} {event.time.begin} to {event.time.end} {said(text, event.time.span)}"
    if event.quantity is not None:
        count = event.quantity
        bounds = f", {_bound(count.lower)} to {_bound(count.upper)}" if count.lower or count.upper else ""
        words = f"{count.qualifier} {count.value:g} {count.noun}".strip()
        yield f"  {'quantity':<11} {words}{bounds} {said(text, count.span)}"
    if event.content_text:
        yield f"  {'content':<11} {event.content_text}"
    if event.content is not None:
        wanted = analysis.events[event.content]
        yield f"      tells of: {wanted.cls}, {wanted.factuality.value}: {wanted.label}"
    teller = event.attributed_to
    yield f"  {'told by':<11} {teller.text if teller else 'the narrator'}"
    if teller is not None:
        yield from _rule(teller.rules)


def _bound(value: float | None) -> str:
    return "no bound" if value is None else f"{value:g}"


def outcome_lines(analysis: Analysis, event: Event) -> Iterator[str]:
    """How an initiative stands with whom, and what led to or came of the event, each with its words."""
    text = analysis.document.text
    for one in analysis.dispositions:
        if one.initiative == event.index:
            whose = f" by {one.addressee.text}" if one.addressee else ""
            told = f": {one.outcome_text}" if one.outcome_text else ""
            yield f"  {'status':<11} {one.status.value}{whose}{told}"
            yield from _rule((one.rule,))
            yield f"      {said(text, one.evidence.span)}"
    for link in analysis.relations:
        if event.index in (link.cause, link.effect):
            yield f"  {link.kind.value:<11} {link.cause_text} → {link.effect_text}"
            yield from _rule((link.rule,))
            for end in dict.fromkeys((link.cause_evidence, link.effect_evidence)):
                yield f"      {said(text, end.span)}"


def rule_lines(analysis: Analysis, event: Event, reasons: Iterable[str]) -> Iterator[str]:
    """What each rule that had a part says, by the registry; `reasons` are those of the identity graph."""
    yield "Rules"
    for name in dict.fromkeys((*_used(analysis, event), *reasons)):
        yield f"  {name}"
        for told in explain(name):
            yield f"      {told.text} ({told.rule.source})"


def _used(analysis: Analysis, event: Event) -> Iterator[str]:
    if event.clause is not None:
        clause = analysis.clauses[event.clause]
        yield from clause.rules
        for argument in clause.arguments:
            yield from argument.rules
    for attribution in _attributions(analysis, event):
        yield from attribution.rules
    yield from event.rules
    for one in (*event.participants, *([event.attributed_to] if event.attributed_to else [])):
        yield from one.rules
        if one.chain is not None:
            yield from analysis.chains[one.chain].rules
    yield from (d.rule for d in analysis.dispositions if d.initiative == event.index)
    yield from (r.rule for r in analysis.relations if event.index in (r.cause, r.effect))


def _is_of(name: str, group: str) -> bool:
    """Whether a rule's id in the registry begins so."""
    return any(told.rule.id.startswith(group) for told in explain(name))


def _rule(rules: Iterable[str]) -> Iterator[str]:
    told = "; ".join(dict.fromkeys(rule for rule in rules if rule))
    if told:
        yield f"      rule: {told}"


def _marked(text: str, sentence: Span, trigger: Span) -> str:
    """Give a sentence with the trigger in brackets if it stands there."""
    if not (sentence.begin <= trigger.begin and trigger.end <= sentence.end):
        return said(text, sentence)
    before, word = text[sentence.begin : trigger.begin], text[trigger.begin : trigger.end]
    return " ".join(f"“{before}[{word}]{text[trigger.end : sentence.end]}”".split())
