"""Whom the names in a question mean: with an office in front, or mistyped, they are still somebody's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches

from kg.asking.words import words
from kg.questions.names import Names

_LIKE = 0.8
_SHORTEST = 5


@dataclass(slots=True)
class Naming:
    """Looks up the names of one question. `guessed` holds those that nobody has and that were taken for others."""

    names: Names
    guessed: set[str] = field(default_factory=set)
    _told: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, name: str) -> tuple[str, ...]:
        """Give the labels of those called so; with "=" in front only of those called just so, with "@" as a place.

        With "~" in front it gives all names by which texts call them.
        """
        if name.startswith("~"):
            if name not in self._told:
                forms = (form for label in self(name[1:]) for form in self.names.told(label))
                self._told[name] = tuple(dict.fromkeys(forms))
            return self._told[name]
        if name.startswith("@"):
            return tuple(dict.fromkeys((*self(name[1:]), *self.names.called(name[1:], place=True))))
        if name.startswith("="):
            return self.names.exactly(name[1:]) or self._bare(name[1:], self.names.exactly)
        return self._called(name) or self._mistyped(name)

    def _called(self, name: str) -> tuple[str, ...]:
        found = self.names.called(name) or self._bare(name, self.names.called)
        if not found and name.endswith("s") and len(name) > _SHORTEST:  # "russias delegation"
            found = self.names.called(name[:-1])
        return found

    def _bare(self, name: str, look: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        bare = without_title(name)
        return look(bare) if bare and bare != name else ()

    def _mistyped(self, name: str) -> tuple[str, ...]:
        """Take a name that nothing in the world is known by for the one that it is most like."""
        bare = without_title(name) or name
        if len(bare) < _SHORTEST or self.names.known(bare):
            return ()
        found = next((near for near in self.names.near(bare, least=_LIKE) if near[:1].lower() == bare[:1].lower()), "")
        if found:
            self.guessed.add(name)
        return self.names.exactly(found) if found else ()


def without_title(name: str) -> str:
    """Leave out what stands for an office in front of a name, even if it is mistyped.

    >>> without_title("Prime Minister Abiy Ahmed"), without_title("Presdent Trump"), without_title("Joe Biden")
    ('Abiy Ahmed', 'Trump', 'Joe Biden')
    """
    parts = name.split()
    while len(parts) > 1 and get_close_matches(parts[0].lower().strip("."), words().titles, n=1, cutoff=0.85):
        parts.pop(0)
    return " ".join(parts)
