"""Readable words of an event: its label, the content of what is said or asked for, without the cue around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.extract.frames.lexicon import Frame
from kg.extract.frames.match import fillers, is_somebody
from kg.model import Argument, Category, Clause, Mention, MentionKind, Role, Slot, Span, Support

LONGEST = 30  # words of a label; longer ones are cut at a word
_LEADING = re.compile(r"^(?:that|to|for|of)\s+", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_MARK = re.compile('["“”„«»]')
NEAR = 12  # clauses after an initiative among which its content's asides are looked for


def tidy(text: str) -> str:
    """One line, single spaces, no stray punctuation at the ends, at most `LONGEST` words."""
    words = _SPACE.sub(" ", text).strip(" ,;:–—-").split(" ")
    if len(words) > LONGEST:
        return " ".join(words[:LONGEST]) + " …"
    found = " ".join(words)
    return _MARK.sub("", found) if len(_MARK.findall(found)) == 1 else found  # its fellow stands outside


def label(clause: Clause, clauses: Sequence[Clause], text: str) -> str:
    """What happened, in the words of the text: the noun phrase of a noun, subject to object of a verb.

    A noun with a light verb takes the verb with it ("held talks with Oman", "the deal was struck").
    """
    if clause.category is Category.NOUN:
        begin, end = clause.span
        above = clauses[clause.governor] if clause.governor is not None else None
        if above is not None and clause.support is Support.OBJECT and above.sentence == clause.sentence:
            begin, end = min(begin, above.trigger.begin), max(end, above.trigger.end)
        return tidy(text[begin:end])
    parts = [clause.trigger]
    parts += [
        a.span
        for a in clause.arguments
        if a.slot not in (Slot.MODIFIER, Slot.POSSESSOR)
        and a.span.end - a.span.begin < 300
        and _inside(a.span, clause)
        # what stands before the verb in an adverbial ("according to …", "after …") is setting, not what happened
        and (a.slot is not Slot.OBLIQUE or a.span.begin > clause.trigger.begin)
    ]
    begin, end = min(p.begin for p in parts), max(p.end for p in parts)
    particle = " " + clause.lemma.partition(" ")[2]
    if particle != " " and text[end : end + len(particle)].lower() == particle:
        end += len(particle)  # "turned the proposal down"
    return tidy(text[begin:end])


def _inside(span: Span, clause: Clause) -> bool:
    """Within the clause, or the phrase that a participle or relative clause belongs to and stands at the end of."""
    within = clause.span.begin <= span.begin and span.end <= clause.span.end
    around = span.begin < clause.span.begin and span.end == clause.span.end
    return within or around


def content_arguments(
    frame: Frame, clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> list[Argument]:
    """The arguments that hold what is proposed, asked for or said: those of the first content slot that has any."""
    for slot in frame.content:
        if slot == "quote":
            continue
        found = [f.argument for f in fillers(slot, clause, clauses, mentions)]
        if slot == "of" and clause.category is Category.NOUN and slot in frame.noun_roles.get(Role.PROPOSER, ()):
            # "the demands of the protesters" are theirs
            found = [a for a in found if a.mention is None or not is_somebody(mentions[a.mention])]
        if found:
            return found
    return []


def content_words(
    arguments: Sequence[Argument],
    clause: Clause,
    clauses: Sequence[Clause],
    mentions: Sequence[Mention],
    text: str,
) -> tuple[str, tuple[Span, ...]]:
    """The words of the content, its complementizer cut, and its spans; coordinated parts are taken together.

    A clause or apposition set off at its end is no part of it ("a tax break, which the opposition dismissed"). Who is
    to do it belongs to it where he stands right before it and is marked so ("for observers to inspect").
    """
    if not arguments:
        return "", ()
    begin = min(a.span.begin for a in arguments)
    for a in arguments:
        if a.slot is Slot.COMPLEMENT and a.marker == "for" and a.clause is not None:
            doers = [d.span.begin for d in clauses[a.clause].arguments if d.slot in (Slot.SUBJECT, Slot.OBJECT)]
            begin = min([begin, *(d for d in doers if clause.trigger.end < d < begin)])
    end = max(a.span.end for a in arguments)
    words = text[begin:end]
    if end - begin > 600:
        begin, end = arguments[0].span
        words = text[begin:end]
    cut = _set_off(Span(begin, end), clause, clauses, mentions, text)
    if cut < end:
        end, words = cut, text[begin:cut]
    return tidy(_LEADING.sub("", words)), (Span(begin, end),)


def _set_off(span: Span, clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention], text: str) -> int:
    """Where the content ends before a relative clause, participle or apposition that a comma sets off at its end."""
    asides = []
    for c in clauses[clause.index + 1 : clause.index + NEAR]:
        if c.sentence != clause.sentence or not span.begin < c.trigger.begin < span.end:
            continue
        if c.category is Category.VERB and c.adnominal is not None and c.span.end >= span.end:
            asides.append(c.span.begin)
    low = bisect_left(mentions, span.begin, key=lambda m: m.span.begin)
    high = bisect_left(mentions, span.end, key=lambda m: m.span.begin)
    for m in mentions[low:high]:
        if m.apposition_of is not None and m.kind is not MentionKind.NAME and m.span.begin > span.begin:
            asides.append(m.span.begin)
    before = [len(text[span.begin : at].rstrip()) for at in asides]
    commas = [at for at in before if text[span.begin : span.begin + at].endswith(",")]
    return span.begin + min(commas) - 1 if commas else span.end
