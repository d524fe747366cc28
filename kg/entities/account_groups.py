"""From links between accounts to canonical events: components that no contradiction holds apart.

The surest links are taken first; one that would bring two accounts together that contradict each other is not taken.
That order depends on the links alone: neither the order of arrival nor the number of processes changes what comes out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kg.entities.accounts import Account, Link, apart, blocking_keys, told_of_one
from kg.entities.accounts_within import links_within

SINGLE = "single-account"
PERSON = "decided-by-a-person"
BY_HAND = 1.0
"""Confidence of what a person decided."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in the world: `key` makes its IRI, `members` are the accounts of it, `links` what joins them."""

    key: str
    cls: str
    label: str
    members: tuple[str, ...]
    reason: str
    links: tuple[Link, ...] = ()


def grouped(
    accounts: Mapping[str, Account],
    links: Iterable[Link],
    *,
    together: Collection[tuple[str, str]] = (),
    alone: AbstractSet[str] = frozenset(),
) -> tuple[Happening, ...]:
    """Give each account exactly one happening, sorted by key.

    `links` may name accounts that are not among `accounts`; these are passed over. `together` and `alone` are what a
    person decided: pairs whose happenings are one, whatever the rules say, and accounts that are joined with no other.
    """
    member: dict[str, list[str]] = {name: [name] for name in sorted(accounts)}
    taken: dict[str, list[Link]] = {name: [] for name in member}
    hand = sorted((min(pair), max(pair)) for pair in together)
    ranked = sorted(links, key=lambda link: (-link.confidence, link.one, link.other, link.reason))
    for link in [*ranked, *(Link(one, other, PERSON, BY_HAND) for one, other in hand)]:
        if link.one not in member or link.other not in member:
            continue
        left, right = member[link.one], member[link.other]
        by_hand = link.reason == PERSON
        if left is right or (not by_hand and not alone.isdisjoint((link.one, link.other))):
            continue
        if not by_hand and any(apart(accounts[one], accounts[other]) for one in left for other in right):
            continue
        head, gone = min(left[0], right[0]), max(left[0], right[0])
        taken[head] += [link, *taken.pop(gone)]
        merged = sorted(left + right)
        member.update((name, merged) for name in merged)
    return tuple(sorted((_happening(accounts, member[head], found) for head, found in taken.items()), key=_key))


def _key(happening: Happening) -> str:
    return happening.key


def _happening(accounts: Mapping[str, Account], members: list[str], links: list[Link]) -> Happening:
    """The first account speaks for the others, one that is told with its date before one that is not."""
    first = min((accounts[name] for name in members), key=lambda one: (-len(one.time), one.iri))
    surest = sorted(links, key=lambda link: (-link.confidence, link.one, link.other))
    reason = surest[0].reason if surest else SINGLE
    return Happening(digest(members[0]), first.cls, first.label, tuple(members), reason, tuple(surest))


def linked(accounts: Iterable[Account]) -> tuple[Link, ...]:
    """Compare all accounts that share a blocking key, and those of each document; sorted, each pair once."""
    every = sorted(accounts, key=lambda account: account.iri)
    blocks: dict[str, list[Account]] = {}
    documents: dict[str, list[Account]] = {}
    for account in every:
        documents.setdefault(account.document, []).append(account)
        for key in blocking_keys(account):
            blocks.setdefault(key, []).append(account)
    found = {link for document in documents.values() for link in links_within(document)}
    for block in blocks.values():
        found |= set(between(block, block, told_of_one))
    return tuple(sorted(found, key=lambda link: (link.one, link.other, link.reason)))


def between(
    some: Iterable[Account], others: Collection[Account], decide: Callable[[Account, Account], Link | None]
) -> Iterable[Link]:
    """Decide on each pair of the two collections, each pair once."""
    done: set[tuple[str, str]] = set()
    for one in some:
        for other in others:
            pair = (min(one.iri, other.iri), max(one.iri, other.iri))
            if one.iri != other.iri and pair not in done:
                done.add(pair)
                link = decide(one, other)
                if link is not None:
                    yield link


def canonical_events(accounts: Iterable[Account]) -> tuple[Happening, ...]:
    """Decide on all accounts at once: what a resolution from scratch gives."""
    every = {account.iri: account for account in accounts}
    return grouped(every, linked(every.values()))


def digest(text: str) -> str:
    """Give the key of the happening whose first account is `text` (its IRI)."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
