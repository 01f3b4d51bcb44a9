/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/change.h"

#include "base/ids.h"
#include "client/request.h"

/* The newer one that a conflict shows. */
static void
take_current (GuichetSession *session, const GuichetChangeKind *kind, JsonObject *problem)
{
  BaseJson json, current;

  if (problem == NULL)
    return;
  base_json_from_object (&json, problem);
  if (base_json_has (&json, "current") && base_json_get_object (&json, "current", &current, NULL))
    kind->take (session, &current, NULL);
}

/* NULL: the task has failed. */
static JsonObject *
read_answer (GTask *task, const GuichetChangeKind *kind, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) problem = NULL;
  JsonObject *answer = guichet_api_send_finish (GUICHET_API (source), result, &problem, &error);

  if (answer != NULL)
    return answer;
  take_current (g_task_get_source_object (task), kind, problem);
  g_task_return_error (task, g_steal_pointer (&error));
  return NULL;
}

static void
send (GuichetSession *self,
      GTask *task,
      const GuichetChangeKind *kind,
      const char *method,
      const char *below,
      JsonObject *body,
      GAsyncReadyCallback callback)
{
  g_autofree char *key = base_token_new (18);
  g_autofree char *path = g_strconcat (kind->path, below, NULL);

  g_task_set_source_tag (task, (gpointer) kind);
  if (guichet_request_may_send (self, task))
    guichet_api_send_async (self->api, method, path, body, key, g_task_get_cancellable (task),
                            callback, task);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const GuichetChangeKind *kind = g_task_get_source_tag (task);
  GuichetSession *self = g_task_get_source_object (task);
  g_autoptr (JsonObject) answer = read_answer (task, kind, source, result);
  g_autoptr (GError) error = NULL;
  BaseJson root, json;
  const char *id;

  if (answer == NULL)
    return;
  base_json_from_object (&root, answer);
  if (!base_json_get_object (&root, kind->member, &json, &error) ||
      !base_json_get_string (&json, "id", 256, &id, &error) || !kind->take (self, &json, &error))
    g_task_return_error (task, guichet_request_nonsense (error));
  else if (kind->find (self, id) != NULL)
    g_task_return_pointer (task, g_object_ref (kind->find (self, id)), g_object_unref);
  else /* deleted again before the answer came */
    g_task_return_error (task, guichet_request_error (GUICHET_CLIENT_ERROR_NOT_FOUND));
}

void
guichet_change_save (GuichetSession *self,
                     GTask *task,
                     const GuichetChangeKind *kind,
                     const char *id,
                     JsonObject *body)
{
  g_autofree char *below = id != NULL ? guichet_request_path ("/", id, "") : NULL;

  send (self, task, kind, id != NULL ? "PUT" : "POST", below, body, on_saved);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const GuichetChangeKind *kind = g_task_get_source_tag (task);
  GuichetSession *self = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  g_autoptr (JsonObject) answer = read_answer (task, kind, source, result);
  g_autoptr (GError) error = NULL;
  GuichetRecord *known = kind->find (self, id);
  gint64 revision;
  BaseJson root;

  if (answer == NULL)
    return;
  base_json_from_object (&root, answer);
  if (!base_json_get_int (&root, "revision", 1, G_MAXINT64, &revision, &error))
    {
      g_task_return_error (task, guichet_request_nonsense (error));
      return;
    }
  /* Its event says the same, and comes with the number of the deletion. */
  if (known != NULL && guichet_record_get_int (known, kind->revision) < revision)
    kind->drop (self, id, guichet_record_get_int (known, kind->version) + 1);
  g_task_return_int (task, (gssize) revision);
}

void
guichet_change_delete (GuichetSession *self,
                       GTask *task,
                       const GuichetChangeKind *kind,
                       GuichetRecord *record)
{
  const char *id = guichet_record_get_string (record, 0);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *query = g_strdup_printf ("?revision=%" G_GINT64_FORMAT,
                                            guichet_record_get_int (record, kind->revision));
  g_autofree char *below = guichet_request_path ("/", id, query);

  g_task_set_task_data (task, g_strdup (id), g_free);
  send (self, task, kind, "DELETE", below, body, on_deleted);
}

gint64
guichet_change_delete_finish (GAsyncResult *result, GError **error)
{
  gssize revision = g_task_propagate_int (G_TASK (result), error);

  return revision > 0 ? revision : 0;
}
