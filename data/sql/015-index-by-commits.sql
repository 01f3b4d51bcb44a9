-- Messages are indexed together before each commit instead of one by one: an index that is written to is put away at the next
-- statement that a trigger belongs to, so that each message made a piece of index of its own, to be merged later.

CREATE TABLE message_unindexed (
  doc INTEGER PRIMARY KEY
) STRICT;

DROP TRIGGER message_searched;
CREATE TRIGGER message_searched AFTER INSERT ON message WHEN new.text <> '' BEGIN
  INSERT INTO message_search (conversation, number) VALUES (new.conversation, new.number);
  INSERT INTO message_unindexed VALUES (last_insert_rowid ());
END;
DROP TRIGGER message_searched_anew;
CREATE TRIGGER message_searched_anew AFTER UPDATE OF text ON message WHEN old.text <> new.text BEGIN
  INSERT INTO message_words (message_words, rowid, text) SELECT 'delete', doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (old.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM message_search WHERE conversation = old.conversation AND number = old.number AND doc NOT IN (SELECT doc FROM message_unindexed);
  DELETE FROM message_unindexed WHERE doc = (SELECT doc FROM message_search WHERE conversation = old.conversation AND number = old.number);
  DELETE FROM message_search WHERE conversation = old.conversation AND number = old.number;
  INSERT INTO message_search (conversation, number) SELECT new.conversation, new.number WHERE new.text <> '';
  INSERT INTO message_unindexed SELECT doc FROM message_search WHERE conversation = new.conversation AND number = new.number;
END;
DROP TRIGGER message_searched_no_more;
CREATE TRIGGER message_searched_no_more AFTER DELETE ON message BEGIN
  INSERT INTO message_words (message_words, rowid, text) SELECT 'delete', doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (old.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к')
    FROM message_search WHERE conversation = old.conversation AND number = old.number AND doc NOT IN (SELECT doc FROM message_unindexed);
  DELETE FROM message_unindexed WHERE doc = (SELECT doc FROM message_search WHERE conversation = old.conversation AND number = old.number);
  DELETE FROM message_search WHERE conversation = old.conversation AND number = old.number;
END;

-- What is done before each commit.
CREATE VIEW message_to_index AS SELECT doc,
    replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (message.text, 'й', 'и'), 'Й', 'и'), 'ё', 'е'), 'Ё', 'е'), 'ѝ', 'и'), 'Ѝ', 'и'), 'ѐ', 'е'), 'Ѐ', 'е'), 'ї', 'і'), 'Ї', 'і'), 'ў', 'у'), 'Ў', 'у'), 'ѓ', 'г'), 'Ѓ', 'г'), 'ќ', 'к'), 'Ќ', 'к') AS text
  FROM message_unindexed CROSS JOIN message_search USING (doc) CROSS JOIN message USING (conversation, number) ORDER BY doc;
