"""The tables of the index of decisions (SQLite)."""

from __future__ import annotations

import re

_INDEX = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE document (iri TEXT PRIMARY KEY, state TEXT, issued TEXT, sketch TEXT) WITHOUT ROWID;
CREATE TABLE account (iri TEXT PRIMARY KEY, document TEXT, record TEXT) WITHOUT ROWID;
CREATE INDEX account_document ON account (document);
CREATE TABLE block (key TEXT, account TEXT, PRIMARY KEY (key, account)) WITHOUT ROWID;
CREATE INDEX block_account ON block (account);
CREATE TABLE band (key TEXT, document TEXT, PRIMARY KEY (key, document)) WITHOUT ROWID;
CREATE INDEX band_document ON band (document);
CREATE TABLE link (one TEXT, other TEXT, reason TEXT, confidence REAL, PRIMARY KEY (one, other, reason)) WITHOUT ROWID;
CREATE INDEX link_other ON link (other);
CREATE TABLE member (iri TEXT PRIMARY KEY, sort TEXT, node TEXT, document TEXT) WITHOUT ROWID;
CREATE INDEX member_node ON member (node);
CREATE INDEX member_document ON member (document);
CREATE TABLE node (iri TEXT PRIMARY KEY, triples TEXT) WITHOUT ROWID;
"""
_ROSTER = """
CREATE TABLE told (document TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
CREATE TABLE actor (iri TEXT PRIMARY KEY, document TEXT, hub TEXT, grp TEXT, placing TEXT, stale INTEGER,
  fresh INTEGER) WITHOUT ROWID;
CREATE INDEX actor_document ON actor (document);
CREATE INDEX actor_grp ON actor (grp, iri);
CREATE INDEX actor_hub ON actor (hub, document, iri) WHERE hub != '';
CREATE INDEX actor_stale ON actor (iri) WHERE stale;
CREATE INDEX actor_fresh ON actor (grp, iri) WHERE fresh;
CREATE TABLE needs (key TEXT, actor TEXT, PRIMARY KEY (key, actor)) WITHOUT ROWID;
CREATE INDEX needs_actor ON needs (actor);
CREATE TABLE gives (key TEXT, actor TEXT, PRIMARY KEY (key, actor)) WITHOUT ROWID;
CREATE INDEX gives_actor ON gives (actor);
CREATE TABLE hub (key TEXT, hub TEXT, PRIMARY KEY (key, hub)) WITHOUT ROWID;
CREATE INDEX hub_hub ON hub (hub);
CREATE TABLE beside (one TEXT, other TEXT, document TEXT, PRIMARY KEY (one, other, document)) WITHOUT ROWID;
CREATE INDEX beside_document ON beside (document);
CREATE TABLE outcome (hub TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
CREATE TABLE facet (grp TEXT, facet TEXT, number INTEGER, PRIMARY KEY (grp, facet)) WITHOUT ROWID;
CREATE TABLE rival (grp TEXT, actor TEXT, other TEXT, PRIMARY KEY (grp, actor, other)) WITHOUT ROWID;
CREATE INDEX rival_other ON rival (other);
CREATE TABLE grp (grp TEXT PRIMARY KEY, slug TEXT, first TEXT, own TEXT, node TEXT, several INTEGER) WITHOUT ROWID;
CREATE INDEX grp_slug ON grp (slug, first);
CREATE INDEX grp_own ON grp (own);
CREATE TABLE todo (grp TEXT PRIMARY KEY) WITHOUT ROWID;
"""
TABLES = _INDEX + _ROSTER
NAMES = tuple(re.findall(r"CREATE TABLE (\w+)", TABLES))
"""All tables; that of notes is `meta`."""
