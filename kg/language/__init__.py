"""Text to spaCy `Doc`: Universal Dependencies trees, lemmas, entities and sentences.

    >>> from kg.language import analyse, load_nlp
    >>> nlp = load_nlp()
    >>> [doc] = analyse(nlp, ["Norway offered to host the talks."])
    >>> [(token.text, token.dep_) for token in doc][:2]
    [('Norway', 'nsubj'), ('offered', 'ROOT')]

spaCy is imported when the first pipeline is loaded, not with this package.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    import numpy.typing as npt
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["analyse", "context_vectors", "load_nlp"]

# onnxruntime 1.29 and later tell their maker of each model that is run, and keep an id of the machine in the home
# folder; that is decided for good when the library is loaded, which nothing does before this package is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def load_nlp(name: str | None = None) -> Language:
    """Return a ready pipeline; the same object for the same name.

    `name` is None for the pipeline that ships with the package, or the name or path of any other spaCy
    pipeline that assigns Universal Dependencies and entities. Raises `kg.errors.ModelError` where the
    pipeline cannot be loaded or lacks one of the two; the message says which and what to do.
    """
    return _loaded(name)


def unload() -> None:
    """Forget the pipelines that are loaded; their memory is free unless somebody holds them."""
    from kg.language import static

    static.unload()
    _loaded.cache_clear()


@lru_cache(maxsize=4)
def _loaded(name: str | None) -> Language:
    """Load a pipeline once, whether its name was left out or given as None."""
    from kg.language.loading import load

    return load(name)


def analyse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Yield one `Doc` per text, in order, with `doc.text == text` and offsets in Unicode code points.

    Nothing of a text depends on its neighbours: several texts go through the shipped pipeline together, which is
    quicker, and come out to the bit as each by itself would. A long text is worked through in
    windows (see `kg.language.analysis`), so memory stays bounded; a blank line always ends a sentence.
    """
    from kg.language.analysis import analyse_texts

    yield from analyse_texts(nlp, texts)


def context_vectors(doc: Doc) -> npt.NDArray[np.float16]:
    """Return the vectors from which meaning is read, one row per token of an analysed text."""
    from kg.language.context import context_vectors as vectors

    return vectors(doc)
