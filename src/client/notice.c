/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetNotice: one table of fields; filled by notices.c. Main loop. */
#include "client/notice.h"

#include "client/fields.h"

struct _GuichetNotice
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetNotice, guichet_notice, GUICHET_TYPE_RECORD)

static const GuichetField notice_fields[N_NOTICE_FIELDS] = {
  [NOTICE_ID] = { "id", GUICHET_FIELD_STRING },
  [NOTICE_AT] = { "at", GUICHET_FIELD_INT },
  [NOTICE_FROM] = { "from", GUICHET_FIELD_STRING },
  [NOTICE_AUDIENCE] = { "audience", GUICHET_FIELD_STRING },
  [NOTICE_PRIORITY] = { "priority", GUICHET_FIELD_STRING },
  [NOTICE_TEXT] = { "text", GUICHET_FIELD_STRING },
  [NOTICE_READ] = { "read", GUICHET_FIELD_BOOL },
};

static void
guichet_notice_class_init (GuichetNoticeClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), notice_fields, N_NOTICE_FIELDS);
}

static void
guichet_notice_init (GuichetNotice *self)
{
}

GUICHET_RECORD_STRING (GuichetNotice, guichet_notice, id, NOTICE_ID)
GUICHET_RECORD_INT (GuichetNotice, guichet_notice, at, NOTICE_AT)
GUICHET_RECORD_STRING (GuichetNotice, guichet_notice, from, NOTICE_FROM)
GUICHET_RECORD_STRING (GuichetNotice, guichet_notice, audience, NOTICE_AUDIENCE)
GUICHET_RECORD_STRING (GuichetNotice, guichet_notice, priority, NOTICE_PRIORITY)
GUICHET_RECORD_STRING (GuichetNotice, guichet_notice, text, NOTICE_TEXT)
GUICHET_RECORD_BOOL (GuichetNotice, guichet_notice, read, NOTICE_READ)
