/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetClip: one table of fields, and how the centre's clips fill their list, by label. Main
 * loop. */
#include "client/clip.h"

#include "client/apply-fields.h"
#include "client/fields/writing.h"
#include "client/mirror.h"

#include <string.h>

struct _GuichetClip
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetClip, guichet_clip, GUICHET_TYPE_RECORD)

static const GuichetField clip_fields[N_CLIP_FIELDS] = {
  [CLIP_ID] = { "id", GUICHET_FIELD_STRING },
  [CLIP_LABEL] = { "label", GUICHET_FIELD_STRING },
  [CLIP_PERSONAL] = { "personal", GUICHET_FIELD_BOOL },
  [CLIP_TAGS] = { "tags", GUICHET_FIELD_STRV },
  [CLIP_SECONDS] = { "seconds", GUICHET_FIELD_DOUBLE },
  [CLIP_ARCHIVED] = { "archived", GUICHET_FIELD_BOOL },
  [CLIP_REVISION] = { "revision", GUICHET_FIELD_INT },
  [CLIP_VERSION] = { "version", GUICHET_FIELD_INT },
};

static void
guichet_clip_class_init (GuichetClipClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), clip_fields, N_CLIP_FIELDS);
}

static void
guichet_clip_init (GuichetClip *self)
{
}

double
guichet_clip_get_seconds (GuichetClip *self)
{
  return guichet_record_get_double (GUICHET_RECORD (self), CLIP_SECONDS);
}

GUICHET_RECORD_STRING (GuichetClip, guichet_clip, id, CLIP_ID)
GUICHET_RECORD_STRING (GuichetClip, guichet_clip, label, CLIP_LABEL)
GUICHET_RECORD_BOOL (GuichetClip, guichet_clip, personal, CLIP_PERSONAL)
GUICHET_RECORD_STRV (GuichetClip, guichet_clip, tags, CLIP_TAGS)
GUICHET_RECORD_BOOL (GuichetClip, guichet_clip, archived, CLIP_ARCHIVED)
GUICHET_RECORD_INT (GuichetClip, guichet_clip, revision, CLIP_REVISION)

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GuichetClip *one = (GuichetClip *) a, *other = (GuichetClip *) b;
  int order = g_utf8_collate (guichet_clip_get_label (one), guichet_clip_get_label (other));

  return order != 0 ? order : strcmp (guichet_clip_get_id (one), guichet_clip_get_id (other));
}

static gboolean
apply (GuichetRecord *clip, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", CLIP_ID, GUICHET_JSON_TEXT },
    { "label", CLIP_LABEL, GUICHET_JSON_TEXT },
    { "archived", CLIP_ARCHIVED, GUICHET_JSON_BOOL },
    { "revision", CLIP_REVISION, GUICHET_JSON_INT },
    { "version", CLIP_VERSION, GUICHET_JSON_INT },
  };
  g_auto (GStrv) tags = NULL;
  const char *scope;
  double seconds;
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (clip));
  ok = APPLY_FIELDS (clip, json, fields, error) &&
       base_json_get_string (json, "scope", 64, &scope, error) &&
       base_json_get_double (json, "seconds", 0, 86400, &seconds, error) &&
       base_json_get_strings (json, "tags", 100, 256, &tags, error);
  if (ok)
    {
      guichet_record_set_bool (clip, CLIP_PERSONAL, g_str_equal (scope, "personal"));
      guichet_record_set_double (clip, CLIP_SECONDS, seconds);
      guichet_record_set_strv (clip, CLIP_TAGS, (const char *const *) tags);
    }
  g_object_thaw_notify (G_OBJECT (clip));
  return ok;
}

const GuichetMirrorKind guichet_clip_mirror = {
  .path = "/v1/clips",
  .member = "clips",
  .failure = "no_clips",
  .type = guichet_clip_get_type,
  .version = CLIP_VERSION,
  .compare = compare,
  .apply = apply,
};
