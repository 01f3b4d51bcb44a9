/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: chats that are taken several at once, given back and transferred. Main loop. */
#include "client/hand-on.h"

#include "client/request.h"

#define ITEMS_MAX 100000

/* --- several at once -------------------------------------------------------------------------- */

void
guichet_accepted_free (GuichetAccepted *accepted)
{
  g_free (accepted->reason);
  g_free (accepted);
}

gboolean
guichet_accepted_return (GTask *task, const BaseJson *root, GError **error)
{
  g_autoptr (GuichetAccepted) accepted = g_new0 (GuichetAccepted, 1);
  BaseJson done, failed, first;
  const char *reason;

  if (!base_json_get_array (root, "accepted", ITEMS_MAX, &done, error) ||
      !base_json_get_array (root, "failed", ITEMS_MAX, &failed, error))
    return FALSE;
  accepted->accepted = base_json_length (&done);
  accepted->failed = base_json_length (&failed);
  if (accepted->failed > 0)
    {
      if (!base_json_item_object (&failed, 0, &first, error) ||
          !base_json_get_string (&first, "reason", 64, &reason, error))
        return FALSE;
      accepted->reason = g_strdup (reason);
    }
  g_task_return_pointer (task, g_steal_pointer (&accepted), (GDestroyNotify) guichet_accepted_free);
  return TRUE;
}

void
guichet_session_accept_all_async (GuichetSession *self,
                                  GPtrArray *offers,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  JsonObject *body = json_object_new ();
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < offers->len; i++)
    json_array_add_string_element (ids, guichet_offer_get_id (offers->pdata[i]));
  json_object_set_array_member (body, "offers", ids);
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_ACCEPTED, cancellable, callback, user_data),
      "POST", "/v1/offers/accept", body);
}

GuichetAccepted *
guichet_session_accept_all_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- recording -------------------------------------------------------------------------------- */

void
guichet_session_record_async (GuichetSession *self,
                              GuichetInteraction *interaction,
                              const char *action,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "action", action);
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/recording", body);
}

/* --- giving away ------------------------------------------------------------------------------ */

void
guichet_session_unassign_async (GuichetSession *self,
                                GuichetInteraction *interaction,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/unassign",
      json_object_new ());
}

static JsonObject *
body_to (const char *kind, const char *id)
{
  JsonObject *body = json_object_new ();
  JsonObject *to = json_object_new ();

  json_object_set_string_member (to, kind, id);
  json_object_set_object_member (body, "to", to);
  return body;
}

/* One without an id of its own at the centre is called by its number. */
static JsonObject *
body_of (GuichetTarget *target)
{
  const char *kind = guichet_target_get_kind (target);
  gboolean outside = g_str_equal (kind, "contact") || g_str_equal (kind, "speed_dial") ||
                     g_str_equal (kind, "number");

  return body_to (outside ? "number" : kind,
                  outside ? guichet_target_get_number (target) : guichet_target_get_id (target));
}

void
guichet_session_transfer_async (GuichetSession *self,
                                GuichetInteraction *interaction,
                                GuichetTarget *target,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/transfer", body_of (target));
}

void
guichet_session_hand_over_async (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 const char *kind,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/transfer",
      body_to (kind, id));
}

/* --- several agents --------------------------------------------------------------------------- */

void
guichet_session_consult_async (GuichetSession *self,
                               GuichetInteraction *interaction,
                               GuichetTarget *target,
                               gboolean conference,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  JsonObject *body = body_of (target);

  json_object_set_string_member (body, "kind", conference ? "conference" : "consult");
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/consult", body);
}

void
guichet_session_end_consult_async (GuichetSession *self,
                                   GuichetInteraction *interaction,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  guichet_request_send_to (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "DELETE", "/v1/interactions/", guichet_interaction_get_id (interaction), "/consult", NULL);
}

void
guichet_session_confer_async (GuichetSession *self,
                              GuichetInteraction *interaction,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/conference",
      json_object_new ());
}

void
guichet_session_park_async (GuichetSession *self,
                            GuichetInteraction *interaction,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/park", json_object_new ());
}

void
guichet_session_fetch_async (GuichetSession *self,
                             GuichetParked *parked,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *place = g_strdup_printf ("%" G_GINT64_FORMAT, guichet_parked_get_place (parked));

  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/parked/", place, "/fetch", json_object_new ());
}

void
guichet_session_leave_async (GuichetSession *self,
                             GuichetInteraction *interaction,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/leave", json_object_new ());
}

void
guichet_session_part_async (GuichetSession *self,
                            GuichetParticipation *part,
                            const char *what,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *after = g_strconcat ("/", what, NULL);

  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/participations/", guichet_participation_get_id (part), after, json_object_new ());
}
