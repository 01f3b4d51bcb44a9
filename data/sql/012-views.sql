-- SPDX-License-Identifier: GPL-3.0-or-later
-- Ended work as agents look at it: what one handled, what a queue had, newest first; and its tags, which may be set after the end.
ALTER TABLE interaction ADD COLUMN tags TEXT;                               -- JSON: ids; NULL: none
ALTER TABLE interaction ADD COLUMN tags_revision INTEGER NOT NULL DEFAULT 0;
CREATE INDEX interaction_by_queue ON interaction (queue, ended, id) WHERE ended IS NOT NULL;

-- What is written, not calls; with the interaction it goes.
CREATE TABLE handled (
  agent TEXT NOT NULL,
  ended INTEGER NOT NULL,
  interaction TEXT NOT NULL,
  PRIMARY KEY (agent, ended, interaction)
) STRICT, WITHOUT ROWID;
CREATE INDEX handled_by_interaction ON handled (interaction);

UPDATE interaction SET (tags, tags_revision) =
  (SELECT json_extract (json, '$.tags'), coalesce (json_extract (json, '$.revision'), 0) FROM journal
   WHERE journal.interaction = interaction.id AND type = 'tags.set' ORDER BY seq DESC LIMIT 1)
  WHERE closed = 1 AND id IN (SELECT interaction FROM journal WHERE type = 'tags.set');
INSERT OR IGNORE INTO handled
  SELECT recent.agent, interaction.ended, interaction.id FROM recent JOIN interaction ON interaction.id = recent.interaction
  WHERE interaction.ended IS NOT NULL AND interaction.channel <> 'voice' AND json_extract (recent.json, '$.kind') = 'handled';
