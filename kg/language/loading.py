"""Loading of pipelines, and the refusal of those that the extractor could not read."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from kg.errors import ModelError
from kg.language import blocked, boundaries, context, encoder, tokenizer  # noqa: F401 (some register parts with spaCy)

if TYPE_CHECKING:
    from spacy.language import Language

MAX_LENGTH = 1_000_000_000
"""Characters that spaCy accepts in one text; `kg.language.analyse` keeps memory bounded below it."""

RELATIONS = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative "
    "xcomp".split()
)
"""The 37 relations of Universal Dependencies 2; subtypes follow a colon."""

CORE_RELATIONS = frozenset({"nsubj", "obj", "obl", "ccomp", "xcomp"})
"""Without these no clause can be read."""


def shipped_model() -> Path:
    """Return the folder of the pipeline that ships with the package."""
    return Path(str(files("kg.language").joinpath("model")))


def load(name: str | None = None) -> Language:
    """Load and check a pipeline by name or path, or the shipped one; raises `ModelError`."""
    where = str(shipped_model()) if name is None else name
    if name is None and not (shipped_model() / "config.cfg").is_file():
        raise ModelError(
            "the shipped language pipeline is missing",
            where=where,
            remedy="install the package again, or train it with `make model CORPORA=DIR`",
        )
    try:
        nlp = spacy.load(shipped_model() if name is None else name)
    except (OSError, ValueError, ImportError, KeyError) as error:
        reason = " ".join(str(error).split())[:300]
        raise ModelError(
            f"spaCy cannot load this pipeline ({reason})",
            where=where,
            remedy="give the name of an installed spaCy pipeline or the path of its folder, or leave the name out",
        ) from error
    if name is None:
        blocked.speed_up(nlp)
        context.attach(nlp)
    return checked(nlp, where=where)


def checked(nlp: Language, *, where: str) -> Language:
    """Return `nlp` ready for the extractor, or raise `ModelError` where it has no UD parser or no entities."""
    parser = _assigning(nlp, "token.dep")
    labels = {label.split(":")[0].lower() for label in nlp.pipe_labels.get(parser or "", ())}
    if parser is None or not labels:
        _refuse("the pipeline has no trained parser", where)
    foreign = sorted(labels - RELATIONS)
    lacking = sorted(CORE_RELATIONS - labels)
    if foreign or lacking:
        found = f"has {', '.join(foreign[:5])}" if foreign else f"lacks {', '.join(lacking)}"
        _refuse(f"the parser's labels are not Universal Dependencies (it {found})", where)
    if _assigning(nlp, "doc.ents") is None:
        _refuse("the pipeline finds no entities", where)
    if boundaries.FACTORY not in nlp.pipe_names:
        nlp.add_pipe(boundaries.FACTORY, before=parser)
    nlp.max_length = MAX_LENGTH
    return nlp


def _assigning(nlp: Language, attribute: str) -> str | None:
    """Return the first active component that assigns an attribute, by its declaration."""
    return next((name for name in nlp.pipe_names if attribute in nlp.get_pipe_meta(name).assigns), None)


def _refuse(what: str, where: str) -> None:
    raise ModelError(
        what,
        where=where,
        remedy="use a pipeline with a parser trained on Universal Dependencies and with an entity recogniser, "
        "or leave the name out for the shipped one",
    )
