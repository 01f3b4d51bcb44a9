/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: views of conversations, taking what waits, tags of what has ended. Main loop. */
#include "client/fields/centre.h"
#include "client/request.h"

#define PAGE "50"

static void
add_parameter (GString *path, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append_printf (path, "&%s=", name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

void
guichet_session_view_async (GuichetSession *self,
                            const char *view,
                            const GuichetViewFilter *filter,
                            const char *after,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GString) path = g_string_new ("/v1/conversations?limit=" PAGE "&view=");

  g_string_append (path, view);
  add_parameter (path, "channel", filter->channel);
  add_parameter (path, "queue", filter->queue);
  add_parameter (path, "tag", filter->tag);
  add_parameter (path, "status", filter->status);
  add_parameter (path, "query", filter->words);
  add_parameter (path, "after", after);
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_VIEW, cancellable, callback, user_data),
      "GET", path->str, NULL);
}

GPtrArray *
guichet_session_view_finish (GuichetSession *self,
                             GAsyncResult *result,
                             char **next,
                             GError **error)
{
  const char *said = g_object_get_data (G_OBJECT (result), "next");

  *next = g_strdup (said != NULL ? said : "");
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_session_take_async (GuichetSession *self,
                            const char *interaction,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", interaction, "/take", json_object_new ());
}

void
guichet_session_pull_async (GuichetSession *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "POST", "/v1/pull", json_object_new ());
}

void
guichet_session_call_async (GuichetSession *self,
                            GuichetInteraction *from,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "interaction", guichet_interaction_get_id (from));
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "POST", "/v1/calls", body);
}

/* In the name of the queue that it came by, where that calls out; else the centre chooses. */
void
guichet_session_call_back_async (GuichetSession *self,
                                 GuichetRecent *past,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  JsonObject *body = json_object_new ();
  GuichetRecord *queue =
      guichet_list_find (self->context.queues, guichet_recent_get_queue (past), NULL);

  json_object_set_string_member (body, "interaction", guichet_recent_get_interaction (past));
  if (*guichet_recent_get_customer (past) != '\0')
    json_object_set_string_member (body, "customer", guichet_recent_get_customer (past));
  if (queue != NULL && guichet_record_get_bool (queue, QUEUE_DIAL_OUT))
    json_object_set_string_member (body, "queue", guichet_recent_get_queue (past));
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "POST", "/v1/calls", body);
}

void
guichet_session_tag_past_async (GuichetSession *self,
                                GuichetRecent *past,
                                const char *const *tags,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  JsonObject *body = json_object_new ();

  base_json_set_strings (body, "ids", tags);
  json_object_set_int_member (body, "revision", guichet_recent_get_tags_revision (past));
  guichet_request_send_to (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "PUT", "/v1/participations/", guichet_recent_get_participation (past), "/tags", body);
}
