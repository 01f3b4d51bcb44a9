/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetRecent: one line of history: something handled, missed, declined, withdrawn or abandoned.
 * Read-only, notifying: key s, interaction s, offer s, kind s, reason s, at i, queue s (id),
 * queue-name s, customer-number s, customer-name s, customer s, talk i (seconds), disposition s
 * (id), disposition-name s; of a customer's history and of what a search found also: channel s,
 * conversation s (id, "" none or not for this agent), number i (the message that was found, or the
 * last of that interaction), agents s (names), note s, excerpt s (of a search: Pango markup); of a
 * view: since i (in hand, in line, ended), last s (the last line) last-author s, problem s (why
 * participation s, tags as, tags-revision i, taggable b, status s; sentiment s */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_RECENT guichet_recent_get_type ()
G_DECLARE_FINAL_TYPE (GuichetRecent, guichet_recent, GUICHET, RECENT, GuichetRecord)

const char *guichet_recent_get_interaction (GuichetRecent *self);
const char *guichet_recent_get_kind (GuichetRecent *self);
const char *guichet_recent_get_forwarded_by (GuichetRecent *self);
const char *guichet_recent_get_reason (GuichetRecent *self);
gint64 guichet_recent_get_at (GuichetRecent *self);
const char *guichet_recent_get_queue (GuichetRecent *self);
const char *guichet_recent_get_queue_name (GuichetRecent *self);
const char *guichet_recent_get_customer_number (GuichetRecent *self);
const char *guichet_recent_get_customer_name (GuichetRecent *self);
const char *guichet_recent_get_customer (GuichetRecent *self);
gint64 guichet_recent_get_talk (GuichetRecent *self);
const char *guichet_recent_get_disposition (GuichetRecent *self);
const char *guichet_recent_get_disposition_name (GuichetRecent *self);
const char *guichet_recent_get_channel (GuichetRecent *self);
const char *guichet_recent_get_conversation (GuichetRecent *self);
gint64 guichet_recent_get_number (GuichetRecent *self);
const char *guichet_recent_get_agents (GuichetRecent *self);
const char *guichet_recent_get_note (GuichetRecent *self);
const char *guichet_recent_get_excerpt (GuichetRecent *self);
/* That the agent may hear: "ID MS" each. */
const char *const *guichet_recent_get_recordings (GuichetRecent *self);
gint64 guichet_recent_get_since (GuichetRecent *self);
const char *guichet_recent_get_last (GuichetRecent *self);
const char *guichet_recent_get_last_author (GuichetRecent *self);
const char *guichet_recent_get_problem (GuichetRecent *self);
const char *guichet_recent_get_participation (GuichetRecent *self);
const char *const *guichet_recent_get_tags (GuichetRecent *self);
gint64 guichet_recent_get_tags_revision (GuichetRecent *self);
gboolean guichet_recent_get_taggable (GuichetRecent *self);
const char *guichet_recent_get_status (GuichetRecent *self);
const char *guichet_recent_get_sentiment (GuichetRecent *self);
