/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetVoicemail: one table of fields, and how the centre's messages fill their list, newest
 * first. Main loop. */
#include "client/voicemail.h"

#include "client/apply-fields.h"
#include "client/fields/past.h"
#include "client/mirror.h"

#include <string.h>

struct _GuichetVoicemail
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetVoicemail, guichet_voicemail, GUICHET_TYPE_RECORD)

static const GuichetField voicemail_fields[N_VOICEMAIL_FIELDS] = {
  [VOICEMAIL_ID] = { "id", GUICHET_FIELD_STRING },
  [VOICEMAIL_AT] = { "at", GUICHET_FIELD_INT },
  [VOICEMAIL_BOX] = { "box", GUICHET_FIELD_STRING },
  [VOICEMAIL_DURATION] = { "duration", GUICHET_FIELD_INT },
  [VOICEMAIL_HEARD] = { "heard", GUICHET_FIELD_BOOL },
  [VOICEMAIL_INTERACTION] = { "interaction", GUICHET_FIELD_STRING },
  [VOICEMAIL_NUMBER] = { "number", GUICHET_FIELD_STRING },
  [VOICEMAIL_NAME] = { "name", GUICHET_FIELD_STRING },
};

static void
guichet_voicemail_class_init (GuichetVoicemailClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), voicemail_fields, N_VOICEMAIL_FIELDS);
}

static void
guichet_voicemail_init (GuichetVoicemail *self)
{
}

GUICHET_RECORD_STRING (GuichetVoicemail, guichet_voicemail, id, VOICEMAIL_ID)
GUICHET_RECORD_INT (GuichetVoicemail, guichet_voicemail, at, VOICEMAIL_AT)
GUICHET_RECORD_STRING (GuichetVoicemail, guichet_voicemail, box, VOICEMAIL_BOX)
GUICHET_RECORD_INT (GuichetVoicemail, guichet_voicemail, duration, VOICEMAIL_DURATION)
GUICHET_RECORD_BOOL (GuichetVoicemail, guichet_voicemail, heard, VOICEMAIL_HEARD)
GUICHET_RECORD_STRING (GuichetVoicemail, guichet_voicemail, interaction, VOICEMAIL_INTERACTION)
GUICHET_RECORD_STRING (GuichetVoicemail, guichet_voicemail, number, VOICEMAIL_NUMBER)
GUICHET_RECORD_STRING (GuichetVoicemail, guichet_voicemail, name, VOICEMAIL_NAME)

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GuichetVoicemail *one = (GuichetVoicemail *) a, *other = (GuichetVoicemail *) b;
  gint64 first = guichet_voicemail_get_at (one), second = guichet_voicemail_get_at (other);

  if (first != second)
    return first > second ? -1 : 1;
  return strcmp (guichet_voicemail_get_id (other), guichet_voicemail_get_id (one));
}

static gboolean
apply (GuichetRecord *voicemail, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", VOICEMAIL_ID, GUICHET_JSON_TEXT },
    { "at", VOICEMAIL_AT, GUICHET_JSON_TIME },
    { "duration", VOICEMAIL_DURATION, GUICHET_JSON_INT },
    { "heard", VOICEMAIL_HEARD, GUICHET_JSON_BOOL },
    { "interaction", VOICEMAIL_INTERACTION, GUICHET_JSON_TEXT },
    { "number", VOICEMAIL_NUMBER, GUICHET_JSON_TEXT },
    { "name", VOICEMAIL_NAME, GUICHET_JSON_TEXT },
  };
  BaseJson box;

  if (!APPLY_FIELDS (voicemail, json, fields, error) ||
      !base_json_get_object (json, "box", &box, error))
    return FALSE;
  guichet_record_set_string (voicemail, VOICEMAIL_BOX, guichet_pick_name (&box, ""));
  return TRUE;
}

static void
came (GuichetSession *session, GuichetRecord *record)
{
  GuichetVoicemail *voicemail = GUICHET_VOICEMAIL (record);

  if (!guichet_voicemail_get_heard (voicemail))
    guichet_session_emit_voicemail (session, voicemail);
}

const GuichetMirrorKind guichet_voicemail_mirror = {
  .path = "/v1/voicemail",
  .member = "voicemails",
  .failure = "no_voicemail",
  .type = guichet_voicemail_get_type,
  .version = -1,
  .compare = compare,
  .apply = apply,
  .came = came,
};
