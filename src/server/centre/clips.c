/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips: read from the store, changed, committed, told; what is left of them on the disk is cleared
 * away. Centre's thread. */

#include "server/centre/clips.h"

#include "base/ids.h"
#include "base/json.h"

#include <string.h>

#define SENT_MAX      8 /* sounds of an agent that no clip has taken */
#define SENT_FOR_MS   3600000
#define UNDO_FOR_MS   3600000
#define FRESH_SECONDS 86400 /* a file that nothing names is left alone for so long */
#define SWEEP_SECONDS 3600

struct _Clips
{
  Centre *centre;
  GHashTable *clips;  /* id → Clip */
  GHashTable *sounds; /* id → ClipSound */
  guint sweep_source;
};

static void
clip_free (gpointer data)
{
  Clip *clip = data;

  g_free (clip->id);
  g_free (clip->agent);
  g_free (clip->label);
  g_strfreev (clip->tags);
  g_free (clip->file);
  g_free (clip);
}

static void
sound_free (gpointer data)
{
  ClipSound *sound = data;

  g_free (sound->id);
  g_free (sound);
}

Clips *
clips_new (Centre *centre)
{
  Clips *self = g_new0 (Clips, 1);

  self->centre = centre;
  self->clips = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, clip_free);
  self->sounds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, sound_free);

  return self;
}

void
clips_free (Clips *self)
{
  g_clear_handle_id (&self->sweep_source, g_source_remove);
  g_hash_table_unref (self->clips);
  g_hash_table_unref (self->sounds);
  g_free (self);
}

/* --- what is left on the disk ----------------------------------------------------------------- */

static gboolean
is_needed (Clips *self, const char *file)
{
  const gint64 now = centre_now (self->centre);
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_contains (self->sounds, file))
    return TRUE;
  g_hash_table_iter_init (&iter, self->clips);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Clip *clip = value;

      if (g_str_equal (clip->file, file))
        return !clip->deleted || now - clip->at < UNDO_FOR_MS;
    }

  return FALSE;
}

static void
on_files (const char *const *ids, gpointer user_data)
{
  Clips *self = user_data;

  for (guint i = 0; ids[i] != NULL; i++)
    if (!is_needed (self, ids[i]))
      files_remove (store_clips (centre_store (self->centre)), ids[i]);
}

static gboolean
is_stale (gpointer key, gpointer value, gpointer user_data)
{
  return ((const ClipSound *) value)->at < *(const gint64 *) user_data;
}

static gboolean
on_sweep (gpointer user_data)
{
  Clips *self = user_data;
  const gint64 before = centre_now (self->centre) - SENT_FOR_MS;

  g_hash_table_foreach_remove (self->sounds, is_stale, (gpointer) &before);
  files_list (store_clips (centre_store (self->centre)),
              g_get_real_time () / G_USEC_PER_SEC - FRESH_SECONDS, on_files, self);

  return G_SOURCE_CONTINUE;
}

/* --- reading ---------------------------------------------------------------------------------- */

static char **
tags_from_json (const char *json)
{
  g_autoptr (JsonNode) node = base_json_parse (json, strlen (json), NULL, NULL);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (tags, g_strdup (json_array_get_string_element (array, i)));
  g_ptr_array_add (tags, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&tags), FALSE);
}

static void
on_row (StoreRow *row, gpointer user_data)
{
  Clips *self = user_data;
  Clip *clip = g_new0 (Clip, 1);

  clip->id = g_strdup (store_row_text (row, 0));
  clip->agent = g_strdup (store_row_text (row, 1));
  clip->label = g_strdup (store_row_text (row, 2));
  clip->tags = tags_from_json (store_row_text (row, 3));
  clip->file = g_strdup (store_row_text (row, 4));
  clip->ms = store_row_int (row, 5);
  clip->archived = store_row_int (row, 6) != 0;
  clip->deleted = store_row_int (row, 7) != 0;
  clip->revision = store_row_int (row, 8);
  clip->version = store_row_int (row, 9);
  clip->at = store_row_int (row, 10);
  g_hash_table_insert (self->clips, clip->id, clip);
}

gboolean
clips_load (Clips *self, GError **error)
{
  if (!store_query (centre_store (self->centre), error, on_row, self, STORE_GET_CLIPS))
    return FALSE;
  on_sweep (self);
  self->sweep_source = g_timeout_add_seconds (SWEEP_SECONDS, on_sweep, self);

  return TRUE;
}

Clip *
clips_find (Clips *self, const char *id)
{
  return g_hash_table_lookup (self->clips, id);
}

GPtrArray *
clips_of (Clips *self, const char *agent)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->clips);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Clip *clip = value;

      if (!clip->deleted && (*clip->agent == '\0' || g_str_equal (clip->agent, agent)))
        g_ptr_array_add (list, value);
    }

  return list;
}

guint
clips_count (Clips *self, const char *owner)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->clips);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Clip *clip = value;

      n += !clip->deleted && g_str_equal (clip->agent, owner) ? 1 : 0;
    }

  return n;
}

JsonObject *
clip_to_json (const Clip *clip)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", clip->id);
  base_json_set_string (object, "scope", *clip->agent == '\0' ? "public" : "personal");
  base_json_set_string (object, "label", clip->label);
  base_json_set_strings (object, "tags", (const char *const *) clip->tags);
  json_object_set_double_member (object, "seconds", (double) clip->ms / 1000);
  json_object_set_boolean_member (object, "archived", clip->archived);
  json_object_set_int_member (object, "revision", clip->revision);
  json_object_set_int_member (object, "version", clip->version);

  return object;
}

GBytes *
clips_read (Clips *self, const Clip *clip)
{
  return files_read (store_clips (centre_store (self->centre)), clip->file, NULL);
}

/* --- sounds that were sent -------------------------------------------------------------------- */

gboolean
clips_may_send (Clips *self, const char *agent)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->sounds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n += ((const ClipSound *) value)->agent == agent ? 1 : 0;

  return n < SENT_MAX;
}

void
clips_sent (Clips *self, const char *id, const char *agent, gint64 ms)
{
  ClipSound *sound = g_new0 (ClipSound, 1);

  sound->id = g_strdup (id);
  sound->agent = g_intern_string (agent);
  sound->ms = ms;
  sound->at = centre_now (self->centre);
  g_hash_table_insert (self->sounds, sound->id, sound);
}

ClipSound *
clips_sound (Clips *self, const char *id, const char *agent)
{
  ClipSound *sound = g_hash_table_lookup (self->sounds, id);

  return sound != NULL && sound->agent == g_intern_string (agent) ? sound : NULL;
}

/* --- changing --------------------------------------------------------------------------------- */

static void
put (const Clip *clip, StoreBatch *batch)
{
  g_autoptr (JsonArray) tags = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  for (guint i = 0; clip->tags[i] != NULL; i++)
    json_array_add_string_element (tags, clip->tags[i]);
  json_node_set_array (node, tags);
  text = json_to_string (node, FALSE);
  store_batch_add (batch, STORE_CLIP_SET, clip->id, clip->agent, clip->label, text, clip->file,
                   clip->ms, (gint64) clip->archived, (gint64) clip->deleted, clip->revision,
                   clip->version, clip->at);
}

static Clip *
add_clip (Clips *self, const char *owner)
{
  Clip *clip = g_new0 (Clip, 1);

  clip->id = base_token_new (9);
  clip->agent = g_strdup (owner);
  clip->tags = g_new0 (char *, 1);
  g_hash_table_insert (self->clips, clip->id, clip);

  return clip;
}

static void
take_sound (Clips *self, Clip *clip, const ClipSound *sound)
{
  g_free (clip->file);
  clip->file = g_strdup (sound->id);
  clip->ms = sound->ms;
  g_hash_table_remove (self->sounds, clip->file);
}

Clip *
clips_set (Clips *self, Clip *known, const char *owner, const ClipWish *wish, StoreBatch *batch)
{
  Clip *clip = known != NULL ? known : add_clip (self, owner);

  if (wish->label != NULL)
    {
      g_free (clip->label);
      clip->label = g_strdup (wish->label);
    }
  if (wish->tags != NULL)
    {
      g_strfreev (clip->tags);
      clip->tags = g_strdupv (wish->tags);
    }
  if (wish->sound != NULL)
    take_sound (self, clip, wish->sound);
  clip->archived = wish->archived;
  clip->deleted = wish->deleted;
  clip->revision++;
  clip->version = centre_seq (self->centre) + 1;
  clip->at = centre_now (self->centre);
  put (clip, batch);

  return clip;
}

void
clips_commit (Clips *self,
              const Clip *clip,
              const char *by,
              StoreBatch *batch,
              CentreReadyFunc done,
              gpointer user_data)
{
  JsonObject *journal = json_object_new ();
  JsonObject *notice = json_object_new ();
  JsonArray *clips = json_array_new ();
  JsonArray *deleted = json_array_new ();

  base_json_set_string (journal, "type", "clip.changed");
  base_json_set_string (journal, "agent", by);
  base_json_set_string (journal, "clip", clip->id);
  if (clip->deleted)
    json_array_add_string_element (deleted, clip->id);
  else
    json_array_add_object_element (clips, clip_to_json (clip));
  json_object_set_int_member (notice, "version", clip->version);
  json_object_set_array_member (notice, "clips", clips);
  json_object_set_array_member (notice, "deleted", deleted);
  centre_announce (self->centre, *clip->agent != '\0' ? clip->agent : NULL, "clip.changed", by,
                   journal, notice, batch, done, user_data);
}
