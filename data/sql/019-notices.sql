-- SPDX-License-Identifier: GPL-3.0-or-later
-- What supervisors write to agents, one row for each who gets it. It goes after the time for which people are kept.
CREATE TABLE notice (
  agent TEXT NOT NULL,                 -- who gets it
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  sender TEXT NOT NULL,
  audience TEXT NOT NULL,              -- agent, team or all
  priority TEXT NOT NULL,
  text TEXT NOT NULL,
  read INTEGER NOT NULL,
  PRIMARY KEY (agent, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_by_time ON notice (agent, at);
CREATE INDEX notice_trim ON notice (at);
