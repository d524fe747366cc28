"""Meaning in context, learned from annotated news: which words tell events, who takes part, what answers what.

`read_meaning` takes a dependency tree and the encoder's vectors and gives `kg.model.Readings`. The heads are trained by
`kg.language.training` (see `MODEL_CARD.md` there) and run by numpy.
"""

from kg.meaning.reader import read_meaning

__all__ = ["read_meaning"]
