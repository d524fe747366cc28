"""Whom a deed is directed at where its frame's slots name nobody who could be: owners of things, nearby parties.

"Condemned the court's ruling" is directed at the court: the deed is what it is done to, the party it belongs to is the
one concerned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.frames.allowed import as_argument, inner_mentions
from kg.extract.frames.lexicon import Frame
from kg.extract.frames.match import Filler
from kg.extract.words import RECIPROCALS
from kg.model import Argument, Category, Clause, EntityType, Mention, MentionKind, Role, Slot

PARTIES = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.GPE, EntityType.NORP})
DOERS = frozenset({Role.AGENT, Role.PROPOSER, Role.RESPONDER})
CONCERNED = frozenset({Role.RECIPIENT, Role.ADDRESSEE})
DIRECTED = ("against", "on", "upon", "with", "to", "from", "at", "for", "between", "over", "toward", "towards", "of")
"""Prepositions of a party a deed is directed at, strongest first."""
OWNING = frozenset({"of", "by", "from", "against", "on", "with", "to", "for", "between", "into", "over"})
LOCAL = ("in", "into", "near", "along", "across", "throughout", "inside", "around", "outside")
"""Where these deeds are done, there they are done to: an attack in a country, troops sent to it."""
LOCAL_CLASSES = frozenset({"Attack", "Coercion", "Mobilization", "Aid", "Sanction", "Retreat", "Release", "Protest"})


MUTUALLY = "reciprocal"
RECIPROCAL = frozenset({"Meeting", "Agreement", "Cooperation", "Exchange"})
ANSWERED = frozenset({"with", "to", "from", "against"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules here look at: one clause among its text's clauses and mentions, and who does it."""

    frame: Frame
    clause: Clause
    clauses: Sequence[Clause]
    mentions: Sequence[Mention]
    chain_of: Sequence[int | None]
    doers: frozenset[int]  # the chains of those who do it
    places: frozenset[int | None]  # the mentions of where it is

    def does(self, mention: int) -> bool:
        """Whether a mention is of somebody who does it."""
        return self.chain_of[mention] in self.doers


def directed_at(
    frame: Frame,
    clause: Clause,
    roles: list[tuple[Role, Filler]],
    clauses: Sequence[Clause],
    mentions: Sequence[Mention],
    chain_of: Sequence[int | None],
) -> list[tuple[Role, Filler]]:
    """The roles of an event, with the party concerned in place of its things, or found where no slot held one."""
    roles = _without_itself([*_reciprocal(roles, mentions)], mentions, chain_of)
    table = frame.noun_roles if clause.category is Category.NOUN else frame.roles
    if frame.plover is None or not CONCERNED & set(table):
        return roles
    does = [f.argument.mention for role, f in roles if role in DOERS]
    chains = {chain_of[m] for k in does if k is not None for m in (k, *mentions[k].members)}
    places = frozenset(f.argument.mention for role, f in roles if role is Role.PLACE)
    here = Setting(frame, clause, clauses, mentions, chain_of, frozenset(c for c in chains if c is not None), places)
    out = [(role, f) for role, f in roles if role not in CONCERNED]
    parties = 0
    things: list[tuple[Role, Filler]] = []
    for role, f in roles:
        if role not in CONCERNED:
            continue
        owner = next(_owners(f, here), None) if _is_thing(f.argument) else None
        if owner is not None:
            out += [(role, owner), (Role.PATIENT, f)]
        elif role is Role.RECIPIENT and _is_thing(f.argument):
            things.append((role, f))
            continue
        else:
            out.append((role, f))
        parties += 1
    beside = {f.argument.slot for role, f in out if role in CONCERNED and f.argument.slot is Slot.OBJECT}
    done_to = [
        (role if f.argument.slot in beside else Role.PATIENT, f) for role, f in things
    ]  # "the town and the tanker"
    if parties:
        return out + done_to
    found = _missing(out + done_to, does, here)
    if frame.kind is not None:  # "offered to host talks": a happening that is wanted is nobody it is asked of
        things = [(role, f) for role, f in things if f.argument.clause is None]
        done_to = [(role, f) for role, f in done_to if f.argument.clause is None]
    return out + done_to + found if found else out + things


def _reciprocal(roles: list[tuple[Role, Filler]], mentions: Sequence[Mention]) -> Iterator[tuple[Role, Filler]]:
    """ "Met each other": each of those who do it is the one it is done to by the others."""
    does = [f.argument.mention for role, f in roles if role in DOERS and f.argument.mention is not None]
    members = dict.fromkeys(m for k in does for m in (mentions[k].members or (k,)))
    for role, filler in roles:
        at = filler.argument.mention
        if at is None or mentions[at].text.lower().split() not in RECIPROCALS:
            yield role, filler
            continue
        if role in DOERS:
            continue  # "accused each other of lying": which of them is left open
        yield from ((role, Filler(as_argument(mentions[m]), MUTUALLY, mutual=True)) for m in members)


def _without_itself(
    roles: list[tuple[Role, Filler]], mentions: Sequence[Mention], chain_of: Sequence[int | None]
) -> list[tuple[Role, Filler]]:
    """Nobody does to himself what is not said with a reflexive: the second is a copy of the first."""
    does = {chain_of[f.argument.mention] for role, f in roles if role in DOERS and f.argument.mention is not None}

    def itself(role: Role, filler: Filler) -> bool:
        at = filler.argument.mention
        if role not in CONCERNED or filler.mutual or at is None or chain_of[at] is None:
            return False
        return chain_of[at] in does and not mentions[at].text.lower().endswith(("self", "selves"))

    return [(role, filler) for role, filler in roles if not itself(role, filler)]


def _missing(roles: list[tuple[Role, Filler]], does: list[int | None], here: Setting) -> list[tuple[Role, Filler]]:
    """Recipients of an event that has none: owners of what it is done to, parties nearby, or its own doers."""
    done_to = [f for role, f in roles if role is Role.PATIENT]
    owner = next((o for f in done_to if _is_thing(f.argument) for o in _owners(f, here)), None)
    if owner is None and (not done_to or all(_is_own(f.argument, here) for f in done_to)):
        owner = _nearby(here)
    if owner is not None:
        return [(Role.RECIPIENT, owner)]
    members = [m for k in does if k is not None for m in (here.mentions[k].members or (k,))]
    others = [f for f in done_to if not _is_thing(f.argument)]
    if len(set(members)) < 2 or others or here.frame.cls not in RECIPROCAL:
        return []
    return [
        (Role.RECIPIENT, Filler(as_argument(here.mentions[m]), MUTUALLY, mutual=True)) for m in dict.fromkeys(members)
    ]


def _is_thing(argument: Argument) -> bool:
    """Whether a phrase tells a deed, which nothing can be directed at: whoever it belongs to is concerned."""
    return argument.clause is not None


def _is_own(argument: Argument, here: Setting) -> bool:
    """ "Its troops", "their weapons": what belongs to those who do it is not whom it is directed at."""
    mention = here.mentions[argument.mention] if argument.mention is not None else None
    return mention is not None and mention.possessor is not None and here.does(mention.possessor)


def _owners(filler: Filler, here: Setting) -> Iterator[Filler]:
    """Parties inside the phrase of a thing: its possessor first, then what precedes its head, then what follows it."""
    argument, mentions = filler.argument, here.mentions
    mention = mentions[argument.mention] if argument.mention is not None else None
    if mention is not None and mention.possessor is not None and not here.does(mention.possessor):
        yield Filler(as_argument(mentions[mention.possessor]), f"{filler.rule}: whose it is")
        return
    inside = [m for m in inner_mentions(argument, mentions) if _is_party(m) and not here.does(m.index)]
    before = [m for m in inside if m.span.end <= argument.head.begin and not m.marker]
    beside = [m for m in inner_mentions(argument, mentions) if m.marker and m.marker not in OWNING]
    after = [m for m in inside if m.span.begin > argument.head.begin and m.marker in OWNING and not _within(m, beside)]
    for m in (*before, *after):
        yield Filler(as_argument(m), f"{filler.rule}: whose it is")


def _within(mention: Mention, others: Sequence[Mention]) -> bool:
    """ "Held under the supervision of Benin": Benin owns the supervision, not what is held."""
    return any(o.span.begin < mention.span.begin and mention.span.end <= o.span.end for o in others)


def _is_party(mention: Mention) -> bool:
    return mention.kind is MentionKind.NAME and mention.type in PARTIES


def _nearby(here: Setting) -> Filler | None:
    """The party in a phrase beside the predicate, or beside what it does: by preposition, strongest first.

    Whom an answer goes to the discourse knows better, so there only what is said outright counts.
    """
    frame, clause = here.frame, here.clause
    answer = bool(frame.answers)
    local = LOCAL if frame.cls in LOCAL_CLASSES else ()
    below = [here.clauses[a.clause] for a in clause.arguments if a.slot is Slot.COMPLEMENT and a.clause is not None]
    for one in (clause, *(() if frame.denies else below)):
        obliques = [a for a in one.arguments if a.slot is Slot.OBLIQUE]
        for marker in (*DIRECTED, *local):
            for a in obliques:
                if a.marker != marker or a.mention is None or a.mention in here.places or here.does(a.mention):
                    continue
                if answer and one is clause and marker not in ANSWERED:
                    continue
                if here.mentions[a.mention].type in PARTIES or here.mentions[a.mention].members:
                    return Filler(a, f"nearby party: {marker}")
                owner = next(_owners(Filler(a, f"nearby party: {marker}"), here), None)
                if owner is not None:
                    return owner
    return None
