-- What else is known of a message, as JSON: who wrote it where that is another than the conversation's address, how many
-- of its attachments are not kept, whether there was more text. NULL: nothing.

ALTER TABLE message ADD COLUMN details TEXT;
