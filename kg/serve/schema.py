"""The tables of the catalogue: what a snapshot holds, in the shape in which lists, counts and search ask for it.

It is derived and disposable, as the index of decisions is. Canonical nodes stand in `actor` and `event`, what one text
tells in `account` with its sentence's offsets, who takes part in it in `part`, what bears on what in `link`.
"""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE document (
  n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, issued TEXT NOT NULL,
  publisher TEXT NOT NULL, url TEXT NOT NULL, text TEXT NOT NULL, copy INTEGER NOT NULL DEFAULT 0);
CREATE TABLE actor (
  n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, label TEXT NOT NULL, type TEXT NOT NULL, wikidata TEXT NOT NULL,
  lat REAL, long REAL, mentions INTEGER NOT NULL DEFAULT 0, documents INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0);
CREATE TABLE name (actor INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (actor, name)) WITHOUT ROWID;
CREATE TABLE event (
  n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, label TEXT NOT NULL, class TEXT NOT NULL DEFAULT '',
  family TEXT NOT NULL DEFAULT '', day TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT '',
  factuality TEXT NOT NULL DEFAULT '', accounts INTEGER NOT NULL DEFAULT 0, documents INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '');
CREATE TABLE account (
  n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, event INTEGER, document INTEGER NOT NULL, label TEXT NOT NULL,
  class TEXT NOT NULL, family TEXT NOT NULL, kind TEXT NOT NULL, factuality TEXT NOT NULL, plover TEXT NOT NULL,
  day TEXT NOT NULL, until TEXT NOT NULL, confidence REAL, content TEXT NOT NULL, status TEXT NOT NULL,
  begin INTEGER NOT NULL, end INTEGER NOT NULL, value REAL, counted TEXT NOT NULL, words TEXT NOT NULL);
CREATE TABLE part (account INTEGER NOT NULL, actor INTEGER NOT NULL, role TEXT NOT NULL, mention TEXT NOT NULL);
CREATE TABLE link (
  cause INTEGER NOT NULL, effect INTEGER NOT NULL, relation TEXT NOT NULL, rule TEXT NOT NULL, confidence REAL,
  document INTEGER NOT NULL, cause_text TEXT NOT NULL, effect_text TEXT NOT NULL, begin INTEGER NOT NULL,
  end INTEGER NOT NULL);
CREATE TABLE answer (
  account INTEGER NOT NULL, status TEXT NOT NULL, addressee INTEGER, response INTEGER, rule TEXT NOT NULL,
  day TEXT NOT NULL, text TEXT NOT NULL, confidence REAL, begin INTEGER NOT NULL, end INTEGER NOT NULL);
CREATE TEMP TABLE canon (node TEXT PRIMARY KEY, canonical TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE seen (actor INTEGER NOT NULL, document INTEGER NOT NULL, mentions INTEGER NOT NULL);
CREATE TEMP TABLE role (account TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, mention TEXT NOT NULL);
CREATE TEMP TABLE bearing (
  cause TEXT, effect TEXT, relation TEXT, rule TEXT, confidence REAL, document INTEGER, cause_text TEXT,
  effect_text TEXT, begin INTEGER, end INTEGER);
CREATE TEMP TABLE standing (
  account TEXT, status TEXT, addressee TEXT, response TEXT, rule TEXT, day TEXT, text TEXT, confidence REAL,
  begin INTEGER, end INTEGER);
"""

FINISH = """
INSERT INTO part SELECT DISTINCT account.n, actor.n, role, mention FROM role
  JOIN account ON account.iri = role.account JOIN canon ON canon.node = role.actor
  JOIN actor ON actor.iri = canon.canonical ORDER BY 1, 3, 2;
INSERT INTO link SELECT DISTINCT a.n, b.n, relation, rule, bearing.confidence, bearing.document, cause_text,
  effect_text, bearing.begin, bearing.end
  FROM bearing JOIN account a ON a.iri = cause JOIN account b ON b.iri = effect ORDER BY 1, 2, 3;
INSERT INTO answer SELECT account.n, standing.status, actor.n, r.n, rule, standing.day, text, standing.confidence,
  standing.begin, standing.end FROM standing JOIN account ON account.iri = standing.account
  LEFT JOIN canon ON canon.node = addressee LEFT JOIN actor ON actor.iri = canon.canonical
  LEFT JOIN account r ON r.iri = response ORDER BY 1, 9, 2;
CREATE INDEX seen_actor ON seen (actor);
CREATE INDEX seen_document ON seen (document);
CREATE INDEX account_event ON account (event);
CREATE INDEX account_document ON account (document);
CREATE INDEX account_day ON account (day);
CREATE INDEX part_account ON part (account);
CREATE INDEX part_actor ON part (actor, account);
CREATE INDEX link_cause ON link (cause);
CREATE INDEX link_effect ON link (effect);
CREATE INDEX answer_account ON answer (account);
CREATE INDEX answer_addressee ON answer (addressee) WHERE addressee IS NOT NULL;
CREATE INDEX account_words ON account (words) WHERE words != '';
CREATE INDEX document_day ON document (issued DESC, id);
UPDATE event SET
  accounts = (SELECT COUNT(*) FROM account WHERE event = event.n),
  documents = (SELECT COUNT(DISTINCT document) FROM account WHERE event = event.n),
  day = COALESCE((SELECT MIN(day) FROM account WHERE event = event.n AND day != ''), ''),
  family = COALESCE((SELECT family FROM account WHERE event = event.n ORDER BY family DESC, n LIMIT 1), ''),
  factuality = COALESCE((SELECT factuality FROM account WHERE event = event.n ORDER BY n LIMIT 1), ''),
  status = COALESCE((SELECT status FROM account WHERE event = event.n AND status != ''
                     ORDER BY status = 'unknown', n LIMIT 1), '')
  WHERE n IN (SELECT event FROM account);
UPDATE actor SET
  mentions = COALESCE((SELECT SUM(mentions) FROM seen WHERE actor = actor.n), 0),
  documents = (SELECT COUNT(DISTINCT document) FROM seen WHERE actor = actor.n),
  events = (SELECT COUNT(DISTINCT account) FROM part WHERE actor = actor.n);
DELETE FROM event WHERE accounts = 0;
CREATE INDEX actor_label ON actor (label);
CREATE INDEX actor_weight ON actor (type, mentions DESC);
CREATE INDEX event_day ON event (day);
CREATE INDEX event_family ON event (family, status);
CREATE VIRTUAL TABLE words USING fts5 (title, text, content='document', content_rowid='n',
  tokenize="unicode61 remove_diacritics 2", prefix='3');
INSERT INTO words (words) VALUES ('rebuild');
CREATE VIRTUAL TABLE known USING fts5 (name, actor UNINDEXED, tokenize="unicode61 remove_diacritics 2",
  prefix='1 2 3');
INSERT INTO known (name, actor) SELECT name, actor FROM name JOIN actor ON actor.n = name.actor
  WHERE type != 'Participant';
CREATE VIRTUAL TABLE told USING fts5 (label, event UNINDEXED, tokenize="unicode61 remove_diacritics 2", prefix='3');
INSERT INTO told (label, event) SELECT label || ' ' || content, event FROM account WHERE family != 'Statement';
"""
