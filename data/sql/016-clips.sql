-- SPDX-License-Identifier: GPL-3.0-or-later
-- Sound that agents have prepared to be played in calls. Those of the centre have the agent ''. The bytes lie beside the
-- database, in clips/, each under the name in `file`; a row stands here only after its file is on disk. One that was deleted stays as a
-- row, so that it can be brought back for a while.
CREATE TABLE clip (
  id TEXT PRIMARY KEY,
  agent TEXT NOT NULL,                 -- '': of the centre
  label TEXT NOT NULL,
  tags TEXT NOT NULL,                  -- JSON
  file TEXT NOT NULL,
  milliseconds INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  version INTEGER NOT NULL,            -- the journal's number of its last change
  at INTEGER NOT NULL                  -- of its last change
) STRICT, WITHOUT ROWID;
