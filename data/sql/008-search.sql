-- What is found by its words: messages and notes. The index holds no text; documents are numbered as they come, so that the
-- newest are found first. unicode61 folds case and accents; the marks of Cyrillic letters are folded before.

CREATE TABLE message_search (
  doc INTEGER PRIMARY KEY,
  conversation TEXT NOT NULL,
  number INTEGER NOT NULL,
  UNIQUE (conversation, number)
) STRICT;
CREATE VIRTUAL TABLE message_words USING fts5 (text, content = '', columnsize = 0, detail = none, prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE note_search (
  doc INTEGER PRIMARY KEY,
  participation TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE note_words USING fts5 (text, content = '', columnsize = 0, detail = none, prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER message_searched AFTER INSERT ON message WHEN new.text <> '' BEGIN
  INSERT INTO message_search (conversation, number) SELECT new.conversation, new.number WHERE new.text <> '';
  INSERT INTO message_words (rowid, text) SELECT doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (new.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM message_search WHERE conversation = new.conversation AND number = new.number;
END;
CREATE TRIGGER message_searched_anew AFTER UPDATE OF text ON message WHEN old.text <> new.text BEGIN
  INSERT INTO message_words (message_words, rowid, text) SELECT 'delete', doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (old.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM message_search WHERE conversation = old.conversation AND number = old.number;
  DELETE FROM message_search WHERE conversation = old.conversation AND number = old.number;
  INSERT INTO message_search (conversation, number) SELECT new.conversation, new.number WHERE new.text <> '';
  INSERT INTO message_words (rowid, text) SELECT doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (new.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM message_search WHERE conversation = new.conversation AND number = new.number;
END;
CREATE TRIGGER message_searched_no_more AFTER DELETE ON message BEGIN
  INSERT INTO message_words (message_words, rowid, text) SELECT 'delete', doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (old.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM message_search WHERE conversation = old.conversation AND number = old.number;
  DELETE FROM message_search WHERE conversation = old.conversation AND number = old.number;
END;

CREATE TRIGGER note_searched AFTER INSERT ON note WHEN new.text <> '' BEGIN
  INSERT INTO note_search (participation) SELECT new.participation WHERE new.text <> '';
  INSERT INTO note_words (rowid, text) SELECT doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (new.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM note_search WHERE participation = new.participation;
END;
CREATE TRIGGER note_searched_anew AFTER UPDATE OF text ON note WHEN old.text <> new.text BEGIN
  INSERT INTO note_words (note_words, rowid, text) SELECT 'delete', doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (old.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM note_search WHERE participation = old.participation;
  DELETE FROM note_search WHERE participation = old.participation;
  INSERT INTO note_search (participation) SELECT new.participation WHERE new.text <> '';
  INSERT INTO note_words (rowid, text) SELECT doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (new.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM note_search WHERE participation = new.participation;
END;
CREATE TRIGGER note_searched_no_more AFTER DELETE ON note BEGIN
  INSERT INTO note_words (note_words, rowid, text) SELECT 'delete', doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (old.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM note_search WHERE participation = old.participation;
  DELETE FROM note_search WHERE participation = old.participation;
END;

INSERT INTO message_search (conversation, number) SELECT conversation, number FROM message WHERE text <> '' ORDER BY at;
INSERT INTO message_words (rowid, text) SELECT doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
  FROM message_search JOIN message USING (conversation, number);
INSERT INTO note_search (participation) SELECT participation FROM note WHERE text <> '' ORDER BY at;
INSERT INTO note_words (rowid, text) SELECT doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
  FROM note_search JOIN note USING (participation);
