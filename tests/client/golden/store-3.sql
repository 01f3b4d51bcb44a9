-- A local file of version 3 as a desk left it, with something of everything in it. Never changes: every later
-- version must be able to take it up.
PRAGMA journal_mode = WAL;
BEGIN;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  epoch TEXT NOT NULL,
  interaction TEXT NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  revision INTEGER NOT NULL,
  attempted INTEGER NOT NULL,
  problem TEXT NOT NULL,
  theirs TEXT NOT NULL,
  theirs_revision INTEGER NOT NULL
) STRICT;

CREATE TABLE offers (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  offer TEXT NOT NULL UNIQUE,
  interaction TEXT NOT NULL
) STRICT;

CREATE TABLE kept (
  name TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE canned_reply (
  id TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
  doc INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  words TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE seen_words USING fts5 (words, content = 'seen', content_rowid = 'doc', columnsize = 0, detail = none,
  prefix = '2 3 4 5', tokenize = 'unicode61 remove_diacritics 0');

CREATE TRIGGER seen_added AFTER INSERT ON seen BEGIN
  INSERT INTO seen_words (rowid, words) VALUES (new.doc, new.words);
END;
CREATE TRIGGER seen_no_more AFTER DELETE ON seen BEGIN
  INSERT INTO seen_words (seen_words, rowid, words) VALUES ('delete', old.doc, old.words);
END;

INSERT INTO outbox VALUES (3, 'key-3', 'e1', 'i1', 'note', 'p-i1', '', 'Прати фактура', 7, 1, '', '', 0);
INSERT INTO outbox VALUES (4, 'key-4', 'e1', 'i1', 'note', 'p-i1', '', 'Прати фактура до петък', -1, 0, '', '', 0);
INSERT INTO outbox VALUES (5, 'key-5', 'e1', 'i1', 'variable', 'i1', 'ref', 'B-18', 3, 1, 'conflict', 'B-17', 4);
INSERT INTO outbox VALUES (6, 'key-6', 'e0', 'i9', 'tags', 'p-i9', '', 'angry vip', 0, 0, '', '', 0);
INSERT INTO offers VALUES (1, 'o1', 'i1');
INSERT INTO offers VALUES (2, 'o2', 'i2');
INSERT INTO canned_reply VALUES ('r1', '{"id":"r1","scope":"public","shortcut":"merci","category":"","name":"Merci","texts":{"fr":"Merci"},"revision":1,"version":7}');
INSERT INTO kept VALUES ('canned', '7 e1');
INSERT INTO kept VALUES ('snapshot', '{"queues":[],"recent":[]}');
INSERT INTO seen VALUES (1152921504606846977, 'm:v1/000000000001', 'ou est mon colis', '{"id":"m1","number":1,"conversation":"v1","author":"customer","text":"Où est mon colis ?"}');
PRAGMA user_version = 3;
COMMIT;
