-- What agents write for each other in a conversation. Agents see one order; the customer's side counts without these, so that it
-- can tell that nothing is missing there: a message's number less what was hidden until then.

ALTER TABLE message ADD COLUMN private INTEGER NOT NULL DEFAULT 0;  -- 1: never for the customer
ALTER TABLE message ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;   -- private ones of the conversation up to here, this included
ALTER TABLE conversation ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
