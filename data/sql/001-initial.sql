-- The first store of a centre. Times are UTC in milliseconds. Text and values of people sit in their
-- own tables (note, value, customer) so that they can be erased; the journal holds ids and revisions.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every event of the core, once, in order.
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  interaction TEXT,
  agent TEXT,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_interaction ON journal (interaction, seq) WHERE interaction IS NOT NULL;
CREATE INDEX journal_by_time ON journal (at);

-- The core's state after event `seq`; the journal's tail is applied to the newest one.
CREATE TABLE core_state (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  state BLOB NOT NULL
) STRICT;

CREATE TABLE definitions (
  version INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;

-- The first answer to every command, for whoever asks again.
CREATE TABLE idempotency (
  agent TEXT NOT NULL,
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (agent, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_time ON idempotency (at);

CREATE TABLE password (
  agent TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Only the hash of a token is kept.
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  agent TEXT NOT NULL UNIQUE,
  token_hash TEXT NOT NULL,
  station TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_number (
  number TEXT NOT NULL,
  customer TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  PRIMARY KEY (number, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_number_by_customer ON customer_number (customer);

-- What history and the desk need of an interaction beside the core: who was outside.
CREATE TABLE interaction (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  number TEXT,
  name TEXT,
  called TEXT,
  customer TEXT,
  closed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_by_number ON interaction (number, at);
CREATE INDEX interaction_by_customer ON interaction (customer, at);

CREATE TABLE value (
  interaction TEXT NOT NULL,
  variable TEXT NOT NULL,
  value TEXT,    -- NULL where it is secure
  sealed BLOB,   -- the secure value, encrypted
  revision INTEGER NOT NULL,
  PRIMARY KEY (interaction, variable)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  participation TEXT PRIMARY KEY,
  interaction TEXT NOT NULL,
  text TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX note_by_interaction ON note (interaction);

-- What an agent did, or did not do, newest first: the list of recent calls and a customer's history.
CREATE TABLE recent (
  id TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  at INTEGER NOT NULL,
  interaction TEXT,
  customer TEXT,
  number TEXT,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX recent_by_agent ON recent (agent, at);
CREATE INDEX recent_by_customer ON recent (customer, at);
CREATE INDEX recent_by_number ON recent (number, at);
CREATE INDEX recent_by_interaction ON recent (interaction);

-- Who looked at what is secret, who erased what.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  interaction TEXT,
  detail TEXT
) STRICT;
