/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetColleagues: the list, an index of it, and the question under way. An event may overtake
 * the answer that it is newer than; so those that come while a question is under way are applied
 * once more after the answer: whatever changed later comes as an event anyway. Main loop. */
#include "client/colleagues.h"

#include "client/apply-fields.h"
#include "client/colleague.h"
#include "client/inquiry.h"

#define ITEMS_MAX 100000

struct _GuichetColleagues
{
  GuichetSession *session; /* owns this */
  GListStore *list;
  GHashTable *index; /* id → GuichetColleague */
  GuichetInquiry *inquiry;
  GPtrArray *meanwhile; /* JsonObject: events since it was sent */
  gint64 revision;      /* of the list: how often it changed */
  gboolean watched;
};

static void ask (gpointer user_data);
static gboolean take_answer (gpointer user_data, const BaseJson *root, GError **error);

GuichetColleagues *
guichet_colleagues_new (GuichetSession *session, GListStore *list)
{
  GuichetColleagues *self = g_new0 (GuichetColleagues, 1);

  self->session = session;
  self->inquiry = guichet_inquiry_new (session, ask, take_answer, "no_colleagues", self);
  self->list = list;
  self->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->meanwhile = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  return self;
}

static void
stop_asking (GuichetColleagues *self)
{
  guichet_inquiry_stop (self->inquiry);
  g_ptr_array_set_size (self->meanwhile, 0);
}

void
guichet_colleagues_free (GuichetColleagues *self)
{
  guichet_inquiry_free (self->inquiry);
  g_ptr_array_unref (self->meanwhile);
  g_hash_table_unref (self->index);
  g_free (self);
}

static void
set_revision (GuichetColleagues *self, gint64 revision)
{
  self->revision = revision;
  guichet_record_set_int (GUICHET_RECORD (self->session), SESSION_COLLEAGUES_REVISION, revision);
}

/* What an event says of one, and the answer as well. */
static gboolean
apply_presence (GuichetRecord *colleague, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "presence", COLLEAGUE_PRESENCE, GUICHET_JSON_TEXT },
    { "reason", COLLEAGUE_REASON, GUICHET_JSON_TEXT },
    { "since", COLLEAGUE_SINCE, GUICHET_JSON_TIME },
  };
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (colleague));
  ok = APPLY_FIELDS (colleague, json, fields, error);
  g_object_thaw_notify (G_OBJECT (colleague));
  return ok;
}

/* The one that is known, filled anew, or a new one. */
static GuichetRecord *
take_one (GuichetColleagues *self, const BaseJson *json, GHashTable *teams, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", COLLEAGUE_ID, GUICHET_JSON_TEXT },
    { "name", COLLEAGUE_NAME, GUICHET_JSON_TEXT },
    { "team", COLLEAGUE_TEAM, GUICHET_JSON_TEXT },
  };
  g_autoptr (GuichetRecord) one = NULL;
  const char *id, *team;

  if (!base_json_get_string (json, "id", 256, &id, error))
    return NULL;
  one = g_hash_table_lookup (self->index, id);
  one = one != NULL ? g_object_ref (one) : g_object_new (GUICHET_TYPE_COLLEAGUE, NULL);
  if (!APPLY_FIELDS (one, json, fields, error) || !apply_presence (one, json, error))
    return NULL;
  team = guichet_record_get_string (one, COLLEAGUE_TEAM);
  guichet_record_set_string (one, COLLEAGUE_TEAM_NAME, g_hash_table_lookup (teams, team));
  return g_steal_pointer (&one);
}

/* Nothing moves where they are the same people in the same order. */
static void
show (GuichetColleagues *self, GPtrArray *all)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  gboolean same = n == all->len;

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      same = item == all->pdata[i];
    }
  if (same)
    return;
  g_hash_table_remove_all (self->index);
  for (guint i = 0; i < all->len; i++)
    g_hash_table_insert (self->index,
                         g_strdup (guichet_record_get_string (all->pdata[i], COLLEAGUE_ID)),
                         g_object_ref (all->pdata[i]));
  g_list_store_splice (self->list, 0, n, all->pdata, all->len);
}

static gboolean
take_list (GuichetColleagues *self, const BaseJson *root, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) teams = guichet_names_by_id (root, "teams", error);
  BaseJson array, item;

  if (teams == NULL || !base_json_get_array (root, "colleagues", ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      GuichetRecord *one = base_json_item_object (&array, i, &item, error)
                               ? take_one (self, &item, teams, error)
                               : NULL;
      if (one == NULL)
        return FALSE;
      g_ptr_array_add (all, one);
    }
  show (self, all);
  return TRUE;
}

static gboolean
take_event (GuichetColleagues *self, const BaseJson *event, GError **error)
{
  BaseJson array, item;

  if (!base_json_get_array (event, "colleagues", ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      GuichetRecord *one;
      const char *id;

      if (!base_json_item_object (&array, i, &item, error) ||
          !base_json_get_string (&item, "id", 256, &id, error))
        return FALSE;
      one = g_hash_table_lookup (self->index, id);
      if (one != NULL && !apply_presence (one, &item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_answer (gpointer user_data, const BaseJson *root, GError **error)
{
  GuichetColleagues *self = user_data;

  if (!take_list (self, root, error))
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

/* Whatever was asked before is asked anew. */
static void
ask (gpointer user_data)
{
  GuichetColleagues *self = user_data;

  stop_asking (self);
  if (self->watched && guichet_session_get_link_up (self->session))
    guichet_inquiry_ask (self->inquiry, "/v1/colleagues");
}

void
guichet_colleagues_watch (GuichetColleagues *self)
{
  if (self->watched)
    return;
  self->watched = TRUE;
  ask (self);
}

void
guichet_colleagues_online (GuichetColleagues *self)
{
  ask (self);
}

void
guichet_colleagues_forget (GuichetColleagues *self)
{
  stop_asking (self);
  self->watched = FALSE;
  g_hash_table_remove_all (self->index);
  g_list_store_remove_all (self->list);
  set_revision (self, 0);
}

gboolean
guichet_colleagues_apply_event (GuichetColleagues *self, const BaseJson *event, GError **error)
{
  if (!take_event (self, event, error))
    return FALSE;
  if (guichet_inquiry_is_open (self->inquiry))
    g_ptr_array_add (self->meanwhile, json_object_ref (event->object));
  if (self->revision > 0)
    set_revision (self, self->revision + 1);
  return TRUE;
}
