"""Mentions in the making, by token positions, and what joins them: coordination, possession, apposition."""

from __future__ import annotations

from kg.extract.mentions.name import Name
from kg.extract.syntax.tree import Tree
from kg.model import MentionKind

ACTING_FOR = frozenset(
    "leader president premier minister government representative envoy delegation king parliament capital".split()
)
"""Plural nouns for those by whom states and bodies act."""


TICKER = 6
"""Words in parentheses that an exchange, a colon and a symbol take at most."""


class Draft:
    """A mention by its head, first and last token; the rest is filled in when all mentions are known."""

    __slots__ = ("apposition", "first", "head", "kind", "last", "members", "name", "possessor")

    def __init__(self, head: int, first: int, last: int, kind: MentionKind, name: Name | None = None) -> None:
        self.head = head
        self.first = first
        self.last = last
        self.kind = kind
        self.name = name
        self.members: list[Draft] = []
        self.possessor: Draft | None = None
        self.apposition: Draft | None = None


def groups(tree: Tree, by_head: dict[int, Draft]) -> list[Draft]:
    """Coordinated phrases as one plural mention each; coordinated nationalities become members of their phrase."""
    out = []
    for i, draft in by_head.items():
        conjuncts = [c for c in tree.children[i] if tree.dep[c] == "conj" and c in by_head]
        joined = len(conjuncts) > 1 or any(tree.child(c, "cc") is not None for c in conjuncts)
        if not joined or (tree.dep[i] == "conj" and tree.head[i] in by_head):
            continue
        members = [draft, *(by_head[c] for c in conjuncts)]
        if tree.dep[i] in ("amod", "compound"):
            whole = by_head.get(tree.head[i])
            if whole is not None and whole.kind is MentionKind.NOMINAL:
                whole.members = members
            continue
        group = Draft(i, draft.first, max(d.last for d in members), MentionKind.NOMINAL)
        group.members = members
        out.append(group)
    return out


def representatives(tree: Tree, by_head: dict[int, Draft], groups: list[Draft]) -> None:
    """ "The leaders of Britain, France and Poland": those whom several things have are these things acting."""
    for group in groups:
        whole = by_head.get(tree.head[group.head])
        named = all(one.kind is MentionKind.NAME for one in group.members)
        owned = tree.dep[group.head] in ("nmod", "nmod:poss") and tree.case(group.head) in ("of", "")
        if not (named and owned) or whole is None or whole.kind is not MentionKind.NOMINAL or whole.members:
            continue
        if tree.lemma[whole.head] in ACTING_FOR and tree.lower[whole.head] != tree.lemma[whole.head]:
            whole.members = list(group.members)


def join(tree: Tree, by_head: dict[int, Draft]) -> None:
    """Possessors and appositions, by the relations of the heads."""
    for i, draft in by_head.items():
        other = by_head.get(tree.head[i])
        if other is None or other is draft:
            continue
        if tree.dep[i] == "nmod:poss":
            other.possessor = draft
        elif tree.dep[i] == "appos" and draft.kind is not MentionKind.PRONOUN:
            draft.apposition = other


def parentheses(tree: Tree, drafts: list[Draft]) -> None:
    """A name alone in parentheses right after another stands for it: "World Health Organization (WHO)"."""
    by_last = {d.last: d for d in drafts if d.kind is MentionKind.NAME and not d.members}
    for d in drafts:
        if d.kind is not MentionKind.NAME or d.first < 2 or tree.word[d.first - 1] != "(":
            continue
        closed = d.last + 1 < len(tree) and tree.word[d.last + 1] == ")"
        other = by_last.get(d.first - 2)
        if (closed or d.first == d.last) and other is not None and other is not d:
            d.apposition = other


def is_ticker(tree: Tree, i: int) -> bool:
    """Whether a token is of the exchange or symbol of "(NYSE: IBM)", by which nothing is called."""
    low, high = max(0, i - TICKER), min(len(tree), i + TICKER)
    opened = max((k for k in range(low, i) if tree.word[k] in ("(", ")")), default=None)
    closed = min((k for k in range(i, high) if tree.word[k] in ("(", ")")), default=None)
    if opened is None or closed is None or tree.word[opened] != "(" or tree.word[closed] != ")":
        return False
    inside = tree.word[opened + 1 : closed]
    return inside.count(":") == 1 and len(inside) <= TICKER and all(w[0].isupper() or w == ":" for w in inside)
