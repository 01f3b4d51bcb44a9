/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recordings of calls, beside the database as attachments are. A row is there before its file,
 * and a file goes after its row. Owns the ids of those that are being made, and of those whose rows
 * are on their way out. Centre's thread. */

#include "server/centre/recordings.h"

#include "base/json.h"

#include <glib/gstdio.h>
#include <string.h>

#define FRESH_SECONDS 3600
#define PATIENCE_US   (60 * G_USEC_PER_SEC)

struct _Recordings
{
  Centre *centre;
  GHashTable *live; /* set of ids */
  GHashTable *lost; /* id → Unfinished: from before our start, no file of them yet */
  gint64 loaded;
  GPtrArray *leaving; /* ids whose rows go */
};

/* A row without a length. */
typedef struct
{
  char *id, *interaction;
  gint64 begun;
} Unfinished;

static void
unfinished_free (gpointer data)
{
  g_free (((Unfinished *) data)->id);
  g_free (((Unfinished *) data)->interaction);
  g_free (data);
}

Recordings *
recordings_new (Centre *centre)
{
  Recordings *self = g_new0 (Recordings, 1);

  self->centre = centre;
  self->live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lost = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unfinished_free);
  self->leaving = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
recordings_free (Recordings *self)
{
  g_hash_table_unref (self->live);
  g_hash_table_unref (self->lost);
  g_ptr_array_unref (self->leaving);
  g_free (self);
}

static Files *
files_of (Recordings *self)
{
  return store_recordings (centre_store (self->centre));
}

static char *
file_of (const char *id)
{
  return g_strconcat (id, ".opus", NULL);
}

/* --- one is made ------------------------------------------------------------------------------ */

static void
write_change (Recordings *self, StoreBatch *batch)
{
  store_submit (centre_store (self->centre), batch, NULL, NULL);
}

char *
recordings_begin (Recordings *self, const Record *record)
{
  return recordings_begin_in (self, record, NULL);
}

char *
recordings_begin_in (Recordings *self, const Record *record, const char *box)
{
  g_autofree char *uuid = g_uuid_string_random ();
  char *id = g_strconcat ("r", uuid, NULL);
  StoreBatch *batch = store_batch_new ();

  store_batch_add (batch, STORE_RECORDING_ADD, id, record->text, centre_now (self->centre), box);
  write_change (self, batch);
  g_hash_table_add (self->live, g_strdup (id));

  return id;
}

char *
recordings_path (Recordings *self, const char *id)
{
  g_autofree char *file = file_of (id);
  char *path = files_path (files_of (self), file);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir (folder, 0700); /* the engine says so where that failed */

  return path;
}

void
recordings_end (Recordings *self, const char *id, guint64 ms)
{
  recordings_end_then (self, id, ms, NULL, NULL);
}

void
recordings_end_then (Recordings *self,
                     const char *id,
                     guint64 ms,
                     CentreReadyFunc done,
                     gpointer user_data)
{
  StoreBatch *batch = store_batch_new ();

  store_batch_add (batch, STORE_RECORDING_END, id, (gint64) ms);
  if (done != NULL)
    centre_write (self->centre, batch, done, user_data);
  else
    write_change (self, batch);
  g_hash_table_remove (self->live, id);
}

static void
remove_file (Recordings *self, const char *id)
{
  g_autofree char *file = file_of (id);

  files_remove (files_of (self), file);
}

void
recordings_drop (Recordings *self, const char *id)
{
  StoreBatch *batch = store_batch_new ();

  store_batch_add (batch, STORE_RECORDING_DROP, id);
  write_change (self, batch);
  g_hash_table_remove (self->live, id);
  remove_file (self, id);
}

/* --- reading ---------------------------------------------------------------------------------- */

GBytes *
recordings_read (Recordings *self, const char *id)
{
  g_autofree char *file = file_of (id);

  return files_read (files_of (self), file, NULL);
}

typedef struct
{
  Recordings *self;
  JsonArray *array;
} Listing;

static void
on_json_row (StoreRow *row, gpointer user_data)
{
  Listing *listing = user_data;
  JsonObject *object;

  if (g_hash_table_contains (listing->self->lost, store_row_text (row, 0)))
    return;
  object = json_object_new ();
  base_json_set_string (object, "id", store_row_text (row, 0));
  base_json_set_time (object, "at", store_row_int (row, 1));
  json_object_set_int_member (object, "duration", store_row_int (row, 2));
  json_array_add_object_element (listing->array, object);
}

JsonArray *
recordings_to_json (Recordings *self, const char *interaction, gboolean in_boxes)
{
  Listing listing = { self, json_array_new () };

  store_query (centre_store (self->centre), NULL, on_json_row, &listing, STORE_GET_RECORDINGS_OF,
               interaction, (gint64) in_boxes);

  return listing.array;
}

static void
on_text_row (StoreRow *row, gpointer user_data)
{
  *(char **) user_data = g_strdup (store_row_text (row, 0));
}

char *
recordings_interaction (Recordings *self, const char *id, gboolean in_boxes)
{
  char *interaction = NULL;

  store_query (centre_store (self->centre), NULL, on_text_row, &interaction, STORE_GET_RECORDING,
               id, (gint64) in_boxes);

  return interaction;
}

/* --- forgetting ------------------------------------------------------------------------------- */

static void
on_id_row (StoreRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (store_row_text (row, 0)));
}

static void
on_rows_gone (gpointer user_data)
{
  Recordings *self = user_data;

  for (guint i = 0; i < self->leaving->len; i++)
    remove_file (self, g_ptr_array_index (self->leaving, i));
  g_ptr_array_set_size (self->leaving, 0);
}

void
recordings_erase (Recordings *self, const char *interaction, StoreBatch *batch)
{
  store_query (centre_store (self->centre), NULL, on_id_row, self->leaving, STORE_GET_RECORDINGS_OF,
               interaction, (gint64) TRUE);
  store_batch_add (batch, STORE_RECORDING_ERASE, interaction);
}

void
recordings_erased (Recordings *self)
{
  if (self->leaving->len > 0)
    centre_after_durable (self->centre, on_rows_gone, self);
}

/* A file without a row: one that was being made as its customer was erased. */
static void
on_files (const char *const *names, gpointer user_data)
{
  Recordings *self = user_data;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *end = strrchr (names[i], '.');
      g_autofree char *id =
          end != NULL ? g_strndup (names[i], (gsize) (end - names[i])) : g_strdup (names[i]);
      g_autofree char *interaction = recordings_interaction (self, id, TRUE);

      if (interaction == NULL && !g_hash_table_contains (self->live, id))
        files_remove (files_of (self), names[i]);
    }
}

static void
sweep (Recordings *self)
{
  files_list (files_of (self), g_get_real_time () / G_USEC_PER_SEC - FRESH_SECONDS, on_files, self);
}

/* No engine had them for a minute: none has them. */
static void
drop_lost (Recordings *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->lost);

  if (g_get_monotonic_time () - self->loaded < PATIENCE_US)
    return;
  for (GList *at = ids; at != NULL; at = at->next)
    recordings_drop (self, at->data);
  g_hash_table_remove_all (self->lost);
}

void
recordings_forget (Recordings *self, gint64 before, gint64 put_away_before)
{
  StoreBatch *batch = store_batch_new ();

  drop_lost (self);
  store_query (centre_store (self->centre), NULL, on_id_row, self->leaving,
               STORE_GET_RECORDINGS_BEFORE, before, put_away_before);
  store_batch_add (batch, STORE_RECORDING_TRIM, before, put_away_before);
  centre_write (self->centre, batch, on_rows_gone, self);
  sweep (self);
}

/* --- what a crash left ------------------------------------------------------------------------ */

#define PAGE_HEADER  14
#define PRE_SKIP     312 /* of the encoder, in samples of 48 kHz */
#define LAST_PAGE_IN 65536

/* By the time of its last page: an Ogg file has no other length. */
static gint64
length_of (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize least = size > LAST_PAGE_IN ? size - LAST_PAGE_IN : 0;

  for (gsize at = size >= PAGE_HEADER ? size - PAGE_HEADER : 0; at > least; at--)
    {
      guint64 position;

      if (memcmp (data + at, "OggS", 4) != 0)
        continue;
      memcpy (&position, data + at + 6, sizeof position);
      position = GUINT64_FROM_LE (position);
      if (position < G_MAXINT64)
        return MAX ((gint64) position - PRE_SKIP, 0) / 48;
    }

  return 0;
}

static void
on_unfinished_row (StoreRow *row, gpointer user_data)
{
  Unfinished *unfinished = g_new (Unfinished, 1);

  unfinished->id = g_strdup (store_row_text (row, 0));
  unfinished->begun = store_row_int (row, 1);
  unfinished->interaction = g_strdup (store_row_text (row, 2));
  g_hash_table_insert (user_data, unfinished->id, unfinished);
}

/* TRUE: it waits for an engine that has it. */
static gboolean
waits (Recordings *self, const Unfinished *unfinished)
{
  g_autoptr (GBytes) bytes = recordings_read (self, unfinished->id);

  if (bytes == NULL)
    return TRUE;
  recordings_end (self, unfinished->id, (guint64) length_of (bytes));

  return FALSE;
}

gboolean
recordings_load (Recordings *self, GError **error)
{
  GHashTableIter iter;
  gpointer unfinished;

  if (!store_query (centre_store (self->centre), error, on_unfinished_row, self->lost,
                    STORE_GET_RECORDINGS_UNFINISHED))
    return FALSE;
  g_hash_table_iter_init (&iter, self->lost);
  while (g_hash_table_iter_next (&iter, NULL, &unfinished))
    if (!waits (self, unfinished))
      g_hash_table_iter_remove (&iter);
  self->loaded = g_get_monotonic_time ();
  sweep (self);

  return TRUE;
}

char *
recordings_take_up (Recordings *self, const char *id, gint64 *begun)
{
  Unfinished *unfinished = g_hash_table_lookup (self->lost, id);
  char *interaction;

  if (unfinished == NULL)
    return NULL;
  *begun = unfinished->begun;
  interaction = g_steal_pointer (&unfinished->interaction);
  g_hash_table_remove (self->lost, id);
  g_hash_table_add (self->live, g_strdup (id));

  return interaction;
}
