-- SPDX-License-Identifier: GPL-3.0-or-later
-- Recordings of calls. The bytes lie beside the database, in recordings/, each under its id and ".opus"; a row stands here before its
-- file does, so that no file is there that nobody knows of.
CREATE TABLE recording (
  id TEXT PRIMARY KEY,
  interaction TEXT NOT NULL,
  at INTEGER NOT NULL,                 -- when it began
  milliseconds INTEGER                 -- NULL: it goes on, or guichetd died in it
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_interaction ON recording (interaction, at);
CREATE INDEX recording_at ON recording (at);
