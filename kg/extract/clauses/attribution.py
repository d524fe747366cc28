"""Who says what: source, cue and content of direct, indirect, partial and multi-sentence quotations.

Content is what is attributed, as character spans: the complement of a verb of saying, the matter around a
parenthetical cue, the clause an "according to" qualifies, and the quotations that belong to them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.extract.clauses.assemble import make_argument, mentions_by_head
from kg.extract.clauses.quoted import RESUME, QuoteIndex
from kg.extract.tree import Tree
from kg.model import Argument, Attribution, Category, Clause, Mention, Slot, Span

SENTENCE_LIKE = 12  # characters; a shorter quotation at the head of a sentence is a name or a single word
SPEAKING = frozenset({"i", "we", "you", "me", "us"})
SCARE_QUOTE = 16  # characters; a shorter quotation somewhere in the sentence is a word in quotes, not what is said
NEAR = 8  # contents before a quotation that may reach into it
GAP = 4  # characters before a quotation that begins its sentence
ACCORDING = frozenset({"according to", "in the words of", "in the view of", "in the opinion of"})
DASHES = frozenset({"―", "—", "–", "-", "--"})
PARENTHESIS = frozenset({",", "—", "–", "-", "--", "(", "”", '"', "’", "'", "?", "!"})
EMPTY = frozenset("it this that so they them he she something nothing what which none one nobody".split())


class _Found(NamedTuple):
    cue: Span
    content: tuple[Span, ...]
    source: Argument | None
    clause: int | None
    direct: bool
    rules: tuple[str, ...]


def find_attributions(
    tree: Tree,
    clauses: Sequence[Clause],
    order: Mapping[int, int],
    mentions: Sequence[Mention],
    quotations: Sequence[Span],
    text: str,
    *,
    cues: Mapping[str, tuple[str, ...]],
) -> tuple[Attribution, ...]:
    """All attributions of a text, in text order of their cues; `order` maps predicate tokens to clause indices."""
    found: list[_Found] = []
    quotes = QuoteIndex(quotations, text)
    for token, k in order.items():
        clause = clauses[k]
        slots = cues.get(clause.lemma) or cues.get(tree.lemma[token])
        if slots is None:
            continue
        content, rule = _content(tree, token, clause, slots, quotes)
        if not content:
            continue
        spans, direct = quotes.widen(content, tree.begin[token])
        source = _source(clause, mentions, direct=direct)
        if source is None and not direct and not _impersonal(clause):
            continue
        if source is not None and source.head_lemma in SPEAKING and "quote" not in slots:
            continue  # "I think", "you know" hedge what the speaker says; they attribute it to nobody else
        if direct:
            spans = quotes.resumed(spans, clause, source)
            spans = quotes.preceding(spans, tree.begin[_sentence_start(tree, token)])
        found.append(_Found(_cue(tree, token), spans, source, k, direct, (rule,)))
    found += _according_to(tree, order, mentions, quotes)
    found += _signed(tree, mentions, quotes, found)
    found = _continued(tree, found, quotes)
    found.sort(key=lambda f: (f.content[0], f.cue))
    return tuple(Attribution(i, *f) for i, f in enumerate(found))


def _content(
    tree: Tree, token: int, clause: Clause, slots: tuple[str, ...], quotes: QuoteIndex
) -> tuple[list[Span], str]:
    """The content of one cue and the name of the rule that found it; an empty list if it attributes nothing."""
    head = tree.head[token]
    for argument in clause.arguments:
        if argument.slot is Slot.COMPLEMENT and ("complement" in slots or f"complement:{argument.marker}" in slots):
            if clause.category is Category.NOUN and argument.marker not in ("that", "to", "of", ""):
                continue
            return [_complement_span(tree, token, clause, argument)], f"complement of {clause.lemma}"
    if "quote" in slots and tree.dep[token].startswith("parataxis") and _is_parenthesis(tree, token):
        around = _around(tree, head, token)
        if around:
            return around, "parenthetical cue"
    for child in tree.each(token, "parataxis", "dep", "ccomp"):
        inside = tree.trimmed(tree.left[child], tree.right[child])
        if quotes.touching(inside) or ":" in tree.word[token + 1 : child]:
            return [inside], "quotation beside its cue"
    for slot in slots:
        for argument in clause.arguments:
            name = argument.marker if argument.slot is Slot.OBLIQUE else str(argument.slot)
            if argument.slot is Slot.OBLIQUE and argument.mention is None and argument.clause is None:
                continue  # a time, not what is said
            if name == slot and argument.slot in (Slot.OBJECT, Slot.OBLIQUE) and argument.head_lemma not in EMPTY:
                return [argument.span], f"{name} of {clause.lemma}"
    if "quote" in slots and clause.category is Category.VERB:
        beside = _quote_in_sentence(tree, token, quotes)
        if beside is not None:
            return [beside], "quotation in the sentence"
    return [], ""


def _complement_span(tree: Tree, token: int, clause: Clause, argument: Argument) -> Span:
    """The complement with its marker; several coordinated complements count together."""
    parts = [a.span for a in clause.arguments if a.slot is Slot.COMPLEMENT]
    if any(tree.begin[c] == argument.head.begin and _is_label(tree, c) for c in tree.each(token, "xcomp")):
        # "called the vote a farce": what, and what it is
        parts += [a.span for a in clause.arguments if a.slot is Slot.OBJECT and a.span.end < argument.span.begin]
    span = Span(min(p.begin for p in parts), max(p.end for p in parts))
    cue = tree.begin[token]
    if span.begin < cue < span.end:
        return argument.span
    return span


def _is_label(tree: Tree, i: int) -> bool:
    """Whether a complement is a mere noun or adjective, without a verb or a subject of its own."""
    return tree.pos[i] in ("NOUN", "PROPN", "ADJ") and tree.child(i, "cop", "nsubj", "mark") is None


def _around(tree: Tree, head: int, token: int) -> list[Span]:
    """What a parenthetical cue interrupts: its head's words before and after it."""
    left, right = tree.left[token], tree.right[token]
    first, last = tree.left[head], tree.right[head]
    first = max([first, *(i + 1 for i in range(first, left) if tree.word[i] == ";")])
    last = min([last, *(i - 1 for i in range(right + 1, last + 1) if tree.word[i] == ";")])
    out = []
    if first < left and _has_words(tree, first, left - 1):
        out.append(tree.trimmed(first, left - 1))
    if right < last and tree.sentence[last] == tree.sentence[token] and _has_words(tree, right + 1, last):
        out.append(tree.trimmed(right + 1, last))
    return [s for s in out if s.end > s.begin]


def _has_words(tree: Tree, first: int, last: int) -> bool:
    return any(tree.pos[i] not in ("PUNCT", "SPACE", "SYM") for i in range(first, last + 1))


def _is_parenthesis(tree: Tree, token: int) -> bool:
    """Whether a cue clause stands apart between commas or marks; after a semicolon it is a sentence of its own."""
    left = tree.left[token]
    return left == 0 or tree.word[left - 1] in PARENTHESIS or tree.word[left] in PARENTHESIS


def _sentence_start(tree: Tree, token: int) -> int:
    while token > 0 and tree.sentence[token - 1] == tree.sentence[token]:
        token -= 1
    return token


def _quote_in_sentence(tree: Tree, token: int, quotes: QuoteIndex) -> Span | None:
    """The nearest quotation of the cue's own sentence that the cue is not inside of."""
    first, last = _sentence_start(tree, token), token
    while last + 1 < len(tree) and tree.sentence[last + 1] == tree.sentence[token]:
        last += 1
    at = tree.begin[token]
    near = [
        q
        for q in quotes.touching(tree.span(first, last))
        if not q.begin <= at < q.end and q.end - q.begin >= SCARE_QUOTE
    ]
    return min(near, key=lambda q: (min(abs(q.begin - at), abs(q.end - at)), q.begin), default=None)


def _cue(tree: Tree, token: int) -> Span:
    """The cue word with its auxiliaries, particle and negation where they stand before or after it unbroken."""
    first = last = token
    for c in tree.children[token]:
        if tree.dep[c] in ("aux", "aux:pass", "cop") and c == first - 1:
            first = c
        elif tree.dep[c] == "compound:prt" and c == last + 1:
            last = c
    return tree.span(first, last)


def _impersonal(clause: Clause) -> bool:
    """ "It was reported that …": nobody is named, but the text distances itself."""
    finite = any(a.slot is Slot.COMPLEMENT and a.marker in ("that", "") for a in clause.arguments)
    return clause.category is Category.VERB and clause.passive and finite


def _source(clause: Clause, mentions: Sequence[Mention], *, direct: bool) -> Argument | None:
    """Who says it: the subject, the possessor or agent of a noun; after its verb parsers call it the object."""
    for slot in (Slot.SUBJECT, Slot.POSSESSOR):
        for argument in clause.arguments:
            if argument.slot is slot:
                return argument
    if clause.category is Category.NOUN:
        for argument in clause.arguments:
            if argument.slot is Slot.OBLIQUE and argument.marker in ("by", "from", "of"):
                return argument
            if argument.slot is Slot.MODIFIER and argument.mention is not None:
                return argument
    if direct and clause.category is Category.VERB:
        for argument in clause.arguments:
            person = argument.mention is not None and mentions[argument.mention].type == "PERSON"
            if argument.slot is Slot.OBJECT and person:
                return argument
    return None


def _according_to(
    tree: Tree, order: Mapping[int, int], mentions: Sequence[Mention], quotes: QuoteIndex
) -> list[_Found]:
    by_head = mentions_by_head(mentions)
    positions = dict(order)
    out = []
    for i in range(len(tree)):
        if tree.lower[i] != "according" or tree.head[i] == i:
            continue
        source = _according_source(tree, i)
        if source is None:
            continue
        top = tree.head[source]
        around = _around(tree, top, source) if top != source else []
        if not around:
            continue
        spans, direct = quotes.widen(around, tree.begin[i])
        argument = make_argument(tree, source, Slot.OBLIQUE, "according to", "according to", positions, by_head)
        cue_end = i + 1 if i + 1 < len(tree) and tree.lower[i + 1] == "to" else i
        out.append(_Found(tree.span(i, cue_end), spans, argument, None, direct, ("according to",)))
    return out


def _according_source(tree: Tree, i: int) -> int | None:
    """The nominal that "according to" marks, in either of the two ways treebanks attach it."""
    if tree.dep[i] == "case" and tree.case(tree.head[i]) in ACCORDING:
        return tree.head[i]
    if tree.lower[i] == "according":
        return tree.child(i, "obl", "nmod", "obj")
    return None


def _signed(tree: Tree, mentions: Sequence[Mention], quotes: QuoteIndex, found: Sequence[_Found]) -> list[_Found]:
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
            source = Argument(Slot.SUBJECT, "", person.span, person.head, person.head_lemma, person.index)
            out.append(_Found(tree.span(dash, dash), (q,), source, None, True, ("signed quotation",)))
    return out


def _continued(tree: Tree, found: Sequence[_Found], quotes: QuoteIndex) -> list[_Found]:
    """A quotation of whole sentences without a cue of its own belongs to the speaker quoted just before it."""
    starts = [tree.begin[i] for i in range(len(tree)) if i == 0 or tree.sentence[i] != tree.sentence[i - 1]]
    out = list(found)
    taken = sorted((span, k) for k, f in enumerate(found) for span in f.content)
    ends = sorted((span.end, k) for span, k in taken if found[k].direct)
    last: tuple[int, int] | None = None  # where the last quotation ended, and whose it is
    k = 0
    for q in quotes.quotations:
        while k < len(ends) and ends[k][0] <= q.begin:
            last = max(last or ends[k], ends[k])
            k += 1
        at = bisect_left(taken, q.end, key=lambda t: t[0].begin)
        near = taken[max(0, at - NEAR) : at]
        # what the quoted one says others said ("I think …") leaves the quotation itself without a speaker
        free = not any(span.end > q.begin and not q.begin <= found[i].cue.begin < q.end for span, i in near)
        if q.end - q.begin < SENTENCE_LIKE or last is None or not free:
            continue
        end, owner = last
        here = bisect_right(starts, q.begin) - 1
        there = bisect_right(starts, max(end - 1, out[owner].cue.end)) - 1
        if here - there in (0, 1) and q.begin - starts[here] <= GAP:
            before = out[owner]
            out[owner] = before._replace(content=(*before.content, q), rules=(*before.rules, "quotation continues"))
            last = (q.end, owner)
    return out
