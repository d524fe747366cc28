"""Generic sentences: what is told of a kind, as a habit, tells of no single act (Krifka et al. 1995)."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Argument, Clause, Mention, MentionKind, Participant, Role, Slot

UNSPECIFIC = frozenset({"", "indefinite"})


def is_service(
    clause: Clause, content: Sequence[Argument], participants: Sequence[Participant], mentions: Sequence[Mention]
) -> bool:
    """Whether an offer is of things by nobody in particular to nobody in particular: "some shops offer coffee".

    That is a habit told in the simple present, and a service rather than an offer.
    """
    habit = clause.tense == "present" and clause.aspect == "simple" and not clause.negated
    if not habit or any(p.role is Role.ADDRESSEE for p in participants):
        return False
    if not content or any(a.slot is not Slot.OBJECT for a in content):
        return False
    subjects = [a for a in clause.arguments if a.slot is Slot.SUBJECT]
    return bool(subjects) and all(_is_unspecific(a, mentions) for a in subjects)


def _is_unspecific(argument: Argument, mentions: Sequence[Mention]) -> bool:
    mention = mentions[argument.mention] if argument.mention is not None else None
    return mention is None or (mention.kind is MentionKind.NOMINAL and mention.determiner in UNSPECIFIC)
