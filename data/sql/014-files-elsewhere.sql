-- SPDX-License-Identifier: GPL-3.0-or-later
-- Files of customers' messages that lie with the service that carried them, and are to be fetched from there. A row goes when
-- its file is kept, or cannot be had.
CREATE TABLE fetch (
  conversation TEXT NOT NULL,
  message INTEGER NOT NULL,            -- its number
  place INTEGER NOT NULL,              -- of the file in the message
  interaction TEXT NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (conversation, message, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX fetch_by_interaction ON fetch (interaction);

-- Of a message of ours that leaves in several parts: how many have left.
ALTER TABLE message ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
