-- The desk's local file: what was typed and is not yet at the centre, which offer became which
-- interaction, and what to show before the centre's first answer.

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
