"""At home in which state a document is: whose "House", "Senate" and "National Assembly" it means."""

from __future__ import annotations

from collections.abc import Collection, Mapping

FEW = 3
"""So many names at home in a state, its own included, tell that a text is about it; one fewer do if it is alone."""
TIMES = 2
"""How many times as many as of the next state."""


def owner(states: Collection[str], homes: Mapping[str, int]) -> str:
    """The code of the state that a document is about, "" where several have a like claim.

    `states` are those that it names, `homes` tell how many of its other names are at home in which. The only state
    that is named is the owner, unless the names around it are at home elsewhere; of several the one with most names.

    >>> owner({"SO"}, {}), owner({"US", "IR"}, {"US": 5, "IR": 1}), owner({"JO", "LB"}, {"JO": 1})
    ('SO', 'US', '')
    """
    claims = _claims(states, homes)
    ranked = sorted(claims, key=lambda code: (-claims[code], code))
    if not ranked:
        return ""
    first, rest = ranked[0], ranked[1:]
    if len(states) == 1 and claims[first] < FEW:
        return min(states)
    clear = claims[first] >= (FEW if rest else FEW - 1) and (not rest or claims[first] >= TIMES * claims[rest[0]])
    return first if clear else ""


def leads(code: str, states: Collection[str], homes: Mapping[str, int]) -> bool:
    """Whether a state is named, and a text has more of it than of any other: less than to be about it.

    >>> leads("US", {"US", "VE"}, {"US": 2, "VE": 1}), leads("US", {"US", "VE"}, {"VE": 2})
    (True, False)
    """
    claims = _claims(states, homes)
    return code in states and all(claims[code] > claim for other, claim in claims.items() if other != code)


def _claims(states: Collection[str], homes: Mapping[str, int]) -> dict[str, int]:
    return {code: homes.get(code, 0) + (code in states) for code in {*states, *homes} if code}
