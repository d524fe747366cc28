"""Who says what: source, cue and content of direct, indirect, partial and multi-sentence quotations.

Content is what is attributed, as character spans: the complement of a verb of saying, the matter around a
parenthetical cue, the clause an "according to" qualifies, and the quotations that belong to them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from kg.extract.clauses.attribution.cues import SCARE_QUOTE, cue_content, cue_region
from kg.extract.clauses.attribution.marks import according_to, headed, labelled, signed
from kg.extract.clauses.attribution.quoted import Found, QuoteIndex, continued, outermost
from kg.extract.syntax.tree import Tree
from kg.model import Argument, Attribution, Category, Clause, Mention, Slot, Span, Way

BESIDE = 2  # characters between a name and the verb whose subject it is: a comma and a space
NEAR = 6  # mentions that may end at one place
STEPS = 6  # how deep in what is said a parser hangs what is said next
PLAIN = frozenset({"say", "add", "tell", "write", "explain"})
"""Verbs of indirect speech that a quotation of whole sentences may take up."""


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
    quotes = QuoteIndex(quotations, text)
    tokens: dict[int, Found] = {}
    for token, k in order.items():
        found = _cued(tree, token, clauses[k], mentions, quotes, cues)
        if found is not None:
            tokens[token] = _by_main_speaker(tree, token, found, tokens)
    everything = _unclaimed(list(tokens.values()))
    everything += according_to(tree, order, mentions, quotes)
    everything += signed(tree, mentions, quotes, everything)
    everything += labelled(text, mentions, quotes, everything)
    everything += headed(text, mentions, quotes, everything)
    everything = outermost(continued(tree, everything, quotes))
    everything.sort(key=lambda f: (f.content[0], f.cue))
    return tuple(Attribution(i, *f[:-1]) for i, f in enumerate(everything))


def _cued(
    tree: Tree,
    token: int,
    clause: Clause,
    mentions: Sequence[Mention],
    quotes: QuoteIndex,
    cues: Mapping[str, tuple[str, ...]],
) -> Found | None:
    """What one verb or noun attributes, if it is a cue, says something and does not stand in a quotation itself."""
    if clause.lemma not in cues and tree.lemma[token] not in cues:
        return None
    above = tree.lemma[tree.head[token]]
    if clause.category is Category.NOUN and tree.dep[token] == "obl" and "quote" in cues.get(above, ()):
        return None  # "said in a statement that …" is the verb's
    region = cue_region(tree, token, quotes)
    content, rule, way = cue_content(tree, token, clause, cues, quotes, region)
    if not content:
        return None
    spans, direct = quotes.widen(content, tree.begin[token])
    place = tree.span(region.first, region.last)
    reduced = _is_reduced_passive(tree, token)
    source = None if reduced else _source(clause, mentions, place, direct=direct)
    if source is None and not direct and not (reduced or way is Way.RAISED or _impersonal(clause)):
        return None
    noun = clause.category is Category.NOUN
    if noun and source is not None and all(s.begin >= source.span.begin and s.end <= source.span.end for s in content):
        return None  # "at the suggestion of the mayor" says whose it is and not what
    around = quotes.around(tree.begin[token])
    if around is not None and (
        around.end - around.begin > SCARE_QUOTE or any(around.begin <= s.begin < around.end for s in spans)
    ):
        return None  # "I think", "he says" within a quotation are part of what its speaker says
    if direct:
        spans = quotes.beside(spans, place)
    plain = way is Way.PARENTHESIS or (way is Way.COMPLEMENT and clause.lemma in PLAIN)
    return Found(_cue(tree, token), spans, source, clause.index, direct, (rule,), way, plain)


def _is_reduced_passive(tree: Tree, token: int) -> bool:
    """ "Asked whether he would go, the minister …": the one whom the sentence is about is asked, and not who asks."""
    alone = tree.child(token, "nsubj", "nsubj:pass", "aux", "obj") is None
    return tree.dep[token] == "advcl" and tree.tense[token] == "Past" and tree.marker(token) == "" and alone


def _by_main_speaker(tree: Tree, token: int, found: Found, others: Mapping[int, Found]) -> Found:
    """ "He said it was over, adding …", "She said she won and urged …": the one who said the first says the next.

    Parsers hang such a clause within what was said, and give it a subject from there.
    """
    added = token > 0 and tree.word[token - 1] == "," and tree.lower[token].endswith("ing")
    if not added and (tree.dep[token] != "conj" or tree.child(token, "nsubj", "nsubj:pass") is not None):
        return found
    above, speaker = tree.head[token], found.source
    for _ in range(STEPS):
        main = others.get(above)
        if main is not None and main.source is not None and main.content[0].begin > main.cue.begin:
            over = max(s.end for s in main.content) <= found.cue.begin
            speaker = main.source if over else speaker
        if tree.head[above] == above:
            break
        above = tree.head[above]
    return found._replace(source=speaker)


def _unclaimed(found: Sequence[Found]) -> list[Found]:
    """A quotation that merely stands in a cue's sentence is the cue's only if no other cue has it."""
    held = sorted(s for f in found if f.way is not Way.SENTENCE for s in f.content)
    out = []
    for f in found:
        k = bisect_left(held, f.content[0].end, key=lambda s: s.begin)
        taken = any(s.end > f.content[0].begin for s in held[max(0, k - NEAR) : k])
        if f.way is not Way.SENTENCE or not taken:
            out.append(f)
    return out


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
    """ "It was reported that …", "fears that …": nobody is named, but the text distances itself."""
    if clause.category is Category.NOUN:
        return any(a.slot is Slot.COMPLEMENT and a.marker == "that" for a in clause.arguments)
    finite = any(a.slot is Slot.COMPLEMENT and a.marker in ("that", "") for a in clause.arguments)
    return clause.category is Category.VERB and clause.passive and finite


def _source(clause: Clause, mentions: Sequence[Mention], place: Span, *, direct: bool) -> Argument | None:
    """Who says it: the subject, the one beside the verb before others; the possessor or agent of a noun.

    After its verb parsers call the subject an object; where they see none, it is the name right before the verb.
    """
    subjects = [a for a in clause.arguments if a.slot is Slot.SUBJECT]
    beside = [a for a in subjects if place.begin <= a.head.begin < place.end]
    for argument in (*beside, *subjects, *(a for a in clause.arguments if a.slot is Slot.POSSESSOR)):
        return argument
    if clause.category is Category.NOUN:
        for argument in clause.arguments:
            if argument.slot is Slot.OBLIQUE and argument.marker in ("by", "from", "of"):
                return argument
            if argument.slot is Slot.MODIFIER and argument.mention is not None:
                return argument
    if clause.category is not Category.VERB or clause.passive:
        return None
    for argument in clause.arguments if direct else ():
        person = argument.mention is not None and mentions[argument.mention].type == "PERSON"
        if argument.slot is Slot.OBJECT and person:
            return argument
    return _named_before(mentions, place)


def _named_before(mentions: Sequence[Mention], place: Span) -> Argument | None:
    k = bisect_left(mentions, place.begin, key=lambda m: m.span.begin) - 1
    near = [m for m in mentions[max(0, k - NEAR) : k + 1] if 0 <= place.begin - m.span.end <= BESIDE]
    named = [m for m in near if m.type in ("PERSON", "ORG", "GPE")]
    best = max(named, key=lambda m: (m.type == "PERSON", m.span.end, -m.span.begin), default=None)
    if best is None:
        return None
    return Argument(Slot.SUBJECT, "", best.span, best.head, best.head_lemma, best.index)
