"""Which tokens head noun phrases, and how far each phrase reaches.

Edges are found in one pass from the leaves up, so the cost is linear however deeply phrases nest.
"""

from __future__ import annotations

from kg.extract.syntax.tree import Tree
from kg.extract.words import NO_MENTION_PRONOUNS, POSSESSIVE_ENDINGS, TIME_NOUNS, UNITS

PHRASAL = frozenset("nsubj nsubj:pass nsubj:outer obj iobj obl obl:agent nmod nmod:poss conj".split())
SLOTS = PHRASAL | frozenset(
    "appos root xcomp ccomp parataxis vocative dislocated list advcl acl acl:relcl obl:npmod orphan dep csubj "
    "advcl:relcl reparandum".split()
)
"""Relations in which a noun heads a phrase of its own; inside names and compounds it does not."""
LEFT = frozenset(
    {
        "det",
        "det:predet",
        "amod",
        "compound",
        "nummod",
        "nmod:poss",
        "nmod:desc",
        "nmod:unmarked",
        "nmod",
        "flat",
        "goeswith",
        "det:poss",
        "nmod:npmod",
        "dep",
    }
)
RIGHT = frozenset({"flat", "goeswith", "compound", "nmod", "nummod", "nmod:unmarked", "amod", "dep", "fixed"})
TIME_RELATIONS = frozenset({"obl:tmod", "nmod:tmod", "obl:unmarked", "obl:npmod"})
JOINING = frozenset({"-", "–", "/"})


def is_time(tree: Tree, i: int) -> bool:
    """Whether a token names a time: a calendar word, a unit of time, a date that the recogniser marked."""
    if tree.lemma[i] in TIME_NOUNS or tree.lower[i] in TIME_NOUNS:
        return tree.lower[i] != "may" or tree.pos[i] == "PROPN"
    return tree.entity[i] == "DATE" and tree.pos[i] in ("NUM", "PROPN", "NOUN")


def is_quantity(tree: Tree, i: int) -> bool:
    """Whether a token is a bare number, or a unit with its number."""
    if tree.pos[i] == "NUM":
        return tree.child(i, "det", "amod", "nmod:poss") is None or tree.word[i][0].isdigit()
    if tree.lemma[i] in UNITS or tree.word[i] in ("%", "$", "€", "£"):
        return tree.child(i, "nummod", "compound") is not None or tree.word[i] in ("%", "$", "€", "£")
    return False


def is_head(tree: Tree, i: int, *, named: bool) -> bool:
    """Whether token i heads a noun phrase that refers; `named` says that it is part of a name."""
    pos, dep = tree.pos[i], tree.dep[i]
    if tree.word[i].isspace():
        return False
    if pos == "PRON":
        relative = tree.lower[i] == "that" and tree.dep[tree.head[i]].startswith("acl")
        return dep not in ("expl", "det", "mark") and not relative and tree.lower[i] not in NO_MENTION_PRONOUNS
    if dep not in SLOTS and not dep.startswith(("obl", "nsubj", "nmod:poss")):
        return False
    if named:
        return True
    if pos in ("NOUN", "PROPN"):
        return not is_time(tree, i) and not is_quantity(tree, i)
    if pos == "ADJ":
        return dep in PHRASAL and tree.child(i, "det", "nmod:poss") is not None
    if pos in ("DET", "NUM"):
        return dep in PHRASAL and not is_quantity(tree, i) and tree.lower[i] != "that"
    return False


def left_edges(tree: Tree) -> list[int]:
    """The first token of the phrase that each token heads."""
    out = []
    for i, children in enumerate(tree.children):
        edge = i
        for c in reversed(children):
            if c > i:
                continue
            if tree.dep[c] in LEFT and not (tree.dep[c].startswith("nmod:") and is_time(tree, c)):
                edge = min(edge, tree.left[c])
            elif tree.dep[c] != "punct" and not (tree.dep[c] == "advmod" and _grades(tree, c, i)):
                break
        out.append(edge)
    return out


def _grades(tree: Tree, c: int, i: int) -> bool:
    """Whether an adverb stands within the phrase, before a number or adjective ("nearly 800 people")."""
    return c + 1 < i and tree.pos[c + 1] in ("NUM", "ADJ")


def right_edges(tree: Tree) -> tuple[list[int], list[int]]:
    """The last token of each phrase, alone and with the phrases coordinated to it."""
    order = list(tree.roots)
    for i in order:
        order.extend(tree.children[i])
    alone = list(range(len(tree)))
    full = list(range(len(tree)))
    for i in reversed(order):
        edge = i
        for c in tree.children[i]:
            if c < i:
                continue
            dep = tree.dep[c]
            if dep in RIGHT or dep.startswith("nmod"):
                if dep == "nmod:poss" or tree.dep[c] in TIME_RELATIONS or is_time(tree, c):
                    break
                edge = max(edge, full[c])
            elif not (dep == "punct" and tree.word[c] in JOINING):
                break
        alone[i] = edge
        conjuncts = [c for c in tree.children[i] if c > i and tree.dep[c] == "conj"]
        if any(tree.child(c, "cc") is not None for c in conjuncts):
            full[i] = max([edge, *(full[c] for c in conjuncts if tree.pos[c] != "VERB")])
        else:  # a conjunct without "and" is most often an apposition that the parser took for one
            full[i] = edge
    return alone, full


def is_possessive_mark(tree: Tree, i: int) -> bool:
    """Whether a token is the mark of a possessor."""
    return tree.lower[i] in POSSESSIVE_ENDINGS
