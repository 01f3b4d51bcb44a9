/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetNotices, and the commands about them. What an answer to the question lacks is gone: an
 * event that overtakes it is told again by the next question at worst. Main loop. */
#include "client/notices.h"

#include "client/apply-fields.h"
#include "client/inquiry.h"
#include "client/notice-change.h"
#include "client/request.h"

#include <string.h>

#define ITEMS_MAX 2000
#define SPREAD_MS 2000 /* over which desks that come back together ask */

struct _GuichetNotices
{
  GuichetSession *session; /* owns this */
  GListStore *list;        /* newest first */
  GuichetInquiry *inquiry;
  gboolean known;
};

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
  BaseJson from;

  return APPLY_FIELDS (notice, json, fields, error) &&
         base_json_get_object (json, "from", &from, error) &&
         APPLY_FIELDS (notice, &from, of_sender, error);
}

static guint
place_of (GuichetNotices *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetNotice) notice = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_str_equal (guichet_notice_get_id (notice), id))
        return i;
    }
  return n;
}

static gboolean
take (GuichetNotices *self, const BaseJson *json, gboolean tell, GError **error)
{
  g_autoptr (GuichetRecord) notice = NULL;
  const char *id;
  gboolean known;
  guint at;

  if (!base_json_get_string (json, "id", 256, &id, error))
    return FALSE;
  at = place_of (self, id);
  notice = g_list_model_get_item (G_LIST_MODEL (self->list), at);
  known = notice != NULL;
  if (!known)
    notice = g_object_new (GUICHET_TYPE_NOTICE, NULL);
  if (!apply (notice, json, error))
    return FALSE;
  if (known) /* for those that watch the list: one of it is another */
    g_list_model_items_changed (G_LIST_MODEL (self->list), at, 1, 1);
  else
    g_list_store_insert_sorted (self->list, notice, compare, NULL);
  if (!known && tell && !guichet_notice_get_read (GUICHET_NOTICE (notice)))
    guichet_session_emit_notice (self->session, GUICHET_NOTICE (notice));
  return TRUE;
}

static gboolean
take_all (GuichetNotices *self,
          const BaseJson *json,
          gboolean tell,
          GHashTable *seen,
          GError **error)
{
  BaseJson notices, item;
  const char *id = NULL;

  if (!base_json_get_array (json, "notices", ITEMS_MAX, &notices, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&notices); i++)
    {
      if (!base_json_item_object (&notices, i, &item, error) || !take (self, &item, tell, error))
        return FALSE;
      if (seen != NULL && base_json_get_string (&item, "id", 256, &id, NULL))
        g_hash_table_add (seen, g_strdup (id));
    }
  return TRUE;
}

static gboolean
take_answer (gpointer user_data, const BaseJson *root, GError **error)
{
  GuichetNotices *self = user_data;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* What came while the link was away is told of; what was there at the sign-in stands unread. */
  if (!take_all (self, root, self->known, seen, error))
    return FALSE;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->list)); i > 0; i--)
    {
      g_autoptr (GuichetNotice) notice = g_list_model_get_item (G_LIST_MODEL (self->list), i - 1);

      if (!g_hash_table_contains (seen, guichet_notice_get_id (notice)))
        g_list_store_remove (self->list, i - 1);
    }
  self->known = TRUE;
  return TRUE;
}

static void
ask (gpointer user_data)
{
  GuichetNotices *self = user_data;

  guichet_inquiry_stop (self->inquiry);
  if (guichet_session_get_link_up (self->session))
    guichet_inquiry_ask (self->inquiry, "/v1/notices");
}

void
guichet_notices_online (GuichetNotices *self)
{
  if (!self->known)
    ask (self);
  else
    guichet_inquiry_later (self->inquiry, (guint) g_random_int_range (0, SPREAD_MS));
}

gboolean
guichet_notices_apply_event (GuichetNotices *self, const BaseJson *event, GError **error)
{
  BaseJson deleted;
  const char *id;

  if (!take_all (self, event, TRUE, NULL, error) ||
      !base_json_get_array (event, "deleted", ITEMS_MAX, &deleted, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&deleted); i++)
    {
      guint at;

      if (!base_json_item_string (&deleted, i, 256, &id, error))
        return FALSE;
      at = place_of (self, id);
      if (at < g_list_model_get_n_items (G_LIST_MODEL (self->list)))
        g_list_store_remove (self->list, at);
    }
  return TRUE;
}

void
guichet_notices_forget (GuichetNotices *self)
{
  guichet_inquiry_stop (self->inquiry);
  g_list_store_remove_all (self->list);
  self->known = FALSE;
}

GuichetNotices *
guichet_notices_new (GuichetSession *session, GListStore *list)
{
  GuichetNotices *self = g_new0 (GuichetNotices, 1);

  self->session = session;
  self->list = g_object_ref (list);
  self->inquiry = guichet_inquiry_new (session, ask, take_answer, "no_notices", self);
  return self;
}

void
guichet_notices_free (GuichetNotices *self)
{
  guichet_inquiry_free (self->inquiry);
  g_object_unref (self->list);
  g_free (self);
}

/* --- what the desktop asks -------------------------------------------------------------------- */

GListModel *
guichet_session_get_notices (GuichetSession *self)
{
  return G_LIST_MODEL (self->notice_list);
}

guint
guichet_session_count_unread_notices (GuichetSession *self)
{
  GListModel *list = guichet_session_get_notices (self);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetNotice) notice = g_list_model_get_item (list, i);

      n += guichet_notice_get_read (notice) ? 0 : 1;
    }
  return n;
}

void
guichet_session_read_notice_async (GuichetSession *self,
                                   GuichetNotice *notice,
                                   gboolean read,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  g_autofree char *path = guichet_request_path ("/v1/notices/", guichet_notice_get_id (notice), "");
  JsonObject *body = json_object_new ();

  json_object_set_boolean_member (body, "read", read);
  guichet_request_send (self, task, "PUT", path, body);
}

void
guichet_session_delete_notice_async (GuichetSession *self,
                                     GuichetNotice *notice,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  g_autofree char *path = guichet_request_path ("/v1/notices/", guichet_notice_get_id (notice), "");

  guichet_request_send (self, task, "DELETE", path, json_object_new ());
}

void
guichet_session_send_notice_async (GuichetSession *self,
                                   const char *agent,
                                   const char *team,
                                   const char *priority,
                                   const char *text,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  JsonObject *body = json_object_new ();

  if (agent != NULL)
    json_object_set_string_member (body, "agent", agent);
  if (team != NULL)
    json_object_set_string_member (body, "team", team);
  json_object_set_string_member (body, "priority", priority);
  json_object_set_string_member (body, "text", text);
  guichet_request_send (self, task, "POST", "/v1/notices", body);
}
