"""What the heads see of pairs of words: an event and who may take part in it, one event and another.

The features are found as rows (`kg.meaning.rows`) in a fixed order: sums of floats depend on it. A text has some
hundred pairs a sentence, so what concerns one word, one event or one way in the tree is found once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from kg.meaning.rows import LINK, ROLE, Rows, Way, bucket, way_of

if TYPE_CHECKING:
    from kg.extract.syntax.tree import Tree

_LONGEST = 40
"""Steps of a way, at most, on either side."""
_FAR = 17
"""The distance from which all distances are one."""
_DISTANCES = tuple(tuple(ROLE[f"dist{bucket(n)}{before}"] for n in range(_FAR + 1)) for before in (False, True))
_APART = tuple(LINK[f"dist{bucket(n)}"] for n in range(_FAR + 1))
_CASES, _MENTIONS = Rows("r:case"), Rows("r:m")
_SELF, _TIMED, _COUNTED, _LEMMA = ROLE["self"], ROLE["timed"], ROLE["counted"], LINK["lemma"]
_NOUNS = ("NOUN", "PROPN")


def path(tree: Tree, a: int, b: int) -> tuple[list[str], list[str]]:
    """Return the relations from `a` up to the lowest common ancestor, and those from there down to `b`."""
    above, relations = _ancestors(tree, a)
    down: list[str] = []
    j = b
    while j not in above and tree.head[j] != j and len(down) < _LONGEST:
        down.append(tree.dep[j])
        j = tree.head[j]
    return relations[: above.get(j, len(relations))], down[::-1]


def _ancestors(tree: Tree, a: int) -> tuple[dict[int, int], list[str]]:
    """Return how far above a word its ancestors are, itself among them, and the relation of each to its head."""
    above = {a: 0}
    relations, i = [tree.dep[a]], a
    while tree.head[i] != i and len(relations) < _LONGEST:
        i = tree.head[i]
        above[i] = len(relations)
        relations.append(tree.dep[i])
    return above, relations


def role_features(
    tree: Tree, event: int, other: int, *, mention: str, timed: bool, counted: bool, passive: bool
) -> list[int]:
    """Return the rows of what holds of an event's word and a word that may take part in it.

    `mention` is the kind and type of the mention that the word heads, "" for none; `timed` and `counted` say whether
    it stands in an expression of time or a quantity; `passive` whether the event's word is a passive verb.
    """
    return Pairs(tree).roles(event, passive=passive).rows(other, mention=mention, timed=timed, counted=counted)


def link_features(tree: Tree, a: EventView, b: EventView) -> list[int]:
    """Return the rows of what holds of two events in this order: grammar, readings, shared participants."""
    return Pairs(tree).link(a, b)


def is_passive(tree: Tree, i: int) -> bool:
    """Return whether a verb is passive by its auxiliary or subject."""
    return any(tree.dep[c] in ("aux:pass", "nsubj:pass") for c in tree.children[i])


class EventView:
    """What the linker sees of one event: its word, readings, and the words that take part in it."""

    __slots__ = ("fact", "fillers", "held", "kind", "sentence", "token", "type")

    def __init__(
        self, token: int, sentence: int, type_: str, kind: str, fact: str, fillers: Mapping[str, Collection[int]]
    ) -> None:
        self.token, self.sentence, self.type, self.kind, self.fact = token, sentence, type_, kind, fact
        self.fillers = fillers  # role -> head tokens
        self.held: _Held | None = None


class _Held:
    """Who takes part in an event: words, the lemmas of those that are nouns, and of all; together and by role."""

    __slots__ = ("lemmas", "nouns", "of", "words")

    def __init__(self, tree: Tree, fillers: Mapping[str, Collection[int]]) -> None:
        self.of = [(role, *self._sets(tree, words)) for role, words in fillers.items()]
        every = [i for words in fillers.values() for i in words]
        self.words, self.nouns, self.lemmas = self._sets(tree, every)

    @staticmethod
    def _sets(tree: Tree, words: Collection[int]) -> tuple[frozenset[int], frozenset[str], frozenset[str]]:
        nouns = frozenset(tree.lemma[i] for i in words if tree.pos[i] in _NOUNS)
        return frozenset(words), nouns, frozenset(tree.lemma[i] for i in words)


def shared(tree: Tree, one: Collection[int], other: Collection[int]) -> bool:
    """Return whether two sets of words have a word, or a noun's lemma, in common."""
    a, b = _Held(tree, {"": one}), _Held(tree, {"": other})
    return not (a.words.isdisjoint(b.words) and a.nouns.isdisjoint(b.lemmas))


class Pairs:
    """The pairs of one text."""

    def __init__(self, tree: Tree) -> None:
        """Look at the words of `tree`."""
        self.tree = tree
        self._cases: dict[int, str] = {}
        self._determiners: dict[int, str] = {}

    def case(self, i: int) -> str:
        """Return the first preposition or complementizer of a word, "" if it has none."""
        found = self._cases.get(i)
        if found is None:
            dep = self.tree.dep
            first = next((c for c in self.tree.children[i] if dep[c] in ("case", "mark")), None)
            found = self._cases[i] = "" if first is None else self.tree.lower[first]
        return found

    def determiner(self, i: int) -> str:
        """Return the article or the like of a word, "poss" for a possessive, "" if it has none."""
        found = self._determiners.get(i)
        if found is None:
            tree = self.tree
            c = next((c for c in tree.children[i] if tree.dep[c] in ("det", "nmod:poss")), None)
            found = "" if c is None else tree.lower[c] if tree.dep[c] == "det" else "poss"
            self._determiners[i] = found
        return found

    def roles(self, event: int, *, passive: bool) -> RolesOf:
        """Return what pairs an event with words that may take part in it."""
        return RolesOf(self, event, passive=passive)

    def link(self, a: EventView, b: EventView) -> list[int]:
        """Return what `link_features` does."""
        tree, apart = self.tree, b.sentence - a.sentence
        i, j = a.token, b.token
        out = [*_types(max(-4, min(4, apart)), a.type, b.type), *_readings(a.kind, b.kind, a.fact, b.fact)]
        out += _crossed(a.type, a.fact, b.kind, first=i < j)
        if tree.lemma[i] == tree.lemma[j]:
            out.append(_LEMMA)
        out += _words(tree.pos[i], tree.pos[j], self.determiner(i), self.determiner(j))
        if apart == 0:
            out += way_of(*path(tree, i, j)).link_rows()
            out.append(LINK[f"mark{self.case(i)}>{self.case(j)}"])
            out.append(_APART[min(abs(i - j), _FAR)])
        if a.fillers or b.fillers:
            out += self._participants(a, b)
        return out

    def _participants(self, a: EventView, b: EventView) -> list[int]:
        """Return the rows of who takes part in both events, and of one that takes part in the other."""
        one = a.held = a.held or _Held(self.tree, a.fillers)
        other = b.held = b.held or _Held(self.tree, b.fillers)
        apart = one.words.isdisjoint(other.words) and one.nouns.isdisjoint(other.lemmas)
        out = []
        if not apart or b.token in one.words:
            for ra, words, nouns, _ in one.of:
                if b.token in words:
                    out.append(LINK[f"in{ra}"])
                for rb, theirs, _, lemmas in () if apart else other.of:
                    if not (words.isdisjoint(theirs) and nouns.isdisjoint(lemmas)):
                        out.append(LINK[f"share{ra}{rb}"])
        if a.token in other.words:
            out += [LINK[f"holds{rb}"] for rb, theirs, *_ in other.of if a.token in theirs]
        return out


class RolesOf:
    """The rows of one event's word with each word that may take part in it."""

    __slots__ = ("_above", "_event", "_own", "_pairs", "_passive", "_pos", "_relations", "_ways")

    def __init__(self, pairs: Pairs, event: int, *, passive: bool) -> None:
        self._pairs, self._event, self._passive = pairs, event, passive
        self._above, self._relations = _ancestors(pairs.tree, event)
        self._ways = {i: way_of(self._relations[:up], []) for i, up in self._above.items()}
        pos = pairs.tree.pos[event]
        self._pos = _POS.get(pos) or _POS.setdefault(pos, Rows(f"r:pos{pos}"))
        self._own = ROLE[f"ep{passive}{pos}"]

    def rows(self, other: int, *, mention: str, timed: bool, counted: bool) -> list[int]:
        """Return what `role_features` does."""
        tree, event = self._pairs.tree, self._event
        way = self._ways.get(other) or self._way(other)
        steps, whole, voiced = way.role or way.role_rows()
        case = self._pairs.case(other)
        apart = abs(event - other)
        out = [
            *steps,
            _DISTANCES[event < other][apart if apart < _FAR else _FAR],
            whole,
            _CASES[case],
            way.cases.get(case) or way.case_row(case),
            self._pos[tree.pos[other]],
            _MENTIONS[mention],
            voiced[self._passive],
            self._own,
        ]
        if event == other:
            out.append(_SELF)
        if timed:
            out.append(_TIMED)
        if counted:
            out.append(_COUNTED)
        return out

    def _way(self, other: int) -> Way:
        """Return the way to a word, from that to its head; each word of a sentence is asked once."""
        tree, found = self._pairs.tree, self._ways
        passed: list[int] = []
        j = other
        while j not in found:
            if tree.head[j] == j:  # of another tree: the way goes over both roots
                found[j] = way_of(self._relations, [])
                break
            passed.append(j)
            j = tree.head[j]
            if len(passed) > _LONGEST:
                return way_of(*path(tree, self._event, other))
        if len(found[j].down) + len(passed) > _LONGEST:
            return way_of(*path(tree, self._event, other))
        way = found[j]
        for j in reversed(passed):
            way = found[j] = way.then(tree.dep[j])
        return way


_POS: dict[str, Rows] = {}
_FOUND: dict[tuple[object, ...], tuple[int, ...]] = {}
"""Rows by what they tell: readings and word classes are few."""


def _types(apart: int, one: str, other: str) -> tuple[int, ...]:
    key = (apart, one, other)
    return _FOUND.get(key) or _kept(key, f"apart{apart}", f"t{one}{other}", f"ta{one}", f"tb{other}")


def _readings(kind: str, other: str, fact: str, factual: str) -> tuple[int, ...]:
    key = (kind, other, fact, factual)
    found = _FOUND.get(key)
    if found is None:
        kinds, facts = (f"k{kind}>{other}", f"ka{kind}", f"kb{other}"), (f"f{fact}{factual}", f"fa{fact}")
        found = _kept(key, *kinds, *facts, f"fb{factual}")
    return found


def _crossed(one: str, fact: str, kind: str, *, first: bool) -> tuple[int, ...]:
    key = (one, fact, kind, first, "x")
    return _FOUND.get(key) or _kept(key, f"x{one}{kind}", f"xf{one}{fact}{kind}", f"first{first}")


def _words(pos: str, other: str, determiner: str, theirs: str) -> tuple[int, ...]:
    key = (pos, other, determiner, theirs, "det", "")
    return _FOUND.get(key) or _kept(key, f"pos{pos}{other}", f"det{determiner}a", f"det{theirs}b")


def _kept(key: tuple[object, ...], *names: str) -> tuple[int, ...]:
    if len(_FOUND) >= _MOST:
        _FOUND.clear()
    found = _FOUND[key] = tuple(LINK[name] for name in names)
    return found


_MOST = 50_000
"""Combinations of readings whose rows are kept: determiners may be any word."""
