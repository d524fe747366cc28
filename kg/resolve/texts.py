"""Copies among documents: found by the bands of their sketches, and linked in the identity graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg import vocab
from kg.entities.copies import ALIKE, bands, likeness, original_of, sketch
from kg.rdf.terms import iri
from kg.resolve.actors import least
from kg.resolve.index import Index
from kg.resolve.writing import Writer
from kg.store import Reader

_TEXT, _ISSUED = vocab.NIF + "isString", vocab.DCTERMS + "issued"
READ = (_TEXT, _ISSUED)


def note(
    reader: Reader, index: Index, changed: Sequence[str], gone: Sequence[str], states: Mapping[str, str]
) -> set[str]:
    """Sketch the documents that changed; give those whose originals may be others now."""
    touched = set(changed) | set(gone)
    for document in sorted(touched):
        touched |= set(alike(index, document))
    for document in gone:
        index.drop_document(document)
    for document in changed:
        told = reader.facts(document, READ)
        for text in told[_TEXT].get(document, ()):
            lines = sketch(text.value)
            index.drop_document(document)
            issued = least(told[_ISSUED].get(document, ()))
            index.put_document(document, states[document], issued, lines, bands(lines))
    for document in changed:
        touched |= set(alike(index, document))
    return touched


def write(index: Index, writer: Writer, touched: set[str]) -> None:
    """Say of documents which one they copy: `prov:wasDerivedFrom` if it came out earlier, else `prov:alternateOf`."""
    for document in sorted(touched):
        found = _original(index, document)
        triples = []
        if found:
            how = "wasDerivedFrom" if found[1] else "alternateOf"
            triples.append(f"{iri(document)} {iri(vocab.PROV + how)} {iri(found[0])}")
        writer.node(document, triples)


def original(index: Index, document: str) -> str:
    """Give the document that another copies, "" if it copies none."""
    found = _original(index, document)
    return found[0] if found else ""


def _original(index: Index, document: str) -> tuple[str, bool] | None:
    own = index.sketch(document)
    return original_of(document, own[0], alike(index, document)) if own else None


def alike(index: Index, document: str) -> dict[str, str]:
    """Give the near-duplicates of a document with their days; they are asked for again and again in one resolution."""
    found = index.alike.get(document)
    if found is None:
        found = index.alike[document] = _alike(index, document)
    return found


def _alike(index: Index, document: str) -> dict[str, str]:
    own = index.sketch(document)
    if own is None or not own[1]:
        return {}
    found = {}
    for name in index.sharing_band(bands(own[1])):
        other = index.sketch(name)
        if name != document and other is not None and likeness(own[1], other[1]) >= ALIKE:
            found[name] = other[0]
    return found
