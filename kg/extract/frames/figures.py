"""Figures that sources give for one count, where no frame tells it: "put their number at 31", "spoke of 31 injured".

A claim is a number with the one who gives it. Two claims of a text are figures for one thing if the second takes the
first up ("the figure", "of them", a bare number that is counted), if both count the same in the same predicate, or if
they stand side by side in one sentence and count things of one kind. Each claim of such a pair becomes an account.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.frames.figure_words import (
    ANAPHORS,
    CONTRAST,
    COUNTING,
    GENERIC,
    HAPPENINGS,
    NOBODY,
    OF_THEM,
    PASSIVE,
    PUBLICATIONS,
    STATES,
    TELLING,
    happened,
    kind_of,
    said_of,
)
from kg.extract.frames.settings import Settings
from kg.model import (
    Argument,
    Attribution,
    Clause,
    Event,
    Evidence,
    Factuality,
    Mention,
    Modality,
    Participant,
    Quantity,
    Role,
    Sentence,
    Slot,
    Span,
)

FRAME = "figure"
_REACH = 2  # sentences that a figure may be away from the one it takes up
_ROOM = 16  # characters of "between", "more than" that a parser may leave out of the phrase they count


@dataclass(frozen=True, slots=True)
class _Claim:
    """A number, who gives it, and of what it is said; `explicit` where words say that it takes a figure up."""

    quantity: Quantity
    sentence: int
    source: Mention | None
    noun: str
    predicate: str
    bare: bool
    explicit: bool


def find_figures(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    chain_of: Sequence[int | None],
    clauses: Sequence[Clause],
    attributions: Sequence[Attribution],
    settings: Settings,
    told: Mapping[Span, str],
) -> list[Event]:
    """Give an account for each figure that another source of the text contradicts, in text order.

    They have the class `Happening`, the frame "figure" and the noun of the figure they contradict; their label is what
    is counted. `told` is the class of the event that has a number already (by its span): two that stand in events of
    one class with one noun need no more. Linear in the text: a claim is compared with those of two sentences before.
    """
    claims = list(_claims(text, sentences, mentions, clauses, attributions, settings))
    paired: dict[int, tuple[str, str]] = {}
    for k, claim in enumerate(claims):
        for j in range(k - 1, -1, -1):
            if claim.sentence - claims[j].sentence > _REACH:
                break
            rule = _rule(text, claims[j], claim, chain_of)
            if rule and _is_told(claims[j], claim, told):
                break
            if rule:
                noun = paired[j][0] if j in paired else claims[j].noun or claim.noun
                noun = noun or _noun_before(text, claims[j], mentions)
                paired.setdefault(j, (noun, rule))
                paired.setdefault(k, (noun, rule))
                break
    return [_account(text, sentences, chain_of, claims[k], *paired[k]) for k in sorted(paired)]


def _is_told(one: _Claim, other: _Claim, told: Mapping[Span, str]) -> bool:
    cls = told.get(one.quantity.span)
    same = one.quantity.noun.lower() == other.quantity.noun.lower() != ""
    return same and cls is not None and cls == told.get(other.quantity.span) and one.source is not None


def _claims(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    clauses: Sequence[Clause],
    attributions: Sequence[Attribution],
    settings: Settings,
) -> Iterator[_Claim]:
    by_sentence: dict[int, list[Clause]] = {}
    for clause in clauses:
        by_sentence.setdefault(clause.sentence, []).append(clause)
    told: dict[int, list[Attribution]] = {}
    begins = [sentence.span.begin for sentence in sentences]
    for attribution in attributions:
        for k in {bisect_right(begins, span.begin) - 1 for span in attribution.content}:
            told.setdefault(k, []).append(attribution)
    for sentence in sentences:
        around = by_sentence.get(sentence.index, [])
        counted = [*settings.quantities_in(sentence.span), *_nought(text, sentence)]
        for quantity in sorted(counted, key=lambda one: one.span):
            holding = [c for c in around if any(_holds(a, quantity) for a in c.arguments)]
            if any(c.modality is not Modality.REAL for c in holding):
                continue
            source, teller = _source(quantity, holding, told.get(sentence.index, []), mentions)
            bare = quantity.noun == "" and not (quantity.span.end < len(text) and text[quantity.span.end] == "-")
            explicit = teller is not None and _takes_up(teller, quantity)
            noun, predicate = _topic(text, quantity, holding, sentence)
            yield _Claim(quantity, sentence.index, source, noun, predicate, bare, explicit)


def _nought(text: str, sentence: Sentence) -> Iterator[Quantity]:
    """Figures of nought: "nobody was killed", "no deaths"."""
    for match in NOBODY.finditer(text, *sentence.span):
        noun, verb = (match["noun"] or "").lower(), (match["verb"] or "").lower()
        if noun or happened(verb):
            yield Quantity(0.0, Span(*match.span("none")), noun=noun or verb)


def _holds(argument: Argument, quantity: Quantity) -> bool:
    begin, end = argument.span
    return begin - _ROOM <= quantity.span.begin < end and quantity.span.end <= end


def _source(
    quantity: Quantity, holding: Sequence[Clause], told: Sequence[Attribution], mentions: Sequence[Mention]
) -> tuple[Mention | None, Clause | None]:
    """Who gives a number: the subject of the nearest verb of counting or telling before it, else who is quoted."""
    for clause in sorted(holding, key=lambda c: -c.trigger.begin):
        if clause.lemma not in TELLING and clause.lemma not in COUNTING:
            continue
        if clause.trigger.begin >= quantity.span.begin or clause.negated:
            continue
        source = next((a for a in clause.arguments if a.slot is Slot.SUBJECT and not _holds_head(a, quantity)), None)
        if source is None or source.mention is None:
            continue
        named = _behind(mentions[source.mention], mentions)
        quoted = _speaker(quantity, told, mentions)
        if named is mentions[source.mention] and named.head_lemma in PUBLICATIONS:
            named = quoted or named
        return named, clause if clause.lemma in COUNTING else None
    return _speaker(quantity, told, mentions), None


def _holds_head(argument: Argument, quantity: Quantity) -> bool:
    """Whether the number is part of who is counted ("31 injured spoke"), not of a relative clause about them."""
    return quantity.span.begin <= argument.head.begin and argument.span.begin - _ROOM <= quantity.span.begin


def _speaker(quantity: Quantity, told: Sequence[Attribution], mentions: Sequence[Mention]) -> Mention | None:
    inside = [
        a
        for a in told
        if a.source is not None
        and a.source.mention is not None
        and any(s.begin <= quantity.span.begin and quantity.span.end <= s.end for s in a.content)
    ]
    best = min(inside, key=lambda a: (sum(s.end - s.begin for s in a.content), a.index), default=None)
    if best is None or best.source is None or best.source.mention is None:
        return None
    return _behind(mentions[best.source.mention], mentions)


def _behind(mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """Who stands behind a paper: "a poll by the institute", "the union's own research"."""
    if mention.head_lemma not in PUBLICATIONS:
        return mention
    if mention.possessor is not None:
        return mentions[mention.possessor]
    for other in mentions[mention.index + 1 : mention.index + 4]:
        if other.sentence == mention.sentence and other.marker in ("by", "from"):
            return other
    return mention


def _takes_up(clause: Clause, quantity: Quantity) -> bool:
    """Whether a verb of counting says that its number is another one for what was counted before."""
    named = any(a.head_lemma in ANAPHORS for a in clause.arguments if a.slot is Slot.OBJECT)
    return named or (quantity.noun == "" and bool(COUNTING[clause.lemma]))


def _topic(text: str, quantity: Quantity, holding: Sequence[Clause], sentence: Sentence) -> tuple[str, str]:
    """The noun that is counted, and what is said of it: "31 injured" are people who were injured."""
    noun = quantity.noun.lower()
    if noun in STATES or noun in HAPPENINGS or (quantity.value == 0 and happened(noun)):
        return "people", said_of(HAPPENINGS.get(noun, noun))
    about = [
        (argument.span.end - argument.span.begin, clause.index, clause.lemma)
        for clause in holding
        for argument in clause.arguments
        if argument.clause is None and _holds(argument, quantity) and clause.lemma not in TELLING
    ]
    if about:
        return quantity.noun, said_of(min(about)[2])
    passive = PASSIVE.match(text, quantity.span.end, sentence.span.end)
    return quantity.noun, said_of(passive["participle"] or passive["past"]) if passive else ""


def _rule(text: str, one: _Claim, other: _Claim, chain_of: Sequence[int | None]) -> str:
    """Why two claims of a text are figures for one thing, "" if they are not."""
    if one.quantity.value == other.quantity.value or other.source is None or _unit(one) != _unit(other):
        return ""
    if one.source is not None and _same(one.source, other.source, chain_of):
        return ""
    if other.explicit and (one.noun or one.source is not None):
        return "figure: takes up the figure before"
    if one.source is None:
        return ""
    if other.bare:
        return "figure: a bare number after another's" if _follows(text, one, other) else ""
    kind = kind_of(one.noun)
    same = one.noun.lower() == other.noun.lower() or (kind != "" and kind == kind_of(other.noun))
    if same and one.predicate and one.predicate == other.predicate:
        return "figure: the same is counted and said of it"
    side_by_side = one.sentence == other.sentence and CONTRAST.search(
        text, one.quantity.span.end, other.quantity.span.begin
    )
    if same and side_by_side and one.noun.lower() not in GENERIC:
        return "figure: set against the other's"
    return ""


def _follows(text: str, one: _Claim, other: _Claim) -> bool:
    """A bare number takes up the one before it: "Police said nine people died; the clinic counted 14"."""
    return other.sentence - one.sentence <= 1 and bool(one.noun or OF_THEM.match(text, one.quantity.span.end))


def _unit(claim: _Claim) -> str:
    noun = claim.quantity.noun
    return noun if noun in ("percent", "fraction") else ""


def _same(one: Mention, other: Mention, chain_of: Sequence[int | None]) -> bool:
    chain = chain_of[one.index]
    return one.index == other.index or (chain is not None and chain == chain_of[other.index])


def _noun_before(text: str, claim: _Claim, mentions: Sequence[Mention]) -> str:
    """What "of them" counts: the nearest several things named before that are not the source."""
    near = [m for m in mentions if m.sentence <= claim.sentence and m.span.end <= claim.quantity.span.begin]
    for mention in reversed(near[-12:]):
        if mention.number == "plur" and mention.marker != "according to" and mention is not claim.source:
            return text[mention.head.begin : mention.head.end]
    return ""


def _account(
    text: str, sentences: Sequence[Sentence], chain_of: Sequence[int | None], claim: _Claim, noun: str, rule: str
) -> Event:
    begin, end = claim.quantity.span
    label = " ".join(text[begin:end].split())
    return Event(
        index=0,
        cls="Happening",
        frame=FRAME,
        trigger=claim.quantity.span,
        lemma=noun.lower(),
        label=label if noun in ("percent", "fraction") or claim.quantity.value == 0 else f"{label} {noun}".strip(),
        factuality=Factuality.HAPPENED,
        evidence=(Evidence(sentences[claim.sentence].span),),
        clause=None,
        quantity=replace(claim.quantity, noun=noun),
        attributed_to=_told_by(claim.source, chain_of),
        rules=(rule,),
    )


def _told_by(source: Mention | None, chain_of: Sequence[int | None]) -> Participant | None:
    if source is None:
        return None
    return Participant(
        Role.SPEAKER, source.span, source.text, source.index, chain_of[source.index], ("figure: who gives it",)
    )
