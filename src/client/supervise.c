/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: commands of supervisors. Each goes once, at once, or fails in words. Main loop.
 */
#include "client/supervise.h"

#include "client/request.h"

static void
send (GuichetSession *self,
      const char *method,
      const char *before,
      const char *id,
      const char *after,
      JsonObject *body,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  guichet_request_send_to (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, NULL, callback, user_data), method,
      before, id, after, body);
}

static JsonObject *
body_of (const char *member, const char *value, const char *reason)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, member, value);
  if (reason != NULL && *reason != '\0')
    json_object_set_string_member (body, "reason", reason);
  return body;
}

void
guichet_supervise_state_async (GuichetSession *self,
                               const char *agent,
                               const char *channel,
                               const char *state,
                               const char *reason,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  JsonObject *body = body_of ("state", state, reason);

  if (*channel != '\0')
    json_object_set_string_member (body, "channel", channel);
  send (self, "PUT", "/v1/agents/", agent, "/state", body, callback, user_data);
}

void
guichet_supervise_queue_async (GuichetSession *self,
                               const char *agent,
                               const char *queue,
                               const char *state,
                               const char *reason,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  JsonObject *body = body_of ("state", state, reason);

  if (*queue != '\0')
    base_json_set_strings (body, "queues", (const char *const[]){ queue, NULL });
  else
    json_object_set_string_member (body, "queues", "all");
  send (self, "PUT", "/v1/agents/", agent, "/memberships", body, callback, user_data);
}

void
guichet_supervise_forwarding_async (GuichetSession *self,
                                    const char *agent,
                                    const char *when,
                                    const char *to,
                                    const char *target,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  send (self, "PUT", "/v1/agents/", agent, "/forwarding",
        guichet_forwarding_body (when, to, target), callback, user_data);
}

void
guichet_supervise_sign_out_async (GuichetSession *self,
                                  const char *agent,
                                  gboolean now,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_boolean_member (body, "force", now);
  send (self, "POST", "/v1/agents/", agent, "/sign_out", body, callback, user_data);
}

void
guichet_supervise_wrap_up_async (GuichetSession *self,
                                 const char *participation,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  send (self, "POST", "/v1/participations/", participation, "/wrap_up/end", json_object_new (),
        callback, user_data);
}

void
guichet_supervise_record_async (GuichetSession *self,
                                const char *participation,
                                const char *action,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  send (self, "POST", "/v1/participations/", participation, "/recording",
        body_of ("action", action, NULL), callback, user_data);
}

void
guichet_supervise_call_async (GuichetSession *self,
                              const char *participation,
                              const char *mode,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  send (self, "PUT", "/v1/participations/", participation, "/supervision",
        body_of ("mode", mode, NULL), callback, user_data);
}

void
guichet_supervise_leave_async (GuichetSession *self,
                               const char *interaction,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  send (self, "DELETE", "/v1/interactions/", interaction, "/supervision", json_object_new (),
        callback, user_data);
}

void
guichet_force_close_async (GuichetSession *self,
                           const char *participation,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  send (self, "POST", "/v1/participations/", participation, "/force_close", json_object_new (),
        callback, user_data);
}
