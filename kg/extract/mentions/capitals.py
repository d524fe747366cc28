"""Which words are capitalised because they are names, and not because a sentence or a headline begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from kg.extract.syntax.repair_names import is_given
from kg.extract.syntax.tree import Tree
from kg.extract.words import CALENDAR, HOLIDAYS, NOT_INITIAL, TITLES

LONGEST = 7  # tokens of a gazetteer name
HEADLINE_WORDS = 5  # words from which on a sentence can be told for a headline
HEADLINE_SHARE = 0.7  # share of capitalised words of four letters and more in a headline

SHOUTED_WORDS = 3  # words in capitals from which on a sentence is shouted
PERSONAL = frozenset({"nsubj", "nsubj:pass", "nmod:poss", "obl:agent", "obj", "iobj", "conj", "appos", "flat", "obl"})
"""What a person called like a month is in a clause, without a preposition before it."""

FUNCTION = frozenset({"ADV", "SCONJ", "CCONJ", "PRON", "AUX", "INTJ", "DET", "ADP"})

Knows = Callable[[int, int], bool]


def capitals(tree: Tree, marked: AbstractSet[int], people: AbstractSet[int], knows: Knows) -> list[bool]:
    """Whether each token is capitalised as a name is.

    `marked` are the tokens that the recogniser put in an entity, `people` those in a person's; `knows` asks the
    gazetteer for a stretch of tokens.
    At the beginning of a sentence and in a headline a capital needs a witness: an entity, a known name, the same word
    with a capital elsewhere, and no occurrence without one.
    """
    common = {w for w in tree.word if w.islower()}
    shouted = _shouted(tree)
    headlines = _headlines(tree) - shouted
    out = [False] * len(tree)
    called = {tree.word[i] for i in people if tree.lower[i] in CALENDAR}
    previous = -1
    for i, word in enumerate(tree.word):
        if tree.pos[i] in ("PUNCT", "SPACE"):
            continue
        initial = tree.sentence[i] != previous
        previous = tree.sentence[i]
        if not word[0].isupper() or word == "I" or (tree.pos[i] == "PRON" and not word.isupper()):
            continue
        if tree.pos[i] in FUNCTION and tree.lower[i] in NOT_INITIAL and not word.isupper():
            out[i] = not initial and i + 1 < len(tree) and knows(i, i + 1)  # "met To Lam"
            continue
        if tree.lower[i] in CALENDAR and tree.pos[i] != "AUX" and tree.lower[i] not in HOLIDAYS:
            given = initial and is_given(tree, i) and i + 1 in people  # "May Thet resigned"
            out[i] = i in people or given or (word in called and tree.dep[i] in PERSONAL and not tree.case(i))
            continue
        if tree.sentence[i] in shouted:
            out[i] = (
                i in marked
                or (tree.pos[i] in ("PROPN", "ADJ") and knows(i, i))
                or (tree.lower[i] in TITLES and i + 1 in marked)
            )
            continue
        if _is_tag(tree, i):
            continue
        out[i] = not initial or _initial(tree, i, marked, knows, common)
    if headlines:
        named = {tree.word[i] for i, c in enumerate(out) if c and tree.sentence[i] not in headlines}
        for i, c in enumerate(out):
            if c and tree.sentence[i] in headlines:
                witness = knows(i, i) or (i in marked and len(headlines) == tree.sentence[-1] + 1)
                out[i] = tree.word[i] in named or (tree.lower[i] not in common and witness)
    return out


def _is_tag(tree: Tree, i: int) -> bool:
    """A hashtag, a handle, and the "RT" before one: marks of a platform, not names."""
    tight = i > 0 and tree.word[i - 1] in ("#", "@") and tree.end[i - 1] == tree.begin[i]
    repeated = tree.word[i] == "RT" and i + 1 < len(tree) and tree.word[i + 1].startswith("@")
    return tight or repeated


def _shouted(tree: Tree) -> set[int]:
    """Sentences in capitals throughout, which therefore tell no names; one or two words may be just a name."""
    words: Counter[int] = Counter()
    upper: Counter[int] = Counter()
    for i, word in enumerate(tree.word):
        if word.isalpha():
            words[tree.sentence[i]] += 1
            upper[tree.sentence[i]] += word.isupper()
    return {k for k, n in words.items() if n >= SHOUTED_WORDS and upper[k] == n}


def _headlines(tree: Tree) -> set[int]:
    """Sentences in which nearly every longer word has a capital, verbs too."""
    words: Counter[int] = Counter()
    upper: Counter[int] = Counter()
    verbs: set[int] = set()
    for i, word in enumerate(tree.word):
        if len(word) > 3 and word[0].isalpha():
            k = tree.sentence[i]
            words[k] += 1
            upper[k] += word[0].isupper()
            if word[0].isupper() and tree.pos[i] in ("VERB", "ADV"):
                verbs.add(k)
    return {k for k in verbs if words[k] >= HEADLINE_WORDS and upper[k] >= HEADLINE_SHARE * words[k]}


def _initial(tree: Tree, i: int, marked: AbstractSet[int], knows: Knows, common: set[str]) -> bool:
    """Whether the first word of a sentence belongs to a name."""
    lower = tree.lower[i]
    if lower in NOT_INITIAL:
        return is_given(tree, i)
    if i in marked:
        return True
    following = i + 1 < len(tree) and tree.word[i + 1][:1].isupper()
    if knows(i, i) and (tree.pos[i] in ("PROPN", "ADJ", "NOUN") or following):
        return lower not in common
    if tree.pos[i] == "PROPN":
        return lower not in common or following
    last = min(i + LONGEST, len(tree)) - 1
    return following and (lower in TITLES or any(knows(i, k) for k in range(i + 1, last + 1)))
