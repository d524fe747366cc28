"""What the learned heads see beside the encoder's vectors: grammar, as indices of one-hot features.

Every function reads the corrected dependency tree alone, so that the same features come out while training and reading.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.syntax.tree import Tree
    from kg.model import Mention, Span

TYPES = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE"
    " COERCE ASSAULT OTHER".split()
)
"""PLOVER root codes, and OTHER, in the order of the tagger's scores."""
KINDS = ("none", *"propose offer invite plan request urge demand threaten".split())
FACTUALITIES = ("happened", "denied", "future", "hypothetical")
ROLES = ("none", *"actor recipient object content place time quantity instrument".split())
ANSWERS = ("none", *"accepted rejected unmet pending realised".split())

TOKEN_WIDTH = 160
ANY_POS = frozenset("NOUN PROPN VERB ADJ AUX NUM PRON ADV SYM X".split())
TRIGGER_POS = frozenset("VERB NOUN ADJ AUX PROPN ADV".split())
"""Word classes of words that may tell an event."""

_POS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE".split()
_DEPS = (
    "acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound compound:prt conj cop csubj dep det expl"
    " fixed flat iobj list mark nmod nmod:poss nsubj nsubj:pass nummod obj obl obl:tmod obl:npmod obl:agent parataxis"
    " punct root xcomp nmod:tmod orphan vocative dislocated"
).split()
_POS_AT = {pos: i for i, pos in enumerate(_POS)}
_DEP_AT = {dep: i for i, dep in enumerate(_DEPS)}


def token_features(tree: Tree, tokens: Iterable[int]) -> list[tuple[int, ...]]:
    """Return for each token the places of its ones in a vector of `TOKEN_WIDTH`: its grammar, then its head's."""
    head, dep, pos, form, tense = tree.head, tree.dep, tree.pos, tree.form, tree.tense
    entity, word = tree.entity, tree.word

    def own(i: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return _own(dep[i], pos[i], form[i], tense[i], bool(entity[i]), word[i][:1].isupper())

    return [own(i)[0] + own(head[i])[1] for i in tokens]


@lru_cache(maxsize=16_384)
def _own(
    dep: str, pos: str, form: str, tense: str, is_named: bool, is_capital: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the places of a word's own ones, and those that they take as a head's."""
    at = _DEP_AT.get(dep, _DEP_AT.get(dep.split(":")[0], _DEP_AT["dep"]))
    out = [at, len(_DEPS) + _POS_AT.get(pos, _POS_AT["X"])]
    base = len(_DEPS) + len(_POS)
    forms = (form == "Inf", form == "Part", form == "Ger", form == "Fin", tense == "Past", tense == "Pres")
    out += [base + k for k, flag in enumerate((*forms, is_named, is_capital)) if flag]
    return tuple(out), tuple(TOKEN_WIDTH // 2 + k for k in out)


def candidates(tree: Tree, sentence: range) -> list[int]:
    """Return the tokens of a sentence that may head what takes part in an event."""
    return [i for i in sentence if tree.pos[i] in ANY_POS]


def mention_heads(tree: Tree, mentions: Sequence[Mention]) -> dict[int, str]:
    """Return kind and type of the mention that each token heads."""
    out: dict[int, str] = {}
    for mention in mentions:
        i = bisect_left(tree.begin, mention.head.begin)
        while i < len(tree.begin) and tree.end[i] <= mention.head.end:
            out.setdefault(i, f"{mention.kind.value}{mention.type.value if mention.type else ''}")
            i += 1
    return out


def covered(tree: Tree, spans: Sequence[Span]) -> frozenset[int]:
    """Return the tokens that some span touches."""
    out = set()
    for begin, end in spans:
        i = bisect_left(tree.end, begin + 1)
        while i < len(tree.begin) and tree.begin[i] < end:
            out.add(i)
            i += 1
    return frozenset(out)


def head_of(tree: Tree, begin: int, end: int, tokens: Sequence[int]) -> int | None:
    """Return the token that heads a stretch of characters among `tokens`, None if it holds none."""
    inside = [
        i for i in tokens if tree.begin[i] < end and tree.end[i] > begin and tree.pos[i] not in ("PUNCT", "SPACE")
    ]
    held = set(inside)
    return next((i for i in inside if tree.head[i] not in held or tree.head[i] == i), inside[0] if inside else None)


def phrase(tree: Tree, head: int, event: int, role: str) -> Span:
    """Return the phrase a word heads without what introduces it; never with the event's own word before it."""
    first, last = tree.left[head], tree.right[head]
    inner = {c for c in tree.children[head] if tree.dep[c] in ("case", "mark", "cc", "punct")}
    while first < head and first in inner:
        first += len(range(tree.left[first], tree.right[first])) + 1
    if role != "content":
        for c in tree.children[head]:
            if c > head and tree.dep[c].split(":")[0] in ("acl", "appos", "parataxis", "conj", "cc", "punct", "advcl"):
                last = min(last, max(head, tree.left[c] - 1))
    if first <= event < head:
        # "the bill in question would ban it" says after its whole subject what the bill is about
        holding = (c for c in tree.children[head] if tree.left[c] <= event <= tree.right[c] < head)
        first = max([event, *(tree.right[c] for c in holding)]) + 1
    elif head < event <= last:
        last = event - 1
    return tree.trimmed(min(first, head), max(last, head))


def sentences_of(tree: Tree) -> list[range]:
    """Return the tokens of each sentence, by its index in the tree."""
    out: list[range] = []
    for i, k in enumerate(tree.sentence):
        while len(out) <= k:
            out.append(range(i, i))
        out[k] = range(out[k].start, i + 1)
    return out
