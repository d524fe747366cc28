"""Analyses made by hand: records found by their words, so that offsets are right by construction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kg.model import (
    Analysis,
    Chain,
    Disposition,
    Document,
    EntityType,
    Event,
    Evidence,
    Factuality,
    Mention,
    MentionKind,
    Participant,
    Quantity,
    Relation,
    RelationKind,
    Role,
    Sentence,
    Span,
    Status,
    TimeSpan,
)


@dataclass
class Builder:
    """Collects the records of one document; every record is given by words of the text and found there."""

    document: Document
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    dispositions: list[Disposition] = field(default_factory=list)

    def __post_init__(self) -> None:
        text, begin = self.document.text, 0
        while begin < len(text):
            end = text.find(". ", begin)
            end = len(text) if end < 0 else end + 1
            self.sentences.append(Sentence(len(self.sentences), Span(begin, end)))
            begin = end + 1

    def span(self, words: str, nth: int = 0) -> Span:
        begin = -1
        for _ in range(nth + 1):
            begin = self.document.text.index(words, begin + 1)
        return Span(begin, begin + len(words))

    def sentence(self, span: Span) -> Evidence:
        return Evidence(next(s.span for s in self.sentences if s.span.begin <= span.begin < s.span.end))

    def chain(
        self, name: str, type: EntityType | None, *words: str | tuple[str, int], members: tuple[int, ...] = ()
    ) -> int:
        """Add a chain with a mention for each of `words` (or words and how many earlier ones to skip)."""
        first = len(self.mentions)
        for item in words:
            text, nth = (item, 0) if isinstance(item, str) else item
            span = self.span(text, nth)
            named = type is not None and text in name and text[0].isupper()
            kind = MentionKind.NAME if named else MentionKind.NOMINAL
            if text.lower() in {"it", "she", "he", "there"}:
                kind = MentionKind.PRONOUN
            self.mentions.append(Mention(len(self.mentions), 0, span, span, text, text.lower(), kind, type))
        indices = tuple(range(first, len(self.mentions)))
        self.chains.append(Chain(len(self.chains), indices, name, first, type, members))
        return len(self.chains) - 1

    def role(self, role: Role, chain: int, nth: int = 0) -> Participant:
        mention = self.mentions[self.chains[chain].mentions[nth]]
        return Participant(role, mention.span, mention.text, mention.index, chain, ("by_hand",))

    def event(self, cls: str, trigger: str, label: str, *participants: Participant, nth: int = 0, **more: Any) -> int:
        span = self.span(trigger, nth)
        given: dict[str, Any] = {
            "frame": cls.lower(),
            "lemma": trigger,
            "factuality": Factuality.HAPPENED,
            "evidence": (self.sentence(span),),
            "rules": ("by_hand",),
            **more,
        }
        self.events.append(
            Event(len(self.events), cls=cls, trigger=span, label=label, participants=participants, **given)
        )
        return len(self.events) - 1

    def disposition(self, initiative: int, status: Status, words: str, **more: Any) -> None:
        evidence = self.sentence(self.span(words))
        self.dispositions.append(Disposition(initiative, status, "by_hand", evidence, outcome_text=words, **more))

    def relation(self, kind: RelationKind, cause: int, effect: int) -> None:
        one, two = self.events[cause], self.events[effect]
        self.relations.append(
            Relation(
                len(self.relations),
                kind,
                cause,
                effect,
                one.label,
                two.label,
                one.evidence[0],
                two.evidence[0],
                "by_hand",
            )
        )

    def analysis(self) -> Analysis:
        return Analysis(
            document=self.document,
            sentences=tuple(self.sentences),
            mentions=tuple(self.mentions),
            chains=tuple(self.chains),
            events=tuple(self.events),
            relations=tuple(self.relations),
            dispositions=tuple(self.dispositions),
        )


def proposal() -> Analysis:
    """A proposal to two parties that answer differently."""
    b = Builder(
        Document(
            "proposal",
            "On 12 May Norway proposed direct talks to the rebels and the government of Karo. The rebels turned it "
            "down the next day. The government is still considering the proposal.",
            title="Norway seeks direct talks in Karo",
            published=date(2025, 5, 14),
            url="https://example.org/news/karo-talks",
            publisher="The Harbour Post",
        )
    )
    norway = b.chain("Norway", EntityType.GPE, "Norway")
    rebels = b.chain("the rebels", EntityType.NORP, "the rebels", "The rebels")
    government = b.chain("government of Karo", EntityType.ORG, "the government of Karo", "The government")
    karo = b.chain("Karo", EntityType.GPE, "Karo")
    both = b.chain("the two sides", None, "the rebels and the government of Karo", members=(rebels, government))
    talks = b.event(
        "Meeting", "talks", "direct talks", b.role(Role.AGENT, both), b.role(Role.PLACE, karo),
        factuality=Factuality.HYPOTHETICAL, plover="CONSULT", lemma="talk",
    )  # fmt: skip
    proposed = b.event(
        "Proposal", "proposed", "Norway's proposal of direct talks",
        b.role(Role.PROPOSER, norway), b.role(Role.ADDRESSEE, rebels), b.role(Role.ADDRESSEE, government),
        kind="propose", plover="CONSULT", content=talks, content_text="direct talks", lemma="propose",
        content_spans=(b.span("direct talks"),), time=TimeSpan("2025-05-12", "2025-05-12", b.span("On 12 May")),
    )  # fmt: skip
    refused = b.event(
        "Refusal", "turned", "the rebels turned it down", b.role(Role.RESPONDER, rebels, 1),
        lemma="turn down", plover="REJECT", time=TimeSpan("2025-05-13", "2025-05-13", b.span("the next day")),
    )  # fmt: skip
    b.disposition(
        proposed, Status.REJECTED, "The rebels turned it down",
        addressee=b.role(Role.ADDRESSEE, rebels), response=refused, as_of="2025-05-13",
    )  # fmt: skip
    b.disposition(
        proposed, Status.PENDING, "still considering the proposal", addressee=b.role(Role.ADDRESSEE, government)
    )
    b.relation(RelationKind.RESPONSE, proposed, refused)
    return b.analysis()


def statement() -> Analysis:
    """A statement whose cue interrupts what is said."""
    b = Builder(
        Document("statement", "The old bridge, Mayor Ada Lind said, will stay shut. She expects a decision in June.")
    )
    lind = b.chain("Ada Lind", EntityType.PERSON, "Ada Lind", "She")
    bridge = b.chain("The old bridge", None, "The old bridge")
    shut = b.event(
        "Happening", "shut", "the old bridge will stay shut", b.role(Role.PATIENT, bridge),
        factuality=Factuality.FUTURE, attributed_to=b.role(Role.SPEAKER, lind),
    )  # fmt: skip
    b.event(
        "Statement", "said", "Mayor Ada Lind said", b.role(Role.SPEAKER, lind),
        lemma="say", cue=b.span("said"), source=b.span("Mayor Ada Lind"), content=shut,
        content_spans=(b.span("The old bridge"), b.span("will stay shut")),
        content_text="The old bridge will stay shut",
    )  # fmt: skip
    return b.analysis()


def accounts() -> Analysis:
    """Two accounts of one flood, with figures that differ."""
    b = Builder(
        Document(
            "accounts",
            "At least nine people died in the flood, Governor Omar Reyes said. The relief agency Nordhelp counted "
            "between 12 and 14 dead.",
            published=date(2025, 4, 3),
        )
    )
    reyes = b.chain("Omar Reyes", EntityType.PERSON, "Omar Reyes")
    nordhelp = b.chain("Nordhelp", EntityType.ORG, "Nordhelp")
    people = b.chain("nine people", None, "nine people")
    died = b.event(
        "Happening", "died", "nine people died in the flood", b.role(Role.PATIENT, people),
        lemma="die", attributed_to=b.role(Role.SPEAKER, reyes),
        quantity=Quantity(9.0, b.span("At least nine"), 9.0, None, "at least", "people"),
    )  # fmt: skip
    b.event(
        "Statement", "said", "Governor Omar Reyes said", b.role(Role.SPEAKER, reyes),
        lemma="say", cue=b.span("said"), source=b.span("Governor Omar Reyes"), content=died,
        content_spans=(b.span("At least nine people died in the flood"),),
        content_text="At least nine people died in the flood",
    )  # fmt: skip
    b.event(
        "Happening", "dead", "between 12 and 14 dead", attributed_to=b.role(Role.SPEAKER, nordhelp),
        quantity=Quantity(12.0, b.span("between 12 and 14"), 12.0, 14.0, "between", "dead"),
    )  # fmt: skip
    return b.analysis()


def link() -> Analysis:
    """A plan that came true, and what came of it."""
    b = Builder(
        Document(
            "link",
            "In March, Ostland and Westland planned to meet in Geneva. Their ministers met there on 4 June 2025. As a "
            "result, the two countries exchanged 40 prisoners each.",
            published=date(2025, 6, 9),
        )
    )
    ostland = b.chain("Ostland", EntityType.GPE, "Ostland")
    westland = b.chain("Westland", EntityType.GPE, "Westland")
    both = b.chain(
        "Ostland and Westland", None, "Ostland and Westland", "the two countries", members=(ostland, westland)
    )
    ministers = b.chain("Their ministers", None, "Their ministers")
    geneva = b.chain("Geneva", EntityType.GPE, "Geneva", "there")
    prisoners = b.chain("40 prisoners", None, "40 prisoners")
    meeting = b.event(
        "Meeting", "meet", "a meeting in Geneva", b.role(Role.AGENT, both), b.role(Role.PLACE, geneva),
        factuality=Factuality.FUTURE, plover="CONSULT",
    )  # fmt: skip
    planned = b.event(
        "Plan", "planned", "plan to meet in Geneva", b.role(Role.PROPOSER, both),
        kind="plan", lemma="plan", content=meeting, content_text="to meet in Geneva",
        time=TimeSpan("2025-03", "2025-03", b.span("In March")),
    )  # fmt: skip
    met = b.event(
        "Meeting", "met", "the ministers met in Geneva", b.role(Role.AGENT, ministers), b.role(Role.PLACE, geneva, 1),
        lemma="meet", plover="CONSULT", time=TimeSpan("2025-06-04", "2025-06-04", b.span("on 4 June 2025")),
    )  # fmt: skip
    swapped = b.event(
        "Exchange", "exchanged", "exchange of 40 prisoners each",
        b.role(Role.AGENT, both, 1), b.role(Role.PATIENT, prisoners),
        lemma="exchange", plover="COOPERATE", quantity=Quantity(40.0, b.span("40"), 40.0, 40.0, "exact", "prisoners"),
    )  # fmt: skip
    b.disposition(planned, Status.REALISED, "Their ministers met there", response=met, as_of="2025-06-04")
    b.relation(RelationKind.REALISATION, planned, met)
    b.relation(RelationKind.OUTCOME, met, swapped)
    return b.analysis()


SAMPLES = (proposal, statement, accounts, link)
