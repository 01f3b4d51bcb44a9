/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/voicemail-change.h"

#include "client/mirror.h"
#include "client/request.h"

GListModel *
guichet_session_get_voicemails (GuichetSession *self)
{
  return guichet_mirror_get_list (self->mirrors[GUICHET_MIRROR_VOICEMAILS]);
}

/* Takes the body. */
static void
send (GuichetSession *self,
      const char *method,
      const char *path,
      JsonObject *body,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);

  guichet_request_send (self, task, method, path, body);
}

static char *
path_of (GuichetVoicemail *voicemail, const char *end)
{
  return guichet_request_path ("/v1/voicemail/", guichet_voicemail_get_id (voicemail), end);
}

void
guichet_session_mark_voicemail_async (GuichetSession *self,
                                      GuichetVoicemail *voicemail,
                                      gboolean heard,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autofree char *path = path_of (voicemail, "");
  JsonObject *body = json_object_new ();

  json_object_set_boolean_member (body, "heard", heard);
  send (self, "PUT", path, body, cancellable, callback, user_data);
}

void
guichet_session_delete_voicemail_async (GuichetSession *self,
                                        GuichetVoicemail *voicemail,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autofree char *path = path_of (voicemail, "");

  send (self, "DELETE", path, json_object_new (), cancellable, callback, user_data);
}

void
guichet_session_call_voicemail_async (GuichetSession *self,
                                      GuichetVoicemail *voicemail,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "interaction",
                                 guichet_voicemail_get_interaction (voicemail));
  send (self, "POST", "/v1/calls", body, cancellable, callback, user_data);
}

void
guichet_session_hear_voicemail_async (GuichetSession *self,
                                      GuichetVoicemail *voicemail,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = path_of (voicemail, "/sound");

  if (guichet_request_may_send (self, task))
    guichet_request_fetch (self, task, path);
}

GBytes *
guichet_session_hear_voicemail_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
