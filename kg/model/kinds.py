"""The closed lists of values that records use; each value is the word that queries and RDF use."""

from __future__ import annotations

from enum import StrEnum


class EntityType(StrEnum):
    """What a mention or chain is; the values are the `type` column of the query `who-is-involved`."""

    PERSON = "PERSON"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    NORP = "NORP"
    EVENT = "EVENT"


class MentionKind(StrEnum):
    """How a mention refers: by name, by description, or by pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Role(StrEnum):
    """The role of a participant in an event; each value is the local name of its RDF property."""

    AGENT = "agent"
    PATIENT = "patient"
    THEME = "theme"
    RECIPIENT = "recipient"
    SPEAKER = "speaker"
    PROPOSER = "proposer"
    ADDRESSEE = "addressee"
    RESPONDER = "responder"
    PLACE = "place"
    INSTRUMENT = "instrument"


class Slot(StrEnum):
    """Where an argument stands in its clause, voice already resolved (a passive's subject is the OBJECT)."""

    SUBJECT = "subject"
    OBJECT = "object"
    INDIRECT = "indirect"
    OBLIQUE = "oblique"
    COMPLEMENT = "complement"
    POSSESSOR = "possessor"
    MODIFIER = "modifier"


class Category(StrEnum):
    """The word class of a clause's predicate."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"


class Modality(StrEnum):
    """How a clause is presented by its own grammar, before its governors are looked at."""

    REAL = "real"
    FUTURE = "future"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    WANTED = "wanted"


class Support(StrEnum):
    """How a verb and an event noun share one event, or its doer; the values but the first are also their rules."""

    VERB = "support verb"
    OBJECT = "light verb"
    OBLIQUE = "light verb with preposition"
    OCCURRENCE = "noun occurs"
    OWNER = "subject of the verb that owns up to it"


class Adnominal(StrEnum):
    """How a clause is attached to the noun that is one of its arguments."""

    RELATIVE = "relative clause"
    PARTICIPLE = "participle of a noun"


class Way(StrEnum):
    """How an attribution leads from its cue to what is said."""

    COMPLEMENT = "complement"
    OBJECT = "object"
    OBLIQUE = "oblique"
    RAISED = "raised"
    PARENTHESIS = "parenthesis"
    BESIDE = "beside"
    SENTENCE = "sentence"
    PHRASE = "phrase"
    LABEL = "label"
    SIGNATURE = "signature"


class Factuality(StrEnum):
    """Whether an event is told as done; the values are the `factuality` column of the queries."""

    HAPPENED = "happened"
    DENIED = "denied"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"


ASSERTED: dict[Modality, Factuality] = {
    Modality.REAL: Factuality.HAPPENED,
    Modality.FUTURE: Factuality.FUTURE,
    Modality.POSSIBLE: Factuality.HYPOTHETICAL,
    Modality.CONDITIONAL: Factuality.HYPOTHETICAL,
    Modality.WANTED: Factuality.HYPOTHETICAL,
}
"""What an affirmed clause of each modality says of its event."""


class Status(StrEnum):
    """How a proposal stands with one addressee, the latest that the text tells."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNMET = "unmet"
    REALISED = "realised"
    PENDING = "pending"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How one event bears on another; all but the condition are values of `relation` in `what-outcome-followed`."""

    OUTCOME = "outcome"
    RESPONSE = "response"
    REALISATION = "realisation"
    CAUSE = "cause"
    CONDITION = "condition"
