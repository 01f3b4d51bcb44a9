/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question or command to the centre as a task, and what its answer becomes. Main loop. */
#include "client/request.h"

#include "base/ids.h"
#include "client/message.h"
#include "client/directory-private.h"
#include "client/hand-on.h"
#include "client/keypad.h"
#include "client/past.h"
#include "client/seen.h"
#include "client/snapshot.h"

GError *
guichet_request_error (GuichetClientErrorCode code)
{
  return guichet_client_error_new (code, NULL, NULL, 0, 0, NULL);
}

GError *
guichet_request_nonsense (const GError *error)
{
  return guichet_client_error_new (GUICHET_CLIENT_ERROR_PROTOCOL, NULL,
                                   base_error_get_pointer (error), 0, 0, error->message);
}

static gboolean
return_secret (GTask *task, const BaseJson *root, GError **error)
{
  const char *value;

  if (!base_json_get_string (root, "value", 64 * 1024, &value, error))
    return FALSE;
  g_task_return_pointer (task, g_strdup (value), (GDestroyNotify) guichet_session_free_secret);
  return TRUE;
}

static gboolean
add_list (GPtrArray *list,
          GuichetSession *self,
          const BaseJson *root,
          const char *name,
          GType type,
          GuichetApply apply,
          GError **error)
{
  BaseJson array, item;

  if (!base_json_get_array (root, name, 100000, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      g_autoptr (GuichetRecord) one = g_object_new (type, NULL);
      if (!base_json_item_object (&array, i, &item, error) ||
          !apply (one, &item, &self->context, error))
        return FALSE;
      if (type == GUICHET_TYPE_CUSTOMER)
        guichet_see_customer (self, one);
      g_ptr_array_add (list, g_steal_pointer (&one));
    }
  return TRUE;
}

static gboolean
return_list (GTask *task,
             GuichetSession *self,
             const BaseJson *root,
             const char *name,
             GType type,
             GuichetApply apply,
             GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  if (!add_list (list, self, root, name, type, apply, error))
    return FALSE;
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

/* Where the list goes on, 0: it does not. */
static gboolean
keep_next (GTask *task, const BaseJson *root, GError **error)
{
  gint64 next;

  if (!base_json_opt_time (root, "next", 0, &next, error))
    return FALSE;
  g_object_set_data (G_OBJECT (task), "next", GSIZE_TO_POINTER ((gsize) next));
  return TRUE;
}

/* Whether it is all, for guichet_session_search_finish. */
static gboolean
keep_complete (GTask *task, const BaseJson *root, GError **error)
{
  gboolean complete;

  if (!base_json_opt_bool (root, "complete", TRUE, &complete, error))
    return FALSE;
  g_object_set_data (G_OBJECT (task), "complete", GINT_TO_POINTER (complete));
  return TRUE;
}

static gboolean
return_found (GTask *task, GuichetSession *self, const BaseJson *root, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  if (!keep_complete (task, root, error) ||
      !add_list (list, self, root, "customers", GUICHET_TYPE_CUSTOMER, guichet_apply_customer,
                 error) ||
      !add_list (list, self, root, "messages", GUICHET_TYPE_RECENT, guichet_apply_found, error) ||
      !add_list (list, self, root, "interactions", GUICHET_TYPE_RECENT, guichet_apply_found, error))
    return FALSE;
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

/* With what goes on with it, for guichet_session_view_finish. */
static gboolean
return_view (GTask *task, GuichetSession *self, const BaseJson *root, GError **error)
{
  const char *next;

  if (!base_json_opt_string (root, "next", 64, "", &next, error))
    return FALSE;
  g_object_set_data_full (G_OBJECT (task), "next", g_strdup (next), g_free);
  return return_list (task, self, root, "conversations", GUICHET_TYPE_RECENT, guichet_apply_viewed,
                      error);
}

static gboolean
return_recent (GTask *task, GuichetSession *self, const BaseJson *root, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  BaseJson array;

  if (!base_json_get_array (root, "recent", 100000, &array, error) ||
      !guichet_session_apply_recents (self, &array, list, error))
    return FALSE;
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

static gboolean
return_answer (GTask *task, GuichetSession *self, const BaseJson *root, GError **error)
{
  switch ((GuichetAnswer) GPOINTER_TO_INT (g_task_get_task_data (task)))
    {
    case GUICHET_ANSWER_NOTHING:
      g_task_return_boolean (task, TRUE);
      return TRUE;
    case GUICHET_ANSWER_SECRET:
      return return_secret (task, root, error);
    case GUICHET_ANSWER_CUSTOMERS:
      return keep_complete (task, root, error) &&
             return_list (task, self, root, "customers", GUICHET_TYPE_CUSTOMER,
                          guichet_apply_customer, error);
    case GUICHET_ANSWER_RECENT:
      return return_recent (task, self, root, error);
    case GUICHET_ANSWER_DIRECTORY:
      return guichet_directory_return (task, root, error);
    case GUICHET_ANSWER_ACCEPTED:
      return guichet_accepted_return (task, root, error);
    case GUICHET_ANSWER_KEYPAD:
      return guichet_keypad_return (task, root, error);
    case GUICHET_ANSWER_HISTORY:
      if (!keep_next (task, root, error))
        return FALSE;
      return return_list (task, self, root, "interactions", GUICHET_TYPE_RECENT, guichet_apply_past,
                          error);
    case GUICHET_ANSWER_FOUND:
      return return_found (task, self, root, error);
    case GUICHET_ANSWER_VIEW:
      return return_view (task, self, root, error);
    case GUICHET_ANSWER_MESSAGES:
      return return_list (task, self, root, "messages", GUICHET_TYPE_MESSAGE, guichet_apply_message,
                          error);
    }
  g_return_val_if_reached (FALSE);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  BaseJson root;

  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  base_json_from_object (&root, answer);
  if (!return_answer (task, self, &root, &error))
    g_task_return_error (task, guichet_request_nonsense (error));
}

gboolean
guichet_request_may_send (GuichetSession *self, GTask *task)
{
  if (guichet_api_get_token (self->api) != NULL && guichet_session_get_link_up (self))
    return TRUE;
  g_task_return_error (task, guichet_request_error (guichet_api_get_token (self->api) != NULL
                                                        ? GUICHET_CLIENT_ERROR_LINK_DOWN
                                                        : GUICHET_CLIENT_ERROR_SIGNED_OUT));
  g_object_unref (task);
  return FALSE;
}

/* body: transfer full, NULL for none. */
void
guichet_request_send (GuichetSession *self,
                      GTask *task,
                      const char *method,
                      const char *path,
                      JsonObject *body)
{
  g_autoptr (JsonObject) owned G_GNUC_UNUSED = body;
  g_autofree char *key = g_str_equal (method, "GET") ? NULL : base_token_new (18);

  if (guichet_request_may_send (self, task))
    guichet_api_send_async (self->api, method, path, body, key, g_task_get_cancellable (task),
                            on_answer, task);
}

GTask *
guichet_request_new (GuichetSession *self,
                     GuichetAnswer answer,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, GINT_TO_POINTER (answer), NULL);
  return task;
}

char *
guichet_request_path (const char *before, const char *id, const char *after)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat (before, escaped, after, NULL);
}

void
guichet_request_send_to (GuichetSession *self,
                         GTask *task,
                         const char *method,
                         const char *before,
                         const char *id,
                         const char *after,
                         JsonObject *body)
{
  g_autofree char *path = guichet_request_path (before, id, after);

  guichet_request_send (self, task, method, path, body);
}

void
guichet_request_send_about (GuichetSession *self,
                            GTask *task,
                            const char *before,
                            const char *id,
                            const char *after,
                            JsonObject *body)
{
  guichet_request_send_to (self, task, "POST", before, id, after, body);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = guichet_api_fetch_finish (GUICHET_API (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
guichet_request_fetch (GuichetSession *self, GTask *task, const char *path)
{
  guichet_api_fetch_async (self->api, path, g_task_get_cancellable (task), on_fetched, task);
}
