"""Meaning in context, learned from annotated news: which words tell events, who takes part, what answers what.

`read_meaning` takes a dependency tree and the encoder's vectors and gives `kg.model.Readings`; `read_meanings` does so
for several texts at once. The heads are trained by
`kg.language.training` (see `MODEL_CARD.md` there) and run by numpy.
"""

from kg.meaning.reader import Asked, read_meaning, read_meanings

__all__ = ["Asked", "read_meaning", "read_meanings"]
