"""Writing of the identity graph: only what differs from what stands there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kg import vocab
from kg.entities.account_groups import Happening
from kg.entities.accounts import Account, Link
from kg.entities.identity import Canonical
from kg.entities.knowledge import Spot
from kg.rdf.iris import identity_iri
from kg.rdf.terms import decimal, iri, literal, nkg
from kg.resolve.index import Index
from kg.store import Store

_CHUNK = 20_000  # triples that are written in one transaction
_A = iri(vocab.RDF + "type")
_LABEL = iri(vocab.RDFS + "label")


class Writer:
    """Gathers changes of canonical nodes and their members, and writes them to the store and the index alike."""

    def __init__(self, store: Store, index: Index) -> None:
        """Write to the identity graph of `store`."""
        self.graph = identity_iri(store.base)
        self._store, self._index = store, index
        self._gone: set[str] = set()
        self._come: set[str] = set()
        self._left: set[str] = set()

    def member(self, member: str, sort: str, node: str, document: str) -> bool:
        """Give a document's node its canonical node; True if it had another, or none."""
        return self.moved(member, sort, node, document, before=self._index.node_of(member))

    def moved(self, member: str, sort: str, node: str, document: str, *, before: str) -> bool:
        """As `member`, of one whose canonical node before is known, "" for none."""
        if before == node:
            return False
        if before:
            self.leave(member)
        self._index.put_member(member, sort, node, document)
        self._come.add(f"{iri(member)} {nkg('canonical')} {iri(node)}")
        return True

    def leave(self, member: str) -> None:
        """Take a document's node from its canonical node, which goes too if nobody else is of it."""
        before = self._index.node_of(member)
        if before:
            self._index.drop_member(member)
            self._gone.add(f"{iri(member)} {nkg('canonical')} {iri(before)}")
            self._left.add(before)

    def node(self, node: str, triples: Collection[str]) -> None:
        """Say of a canonical node just this, and nothing that was said before."""
        before, now = set(self._index.triples(node)), set(triples)
        if before != now:
            self._gone |= before - now
            self._come |= now - before
            self._index.put_triples(node, sorted(now))
        if len(self._gone) + len(self._come) > _CHUNK:
            self._write()

    def finish(self) -> None:
        """Write what is gathered, and take out the nodes that have no member any more."""
        for node in sorted(self._left):
            if not self._index.has_member(node):
                self.node(node, ())
        self._write()

    def _write(self) -> None:
        both = self._gone & self._come
        self._store.patch_graph(self.graph, gone=sorted(self._gone - both), come=sorted(self._come - both))
        self._gone, self._come = set(), set()


def actor_triples(node: str, canonical: Canonical) -> Iterator[str]:
    """Describe who is one, under which names, and why."""
    subject = iri(node)
    yield f"{subject} {_A} {nkg(canonical.cls)}"
    yield f"{subject} {nkg('decidedBy')} {literal(canonical.reason)}"
    yield f"{subject} {_LABEL} {literal(canonical.label or canonical.cls)}"
    for label in canonical.alternatives:
        if label:
            yield f"{subject} {iri(vocab.SKOS + 'altLabel')} {literal(label)}"
    if canonical.wikidata:
        yield f"{subject} {iri(vocab.SKOS + 'exactMatch')} {iri(vocab.WIKIDATA + canonical.wikidata)}"


def spot_triples(node: str, spot: Spot) -> Iterator[str]:
    """Say where a place is, in degrees of WGS 84."""
    for name, degrees in (("lat", spot.latitude), ("long", spot.longitude)):
        yield f"{iri(node)} {iri(vocab.GEO + name)} {decimal(float(degrees))}"


def event_triples(node: str, happening: Happening, quotes: dict[str, str]) -> Iterator[str]:
    """Describe what happened, and each decision that joined two accounts of it.

    `quotes` gives the IRI of an account's sentence.
    """
    subject = iri(node)
    yield f"{subject} {_A} {nkg(happening.cls)}"
    yield f"{subject} {nkg('decidedBy')} {literal(happening.reason)}"
    yield f"{subject} {_LABEL} {literal(happening.label or happening.cls)}"
    for number, link in enumerate(happening.links, start=1):
        yield from _merge(f"{node}/merge/{number}", link, quotes)


def _merge(node: str, link: Link, quotes: dict[str, str]) -> Iterator[str]:
    subject = iri(node)
    yield f"{subject} {_A} {nkg('Merge')}"
    yield f"{subject} {nkg('decidedBy')} {literal(link.reason)}"
    yield f"{subject} {nkg('confidence')} {decimal(link.confidence)}"
    for account in (link.one, link.other):
        yield f"{subject} {nkg('joins')} {iri(account)}"
        if quotes.get(account):
            yield f"{subject} {nkg('evidence')} {iri(quotes[account])}"


def quotes_of(accounts: Iterable[Account]) -> dict[str, str]:
    """Give the sentence of each account that has one."""
    return {account.iri: account.quote for account in accounts if account.quote}
