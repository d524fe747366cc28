"""Who and what a learned reading says takes part: participants, content, time and number of one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.frames.event_times import looked_ahead
from kg.extract.frames.own_doers import DOERS, without_outer, without_passive_agents, without_subjects_elsewhere
from kg.extract.frames.owners import answerers, owners
from kg.extract.frames.settings import Settings
from kg.extract.frames.told_wants import authors, is_of_a_kind, seekers
from kg.extract.syntax.signatures import embedding
from kg.model import (
    Clause,
    Document,
    EntityType,
    Event,
    EventReading,
    Factuality,
    Mention,
    MentionKind,
    Participant,
    Quantity,
    Role,
    RoleReading,
    Sentence,
    Slot,
    Span,
    TimeSpan,
)

TARGETS = frozenset({Role.RECIPIENT, Role.ADDRESSEE, Role.PATIENT})
BESIDE = 6
"""Characters between two phrases of one content: "and", a comma."""
NO_PLACES = frozenset({EntityType.PERSON, EntityType.NORP})
"""Types of what is nowhere an event can be: a head that reads a person as the place is wrong."""
OWN_DEEDS = frozenset({"threaten", "offer"})
"""Kinds of initiatives whose content is a deed of who makes them, or of his side."""
APPROVING = frozenset({"approve", "adopt", "pass", "authorize", "authorise", "ratify", "endorse", "agree"})
"""Verbs by which a body also decides what it has planned itself."""
WILL = frozenset({"will", "would", "shall"})
RULE = "read from context"
"""Rule of everything that a learned head decided."""


@dataclass(frozen=True, slots=True)
class Text:
    """What of one text the readings are turned into events with."""

    document: Document
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    chain_of: Sequence[int | None]
    clauses: Sequence[Clause]
    settings: Settings
    head_at: Mapping[int, Mention]
    clause_at: Mapping[Span, int]
    answerers: Mapping[int, frozenset[int]]  # who answers what words tell, by where these begin
    refusers: Mapping[int, frozenset[int]]  # those of them who do not approve it: one may approve one's own plan


def text_of(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    chain_of: Sequence[int | None],
    clauses: Sequence[Clause],
    settings: Settings,
    framed: Sequence[Event],
) -> Text:
    """Return the records of one text with quick ways to ask them; `framed` are the events that frames evoke."""
    heads: dict[int, Mention] = {}
    for mention in mentions:
        heads.setdefault(mention.head.begin, mention)
    at = {c.trigger: c.index for c in reversed(clauses)}
    answered = answerers(framed, mentions)
    others = answerers([e for e in framed if e.lemma not in APPROVING], mentions)
    return Text(document, sentences, mentions, chain_of, clauses, settings, heads, at, answered, others)


def people(text: Text, base: Event, reading: EventReading, roles: Mapping[str, Role]) -> tuple[Participant, ...]:
    """Who was read to do it, a frame's other participants, and who was read for a role where the frame finds nobody."""
    base = replace(base, participants=_not_to_themselves(text, base))
    others = {p.mention for p in base.participants if p.role is Role.PLACE or p.role in TARGETS - {Role.PATIENT}}
    named = [p for r in reading.roles if r.role in roles for p in _participants(text, roles[r.role], r)]
    # "the deal reached in Istanbul" is not Istanbul's, nor an offer that of those to whom it is made
    places = {p.mention for p in base.participants if p.role is Role.PLACE}
    named = [p for p in named if p.role not in DOERS or p.mention not in others]
    named = [p for p in named if p.role is not Role.ADDRESSEE or p.mention not in places]
    named = without_outer(named, base.clause, text.clauses, text.mentions)
    named = without_passive_agents(named, base.clause, text.clauses, text.mentions)
    named = without_subjects_elsewhere(named, base.clause, text.clauses, text.mentions)
    if reading.kind is not None:
        named = authors(named, base, text.clauses, text.mentions)
    if reading.kind in OWN_DEEDS:
        acting = _acting(text, base)
        named = [p for p in named if p.role is not Role.ADDRESSEE or p.mention not in acting]
    surest = {(p.role, p.mention): p for p in sorted(named, key=lambda p: p.confidence or 0)}
    told = base.participants
    if reading.kind is not None:  # whoever has sought, approved or rejected a proposal did not make it
        answering = _answering(text, base, text.refusers if reading.kind == "plan" else text.answerers)
        others_deed = seekers(base, text.clauses, text.mentions) | answering
        told = tuple(p for p in told if p.role not in DOERS or p.mention not in others_deed)
        named = [p for p in named if p.role not in DOERS or p.mention not in answering]
        told += _owners(text, base) if not any(p.role in DOERS for p in told) else ()
    # who is behind an initiative grammar knows better: "the offer that Benin made"
    if (reading.kind is None or _is_far(text, base, named)) and any(p.role in DOERS for p in named):
        told = tuple(p for p in told if p.role not in DOERS)
    if reading.kind is not None and not any(p.role in DOERS for p in told):
        named = _of_one_party(text, named)
    filled = {p.role for p in told}
    for alike in (DOERS, TARGETS):
        if filled & alike:
            filled |= alike
    named = [p for p in named if surest[p.role, p.mention] is p and p.role not in filled]
    does = {p.mention for p in (*told, *named) if p.role in DOERS}
    wants = {p.chain for p in (*told, *named) if p.role is Role.PROPOSER and p.chain is not None}
    # nobody does to himself what no word says he does, or asks himself
    named = [p for p in named if p.role not in TARGETS or not (p.mention in does or p.chain in wants)]
    return (*told, *named)


def _of_one_party(text: Text, named: Sequence[Participant]) -> list[Participant]:
    """Those read to want something, but of several only the likeliest and whoever is named together with him.

    What is wanted has one author, or a group that a phrase names: "a plan by Chad and Peru".
    """
    authors = {p.mention: p.confidence or 0 for p in named if p.role is Role.PROPOSER and p.mention is not None}
    if len(authors) < 2:
        return list(named)
    first = max(authors, key=lambda k: (authors[k], -k))
    around = text.sentences[text.mentions[first].sentence].span
    groups = [set(m.members) for m in text.mentions if m.members and around.begin <= m.span.begin < around.end]
    kept = {first}.union(*(g for g in groups if first in g))
    same = {text.chain_of[k] for k in kept} - {None}
    return [
        p for p in named if p.role is not Role.PROPOSER or p.mention in kept or text.chain_of[p.mention or 0] in same
    ]


def _answering(text: Text, base: Event, answered: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """Who answers an event, or the message that a participle says more of: "rejected a resolution requiring it"."""
    clause = text.clauses[base.clause] if base.clause is not None else None
    found = answered.get(base.trigger.begin, frozenset())
    if clause is not None and clause.adnominal is not None and clause.governor is not None:
        found |= answered.get(text.clauses[clause.governor].trigger.begin, frozenset())
    return found


def _acting(text: Text, base: Event) -> set[int | None]:
    """Who will do what is threatened or promised: "warned that the bloc would act" is not said to the bloc."""
    clause = text.clauses[base.clause] if base.clause is not None else None
    told = [a.clause for a in clause.arguments if a.slot is Slot.COMPLEMENT] if clause is not None else []
    below = [text.clauses[k] for k in told if k is not None and not text.clauses[k].passive]
    ahead = [c for c in below if c.modal in WILL]
    return {a.mention for c in ahead for a in c.arguments if a.slot is Slot.SUBJECT}


def _owners(text: Text, base: Event) -> tuple[Participant, ...]:
    """Whoever is behind an initiative that no frame knows, as the phrase of its noun says."""
    clause = text.clauses[base.clause] if base.clause is not None and not base.frame else None
    return tuple(
        Participant(Role.PROPOSER, m.span, m.text, m.index, text.chain_of[m.index], a.rules)
        for a in owners(clause, text.mentions)
        if a.mention is not None
        for m in [text.mentions[k] for k in text.mentions[a.mention].members or (a.mention,)]
    )


def _is_far(text: Text, base: Event, named: Sequence[Participant]) -> bool:
    """Whether a subject is shared with a verb above, on whose choice trees err, and nobody reads it as the doer."""
    clause = text.clauses[base.clause] if base.clause is not None else None
    if clause is None or not clause.shares_subject:
        return False
    read = {text.chain_of[p.mention] for p in named if p.role in DOERS and p.mention is not None}
    return not any(p.chain in read for p in base.participants if p.role in DOERS)


def _not_to_themselves(text: Text, base: Event) -> tuple[Participant, ...]:
    """A frame's participants, but for an addressee who is the subject: "the bill calls for cutting" asks not itself."""
    clause = text.clauses[base.clause] if base.clause is not None else None
    if clause is None or clause.passive:
        return base.participants
    subjects = {a.mention for a in clause.arguments if a.slot is Slot.SUBJECT and a.mention is not None}
    return tuple(p for p in base.participants if p.role is not Role.ADDRESSEE or p.mention not in subjects)


def role_names(cls: str, kind: str | None) -> dict[str, Role]:
    """Return the roles that a reading's actor and recipient have in an event of a class and kind."""
    actor, recipient = Role.AGENT, Role.RECIPIENT
    if kind is not None:
        actor, recipient = Role.PROPOSER, Role.ADDRESSEE
    elif cls in ("Refusal", "Acceptance", "Response"):
        actor = Role.RESPONDER
    return {
        "actor": actor,
        "recipient": recipient,
        "place": Role.PLACE,
        "instrument": Role.INSTRUMENT,
        "object": Role.THEME,
    }


def _participants(text: Text, role: Role, reading: RoleReading) -> list[Participant]:
    """One participant per member of a group, the group itself where it has none."""
    mention = text.head_at.get(reading.head.begin)
    if mention is None:
        return []
    if role is Role.PROPOSER and mention.kind is not MentionKind.NAME and mention.head_lemma in embedding().messages:
        # a letter asks for what its owner wants; of one that is nobody's there is nothing else to be told
        if is_of_a_kind(mention):
            return []
        mention = text.mentions[mention.possessor] if mention.possessor is not None else mention
    named = [text.mentions[m] for m in mention.members] or [mention]
    if role is Role.PLACE:
        named = [m for m in named if m.type not in NO_PLACES]
    return [
        Participant(
            role=role,
            span=m.span,
            text=m.text,
            mention=m.index,
            chain=text.chain_of[m.index],
            rules=(RULE,),
            confidence=reading.confidence,
        )
        for m in named
    ]


def content(reading: EventReading) -> tuple[Span, ...]:
    """The phrase that was read as the content with most confidence, and those that go on where it ends."""
    found = [r for r in reading.roles if r.role == "content"] or [r for r in reading.roles if r.role == "object"]
    if not found:
        return ()
    best = max(found, key=lambda r: (r.confidence, -r.span.begin)).span
    begin, end = best
    for _, span in sorted((r.span.begin, r.span) for r in found):
        if begin <= span.end and span.begin - end <= BESIDE and begin - span.end <= BESIDE:
            begin, end = min(begin, span.begin), max(end, span.end)
    return (Span(begin, end),)


def time_of(text: Text, event: Event, reading: EventReading) -> TimeSpan | None:
    """Return the expression of time that was read to say when it was."""
    for r in reading.roles:
        if r.role != "time":
            continue
        found = text.settings.time_at(r.head)
        if found is not None:
            if event.factuality in (Factuality.HAPPENED, Factuality.DENIED):
                return found
            return looked_ahead(text.document, found)
    return None


def quantity(text: Text, reading: EventReading) -> Quantity | None:
    """Return the number that was read to count what takes part."""
    for r in reading.roles:
        if r.role == "quantity":
            found = text.settings.quantities_in(r.span) or text.settings.quantities_in(r.head)
            if found:
                return found[0]
    return None
