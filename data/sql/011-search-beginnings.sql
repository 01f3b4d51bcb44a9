-- Lists of their own for beginnings of four and five letters, too: one that is rare among those that share its first three was
-- the dearest to find. The documents keep their numbers.

DROP TABLE message_words;
CREATE VIRTUAL TABLE message_words USING fts5 (text, content = '', columnsize = 0, detail = none, prefix = '2 3 4 5',
  tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO message_words (rowid, text) SELECT doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
  FROM message_search JOIN message USING (conversation, number);
DROP TABLE note_words;
CREATE VIRTUAL TABLE note_words USING fts5 (text, content = '', columnsize = 0, detail = none, prefix = '2 3 4 5',
  tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO note_words (rowid, text) SELECT doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
  FROM note_search JOIN note USING (participation);
