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

SHORT = 12
"""Years in office that tell by themselves when a text was written."""


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
    return _middle(year for year, count in counted.items() if count == most) if most > 1 else ""


def guess(people: Iterable[frozenset[int]]) -> str:
    """The same of one alone, if he served for few years: enough to tell namesakes apart, and no more.

    >>> guess([frozenset(range(2001, 2006)), frozenset()]), guess([frozenset(range(1959, 2008))])
    ('2003', '')
    """
    known = [years for years in people if years]
    return _middle(known[0]) if len(known) == 1 and len(known[0]) <= SHORT else ""


def _middle(years: Iterable[int]) -> str:
    found = sorted(years)
    return str(found[(len(found) - 1) // 2])
