"""Decisions of a person: a file beside the store, one JSON record a line, keyed by document and quote.

The key is words of the text and not an IRI, so a decision survives a rebuild by better rules, and every record is an
annotated example. Records are never taken out: a later one outweighs an earlier.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError, StoreError
from kg.rdf.iris import doc_iri
from kg.resolve.corrections import ROLES, document_of, in_document
from kg.resolve.revisions import MEANT_BY
from kg.store import JOURNAL, Reader, sparql_term

NAME = JOURNAL
DECISIONS = {"merge": (2,), "split": (1,), "correct": (1, 2)}
"""How many nodes each decision has."""
_NODE = re.compile(r"(?P<doc>.+)/(?P<sort>actor|event)/(?P<begin>\d+)-(?P<end>\d+)(?P<nth>\.\d+)?")
_LOG = logging.getLogger(__name__)
_WHAT = ("type", "kind")
_AROUND = 60  # characters on either side of an actor's first mention that its key quotes


@dataclass(frozen=True, slots=True)
class Key:
    """A node of a document by its words: `at` is where `words` begin in `quote`, the `nth` of its kind in the text."""

    document: str
    sort: str
    quote: str
    words: str
    at: int
    nth: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision: `merge` of two nodes, `split` of one, or `correct` with a property, its value before and after.

    Where the property is a role, a second node is the actor that has it; `value` is where it stood in its document.
    """

    decision: str
    nodes: tuple[Key, ...]
    property: str = ""
    was: tuple[str, ...] = ()
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the journal amounts to: pairs of IRIs held together, IRIs held apart from all others, corrections."""

    together: frozenset[tuple[str, str]] = frozenset()
    alone: frozenset[str] = frozenset()
    corrections: Mapping[tuple[str, str], str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    """What no longer fits the texts, in a sentence each."""

    def partners(self, node: str) -> list[str]:
        """Give the nodes that a person joined with this one."""
        return sorted(b if a == node else a for a, b in self.together if node in (a, b))


def read_journal(directory: Path) -> tuple[Entry, ...]:
    """Read the journal of a graph directory, () if it has none. Raises `InputError` naming a malformed line."""
    path = directory / NAME
    return read_file(path) if path.exists() else ()


def read_file(path: Path) -> tuple[Entry, ...]:
    """Read a journal. Raises `InputError` if it cannot be read, or naming a malformed line.

    A last line that has no end and is no record is what a write left that did not end; it was never acknowledged.
    """
    try:
        data = path.read_bytes()
        text = _whole(data).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InputError(f"the journal cannot be read ({reason})", where=str(path), remedy="check the path") from error
    if len(_whole(data)) < len(data):
        _LOG.warning("%s: the last line was not written to its end and is passed over", path)
    lines = enumerate(text.split("\n"), start=1)
    return tuple(parsed(line, f"{path}, line {number}") for number, line in lines if line.strip())


def _whole(data: bytes) -> bytes:
    """Give a journal's text without a torn last line."""
    head, newline, last = data.rpartition(b"\n")
    try:
        if last.strip():
            json.loads(last)
    except ValueError:
        return head + newline
    return data


def parsed(line: str, where: str) -> Entry:
    """Read one record. Raises `InputError`."""
    try:
        record = json.loads(line)
        nodes = tuple(Key(**node) for node in record.pop("nodes"))
        was = tuple(str(value) for value in record.pop("was", ()))
        entry = Entry(nodes=nodes, was=was, **record)
        hash(entry)  # a list for a note is none
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f"this is no record of a decision ({error})", where=where, remedy="correct the line or take it out"
        ) from error
    is_across = entry.decision == "correct" and len({node.document for node in nodes}) > 1
    if is_across or len(nodes) not in DECISIONS.get(entry.decision, ()):
        raise InputError(
            f"the decision {entry.decision!r} with {len(nodes)} such nodes is unknown",
            where=where,
            remedy="use merge with two nodes, split with one, correct with one or two of a document",
        )
    return entry


def record(entry: Entry) -> str:
    """Give the line of an entry, without its end."""
    values: dict[str, Any] = {name: value for name, value in asdict(entry).items() if value}
    return json.dumps(values, ensure_ascii=False)


def unrecorded(directory: Path, entries: Iterable[Entry]) -> list[Entry]:
    """Give the entries that the journal of a graph does not hold yet, each as often as it holds it fewer times."""
    known = Counter(read_journal(directory))
    found = []
    for entry in entries:
        if known[entry]:
            known[entry] -= 1
        else:
            found.append(entry)
    return found


def append(directory: Path, entries: Iterable[Entry]) -> None:
    """Add decisions to the journal: all of them, on the disk when this returns, or none. Raises `StoreError`."""
    lines = "".join(record(entry) + "\n" for entry in entries).encode("utf-8")
    path = directory / NAME
    if not lines:
        return
    try:
        with path.open("a+b", buffering=0) as file:
            file.seek(0)
            before = file.read()
            whole = _whole(before)
            if len(whole) < len(before):
                file.truncate(len(whole))
            if whole and not whole.endswith(b"\n"):
                lines = b"\n" + lines
            try:
                written = file.write(lines)
                if written < len(lines):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
            except OSError:
                file.truncate(len(whole))
                raise
    except OSError as error:
        raise StoreError(
            f"the decision cannot be recorded ({error.strerror or error})",
            where=str(path),
            remedy="check free space and permissions, then give it again",
        ) from error


def digest(directory: Path) -> str:
    """Give a checksum of what the journal of a graph says, "" if it has none."""
    path = directory / NAME
    return hashlib.sha256(_whole(path.read_bytes())).hexdigest() if path.is_file() else ""


def key_of(reader: Reader, node: str) -> Key:
    """Give the key of an actor or event of a document. Raises `InputError` if the graph has no such node."""
    match = _NODE.fullmatch(node)
    rows = _texts(reader, match["doc"]) if match else []
    if match is None or not rows or not _stands(reader, match["doc"], node):
        raise InputError(
            "this is no actor or event of a document in this graph",
            where=node,
            remedy="take an IRI from a column that kg query NAME --wide shows",
        )
    (name, text), begin, end = rows[0], int(match["begin"]), int(match["end"])
    first, last = max(0, begin - _AROUND), min(len(text), end + _AROUND)
    while text.count(text[first:last]) > 1 and (first > 0 or last < len(text)):
        first, last = max(0, first - _AROUND), min(len(text), last + _AROUND)
    return Key(name, match["sort"], text[first:last], text[begin:end], begin - first, match["nth"] or "")


def node_of(reader: Reader, key: Key) -> str | None:
    """Give the IRI that a key has in this graph, None where its words are no longer found so."""
    doc = doc_iri(reader.base, key.document)
    for _, text in _texts(reader, doc):
        begin = text.find(key.quote)
        if begin >= 0:
            at = begin + key.at
            node = f"{doc}/{key.sort}/{at}-{at + len(key.words)}{key.nth}"
            return node if _stands(reader, doc, node) else None
    return None


def _stands(reader: Reader, doc: str, node: str) -> bool:
    """Whether a document says anything of a node; what was decided may still speak of one that is gone."""
    pattern = f"GRAPH {sparql_term(doc)} {{ {sparql_term(node)} ?p ?o }}"
    found = reader.query(f"ASK {{ {pattern} }}").rows[0][0]
    return found is not None and found.value == "true"


def replayed(reader: Reader, entries: Sequence[Entry]) -> Decided:
    """Work out what the decisions amount to in this graph, in their order.

    A merge takes back that one of its nodes stands alone. A split takes back the merges of its node; where there are
    none, the node stands alone. Those whose words the graph no longer has are `lost` and amount to nothing.
    """
    together: set[tuple[str, str]] = set()
    alone: set[str] = set()
    corrections: dict[tuple[str, str], str] = {}
    lost: list[str] = []
    for entry in entries:
        nodes, wanting = _found(reader, entry)
        if wanting:
            lost += wanting
        elif entry.decision == "merge":
            alone -= set(nodes)
            together.add((min(nodes), max(nodes)))
        elif entry.decision == "split":
            undone = {pair for pair in together if nodes[0] in pair}
            together -= undone
            if not undone:
                alone.add(nodes[0])
        else:
            property = MEANT_BY.get(entry.property, entry.property)
            if property in _WHAT:  # what it is was said anew: class and kind go together
                corrections = {
                    key: value for key, value in corrections.items() if key[0] != nodes[0] or key[1] not in _WHAT
                }
            corrections[nodes[0], property] = in_document(*nodes) if len(nodes) > 1 else entry.value
    return Decided(frozenset(together), frozenset(alone), corrections, tuple(lost))


def _found(reader: Reader, entry: Entry) -> tuple[list[str], list[str]]:
    """Give the nodes of a decision that are there, and in a sentence each those that are not."""
    found = [(key, node_of(reader, key)) for key in entry.nodes]
    nodes = [node for _, node in found if node is not None]
    wanting = [f"{key.document}: “{key.words}” is no longer found" for key, node in found if node is None]
    if entry.property in ROLES and entry.value and len(entry.nodes) == 1 and nodes:
        # of a version that noted only where the actor stood
        document = document_of(nodes[0])
        if not _stands(reader, document, document + entry.value):
            key = entry.nodes[0]
            wanting.append(f"{key.document}: who is {entry.property} of “{key.words}” is no longer found")
    return nodes, wanting


def to_split(reader: Reader, members: Sequence[str]) -> list[str]:
    """Give the nodes to be split so that these are no longer one: those of them that a person merged, else all."""
    together = replayed(reader, read_journal(reader.directory)).together
    # of two that were merged one alone: the split of the other would find no merge, and hold it apart from all
    merged = sorted({min(ends) for pair in together if (ends := set(pair) & set(members))})
    return merged or list(members)


def _texts(reader: Reader, doc: str) -> list[tuple[str, str]]:
    term = sparql_term(doc)
    rows = reader.query(
        f"SELECT ?id ?text WHERE {{ GRAPH {term} {{ {term} dcterms:identifier ?id ; nif:isString ?text }} }}"
    ).rows
    return [(id.value, text.value) for id, text in rows if id and text]
