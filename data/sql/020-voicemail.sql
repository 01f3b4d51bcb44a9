-- SPDX-License-Identifier: GPL-3.0-or-later
-- Voicemail: recordings that lie in a box. And what the centre's machinery says of itself among the notices.
ALTER TABLE recording ADD COLUMN box TEXT;                            -- NULL: of a call that was answered
ALTER TABLE recording ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE recording ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;  -- when it was put away; for a day it can be brought back
CREATE INDEX recording_box ON recording (box, at) WHERE box IS NOT NULL;
ALTER TABLE notice ADD COLUMN code TEXT;                              -- what is out of service, NULL: somebody wrote it
ALTER TABLE notice ADD COLUMN over INTEGER NOT NULL DEFAULT 0;        -- since when it is back
