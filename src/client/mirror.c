/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mirror.h"

#include "client/inquiry.h"

#define ITEMS_MAX 2000
#define SPREAD_MS 2000 /* over which desks that come back together ask */

struct _GuichetMirror
{
  GuichetSession *session; /* owns this */
  const GuichetMirrorKind *kind;
  GListStore *list;
  GHashTable *gone; /* id → gint64 *: the version of what was deleted */
  GuichetInquiry *inquiry;
  gboolean known; /* asked once */
};

static guint
place_of (GuichetMirror *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetRecord) one = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_str_equal (guichet_record_get_string (one, 0), id))
        return i;
    }
  return n;
}

gpointer
guichet_mirror_find (GuichetMirror *self, const char *id)
{
  g_autoptr (GuichetRecord) one =
      g_list_model_get_item (G_LIST_MODEL (self->list), place_of (self, id));

  return one; /* the list holds it */
}

static gboolean
is_news (GuichetMirror *self, const char *id, gint64 version)
{
  const gint64 *gone = g_hash_table_lookup (self->gone, id);
  GuichetRecord *known;

  if (self->kind->version < 0)
    return TRUE;
  known = guichet_mirror_find (self, id);
  return (gone == NULL || *gone < version) &&
         (known == NULL || guichet_record_get_int (known, (guint) self->kind->version) < version);
}

static gboolean
get_version (GuichetMirror *self, const BaseJson *json, gint64 *version, GError **error)
{
  *version = 0;
  return self->kind->version < 0 ||
         base_json_get_int (json, "version", 0, G_MAXINT64, version, error);
}

static gpointer
take (GuichetMirror *self, const BaseJson *json, gboolean tell, GError **error)
{
  g_autoptr (GuichetRecord) one = NULL;
  gint64 version;
  const char *id;
  guint at;

  if (!base_json_get_string (json, "id", 256, &id, error) ||
      !get_version (self, json, &version, error))
    return NULL;
  if (!is_news (self, id, version))
    return guichet_mirror_find (self, id);
  at = place_of (self, id);
  one = g_list_model_get_item (G_LIST_MODEL (self->list), at);
  if (one != NULL)
    {
      if (!self->kind->apply (one, json, error))
        return NULL;
      /* For those that watch the list: one of it is another, and may have another place. */
      g_list_store_remove (self->list, at);
      g_list_store_insert_sorted (self->list, one, self->kind->compare, NULL);
      return one;
    }
  one = g_object_new (self->kind->type (), NULL);
  if (!self->kind->apply (one, json, error))
    return NULL;
  g_list_store_insert_sorted (self->list, one, self->kind->compare, NULL);
  if (tell && self->kind->came != NULL)
    self->kind->came (self->session, one);
  return one;
}

gpointer
guichet_mirror_take (GuichetMirror *self, const BaseJson *json, GError **error)
{
  return take (self, json, FALSE, error);
}

void
guichet_mirror_drop (GuichetMirror *self, const char *id, gint64 version)
{
  guint at = place_of (self, id);

  if (!is_news (self, id, version))
    return;
  if (self->kind->version >= 0)
    g_hash_table_replace (self->gone, g_strdup (id), g_memdup2 (&version, sizeof version));
  if (at < g_list_model_get_n_items (G_LIST_MODEL (self->list)))
    g_list_store_remove (self->list, at);
}

static gboolean
take_all (GuichetMirror *self,
          const BaseJson *json,
          gboolean tell,
          GHashTable *seen,
          GError **error)
{
  BaseJson all, item;

  if (!base_json_get_array (json, self->kind->member, ITEMS_MAX, &all, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&all); i++)
    {
      g_autoptr (GError) problem = NULL;
      const char *id = NULL;

      if (!base_json_item_object (&all, i, &item, error))
        return FALSE;
      take (self, &item, tell, &problem);
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
  GuichetMirror *self = user_data;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 version;

  /* What came while the link was away is told of; what was there at the sign-in is not. */
  if (!get_version (self, root, &version, error) ||
      !take_all (self, root, self->known, seen, error))
    return FALSE;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->list)); i > 0; i--)
    {
      g_autoptr (GuichetRecord) one = g_list_model_get_item (G_LIST_MODEL (self->list), i - 1);

      if (!g_hash_table_contains (seen, guichet_record_get_string (one, 0)) &&
          (self->kind->version < 0 ||
           guichet_record_get_int (one, (guint) self->kind->version) <= version))
        g_list_store_remove (self->list, i - 1);
    }
  self->known = TRUE;
  return TRUE;
}

static void
ask (gpointer user_data)
{
  GuichetMirror *self = user_data;

  guichet_inquiry_stop (self->inquiry);
  if (guichet_session_get_link_up (self->session))
    guichet_inquiry_ask (self->inquiry, self->kind->path);
}

void
guichet_mirror_online (GuichetMirror *self)
{
  if (!self->known)
    ask (self);
  else
    guichet_inquiry_later (self->inquiry, (guint) g_random_int_range (0, SPREAD_MS));
}

gboolean
guichet_mirror_apply_event (GuichetMirror *self, const BaseJson *event, GError **error)
{
  gint64 version;
  BaseJson deleted;
  const char *id;

  if (!get_version (self, event, &version, error) || !take_all (self, event, TRUE, NULL, error) ||
      !base_json_get_array (event, "deleted", ITEMS_MAX, &deleted, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&deleted); i++)
    {
      if (!base_json_item_string (&deleted, i, 256, &id, error))
        return FALSE;
      guichet_mirror_drop (self, id, version);
    }
  return TRUE;
}

void
guichet_mirror_forget (GuichetMirror *self)
{
  guichet_inquiry_stop (self->inquiry);
  g_list_store_remove_all (self->list);
  g_hash_table_remove_all (self->gone);
  self->known = FALSE;
}

GListModel *
guichet_mirror_get_list (GuichetMirror *self)
{
  return G_LIST_MODEL (self->list);
}

GuichetMirror *
guichet_mirror_new (GuichetSession *session, const GuichetMirrorKind *kind)
{
  GuichetMirror *self = g_new0 (GuichetMirror, 1);

  self->session = session;
  self->kind = kind;
  self->list = g_list_store_new (kind->type ());
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->inquiry = guichet_inquiry_new (session, ask, take_answer, kind->failure, self);
  return self;
}

void
guichet_mirror_free (GuichetMirror *self)
{
  guichet_inquiry_free (self->inquiry);
  g_hash_table_unref (self->gone);
  g_object_unref (self->list);
  g_free (self);
}
