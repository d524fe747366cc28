"""What a verb or noun of saying attributes: complement, object, the matter it interrupts, a quotation beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from kg.extract.clauses.attribution.quoted import QuoteIndex
from kg.extract.clauses.attribution.spans import CONTRASTS, complement_span, object_span, raised
from kg.extract.clauses.predicates import told_with_as
from kg.extract.syntax.tree import Tree
from kg.model import Argument, Category, Clause, Slot, Span, Way

SCARE_QUOTE = 16  # characters; a shorter quotation somewhere in the sentence is a word in quotes, not what is said
EMPTY = frozenset("it this that so they them he she something nothing what which none one nobody".split())
PARENTHESIS = frozenset({",", "—", "–", "-", "--", "(", "”", '"', "’", "'", "''", "?", "!"})
APART = frozenset({",", "—", "–", "--", "-"})
ENDS = frozenset({"-", ",", ".", ";", "—", "–", "--", ")", "?", "!", "…", "..."})
RELATIVES = frozenset({"which", "who", "that", "whom", "where"})
NOT_SAID = frozenset("commit seek invite direct find learn give hold appeal campaign apply".split())
"""Verbs whose noun object is a thing done, sought or handed over, and not what somebody says."""
VOICING = frozenset("express voice raise reiterate repeat share make issue air convey show".split())
"""Verbs that lend a noun of saying its speaker: "voiced doubts about the plan"."""
TELLING = frozenset("tell inform remind assure ask warn reassure advise".split())
"""Verbs whose object is the one who is told."""
BESIDE = ("aux", "aux:pass", "cop", "advmod")
ADJUNCTS = (
    "obl",
    "obl:tmod",
    "obl:npmod",
    "obl:unmarked",
    "obl:agent",
    "advmod",
    "obj",
    "iobj",
    "compound:prt",
    "nsubj",
)


class Region(NamedTuple):
    """First and last token of a cue with its subject and adjuncts as they stand together."""

    first: int
    last: int


class Content(NamedTuple):
    """What a cue attributes, the name of the rule that found it, and the way that leads there."""

    spans: list[Span]
    rule: str
    way: Way


def cue_region(tree: Tree, token: int, quotes: QuoteIndex) -> Region:
    """The cue verb with its subject beside it and its adjuncts up to the next mark: "he told us on Monday"."""
    first = last = token
    children = tree.children[token]
    for c in reversed([c for c in children if c < token]):
        joined = tree.right[c] == first - 1
        if tree.dep[c].startswith("nsubj"):
            apart = first >= 2 and tree.word[first - 1] in (",", ")") and tree.right[c] == first - 2
            if joined or apart:
                first = tree.left[c]
            break
        if not joined or tree.dep[c] not in BESIDE:
            break
        first = tree.left[c]
    while first < token and tree.pos[first] == "PUNCT":
        first += 1
    for c in children:
        if c > token and tree.left[c] == last + 1 and tree.dep[c] in ADJUNCTS:
            if quotes.touching(tree.span(tree.left[c], tree.right[c])):
                break
            last = tree.right[c]
    return Region(first, last)


def cue_content(
    tree: Tree, token: int, clause: Clause, cues: Mapping[str, tuple[str, ...]], quotes: QuoteIndex, region: Region
) -> Content:
    """The content of one cue and how it was found; no spans if it attributes nothing.

    `cues` are all words that attribute, each with the slots its content may stand in.
    """
    slots = cues.get(clause.lemma) or cues.get(tree.lemma[token]) or ()
    if clause.passive:
        around = raised(tree, token, quotes, cues)
        if around:
            return Content(around, f"passive subject of {clause.lemma}", Way.RAISED)
    aside = tree.marker(token) == "as" and tree.dep[token] == "advcl" and _is_parenthesis(tree, token)
    if aside and ("quote" in slots or clause.lemma == "put") and tree.child(token, "ccomp", "xcomp") is None:
        around = interrupted(tree, tree.head[token], token)
        return Content(around, f"as {clause.lemma}", Way.PHRASE)
    if "quote" in slots and clause.category is Category.VERB and not _says_what(clause, slots):
        around = _enclosed(tree, token, region, quotes)
        if around:
            return Content(around, "parenthetical cue", Way.PARENTHESIS)
    for argument in clause.arguments:
        if argument.slot is Slot.COMPLEMENT and ("complement" in slots or f"complement:{argument.marker}" in slots):
            if clause.category is Category.NOUN and argument.marker not in ("that", "to", "of", ""):
                continue
            span = complement_span(tree, token, clause, argument, quotes, cues)
            return Content([quotes.run_on(span, tree.begin[token])], f"complement of {clause.lemma}", Way.COMPLEMENT)
    if "complement" in slots and clause.category is Category.VERB:
        within = _in_a_statement(tree, token)
        if within is not None:
            return Content([within], f"complement of {clause.lemma}", Way.COMPLEMENT)
    if "quote" in slots and tree.dep[token].startswith("parataxis") and _is_parenthesis(tree, token):
        around = interrupted(tree, tree.head[token], token)
        if around:
            return Content(around, "parenthetical cue", Way.PARENTHESIS)
    if "quote" in slots:
        q = quotes.before(tree.begin[region.first]) or quotes.after(tree.end[region.last])
        if q is not None:
            return Content([q], "quotation beside its cue", Way.BESIDE)
    for child in tree.each(token, "parataxis", "dep", "ccomp"):
        if child > token and ";" in tree.word[tree.left[child] - 1 : tree.left[child] + 1]:
            continue  # what stands behind a semicolon is told besides
        inside = tree.trimmed(tree.left[child], tree.right[child])
        if quotes.touching(inside) or ":" in tree.word[token + 1 : child]:
            return Content([inside], "quotation beside its cue", Way.BESIDE)
    found = _slot_content(tree, token, clause, cues, quotes)
    if found is not None:
        span, name = found
        way = Way.OBJECT if name == Slot.OBJECT else Way.OBLIQUE
        return Content([quotes.run_on(span, tree.begin[token])], f"{name} of {clause.lemma}", way)
    if "quote" in slots and clause.category is Category.VERB:
        beside = _quote_in_sentence(tree, token, quotes)
        if beside is not None:
            return Content([beside], "quotation in the sentence", Way.SENTENCE)
    return Content([], "", Way.SENTENCE)


def _in_a_statement(tree: Tree, token: int) -> Span | None:
    """ "said in a statement that …": the clause that parsers hang on where it was said."""
    for place in tree.each(token, "obl", "nmod"):
        for c in tree.each(place, "acl", "ccomp"):
            if tree.case(place) in ("in", "on", "at", "during", "via", "through") and tree.marker(c) == "that":
                first = tree.left[c] + (tree.lower[tree.left[c]] == "that")
                return tree.trimmed(first, tree.right[c])
    return None


def _is_named_by_noun(tree: Tree, token: int, argument: Argument, cues: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the object of a verb like "express" is a noun of saying that brings the content itself."""
    if tree.lemma[token] not in VOICING or argument.head_lemma not in cues:
        return False
    noun = bisect_left(tree.begin, argument.head.begin)
    about = any(tree.case(c) in cues[argument.head_lemma] for c in tree.each(noun, "nmod"))
    return about or any(tree.marker(c) == "that" for c in tree.each(noun, "acl", "ccomp"))


def _is_said_by(tree: Tree, token: int, cues: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the object is who says something: "quoted two officials as saying the talks had failed"."""
    return any(told_with_as(tree, c) and "complement" in cues.get(tree.lemma[c], ()) for c in tree.each(token, "advcl"))


def _words(tree: Tree, argument: Argument) -> str:
    first, last = bisect_left(tree.begin, argument.span.begin), bisect_left(tree.begin, argument.span.end)
    return " ".join(tree.word[first:last])


def _says_what(clause: Clause, slots: tuple[str, ...]) -> bool:
    """Whether a preposition after the cue brings what is said: "called for a truce"."""
    return any(a.slot is Slot.OBLIQUE and a.marker in slots and a.mention is not None for a in clause.arguments)


def _slot_content(
    tree: Tree, token: int, clause: Clause, cues: Mapping[str, tuple[str, ...]], quotes: QuoteIndex
) -> tuple[Span, str] | None:
    """The object or oblique that holds what is said, with what is said of it: "cited the audit as a reason"."""
    for slot in cues.get(clause.lemma) or cues.get(tree.lemma[token]) or ():
        for argument in clause.arguments:
            name = argument.marker if argument.slot is Slot.OBLIQUE else str(argument.slot)
            nothing = argument.mention is None and argument.clause is None
            if argument.slot is Slot.OBLIQUE and nothing and argument.marker not in ("of", "about", "at"):
                continue  # a time, not what is said
            if name != slot or argument.slot not in (Slot.OBJECT, Slot.OBLIQUE) or argument.head_lemma in EMPTY:
                continue
            if slot == "object" and (_is_named_by_noun(tree, token, argument, cues) or _is_said_by(tree, token, cues)):
                continue
            if slot == "at" and tree.lemma[token] == "put" and not any(c.isdigit() for c in _words(tree, argument)):
                continue  # "put lives at risk"
            if slot == "object" and (
                tree.lemma[token] in NOT_SAID or argument.span.begin <= tree.begin[token] < argument.span.end
            ):
                continue
            return object_span(tree, token, clause, argument, quotes), name
    return None


def _enclosed(tree: Tree, token: int, region: Region, quotes: QuoteIndex) -> list[Span]:
    """What a cue interrupts or follows between commas: "The vote, he said, was fair", "The vote was fair, he said."."""
    first, last = region
    if (first == token and last == token) or tree.dep[token] in ("xcomp", "acl", "amod"):
        return []
    start, stop = sentence_edges(tree, token)
    if first <= start or tree.word[first - 1] not in APART:
        return []
    if last < stop and tree.word[last + 1] not in ENDS:
        return []
    if any(c > last and tree.dep[c] == "ccomp" for c in tree.children[token]):
        return []
    subject, thing = tree.child(token, "nsubj", "nsubj:pass"), tree.child(token, "obj")
    told = thing is not None and tree.lemma[token] in TELLING
    inverted = subject is None and thing is not None and bool(quotes.before(tree.begin[first]))
    if not inverted and (subject is None or (thing is not None and not told)):
        return []
    return _pieces(tree, region, quotes, (start, stop))


def _pieces(tree: Tree, region: Region, quotes: QuoteIndex, edges: tuple[int, int]) -> list[Span]:
    """The words of a sentence before and after a parenthetical cue, as far as both belong to what is said."""
    start, stop = edges
    first, last = region
    begin = max([start, *(i + 1 for i in range(start, first) if tree.word[i] == ";")])
    if first - 2 >= start and tree.lower[first - 2] in RELATIVES:
        begin = first - 2
    out = []
    if _has_words(tree, begin, first - 1):
        out.append(tree.trimmed(begin, first - 1))
    after = last + 2
    if after > stop or tree.word[last + 1] not in APART:
        return out
    end = min([stop, *(i - 1 for i in range(after, stop + 1) if tree.word[i] == ";")])
    if end < after or not _has_words(tree, after, end):
        return out
    opening = quotes.touching(tree.span(after, after))
    if opening and not quotes.touching(tree.span(begin, first - 1)):
        return [opening[0]] if opening[0].begin >= tree.end[last] else out
    if _is_besides(tree, after) and not opening and tree.word[last + 1] == ",":
        return out
    return [*out, tree.trimmed(after, end)]


def _is_besides(tree: Tree, first: int) -> bool:
    """Whether what begins here after a cue is told besides: "…, he said, adding …", "…, he said, although …"."""
    word = tree.lower[first]
    return word.endswith("ing") or tree.dep[first] == "cc" or word in RELATIVES or word in CONTRASTS


def interrupted(tree: Tree, head: int, token: int) -> list[Span]:
    """What a parenthetical cue interrupts: its head's words before and after it."""
    left, right = tree.left[token], tree.right[token]
    first, last = tree.left[head], tree.right[head]
    first = max([first, *(i + 1 for i in range(first, left) if tree.word[i] == ";")])
    last = min([last, *(i - 1 for i in range(right + 1, last + 1) if tree.word[i] == ";")])
    out = []
    if first < left and _has_words(tree, first, left - 1):
        out.append(tree.trimmed(first, left - 1))
    after = right + 1
    while after < last and tree.pos[after] == "PUNCT":
        after += 1
    goes_on = right < last and tree.sentence[last] == tree.sentence[token] and _has_words(tree, after, last)
    if goes_on and not (out and _is_besides(tree, after)):
        out.append(tree.trimmed(right + 1, last))
    return [s for s in out if s.end > s.begin]


def sentence_edges(tree: Tree, token: int) -> tuple[int, int]:
    """First and last token of a token's sentence."""
    first = last = token
    while first > 0 and tree.sentence[first - 1] == tree.sentence[token]:
        first -= 1
    while last + 1 < len(tree) and tree.sentence[last + 1] == tree.sentence[token]:
        last += 1
    return first, last


def _has_words(tree: Tree, first: int, last: int) -> bool:
    return any(tree.pos[i] not in ("PUNCT", "SPACE", "SYM") for i in range(first, last + 1))


def _is_parenthesis(tree: Tree, token: int) -> bool:
    """Whether a cue clause stands apart between commas or marks; after a semicolon it is a sentence of its own."""
    left = tree.left[token]
    return left == 0 or tree.word[left - 1] in PARENTHESIS or tree.word[left] in PARENTHESIS


def _quote_in_sentence(tree: Tree, token: int, quotes: QuoteIndex) -> Span | None:
    """The nearest quotation of the cue's own sentence that the cue is not inside of."""
    at = tree.begin[token]
    near = [
        q
        for q in quotes.touching(tree.span(*sentence_edges(tree, token)))
        if not q.begin <= at < q.end and q.end - q.begin >= SCARE_QUOTE
    ]
    return min(near, key=lambda q: (min(abs(q.begin - at), abs(q.end - at)), q.begin), default=None)
