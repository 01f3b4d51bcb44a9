-- What the desk has seen, to be found without the centre: messages, notes, contacts, customers. Documents are numbered by their
-- kind, then by their time, so that a kind is one range and its newest come first. words: folded, one space between two.

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
