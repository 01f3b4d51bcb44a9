/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetAttachment: one table of fields; filled by chat.c and files.c. Main loop. */
#include "client/attachment.h"

#include "client/fields/writing.h"

struct _GuichetAttachment
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetAttachment, guichet_attachment, GUICHET_TYPE_RECORD)

static const GuichetField attachment_fields[N_ATTACHMENT_FIELDS] = {
  [ATTACHMENT_ID] = { "id", GUICHET_FIELD_STRING },
  [ATTACHMENT_KEY] = { "key", GUICHET_FIELD_STRING },
  [ATTACHMENT_NAME] = { "name", GUICHET_FIELD_STRING },
  [ATTACHMENT_TYPE] = { "type", GUICHET_FIELD_STRING },
  [ATTACHMENT_SIZE] = { "size", GUICHET_FIELD_INT },
  [ATTACHMENT_STATE] = { "state", GUICHET_FIELD_STRING },
  [ATTACHMENT_PROGRESS] = { "progress", GUICHET_FIELD_DOUBLE },
  [ATTACHMENT_REASON] = { "reason", GUICHET_FIELD_STRING },
  [ATTACHMENT_LIMIT] = { "limit", GUICHET_FIELD_INT },
};

static void
guichet_attachment_class_init (GuichetAttachmentClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), attachment_fields,
                                N_ATTACHMENT_FIELDS);
}

static void
guichet_attachment_init (GuichetAttachment *self)
{
}

GUICHET_RECORD_STRING (GuichetAttachment, guichet_attachment, id, ATTACHMENT_ID)
GUICHET_RECORD_STRING (GuichetAttachment, guichet_attachment, key, ATTACHMENT_KEY)
GUICHET_RECORD_STRING (GuichetAttachment, guichet_attachment, name, ATTACHMENT_NAME)
GUICHET_RECORD_STRING (GuichetAttachment, guichet_attachment, kind, ATTACHMENT_TYPE)
GUICHET_RECORD_INT (GuichetAttachment, guichet_attachment, size, ATTACHMENT_SIZE)
GUICHET_RECORD_STRING (GuichetAttachment, guichet_attachment, state, ATTACHMENT_STATE)

double
guichet_attachment_get_progress (GuichetAttachment *self)
{
  return guichet_record_get_double (GUICHET_RECORD (self), ATTACHMENT_PROGRESS);
}

GUICHET_RECORD_STRING (GuichetAttachment, guichet_attachment, reason, ATTACHMENT_REASON)
GUICHET_RECORD_INT (GuichetAttachment, guichet_attachment, limit, ATTACHMENT_LIMIT)
