-- SPDX-License-Identifier: GPL-3.0-or-later
-- Voicemail: recordings that lie in a box.
ALTER TABLE recording ADD COLUMN box TEXT;                            -- NULL: of a call that was answered
ALTER TABLE recording ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE recording ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;  -- when it was put away; for a day it can be brought back
CREATE INDEX recording_box ON recording (box, at) WHERE box IS NOT NULL;
