-- Files that customers and agents send. The bytes lie beside the database, in attachments/, each under its id; a row
-- stands here only after its file is on disk. What no message has taken is forgotten after a week.

CREATE TABLE attachment (
  id TEXT PRIMARY KEY,
  conversation TEXT,                   -- NULL: not known before a message takes it
  interaction TEXT,
  message INTEGER,                     -- the number of the message that has it; NULL: none yet
  place INTEGER NOT NULL,              -- in that message
  at INTEGER NOT NULL,
  owner TEXT NOT NULL,                 -- who added it: an agent's id, or customer
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_by_message ON attachment (conversation, message, place);
CREATE INDEX attachment_by_interaction ON attachment (interaction);
