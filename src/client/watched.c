/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetWatched: the lists with an index each, and the question under way. An event may overtake
 * the answer that it is newer than; so those that come while a question is under way are applied
 * once more after it: whatever changed later comes as an event anyway. Main loop. */
#include "client/watched.h"

#include "client/apply-fields.h"
#include "client/inquiry.h"

#define ITEMS_MAX 100000

typedef struct
{
  const GuichetWatchedPart *kind;
  GListStore *list;  /* not owned */
  GHashTable *index; /* id → its record */
} Part;

struct _GuichetWatched
{
  GuichetSession *session; /* owns this */
  const GuichetWatchedKind *kind;
  Part parts[2];
  GHashTable *teams; /* id → name */
  GuichetInquiry *inquiry;
  GPtrArray *meanwhile; /* JsonObject: events since it was sent */
  gint64 revision;
  gboolean watched;
};

static void
set_revision (GuichetWatched *self, gint64 revision)
{
  self->revision = revision;
  guichet_record_set_int (GUICHET_RECORD (self->session), self->kind->revision, revision);
}

/* --- lists ------------------------------------------------------------------------------------ */

static gboolean
fill (GuichetWatched *self,
      GuichetWatchedFill filled_by,
      GuichetRecord *one,
      const BaseJson *json,
      GError **error)
{
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (one));
  ok = filled_by (one, json, self->teams, error);
  g_object_thaw_notify (G_OBJECT (one));
  return ok;
}

/* Records stay; nothing moves where they are the same in the same order. */
static void
show (Part *part, GPtrArray *all)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (part->list));
  gboolean same = n == all->len;

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (part->list), i);

      same = item == all->pdata[i];
    }
  if (same)
    return;
  g_hash_table_remove_all (part->index);
  for (guint i = 0; i < all->len; i++)
    g_hash_table_insert (part->index, g_strdup (guichet_record_get_string (all->pdata[i], 0)),
                         g_object_ref (all->pdata[i]));
  g_list_store_splice (part->list, 0, n, all->pdata, all->len);
}

static gboolean
take_list (GuichetWatched *self, Part *part, const BaseJson *root, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  BaseJson array, item;
  const char *id;

  if (!base_json_get_array (root, part->kind->member, ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      GuichetRecord *one;

      if (!base_json_item_object (&array, i, &item, error) ||
          !base_json_get_string (&item, "id", 256, &id, error))
        return FALSE;
      one = g_hash_table_lookup (part->index, id);
      one = one != NULL
                ? g_object_ref (one)
                : g_object_new (g_list_model_get_item_type (G_LIST_MODEL (part->list)), NULL);
      g_ptr_array_add (all, one);
      if (!fill (self, part->kind->fill, one, &item, error))
        return FALSE;
    }
  show (part, all);
  return TRUE;
}

/* Somebody whom the answer did not name is ignored. */
static gboolean
take_changes (GuichetWatched *self, Part *part, const BaseJson *event, GError **error)
{
  BaseJson array, item;
  const char *id;

  if (!base_json_opt_array (event, part->kind->member, ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      GuichetRecord *one;

      if (!base_json_item_object (&array, i, &item, error) ||
          !base_json_get_string (&item, "id", 256, &id, error))
        return FALSE;
      one = g_hash_table_lookup (part->index, id);
      if (one != NULL && !fill (self, part->kind->change, one, &item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_event (GuichetWatched *self, const BaseJson *event, GError **error)
{
  for (guint i = 0; i < self->kind->n_parts; i++)
    if (!take_changes (self, &self->parts[i], event, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_teams (GuichetWatched *self, const BaseJson *root, GError **error)
{
  g_autoptr (GHashTable) teams = guichet_names_by_id (root, "teams", error);
  GHashTableIter iter;
  gpointer id, name;

  if (teams == NULL)
    return FALSE;
  g_hash_table_remove_all (self->teams);
  g_hash_table_iter_init (&iter, teams);
  while (g_hash_table_iter_next (&iter, &id, &name))
    g_hash_table_insert (self->teams, g_strdup (id), g_strdup (name));
  return TRUE;
}

static gboolean
take_answer (gpointer user_data, const BaseJson *root, GError **error)
{
  GuichetWatched *self = user_data;

  if (!take_teams (self, root, error))
    return FALSE;
  for (guint i = 0; i < self->kind->n_parts; i++)
    if (!take_list (self, &self->parts[i], root, error))
      return FALSE;
  for (guint i = 0; i < self->meanwhile->len; i++)
    {
      BaseJson event;

      base_json_from_object (&event, self->meanwhile->pdata[i]);
      take_event (self, &event, NULL);
    }
  g_ptr_array_set_size (self->meanwhile, 0);
  set_revision (self, self->revision + 1);
  return TRUE;
}

/* --- asking ----------------------------------------------------------------------------------- */

static void
stop_asking (GuichetWatched *self)
{
  guichet_inquiry_stop (self->inquiry);
  g_ptr_array_set_size (self->meanwhile, 0);
}

/* Whatever was asked before is asked anew. */
static void
ask (gpointer user_data)
{
  GuichetWatched *self = user_data;

  stop_asking (self);
  if (self->watched && guichet_session_get_link_up (self->session))
    guichet_inquiry_ask (self->inquiry, self->kind->path);
}

GuichetWatched *
guichet_watched_new (GuichetSession *session,
                     const GuichetWatchedKind *kind,
                     GListStore *const *lists)
{
  GuichetWatched *self = g_new0 (GuichetWatched, 1);

  self->session = session;
  self->kind = kind;
  self->inquiry = guichet_inquiry_new (session, ask, take_answer, kind->failure, self);
  self->meanwhile = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->teams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < kind->n_parts; i++)
    self->parts[i] =
        (Part){ &kind->parts[i], lists[i],
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref) };
  return self;
}

void
guichet_watched_free (GuichetWatched *self)
{
  guichet_inquiry_free (self->inquiry);
  g_ptr_array_unref (self->meanwhile);
  g_hash_table_unref (self->teams);
  for (guint i = 0; i < self->kind->n_parts; i++)
    g_hash_table_unref (self->parts[i].index);
  g_free (self);
}

/* Not looking any more is no command: what became of it matters to nobody. */
void
guichet_watched_watch (GuichetWatched *self, gboolean on)
{
  if (self->watched == on)
    return;
  self->watched = on;
  ask (self);
  if (!on && guichet_session_get_link_up (self->session))
    guichet_api_send_async (self->session->api, "DELETE", self->kind->path, NULL, NULL, NULL, NULL,
                            NULL);
}

void
guichet_watched_online (GuichetWatched *self)
{
  ask (self);
}

void
guichet_watched_forget (GuichetWatched *self)
{
  stop_asking (self);
  self->watched = FALSE;
  for (guint i = 0; i < self->kind->n_parts; i++)
    {
      g_hash_table_remove_all (self->parts[i].index);
      g_list_store_remove_all (self->parts[i].list);
    }
  set_revision (self, 0);
}

gboolean
guichet_watched_apply_event (GuichetWatched *self, const BaseJson *event, GError **error)
{
  if (!take_event (self, event, error))
    return FALSE;
  if (guichet_inquiry_is_open (self->inquiry))
    g_ptr_array_add (self->meanwhile, json_object_ref (event->object));
  if (self->revision > 0)
    set_revision (self, self->revision + 1);
  return TRUE;
}
