"""From clauses to events: frames matched, roles filled, setting and factuality decided."""

from kg.extract.frames.events import find_events
from kg.extract.frames.lexicon import Frame, Lexicon, load_lexicon

__all__ = ["Frame", "Lexicon", "find_events", "load_lexicon"]
