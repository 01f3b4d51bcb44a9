/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: chats that are taken several at once, given back and transferred. Main loop. */
#include "client/hand-on.h"

#include "client/apply-fields.h"
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
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/transfer",
      body_to (guichet_target_get_kind (target), guichet_target_get_id (target)));
}

void
guichet_session_hand_over_async (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 const char *agent,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/transfer",
      body_to ("agent", agent));
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
  JsonObject *body = body_to (guichet_target_get_kind (target), guichet_target_get_id (target));

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
  g_autofree char *path = guichet_request_path (
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/consult");

  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "DELETE", path, NULL);
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

/* --- to whom ---------------------------------------------------------------------------------- */

static GuichetRecord *
read_target (const BaseJson *json, const char *kind, GHashTable *teams, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "presence", TARGET_PRESENCE, GUICHET_JSON_TEXT },
    { "reason", TARGET_REASON, GUICHET_JSON_TEXT },
    { "waiting", TARGET_WAITING, GUICHET_JSON_INT },
    { "problem", TARGET_PROBLEM, GUICHET_JSON_TEXT },
  };
  g_autoptr (GuichetRecord) target = g_object_new (GUICHET_TYPE_TARGET, NULL);
  const char *id, *name, *team;

  if (!base_json_get_string (json, "id", 256, &id, error) ||
      !base_json_opt_string (json, "name", 256, NULL, &name, error) ||
      !base_json_opt_string (json, "team", 256, NULL, &team, error) ||
      !APPLY_FIELDS (target, json, fields, error))
    return NULL;
  guichet_record_set_string (target, TARGET_KIND, kind);
  guichet_record_set_string (target, TARGET_ID, id);
  guichet_record_set_string (target, TARGET_NAME,
                             name != NULL ? name : guichet_pick_name (json, id));
  if (team != NULL)
    guichet_record_set_string (target, TARGET_TEAM_NAME, g_hash_table_lookup (teams, team));
  return g_steal_pointer (&target);
}

static gboolean
read_targets (const BaseJson *root,
              const char *member,
              const char *kind,
              GHashTable *teams,
              GPtrArray *all,
              GError **error)
{
  BaseJson array, item;

  if (!base_json_get_array (root, member, ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      GuichetRecord *target = base_json_item_object (&array, i, &item, error)
                                  ? read_target (&item, kind, teams, error)
                                  : NULL;

      if (target == NULL)
        return FALSE;
      g_ptr_array_add (all, target);
    }
  return TRUE;
}

gboolean
guichet_targets_return (GTask *task, const BaseJson *root, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) teams = guichet_names_by_id (root, "teams", error);

  if (teams == NULL || !read_targets (root, "queues", "queue", teams, all, error) ||
      !read_targets (root, "agents", "agent", teams, all, error) ||
      !read_targets (root, "skills", "skill", teams, all, error))
    return FALSE;
  g_task_return_pointer (task, g_steal_pointer (&all), (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

void
guichet_session_targets_async (GuichetSession *self,
                               GuichetInteraction *interaction,
                               const char *purpose,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autofree char *after = g_strconcat ("/targets?for=", purpose, NULL);
  g_autofree char *path =
      guichet_request_path ("/v1/interactions/", guichet_interaction_get_id (interaction), after);

  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_TARGETS, cancellable, callback, user_data),
      "GET", path, NULL);
}
