"""Events of a document, one account each: who did what to whom, and who tells it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.frames.borrowed import without_borrowed
from kg.extract.frames.both_sides import other_side
from kg.extract.frames.codes import CARRIED, in_passing, plover_code
from kg.extract.frames.event_places import places_of, with_named_places, with_venue
from kg.extract.frames.event_times import STATEMENT, event_time, time_of, told_in_time
from kg.extract.frames.factuality import factuality
from kg.extract.frames.figures import FRAME as FIGURE
from kg.extract.frames.figures import find_figures
from kg.extract.frames.generic import is_service
from kg.extract.frames.learned import with_readings
from kg.extract.frames.learned_roles import text_of
from kg.extract.frames.lexicon import Frame, Lexicon
from kg.extract.frames.match import Filler, Match, fill_roles, fillers, match_frame
from kg.extract.frames.narrative import carry_times
from kg.extract.frames.recipients import LOCAL, directed_at
from kg.extract.frames.settings import Settings, by_count, quantity_of
from kg.extract.frames.subjects import with_speakers, with_subjects
from kg.extract.frames.wants import Phrases, whole_wants
from kg.extract.frames.words import content_arguments, content_words, label, tidy
from kg.extract.syntax.asides import asides, is_aside
from kg.extract.syntax.signatures import embedding
from kg.model import (
    Attribution,
    Category,
    Clause,
    Document,
    Event,
    Evidence,
    Factuality,
    Gazetteer,
    Mention,
    MentionKind,
    Participant,
    Quantity,
    Readings,
    Role,
    Sentence,
    Slot,
    Span,
    TimeSpan,
    Way,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything known of one text when its events are built."""

    document: Document
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    chain_of: Sequence[int | None]
    clauses: Sequence[Clause]
    settings: Settings
    gazetteer: Gazetteer


def find_events(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    chain_of: Sequence[int | None],
    clauses: Sequence[Clause],
    attributions: Sequence[Attribution],
    *,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    times: Sequence[TimeSpan],
    quantities: Sequence[Quantity],
    readings: Readings | None = None,
) -> tuple[Event, ...]:
    """All events of a text in text order: one per clause that evokes a frame, one `Statement` per attribution.

    What stands in a statement is `attributed_to` its speaker, what an initiative or statement is about its `content`.
    """
    aside = asides(document.text)
    settings = Settings(times, [q for q in quantities if not is_aside(q.span.begin, aside)])
    scene = Scene(document, sentences, mentions, chain_of, clauses, settings, gazetteer)
    told = [c for c in clauses if not is_aside(c.trigger.begin, aside)]
    attributions = [a for a in attributions if not is_aside(a.cue.begin, aside)]
    matches = {c.index: m for c in told if (m := match_frame(c, clauses, mentions, lexicon)) is not None}
    frames = {k: m.frame for k, m in matches.items()}
    drafts = [e for k, m in matches.items() if m.frame.cls != STATEMENT for e in _events(scene, clauses[k], m, frames)]
    statements = [_statement(scene, a) for a in attributions if a.content]
    if readings is not None:
        text = text_of(document, sentences, mentions, chain_of, clauses, settings, drafts)
        drafts = without_borrowed(with_readings(text, drafts, readings, lexicon.own, aside), drafts)
        drafts = with_speakers(with_subjects(drafts, clauses, mentions, chain_of), statements, clauses, mentions)
    counted = {e.quantity.span: e.cls for e in drafts if e.quantity is not None}
    figures = find_figures(document.text, sentences, mentions, chain_of, clauses, attributions, settings, counted)
    drafts += [*statements, *figures]
    drafts = [with_named_places(e, mentions, chain_of) for e in drafts if not is_aside(e.trigger.begin, aside)]
    phrases = Phrases(document.text, clauses, mentions)
    drafts = [w for e in drafts for w in whole_wants(e, phrases)]
    drafts.sort(key=lambda e: (e.trigger, e.cls == STATEMENT, e.cls, e.content_spans))
    drafts = [told_in_time(document, e, clauses) for e in drafts]
    events = [replace(e, index=i) for i, e in enumerate(carry_times(drafts, clauses, settings))]
    return _joined(events, clauses, attributions)


def _events(scene: Scene, clause: Clause, match: Match, frames: dict[int, Frame]) -> list[Event]:
    """The event a clause tells; an initiative for two things ("to lower the toll and to widen the road") is two."""
    event = _event(scene, clause, match, frames)
    content = content_arguments(match.frame, clause, scene.clauses, scene.mentions)
    wanted = [a for a in content if a.slot is Slot.COMPLEMENT and a.marker in ("to", "for", "")]
    if any(a.clause is not None and scene.clauses[a.clause].marker == "or" for a in wanted):
        return [event]  # "to accept a truce or face sanctions" is one want with its alternative
    if match.frame.kind is None or len(wanted) < 2 or len(wanted) < len(content):
        return list(by_count(event, scene.mentions, scene.settings))
    out = []
    for argument in wanted:
        words, spans = content_words([argument], clause, scene.clauses, scene.mentions, scene.document.text)
        out.append(
            replace(event, content_text=words, content_spans=spans, rules=(*event.rules, "one of several wants"))
        )
    return out


def _event(scene: Scene, clause: Clause, match: Match, frames: dict[int, Frame]) -> Event:
    """The event of one clause: its frame's roles, then place, time, quantity, content and factuality of the clause."""
    frame = match.frame
    text = scene.document.text
    roles = fill_roles(match, clause, scene.clauses, scene.mentions)
    roles = with_venue(frame.cls, clause, roles, scene.mentions, scene.gazetteer)
    roles = directed_at(frame, clause, roles, scene.clauses, scene.mentions, scene.chain_of)
    roles = other_side(roles, scene.mentions, scene.chain_of, scene.gazetteer, proposes=frame.kind == "propose")
    participants = [p for role, filler in roles for p in _participants(scene, role, filler)]
    settled = [
        filler for _, filler in roles if filler.argument.slot is not Slot.OBLIQUE or filler.argument.marker not in LOCAL
    ]
    taken = {p.mention for f in settled for p in _participants(scene, Role.PLACE, f)}
    participants += [
        p
        for place in places_of(clause, scene.clauses, scene.mentions)
        for p in _participants(scene, Role.PLACE, Filler(place, f"place: {place.marker}"))
        if p.mention not in taken
    ]
    content = content_arguments(frame, clause, scene.clauses, scene.mentions)
    words, spans = content_words(content, clause, scene.clauses, scene.mentions, text)
    fact, fact_rules = factuality(clause, scene.clauses, frames)
    participants = [p for p in participants if p.role is not Role.PROPOSER or _can_propose(scene.mentions, p)]
    if frame.is_denial and frame.cls in ("Refusal", "NonRealisation") and fact is Factuality.DENIED:
        fact, fact_rules = Factuality.HAPPENED, ("factuality: the denial is the answer",)
    for_sale = frame.kind == "offer" and is_service(clause, content, participants, scene.mentions)
    time = event_time(scene.document, clause, scene.clauses, scene.settings, fact, frames)
    passing = in_passing(frame, clause, participants, time)
    counted = [f.argument for role, f in roles if role in (Role.PATIENT, Role.RECIPIENT)]
    counted += [a for a in clause.arguments if a.slot in (Slot.OBJECT, Slot.SUBJECT)]
    counted += [a for a in clause.arguments if a.slot is Slot.OBLIQUE and a.marker == "of"]
    return Event(
        index=0,
        cls="CommunicativeAct" if for_sale else frame.cls,
        frame=frame.name,
        trigger=clause.trigger,
        lemma=clause.lemma,
        label=label(clause, scene.clauses, text),
        factuality=fact,
        evidence=(Evidence(scene.sentences[clause.sentence].span),),
        plover=None if passing or for_sale else plover_code(clause, frame, scene.clauses, frames),
        kind=None if for_sale else frame.kind,
        clause=clause.index,
        participants=tuple(dict.fromkeys(participants)),
        quantity=quantity_of(counted, scene.settings),
        time=time,
        content_text=words,
        content_spans=spans,
        status=frame.status,
        answers=tuple(
            f.argument for slot in frame.answers for f in fillers(slot, clause, scene.clauses, scene.mentions)
        ),
        answers_previous="previous" in frame.answers,
        link=frame.link,
        rules=(match.rule, *clause.rules, *fact_rules),
    )


def _can_propose(mentions: Sequence[Mention], participant: Participant) -> bool:
    """Whether it is more than what carries somebody's words: a letter asks for nothing itself."""
    mention = mentions[participant.mention] if participant.mention is not None else None
    return mention is None or mention.kind is MentionKind.NAME or mention.head_lemma not in embedding().messages


def _participants(scene: Scene, role: Role, filler: Filler) -> list[Participant]:
    """One participant per member of a group, the group itself where it has none."""
    index = filler.argument.mention
    if index is None:
        return []
    mention = scene.mentions[index]
    whole = _participant(scene, role, mention, (filler.rule,))
    members = [scene.mentions[m] for m in mention.members]
    return [_participant(scene, role, m, (filler.rule, "member of a group")) for m in members] or [whole]


def _participant(scene: Scene, role: Role, mention: Mention, rules: tuple[str, ...]) -> Participant:
    return Participant(
        role=role,
        span=mention.span,
        text=mention.text,
        mention=mention.index,
        chain=scene.chain_of[mention.index],
        rules=rules,
    )


def _statement(scene: Scene, attribution: Attribution) -> Event:
    text = scene.document.text
    clause = scene.clauses[attribution.clause] if attribution.clause is not None else None
    speakers: list[Participant] = []
    if attribution.source is not None:
        speakers = _participants(scene, Role.SPEAKER, Filler(attribution.source, attribution.rules[0]))
    words = " ".join(" ".join(text[s.begin : s.end] for s in attribution.content).split())
    fact = Factuality.HAPPENED
    if clause is not None:
        fact = factuality(clause, scene.clauses, {})[0]
    return Event(
        index=0,
        cls=STATEMENT,
        frame="say",
        trigger=attribution.cue,
        lemma=clause.lemma if clause is not None else text[attribution.cue.begin : attribution.cue.end].lower(),
        label=tidy(words),
        factuality=fact,
        evidence=_sentences_of(scene, attribution),
        clause=attribution.clause,
        participants=tuple(speakers),
        time=time_of(clause, scene.clauses, scene.settings) if clause is not None else None,
        content_text=words,
        content_spans=attribution.content,
        cue=attribution.cue,
        source=attribution.source.span if attribution.source is not None else None,
        rules=attribution.rules,
    )


def _sentences_of(scene: Scene, attribution: Attribution) -> tuple[Evidence, ...]:
    """The sentence of the cue, and those of a content that stands elsewhere."""
    out: dict[Span, None] = {}
    for at in (*(s.begin for s in attribution.content), attribution.cue.begin):
        k = max(0, bisect_left(scene.sentences, at + 1, key=lambda s: s.span.begin) - 1)
        out[scene.sentences[k].span] = None
    return tuple(Evidence(s) for s in out)


def _joined(events: list[Event], clauses: Sequence[Clause], attributions: Sequence[Attribution]) -> tuple[Event, ...]:
    """Link each initiative and statement to the event its content tells, and each told event to its speaker."""
    begins = [e.trigger.begin for e in events]
    speaker: dict[int, Event] = {}
    objects = {(a.cue, a.content) for a in attributions if a.way is Way.OBJECT}
    out = list(events)
    for event in events:
        inside = [e for s in event.content_spans for e in _between(events, begins, s) if e.index != event.index]
        inside = [e for e in inside if e.trigger != event.trigger and e.cls != STATEMENT and e.frame != FIGURE]
        if event.cls == STATEMENT:
            for e in inside:
                held = speaker.get(e.index)
                if held is None or _length(event) < _length(held):
                    speaker[e.index] = event
        if inside:
            best = min(inside, key=lambda e: (_depth(e, clauses), e.index))
            out[event.index] = replace(out[event.index], content=best.index)
            wanted = out[best.index]
            if event.kind is not None and wanted.factuality in (Factuality.HAPPENED, Factuality.FUTURE):
                rules = (*wanted.rules, "factuality: content of an initiative")
                out[best.index] = replace(wanted, factuality=Factuality.HYPOTHETICAL, rules=rules)
    for index, statement in speaker.items():
        told = statement.participants[0] if statement.participants else None
        own = {p.mention for p in out[index].participants if p.role is Role.PROPOSER}
        answered = out[index].kind is not None and (statement.cue, statement.content_spans) in objects
        if told is not None and told.mention not in own and not answered:
            out[index] = replace(out[index], attributed_to=told)
    return tuple(out)


def _between(events: Sequence[Event], begins: Sequence[int], span: Span) -> Sequence[Event]:
    return events[bisect_left(begins, span.begin) : bisect_left(begins, span.end)]


def _length(event: Event) -> int:
    return sum(s.end - s.begin for s in event.content_spans)


def _depth(event: Event, clauses: Sequence[Clause]) -> int:
    """How deep in the tree an event's clause stands: the least deep one is what the content is about."""
    depth, k = 0, event.clause
    while k is not None and depth < 20:
        above = clauses[k].governor
        if above is None:
            break
        depth += 0 if clauses[k].category is Category.NOUN and clauses[k].support in CARRIED else 1
        k = above
    return depth
