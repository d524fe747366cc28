"""The store: a directory with an embedded Oxigraph database, one named graph per document.

    DIR/newskg.json    what the directory is: format, format version, base IRI, pipeline version
    DIR/writer.lock    empty; whoever writes holds a lock of it
    DIR/store/         the database that one writer at a time holds
    DIR/sources.sqlite where the documents came from
    DIR/snapshots/N/   published, never written again; readers open the one that DIR/current names

A database that is being written cannot be opened by a second process, so a finished run publishes a snapshot (hard
links where the file system has them) and swaps `current`. The snapshot before it stays until the next one, for
readers that have it open. Nothing outside this package imports pyoxigraph.
"""

from kg.store.asking import Dataset
from kg.store.database import Store
from kg.store.directory import (
    FORMAT_VERSION,
    INDEX,
    JOURNAL,
    KNOWLEDGE,
    QUARANTINE,
    current_snapshot,
    read_header,
    tables_kept,
    write_atomically,
)
from kg.store.guarded import Limits
from kg.store.loading import Loaded, load
from kg.store.loading import check as check_shard
from kg.store.opening import create_or_open, open_reader
from kg.store.reader import DocumentState, Reader
from kg.store.remote.addresses import is_remote
from kg.store.snapshots import damaged_snapshot, folder_of, is_published, sums_of
from kg.store.sources import NAME as SOURCES
from kg.store.sources import drop_sources, load_sources, save_sources
from kg.store.terms import Answer, Term, normal_triples, nquad, quads_in, serialise, sparql_term, triples_text

__all__ = [
    "FORMAT_VERSION",
    "INDEX",
    "JOURNAL",
    "KNOWLEDGE",
    "QUARANTINE",
    "SOURCES",
    "Answer",
    "Dataset",
    "DocumentState",
    "Limits",
    "Loaded",
    "Reader",
    "Store",
    "Term",
    "check_shard",
    "create_or_open",
    "current_snapshot",
    "damaged_snapshot",
    "drop_sources",
    "folder_of",
    "is_published",
    "is_remote",
    "load",
    "load_sources",
    "normal_triples",
    "nquad",
    "open_reader",
    "quads_in",
    "read_header",
    "save_sources",
    "serialise",
    "sparql_term",
    "sums_of",
    "tables_kept",
    "triples_text",
    "write_atomically",
]
