"""Who says what: source, cue and content of direct, indirect, partial and multi-sentence quotations.

Content is what is attributed, as character spans: the complement of a verb of saying, the matter around a
parenthetical cue, the clause an "according to" qualifies, and the quotations that belong to them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.extract.clauses.assemble import make_argument, mentions_by_head
from kg.extract.tree import Tree
from kg.model import Argument, Attribution, Category, Clause, Mention, Slot, Span

SENTENCE_LIKE = 30  # characters; shorter quotations are scare quotes and names
RESUME = 3  # characters between a cue in the middle of a sentence and the rest of the quotation: a comma and a space
GAP = 12  # characters between a cue and the quotation that goes on after it: a full stop, marks, a paragraph break
ACCORDING = frozenset({"according to", "in the words of", "in the view of", "in the opinion of"})
EMPTY = frozenset({"it", "this", "that", "so", "they", "them", "he", "she", "something", "nothing", "what", "which"})


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
    *,
    cues: Mapping[str, tuple[str, ...]],
) -> tuple[Attribution, ...]:
    """All attributions of a text, in text order of their cues; `order` maps predicate tokens to clause indices."""
    found: list[_Found] = []
    quotes = QuoteIndex(quotations)
    for token, k in order.items():
        clause = clauses[k]
        slots = cues.get(clause.lemma) or cues.get(tree.lemma[token])
        if slots is None:
            continue
        content, rule = _content(tree, token, clause, slots, quotes)
        if content:
            spans, direct = quotes.widen(content)
            if direct:
                spans = quotes.resumed(spans, clause, _source(clause))
            found.append(_Found(_cue(tree, token), spans, _source(clause), k, direct, (rule,)))
    found += _according_to(tree, order, mentions, quotes)
    found += _continued(found, quotes)
    found.sort(key=lambda f: (f.content[0], f.cue))
    return tuple(Attribution(i, *f) for i, f in enumerate(found))


class QuoteIndex:
    """Quotations of a text, asked by position."""

    def __init__(self, quotations: Sequence[Span]) -> None:
        self.quotations = quotations
        self._begins = [q.begin for q in quotations]

    def touching(self, span: Span) -> list[Span]:
        """Quotations that share a character with the span."""
        first = max(0, bisect_right(self._begins, span.begin) - 1)
        last = bisect_left(self._begins, span.end)
        return [q for q in self.quotations[first:last] if q.end > span.begin]

    def widen(self, content: list[Span]) -> tuple[tuple[Span, ...], bool]:
        """Extend content to the whole of the quotations it mostly consists of; say whether it is a direct quotation."""
        out: list[Span] = []
        direct = False
        for span in content:
            begin, end = span
            for q in self.touching(span):
                inside = min(q.end, span.end) - max(q.begin, span.begin)
                if inside >= 0.5 * (span.end - span.begin):
                    begin, end = min(begin, q.begin), max(end, q.end)
                    direct = True
                elif q.begin >= span.begin and q.begin < span.end < q.end <= span.end + 2:
                    end = q.end
            out.append(Span(begin, end))
        return _merged(out), direct

    def resumed(self, spans: tuple[Span, ...], clause: Clause, source: Argument | None) -> tuple[Span, ...]:
        """Add the quotation that goes on after a cue in the middle: "A," she said, "b." """
        if spans[-1].end > clause.trigger.begin:
            return spans
        end = max(clause.trigger.end, source.span.end if source is not None else 0)
        at = bisect_left(self._begins, end)
        if at < len(self.quotations) and 0 <= self.quotations[at].begin - end <= RESUME:
            return (*spans, self.quotations[at])
        return spans


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.begin <= out[-1].end:
            out[-1] = Span(out[-1].begin, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _content(
    tree: Tree, token: int, clause: Clause, slots: tuple[str, ...], quotes: QuoteIndex
) -> tuple[list[Span], str]:
    """The content of one cue and the name of the rule that found it; an empty list if it attributes nothing."""
    head = tree.head[token]
    if tree.dep[token] in ("parataxis", "parataxis:parenth") and clause.category is Category.VERB and head != token:
        around = _around(tree, head, token)
        if around:
            return around, "parenthetical cue"
    for argument in clause.arguments:
        if argument.slot is Slot.COMPLEMENT and ("complement" in slots or f"complement:{argument.marker}" in slots):
            if clause.category is Category.NOUN and argument.marker not in ("that", "to", "of", ""):
                continue
            return [_complement_span(tree, token, clause, argument)], f"complement of {clause.lemma}"
    for child in tree.each(token, "parataxis", "dep", "ccomp"):
        inside = tree.trimmed(tree.left[child], tree.right[child])
        if quotes.touching(inside) or ":" in tree.word[token + 1 : child]:
            return [inside], "quotation beside its cue"
    for slot in slots:
        for argument in clause.arguments:
            name = argument.marker if argument.slot is Slot.OBLIQUE else str(argument.slot)
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
    span = Span(min(p.begin for p in parts), max(p.end for p in parts))
    cue = tree.begin[token]
    if span.begin < cue < span.end:
        return argument.span
    return span


def _around(tree: Tree, head: int, token: int) -> list[Span]:
    """What a parenthetical cue interrupts: its head's words before and after it."""
    left, right = tree.left[token], tree.right[token]
    first, last = tree.left[head], tree.right[head]
    out = []
    if first < left:
        out.append(tree.trimmed(first, left - 1))
    if right < last and tree.sentence[last] == tree.sentence[token]:
        rest = tree.trimmed(right + 1, last)
        if rest.end - rest.begin > 1:
            out.append(rest)
    return [s for s in out if s.end > s.begin]


def _quote_in_sentence(tree: Tree, token: int, quotes: QuoteIndex) -> Span | None:
    """The nearest quotation of the cue's own sentence that the cue is not inside of."""
    first = last = token
    while first > 0 and tree.sentence[first - 1] == tree.sentence[token]:
        first -= 1
    while last + 1 < len(tree) and tree.sentence[last + 1] == tree.sentence[token]:
        last += 1
    at = tree.begin[token]
    near = [q for q in quotes.touching(tree.span(first, last)) if not q.begin <= at < q.end]
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


def _source(clause: Clause) -> Argument | None:
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
        spans, direct = quotes.widen(around)
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


def _continued(found: Sequence[_Found], quotes: QuoteIndex) -> list[_Found]:
    """A quotation of whole sentences without a cue of its own belongs to the speaker quoted just before it."""
    taken = sorted((span, f) for f in found for span in f.content)
    ends = sorted((span.end, k) for k, (span, f) in enumerate(taken) if f.direct)
    out: list[_Found] = []
    last: tuple[Span, _Found] | None = None
    k = 0
    for q in quotes.quotations:
        while k < len(ends) and ends[k][0] <= q.begin:
            candidate = taken[ends[k][1]]
            if last is None or candidate[0].end > last[0].end:
                last = candidate
            k += 1
        at = bisect_left(taken, q.end, key=lambda t: t[0].begin)
        if (
            q.end - q.begin < SENTENCE_LIKE
            or last is None
            or any(s.end > q.begin for s, _ in taken[max(0, at - 8) : at])
        ):
            continue
        span, before = last
        reach = max(span.end, before.cue.end, before.source.span.end if before.source is not None else 0)
        if 0 <= q.begin - reach <= GAP:
            entry = _Found(before.cue, (q,), before.source, before.clause, True, ("quotation continues",))
            out.append(entry)
            last = (q, entry)
    return out
