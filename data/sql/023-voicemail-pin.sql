-- SPDX-License-Identifier: GPL-3.0-or-later
-- By which agents open their own boxes from phones that are not theirs; argon2id, as passwords are. Goes before the one of the definitions.
CREATE TABLE voicemail_pin (
  agent TEXT PRIMARY KEY,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
