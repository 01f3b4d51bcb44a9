-- Who customers are: their addresses on every channel, which of them are one person, and the words to find them by.

-- typed 0: where an agent said who this is; 1: written down as this person's address.
CREATE TABLE customer_address (
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  customer TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  typed INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (channel, address, customer, typed)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_address_by_customer ON customer_address (customer);

-- One that was found to be another. Nothing is moved: what each had stays with it, and to undo it is to forget this row.
CREATE TABLE customer_merge (
  customer TEXT PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE,
  into_customer TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_merge_by_into ON customer_merge (into_customer);

-- Name, numbers and addresses, folded, and their trigrams: any part of them is found.
CREATE TABLE customer_search (
  doc INTEGER PRIMARY KEY,
  customer TEXT NOT NULL UNIQUE REFERENCES customer (id) ON DELETE CASCADE,
  folded TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE customer_words USING fts5 (folded, content = '', columnsize = 0, detail = none, tokenize = 'trigram');
CREATE TRIGGER customer_search_added AFTER INSERT ON customer_search BEGIN
  INSERT INTO customer_words (rowid, folded) VALUES (new.doc, new.folded);
END;
CREATE TRIGGER customer_search_changed AFTER UPDATE OF folded ON customer_search BEGIN
  INSERT INTO customer_words (customer_words, rowid, folded) VALUES ('delete', old.doc, old.folded);
  INSERT INTO customer_words (rowid, folded) VALUES (new.doc, new.folded);
END;
CREATE TRIGGER customer_search_gone AFTER DELETE ON customer_search BEGIN
  INSERT INTO customer_words (customer_words, rowid, folded) VALUES ('delete', old.doc, old.folded);
END;

-- What a history shows without asking the journal.
ALTER TABLE interaction ADD COLUMN channel TEXT NOT NULL DEFAULT 'voice';
ALTER TABLE interaction ADD COLUMN direction TEXT NOT NULL DEFAULT 'in';
ALTER TABLE interaction ADD COLUMN queue TEXT;
ALTER TABLE interaction ADD COLUMN ended INTEGER;
UPDATE interaction SET
  (channel, direction) = (SELECT coalesce (json_extract (json, '$.channel'), 'voice'),
                                 coalesce (json_extract (json, '$.direction'), 'in')
                          FROM journal WHERE journal.interaction = interaction.id AND type = 'interaction.created'),
  queue = (SELECT json_extract (json, '$.queue') FROM journal
           WHERE journal.interaction = interaction.id AND type = 'request.queued' ORDER BY seq DESC LIMIT 1),
  ended = (SELECT at FROM journal WHERE journal.interaction = interaction.id AND type = 'interaction.closed')
WHERE id IN (SELECT interaction FROM journal WHERE type = 'interaction.created');
