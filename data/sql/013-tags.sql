-- SPDX-License-Identifier: GPL-3.0-or-later
-- What has ended by its tags, newest first. Kept by the database, whoever sets them.
CREATE TABLE tagged (
  tag TEXT NOT NULL,
  ended INTEGER NOT NULL,
  interaction TEXT NOT NULL,
  PRIMARY KEY (tag, ended, interaction)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER interaction_tagged AFTER UPDATE OF tags, ended ON interaction
  WHEN old.tags IS NOT NULL OR new.tags IS NOT NULL BEGIN
  DELETE FROM tagged WHERE tag IN (SELECT value FROM json_each (old.tags)) AND ended = old.ended AND interaction = old.id;
  INSERT OR IGNORE INTO tagged SELECT value, new.ended, new.id FROM json_each (new.tags) WHERE new.ended IS NOT NULL;
END;
CREATE TRIGGER interaction_untagged AFTER DELETE ON interaction WHEN old.tags IS NOT NULL BEGIN
  DELETE FROM tagged WHERE tag IN (SELECT value FROM json_each (old.tags)) AND ended = old.ended AND interaction = old.id;
END;

INSERT OR IGNORE INTO tagged SELECT value, ended, interaction.id FROM interaction, json_each (tags) WHERE ended IS NOT NULL AND tags IS NOT NULL;
