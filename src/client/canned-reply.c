/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetCannedReply: one table of fields; filled by canned.c. Main loop. */
#include "client/canned-reply.h"

#include "client/fields/writing.h"
#include "model/canned-reply.h"

struct _GuichetCannedReply
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetCannedReply, guichet_canned_reply, GUICHET_TYPE_RECORD)

static const GuichetField reply_fields[N_REPLY_FIELDS] = {
  [REPLY_ID] = { "id", GUICHET_FIELD_STRING },
  [REPLY_NAME] = { "name", GUICHET_FIELD_STRING },
  [REPLY_PERSONAL] = { "personal", GUICHET_FIELD_BOOL },
  [REPLY_SHORTCUT] = { "shortcut", GUICHET_FIELD_STRING },
  [REPLY_CATEGORY] = { "category", GUICHET_FIELD_STRING },
  [REPLY_TEXTS] = { "texts", GUICHET_FIELD_STRV },
  [REPLY_REVISION] = { "revision", GUICHET_FIELD_INT },
  [REPLY_VERSION] = { "version", GUICHET_FIELD_INT },
};

static void
guichet_canned_reply_class_init (GuichetCannedReplyClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), reply_fields, N_REPLY_FIELDS);
}

static void
guichet_canned_reply_init (GuichetCannedReply *self)
{
}

const char *
guichet_canned_reply_text (GuichetCannedReply *self,
                           const char *language,
                           const char *agents_language)
{
  return model_reply_text ((ModelNames) guichet_canned_reply_get_texts (self), language,
                           agents_language);
}

GUICHET_RECORD_STRING (GuichetCannedReply, guichet_canned_reply, id, REPLY_ID)
GUICHET_RECORD_BOOL (GuichetCannedReply, guichet_canned_reply, personal, REPLY_PERSONAL)
GUICHET_RECORD_STRING (GuichetCannedReply, guichet_canned_reply, shortcut, REPLY_SHORTCUT)
GUICHET_RECORD_STRING (GuichetCannedReply, guichet_canned_reply, category, REPLY_CATEGORY)
GUICHET_RECORD_STRING (GuichetCannedReply, guichet_canned_reply, name, REPLY_NAME)
GUICHET_RECORD_STRV (GuichetCannedReply, guichet_canned_reply, texts, REPLY_TEXTS)
GUICHET_RECORD_INT (GuichetCannedReply, guichet_canned_reply, revision, REPLY_REVISION)
