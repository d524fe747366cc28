"""Whether a graph is whole: files, hashes, offsets, counts, shapes, and what is derived from the documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg import vocab
from kg.digest import agreement as digest
from kg.digest import file_of
from kg.errors import StoreError
from kg.model import Document
from kg.rdf import content_hash, identity_iri
from kg.resolve.agreement import difference
from kg.store import Reader, Term, is_published, open_reader
from kg.validation import validate

_ID, _TEXT, _ISSUED = vocab.DCTERMS + "identifier", vocab.NIF + "isString", vocab.DCTERMS + "issued"
_HASH, _TITLE, _URL = vocab.NKG + "contentHash", vocab.DCTERMS + "title", vocab.SCHEMA + "url"
_PUBLISHER = vocab.DCTERMS + "publisher"
_BEGIN, _END, _WORDS = vocab.NIF + "beginIndex", vocab.NIF + "endIndex", vocab.NIF + "anchorOf"
_ABOUT = (_ID, _TEXT, _ISSUED, _HASH, _TITLE, _URL, _PUBLISHER, _BEGIN, _END, _WORDS)
_REBUILD = "build its source once more, or bring a backup back"
_FEW = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: `where`, `what`, and the `remedy`."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}."


def check(
    directory: str | Path, *, shapes: bool = True, progress: Callable[[int, str], None] | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with a graph directory; nothing where it is whole.

    Looked at are: every file of the published state against its checksum, each document's text against its hash and
    each quotation against the text at its offsets, that graphs and documents are the same number, that the identity
    graph says what was decided (`kg.resolve`) and the digest what the graph says, and, with `shapes`, SHACL. `progress`
    is told of each document.
    """
    path = Path(directory)
    try:
        reader = open_reader(path)
    except StoreError as error:
        yield Finding(error.where, error.what, error.remedy)
        return
    with closing(reader):
        if not is_published(path):
            yield Finding(str(path), "not all that was written is published", "run kg build once more")
        documents = reader.documents()
        identity = identity_iri(reader.base)
        for graph in reader.graphs():
            if graph not in documents.values() and graph != identity:
                yield Finding(graph, "this named graph is of no document", _REBUILD)
        for number, (name, graph) in enumerate(documents.items()):
            if progress:
                progress(number, name)
            yield from _document(reader, name, graph)
        told = difference(reader)
        if told:
            yield Finding(str(path), str(told).rstrip("."), f"run kg resolve --graph {path}")
        wrong = digest.difference(reader)
        if wrong and reader.snapshot is not None:
            yield Finding(str(path), wrong, f"remove {file_of(reader.snapshot)}: without it questions ask the graph")
        if shapes:
            yield from (
                Finding(one.focus, f"{one.message} (shape {one.shape})", "kg validate tells all such violations")
                for one in validate(reader).violations
            )


def _document(reader: Reader, name: str, graph: str) -> Iterator[Finding]:
    """Look at one document's graph."""
    told = reader.facts(graph, _ABOUT)

    def one(property: str) -> str | None:
        values = told[property].get(graph, ())
        return values[0].value if len(values) == 1 else None

    text = one(_TEXT)
    if text is None or one(_ID) != name or one(_HASH) is None:
        yield Finding(name, "the document lacks its id, text or hash, or has two", _REBUILD)
        return
    published = one(_ISSUED)
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except ValueError:
        yield Finding(name, f"its day {published!r} is no date", _REBUILD)
        return
    document = Document(name, text, one(_TITLE), day, one(_URL), one(_PUBLISHER))
    if content_hash(document) != one(_HASH):
        yield Finding(name, "text, title, day, address or publisher are not those that were read", _REBUILD)
    wrong = [node for node in told[_WORDS] if not _stands(text, node, told)]
    if wrong:
        more = f" and {len(wrong) - _FEW:,} more" if len(wrong) > _FEW else ""
        shown = ", ".join(sorted(wrong)[:_FEW]) + more
        yield Finding(name, f"words do not stand at their offsets ({shown})", _REBUILD)


def _stands(text: str, node: str, told: dict[str, dict[str, list[Term]]]) -> bool:
    """Whether the words of a node stand in the text where it says."""
    values = [told[property].get(node, []) for property in (_WORDS, _BEGIN, _END)]
    if any(len(one) != 1 for one in values):
        return False
    words, begin, end = (one[0].value for one in values)
    return begin.isdecimal() and end.isdecimal() and text[int(begin) : int(end)] == words
