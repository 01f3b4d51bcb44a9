/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: commands. Each goes once, at once, or fails in words. Main loop. */
#include "client/request.h"

#include "base/ids.h"
#include "client/fields/session.h"

gboolean
guichet_session_command_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
guichet_session_set_state_async (GuichetSession *self,
                                 const char *channel,
                                 const char *state,
                                 const char *reason,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  JsonObject *body = json_object_new ();

  if (channel != NULL)
    json_object_set_string_member (body, "channel", channel);
  json_object_set_string_member (body, "state", state);
  if (reason != NULL && *reason != '\0')
    json_object_set_string_member (body, "reason", reason);
  guichet_request_send (self, task, "PUT", "/v1/state", body);
}

void
guichet_session_set_membership_async (GuichetSession *self,
                                      const char *const *queues,
                                      const char *state,
                                      const char *reason,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  JsonObject *body = json_object_new ();

  if (queues != NULL)
    base_json_set_strings (body, "queues", queues);
  else
    json_object_set_string_member (body, "queues", "all");
  json_object_set_string_member (body, "state", state);
  if (reason != NULL && *reason != '\0')
    json_object_set_string_member (body, "reason", reason);
  guichet_request_send (self, task, "PUT", "/v1/memberships", body);
}

void
guichet_session_set_team_async (GuichetSession *self,
                                const char *team,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "team", team);
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "PUT", "/v1/session/team", body);
}

JsonObject *
guichet_forwarding_body (const char *when, const char *to, const char *target)
{
  JsonObject *body = json_object_new ();
  JsonObject *where;

  json_object_set_string_member (body, "when", when);
  if (to == NULL)
    return body;
  where = json_object_new ();
  if (target != NULL)
    json_object_set_string_member (where, to, target);
  else
    json_object_set_boolean_member (where, to, TRUE);
  json_object_set_object_member (body, "to", where);
  return body;
}

void
guichet_session_set_forwarding_async (GuichetSession *self,
                                      const char *when,
                                      const char *to,
                                      const char *target,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "PUT", "/v1/forwarding", guichet_forwarding_body (when, to, target));
}

static void
on_auto_accept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  guichet_record_set_bool (GUICHET_RECORD (self), SESSION_AUTO_ACCEPT,
                           GPOINTER_TO_INT (g_task_get_task_data (task)));
  g_task_return_boolean (task, TRUE);
}

void
guichet_session_set_auto_accept_async (GuichetSession *self,
                                       gboolean on,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *key = base_token_new (18);

  g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
  if (!guichet_session_get_link_up (self))
    {
      g_task_return_error (task, guichet_request_error (GUICHET_CLIENT_ERROR_LINK_DOWN));
      return;
    }
  json_object_set_boolean_member (body, "on", on);
  guichet_api_send_async (self->api, "PUT", "/v1/auto_accept", body, key, cancellable,
                          on_auto_accept, g_steal_pointer (&task));
}

static void
on_phone_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (guichet_phone_call_finish (GUICHET_PHONE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
guichet_session_accept_async (GuichetSession *self,
                              GuichetOffer *offer,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  GuichetCall *call = guichet_offer_get_call (offer);

  if (call != NULL)
    guichet_phone_answer_async (self->phone, call, cancellable, on_phone_done, task);
  else
    guichet_request_send_about (self, task, "/v1/offers/", guichet_offer_get_id (offer), "/accept",
                                json_object_new ());
}

void
guichet_session_decline_async (GuichetSession *self,
                               GuichetOffer *offer,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  GuichetCall *call = guichet_offer_get_call (offer);

  if (call != NULL)
    guichet_phone_decline_async (self->phone, call, "declined", cancellable, on_phone_done, task);
  else
    guichet_request_send_about (self, task, "/v1/offers/", guichet_offer_get_id (offer), "/decline",
                                json_object_new ());
}

void
guichet_session_hold_async (GuichetSession *self,
                            GuichetInteraction *interaction,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/hold", json_object_new ());
}

void
guichet_session_set_status_async (GuichetSession *self,
                                  GuichetInteraction *interaction,
                                  const char *status,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "status", status);
  guichet_request_send_to (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "PUT", "/v1/interactions/", guichet_interaction_get_id (interaction), "/status", body);
}

void
guichet_session_resume_call_async (GuichetSession *self,
                                   GuichetInteraction *interaction,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/resume", json_object_new ());
}

typedef struct
{
  GTask *task;
  GuichetCall *call;
} Ending;

/* The centre did not say anything: the agent's own leg can still be put down. */
static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Ending *ending = user_data;
  g_autoptr (GTask) task = ending->task;
  g_autoptr (GuichetCall) call = ending->call;
  GuichetSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else if (call != NULL && self->phone != NULL && guichet_api_is_transport_error (error))
    guichet_phone_hang_up_async (self->phone, call, g_task_get_cancellable (task), on_phone_done,
                                 g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
guichet_session_end_async (GuichetSession *self,
                           GuichetInteraction *interaction,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GuichetCall *call = guichet_interaction_get_call (interaction);
  g_autofree char *path =
      guichet_request_path ("/v1/interactions/", guichet_interaction_get_id (interaction), "/end");
  g_autofree char *key = base_token_new (18);
  g_autoptr (JsonObject) body = json_object_new ();
  Ending *ending;

  if (!guichet_session_get_link_up (self))
    {
      if (call != NULL)
        {
          guichet_phone_hang_up_async (self->phone, call, cancellable, on_phone_done, task);
          return;
        }
      g_task_return_error (task, guichet_request_error (GUICHET_CLIENT_ERROR_LINK_DOWN));
      g_object_unref (task);
      return;
    }
  ending = g_new0 (Ending, 1);
  ending->task = task;
  g_set_object (&ending->call, call);
  guichet_api_send_async (self->api, "POST", path, body, key, cancellable, on_ended, ending);
}

void
guichet_session_set_muted_async (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 gboolean muted,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GuichetCall *call = guichet_interaction_get_call (interaction);

  if (call != NULL)
    {
      guichet_phone_set_muted_async (self->phone, call, muted, cancellable, on_phone_done, task);
      return;
    }
  g_task_return_error (task, guichet_request_error (GUICHET_CLIENT_ERROR_NO_PHONE));
  g_object_unref (task);
}

void
guichet_session_dtmf_async (GuichetSession *self,
                            GuichetInteraction *interaction,
                            const char *digits,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  GuichetCall *call = guichet_interaction_get_call (interaction);
  JsonObject *body;

  if (call != NULL)
    {
      guichet_phone_send_dtmf_async (self->phone, call, digits, cancellable, on_phone_done, task);
      return;
    }
  body = json_object_new ();
  json_object_set_string_member (body, "digits", digits);
  guichet_request_send_about (self, task, "/v1/interactions/",
                              guichet_interaction_get_id (interaction), "/dtmf", body);
}

static gboolean
has_conflict (GuichetSession *self, const char *interaction)
{
  GListModel *list = G_LIST_MODEL (self->conflicts);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetConflict) conflict = g_list_model_get_item (list, i);
      if (g_str_equal (guichet_conflict_get_interaction (conflict), interaction))
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  GTask *task;
  char *interaction;
  char *participation;
} Submission;

static void
on_typed_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Submission *submission = user_data;
  g_autofree char *interaction = submission->interaction;
  g_autofree char *participation = submission->participation;
  GTask *task = submission->task;
  GuichetSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  g_free (submission);
  if (guichet_outbox_flush_finish (GUICHET_OUTBOX (source), result, &error) &&
      !has_conflict (self, interaction))
    {
      guichet_request_send_about (self, task, "/v1/participations/", participation,
                                  "/wrap_up/submit", json_object_new ());
      return;
    }
  g_task_return_error (task, error != NULL ? error
                                           : guichet_request_error (GUICHET_CLIENT_ERROR_CONFLICT));
  g_object_unref (task);
}

void
guichet_session_submit_wrap_up_async (GuichetSession *self,
                                      GuichetInteraction *interaction,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  Submission *submission;

  g_return_if_fail (mine != NULL);
  submission = g_new0 (Submission, 1);
  submission->task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  submission->interaction = g_strdup (guichet_interaction_get_id (interaction));
  submission->participation = g_strdup (guichet_participation_get_id (mine));
  guichet_outbox_flush_async (self->outbox, submission->interaction, cancellable, on_typed_sent,
                              submission);
}

void
guichet_session_extend_wrap_up_async (GuichetSession *self,
                                      GuichetInteraction *interaction,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  g_return_if_fail (mine != NULL);
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/participations/", guichet_participation_get_id (mine), "/wrap_up/extend",
      json_object_new ());
}
