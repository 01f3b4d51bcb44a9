/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetRecent: one table of fields; filled by apply.c. Main loop. */
#include "client/recent.h"

#include "client/fields/past.h"

struct _GuichetRecent
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetRecent, guichet_recent, GUICHET_TYPE_RECORD)

static const GuichetField recent_fields[N_RECENT_FIELDS] = {
  [RECENT_KEY] = { "key", GUICHET_FIELD_STRING },
  [RECENT_INTERACTION] = { "interaction", GUICHET_FIELD_STRING },
  [RECENT_OFFER] = { "offer", GUICHET_FIELD_STRING },
  [RECENT_KIND] = { "kind", GUICHET_FIELD_STRING },
  [RECENT_FORWARDED_BY] = { "forwarded-by", GUICHET_FIELD_STRING },
  [RECENT_REASON] = { "reason", GUICHET_FIELD_STRING },
  [RECENT_AT] = { "at", GUICHET_FIELD_INT },
  [RECENT_QUEUE] = { "queue", GUICHET_FIELD_STRING },
  [RECENT_QUEUE_NAME] = { "queue-name", GUICHET_FIELD_STRING },
  [RECENT_CUSTOMER_NUMBER] = { "customer-number", GUICHET_FIELD_STRING },
  [RECENT_CUSTOMER_NAME] = { "customer-name", GUICHET_FIELD_STRING },
  [RECENT_CUSTOMER] = { "customer", GUICHET_FIELD_STRING },
  [RECENT_TALK] = { "talk", GUICHET_FIELD_INT },
  [RECENT_DISPOSITION] = { "disposition", GUICHET_FIELD_STRING },
  [RECENT_DISPOSITION_NAME] = { "disposition-name", GUICHET_FIELD_STRING },
  [RECENT_CHANNEL] = { "channel", GUICHET_FIELD_STRING },
  [RECENT_CONVERSATION] = { "conversation", GUICHET_FIELD_STRING },
  [RECENT_NUMBER] = { "number", GUICHET_FIELD_INT },
  [RECENT_AGENTS] = { "agents", GUICHET_FIELD_STRING },
  [RECENT_NOTE] = { "note", GUICHET_FIELD_STRING },
  [RECENT_EXCERPT] = { "excerpt", GUICHET_FIELD_STRING },
  [RECENT_RECORDINGS] = { "recordings", GUICHET_FIELD_STRV },
  [RECENT_SINCE] = { "since", GUICHET_FIELD_INT },
  [RECENT_LAST] = { "last", GUICHET_FIELD_STRING },
  [RECENT_LAST_AUTHOR] = { "last-author", GUICHET_FIELD_STRING },
  [RECENT_PROBLEM] = { "problem", GUICHET_FIELD_STRING },
  [RECENT_PARTICIPATION] = { "participation", GUICHET_FIELD_STRING },
  [RECENT_TAGS] = { "tags", GUICHET_FIELD_STRV },
  [RECENT_TAGS_REVISION] = { "tags-revision", GUICHET_FIELD_INT },
  [RECENT_TAGGABLE] = { "taggable", GUICHET_FIELD_BOOL },
  [RECENT_STATUS] = { "status", GUICHET_FIELD_STRING },
  [RECENT_SENTIMENT] = { "sentiment", GUICHET_FIELD_STRING },
};

static void
guichet_recent_class_init (GuichetRecentClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), recent_fields, N_RECENT_FIELDS);
}

static void
guichet_recent_init (GuichetRecent *self)
{
}

GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, interaction, RECENT_INTERACTION)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, kind, RECENT_KIND)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, forwarded_by, RECENT_FORWARDED_BY)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, reason, RECENT_REASON)
GUICHET_RECORD_INT (GuichetRecent, guichet_recent, at, RECENT_AT)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, queue, RECENT_QUEUE)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, queue_name, RECENT_QUEUE_NAME)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, customer_number, RECENT_CUSTOMER_NUMBER)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, customer_name, RECENT_CUSTOMER_NAME)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, customer, RECENT_CUSTOMER)
GUICHET_RECORD_INT (GuichetRecent, guichet_recent, talk, RECENT_TALK)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, disposition, RECENT_DISPOSITION)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, disposition_name, RECENT_DISPOSITION_NAME)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, channel, RECENT_CHANNEL)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, conversation, RECENT_CONVERSATION)
GUICHET_RECORD_INT (GuichetRecent, guichet_recent, number, RECENT_NUMBER)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, agents, RECENT_AGENTS)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, note, RECENT_NOTE)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, excerpt, RECENT_EXCERPT)
GUICHET_RECORD_STRV (GuichetRecent, guichet_recent, recordings, RECENT_RECORDINGS)
GUICHET_RECORD_INT (GuichetRecent, guichet_recent, since, RECENT_SINCE)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, last, RECENT_LAST)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, last_author, RECENT_LAST_AUTHOR)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, problem, RECENT_PROBLEM)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, participation, RECENT_PARTICIPATION)
GUICHET_RECORD_STRV (GuichetRecent, guichet_recent, tags, RECENT_TAGS)
GUICHET_RECORD_INT (GuichetRecent, guichet_recent, tags_revision, RECENT_TAGS_REVISION)
GUICHET_RECORD_BOOL (GuichetRecent, guichet_recent, taggable, RECENT_TAGGABLE)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, status, RECENT_STATUS)
GUICHET_RECORD_STRING (GuichetRecent, guichet_recent, sentiment, RECENT_SENTIMENT)
