/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetCanned: an event may overtake the answer that it is newer than: every reply has a number
 * that grows with its changes, and the greater one stays. Up to which number everything is known is
 * written down only when it is. Main loop. */
#include "client/canned.h"

#include "client/apply-fields.h"
#include "client/fields/writing.h"
#include "client/inquiry.h"

#include <string.h>

#define ITEMS_MAX 100000
#define SPREAD_MS 2000 /* over which desks that come back together ask */
#define MANY      20   /* more than these and the list is made anew */

struct _GuichetCanned
{
  GuichetSession *session; /* owns this */
  GuichetCannedIndex *index;
  GHashTable *gone; /* id → gint64 *: the number of what was deleted since the sign-in */
  GuichetInquiry *inquiry;
  char *epoch;      /* of version */
  gint64 version;   /* up to which all is known */
  gint64 told;      /* the greatest number that events have told */
  gboolean current; /* the last question was answered and the link has not broken since */
};

static void ask (gpointer user_data);
static gboolean take_answer (gpointer user_data, const BaseJson *root, GError **error);

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

GuichetCanned *
guichet_canned_new (GuichetSession *session, GListStore *list)
{
  GuichetCanned *self = g_new0 (GuichetCanned, 1);

  self->session = session;
  self->inquiry = guichet_inquiry_new (session, ask, take_answer, "no_canned_replies", self);
  self->index = guichet_canned_index_new (list);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
guichet_canned_free (GuichetCanned *self)
{
  guichet_inquiry_free (self->inquiry);
  guichet_canned_index_free (self->index);
  g_hash_table_unref (self->gone);
  g_free (self->epoch);
  g_free (self);
}

/* --- one reply -------------------------------------------------------------------------------- */

static gboolean
apply_texts (GuichetRecord *reply, const BaseJson *json, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autoptr (GList) languages = NULL;
  BaseJson object;

  if (!base_json_get_object (json, "texts", &object, error))
    return FALSE;
  languages = g_list_sort (json_object_get_members (object.object), (GCompareFunc) strcmp);
  for (GList *l = languages; l != NULL; l = l->next)
    {
      const char *text;
      if (!base_json_get_string (&object, l->data, 64 * 1024, &text, error))
        return FALSE;
      g_ptr_array_add (texts, l->data);
      g_ptr_array_add (texts, (gpointer) text);
    }
  g_ptr_array_add (texts, NULL);
  guichet_record_set_strv (reply, REPLY_TEXTS, (const char *const *) texts->pdata);
  return TRUE;
}

static gboolean
apply_reply (GuichetRecord *reply, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", REPLY_ID, GUICHET_JSON_TEXT },
    { "name", REPLY_NAME, GUICHET_JSON_TEXT },
    { "shortcut", REPLY_SHORTCUT, GUICHET_JSON_TEXT },
    { "category", REPLY_CATEGORY, GUICHET_JSON_TEXT },
    { "revision", REPLY_REVISION, GUICHET_JSON_INT },
    { "version", REPLY_VERSION, GUICHET_JSON_INT },
  };
  const char *scope;
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (reply));
  ok = APPLY_FIELDS (reply, json, fields, error) && apply_texts (reply, json, error) &&
       base_json_get_string (json, "scope", 64, &scope, error);
  if (ok)
    guichet_record_set_bool (reply, REPLY_PERSONAL, g_str_equal (scope, "personal"));
  g_object_thaw_notify (G_OBJECT (reply));
  return ok;
}

static void
keep (GuichetCanned *self, const char *id, const BaseJson *json)
{
  g_autofree char *text = json != NULL ? base_json_to_text (json->object) : NULL;

  if (self->session->store != NULL)
    guichet_store_keep_reply (self->session->store, id, text);
}

/* TRUE: nothing newer is known. */
static gboolean
is_news (GuichetCanned *self, const char *id, gint64 version)
{
  const gint64 *gone = g_hash_table_lookup (self->gone, id);
  GuichetCannedReply *known = guichet_canned_index_find (self->index, id);

  return (gone == NULL || *gone < version) &&
         (known == NULL || guichet_record_get_int (record (known), REPLY_VERSION) < version);
}

/* The one that is known, filled anew, or a new one; NULL without an error: it is not newer. */
static GuichetRecord *
read_news (GuichetCanned *self, const BaseJson *json, GError **error)
{
  g_autoptr (GuichetRecord) reply = NULL;
  GuichetCannedReply *known;
  gint64 version;
  const char *id;

  if (!base_json_get_string (json, "id", 256, &id, error) ||
      !base_json_get_int (json, "version", 0, G_MAXINT64, &version, error) ||
      !is_news (self, id, version))
    return NULL;
  known = guichet_canned_index_find (self->index, id);
  reply = known != NULL ? record (g_object_ref (known))
                        : g_object_new (GUICHET_TYPE_CANNED_REPLY, NULL);
  if (!apply_reply (reply, json, error))
    return NULL;
  keep (self, id, json);
  return g_steal_pointer (&reply);
}

gboolean
guichet_canned_take (GuichetCanned *self, const BaseJson *json, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GuichetRecord) reply = read_news (self, json, &problem);

  if (reply != NULL)
    guichet_canned_index_put (self->index, GUICHET_CANNED_REPLY (reply));
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
guichet_canned_drop (GuichetCanned *self, const char *id, gint64 version)
{
  if (!is_news (self, id, version))
    return;
  g_hash_table_replace (self->gone, g_strdup (id), g_memdup2 (&version, sizeof version));
  guichet_canned_index_remove (self->index, id);
  keep (self, id, NULL);
}

GPtrArray *
guichet_canned_search (GuichetCanned *self, const char *query, const char *category, guint limit)
{
  return guichet_canned_index_search (self->index, query, category, limit);
}

GuichetCannedReply *
guichet_canned_find (GuichetCanned *self, const char *id)
{
  return guichet_canned_index_find (self->index, id);
}

/* --- many ------------------------------------------------------------------------------------- */

static gboolean
take_few (GuichetCanned *self, const BaseJson *replies, GError **error)
{
  BaseJson item;

  for (guint i = 0; i < base_json_length (replies); i++)
    if (!base_json_item_object (replies, i, &item, error) ||
        !guichet_canned_take (self, &item, error))
      return FALSE;
  return TRUE;
}

/* Those that are known; of an answer that names all of them, only what is newer than it. */
static GHashTable *
known_after (GuichetCanned *self, gboolean all, gint64 version)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  GListModel *list = G_LIST_MODEL (self->session->canned_list);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      GuichetRecord *one = g_list_model_get_item (list, i);

      if (all || guichet_record_get_int (one, REPLY_VERSION) > version)
        g_hash_table_insert (known, (gpointer) guichet_record_get_string (one, REPLY_ID), one);
      else
        g_object_unref (one);
    }
  return known;
}

static void
drop_missing (GuichetCanned *self, GHashTable *left)
{
  GListModel *list = G_LIST_MODEL (self->session->canned_list);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetRecord) one = g_list_model_get_item (list, i);
      const char *id = guichet_record_get_string (one, REPLY_ID);

      if (!g_hash_table_contains (left, id))
        keep (self, id, NULL);
    }
}

static gboolean
take_many (GuichetCanned *self,
           const BaseJson *replies,
           gboolean all,
           gint64 version,
           GError **error)
{
  g_autoptr (GHashTable) left = known_after (self, !all, version);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) problem = NULL;
  GHashTableIter iter;
  gpointer one;
  BaseJson item;

  for (guint i = 0; i < base_json_length (replies) && problem == NULL; i++)
    {
      GuichetRecord *reply = base_json_item_object (replies, i, &item, &problem)
                                 ? read_news (self, &item, &problem)
                                 : NULL;
      const char *id = "";

      base_json_opt_string (&item, "id", 256, "", &id, NULL);
      if (reply == NULL && guichet_canned_index_find (self->index, id) != NULL)
        reply = record (g_object_ref (guichet_canned_index_find (self->index, id)));
      if (reply != NULL)
        g_hash_table_replace (left, (gpointer) guichet_record_get_string (reply, REPLY_ID), reply);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  drop_missing (self, left);
  g_hash_table_iter_init (&iter, left);
  while (g_hash_table_iter_next (&iter, NULL, &one))
    g_ptr_array_add (sorted, g_object_ref (one));
  guichet_canned_index_fill (self->index, sorted);
  return TRUE;
}

static gboolean
take_deleted (GuichetCanned *self, const BaseJson *json, gint64 version, GError **error)
{
  BaseJson deleted;
  const char *id;

  if (!base_json_get_array (json, "deleted", ITEMS_MAX, &deleted, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&deleted); i++)
    {
      if (!base_json_item_string (&deleted, i, 256, &id, error))
        return FALSE;
      guichet_canned_drop (self, id, version);
    }
  return TRUE;
}

/* Numbers of another life of the store say nothing. */
static void
begin_epoch (GuichetCanned *self, const char *epoch)
{
  GListModel *list = G_LIST_MODEL (self->session->canned_list);

  if (g_strcmp0 (self->epoch, epoch) == 0)
    return;
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  self->version = 0;
  g_hash_table_remove_all (self->gone);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetRecord) one = g_list_model_get_item (list, i);
      guichet_record_set_int (one, REPLY_VERSION, 0);
    }
}

static void
set_version (GuichetCanned *self, gint64 version)
{
  g_autofree char *mark = NULL;

  self->version = MAX (self->version, version);
  mark = g_strdup_printf ("%" G_GINT64_FORMAT " %s", self->version, self->epoch);
  if (self->session->store != NULL)
    guichet_store_keep_mark (self->session->store, "canned", mark);
}

/* --- the question ----------------------------------------------------------------------------- */

static gboolean
take_answer (gpointer user_data, const BaseJson *root, GError **error)
{
  GuichetCanned *self = user_data;
  gint64 since, version;
  const char *epoch;
  BaseJson replies;

  if (!base_json_get_string (root, "epoch", 256, &epoch, error) ||
      !base_json_get_int (root, "since", 0, G_MAXINT64, &since, error) ||
      !base_json_get_int (root, "version", 0, G_MAXINT64, &version, error) ||
      !base_json_get_array (root, "canned_replies", ITEMS_MAX, &replies, error))
    return FALSE;
  begin_epoch (self, epoch);
  if (since > 0 && base_json_length (&replies) <= MANY
          ? !take_few (self, &replies, error)
          : !take_many (self, &replies, since == 0, version, error))
    return FALSE;
  if (!take_deleted (self, root, version, error))
    return FALSE;
  self->current = TRUE;
  set_version (self, MAX (version, self->told));
  return TRUE;
}

static void
ask (gpointer user_data)
{
  GuichetCanned *self = user_data;
  gboolean same = g_strcmp0 (self->epoch, self->session->epoch) == 0;
  g_autofree char *path = g_strdup_printf ("/v1/canned-replies?since=%" G_GINT64_FORMAT,
                                           same ? self->version : (gint64) 0);

  guichet_inquiry_stop (self->inquiry);
  self->current = FALSE;
  if (!guichet_session_get_link_up (self->session))
    return;
  self->told = 0;
  guichet_inquiry_ask (self->inquiry, path);
}

void
guichet_canned_online (GuichetCanned *self)
{
  self->current = FALSE;
  if (g_strcmp0 (self->epoch, self->session->epoch) != 0)
    ask (self); /* nothing is there yet that could be shown meanwhile */
  else
    guichet_inquiry_later (self->inquiry, (guint) g_random_int_range (0, SPREAD_MS));
}

void
guichet_canned_load (GuichetCanned *self, GPtrArray *replies, const char *mark)
{
  g_auto (GStrv) parts = g_strsplit (mark != NULL ? mark : "", " ", 2);
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func (g_object_unref);

  if (parts[0] == NULL || parts[1] == NULL)
    return;
  self->version = g_ascii_strtoll (parts[0], NULL, 10);
  g_free (self->epoch);
  self->epoch = g_strdup (parts[1]);
  for (guint i = 0; i < replies->len; i++)
    {
      const char *text = replies->pdata[i];
      g_autoptr (JsonNode) node = base_json_parse (text, strlen (text), NULL, NULL);
      g_autoptr (GuichetRecord) one = g_object_new (GUICHET_TYPE_CANNED_REPLY, NULL);
      BaseJson json;

      if (node != NULL && base_json_root (&json, node, NULL) && apply_reply (one, &json, NULL))
        g_ptr_array_add (known, g_steal_pointer (&one));
    }
  guichet_canned_index_fill (self->index, known);
}

void
guichet_canned_forget (GuichetCanned *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  guichet_inquiry_stop (self->inquiry);
  guichet_canned_index_fill (self->index, none);
  g_hash_table_remove_all (self->gone);
  g_clear_pointer (&self->epoch, g_free);
  self->version = self->told = 0;
  self->current = FALSE;
}

gboolean
guichet_canned_apply_event (GuichetCanned *self, const BaseJson *event, GError **error)
{
  gboolean complete;
  gint64 version;
  BaseJson replies;

  if (!base_json_get_int (event, "version", 0, G_MAXINT64, &version, error) ||
      !base_json_get_bool (event, "complete", &complete, error) ||
      !base_json_get_array (event, "canned_replies", ITEMS_MAX, &replies, error) ||
      !take_few (self, &replies, error) || !take_deleted (self, event, version, error))
    return FALSE;
  if (!complete)
    ask (self);
  else if (self->current)
    set_version (self, version);
  else
    self->told = MAX (self->told, version);
  return TRUE;
}
