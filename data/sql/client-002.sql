-- Canned replies as the centre last said them, so that they are there before its first answer and
-- without it. Up to which of its changes, in which life of its store: "canned" in kept.

CREATE TABLE canned_reply (
  id TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
