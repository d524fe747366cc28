"""The store: a directory with an embedded Oxigraph database, one named graph per document.

    DIR/newskg.json    what the directory is: format, format version, base IRI, pipeline version
    DIR/store/         the database that one writer at a time holds
    DIR/sources.sqlite where the documents came from
    DIR/snapshots/N/   published, never written again; readers open the one that DIR/current names

A database that is being written cannot be opened by a second process, so a finished run publishes a snapshot (hard
links where the file system has them) and swaps `current`. The snapshot before it stays until the next one, for
readers that have it open. Nothing outside this package imports pyoxigraph.
"""

from kg.store.database import DocumentState, Reader, Store
from kg.store.directory import FORMAT_VERSION, INDEX, KNOWLEDGE, tables_kept, write_atomically
from kg.store.guarded import Limits
from kg.store.opening import create_or_open, open_reader
from kg.store.snapshots import is_published
from kg.store.sources import drop_sources, load_sources, save_sources
from kg.store.terms import Answer, Term, normal_triples, serialise, sparql_term, triples_text

__all__ = [
    "FORMAT_VERSION",
    "INDEX",
    "KNOWLEDGE",
    "Answer",
    "DocumentState",
    "Limits",
    "Reader",
    "Store",
    "Term",
    "create_or_open",
    "drop_sources",
    "is_published",
    "load_sources",
    "normal_triples",
    "open_reader",
    "save_sources",
    "serialise",
    "sparql_term",
    "tables_kept",
    "triples_text",
    "write_atomically",
]
