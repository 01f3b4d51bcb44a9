-- Texts that agents send often. Public ones are the centre's (agent ''), the others an agent's own.
-- One that was deleted stays as a bare row, so that desks which were away hear of it.

CREATE TABLE canned_reply (
  id TEXT PRIMARY KEY,
  agent TEXT NOT NULL,                 -- '': public
  shortcut TEXT,
  category TEXT,
  name TEXT NOT NULL,
  texts TEXT NOT NULL,                 -- JSON: text by language
  defined TEXT,                        -- what the definitions last said of it; NULL: made at a desk
  revision INTEGER NOT NULL,
  version INTEGER NOT NULL,            -- the journal's number of its last change
  deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX canned_reply_by_agent ON canned_reply (agent, version);
