"""The tables of a digest: who takes part in which event of which document, and who is who.

Rows of a document go with it (`document` in each table of its own). `part` has, of each role, who fills it as told
(`side`) and whom that stands for: itself, and the members of a group two levels deep; `leaf` marks those that count,
which are the innermost. `told` of an account is its sentence behind what orders it. Texts are compared code point by
code point, as SPARQL compares them.
"""

from __future__ import annotations

VERSION = 5
"""Raise it whenever these tables or what fills them change: a digest of another version is made anew."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, id TEXT NOT NULL UNIQUE, issued TEXT,
  dated TEXT, publisher TEXT, title TEXT, copy INTEGER NOT NULL);
CREATE TABLE canon (n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, label TEXT, classes TEXT NOT NULL,
  participant INTEGER NOT NULL, place INTEGER NOT NULL, wikidata TEXT, latitude TEXT, longitude TEXT, reason TEXT);
CREATE TABLE alias (canon INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (canon, name)) WITHOUT ROWID;
CREATE TABLE node (n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, document INTEGER NOT NULL, label TEXT,
  canon INTEGER);
CREATE TABLE account (n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, document INTEGER NOT NULL, canon INTEGER,
  told TEXT, begin TEXT, end TEXT, kind TEXT, factuality TEXT, confidence REAL);
CREATE TABLE class (account INTEGER NOT NULL, class TEXT NOT NULL, document INTEGER NOT NULL);
CREATE TABLE part (account INTEGER NOT NULL, role TEXT NOT NULL, side INTEGER NOT NULL, node INTEGER NOT NULL,
  leaf INTEGER NOT NULL, document INTEGER NOT NULL);
CREATE TABLE source (account INTEGER NOT NULL, words TEXT NOT NULL, spoken INTEGER NOT NULL, document INTEGER NOT NULL);
CREATE TABLE teller (account INTEGER NOT NULL, node INTEGER NOT NULL, document INTEGER NOT NULL);
CREATE TABLE status (account INTEGER NOT NULL, status TEXT NOT NULL, told TEXT, document INTEGER NOT NULL);
CREATE TABLE figure (account INTEGER NOT NULL, value TEXT NOT NULL, datatype TEXT NOT NULL, number REAL NOT NULL,
  noun TEXT, folded TEXT, qualifier TEXT, document INTEGER NOT NULL);
CREATE TABLE quote (account INTEGER NOT NULL, at INTEGER NOT NULL, words TEXT NOT NULL, document INTEGER NOT NULL);
CREATE TABLE link (account INTEGER NOT NULL, iri TEXT NOT NULL, document INTEGER NOT NULL);
CREATE TABLE called (node INTEGER NOT NULL, name TEXT, mentions INTEGER NOT NULL, document INTEGER NOT NULL);
"""

INDEXES = """
CREATE INDEX IF NOT EXISTS canon_label ON canon (label, iri);
CREATE INDEX IF NOT EXISTS node_canon ON node (canon);
CREATE INDEX IF NOT EXISTS node_label ON node (label);
CREATE INDEX IF NOT EXISTS node_document ON node (document);
CREATE INDEX IF NOT EXISTS account_canon ON account (canon);
CREATE INDEX IF NOT EXISTS account_document ON account (document, begin);
CREATE INDEX IF NOT EXISTS account_kind ON account (kind) WHERE kind IS NOT NULL;
CREATE INDEX IF NOT EXISTS class_account ON class (account, class);
CREATE INDEX IF NOT EXISTS part_node ON part (node, role, account);
CREATE INDEX IF NOT EXISTS part_account ON part (account, role, leaf, node, side);
CREATE INDEX IF NOT EXISTS source_account ON source (account);
CREATE INDEX IF NOT EXISTS source_words ON source (words);
CREATE INDEX IF NOT EXISTS teller_account ON teller (account);
CREATE INDEX IF NOT EXISTS status_account ON status (account);
CREATE INDEX IF NOT EXISTS figure_account ON figure (account);
CREATE INDEX IF NOT EXISTS link_account ON link (account);
CREATE INDEX IF NOT EXISTS quote_account ON quote (account);
CREATE INDEX IF NOT EXISTS called_node ON called (node, document);
""" + "".join(
    f"CREATE INDEX IF NOT EXISTS {table}_document ON {table} (document);\n"
    for table in ("class", "part", "source", "teller", "status", "figure", "quote", "link", "called")
)

OF_DOCUMENT = (
    "class", "part", "source", "teller", "status", "figure", "quote", "link", "called", "account", "node",
)  # fmt: skip
"""Tables whose rows go with their document."""
