-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the centre itself says to agents: that something they depend on is out of service, and since when it is back. One row for
-- each who gets it, again and again the same for the same thing.
ALTER TABLE notice ADD COLUMN about TEXT;                         -- node, trunk, mailbox, gateway, page; its name is the text; NULL: a supervisor wrote it
ALTER TABLE notice ADD COLUMN over INTEGER NOT NULL DEFAULT 0;    -- when it was back; 0: it is not
CREATE INDEX notice_open ON notice (id) WHERE about IS NOT NULL AND over = 0;
