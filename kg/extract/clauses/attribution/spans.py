"""How far what is said reaches: complements, objects with what is said of them, and where the next thing begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from kg.extract.clauses.attribution.quoted import QuoteIndex
from kg.extract.syntax.tree import Tree
from kg.model import Argument, Clause, Slot, Span

RAISING = frozenset(
    "want expect like need prefer wish believe consider think find deem declare call label dub brand imagine see hear "
    "consider judge rate name pronounce proclaim portray depict describe paint term rule hold intend".split()
)
"""Verbs whose object belongs to what is thought or said: "expects Kyiv to sign", "called the vote a farce"."""
OF_OBJECT = frozenset({"as", "for", "of", "from", "with", "in"})
"""Prepositions of a clause that says something of the object before it: "accused them of hiding it"."""
OF_CONTENT = frozenset("from by about over against of toward towards between among with as for to on".split())
"""Prepositions after an object that say more of it; "in", "at" and "since" tell where and when it was said."""
TO_OBJECT = frozenset("compare liken link tie contrast attribute trace equate credit".split())
RESULTS = frozenset("allow make cause leave enable force include give help lead create prevent let put bring".split())
"""What a participle of these tells after a comma is the consequence of what is said, and part of it."""
RAISED = frozenset(
    "say expect report believe think allege know understand rumour rumor estimate suppose assume predict find deem "
    "presume forecast project feel reckon see consider".split()
)
"""Passive cues whose subject belongs to what is said: "is said to have fled", "are expected to meet"."""
ACCUSING = {
    "accuse": ("of",), "suspect": ("of",), "charge": ("with",), "blame": ("for",), "criticise": ("for", "over"),
    "criticize": ("for", "over"), "credit": ("with",), "praise": ("for",), "condemn": ("for",),
}  # fmt: skip
"""Cues whose passive tells of its subject with a preposition: "were accused of fleeing"."""
CONTRASTS = frozenset({"whereas", "while", "although", "though", "even though"})


def complement_span(
    tree: Tree, token: int, clause: Clause, argument: Argument, quotes: QuoteIndex, cues: Mapping[str, tuple[str, ...]]
) -> Span:
    """The complement with the object it is said of; several coordinated complements count together."""
    cue = tree.begin[token]
    parts = [a.span for a in clause.arguments if a.slot is Slot.COMPLEMENT]
    behind = [p for p in parts if p.begin > cue]
    if behind and argument.span.end <= cue and not quotes.touching(argument.span):
        parts, argument = behind, replace(argument, span=behind[0])  # what stands before is a subject, misread
    if tree.lemma[token] in RAISING or argument.marker in OF_OBJECT:
        objects = [a.span for a in clause.arguments if a.slot is Slot.OBJECT]
        parts += [o for o in objects if cue < o.begin and o.end < argument.span.begin]
    span = Span(min(p.begin for p in parts), max(p.end for p in parts))
    if span.begin < cue < span.end:
        span = argument.span
    if span.begin < cue:
        return span
    if span.begin == argument.span.begin:
        span = Span(min(span.begin, _clause_begin(tree, token, argument)), span.end)
    return _settled(tree, token, span, quotes, cues)


def _clause_begin(tree: Tree, token: int, argument: Argument) -> int:
    """Where a clause begins after its own marker: "(that) at least four people died"."""
    head = bisect_left(tree.begin, argument.head.begin)
    first = tree.left[head]
    while first < head and (
        tree.pos[first] in ("PUNCT", "SPACE") or (tree.head[first] == head and _introduces(tree, first))
    ):
        first += 1
    return tree.begin[first] if first > token else argument.span.begin


def _introduces(tree: Tree, i: int) -> bool:
    return tree.dep[i] in ("mark", "cc", "case") or tree.lower[i] == "that"


def _settled(tree: Tree, token: int, span: Span, quotes: QuoteIndex, cues: Mapping[str, tuple[str, ...]]) -> Span:
    """A complement after its cue, without what tells of the cue itself, with what parsers cut off it.

    ", saying …" at its end is what the same speaker does besides; "and urged …" without a subject is the speaker's next
    act; an adverbial clause that no comma sets off belongs to what is said.
    """
    first = bisect_left(tree.begin, span.begin)
    last = bisect_left(tree.begin, span.end) - 1
    for c in tree.children[token]:
        joined = c > last and tree.left[c] == last + 1 and tree.pos[last + 1] != "PUNCT"
        if joined and tree.dep[c] == "advcl" and tree.marker(c) and tree.marker(c) not in CONTRASTS:
            last = max(last, tree.right[c])
    stop = next((i for i in range(first, last) if _ends(tree, i) and not quotes.around(tree.begin[i])), last)
    for i in range(first + 2, stop + 1):
        participle = tree.dep[i] in ("advcl", "conj", "parataxis") and tree.lower[i].endswith("ing")
        if tree.lemma[i] in RESULTS or tree.marker(i):
            continue
        if participle and tree.word[i - 1] == "," and tree.right[i] >= stop - 1:
            stop = i - 1
            break
    for i in range(first + 2, stop + 1):
        if _is_next_act(tree, token, i, stop, cues) or _is_next_speaker(tree, i, stop, cues):
            stop = (tree.child(i, "cc", "mark") or i) - 1
            break
    if stop != last or tree.end[last] > span.end:
        return tree.trimmed(first, stop)
    return span


def _ends(tree: Tree, i: int) -> bool:
    """Whether what is said is over here: at a semicolon, or before ", according to …", which gives its own source."""
    according = tree.word[i] == "," and tree.lower[i + 1 : i + 3] == ["according", "to"]
    return tree.word[i] == ";" or according


def _is_next_act(tree: Tree, token: int, i: int, stop: int, cues: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether "… and urged them" in a complement is what the speaker did next: a cue in the cue's own tense."""
    if tree.dep[i] != "conj" or tree.right[i] < stop - 1 or tree.child(i, "nsubj", "nsubj:pass", "aux") is not None:
        return False
    cc = tree.child(i, "cc")
    same = tree.tense[i] == tree.tense[token] != "" and tree.form[token] == "Fin"
    if same and tree.form[i] != "Fin":  # "… had been used, and accused them": taggers read a second participle
        same = cc is not None and tree.word[cc - 1] == "," and tree.child(i, "obj", "ccomp", "xcomp") is not None
    slots = cues.get(tree.lemma[i], ())
    return same and cc is not None and tree.lower[cc] in ("and", "but") and "complement" in slots


def _is_next_speaker(tree: Tree, i: int, stop: int, cues: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether "…, but the army denied it" within a complement is what somebody else says, set against it."""
    link = tree.child(i, "cc", "mark")
    if link is None or tree.right[i] < stop - 1 or tree.child(i, "nsubj", "nsubj:pass") is None:
        return False
    against = tree.dep[i] == "conj" and tree.lower[link] == "but"
    against = against or (tree.dep[i] == "advcl" and tree.lower[link] in CONTRASTS)
    return against and tree.word[link - 1] == "," and "complement" in cues.get(tree.lemma[i], ())


def object_span(tree: Tree, token: int, clause: Clause, argument: Argument, quotes: QuoteIndex) -> Span:
    """What an object or oblique tells, with what is said of it: "cited the audit as a reason", not ", which …"."""
    span = _with_predicate(tree, token, clause, argument)
    return _with_adjuncts(tree, token, span, quotes) if span.begin > tree.begin[token] else span


def _with_predicate(tree: Tree, token: int, clause: Clause, argument: Argument) -> Span:
    """An object with the "as …", "for …" or "to …" after it that is said of it; an "as …" with the object before it."""
    begin, end = argument.span
    for other in clause.arguments:
        if other.slot not in (Slot.OBLIQUE, Slot.COMPLEMENT, Slot.OBJECT, Slot.INDIRECT) or other is argument:
            continue
        if argument.slot is Slot.OBJECT and argument.span.end <= other.span.begin <= end + 24:
            said = other.marker in ("as", "for", "than") or tree.lemma[token] in TO_OBJECT
            said = said or (other.marker == "at" and tree.lemma[token] == "estimate")
            if (said and other.slot is Slot.OBLIQUE) or other.slot is Slot.COMPLEMENT:
                end = max(end, other.span.end)
        if (
            other.slot is Slot.OBJECT
            and argument.marker in ("as", "at")
            and tree.begin[token] < other.span.begin < begin
        ):
            begin = other.span.begin
    return Span(begin, end)


def _with_adjuncts(tree: Tree, token: int, span: Span, quotes: QuoteIndex) -> Span:
    """An object with what follows it without a comma ("praised the march for being calm"), no clause ", which …"."""
    first = bisect_left(tree.begin, span.begin)
    last = bisect_left(tree.begin, span.end) - 1
    for c in tree.children[token]:
        joined = c > last and tree.left[c] == last + 1 and tree.pos[last + 1] != "PUNCT"
        marked = (tree.case(c) or tree.marker(c)) in OF_CONTENT and tree.dep[c] in ("obl", "advcl", "nmod")
        if joined and (marked or tree.dep[c] in ("xcomp", "ccomp")):
            last = tree.right[c]
    return tree.trimmed(first, _before_relative(tree, first, last, quotes))


def _before_relative(tree: Tree, first: int, last: int, quotes: QuoteIndex) -> int:
    """Where what is said ends, if a clause ", which …" of the narrator's ends it."""
    for i in range(first + 1, last):
        relative = tree.lower[i] in ("which", "who", "whose", "where") and tree.word[i - 1] == ","
        if relative and not quotes.around(tree.begin[i]) and "," not in tree.word[i + 1 : last]:
            return i - 2
    return last


def raised(tree: Tree, token: int, quotes: QuoteIndex, cues: Mapping[str, tuple[str, ...]]) -> list[Span]:
    """What is said around a passive cue: its subject and what is said of it.

    "Two men are said to have fled", "Two men were accused of fleeing".
    """
    lemma = tree.lemma[token]
    markers = ("to",) if lemma in RAISED else ACCUSING.get(lemma, ())
    subject = tree.child(token, "nsubj:pass", "nsubj")
    below = [c for c in tree.each(token, "xcomp", "ccomp", "advcl") if c > token and tree.marker(c) in markers]
    if subject is None or not below or subject > token:
        return []
    verb = below[0]
    first = tree.left[verb]
    while first < verb and lemma not in RAISED and (tree.dep[first] in ("mark", "case", "punct")):
        first += 1
    infinitive = _settled(tree, token, tree.trimmed(first, tree.right[verb]), quotes, cues)
    return [tree.trimmed(tree.left[subject], tree.right[subject]), infinitive]
