"""What is attributed without a verb or noun of saying: "according to", "in her view", signatures and speaker labels."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.clauses.assemble import make_argument, mentions_by_head
from kg.extract.clauses.attribution.cues import RELATIVES, interrupted
from kg.extract.clauses.attribution.quoted import OPENING_MARKS, RESUME, SENTENCE_LIKE, Found, QuoteIndex
from kg.extract.syntax.tree import Tree
from kg.model import Argument, Mention, Slot, Span, Way

VIEWS = frozenset("view opinion word telling account estimation judgment judgement estimate eye reckoning mind".split())
DASHES = frozenset({"―", "—", "–", "-", "--"})
WITHIN = ("xcomp", "ccomp", "obl", "nmod", "obj", "acl", "acl:relcl", "advcl", "nsubj", "csubj", "appos")
"""Relations by which parsers hang "according to" within the clause that it qualifies."""
STEPS = 6  # how far within
LABEL = re.compile(
    r"^[ \t]*[\"“]?(?P<name>[^\W\d_][^\n:?!\"“”]{0,70}?)(?: \([^)\n]*\))?[ \t]?:[ \t]+(?=\S)", re.MULTILINE
)
HEADED = re.compile(
    r"^[ \t]*(?i:and |also |then )?(?i:from |by )(?P<name>[^\n.:;?!\"“”]{1,70}):[ \t]*\n\s*(?=[\"“])"
    r"|^[ \t]*(?P<alone>[A-Z][^\n.:;?!\"“”]{1,70}):[ \t]*\n\s*(?=[\"“])",
    re.MULTILINE,
)
"""A line of its own that names who is quoted in the next ("And from Ana Ruiz:")."""
PARAGRAPH = re.compile(r"\s*\n|\Z")
SPOKEN = frozenset({"Q", "A", "Question", "Answer"})
REPORTS = frozenset("poll polls report reports study survey source sources official officials analyst analysts".split())
NAME_WORDS = 5  # in a speaker's label
LABELS = 2  # lines that begin with names in capitals, before a text is a transcript


def according_to(tree: Tree, order: Mapping[int, int], mentions: Sequence[Mention], quotes: QuoteIndex) -> list[Found]:
    """The clause that "according to X", "in X's view" or "in the words of X" qualifies, without that phrase."""
    by_head = mentions_by_head(mentions)
    positions = dict(order)
    out = []
    for i in range(len(tree)):
        found = _phrase(tree, i)
        if found is None:
            continue
        source, phrase, cue = found
        top = _qualified(tree, phrase)
        around = interrupted(tree, top, phrase) if top != phrase else []
        if not around:
            continue
        spans, direct = quotes.widen(around, cue.begin)
        argument = make_argument(tree, source, Slot.OBLIQUE, "according to", "according to", positions, by_head)
        if argument.span.end <= cue.end:
            continue  # the text ends with "according to"
        if argument.span.begin < cue.end:
            argument = _behind(tree, argument, cue)
        out.append(Found(cue, spans, argument, None, direct, ("according to",), Way.PHRASE))
    return out


def _phrase(tree: Tree, i: int) -> tuple[int, int, Span] | None:
    """Token of the source, token of the whole phrase and span of the cue, if a phrase of this kind begins at `i`."""
    if tree.lower[i] == "according" and tree.head[i] != i:
        source = tree.head[i] if tree.dep[i] == "case" else tree.child(i, "obl", "nmod", "obj")
        end = i + 1 if i + 1 < len(tree) and tree.lower[i + 1] == "to" else i
        return (source, source, tree.span(i, end)) if source is not None else None
    if tree.lower[i] != "in" or tree.dep[i] != "case":
        return None
    noun = tree.head[i]
    if tree.lemma[noun] not in VIEWS or tree.dep[noun] not in ("obl", "nmod", "advmod", "parataxis"):
        return None
    owner = tree.child(noun, "nmod:poss")
    if owner is None and tree.child(noun, "det") is not None:
        owner = next((c for c in tree.each(noun, "nmod") if tree.case(c) == "of"), None)
    return (owner, noun, tree.span(i, i)) if owner is not None else None


def _qualified(tree: Tree, phrase: int) -> int:
    """The predicate that a phrase qualifies: set off by a comma it qualifies its whole clause."""
    top = tree.head[phrase]
    first = tree.left[phrase]
    while first < phrase and tree.pos[first] == "PUNCT":
        first += 1
    apart = first == 0 or tree.word[first - 1] == "," or tree.sentence[first - 1] != tree.sentence[first]
    relative = first >= 2 and tree.lower[first - 2] in RELATIVES
    steps = 0
    while apart and not relative and steps < STEPS and tree.dep[top] in WITHIN:
        top, steps = tree.head[top], steps + 1
    return top


def _behind(tree: Tree, argument: Argument, cue: Span) -> Argument:
    """The source without the cue that its phrase begins with."""
    first = bisect_left(tree.begin, cue.end)
    last = max(first, bisect_left(tree.begin, argument.span.end) - 1)
    return Argument(
        argument.slot,
        argument.marker,
        tree.trimmed(first, last),
        argument.head,
        argument.head_lemma,
        argument.mention,
        argument.clause,
        argument.rules,
    )


def signed(tree: Tree, mentions: Sequence[Mention], quotes: QuoteIndex, found: Sequence[Found]) -> list[Found]:
    """A quotation signed with a dash and a name: “…” ― Ana Ruiz."""
    taken = {span.begin for f in found for span in f.content}
    at = {begin: i for i, begin in enumerate(tree.begin)}
    named = {m.span.begin: m for m in mentions if m.type == "PERSON"}
    out = []
    for q in quotes.quotations:
        dash = next((at[b] for b in range(q.end, q.end + RESUME) if b in at and tree.word[at[b]] in DASHES), None)
        if q.begin in taken or q.end - q.begin < SENTENCE_LIKE or dash is None:
            continue
        person = next((named[b] for b in range(tree.end[dash], tree.end[dash] + RESUME) if b in named), None)
        if person is not None:
            out.append(
                Found(tree.span(dash, dash), (q,), _subject(person), None, True, ("signed quotation",), Way.SIGNATURE)
            )
    return out


def labelled(text: str, mentions: Sequence[Mention], quotes: QuoteIndex, found: Sequence[Found]) -> list[Found]:
    """What stands behind a speaker's name and a colon: lines of a transcript, headlines ("Weber: Vote Was Fair")."""
    matches = [m for m in LABEL.finditer(text) if len(m.group("name").split()) <= 2 * NAME_WORDS]
    transcript = [m for m in matches if _is_role(m.group("name"))]
    spoken = {m.start() for m in transcript} if len(transcript) >= LABELS else set()
    begins = [m.span.begin for m in mentions]
    taken = {span.begin for f in found for span in f.content}
    turns = sorted(spoken)
    out = []
    for match in matches:
        label = Span(*match.span("name"))
        inside = mentions[bisect_left(begins, label.begin) : bisect_right(begins, label.end)]
        actors = [m for m in inside if m.type in ("PERSON", "ORG", "GPE") and m.span.end <= label.end + 1]
        end = PARAGRAPH.search(text, match.end())
        content = Span(match.end(), end.start() if end else len(text))
        source: Argument | None = _subject(actors[0]) if actors else _label_source(label)
        rule = _label_rule(match, actors, spoken)
        if rule == "speaker label":
            turn = _next(turns, match.start())
            spans = tuple(_turn(text, content, turn)) if match.start() in spoken and turn else (content,)
        elif text[content.begin] in OPENING_MARKS and (q := quotes.around(content.begin)) is not None:
            spans, rule = (q,), "quotation beside its label"
            source = source if actors else None
        else:
            continue
        if spans[0].end > spans[0].begin and spans[0].begin not in taken:
            out.append(Found(Span(label.end, match.end()), spans, source, None, True, (rule,), Way.LABEL))
    return out


def headed(text: str, mentions: Sequence[Mention], quotes: QuoteIndex, found: Sequence[Found]) -> list[Found]:
    """A quotation below a line that is only the name of who says it."""
    begins = [m.span.begin for m in mentions]
    taken = {span.begin for f in found for span in f.content}
    out = []
    for match in HEADED.finditer(text):
        label = Span(*match.span("name" if match["name"] else "alone"))
        inside = mentions[bisect_left(begins, label.begin) : bisect_right(begins, label.end)]
        person = next((m for m in inside if m.span == label and m.type in ("PERSON", "ORG", "GPE")), None)
        q = quotes.around(match.end())
        if person is not None and q is not None and q.begin not in taken:
            out.append(
                Found(
                    Span(label.end, match.end()),
                    (q,),
                    _subject(person),
                    None,
                    True,
                    ("quotation below its label",),
                    Way.LABEL,
                )
            )
    return out


def _next(turns: Sequence[int], at: int) -> int | None:
    k = bisect_right(turns, at)
    return turns[k] if k < len(turns) else None


def _label_rule(match: re.Match[str], actors: Sequence[Mention], spoken: set[int]) -> str:
    """Whether a label is a speaker's: one of a transcript's names in capitals, wholly a name, or a kind of source."""
    name = match.group("name")
    if match.start() in spoken:
        return "speaker label"
    headline = match.start() == 0
    whole = any(m.span.end - m.span.begin >= len(name) - 1 and m.type == "PERSON" for m in actors)
    if len(name.split()) <= NAME_WORDS and (whole or (headline and name.lower() in REPORTS)):
        return "speaker label"
    return ""


def _is_role(name: str) -> bool:
    """ "WALLACE", "SEN. CRUZ", "Q": how transcripts name who speaks."""
    return name in SPOKEN or (name.upper() == name and len(name) > 2 and len(name.split()) <= NAME_WORDS)


def _turn(text: str, first: Span, end: int) -> Iterator[Span]:
    """The paragraphs of one speaker's turn, without remarks in brackets ("(CROSSTALK)")."""
    yield first
    at = first.end
    while at < end:
        match = re.compile(r"[ \t]*\S.*").search(text, at, end)
        if match is None:
            return
        begin, stop = match.start(), match.end()
        paragraph = text[begin:stop]
        inner = len(paragraph) - len(paragraph.lstrip(' \t"“'))
        if not paragraph[inner:].startswith(("(", "[")):
            yield Span(begin + inner, begin + len(paragraph.rstrip()))
        at = stop


def _subject(mention: Mention) -> Argument:
    return Argument(Slot.SUBJECT, "", mention.span, mention.head, mention.head_lemma, mention.index)


def _label_source(label: Span) -> Argument:
    return Argument(Slot.SUBJECT, "", label, label, "")
