"""From a parsed text to records: mentions, clauses, chains, frames, discourse."""
