"""Which accounts of one document tell of one event: the same count by two sources, a denial, what is taken up again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from kg.entities.account_words import FAMILIES, INITIATIVES, takes_up
from kg.entities.accounts import Account, Link, apart, same_count, teller


def links_within(accounts: Sequence[Account]) -> Iterator[Link]:
    """Decide on the accounts of one document: the same count by two sources, a denial, and what is taken up again.

    "The talks" are the nearest talks told before that they can be.
    """
    ordered = sorted(accounts, key=lambda account: (account.at, account.iri))
    given: dict[tuple[str, str, str], set[str]] = {}
    for account in ordered:
        if account.value:
            given.setdefault((account.cls, account.counted.casefold(), teller(account)), set()).add(account.value)
    # who gives two figures speaks of two events, and nothing tells which of them the others mean
    unclear = {(cls, counted) for (cls, counted, _), values in given.items() if len(values) > 1}
    counted: dict[tuple[str, str], list[Account]] = {}
    for account in ordered:
        if account.value and _count(account) not in unclear:
            counted.setdefault(_count(account), []).append(account)
    for one, other in chain.from_iterable(combinations(alike, 2) for alike in counted.values()):
        if same_count(one, other) and not apart(one, other):
            yield _link(one, other, "same-count-by-different-sources", 0.8)
    for one, other in _taken_up(ordered):
        yield _link(one, other, "denied-by-another" if one.factuality != other.factuality else "taken-up-again", 0.65)


def _count(account: Account) -> tuple[str, str]:
    return account.cls, account.counted.casefold()


def _taken_up(ordered: Sequence[Account]) -> Iterator[tuple[Account, Account]]:
    """Pair each account that takes something up with the nearest one before it that it can be."""
    before: dict[str, list[Account]] = {}
    for account in ordered:
        family = FAMILIES.get(account.cls)
        if family is None or family in INITIATIVES:
            continue
        earlier = before.setdefault(family, [])
        told = account.factuality in ("Happened", "Denied") and not account.value
        if told and takes_up(account.label, account.lemma):
            for other in reversed(earlier[-8:]):
                if not apart(other, account):
                    yield other, account
                    break
        earlier.append(account)


def _link(one: Account, other: Account, reason: str, confidence: float) -> Link:
    first, second = sorted((one.iri, other.iri))
    return Link(first, second, reason, confidence)
