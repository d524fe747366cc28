"""The one function that knows the order of the stations: a document and its parse in, its records out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.entities.knowledge import load as load_knowledge
from kg.extract.clauses import find_clauses
from kg.extract.coreference import find_chains
from kg.extract.coreference.net import load_ranker
from kg.extract.coreference.ranker import words as words_of
from kg.extract.discourse import find_discourse
from kg.extract.frames import Lexicon, find_events, load_lexicon
from kg.extract.mentions import find_mentions
from kg.extract.quantities import find_quantities
from kg.extract.surest import surest
from kg.extract.syntax.signatures import embedding
from kg.extract.syntax.tree import Tree, read_tree
from kg.extract.times import find_times
from kg.fingerprint import document_version
from kg.language import context_vectors
from kg.language import unload as unload_language
from kg.meaning import Asked, read_meanings
from kg.meaning.heads import load_heads
from kg.model import Analysis, Document, Mention, Quantity, Readings, Sentence, TimeSpan
from kg.resources import ontology_dir

if TYPE_CHECKING:
    from spacy.tokens import Doc


def version() -> str:
    """What stored documents carry: it changes when the same text may give other quads, and they are read anew."""
    return document_version()


@lru_cache(maxsize=4)
def lexicon(extra: tuple[Path, ...] = ()) -> Lexicon:
    """The shipped frames, then those of the user's folders."""
    return load_lexicon([ontology_dir() / "frames", *extra])


def unload() -> None:
    """Forget pipelines and weights, some 90 MB; whatever reads next loads them anew, which takes a second or two."""
    unload_language()
    load_heads.cache_clear()
    load_ranker.cache_clear()


class Begun(NamedTuple):
    """What is found before clauses and events: words, names, times, numbers, and the learned readings, if any."""

    tree: Tree
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeSpan, ...]
    quantities: tuple[Quantity, ...]
    readings: Readings | None = None


class Traced(NamedTuple):
    """The records of a document and what they were decided by: its tree, and the learned readings, if there are any."""

    analysis: Analysis
    tree: Tree
    readings: Readings | None


def begin(
    documents: Sequence[Document],
    docs: Sequence[Doc],
    *,
    frames: tuple[Path, ...] = (),
    knowledge: tuple[Path, ...] = (),
    meaning: bool = True,
) -> list[Begun]:
    """Begin with several documents at once: the same as with each by itself, but meaning is read sooner of many."""
    words = lexicon(frames)
    gazetteer = load_knowledge(knowledge)
    begun = []
    for document, doc in zip(documents, docs, strict=True):
        tree = read_tree(doc, known=words.words | embedding().words)
        sentences, mentions = find_mentions(doc, gazetteer, tree=tree)
        times = find_times(document.text, sentences, published=document.published)
        begun.append(Begun(tree, sentences, mentions, times, find_quantities(document.text, sentences)))
    return _with_readings(begun, docs) if meaning else begun


def _with_readings(begun: Sequence[Begun], docs: Sequence[Doc]) -> list[Begun]:
    """Add what the learned heads read off the texts; None where there are no vectors to read."""
    asked: dict[int, Asked] = {}
    for number, (one, doc) in enumerate(zip(begun, docs, strict=True)):
        vectors = context_vectors(doc)
        if len(vectors) == len(one.tree.word):
            times, quantities = [t.span for t in one.times], [q.span for q in one.quantities]
            asked[number] = Asked(one.tree, vectors, one.mentions, times, quantities)
    found = dict(zip(asked, read_meanings(list(asked.values())), strict=True))
    return [one._replace(readings=found.get(number)) for number, one in enumerate(begun)]


def analyse(
    document: Document,
    doc: Doc,
    *,
    frames: tuple[Path, ...] = (),
    knowledge: tuple[Path, ...] = (),
    meaning: bool = True,
    begun: Begun | None = None,
    min_confidence: float = 0.0,
) -> Analysis:
    """Everything said in one document; `doc` is the spaCy analysis of exactly `document.text`.

    `frames` are the user's folders of frame files, `knowledge` the user's tables of names; without `meaning` grammar
    and frames decide alone. `begun` is what `begin` gave for the document, if it was asked. What was read with less
    than `min_confidence` is left out.
    """
    found = trace(document, doc, frames=frames, knowledge=knowledge, meaning=meaning, begun=begun).analysis
    return surest(found, min_confidence=min_confidence) if min_confidence else found


def trace(
    document: Document,
    doc: Doc,
    *,
    frames: tuple[Path, ...] = (),
    knowledge: tuple[Path, ...] = (),
    meaning: bool = True,
    begun: Begun | None = None,
) -> Traced:
    """As `analyse`, with what the records were decided by."""
    words = lexicon(frames)
    gazetteer = load_knowledge(knowledge)
    if begun is None:
        [begun] = begin([document], [doc], frames=frames, knowledge=knowledge, meaning=meaning)
    tree, sentences, mentions, times, quantities, readings = begun
    told = frozenset(one.trigger.begin for one in readings.events) if readings is not None else frozenset()
    clauses, attributions = find_clauses(
        doc, mentions, nominals=words.nominals, cues=words.cues, tree=tree, events=told
    )
    read = words_of(document.text, tree.begin, doc.tensor, context_vectors(doc))
    chains, chain_of = find_chains(mentions, clauses, attributions, gazetteer, words=read)
    events = find_events(
        document,
        sentences,
        mentions,
        chain_of,
        clauses,
        attributions,
        lexicon=words,
        gazetteer=gazetteer,
        times=times,
        quantities=quantities,
        readings=readings,
    )
    events, relations, dispositions = find_discourse(
        document, sentences, mentions, clauses, events, chains=chains, chain_of=chain_of, readings=readings
    )
    analysis = Analysis(
        document=document,
        sentences=sentences,
        mentions=mentions,
        chains=chains,
        clauses=clauses,
        attributions=attributions,
        events=events,
        relations=relations,
        dispositions=dispositions,
        chain_of=chain_of,
    )
    return Traced(analysis, tree, readings)
