"""Growing chains: mentions joined step by step, each join with the name of its rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import EntityType, Mention, MentionKind


class Clusters:
    """A union-find over mention indices that keeps members in text order, features and rules of each cluster."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._parent = list(range(len(mentions)))
        self._members: dict[int, list[int]] = {m.index: [m.index] for m in mentions}
        self._rules: dict[int, dict[str, None]] = {m.index: {} for m in mentions}
        self._genders = [m.gender for m in mentions]
        self._votes = [{m.type: 100 if m.kind is MentionKind.NAME else 1} if m.type else {} for m in mentions]
        self._named = [m.kind is MentionKind.NAME for m in mentions]
        self._kinds: dict[int, EntityType] = {}  # root -> a type that a rule is surer of than the vote
        self.name_state: dict[int, tuple[str, str]] = {}  # mention -> key and words of the state in its name
        self.key: dict[int, str] = {}  # root -> what the gazetteer or a name says it is

    def root(self, i: int) -> int:
        """The representative of i's cluster."""
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(self, i: int, j: int, rule: str) -> bool:
        """Make one cluster of two, unless they are one already or known to be different things."""
        a, b = self.root(i), self.root(j)
        if a == b:
            return True
        if self.key.get(a) and self.key.get(b) and self.key[a] != self.key[b]:
            return False
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        self._rules[a] |= self._rules.pop(b)
        self._rules[a][rule] = None
        self._genders[a] = self._genders[a] or self._genders[b]
        self._named[a] = self._named[a] or self._named[b]
        for kind, votes in self._votes[b].items():
            self._votes[a][kind] = self._votes[a].get(kind, 0) + votes
        if b in self._kinds:
            self._kinds.setdefault(a, self._kinds[b])
        if b in self.key:
            self.key.setdefault(a, self.key[b])
        return True

    def note(self, i: int, rule: str) -> None:
        """Name a rule that made or identified a cluster without joining anything."""
        self._rules[self.root(i)][rule] = None

    def members(self, i: int) -> list[int]:
        """Mentions of i's cluster in text order."""
        return sorted(self._members[self.root(i)])

    def size(self, i: int) -> int:
        """How many mentions i's cluster has."""
        return len(self._members[self.root(i)])

    def rules(self, i: int) -> tuple[str, ...]:
        """The rules that made i's cluster, sorted."""
        return tuple(sorted(self._rules[self.root(i)]))

    def roots(self) -> Iterable[int]:
        """One mention of each cluster."""
        return self._members.keys()

    def gender(self, i: int) -> str:
        """Gender of the cluster as far as any mention tells it."""
        return self._genders[self.root(i)]

    def set_gender(self, i: int, gender: str) -> None:
        """Remember what a pronoun told of the cluster."""
        root = self.root(i)
        self._genders[root] = self._genders[root] or gender

    def set_type(self, i: int, kind: EntityType) -> None:
        """Fix the type of i's cluster against the vote of its mentions."""
        self._kinds[self.root(i)] = kind

    def named(self, i: int) -> bool:
        """Whether any mention of the cluster is a name."""
        return self._named[self.root(i)]

    def type(self, i: int) -> EntityType | None:
        """The type by vote: names before descriptions, demonyms count for their state."""
        root = self.root(i)
        if self.key.get(root, "").startswith("state "):
            return EntityType.GPE
        if root in self._kinds:
            return self._kinds[root]
        votes = self._votes[root]
        return max(sorted(votes), key=lambda kind: votes[kind], default=None)
