-- SPDX-License-Identifier: GPL-3.0-or-later
-- The outside numbers to which agents have their own calls forwarded. When, and that it is a number, stands in the journal.
CREATE TABLE forwarding (
  agent TEXT PRIMARY KEY,
  number TEXT NOT NULL
) STRICT, WITHOUT ROWID;
