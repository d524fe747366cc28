"""Who is who within a text: mentions joined into chains, by rules and by learned weights."""

from kg.extract.coreference.chains import before_pronouns, find_chains

__all__ = ["before_pronouns", "find_chains"]
