"""What the learned heads see beside the encoder's vectors: grammar, as indices of one-hot features.

Every function reads the corrected dependency tree alone, so that the same features come out while training and reading.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.tree import Tree
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
PAIR_SIZE = 4096
"""Rows of the table of pair features; a feature's name is hashed into it."""
PATH_STEPS = 4
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


def row(name: str) -> int:
    """Return the row of a named feature, the same on every machine."""
    return zlib.crc32(name.encode()) % PAIR_SIZE


class _Rows(dict[str, int]):
    """Rows by name, worked out once: a text asks for few names, and for each of them very often."""

    def __missing__(self, name: str) -> int:
        if len(self) >= KEPT:
            self.clear()
        self[name] = found = row(name)
        return found


KEPT = 200_000
"""Names of features, and ways between words, whose rows are kept in memory, at most."""
_ROWS = _Rows()
_Ways = dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[list[int], str]]
_WAYS: _Ways = {}


def token_features(tree: Tree, tokens: Iterable[int]) -> list[tuple[int, ...]]:
    """Return for each token the places of its ones in a vector of `TOKEN_WIDTH`: its grammar, then its head's."""
    half = TOKEN_WIDTH // 2
    own: dict[int, tuple[int, ...]] = {}
    heads: dict[int, tuple[int, ...]] = {}
    out = []
    for i in tokens:
        h = tree.head[i]
        for k in (i, h):
            if k not in own:
                own[k] = _own(tree, k)
        if h not in heads:
            heads[h] = tuple(half + k for k in own[h])
        out.append(own[i] + heads[h])
    return out


def _own(tree: Tree, i: int) -> tuple[int, ...]:
    dep = tree.dep[i]
    at = _DEP_AT.get(dep, _DEP_AT.get(dep.split(":")[0], _DEP_AT["dep"]))
    out = [at, len(_DEPS) + _POS_AT.get(tree.pos[i], _POS_AT["X"])]
    base = len(_DEPS) + len(_POS)
    flags = (
        tree.form[i] == "Inf",
        tree.form[i] == "Part",
        tree.form[i] == "Ger",
        tree.form[i] == "Fin",
        tree.tense[i] == "Past",
        tree.tense[i] == "Pres",
        bool(tree.entity[i]),
        tree.word[i][:1].isupper(),
    )
    out += [base + k for k, flag in enumerate(flags) if flag]
    return tuple(out)


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


def path(tree: Tree, a: int, b: int) -> tuple[list[str], list[str]]:
    """Return the relations from `a` up to the lowest common ancestor, and those from there down to `b`."""
    return way(tree, *ancestors(tree, a), b)


def ancestors(tree: Tree, a: int) -> tuple[dict[int, int], list[str]]:
    """Return how far above a word its ancestors are, itself among them, and the relation of each to its head."""
    above = {a: 0}
    relations, i = [tree.dep[a]], a
    while tree.head[i] != i and len(relations) < 40:
        i = tree.head[i]
        above[i] = len(relations)
        relations.append(tree.dep[i])
    return above, relations


def way(tree: Tree, above: Mapping[int, int], relations: list[str], b: int) -> tuple[list[str], list[str]]:
    """Return what `path` does, from the ancestors of its first word."""
    down: list[str] = []
    j = b
    while j not in above and tree.head[j] != j and len(down) < 40:
        down.append(tree.dep[j])
        j = tree.head[j]
    return relations[: above.get(j, len(relations))], down[::-1]


_BUCKETS = tuple(next(k for k, limit in enumerate((0, 1, 2, 4, 8, 16)) if n <= limit) for n in range(17))


def _bucket(n: int) -> int:
    return _BUCKETS[n] if n < len(_BUCKETS) else 6


def role_features(
    tree: Tree, event: int, other: int, *, mention: str, timed: bool, counted: bool, passive: bool
) -> list[int]:
    """Return the rows of what holds of an event's word and a word that may take part in it.

    `mention` is the kind and type of the mention that the word heads, "" for none; `timed` and `counted` say whether
    it stands in an expression of time or a quantity; `passive` whether the event's word is a passive verb.
    """
    return RolesOf(tree, event, passive=passive).rows(other, mention=mention, timed=timed, counted=counted)


class RolesOf:
    """The rows of one event's word with each word that may take part in it: what concerns the event is found once."""

    __slots__ = ("_ancestors", "_event", "_own", "_passive", "_pos", "_tree")

    def __init__(self, tree: Tree, event: int, *, passive: bool) -> None:
        self._tree, self._event, self._passive = tree, event, passive
        self._ancestors = ancestors(tree, event)
        self._pos = tree.pos[event]
        self._own = _ROWS[f"r:ep{passive}{self._pos}"]

    def rows(self, other: int, *, mention: str, timed: bool, counted: bool) -> list[int]:
        """Return what `role_features` does, in the same order: sums of floats depend on it."""
        tree, event, row_of = self._tree, self._event, _ROWS
        up, down = way(tree, *self._ancestors, other)
        ways, whole = _way_rows(up, down)
        case = _case(tree, other)
        out = [
            *ways,
            row_of[f"r:dist{_bucket(abs(event - other))}{event < other}"],
            row_of[f"r:path{whole}"],
            row_of[f"r:case{case}"],
            row_of[f"r:cd{case}{len(up)}{len(down)}"],
            row_of[f"r:pos{self._pos}{tree.pos[other]}"],
            row_of[f"r:m{mention}"],
            row_of[f"r:pp{self._passive}{whole}"],
            self._own,
        ]
        if event == other:
            out.append(row_of["r:self"])
        if timed:
            out.append(row_of["r:timed"])
        if counted:
            out.append(row_of["r:counted"])
        return out


def _way_rows(up: list[str], down: list[str]) -> tuple[list[int], str]:
    """Return the rows of the steps of a way and of its length, and its nearest steps as one text."""
    key = (tuple(up), tuple(down))
    found = _WAYS.get(key)
    if found is None:
        names = [f"u{k}{d}" for k, d in enumerate(up[:PATH_STEPS])]
        names += [f"d{k}{d}" for k, d in enumerate(down[::-1][:PATH_STEPS])]
        names.append(f"len{_bucket(len(up))}.{_bucket(len(down))}")
        if len(_WAYS) >= KEPT:
            _WAYS.clear()
        found = [_ROWS["r:" + n] for n in names], "/".join(up[:3]) + "|" + "/".join(down[-3:])
        _WAYS[key] = found
    return found


def _case(tree: Tree, i: int) -> str:
    for c in tree.children[i]:
        if tree.dep[c] in ("case", "mark"):
            return tree.lower[c]
    return ""


def is_passive(tree: Tree, i: int) -> bool:
    """Return whether a verb is passive by its auxiliary or subject."""
    return any(tree.dep[c] in ("aux:pass", "nsubj:pass") for c in tree.children[i])


class EventView:
    """What the linker sees of one event: its word, readings, and the words that take part in it."""

    __slots__ = ("fact", "fillers", "kind", "sentence", "token", "type")

    def __init__(
        self, token: int, sentence: int, type_: str, kind: str, fact: str, fillers: Mapping[str, Collection[int]]
    ) -> None:
        self.token, self.sentence, self.type, self.kind, self.fact = token, sentence, type_, kind, fact
        self.fillers = fillers  # role -> head tokens


def link_features(tree: Tree, a: EventView, b: EventView) -> list[int]:
    """Return the rows of what holds of two events in this order: grammar, readings, shared participants."""
    apart = b.sentence - a.sentence
    names = [f"apart{max(-4, min(4, apart))}", f"t{a.type}{b.type}", f"ta{a.type}", f"tb{b.type}"]
    names += [f"k{a.kind}>{b.kind}", f"ka{a.kind}", f"kb{b.kind}", f"f{a.fact}{b.fact}", f"fa{a.fact}", f"fb{b.fact}"]
    names += [f"x{a.type}{b.kind}", f"xf{a.type}{a.fact}{b.kind}", f"first{a.token < b.token}"]
    if tree.lemma[a.token] == tree.lemma[b.token]:
        names.append("lemma")
    names += [f"pos{tree.pos[a.token]}{tree.pos[b.token]}"]
    names += [f"det{_determiner(tree, k)}{s}" for s, k in (("a", a.token), ("b", b.token))]
    if apart == 0:
        up, down = path(tree, a.token, b.token)
        names += [f"u{k}{d}" for k, d in enumerate(up[:PATH_STEPS])]
        names += [f"d{k}{d}" for k, d in enumerate(down[::-1][:PATH_STEPS])]
        names += [f"path{'/'.join(up[:3])}|{'/'.join(down[-3:])}", f"len{_bucket(len(up))}.{_bucket(len(down))}"]
        names += [f"mark{_case(tree, a.token)}>{_case(tree, b.token)}", f"dist{_bucket(abs(a.token - b.token))}"]
    for ra, fa in a.fillers.items():
        if b.token in fa:
            names.append(f"in{ra}")
        for rb, fb in b.fillers.items():
            if shared(tree, fa, fb):
                names.append(f"share{ra}{rb}")
    for rb, fb in b.fillers.items():
        if a.token in fb:
            names.append(f"holds{rb}")
    return [_ROWS["l:" + n] for n in names]


def _determiner(tree: Tree, i: int) -> str:
    c = next((c for c in tree.children[i] if tree.dep[c] in ("det", "nmod:poss")), None)
    return tree.lower[c] if c is not None and tree.dep[c] == "det" else "poss" if c is not None else ""


def shared(tree: Tree, one: Collection[int], other: Collection[int]) -> bool:
    """Return whether two sets of words have a word, or a noun's lemma, in common."""
    if not one or not other:
        return False
    if not set(one).isdisjoint(other):
        return True
    words = {tree.lemma[i] for i in one if tree.pos[i] in ("NOUN", "PROPN")}
    return any(tree.lemma[i] in words for i in other)


def head_of(tree: Tree, begin: int, end: int, tokens: Sequence[int]) -> int | None:
    """Return the token that heads a stretch of characters among `tokens`, None if it holds none."""
    inside = [
        i for i in tokens if tree.begin[i] < end and tree.end[i] > begin and tree.pos[i] not in ("PUNCT", "SPACE")
    ]
    held = set(inside)
    return next((i for i in inside if tree.head[i] not in held or tree.head[i] == i), inside[0] if inside else None)
