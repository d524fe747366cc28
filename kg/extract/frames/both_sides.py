""" "Talks between Ana and Bo": who is proposed to meet is whoever stands on the other side of the proposer.

A state's own people are on its side: of talks that Chad proposed between its president and Mali's, Mali's is asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.extract.frames.allowed import as_argument
from kg.extract.frames.match import Filler
from kg.extract.frames.recipients import CONCERNED, DOERS
from kg.extract.lookup import lookup
from kg.model import EntityType, Gazetteer, Mention, Role

STATES = frozenset({EntityType.GPE, EntityType.NORP})


def other_side(
    roles: Sequence[tuple[Role, Filler]],
    mentions: Sequence[Mention],
    chain_of: Sequence[int | None],
    gazetteer: Gazetteer,
    *,
    proposes: bool,
) -> list[tuple[Role, Filler]]:
    """Put in place of one of those "between" whom something is to be all who are not of the side that does it.

    `proposes` says whether they are asked for it, so that they are addressed.
    """
    does = [mentions[f.argument.mention] for role, f in roles if role in DOERS and f.argument.mention is not None]
    chains = {chain_of[m.index] for m in does}
    states = {country for m in does if m.type in STATES for country in _countries(m, gazetteer)}
    out: dict[tuple[Role, int | None], tuple[Role, Filler]] = {}
    for role, filler in roles:
        group = _between(filler.argument.mention, mentions) if role in CONCERNED else None
        if group is None or not does:
            out.setdefault((role, filler.argument.mention), (role, filler))
            continue
        members = [mentions[k] for k in group.members if chain_of[k] is None or chain_of[k] not in chains]
        foreign = [m for m in members if not states & set(_countries(m, gazetteer))]
        for m in foreign or members:
            as_role = Role.ADDRESSEE if proposes else role
            out.setdefault((as_role, m.index), (as_role, Filler(as_argument(m), f"{filler.rule}: other side")))
    return list(out.values())


def _between(mention: int | None, mentions: Sequence[Mention]) -> Mention | None:
    """The group that a mention is or belongs to, looked for in its own sentence, so that long texts stay linear."""
    if mention is None:
        return None
    here = mentions[mention].sentence
    first = bisect_left(mentions, here, key=lambda m: m.sentence)
    near = takewhile(lambda m: m.sentence == here, (mentions[k] for k in range(first, len(mentions))))
    found = (m for m in near if m.members and m.marker == "between" and mention in (m.index, *m.members))
    return next(found, None)


def _countries(mention: Mention, gazetteer: Gazetteer) -> Iterator[str]:
    for known in lookup(gazetteer, mention.text)[:1]:
        if known.country:
            yield known.country
