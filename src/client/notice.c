/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetNotice: one table of fields, and how the centre's notices fill their list, newest first.
 * Main loop. */
#include "client/notice.h"

#include "client/apply-fields.h"
#include "client/fields/centre.h"
#include "client/mirror.h"

#include <string.h>

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
  [NOTICE_SERVICE] = { "service", GUICHET_FIELD_STRING },
  [NOTICE_BACK_AT] = { "back-at", GUICHET_FIELD_INT },
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
GUICHET_RECORD_STRING (GuichetNotice, guichet_notice, service, NOTICE_SERVICE)
GUICHET_RECORD_INT (GuichetNotice, guichet_notice, back_at, NOTICE_BACK_AT)

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GuichetNotice *one = (GuichetNotice *) a, *other = (GuichetNotice *) b;
  gint64 first = guichet_notice_get_at (one), second = guichet_notice_get_at (other);

  if (first != second)
    return first > second ? -1 : 1;
  return strcmp (guichet_notice_get_id (other), guichet_notice_get_id (one));
}

static gboolean
apply (GuichetRecord *notice, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", NOTICE_ID, GUICHET_JSON_TEXT },
    { "at", NOTICE_AT, GUICHET_JSON_TIME },
    { "audience", NOTICE_AUDIENCE, GUICHET_JSON_TEXT },
    { "priority", NOTICE_PRIORITY, GUICHET_JSON_TEXT },
    { "text", NOTICE_TEXT, GUICHET_JSON_TEXT },
    { "read", NOTICE_READ, GUICHET_JSON_BOOL },
  };
  static const GuichetJsonField of_sender[] = { { "name", NOTICE_FROM, GUICHET_JSON_TEXT } };
  static const GuichetJsonField of_service[] = { { "kind", NOTICE_SERVICE, GUICHET_JSON_TEXT },
                                                 { "back_at", NOTICE_BACK_AT, GUICHET_JSON_TIME } };
  BaseJson from, service;

  if (!APPLY_FIELDS (notice, json, fields, error) ||
      !base_json_opt_object (json, "service", &service, error))
    return FALSE;
  if (service.object != NULL)
    return APPLY_FIELDS (notice, &service, of_service, error);
  return base_json_get_object (json, "from", &from, error) &&
         APPLY_FIELDS (notice, &from, of_sender, error);
}

static void
came (GuichetSession *session, GuichetRecord *record)
{
  GuichetNotice *notice = GUICHET_NOTICE (record);

  if (!guichet_notice_get_read (notice))
    guichet_session_emit_notice (session, notice);
}

const GuichetMirrorKind guichet_notice_mirror = {
  .path = "/v1/notices",
  .member = "notices",
  .failure = "no_notices",
  .type = guichet_notice_get_type,
  .version = -1,
  .compare = compare,
  .apply = apply,
  .came = came,
};
