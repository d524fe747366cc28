"""When a text without a date was written, as the people tell it who hold office in it.

"President Bush" is one president beside Condoleezza Rice and another beside Mikhail Gorbachev.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.entities.knowledge.tables import Term
from kg.entities.linking_offices import TABLES_END, is_office

LONG = 8
"""Years that a term lasts at most in this reckoning, where no table tells its end."""


def served(terms: Sequence[Term], offices: frozenset[str]) -> frozenset[int]:
    """The years in which somebody held the offices that are told, or any if none of these is known."""
    told = [term for term in terms if offices and is_office(term, offices)] or list(terms)
    years: set[int] = set()
    for term in told:
        if term.begin:
            begin = int(term.begin[:4])
            open_end = max(int((term.until or term.begin)[:4]), min(begin + LONG, int(TABLES_END[:4])))
            years.update(range(begin, (int(term.end[:4]) if term.end else open_end) + 1))
    return frozenset(years)


def era(people: Iterable[frozenset[int]]) -> str:
    """The year in the middle of those in which most of several people served, "" where fewer than two did at once.

    >>> era([frozenset(range(2001, 2006)), frozenset(range(1995, 2008)), frozenset(range(2001, 2010))])
    '2003'
    >>> era([frozenset(range(1995, 2008))]), era([frozenset({1950}), frozenset({2010})])
    ('', '')
    """
    counted = Counter(year for years in people for year in years)
    most = max(counted.values(), default=0)
    if most < 2:
        return ""
    best = sorted(year for year, count in counted.items() if count == most)
    return str(best[(len(best) - 1) // 2])
