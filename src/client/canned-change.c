/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about canned replies. Main loop. */
#include "client/canned-change.h"

#include "base/ids.h"
#include "client/canned.h"
#include "client/change.h"
#include "client/fields/writing.h"
#include "client/request.h"

GPtrArray *
guichet_session_search_replies (GuichetSession *self,
                                const char *query,
                                const char *category,
                                guint limit)
{
  return guichet_canned_search (self->canned, query, category, limit);
}

GuichetCannedReply *
guichet_session_find_reply (GuichetSession *self, const char *id)
{
  return guichet_canned_find (self->canned, id);
}

gboolean
guichet_session_may_change_replies (GuichetSession *self, gboolean is_public, const char **reason)
{
  ModelPermission permission = model_reply_permission (
      guichet_session_is_supervisor (self) ? MODEL_ROLE_SUPERVISOR : MODEL_ROLE_AGENT, is_public);

  if (reason != NULL)
    *reason = model_code (permission.reason);
  return permission.verdict == MODEL_ALLOWED;
}

ModelCannedReply *
guichet_canned_reply_to_model (GuichetCannedReply *self)
{
  ModelCannedReply *reply = model_canned_reply_new ();
  const char *shortcut = guichet_canned_reply_get_shortcut (self);
  const char *category = guichet_canned_reply_get_category (self);

  reply->shortcut = *shortcut != '\0' ? g_strdup (shortcut) : NULL;
  reply->category = *category != '\0' ? g_strdup (category) : NULL;
  reply->name = g_strdup (guichet_canned_reply_get_name (self));
  reply->texts = g_strdupv ((char **) guichet_canned_reply_get_texts (self));
  return reply;
}

static JsonObject *
body_of (const ModelCannedReply *what)
{
  JsonObject *body = json_object_new ();
  JsonObject *texts = json_object_new ();

  json_object_set_string_member (body, "name", what->name);
  json_object_set_string_member (body, "shortcut", what->shortcut != NULL ? what->shortcut : "");
  json_object_set_string_member (body, "category", what->category != NULL ? what->category : "");
  for (guint i = 0; what->texts != NULL && what->texts[i] != NULL; i += 2)
    json_object_set_string_member (texts, what->texts[i], what->texts[i + 1]);
  json_object_set_object_member (body, "texts", texts);
  return body;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean
take (GuichetSession *self, const BaseJson *json, GError **error)
{
  return guichet_canned_take (self->canned, json, error);
}

static gpointer
find (GuichetSession *self, const char *id)
{
  return guichet_canned_find (self->canned, id);
}

static void
drop (GuichetSession *self, const char *id, gint64 version)
{
  guichet_canned_drop (self->canned, id, version);
}

static const GuichetChangeKind reply_kind = {
  "/v1/canned-replies", "canned_reply", REPLY_REVISION, REPLY_VERSION, take, find, drop,
};

void
guichet_session_save_reply_async (GuichetSession *self,
                                  const char *id,
                                  gboolean is_public,
                                  gint64 revision,
                                  const ModelCannedReply *what,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonObject) body = body_of (what);

  if (id != NULL)
    json_object_set_int_member (body, "revision", revision);
  else
    json_object_set_string_member (body, "scope", is_public ? "public" : "personal");
  guichet_change_save (self, task, &reply_kind, id, body);
}

GuichetCannedReply *
guichet_session_save_reply_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_session_delete_reply_async (GuichetSession *self,
                                    GuichetCannedReply *reply,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  guichet_change_delete (self, g_task_new (self, cancellable, callback, user_data), &reply_kind,
                         GUICHET_RECORD (reply));
}

gint64
guichet_session_delete_reply_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return guichet_change_delete_finish (result, error);
}

/* --- importing -------------------------------------------------------------------------------- */

typedef struct
{
  gboolean is_public;
  GPtrArray *bodies; /* JsonObject */
  guint sent;
  GuichetImported imported;
} Import;

static void send_some (GuichetSession *self, GTask *task);

static void
import_free (gpointer data)
{
  Import *import = data;

  g_ptr_array_unref (import->bodies);
  g_free (import);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  gint64 added, changed, unchanged;
  BaseJson root;

  if (answer != NULL)
    base_json_from_object (&root, answer);
  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!base_json_get_int (&root, "added", 0, G_MAXINT64, &added, &error) ||
           !base_json_get_int (&root, "changed", 0, G_MAXINT64, &changed, &error) ||
           !base_json_get_int (&root, "unchanged", 0, G_MAXINT64, &unchanged, &error))
    g_task_return_error (task, guichet_request_nonsense (error));
  else
    {
      import->imported.added += added;
      import->imported.changed += changed;
      import->imported.unchanged += unchanged;
      send_some (self, task);
      return;
    }
  g_object_unref (task);
}

/* Takes the task. */
static void
send_some (GuichetSession *self, GTask *task)
{
  Import *import = g_task_get_task_data (task);
  g_autoptr (JsonObject) body = NULL;
  JsonArray *list;
  g_autofree char *key = base_token_new (18);

  if (import->sent == import->bodies->len)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  if (!guichet_request_may_send (self, task))
    return;
  body = json_object_new ();
  list = json_array_new ();
  for (guint i = 0; i < MODEL_REPLIES_IMPORT && import->sent < import->bodies->len; i++)
    json_array_add_object_element (list, json_object_ref (import->bodies->pdata[import->sent++]));
  json_object_set_string_member (body, "scope", import->is_public ? "public" : "personal");
  json_object_set_array_member (body, "canned_replies", list);
  guichet_api_send_async (self->api, "POST", "/v1/canned-replies/import", body, key,
                          g_task_get_cancellable (task), on_imported, task);
}

void
guichet_session_import_replies_async (GuichetSession *self,
                                      gboolean is_public,
                                      GPtrArray *replies,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Import *import = g_new0 (Import, 1);

  import->is_public = is_public;
  import->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  for (guint i = 0; i < replies->len; i++)
    g_ptr_array_add (import->bodies, body_of (replies->pdata[i]));
  g_task_set_task_data (task, import, import_free);
  send_some (self, task);
}

gboolean
guichet_session_import_replies_finish (GuichetSession *self,
                                       GAsyncResult *result,
                                       GuichetImported *imported,
                                       GError **error)
{
  *imported = ((Import *) g_task_get_task_data (G_TASK (result)))->imported;
  return g_task_propagate_boolean (G_TASK (result), error);
}
