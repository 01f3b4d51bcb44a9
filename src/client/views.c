/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: views of conversations, taking what waits, tags of what has ended. Main loop. */
#include "client/request.h"

#define PAGE "50"

void
guichet_session_view_async (GuichetSession *self,
                            const char *view,
                            const char *channel,
                            const char *query,
                            const char *after,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *words = g_uri_escape_string (query, NULL, FALSE);
  g_autofree char *path = g_strconcat (
      "/v1/conversations?limit=" PAGE "&view=", view, *channel != '\0' ? "&channel=" : "", channel,
      *words != '\0' ? "&query=" : "", words, *after != '\0' ? "&after=" : "", after, NULL);

  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_VIEW, cancellable, callback, user_data),
      "GET", path, NULL);
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
guichet_session_tag_past_async (GuichetSession *self,
                                GuichetRecent *past,
                                const char *const *tags,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *path = guichet_request_path ("/v1/participations/",
                                                guichet_recent_get_participation (past), "/tags");
  JsonObject *body = json_object_new ();

  base_json_set_strings (body, "ids", tags);
  json_object_set_int_member (body, "revision", guichet_recent_get_tags_revision (past));
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "PUT", path, body);
}
