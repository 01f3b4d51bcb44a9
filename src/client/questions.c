/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: secrets and history: what is asked of the centre. Main loop. */
#include "client/request.h"

#include "base/time-text.h"

#include <string.h>

void
guichet_session_reveal_async (GuichetSession *self,
                              GuichetInteraction *interaction,
                              const char *variable,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *before = guichet_request_path (
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/variables/");

  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_SECRET, cancellable, callback, user_data),
      before, variable, "/reveal", json_object_new ());
}

char *
guichet_session_reveal_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_session_free_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static char *
page (gint64 before, guint limit)
{
  char at[BASE_TIME_TEXT_SIZE];

  if (before == 0)
    return g_strdup_printf ("?limit=%u", limit);
  return g_strdup_printf ("?before=%s&limit=%u", base_time_write (before, at), limit);
}

void
guichet_session_history_async (GuichetSession *self,
                               const char *customer,
                               const char *channel,
                               const char *query,
                               gint64 before,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autofree char *pages = page (before, limit);
  g_autofree char *words = g_uri_escape_string (query, NULL, FALSE);
  g_autofree char *after = g_strconcat ("/history", pages, *channel != '\0' ? "&channel=" : "",
                                        channel, *words != '\0' ? "&q=" : "", words, NULL);
  g_autofree char *path = guichet_request_path ("/v1/customers/", customer, after);

  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_HISTORY, cancellable, callback, user_data),
      "GET", path, NULL);
}

static void
add_query (GString *path, const char *name, const char *value)
{
  if (*value == '\0')
    return;
  g_string_append_printf (path, "&%s=", name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

void
guichet_session_recordings_async (GuichetSession *self,
                                  const GuichetRecordingsWanted *wanted,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *pages = page (wanted->before, limit);
  g_autoptr (GString) path = g_string_new ("/v1/recordings");
  char from[BASE_TIME_TEXT_SIZE];

  g_string_append (path, pages);
  add_query (path, "from", base_time_write (wanted->from, from));
  add_query (path, "agent", wanted->agent);
  add_query (path, "queue", wanted->queue);
  add_query (path, "number", wanted->number);
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_HISTORY, cancellable, callback, user_data),
      "GET", path->str, NULL);
}

GPtrArray *
guichet_session_recordings_finish (GuichetSession *self,
                                   GAsyncResult *result,
                                   gint64 *next,
                                   GError **error)
{
  *next = (gint64) GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (result), "next"));
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_session_search_async (GuichetSession *self,
                              const char *query,
                              guint limit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *before = g_strdup_printf ("/v1/search?limit=%u&q=", limit);
  g_autofree char *path = guichet_request_path (before, query, "");

  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_FOUND, cancellable, callback, user_data),
      "GET", path, NULL);
}

GPtrArray *
guichet_session_search_finish (GuichetSession *self,
                               GAsyncResult *result,
                               gboolean *complete,
                               GError **error)
{
  *complete = g_object_get_data (G_OBJECT (result), "complete") != NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_session_transcript_async (GuichetSession *self,
                                  const char *conversation,
                                  gint64 before,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *after =
      g_strdup_printf ("/messages?before=%" G_GINT64_FORMAT "&limit=%u", before, limit);
  g_autofree char *path = guichet_request_path ("/v1/conversations/", conversation, after);

  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_MESSAGES, cancellable, callback, user_data),
      "GET", path, NULL);
}

void
guichet_session_more_recent_async (GuichetSession *self,
                                   gint64 before,
                                   guint limit,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autofree char *query = page (before, limit);
  g_autofree char *path = g_strconcat ("/v1/recent", query, NULL);

  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_RECENT, cancellable, callback, user_data),
      "GET", path, NULL);
}

GPtrArray *
guichet_session_list_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
