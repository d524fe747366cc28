"""Documents written by hand as the RDF contract has them, for tests that need a graph but no language pipeline."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.digest import publish
from kg.model import EntityType, Known
from kg.rdf.iris import actor_iri, disposition_iri, doc_iri, event_iri, link_iri, mention_iri, quantity_iri, span_iri
from kg.rdf.terms import decimal, iri, literal, moment, nkg, typed
from kg.resolve import resolve
from kg.store import Store, create_or_open
from kg.vocab import BASE, DCTERMS, NIF, NKG, PLOVER, RDF, RDFS, SEM

GAZETTEER = {
    "russia": (Known("Russia", EntityType.GPE, "Q159"),),
    "moscow": (Known("Moscow", EntityType.GPE, "Q649"), Known("Russia", EntityType.GPE, "Q159", "seat")),
    "georgia": (Known("Georgia", EntityType.GPE, "Q230"), Known("Georgia", EntityType.GPE, "Q1428")),
    "united states": (Known("United States", EntityType.GPE, "Q30"),),
    "usa": (Known("United States", EntityType.GPE, "Q30", "alias"),),
}

FAMILY = {
    **dict.fromkeys(("Proposal", "Offer", "Request", "Demand", "Threat", "Invitation", "Plan"), "Initiative"),
    **dict.fromkeys(("Acceptance", "Refusal"), "Response"),
}


class Page:
    """One document; every method adds triples and gives the IRI of the node it made."""

    def __init__(
        self, id: str, text: str, *, base: str = BASE, issued: str = "2025-05-24", publisher: str = ""
    ) -> None:
        """Begin the graph of the document with the article itself."""
        self.id, self.text, self.iri = id, text, doc_iri(base, id)
        self.triples: dict[str, None] = {}
        self.links = 0
        self.add(self.iri, RDF + "type", nkg("Article"))
        self.add(self.iri, RDF + "type", iri(NIF + "Context"))
        self.add(self.iri, DCTERMS + "identifier", literal(id))
        self.add(self.iri, DCTERMS + "issued", moment(issued) or "")
        self.add(self.iri, NIF + "isString", literal(text))
        self.add(self.iri, NKG + "contentHash", literal(hashlib.sha256(text.encode()).hexdigest()))
        self.add(self.iri, NKG + "pipelineVersion", literal("test"))
        if publisher:
            self.add(self.iri, DCTERMS + "publisher", literal(publisher))

    def add(self, subject: str, predicate: str, thing: str) -> None:
        self.triples[f"{iri(subject)} {iri(predicate)} {thing}"] = None

    def at(self, words: str) -> tuple[int, int]:
        begin = self.text.index(words)
        return begin, begin + len(words)

    def _offsets(self, node: str, words: str) -> str:
        begin, end = self.at(words)
        self.add(node, RDF + "type", iri(NIF + "OffsetBasedString"))
        self.add(node, NIF + "referenceContext", iri(self.iri))
        self.add(node, NIF + "beginIndex", typed(str(begin), "nonNegativeInteger"))
        self.add(node, NIF + "endIndex", typed(str(end), "nonNegativeInteger"))
        self.add(node, NIF + "anchorOf", literal(words))
        return node

    def span(self, words: str, *, sentence: bool = False) -> str:
        node = self._offsets(span_iri(self.iri, self.at(words)), words)
        if sentence:
            self.add(node, RDF + "type", iri(NIF + "Sentence"))
        return node

    def mention(self, words: str, actor: str, kind: str = "name") -> str:
        node = self._offsets(mention_iri(self.iri, self.at(words)), words)
        self.add(node, RDF + "type", nkg("Mention"))
        self.add(node, NKG + "refersTo", iri(actor))
        self.add(node, NKG + "mentionKind", literal(kind))
        return node

    def actor(self, cls: str, label: str, *words: str, kind: str = "name", members: tuple[str, ...] = ()) -> str:
        words = words or (label,)
        node = actor_iri(self.iri, self.at(words[0]))
        self.add(node, RDF + "type", nkg(cls))
        self.add(node, RDFS + "label", literal(label))
        for text in words:
            self.mention(text, node, kind)
        for member in members:
            self.add(node, NKG + "hasMember", iri(member))
        return node

    def event(
        self,
        cls: str,
        trigger: str,
        *quotes: str,
        factuality: str = "Happened",
        plover: str = "",
        label: str = "",
        time: str = "",
        lemma: str = "",
        **roles: str | tuple[str, ...],
    ) -> str:
        node = event_iri(self.iri, self.at(trigger))
        for name in {"Event", cls, FAMILY.get(cls, cls)}:
            self.add(node, RDF + "type", nkg(name))
        self.add(node, RDFS + "label", literal(label or trigger))
        self.add(node, NKG + "frame", literal("test"))
        self.add(node, NKG + "rule", literal("test-rule"))
        self.add(node, NKG + "lemma", literal(lemma or trigger))
        self.add(node, NKG + "trigger", iri(self.span(trigger)))
        self.add(node, NKG + "factuality", nkg(factuality))
        for quote in quotes:
            self.add(node, NKG + "evidence", iri(self.span(quote, sentence=True)))
        if plover:
            self.add(node, NKG + "plover", iri(PLOVER + plover))
        if time:
            for stamp in ("hasEarliestBeginTimeStamp", "hasLatestEndTimeStamp"):
                self.add(node, SEM + stamp, moment(time) or "")
        for role, actors in roles.items():
            for actor in (actors,) if isinstance(actors, str) else actors:
                self.add(node, NKG + role, iri(actor))
        return node

    def says(self, node: str, property: str, text: str) -> None:
        self.add(node, NKG + property, literal(text))

    def statement(self, cue: str, quote: str, *content: str, speaker: str = "", source: str = "") -> str:
        node = self.event("Statement", cue, quote, **({"speaker": speaker} if speaker else {}))
        self.add(node, NKG + "cue", iri(self.span(cue)))
        self.says(node, "contentText", " … ".join(content))
        for words in content:
            self.add(node, NKG + "contentSpan", iri(self.span(words)))
        if source:
            self.add(node, NKG + "sourceSpan", iri(self.span(source)))
        return node

    def quantity(self, event: str, value: float, words: str, noun: str, qualifier: str = "exact") -> None:
        node = quantity_iri(event)
        self.add(event, NKG + "quantity", iri(node))
        self.add(node, RDF + "type", nkg("Quantity"))
        self.add(node, NKG + "value", decimal(value))
        self.says(node, "qualifier", qualifier)
        self.says(node, "countedNoun", noun)
        self.add(node, NKG + "evidence", iri(self.span(words)))

    def disposition(
        self, event: str, n: int, status: str, quote: str, *, outcome: str = "", addressee: str = "", as_of: str = ""
    ) -> None:
        node = disposition_iri(event, n)
        self.add(event, NKG + "disposition", iri(node))
        self.add(node, RDF + "type", nkg("Disposition"))
        self.add(node, NKG + "status", nkg(status))
        self.says(node, "decidedBy", "test-rule")
        self.add(node, NKG + "evidence", iri(self.span(quote, sentence=True)))
        if outcome:
            self.says(node, "outcomeText", outcome)
        if addressee:
            self.add(node, NKG + "ofAddressee", iri(addressee))
        if as_of:
            self.add(node, NKG + "asOf", moment(as_of) or "")

    def link(self, relation: str, cause: str, effect: str, texts: tuple[str, str], quotes: tuple[str, str]) -> None:
        self.links += 1
        node = link_iri(self.iri, self.links)
        self.add(node, RDF + "type", nkg("Link"))
        self.says(node, "relation", relation)
        self.says(node, "decidedBy", "test-rule")
        for end, event, text, quote in zip(("cause", "effect"), (cause, effect), texts, quotes, strict=True):
            self.add(node, NKG + end, iri(event))
            self.says(node, f"{end}Text", text)
            self.add(node, NKG + f"{end}Evidence", iri(self.span(quote, sentence=True)))

    def graph(self) -> tuple[str, list[str]]:
        return self.iri, [f"{triple} {iri(self.iri)} ." for triple in self.triples]


OFFER = "Russia and its partners offered the United States and Georgia a grain corridor on Monday."
ACCEPTED = "The United States accepted at first."
REFUSED = "On Friday it turned the offer down."
GEORGIA = "Georgia is still studying it."
TOLL = "The mayor said that 27 people died in the port."
CLINIC = "The clinic counted 9 people dead."
BRIDGE = "Moscow accused 3 clerks."
TEXT = " ".join((OFFER, ACCEPTED, REFUSED, GEORGIA, TOLL, CLINIC, BRIDGE))


def corridor(id: str = "corridor", *, base: str = BASE) -> Page:
    """An offer by two to two, answered differently, one answer changed; two tolls of one disaster; an accusation."""
    page = Page(id, TEXT, base=base, publisher="Test Gazette")
    russia = page.actor("GeopoliticalEntity", "Russia")
    partners = page.actor("Group", "its partners", kind="nominal")
    both = page.actor("Group", "Russia and its partners", kind="nominal", members=(russia, partners))
    usa = page.actor("GeopoliticalEntity", "the United States")
    georgia = page.actor("GeopoliticalEntity", "Georgia")
    offer = page.event(
        "Offer",
        "offered",
        OFFER,
        plover="COOPERATE",
        label="offered a grain corridor",
        time="2025-05-19",
        proposer=both,
        agent=both,
        addressee=(usa, georgia),
        recipient=(usa, georgia),
    )
    page.says(offer, "kind", "offer")
    page.says(offer, "contentText", "a grain corridor")
    page.add(offer, NKG + "participantMention", iri(mention_iri(page.iri, page.at("the United States"))))
    page.disposition(offer, 1, "Accepted", ACCEPTED, outcome="accepted at first", addressee=usa)
    page.disposition(offer, 2, "Rejected", REFUSED, outcome="turned the offer down", addressee=usa)
    refusal = page.event("Refusal", "turned the offer down", REFUSED, plover="REJECT", responder=usa, agent=usa)
    page.link("response", offer, refusal, ("a grain corridor", "turned the offer down"), (OFFER, REFUSED))
    mayor = page.actor("Person", "The mayor", kind="nominal")
    clinic = page.actor("Organization", "The clinic", kind="nominal")
    page.statement("said", TOLL, "27 people died in the port", speaker=mayor, source="The mayor")
    people = page.actor("Participant", "27 people", kind="nominal")
    died = page.event("Happening", "died", TOLL, label="died in the port", patient=people, attributedTo=mayor)
    page.quantity(died, 27, "27", "people")
    dead = page.event("Happening", "dead", CLINIC, attributedTo=clinic)
    page.quantity(dead, 9, "9", "people")
    moscow = page.actor("GeopoliticalEntity", "Moscow")
    clerks = page.actor("Participant", "3 clerks", kind="nominal")
    page.event("Accusation", "accused", BRIDGE, plover="ACCUSE", agent=moscow, patient=clerks)
    return page


def written(directory: Path, *pages: Page) -> Store:
    """Give a store with these documents and their identity graph; not published yet."""
    store = create_or_open(directory)
    store.write_documents([page.graph() for page in pages])
    resolve(store, gazetteer=GAZETTEER)
    return store


def published(directory: Path, *pages: Page) -> Path:
    """Give the directory of a finished graph."""
    with written(directory, *pages) as store:
        publish(store)
    return directory
