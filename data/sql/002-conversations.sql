-- What is written with customers. A conversation lasts; each piece of work on it is an interaction.
-- The texts stand here alone: the journal holds ids and numbers.

CREATE TABLE conversation (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  entry_point TEXT NOT NULL,
  address TEXT NOT NULL,               -- the customer's in this channel; of a web chat the hash of its token
  interaction TEXT NOT NULL,           -- the newest
  last_number INTEGER NOT NULL,        -- of its messages, which are numbered from 1 without a gap
  read_number INTEGER NOT NULL,        -- up to which the customer has read
  agent_read_number INTEGER NOT NULL,  -- up to which an agent has read
  at INTEGER NOT NULL                  -- of the last that happened in it
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX conversation_by_address ON conversation (channel, address);
CREATE INDEX conversation_by_interaction ON conversation (interaction);

CREATE TABLE message (
  conversation TEXT NOT NULL,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  interaction TEXT NOT NULL,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,                -- customer, agent, centre
  agent TEXT,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  client_key TEXT NOT NULL,            -- who repeats it writes nothing new
  PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX message_by_key ON message (conversation, author, client_key);
CREATE INDEX message_by_interaction ON message (interaction);
