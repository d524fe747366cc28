"""The names of one document's nodes, worked out once: which record is which IRI, and which records are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg import vocab
from kg.model import Analysis, EntityType, MentionKind, Participant, Span
from kg.rdf import iris
from kg.rdf.check import Findings
from kg.rdf.terms import iri


@dataclass(frozen=True, slots=True)
class Scope:
    """The document being written.

    `doc` and the entries of `mentions`, `chains` and `events` are serialised IRIs in the order of the records;
    None marks a record that is not written. `chain_of` gives a mention's chain.
    """

    doc: str
    doc_iri: str
    text: str
    sentences: frozenset[Span]
    mentions: tuple[str | None, ...]
    chains: tuple[str | None, ...]
    events: tuple[str | None, ...]
    chain_of: dict[int, int]

    def actor(self, participant: Participant | None) -> str | None:
        """Name the actor that fills a role, by its chain or its mention's chain; None if there is none."""
        if participant is None:
            return None
        chain = participant.chain
        if chain is None and participant.mention is not None:
            chain = self.chain_of.get(participant.mention)
        return None if chain is None else self.chains[chain]


def scope_of(analysis: Analysis, findings: Findings, *, base: str) -> Scope:
    """Name the nodes of `analysis`, leaving out what `findings` hold to be unsound."""
    doc = iris.doc_iri(base, analysis.document.id)
    chain_of = {
        mention: chain.index
        for chain in analysis.chains
        for mention in chain.mentions
        if chain.index not in findings.chains and mention not in findings.mentions
    }
    written = _written_chains(analysis, findings, chain_of)
    return Scope(
        doc=iri(doc),
        doc_iri=doc,
        text=analysis.document.text,
        sentences=frozenset(sentence.span for sentence in analysis.sentences),
        mentions=_mention_names(analysis, doc, chain_of, written),
        chains=_chain_names(analysis, doc, findings, written),
        events=_event_names(analysis, doc, findings),
        chain_of=chain_of,
    )


DESCRIBED = frozenset({EntityType.EVENT, EntityType.NORP})
"""Types whose things are often described and not named: "the gathering in Istanbul", "Kyiv's European allies"."""


def _written_chains(analysis: Analysis, findings: Findings, chain_of: dict[int, int]) -> set[int]:
    """Find the chains that have a name, are a known kind of thing or fill a role, and the members of groups."""
    chosen = {chain.index for chain in analysis.chains if chain.type in DESCRIBED}
    chosen |= {chain_of[m.index] for m in analysis.mentions if m.kind is MentionKind.NAME and m.index in chain_of}
    for participant in _participants(analysis, findings):
        if participant.chain is not None:
            chosen.add(participant.chain)
        elif participant.mention in chain_of:
            chosen.add(chain_of[participant.mention])
    todo = list(chosen)
    while todo:
        members = set(analysis.chains[todo.pop()].members) - chosen
        chosen |= members
        todo.extend(members)
    return chosen - findings.chains


def _participants(analysis: Analysis, findings: Findings) -> Iterable[Participant]:
    for event in analysis.events:
        if event.index not in findings.events:
            yield from event.participants
            if event.attributed_to is not None:
                yield event.attributed_to
    for number, disposition in enumerate(analysis.dispositions):
        if disposition.addressee is not None and number not in findings.dispositions:
            yield disposition.addressee


def _mention_names(
    analysis: Analysis, doc: str, chain_of: dict[int, int], written: Collection[int]
) -> tuple[str | None, ...]:
    """Name the mentions of written chains: one node per span and chain, for a mention refers to one thing."""
    names: list[str | None] = []
    known: dict[tuple[Span, int], str] = {}
    seen: Counter[Span] = Counter()
    for mention in analysis.mentions:
        chain = chain_of.get(mention.index)
        if chain is None or chain not in written:
            names.append(None)
            continue
        key = (mention.span, chain)
        if key not in known:
            seen[mention.span] += 1
            known[key] = iri(iris.mention_iri(doc, mention.span, seen[mention.span]))
        names.append(known[key])
    return tuple(names)


def _chain_names(analysis: Analysis, doc: str, findings: Findings, written: Collection[int]) -> tuple[str | None, ...]:
    names: list[str | None] = []
    seen: Counter[Span] = Counter()
    for chain in analysis.chains:
        if chain.index not in written:
            names.append(None)
            continue
        first = min(analysis.mentions[m].span for m in chain.mentions if m not in findings.mentions)
        seen[first] += 1
        names.append(iri(iris.actor_iri(doc, first, seen[first])))
    return tuple(names)


def _event_names(analysis: Analysis, doc: str, findings: Findings) -> tuple[str | None, ...]:
    """Name events by trigger; where several share one, the first in the order of the records has no ordinal."""
    names: list[str | None] = []
    seen: Counter[Span] = Counter()
    for event in analysis.events:
        if event.index in findings.events:
            names.append(None)
            continue
        seen[event.trigger] += 1
        names.append(iri(iris.event_iri(doc, event.trigger, seen[event.trigger])))
    return tuple(names)


def types_of(cls: str) -> tuple[str, ...]:
    """Name the classes an event node carries: its own, its family's and Event."""
    family = vocab.FAMILIES.get(cls)
    return (cls, "Event") if family is None else (cls, family, "Event")
