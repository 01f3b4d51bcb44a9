-- SPDX-License-Identifier: GPL-3.0-or-later
-- What agents keep for themselves of the directory.

CREATE TABLE directory_mark (
  agent TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  favourite INTEGER NOT NULL,          -- when it was made one, 0: it is none
  used INTEGER NOT NULL,               -- when it was called, asked, written to last, 0: never
  PRIMARY KEY (agent, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE directory_dial (
  agent TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (agent, id)
) STRICT, WITHOUT ROWID;
