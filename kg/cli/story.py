"""An explanation as lines to read: sentence, participants, clause, frame and sense, who decided, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.explain.gathering import short

if TYPE_CHECKING:
    from kg.explain.judgements import Decision, Quote
    from kg.explain.records import ChainTold, ConditionTold, Explanation, IdentityTold, SenseTold

WORDS = 6  # words of a condition that are shown, the rest counted
MENTIONS = 8  # wordings of a chain that are shown
HEAVY = 12  # words that weighed most
UNDECIDED = "not decided: the graph was built with --no-resolve"


OTHERWISE = (
    "The graph was built with another version of the program, or other --nlp, --frames, --knowledge or "
    "--min-confidence: this is how the text is read now."
)


def page(told: Explanation) -> str:
    """The whole story, a blank line between its parts."""
    parts = (
        _sentence(told),
        _participants(told),
        *_source(told),
        _frame(told),
        _decisions(told),
        _words(told),
        [*_fields(told), *_outcomes(told)],
        _identities(told),
        _rules(told),
        ["Triples", *sorted(f"  {one.property} {one.value}" for one in told.triples)],
    )
    shown = ["\n".join(lines).rstrip() for lines in map(list, parts) if lines]
    return "\n".join([told.event, "\n\n".join(shown)])


def _sentence(told: Explanation) -> Iterator[str]:
    yield f"{told.cls}: {told.label}"
    yield f"Document {told.document}{f', published {told.published}' if told.published else ''}"
    if not told.as_built:
        yield OTHERWISE
    yield ""
    yield "Sentence"
    for sentence in told.sentences:
        yield f"  {_marked(sentence, told.trigger)}"


def _participants(told: Explanation) -> Iterator[str]:
    yield "Participants"
    if not told.participants:
        yield "  nobody is named"
    for one in told.participants:
        yield f"  {one.role:<11} {' '.join(one.quote.text.split())}{_sure(one.confidence)}"
        yield from _rule(one.rules)
        if one.mention is not None:
            mention = one.mention
            traits = [mention.kind, mention.type or "", mention.number]
            traits.append(f"after “{mention.marker}”" if mention.marker else "")
            yield f"      mention: {_said(mention.quote)} ({', '.join(filter(None, traits))})"
        if one.chain is not None:
            yield from _chain(one.chain)
        if one.identity is not None:
            yield f"      identity: {_identity(one.identity)}"


def _chain(chain: ChainTold) -> Iterator[str]:
    texts = [f"“{' '.join(one.split())}”" for one in chain.wordings]
    more = f" and {len(texts) - MENTIONS} other wordings" if len(texts) > MENTIONS else ""
    kind = f", {chain.type}" if chain.type else ""
    number = f"{chain.mentions} mention{'s' if chain.mentions > 1 else ''}"
    yield f"      chain: {chain.name}{kind}, {number}: {', '.join(texts[:MENTIONS])}{more}"
    yield from _rule(chain.rules)


def _source(told: Explanation) -> Iterator[list[str]]:
    """The clause that tells the event, and the attribution of a statement."""
    clause = told.clause
    if clause is not None:
        lines = ["Clause", f"  {clause.lemma} ({', '.join(clause.traits)}) {_said(clause.quote)}"]
        if clause.above is not None:
            above = f"{clause.relation or 'part'} of {clause.above}"
            lines.append(f"      {'stands':<11} as {above}{f', after “{clause.marker}”' if clause.marker else ''}")
        for one in clause.arguments:
            marker = f"{one.marker} … " if one.marker else ""
            by = f"  [{', '.join(one.rules)}]" if one.rules else ""
            lines.append(f"      {one.slot:<11} {marker}{_said(one.quote)}{by}")
        if clause.rules:
            lines.append(f"      {'rules':<11} {', '.join(clause.rules)}")
        yield lines
    for attribution in told.attributions:
        lines = ["Attribution"]
        lines.append(f"  {_said(attribution.cue)} attributes ({'direct' if attribution.direct else 'indirect'})")
        source = _said(attribution.source) if attribution.source else "nobody is named"
        lines.append(f"      {'source':<11} {source}")
        lines += [f"      {'content':<11} {_said(one)}" for one in attribution.content]
        lines.append(f"      {'rules':<11} {', '.join(attribution.rules)}")
        yield lines


def _frame(told: Explanation) -> Iterator[str]:
    frame = told.frame
    plover = next((one.value for one in told.decisions if one.what == "type"), "")
    yield "Frame"
    name = frame.sense.frame if frame.sense else "(none)"
    yield f"  {frame.lemma} → frame {name} → class {told.cls}, PLOVER {plover}"
    yield from _rule(frame.rules)
    if frame.sense is not None:
        yield from _conditions(frame.sense)
    for other in frame.others:
        yield f"  {'other sense':<11} {other.frame} → {other.cls}, PLOVER {other.plover}"
        yield from _conditions(other)


def _conditions(sense: SenseTold) -> Iterator[str]:
    for told, conditions in (("only if", sense.when), ("not if", sense.unless)):
        for k, parts in enumerate(conditions):
            yield f"      {told if not k else 'or if'} {' and '.join(map(_condition, parts))}"


def _condition(part: ConditionTold) -> str:
    names = {"*": "anything", "*name": "a name"}
    shown = sorted(names.get(word, word) for word in part.words)
    more = f" … ({len(shown)} words)" if len(shown) > WORDS else ""
    return f"{part.slot} is {', '.join(shown[:WORDS])}{more}"


def _decisions(told: Explanation) -> Iterator[str]:
    """Who decided what it is: what was read, what grammar and frames say, and which of them stood."""
    yield "Decided"
    for one in told.decisions:
        yield f"  {one.what:<11} {one.value}"
        yield from (f"      {line}" for line in _sides(one))
    read = told.reading
    for role in read.roles if read else ():
        yield f"  {'read':<11} {role.role} {_said(role.quote)}{_sure(role.confidence)}"
    for link in read.links if read else ():
        way = "this to" if link.first else "to this from"
        yield f"  {'read':<11} {link.kind}: {way} {_said(link.other)}{_sure(link.confidence)}"


def _sides(one: Decision) -> Iterator[str]:
    if one.read is not None:
        second = (
            f"; next best {one.next_best} {one.next_best_confidence:.3f}"
            if one.next_best_confidence is not None
            else ""
        )
        yield f"read: {one.read} {one.confidence or 0:.3f}{second}"
    if one.grammar is not None:
        rules = f" [{'; '.join(one.rules)}]" if one.rules else ""
        yield f"grammar and frames: {one.grammar}{rules}"
    if one.because:
        yield one.because


def _words(told: Explanation) -> list[str]:
    """The words that weighed most in the reading, where that was asked for."""
    if told.words is None:
        return []
    lines = ["Words (what each probability of the reading loses without the word)"]
    if not told.words:
        return [*lines, "  no learned reading can be asked"]
    for one in told.words[:HEAVY]:
        kind = f", kind {one.kind:+.3f}" if one.kind is not None else ""
        lines.append(f"  {_said(one.quote)}: event {one.event:+.3f}, type {one.type:+.3f}{kind}")
    return lines


def _fields(told: Explanation) -> Iterator[str]:
    fields = told.fields
    yield "Event"
    yield f"  {'factuality':<11} {fields.factuality}"
    yield from _rule(fields.factuality_rules)
    if fields.kind:
        yield f"  {'kind':<11} {fields.kind}"
    if fields.time is not None:
        yield f"  {'time':<11} {fields.time.begin} to {fields.time.end} {_said(fields.time.quote)}"
    if fields.quantity is not None:
        count = fields.quantity
        bounds = f", {_bound(count.lower)} to {_bound(count.upper)}" if count.lower or count.upper else ""
        words = f"{count.qualifier} {count.value:g} {count.noun}".strip()
        yield f"  {'quantity':<11} {words}{bounds} {_said(count.quote)}"
    if fields.content:
        yield f"  {'content':<11} {fields.content}"
    if fields.content_event is not None:
        wanted = fields.content_event
        yield f"      tells of: {wanted.cls}, {wanted.factuality}: {wanted.label}"
    yield f"  {'told by':<11} {fields.told_by.text if fields.told_by else 'the narrator'}"
    if fields.told_by is not None:
        yield from _rule(fields.told_by.rules)


def _bound(value: float | None) -> str:
    return "no bound" if value is None else f"{value:g}"


def _outcomes(told: Explanation) -> Iterator[str]:
    for one in told.statuses:
        whose = f" by {one.addressee}" if one.addressee else ""
        outcome = f": {one.outcome}" if one.outcome else ""
        yield f"  {'status':<11} {one.status}{whose}{outcome}{_sure(one.confidence)}"
        yield from _rule((one.rule,))
        yield f"      {_said(one.quote)}"
    for link in told.relations:
        yield f"  {link.kind:<11} {link.cause} → {link.effect}{_sure(link.confidence)}"
        yield from _rule((link.rule,))
        yield from (f"      {_said(one)}" for one in link.quotes)


def _identities(told: Explanation) -> Iterator[str]:
    yield "Identity"
    yield f"  {_identity(told.identity) if told.identity else UNDECIDED}"
    for one in told.accounts:
        sure = f", confidence {one.confidence:g}" if one.confidence is not None else ""
        merged = f" (merged by {one.reason}{sure})" if one.reason else ""
        yield f"      also told as {short(one.event)}{merged}"


def _identity(one: IdentityTold) -> str:
    names = [one.label, short(one.canonical), short(one.match) if one.match else None]
    return ", ".join(filter(None, names)) + (f" (reason: {one.reason})" if one.reason else "")


def _rules(told: Explanation) -> Iterator[str]:
    yield "Rules"
    for rule in told.rules:
        yield f"  {rule.name}"
        for text, source in zip(rule.texts, rule.sources, strict=True):
            yield f"      {text} ({source})"


def _rule(rules: Iterable[str]) -> Iterator[str]:
    told = "; ".join(dict.fromkeys(rule for rule in rules if rule))
    if told:
        yield f"      rule: {told}"


def _sure(confidence: float | None) -> str:
    return f" ({confidence:.3f})" if confidence is not None else ""


def _said(quote: Quote) -> str:
    return f"“{' '.join(quote.text.split())}”"


def _marked(sentence: Quote, trigger: Quote) -> str:
    """Give a sentence with the trigger in brackets if it stands there."""
    if not (sentence.begin <= trigger.begin and trigger.end <= sentence.end):
        return _said(sentence)
    begin, end = trigger.begin - sentence.begin, trigger.end - sentence.begin
    text = sentence.text
    return " ".join(f"“{text[:begin]}[{text[begin:end]}]{text[end:]}”".split())
