-- Customers who asked for no more messages from an address of ours. It outlives their conversations.

CREATE TABLE opt_out (
  channel TEXT NOT NULL,
  ours TEXT NOT NULL,
  address TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (channel, ours, address)
) STRICT, WITHOUT ROWID;
