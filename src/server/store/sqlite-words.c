/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL of every change and question of store.h. Constant data. */
#include "server/store/sqlite-words.h"

#define NOTICE                                                                                     \
  "SELECT id, at, sender, audience, priority, text, read, about, over, agent FROM notice "

#define VOICEMAIL                                                                                  \
  "SELECT r.id, r.at, r.milliseconds, r.heard, r.interaction, i.number, i.name, i.customer, "      \
  "r.box, r.deleted FROM recording r LEFT JOIN interaction i ON i.id = r.interaction "             \
  "WHERE r.box IS NOT NULL AND r.milliseconds > 0 "

const char *const sqlite_changes[STORE_N_CHANGES] = {
  [STORE_META_SET] = "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
  [STORE_JOURNAL_ADD] = "INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [STORE_JOURNAL_TRIM] = "DELETE FROM journal WHERE at < ?1 AND seq < ?2",
  [STORE_CORE_STATE_ADD] = "INSERT OR REPLACE INTO core_state VALUES (?1, ?2, ?3)",
  [STORE_CORE_STATE_TRIM] = "DELETE FROM core_state WHERE seq < ?1",
  [STORE_DEFINITIONS_ADD] = "INSERT INTO definitions VALUES (?1, ?2, ?3)",
  [STORE_ANSWER_ADD] = "INSERT INTO idempotency VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [STORE_ANSWER_TRIM] = "DELETE FROM idempotency WHERE at < ?1",
  [STORE_PASSWORD_SET] = "INSERT OR REPLACE INTO password VALUES (?1, ?2, 0, 0)",
  [STORE_PASSWORD_FAILED] = "UPDATE password SET failures = ?2, locked_until = ?3 WHERE agent = ?1",
  [STORE_SESSION_SET] = "INSERT OR REPLACE INTO session VALUES (?1, ?2, ?3, ?4, ?5)",
  [STORE_SESSION_END] = "DELETE FROM session WHERE id = ?1",
  [STORE_CUSTOMER_SET] = ("INSERT INTO customer VALUES (?1, ?2, ?3, ?4) "
                          "ON CONFLICT DO UPDATE SET name = ?2, revision = ?3"),
  [STORE_CUSTOMER_NUMBER_DROP] = "DELETE FROM customer_number WHERE customer = ?1 AND number = ?2",
  [STORE_CUSTOMER_NUMBER_ADD] = "INSERT OR REPLACE INTO customer_number SELECT ?1, ?2, ?3 "
                                "WHERE EXISTS (SELECT 1 FROM customer WHERE id = ?2)",
  [STORE_CUSTOMER_ADDRESS_DROP] = "DELETE FROM customer_address WHERE customer = ?1 AND channel = "
                                  "?2 AND address = ?3 AND typed = 1",
  [STORE_CUSTOMER_ADDRESS_ADD] = "INSERT OR REPLACE INTO customer_address SELECT ?1, ?2, ?3, 1, ?4 "
                                 "WHERE EXISTS (SELECT 1 FROM customer WHERE id = ?3)",
  [STORE_CUSTOMER_ADDRESS_LINK] = "INSERT OR REPLACE INTO customer_address SELECT ?1, ?2, ?3, 0, 0 "
                                  "WHERE EXISTS (SELECT 1 FROM customer WHERE id = ?3)",
  [STORE_CUSTOMER_ADDRESS_UNLINK] =
      "DELETE FROM customer_address WHERE channel = ?1 AND address = ?2 AND typed = 0",
  /* Never into one that is itself another by now, so that there is no circle. */
  [STORE_CUSTOMER_MERGE] = "INSERT OR IGNORE INTO customer_merge SELECT ?1, ?2, ?3, ?4 "
                           "WHERE NOT EXISTS (SELECT 1 FROM customer_merge WHERE customer = ?2) "
                           "AND 2 = (SELECT count (*) FROM customer WHERE id IN (?1, ?2))",
  [STORE_CUSTOMER_SEPARATE] = "DELETE FROM customer_merge WHERE customer = ?1",
  [STORE_CUSTOMER_WORDS_TIDY] = "INSERT INTO customer_words (customer_words) VALUES ('optimize')",
  [STORE_SEARCH_TIDY] = "INSERT INTO message_words (message_words) VALUES ('optimize')",
  [STORE_SEARCH_TIDY_NOTES] = "INSERT INTO note_words (note_words) VALUES ('optimize')",
  [STORE_CUSTOMER_WORDS] = "INSERT INTO customer_search (customer, folded) SELECT ?1, ?2 "
                           "WHERE EXISTS (SELECT 1 FROM customer WHERE id = ?1) "
                           "ON CONFLICT (customer) DO UPDATE SET folded = ?2",
  [STORE_CUSTOMER_ERASE] = "DELETE FROM customer WHERE id = ?1",
  [STORE_ANSWER_ERASE] = "UPDATE idempotency SET body = '{}' WHERE instr (body, ?1)",
  [STORE_VALUE_TRIM] = "DELETE FROM value WHERE interaction IN "
                       "(SELECT id FROM interaction WHERE closed = 1 AND at < ?1)",
  [STORE_NOTE_TRIM] = "DELETE FROM note WHERE interaction IN "
                      "(SELECT id FROM interaction WHERE closed = 1 AND at < ?1)",
  [STORE_INTERACTION_ADD] =
      "INSERT INTO interaction (id, at, number, name, called, customer, channel, direction) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
  [STORE_INTERACTION_QUEUE] = "UPDATE interaction SET queue = ?2 WHERE id = ?1",
  [STORE_INTERACTION_CUSTOMER] = "UPDATE interaction SET customer = ?2 WHERE id = ?1",
  [STORE_INTERACTION_NAME] = "UPDATE interaction SET name = ?2 WHERE id = ?1",
  [STORE_INTERACTION_CLOSE] = "UPDATE interaction SET closed = 1, ended = ?2 WHERE id = ?1",
  [STORE_INTERACTION_ERASE] =
      "UPDATE interaction SET number = NULL, name = NULL, customer = NULL WHERE id = ?1",
  [STORE_INTERACTION_TRIM] = "DELETE FROM interaction WHERE closed = 1 AND at < ?1",
  [STORE_INTERACTION_TAGS] = "UPDATE interaction SET tags = ?2, tags_revision = ?3 WHERE id = ?1",
  [STORE_HANDLED_ADD] = "INSERT OR IGNORE INTO handled VALUES (?1, ?2, ?3)",
  [STORE_HANDLED_TRIM] = "DELETE FROM handled WHERE interaction IN "
                         "(SELECT id FROM interaction WHERE closed = 1 AND at < ?1)",
  [STORE_VALUE_SET] = "INSERT OR REPLACE INTO value VALUES (?1, ?2, ?3, ?4, ?5)",
  [STORE_VALUE_ERASE] = "DELETE FROM value WHERE interaction = ?1",
  [STORE_NOTE_SET] = "INSERT INTO note VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (participation) "
                     "DO UPDATE SET text = ?3, revision = ?4, at = ?5",
  [STORE_NOTE_ERASE] = "DELETE FROM note WHERE interaction = ?1",
  [STORE_RECENT_SET] = "INSERT OR REPLACE INTO recent VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [STORE_RECENT_CUSTOMER] = "UPDATE recent SET customer = ?2 WHERE interaction = ?1",
  [STORE_RECENT_ERASE] =
      "UPDATE recent SET customer = NULL, number = NULL, json = ?2 WHERE id = ?1",
  [STORE_RECENT_TRIM] = "DELETE FROM recent WHERE at < ?1",
  [STORE_CONVERSATION_ADD] =
      "INSERT INTO conversation (id, channel, entry_point, address, interaction, last_number, "
      "read_number, agent_read_number, at, ours, thread) "
      "VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, ?6, ?7, ?8)",
  [STORE_CONVERSATION_WORK] =
      "UPDATE conversation SET entry_point = ?2, interaction = ?3 WHERE id = ?1",
  [STORE_CONVERSATION_NUMBER] =
      "UPDATE conversation SET last_number = ?2, at = ?3, hidden = ?4 WHERE id = ?1",
  [STORE_CONVERSATION_READ] = "UPDATE conversation SET read_number = ?2 WHERE id = ?1",
  [STORE_CONVERSATION_AGENT_READ] = "UPDATE conversation SET agent_read_number = ?2 WHERE id = ?1",
  [STORE_CONVERSATION_ERASE] =
      "UPDATE conversation SET address = id WHERE interaction = ?1 OR id IN "
      "(SELECT conversation FROM message WHERE interaction = ?1)",
  [STORE_CONVERSATION_TRIM] =
      "DELETE FROM conversation WHERE at < ?1 AND NOT EXISTS "
      "(SELECT 1 FROM interaction WHERE interaction.id = conversation.interaction)",
  [STORE_MESSAGE_ADD] =
      "INSERT INTO message (conversation, number, id, interaction, at, author, agent, text, state, "
      "client_key, external_id, subject, private, hidden) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
  [STORE_MESSAGE_DETAILS] =
      "UPDATE message SET details = ?3 WHERE conversation = ?1 AND number = ?2",
  [STORE_MESSAGE_ATTEMPT] =
      "UPDATE message SET attempted = ?3 WHERE conversation = ?1 AND number = ?2",
  [STORE_MESSAGE_STATE] = "UPDATE message SET state = ?3, reason = ?4, attempted = 0, "
                          "external_id = coalesce (?5, external_id) "
                          "WHERE conversation = ?1 AND number = ?2",
  [STORE_MESSAGE_ERASE] =
      "UPDATE message SET text = '', subject = NULL, details = NULL WHERE interaction = ?1",
  [STORE_MESSAGE_TRIM] = "DELETE FROM message WHERE interaction IN "
                         "(SELECT id FROM interaction WHERE closed = 1 AND at < ?1)",
  [STORE_MESSAGE_PARTS] = "UPDATE message SET parts = ?3 WHERE conversation = ?1 AND number = ?2",
  [STORE_FETCH_ADD] = "INSERT INTO fetch VALUES (?1, ?2, ?3, ?4, ?5)",
  [STORE_FETCH_DROP] = "DELETE FROM fetch WHERE conversation = ?1 AND message = ?2 AND place = ?3",
  [STORE_FETCH_ERASE] = "DELETE FROM fetch WHERE interaction = ?1",
  [STORE_FETCH_TRIM] = "DELETE FROM fetch WHERE interaction IN "
                       "(SELECT id FROM interaction WHERE closed = 1 AND at < ?1)",
  [STORE_DIRECTORY_MARK_SET] = "INSERT OR REPLACE INTO directory_mark VALUES (?1, ?2, ?3, ?4, ?5)",
  [STORE_DIRECTORY_MARK_DROP] =
      "DELETE FROM directory_mark WHERE agent = ?1 AND kind = ?2 AND id = ?3",
  [STORE_DIRECTORY_DIAL_SET] = "INSERT OR REPLACE INTO directory_dial VALUES (?1, ?2, ?3, ?4)",
  [STORE_FORWARDING_SET] = "INSERT OR REPLACE INTO forwarding VALUES (?1, ?2)",
  [STORE_FORWARDING_DROP] = "DELETE FROM forwarding WHERE agent = ?1",
  [STORE_VOICEMAIL_PIN_SET] = "INSERT OR REPLACE INTO voicemail_pin VALUES (?1, ?2)",
  [STORE_VOICEMAIL_PIN_DROP] = "DELETE FROM voicemail_pin WHERE agent = ?1",
  [STORE_DIRECTORY_DIAL_DROP] = "DELETE FROM directory_dial WHERE agent = ?1 AND id = ?2",
  [STORE_CANNED_SET] =
      "INSERT OR REPLACE INTO canned_reply VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
  [STORE_RECORDING_ADD] = "INSERT INTO recording (id, interaction, at, box) "
                          "VALUES (?1, ?2, ?3, ?4)",
  [STORE_RECORDING_END] = "UPDATE recording SET milliseconds = ?2 WHERE id = ?1",
  [STORE_RECORDING_DROP] = "DELETE FROM recording WHERE id = ?1",
  [STORE_RECORDING_ERASE] = "DELETE FROM recording WHERE interaction = ?1",
  [STORE_RECORDING_TRIM] = "DELETE FROM recording WHERE at < ?1 OR deleted BETWEEN 1 AND ?2",
  [STORE_VOICEMAIL_SET] = "UPDATE recording SET heard = ?2, deleted = ?3 "
                          "WHERE id = ?1 AND box IS NOT NULL",
  [STORE_CLIP_SET] =
      "INSERT OR REPLACE INTO clip VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
  [STORE_NOTICE_ADD] = "INSERT OR IGNORE INTO notice VALUES "
                       "(?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, NULL, 0)",
  [STORE_NOTICE_READ] = "UPDATE notice SET read = ?3 WHERE agent = ?1 AND id = ?2",
  [STORE_NOTICE_DROP] = "DELETE FROM notice WHERE agent = ?1 AND id = ?2",
  [STORE_NOTICE_TRIM] = "DELETE FROM notice WHERE at < ?1",
  [STORE_NOTICE_SAY] = "INSERT OR REPLACE INTO notice VALUES "
                       "(?1, ?2, ?3, '', 'all', ?4, ?5, 0, ?6, 0)",
  [STORE_OUTAGE_OVER] = "UPDATE notice SET over = ?2 "
                        "WHERE about <> 'forwarding' AND over = 0 AND ?1 IN (id, '')",
  [STORE_ATTACHMENT_ADD] =
      "INSERT INTO attachment VALUES (?1, ?2, ?3, NULL, 0, ?4, ?5, ?6, ?7, ?8, ?9)",
  [STORE_ATTACHMENT_TAKE] = "UPDATE attachment SET conversation = ?2, interaction = ?3, "
                            "message = ?4, place = ?5 WHERE id = ?1",
  [STORE_ATTACHMENT_ERASE] = "DELETE FROM attachment WHERE interaction = ?1",
  [STORE_ATTACHMENT_TRIM] = "DELETE FROM attachment WHERE interaction IN "
                            "(SELECT id FROM interaction WHERE closed = 1 AND at < ?1)",
  [STORE_ATTACHMENT_FORGET] = "DELETE FROM attachment WHERE message IS NULL AND at < ?1",
  [STORE_OPT_OUT_SET] = "INSERT OR IGNORE INTO opt_out VALUES (?1, ?2, ?3, ?4)",
  [STORE_OPT_OUT_CLEAR] = "DELETE FROM opt_out WHERE channel = ?1 AND ours = ?2 AND address = ?3",
  [STORE_AUDIT_ADD] =
      "INSERT INTO audit (at, who, action, interaction, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
};

/* A customer and all that were merged into it, the one it stands for, and its interactions: those
 * linked, and those from numbers that nobody else has. */
#define SAME                                                                                       \
  "WITH RECURSIVE same (id) AS (SELECT ?1 UNION SELECT customer FROM customer_merge JOIN same "    \
  "ON into_customer = same.id) "
#define UP                                                                                         \
  "WITH RECURSIVE up (at, depth) AS (SELECT ?1, 0 UNION ALL SELECT into_customer, depth + 1 "      \
  "FROM customer_merge JOIN up ON customer = up.at WHERE depth < 100) "
#define THEIRS                                                                                     \
  "(customer IN (SELECT id FROM same) OR (customer IS NULL AND number IN "                         \
  "(SELECT number FROM customer_number WHERE customer IN (SELECT id FROM same) EXCEPT "            \
  "SELECT number FROM customer_number WHERE customer NOT IN (SELECT id FROM same)))) "

/* The last column is null where there are none. */
#define MESSAGE                                                                                    \
  "SELECT number, id, interaction, at, author, agent, text, state, reason, client_key, "           \
  "external_id, subject, attempted, "                                                              \
  "(SELECT json_group_array (json_object ('id', id, 'name', name, 'type', type, 'size', size)) "   \
  "FROM (SELECT id, name, type, size FROM attachment WHERE conversation = message.conversation "   \
  "AND attachment.message = message.number ORDER BY place) HAVING count (*) > 0), details, "       \
  "private, hidden, parts FROM message"
#define CONVERSATION                                                                               \
  "SELECT id, entry_point, interaction, last_number, read_number, agent_read_number, address, "    \
  "channel, ours, thread, hidden FROM conversation"

const char *const sqlite_queries[STORE_N_QUERIES] = {
  [STORE_GET_META] = "SELECT value FROM meta WHERE key = ?1",
  [STORE_GET_CORE_STATE] = "SELECT seq, at, state FROM core_state ORDER BY seq DESC LIMIT 1",
  [STORE_GET_JOURNAL_AFTER] =
      "SELECT seq, at, json FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2",
  [STORE_GET_JOURNAL_LAST] = "SELECT seq, at FROM journal ORDER BY seq DESC LIMIT 1",
  [STORE_GET_JOURNAL_OF] =
      "SELECT seq, at, type, json FROM journal WHERE interaction = ?1 ORDER BY seq LIMIT ?2",
  [STORE_GET_JOURNAL_SINCE] = "SELECT seq FROM journal WHERE at >= ?1 ORDER BY at, seq LIMIT 1",
  [STORE_GET_JOURNAL_SERVED] =
      "SELECT queue, SUM (outcome = 'answered'), SUM (outcome = 'answered' AND in_time), "
      "SUM (outcome IN ('abandoned', 'abandoned_ringing') AND duration > ?3), "
      "SUM (outcome = 'timed_out') FROM (SELECT json_extract (json, '$.queue') AS queue, "
      "json_extract (json, '$.outcome') AS outcome, "
      "IFNULL (json_extract (json, '$.service_level'), 0) AS in_time, "
      "IFNULL (json_extract (json, '$.duration'), 0) AS duration, "
      "IFNULL (json_extract (json, '$.kind'), 'new') AS kind "
      "FROM journal WHERE seq > ?1 AND seq <= ?2 AND type = 'request.ended') "
      "WHERE kind IN ('new', 'transfer') AND queue IS NOT NULL GROUP BY queue",
  [STORE_GET_DEFINITIONS] = "SELECT version, json FROM definitions ORDER BY version DESC LIMIT 1",
  [STORE_GET_ANSWER] = "SELECT hash, status, body FROM idempotency WHERE agent = ?1 AND key = ?2",
  [STORE_GET_PASSWORD] = "SELECT hash, failures, locked_until FROM password WHERE agent = ?1",
  [STORE_GET_SESSIONS] = "SELECT id, agent, token_hash, station, at FROM session ORDER BY agent",
  [STORE_GET_CUSTOMER] = UP "SELECT name, revision, id FROM up JOIN customer ON id = up.at "
                            "ORDER BY depth DESC LIMIT 1",
  [STORE_GET_CUSTOMER_MEMBERS] = SAME "SELECT id FROM same",
  [STORE_GET_CUSTOMER_NUMBERS] =
      SAME "SELECT number, customer FROM customer_number WHERE customer IN (SELECT id FROM same) "
           "ORDER BY customer <> ?1, customer, place",
  [STORE_GET_CUSTOMER_ADDRESSES] =
      SAME "SELECT channel, address, customer FROM customer_address WHERE typed = 1 "
           "AND customer IN (SELECT id FROM same) ORDER BY customer <> ?1, customer, place",
  [STORE_GET_CUSTOMER_MERGED] =
      "SELECT customer.id, name, customer_merge.at FROM customer_merge "
      "JOIN customer ON customer.id = customer_merge.customer "
      "WHERE into_customer = ?1 AND customer_merge.at >= ?2 ORDER BY customer_merge.at",
  [STORE_GET_CUSTOMERS_BY_NUMBER] =
      "SELECT customer FROM customer_number WHERE number = ?1 ORDER BY customer LIMIT 20",
  [STORE_GET_CUSTOMERS_BY_ADDRESS] = "SELECT customer, typed FROM customer_address WHERE channel = "
                                     "?1 AND address = ?2 ORDER BY typed, customer LIMIT 20",
  [STORE_GET_CUSTOMERS_WITH] =
      "SELECT customer, customer_search.folded FROM customer_words JOIN customer_search ON doc = "
      "customer_words.rowid WHERE customer_words MATCH ?1 ORDER BY customer_words.rowid DESC LIMIT "
      "?2",
  [STORE_GET_CUSTOMERS_UNFOLDED] = "SELECT id FROM customer WHERE NOT EXISTS (SELECT 1 FROM "
                                   "customer_search WHERE customer = customer.id) LIMIT ?1",
  [STORE_GET_INTERACTIONS_OPEN] =
      "SELECT id, at, number, name, called, customer FROM interaction WHERE closed = 0 ORDER BY at",
  [STORE_GET_INTERACTIONS_OF] = SAME "SELECT id FROM interaction WHERE " THEIRS "ORDER BY at",
  [STORE_GET_INTERACTION] =
      "SELECT at, number, name, called, customer FROM interaction WHERE id = ?1",
  [STORE_GET_VALUES] = "SELECT variable, value, sealed, revision FROM value WHERE interaction = ?1 "
                       "ORDER BY variable",
  [STORE_GET_NOTES] = "SELECT participation, text, revision FROM note WHERE interaction = ?1",
  [STORE_GET_RECENT_OF_AGENT] = "SELECT at, json, number, customer FROM recent WHERE agent = ?1 "
                                "AND at < ?2 ORDER BY at DESC LIMIT ?3",
  [STORE_GET_HISTORY] =
      SAME "SELECT id, at, channel, direction, queue, ended, number, name, customer, called "
           "FROM interaction WHERE " THEIRS "AND at < ?2 AND (?3 IS NULL OR channel = ?3) "
           "ORDER BY at DESC LIMIT ?4",
  [STORE_GET_PARTS_OF] =
      "SELECT id, agent, at, json FROM recent WHERE interaction = ?1 ORDER BY at",
  [STORE_GET_TALK_OF] = "SELECT conversation, min (number), max (number), count (*) FROM message "
                        "WHERE interaction = ?1 GROUP BY conversation",
  [STORE_GET_RECENT_CALLER] =
      "SELECT number, customer FROM recent WHERE interaction = ?1 AND agent = ?2 LIMIT 1",
  [STORE_GET_RECENT_OF_INTERACTION] =
      "SELECT id, json FROM recent WHERE interaction = ?1 ORDER BY at",
  [STORE_GET_HAD_PART] =
      "SELECT 1 FROM journal WHERE interaction = ?1 AND agent = ?2 "
      "AND type = 'participation.joined' UNION ALL SELECT 1 FROM recent WHERE interaction = ?1 "
      "AND agent = ?2 AND json_extract (json, '$.kind') = 'handled' LIMIT 1",
  [STORE_GET_CONVERSATION_AT] =
      CONVERSATION " WHERE channel = ?1 AND address = ?2 AND ours = ?3 AND thread = ?4",
  [STORE_GET_CONVERSATION_OF] =
      CONVERSATION " WHERE interaction = ?1 OR id = "
                   "(SELECT conversation FROM message WHERE interaction = ?1 LIMIT 1)",
  [STORE_GET_CONVERSATION] = CONVERSATION " WHERE id = ?1",
  [STORE_GET_ENDED_BY] =
      "SELECT json_extract (json, '$.reason'), at FROM journal WHERE interaction = ?1 AND"
      " type IN ('interaction.customer_left', 'interaction.closed') ORDER BY seq LIMIT 1",
  [STORE_GET_CONVERSATION_PART] =
      "SELECT 1 FROM journal WHERE agent = ?2 AND type = 'participation.joined' AND interaction IN "
      "(SELECT interaction FROM conversation WHERE id = ?1 UNION "
      "SELECT interaction FROM message WHERE conversation = ?1) LIMIT 1",
  [STORE_GET_MESSAGES_WITH] =
      "SELECT doc, message.text, message.conversation, message.number, message.interaction, "
      "message.at, author, agent, channel, queue, interaction.number, name, customer "
      "FROM message_words JOIN message_search ON doc = message_words.rowid "
      "JOIN message ON message.conversation = message_search.conversation "
      "AND message.number = message_search.number "
      "LEFT JOIN interaction ON interaction.id = message.interaction "
      "WHERE message_words MATCH ?1 AND message_words.rowid < ?2 "
      "ORDER BY message_words.rowid DESC LIMIT ?3",
  [STORE_GET_NOTES_WITH] =
      "SELECT doc, note.text, NULL, 0, note.interaction, note.at, 'agent', recent.agent, channel, "
      "queue, interaction.number, name, interaction.customer "
      "FROM note_words JOIN note_search ON doc = note_words.rowid "
      "JOIN note ON note.participation = note_search.participation "
      "LEFT JOIN interaction ON interaction.id = note.interaction "
      "LEFT JOIN recent ON recent.id = note.participation "
      "WHERE note_words MATCH ?1 AND note_words.rowid < ?2 "
      "ORDER BY note_words.rowid DESC LIMIT ?3",
  [STORE_GET_HANDLED] = "SELECT interaction, ended FROM handled WHERE agent = ?1 "
                        "AND (ended, interaction) < (?2, ?3) "
                        "ORDER BY ended DESC, interaction DESC LIMIT ?4",
  [STORE_GET_ENDED_IN_QUEUE] = "SELECT id, ended FROM interaction WHERE queue = ?1 "
                               "AND ended IS NOT NULL AND (ended, id) < (?2, ?3) "
                               "ORDER BY ended DESC, id DESC LIMIT ?4",
  [STORE_GET_HANDLED_TAGGED] =
      "SELECT interaction, ended FROM tagged WHERE tag = ?1 AND (ended, interaction) < (?3, ?4) "
      "AND EXISTS (SELECT 1 FROM handled WHERE agent = ?2 AND handled.ended = tagged.ended "
      "AND handled.interaction = tagged.interaction) "
      "ORDER BY ended DESC, interaction DESC LIMIT ?5",
  [STORE_GET_ENDED_TAGGED] =
      "SELECT interaction, ended FROM tagged WHERE tag = ?1 AND (ended, interaction) < (?3, ?4) "
      "AND EXISTS (SELECT 1 FROM interaction WHERE id = tagged.interaction AND queue = ?2) "
      "ORDER BY ended DESC, interaction DESC LIMIT ?5",
  [STORE_GET_ENTRY] = "SELECT id, at, channel, direction, queue, ended, number, name, customer, "
                      "called, tags, tags_revision FROM interaction WHERE id = ?1",
  [STORE_GET_LAST_LINE] = "SELECT author, text, at FROM message WHERE interaction = ?1 "
                          "ORDER BY number DESC LIMIT 1",
  [STORE_GET_HANDLED_PART] =
      "SELECT recent.agent, interaction.id, ended, tags, tags_revision FROM recent "
      "JOIN interaction ON interaction.id = recent.interaction WHERE recent.id = ?1 "
      "AND ended IS NOT NULL AND json_extract (recent.json, '$.kind') = 'handled'",
  [STORE_GET_CONVERSATION_QUEUES] =
      "SELECT DISTINCT queue FROM interaction WHERE queue IS NOT NULL AND id IN "
      "(SELECT interaction FROM conversation WHERE id = ?1 UNION "
      "SELECT interaction FROM message WHERE conversation = ?1)",
  [STORE_GET_UNANSWERED_SINCE] =
      "SELECT coalesce (min (at), 0) FROM message WHERE conversation = ?1 AND author = 'customer' "
      "AND state = 'received' AND interaction = (SELECT interaction FROM conversation WHERE id = "
      "?1) AND number > (SELECT "
      "coalesce (max (number), 0) FROM message WHERE conversation = ?1 "
      "AND author = 'agent' AND private = 0)",
  [STORE_GET_ANY_WORD] = "SELECT number FROM message WHERE conversation = ?1 AND private = 0 "
                         "AND state <> 'handed_over' LIMIT 1",
  [STORE_GET_HEARD_AT] = "SELECT at FROM message WHERE conversation = ?1 AND author = 'customer' "
                         "AND state = 'received' ORDER BY number DESC LIMIT 1",
  [STORE_GET_MESSAGES_UNTIL] =
      MESSAGE " WHERE conversation = ?1 AND author = 'agent' AND at <= ?2 "
              "AND state IN ('sent', 'delivered') AND private = 0 ORDER BY number LIMIT 1000",
  [STORE_GET_LAST_AGENT] = "SELECT agent, at FROM journal WHERE interaction = ?1 "
                           "AND type = 'participation.joined' ORDER BY seq DESC LIMIT 1",
  [STORE_GET_MESSAGES_AFTER] = MESSAGE " WHERE conversation = ?1 AND number > ?2 AND number < ?3 "
                                       "ORDER BY number LIMIT ?4",
  [STORE_GET_MESSAGES_BEFORE] = MESSAGE " WHERE conversation = ?1 AND number > ?2 AND number < ?3 "
                                        "ORDER BY number DESC LIMIT ?4",
  /* The second condition is for the index: the customer's side counts no further than we do. */
  [STORE_GET_PUBLIC_AFTER] =
      MESSAGE " WHERE conversation = ?1 AND private = 0 AND number > ?2 AND number - hidden > ?2 "
              "ORDER BY number LIMIT ?3",
  [STORE_GET_PUBLIC_BEFORE] = MESSAGE " WHERE conversation = ?1 AND private = 0 AND number < ?2 "
                                      "ORDER BY number DESC LIMIT ?3",
  [STORE_GET_PUBLIC_UNTIL] = "SELECT number - hidden FROM message WHERE conversation = ?1 "
                             "AND number <= ?2 ORDER BY number DESC LIMIT 1",
  [STORE_GET_SUBJECT_OF] = "SELECT subject FROM message WHERE conversation = ?1 AND subject IS NOT "
                           "NULL ORDER BY number DESC LIMIT 1",
  [STORE_GET_NUMBER_OF_PUBLIC] = "SELECT number FROM message WHERE conversation = ?1 AND private = "
                                 "0 AND number >= ?2 AND number - hidden = ?2",
  [STORE_GET_MESSAGE_BY_KEY] =
      MESSAGE " WHERE conversation = ?1 AND author = ?2 AND client_key = ?3",
  [STORE_GET_MESSAGES_OF] = MESSAGE " WHERE interaction = ?1 ORDER BY conversation, number",
  [STORE_GET_MESSAGES_PENDING] =
      MESSAGE " WHERE conversation = ?1 AND state = 'pending' ORDER BY number",
  [STORE_GET_MESSAGES_EXTERNAL] =
      "SELECT conversation, number FROM message JOIN conversation ON conversation.id = "
      "message.conversation WHERE external_id = ?2 AND channel = ?1 ORDER BY number LIMIT 20",
  [STORE_GET_CONVERSATIONS_PENDING] =
      "SELECT DISTINCT conversation FROM message WHERE state = 'pending'",
  [STORE_GET_DIRECTORY_MARKS] =
      "SELECT kind, id, favourite, used FROM directory_mark WHERE agent = ?1",
  [STORE_GET_DIRECTORY_DIALS] =
      "SELECT id, name, number FROM directory_dial WHERE agent = ?1 ORDER BY name, id",
  [STORE_GET_FORWARDINGS] = "SELECT agent, number FROM forwarding",
  [STORE_GET_VOICEMAIL_PIN] = "SELECT hash FROM voicemail_pin WHERE agent = ?1",
  [STORE_GET_CANNED] = "SELECT id, shortcut, category, name, texts, defined, revision, version, "
                       "deleted FROM canned_reply WHERE agent = ?1",
  [STORE_GET_RECORDING] = "SELECT interaction FROM recording WHERE id = ?1 AND (?2 OR box IS NULL)",
  [STORE_GET_RECORDINGS_OF] = "SELECT id, at, coalesce (milliseconds, 0) FROM recording "
                              "WHERE interaction = ?1 AND (?2 OR box IS NULL) ORDER BY at, id",
  /* By its first one alone: a call may have several. */
  [STORE_GET_RECORDED] =
      "SELECT i.id, i.at, i.channel, i.direction, i.queue, i.ended, i.number, i.name, i.customer, "
      "i.called, r.at FROM recording r JOIN interaction i ON i.id = r.interaction "
      "WHERE r.at < ?1 AND r.at >= ?2 AND r.milliseconds IS NOT NULL AND r.box IS NULL AND NOT "
      "EXISTS "
      "(SELECT 1 FROM recording e WHERE e.interaction = r.interaction AND e.box IS NULL AND e.at < "
      "r.at) "
      "ORDER BY r.at DESC LIMIT ?3",
  [STORE_GET_HANDLED_BY] =
      "SELECT agent FROM journal WHERE interaction = ?1 AND type = 'participation.joined' "
      "UNION SELECT agent FROM recent WHERE interaction = ?1 "
      "AND json_extract (json, '$.kind') = 'handled'",
  [STORE_GET_RECORDINGS_BEFORE] = "SELECT id FROM recording WHERE at < ?1 "
                                  "OR deleted BETWEEN 1 AND ?2",
  [STORE_GET_VOICEMAILS] =
      VOICEMAIL "AND r.box = ?1 AND r.deleted = 0 ORDER BY r.at DESC, r.id DESC LIMIT ?2",
  [STORE_GET_VOICEMAIL] = VOICEMAIL "AND r.id = ?1",
  [STORE_GET_VOICEMAIL_OF] = VOICEMAIL "AND r.deleted = 0 AND r.interaction = ?1",
  [STORE_GET_VOICEMAIL_COUNT] = "SELECT count (*), coalesce (sum (heard = 0), 0) FROM recording "
                                "WHERE box = ?1 AND deleted = 0 AND milliseconds > 0",
  [STORE_GET_RECORDINGS_UNFINISHED] = "SELECT id, at, interaction FROM recording "
                                      "WHERE milliseconds IS NULL",
  [STORE_GET_NOTICES] = NOTICE "WHERE agent = ?1 ORDER BY at DESC, id DESC LIMIT ?2",
  [STORE_GET_NOTICE] = NOTICE "WHERE agent = ?1 AND id = ?2",
  [STORE_GET_OUTAGE] = NOTICE "WHERE id = ?1 AND about IS NOT NULL AND over = 0",
  [STORE_GET_CLIPS] = "SELECT id, agent, label, tags, file, milliseconds, archived, deleted, "
                      "revision, version, at FROM clip",
  [STORE_GET_ATTACHMENT] = "SELECT conversation, message, owner, name, type, size, sha256 "
                           "FROM attachment WHERE id = ?1",
  [STORE_GET_FETCHES] = "SELECT DISTINCT conversation, message FROM fetch",
  [STORE_GET_FETCHES_OF] =
      "SELECT place, url FROM fetch WHERE conversation = ?1 AND message = ?2 ORDER BY place",
  [STORE_GET_ATTACHMENTS_OF] = "SELECT id FROM attachment WHERE interaction = ?1",
  [STORE_GET_OPT_OUT] = "SELECT at FROM opt_out WHERE channel = ?1 AND ours = ?2 AND address = ?3",
  [STORE_GET_ERASED] = "SELECT at, interaction, detail FROM audit WHERE action IN "
                       "('customer_erase', 'erased') AND at >= ?1 ORDER BY id",
  [STORE_GET_AUDIT_OF] = "SELECT at, who, action, detail FROM audit WHERE interaction = ?1 "
                         "ORDER BY id",
};
