/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetClips: an event may overtake the answer that it is newer than: of each clip the greater
 * version stays. Main loop. */
#include "client/clips.h"

#include "client/apply-fields.h"
#include "client/inquiry.h"

#include <string.h>

#define ITEMS_MAX 2000
#define SPREAD_MS 2000 /* over which desks that come back together ask */

struct _GuichetClips
{
  GuichetSession *session; /* owns this */
  GListStore *list;        /* by label */
  GHashTable *gone;        /* id → gint64 *: the version of what was deleted */
  GuichetInquiry *inquiry;
  gboolean known; /* asked once */
};

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

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

static guint
place_of (GuichetClips *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetClip) clip = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_str_equal (guichet_clip_get_id (clip), id))
        return i;
    }
  return n;
}

GuichetClip *
guichet_clips_find (GuichetClips *self, const char *id)
{
  g_autoptr (GuichetClip) clip =
      g_list_model_get_item (G_LIST_MODEL (self->list), place_of (self, id));

  return clip; /* the list holds it */
}

static gboolean
is_news (GuichetClips *self, const char *id, gint64 version)
{
  const gint64 *gone = g_hash_table_lookup (self->gone, id);
  GuichetClip *known = guichet_clips_find (self, id);

  return (gone == NULL || *gone < version) &&
         (known == NULL || guichet_record_get_int (record (known), CLIP_VERSION) < version);
}

GuichetClip *
guichet_clips_take (GuichetClips *self, const BaseJson *json, GError **error)
{
  g_autoptr (GuichetRecord) clip = NULL;
  gint64 version;
  const char *id;
  guint at;

  if (!base_json_get_string (json, "id", 256, &id, error) ||
      !base_json_get_int (json, "version", 0, G_MAXINT64, &version, error))
    return NULL;
  if (!is_news (self, id, version))
    return guichet_clips_find (self, id);
  at = place_of (self, id);
  clip = g_list_model_get_item (G_LIST_MODEL (self->list), at);
  if (clip != NULL)
    g_list_store_remove (self->list, at);
  else
    clip = g_object_new (GUICHET_TYPE_CLIP, NULL);
  if (!apply (clip, json, error))
    return NULL;
  g_list_store_insert_sorted (self->list, clip, compare, NULL);
  return GUICHET_CLIP (clip);
}

void
guichet_clips_drop (GuichetClips *self, const char *id, gint64 version)
{
  guint at = place_of (self, id);

  if (!is_news (self, id, version))
    return;
  g_hash_table_replace (self->gone, g_strdup (id), g_memdup2 (&version, sizeof version));
  if (at < g_list_model_get_n_items (G_LIST_MODEL (self->list)))
    g_list_store_remove (self->list, at);
}

static gboolean
take_all (GuichetClips *self, const BaseJson *json, GHashTable *seen, GError **error)
{
  BaseJson clips, item;

  if (!base_json_get_array (json, "clips", ITEMS_MAX, &clips, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&clips); i++)
    {
      g_autoptr (GError) problem = NULL;
      const char *id = NULL;

      if (!base_json_item_object (&clips, i, &item, error))
        return FALSE;
      guichet_clips_take (self, &item, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (seen != NULL && base_json_get_string (&item, "id", 256, &id, NULL))
        g_hash_table_add (seen, g_strdup (id));
    }
  return TRUE;
}

/* Of an answer that names all: the others are gone, but for what is newer than it. */
static gboolean
take_answer (gpointer user_data, const BaseJson *root, GError **error)
{
  GuichetClips *self = user_data;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 version;

  if (!base_json_get_int (root, "version", 0, G_MAXINT64, &version, error) ||
      !take_all (self, root, seen, error))
    return FALSE;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->list)); i > 0; i--)
    {
      g_autoptr (GuichetClip) clip = g_list_model_get_item (G_LIST_MODEL (self->list), i - 1);

      if (!g_hash_table_contains (seen, guichet_clip_get_id (clip)) &&
          guichet_record_get_int (record (clip), CLIP_VERSION) <= version)
        g_list_store_remove (self->list, i - 1);
    }
  self->known = TRUE;
  return TRUE;
}

static void
ask (gpointer user_data)
{
  GuichetClips *self = user_data;

  guichet_inquiry_stop (self->inquiry);
  if (guichet_session_get_link_up (self->session))
    guichet_inquiry_ask (self->inquiry, "/v1/clips");
}

void
guichet_clips_online (GuichetClips *self)
{
  if (!self->known)
    ask (self);
  else
    guichet_inquiry_later (self->inquiry, (guint) g_random_int_range (0, SPREAD_MS));
}

gboolean
guichet_clips_apply_event (GuichetClips *self, const BaseJson *event, GError **error)
{
  gint64 version;
  BaseJson deleted;
  const char *id;

  if (!base_json_get_int (event, "version", 0, G_MAXINT64, &version, error) ||
      !take_all (self, event, NULL, error) ||
      !base_json_get_array (event, "deleted", ITEMS_MAX, &deleted, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&deleted); i++)
    {
      if (!base_json_item_string (&deleted, i, 256, &id, error))
        return FALSE;
      guichet_clips_drop (self, id, version);
    }
  return TRUE;
}

void
guichet_clips_forget (GuichetClips *self)
{
  guichet_inquiry_stop (self->inquiry);
  g_list_store_remove_all (self->list);
  g_hash_table_remove_all (self->gone);
  self->known = FALSE;
}

GuichetClips *
guichet_clips_new (GuichetSession *session, GListStore *list)
{
  GuichetClips *self = g_new0 (GuichetClips, 1);

  self->session = session;
  self->list = g_object_ref (list);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->inquiry = guichet_inquiry_new (session, ask, take_answer, "no_clips", self);
  return self;
}

void
guichet_clips_free (GuichetClips *self)
{
  guichet_inquiry_free (self->inquiry);
  g_hash_table_unref (self->gone);
  g_object_unref (self->list);
  g_free (self);
}
