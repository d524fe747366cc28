"""Answers in words about an initiative: verdicts and silence."""

from __future__ import annotations

import re

from kg.extract.discourse.answers import PLURAL, Reply, is_yet_to
from kg.extract.discourse.antecedents import Found, Initiatives
from kg.extract.discourse.board import Board, chains
from kg.model import Argument, Category, Clause, Event, MentionKind, Role, Slot, Span, Status

REPLYING = frozenset({"respond", "reply", "answer", "react", "comment"})
REPLIES = frozenset({"response", "reply", "answer", "reaction"})
DECIDING = REPLYING | {
    "say", "decide", "announce", "confirm", "indicate", "act", "sign", "make", "give", "take", "commit",
}  # fmt: skip
NAMING = frozenset({
    "call", "describe", "label", "brand", "deem", "consider", "regard", "see", "view", "denounce", "condemn", "dub",
    "characterise", "characterize", "find", "term", "slam", "declare", "pronounce",
})  # fmt: skip
DISMISSING = frozenset({
    "denounce", "condemn", "slam", "ridicule", "mock", "deride", "decry", "lambast", "scoff at",
    "bury", "torpedo", "sink", "scupper", "block", "thwart", "stonewall", "kill", "shoot down", "throw out", "scorn",
})  # fmt: skip
REJECTING = (
    r"unacceptable|unrealistic|impossible|absurd|ridiculous|premature|unfair|insulting|inadequate|insufficient|"
    r"unworkable|unreasonable|provocative|non-?starter|red line|out of the question|off the table|outside|blackmail|"
    r"not enough|too little|too late|trap|ploy|stunt|farce|insult|provocation|capitulation|betrayal|pointless|naive|"
    r"dead on arrival|illegal|unlawful|unconstitutional|excessive|humiliating|a joke|theatre|extortion"
)
ACCEPTING = r"acceptable|welcome|agreeable|very much welcome"
OPEN = (
    r"on the table|under (?:review|consideration|discussion|study|examination)|"
    r"being (?:considered|studied|examined|reviewed|discussed|weighed)|interesting|constructive|worth (?:considering|"
    r"studying|discussing)"
)
_VERDICTS = [
    (re.compile(rf"\b(?:{REJECTING})\b"), Status.REJECTED, Status.PENDING),
    (re.compile(rf"\b(?:{ACCEPTING})\b"), Status.ACCEPTED, Status.REJECTED),
    (re.compile(rf"\b(?:{OPEN})\b"), Status.PENDING, Status.REJECTED),
]
VERDICT_WORDS = 14  # words after what is judged in which the verdict stands


def verdict(board: Board, initiatives: Initiatives, clause: Clause) -> Reply | None:
    """The initiative is called something: "the plan is unacceptable", "described the offer as a trap"."""
    if clause.condition:
        return None  # "supports it if it is acceptable" judges nothing yet
    naming = clause.lemma in NAMING or clause.lemma in DISMISSING
    slot = Slot.OBJECT if naming else Slot.SUBJECT
    above = board.clauses[clause.governor] if clause.governor is not None else None
    if not naming and above is not None and clause.relation == "xcomp" and above.lemma in NAMING:
        return None  # told by the verb of naming
    if not naming and clause.category is Category.VERB and clause.lemma not in ("be", "remain", "seem"):
        return None
    judged = next((a for a in clause.arguments if a.slot is slot), None)
    if judged is None:
        return None
    # words after what is judged; a relative clause has it before its verb ("a demand they called a red line")
    begin = judged.span.end if judged.span.begin > clause.trigger.begin or not naming else clause.trigger.end
    end = max(clause.span.end, clause.trigger.end)
    said = " ".join(board.words(Span(begin, max(begin, end))).split(" ")[:VERDICT_WORDS])
    status = _status_of(said, negated=clause.negated)
    if status is None and clause.lemma in DISMISSING and not clause.negated:
        status = Status.REJECTED
    found = initiatives.meant_by(judged, clause.trigger) if status is not None else None
    if found is None or status is None:
        return None
    giver = board.subject(clause) if naming and not clause.passive else board.speaker_above(clause)
    if naming and clause.passive:
        giver = next((a for a in clause.arguments if a.slot is Slot.SUBJECT), None)
    if not _may_judge(board, found.initiative, giver):
        return None
    weak = status is Status.PENDING
    return Reply(found.initiative, status, f"verdict: {found.rule}", giver, weak=weak, named=found.named)


def _status_of(said: str, *, negated: bool) -> Status | None:
    for pattern, status, denied in _VERDICTS:
        if pattern.search(said):
            return denied if negated and not re.search(r"\bnot enough\b", said) else status
    return None


def _may_judge(board: Board, initiative: Event, giver: Argument | None) -> bool:
    """Whether a verdict is one of those addressed, as far as they are known."""
    chain = board.chain(giver.mention) if giver is not None else None
    told = [p for p in initiative.participants if p.role is Role.ADDRESSEE]
    if not told or chain is None or any(board.speaks_for(chain, p.chain) for p in told):
        return True
    named = [p for p in told if p.mention is not None and board.mentions[p.mention].kind is MentionKind.NAME]
    return not named and chain not in chains(initiative, Role.PROPOSER)


def silence(board: Board, initiatives: Initiatives, clause: Clause) -> Reply | None:
    """ "has yet to say", "did not answer", "declined to comment", "there was no response", "remained silent"."""
    weak, status, by = True, Status.PENDING, board.subject(clause)
    above = board.clauses[clause.governor] if clause.governor is not None else None
    if is_yet_to(board, clause) and clause.lemma in DECIDING:
        weak = False
        by = by or (board.subject(above) if above is not None else None)
    elif clause.lemma in REPLYING and clause.category is Category.VERB and clause.negated:
        never = re.search(r"\bnever\b", board.words(clause.span))
        status = Status.UNMET if never else status
    elif clause.lemma in REPLIES and clause.category is Category.NOUN and clause.negated:
        by = next((a for a in clause.arguments if a.slot is Slot.OBLIQUE and a.marker in ("from", "by")), None)
        by = by or (board.subject(above) if above is not None and above.lemma != "be" else None)
    elif not _keeps_quiet(board, clause):
        return None
    if re.search(r"\brequests? for (?:comment|an interview)\b", board.words(clause.span)):
        return None  # what a newspaper asks is no initiative of its story
    found = _to_whom(board, initiatives, clause, by)
    if found is None:
        return None
    return Reply(found.initiative, status, f"silence: {found.rule}", by, weak, cls="Response", named=found.named)


def _keeps_quiet(board: Board, clause: Clause) -> bool:
    """ "remained silent", "kept quiet"."""
    if clause.lemma not in ("remain", "stay", "keep", "fall"):
        return False
    after = board.words(Span(clause.trigger.end, max(clause.trigger.end, clause.span.end)))
    return re.match(r"(?:largely |so far |conspicuously )?(?:silent|quiet|mum|tight-lipped)\b", after) is not None


def _to_whom(board: Board, initiatives: Initiatives, clause: Clause, by: Argument | None) -> Found | None:
    """The initiative that a clause names, or that was addressed to who acts in it; with nobody acting, the last one."""
    for argument in clause.arguments:
        if argument.slot in (Slot.OBJECT, Slot.OBLIQUE) and argument is not by:
            found = initiatives.meant_by(argument, clause.trigger)
            if found is not None:
                return found
    chain = board.chain(by.mention) if by is not None else None
    plural = by is not None and by.head_lemma.lower() in PLURAL
    if chain is not None or plural:
        return initiatives.addressed_to({chain} if chain is not None else set(), clause.trigger, plural=plural)
    if by is not None:
        return None
    last = next((i for i in initiatives.before(clause.trigger, 1) if not initiatives.inside(clause.trigger, i)), None)
    return None if last is None else Found(last, "the initiative told last")
