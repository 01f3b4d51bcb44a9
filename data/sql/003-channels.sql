-- Channels on which a message goes out later than it is written: whom of ours it is between, how far each message came.

ALTER TABLE conversation ADD COLUMN ours TEXT NOT NULL DEFAULT '';    -- our address; '' where the customer's alone names it
ALTER TABLE conversation ADD COLUMN thread TEXT NOT NULL DEFAULT '';  -- of several between the same two
DROP INDEX conversation_by_address;
CREATE UNIQUE INDEX conversation_by_address ON conversation (channel, address, ours, thread);

ALTER TABLE message ADD COLUMN external_id TEXT;                      -- the channel's name of it
ALTER TABLE message ADD COLUMN subject TEXT;
ALTER TABLE message ADD COLUMN attempted INTEGER NOT NULL DEFAULT 0;  -- 1: it may have left
CREATE INDEX message_by_external_id ON message (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX message_pending ON message (conversation, number) WHERE state = 'pending';
