"""Freeze drafts into `Clause` records: tokens become offsets, coordination becomes several arguments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.clauses.predicates import Draft
from kg.extract.syntax.tree import Tree
from kg.model import Argument, Category, Clause, Mention, Slot, Span, Support


def assemble(
    tree: Tree, drafts: dict[int, Draft], mentions: Sequence[Mention], quotations: Sequence[Span]
) -> tuple[tuple[Clause, ...], dict[int, int]]:
    """Clauses in text order of their triggers, and the clause index of each predicate token."""
    tokens = sorted(drafts)
    order = {t: k for k, t in enumerate(tokens)}
    by_head = mentions_by_head(mentions)
    starts = [q.begin for q in quotations]
    out = []
    for t in tokens:
        draft = drafts[t]
        begin = tree.begin[t]
        k = bisect_right(starts, begin) - 1
        trigger_end = tree.end[draft.particle] if draft.particle == t + 1 else tree.end[t]
        out.append(
            Clause(
                index=order[t],
                sentence=tree.sentence[t],
                trigger=Span(begin, trigger_end),
                span=phrase(tree, t) if draft.category is Category.NOUN else tree.trimmed(tree.left[t], tree.right[t]),
                lemma=draft.lemma,
                category=draft.category,
                arguments=tuple(_arguments(tree, draft, order, by_head)),
                negated=draft.negated,
                modality=draft.modality,
                tense=draft.tense,
                aspect=draft.aspect,
                condition=draft.condition,
                passive=draft.passive,
                governor=order[draft.governor] if draft.governor is not None else None,
                relation=draft.relation,
                marker=draft.marker,
                quoted=k >= 0 and quotations[k].end > begin,
                support=draft.support,
                adnominal=draft.adnominal,
                shares_subject=draft.shares_subject,
                modal=draft.modal,
                scheduled=draft.scheduled,
                purpose=draft.purpose,
                rules=tuple(draft.rules) if draft.support is not Support.VERB else (*draft.rules, "light verb"),
            )
        )
    return tuple(out), order


def mentions_by_head(mentions: Sequence[Mention]) -> dict[int, int]:
    """Offset of the head word to mention index; of several with one head the shortest, a member before its group."""
    out: dict[int, int] = {}
    for m in mentions:
        other = out.get(m.head.begin)
        if other is None or m.span.end - m.span.begin < mentions[other].span.end - mentions[other].span.begin:
            out[m.head.begin] = m.index
    return out


def make_argument(
    tree: Tree, token: int, slot: Slot, marker: str, rule: str, order: dict[int, int], by_head: dict[int, int]
) -> Argument:
    """One argument of one token, with the mention and the clause it heads, if any."""
    return Argument(
        slot=slot,
        marker=marker,
        span=phrase(tree, token),
        head=tree.span(token, token),
        head_lemma=tree.lemma[token],
        mention=by_head.get(tree.begin[token]),
        clause=order.get(token),
        rules=(rule,),
    )


def phrase(tree: Tree, i: int) -> Span:
    """The words of an argument without its preposition and without what is loosely joined to it."""
    first, last = tree.left[i], tree.right[i]
    case = [c for c in tree.children[i] if tree.dep[c] == "case" and c < i]
    if case and case[0] == first:
        first = tree.right[case[-1]] + 1
    loose = [c for c in tree.children[i] if tree.dep[c] in ("parataxis", "cc") and c < i]
    if loose and tree.left[loose[0]] == first:
        first = tree.right[loose[-1]] + 1
    late = [c for c in tree.children[i] if tree.dep[c] == "parataxis" and c > i]
    if late:
        last = tree.left[late[0]] - 1
    fronted = tree.pos[i] in ("VERB", "AUX") and tree.dep[first] == "case" and tree.head[first] > first != i
    while not fronted and first < i and (tree.pos[first] in ("ADP", "SCONJ", "CCONJ") and tree.head[first] != first):
        first += 1  # a stray preposition that the parser hung elsewhere is no part of the phrase either
    if first > last:
        first = last = i
    return tree.trimmed(first, last)


def _arguments(tree: Tree, draft: Draft, order: dict[int, int], by_head: dict[int, int]) -> list[Argument]:
    """What fills the slots, as spans; coordinated phrases ("Chad and Mali") fill one slot as several arguments."""
    out: list[Argument] = []
    seen: set[tuple[Slot, int]] = set()
    slots = (
        (Slot.SUBJECT, draft.subject),
        (Slot.OBJECT, draft.object),
        (Slot.INDIRECT, draft.indirect),
        (Slot.OBLIQUE, draft.oblique),
        (Slot.COMPLEMENT, draft.complement),
        (Slot.POSSESSOR, draft.possessor),
        (Slot.MODIFIER, draft.modifier),
    )
    for slot, entries in slots:
        for token, marker, rule in entries:
            members = _members(tree, draft, token, slot)
            for k, member in enumerate(members):
                if (slot, member) in seen or member == draft.token:
                    continue
                seen.add((slot, member))
                note = rule if k == 0 else f"{rule}, coordinated"
                argument = make_argument(tree, member, slot, marker, note, order, by_head)
                if slot is Slot.COMPLEMENT and k + 1 < len(members):
                    argument = replace(argument, span=_until(tree, member, members[k + 1]))
                out.append(argument)
    return out


def _until(tree: Tree, clause: int, sibling: int) -> Span:
    """A coordinated clause without the one that follows it."""
    return tree.trimmed(tree.left[clause], max(clause, tree.left[sibling] - 1))


def _members(tree: Tree, draft: Draft, token: int, slot: Slot) -> list[int]:
    """Coordinated phrases fill a slot together; a conjunct that is the predicate itself is none of its arguments."""
    if slot is Slot.COMPLEMENT or (slot is Slot.MODIFIER and draft.category is not Category.NOUN):
        return [token] if slot is not Slot.COMPLEMENT else [c for c in tree.conjuncts(token) if c != draft.token]
    return [c for c in tree.conjuncts(token) if (c != draft.token and tree.pos[c] not in ("VERB", "AUX")) or c == token]
