"""Events of the documents that changed, and of those they are compared with: decided anew, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.entities.account_groups import between, grouped
from kg.entities.account_words import FAMILIES
from kg.entities.accounts import Account, Link, blocking_keys, told_of_one
from kg.entities.accounts_within import links_within
from kg.rdf.iris import canonical_iri
from kg.resolve.accounts import read_accounts
from kg.resolve.index import Index
from kg.resolve.journal import Decided
from kg.resolve.pending import Pending
from kg.resolve.texts import alike, original
from kg.resolve.writing import Writer, event_triples, quotes_of
from kg.store import Reader

_BATCH = 64  # documents whose accounts are read at once
COPIED = "copied-text"


def forget(index: Index, document: str, seeds: Pending) -> None:
    """Take the accounts of a document out of the index; those they were linked with are to be decided anew."""
    for account in index.accounts_of(document):
        for link in index.links(account):
            seeds.add((link.one, link.other))
        index.drop_account(account)


def note(reader: Reader, index: Index, writer: Writer, documents: Sequence[str], seeds: Pending) -> None:
    """Read the accounts of documents and compare them with those that share a key; `seeds` gets what is touched."""
    for first in range(0, len(documents), _BATCH):
        batch = documents[first : first + _BATCH]
        told: dict[str, list[Account]] = {document: [] for document in batch}
        keys = {document: named(index, document) for document in batch}
        every = {member: key for one in keys.values() for member, key in one.items()}
        for account in read_accounts(reader, batch, every):
            told[account.document].append(account)
        for document, accounts in told.items():
            _note_document(reader, index, writer, document, accounts, seeds)
    # of copies that are not read anew, the links with an original that is went with its accounts
    for name in sorted({one for document in documents for one in (document, *alike(index, document))}):
        index.put_links(_copied(index, name))


def named(index: Index, document: str) -> dict[str, str]:
    """Give the canonical key of each actor of a document that has a name: the end of its canonical node's IRI."""
    return {member: node.rpartition("/")[2] for member, node in index.named_of(document).items()}


def _note_document(
    reader: Reader, index: Index, writer: Writer, document: str, accounts: Sequence[Account], seeds: Pending
) -> None:
    for member in sorted(set(index.members_of(document, "event")) - {account.iri for account in accounts}):
        writer.leave(member)
    origin = original(index, document)
    if origin:
        accounts = [replace(account, origin=origin) for account in accounts]
    compared = [account for account in accounts if account.cls in FAMILIES or account.value]
    links = list(links_within(compared))
    keys = {account.iri: blocking_keys(account) for account in compared}
    # the document's own accounts are not in the index yet: they were compared above, and a long text has thousands
    for account in compared:
        others = index.accounts(index.sharing(keys[account.iri]))
        links += between([account], list(others.values()), told_of_one)
    for account in compared:
        index.put_account(account, keys[account.iri])
    index.put_links(links)
    touched = {account.iri for account in compared}
    seeds.add(touched)
    for account in accounts:
        if account.iri not in touched:
            [alone] = grouped({account.iri: account}, ())
            node = canonical_iri(reader.base, "event", alone.key)
            writer.member(account.iri, "event", node, document)
            writer.node(node, list(event_triples(node, alone, {})))


def _copied(index: Index, document: str) -> list[Link]:
    """Link each account of a copy with the one in the same words of the original."""
    origin = original(index, document)
    if not origin:
        return []
    theirs = {_words(account): account.iri for account in index.accounts(index.accounts_of(origin)).values()}
    mine = index.accounts(index.accounts_of(document)).values()
    pairs = [(account.iri, theirs[_words(account)]) for account in mine if _words(account) in theirs]
    return [Link(min(pair), max(pair), COPIED, 0.95) for pair in pairs]


def _words(account: Account) -> tuple[str, ...]:
    return account.cls, account.label, account.factuality, account.value


def decide(reader: Reader, index: Index, writer: Writer, seeds: Pending, decided: Decided) -> None:
    """Decide on the components of what was touched, one after the other."""
    for seed in seeds.taken():
        names, links = _component(index, seed, decided)
        seeds.done(names)
        accounts = index.accounts(sorted(names))
        pairs = {pair for pair in decided.together if pair[0] in accounts and pair[1] in accounts}
        for happening in grouped(accounts, links, together=pairs, alone=decided.alone & names):
            node = canonical_iri(reader.base, "event", happening.key)
            for member in happening.members:
                writer.member(member, "event", node, accounts[member].document)
            quotes = quotes_of(accounts[name] for name in happening.members)
            writer.node(node, list(event_triples(node, happening, quotes)))


def _component(index: Index, seed: str, decided: Decided) -> tuple[set[str], set[Link]]:
    names, links, todo = {seed}, set[Link](), [seed]
    while todo:
        account = todo.pop()
        found = index.links(account)
        links.update(found)
        ends = {end for link in found for end in (link.one, link.other)} | set(decided.partners(account))
        todo.extend(sorted(ends - names))
        names |= ends
    return names, links
