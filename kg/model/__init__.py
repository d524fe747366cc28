"""The records every station reads and writes: frozen, slotted, with character offsets and nothing of spaCy or RDF.

All offsets count Unicode code points of `Document.text` exactly as given, so `text[span.begin:span.end]` is the span.
Records refer to each other by index into the tuples of one `Analysis`, so they pickle cheaply across processes.
"""

from kg.model.events import (
    Analysis,
    Disposition,
    Event,
    Evidence,
    Participant,
    Quantity,
    Relation,
    TimeSpan,
)
from kg.model.kinds import (
    ASSERTED,
    Adnominal,
    Category,
    EntityType,
    Factuality,
    MentionKind,
    Modality,
    RelationKind,
    Role,
    Slot,
    Status,
    Support,
    Way,
)
from kg.model.text import (
    Argument,
    Attribution,
    Chain,
    Clause,
    Document,
    Gazetteer,
    Known,
    Mention,
    Sentence,
    Span,
)

__all__ = [
    "ASSERTED",
    "Adnominal",
    "Analysis",
    "Argument",
    "Attribution",
    "Category",
    "Chain",
    "Clause",
    "Disposition",
    "Document",
    "EntityType",
    "Event",
    "Evidence",
    "Factuality",
    "Gazetteer",
    "Known",
    "Mention",
    "MentionKind",
    "Modality",
    "Participant",
    "Quantity",
    "Relation",
    "RelationKind",
    "Role",
    "Sentence",
    "Slot",
    "Span",
    "Status",
    "Support",
    "TimeSpan",
    "Way",
]
