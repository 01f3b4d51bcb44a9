/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: commands and questions. Each goes once, at once, or fails in words. Main loop. */
#include "client/session-private.h"

#include "base/ids.h"
#include "base/time-text.h"

#include <string.h>

/* What an answer becomes: nothing, a secret, a customer, a list. */
typedef enum
{
  ANSWER_NOTHING,
  ANSWER_SECRET,
  ANSWER_CUSTOMER,
  ANSWER_CUSTOMERS,
  ANSWER_RECENT,
  ANSWER_HISTORY,
} Answer;

static GError *
error_of (GuichetClientErrorCode code)
{
  return guichet_client_error_new (code, NULL, NULL, 0, 0, NULL);
}

static GError *
nonsense (const GError *error)
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
return_customer (GTask *task, GuichetSession *self, const BaseJson *root, GError **error)
{
  g_autoptr (GuichetRecord) customer = g_object_new (GUICHET_TYPE_CUSTOMER, NULL);
  BaseJson json;

  if (!base_json_get_object (root, "customer", &json, error) ||
      !guichet_apply_customer (customer, &json, &self->context, error))
    return FALSE;
  g_task_return_pointer (task, g_steal_pointer (&customer), g_object_unref);
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
  BaseJson array, item;

  if (!base_json_get_array (root, name, 100000, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      g_autoptr (GuichetRecord) one = g_object_new (type, NULL);
      if (!base_json_item_object (&array, i, &item, error) ||
          !apply (one, &item, &self->context, error))
        return FALSE;
      g_ptr_array_add (list, g_steal_pointer (&one));
    }
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
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
  switch ((Answer) GPOINTER_TO_INT (g_task_get_task_data (task)))
    {
    case ANSWER_NOTHING:
      g_task_return_boolean (task, TRUE);
      return TRUE;
    case ANSWER_SECRET:
      return return_secret (task, root, error);
    case ANSWER_CUSTOMER:
      return return_customer (task, self, root, error);
    case ANSWER_CUSTOMERS:
      return return_list (task, self, root, "customers", GUICHET_TYPE_CUSTOMER,
                          guichet_apply_customer, error);
    case ANSWER_RECENT:
      return return_recent (task, self, root, error);
    case ANSWER_HISTORY:
      return return_list (task, self, root, "interactions", GUICHET_TYPE_RECENT,
                          guichet_apply_recent, error);
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
    g_task_return_error (task, nonsense (error));
}

/* body: transfer full, NULL for a question. */
static void
send (GuichetSession *self, GTask *task, const char *method, const char *path, JsonObject *body)
{
  g_autoptr (JsonObject) owned G_GNUC_UNUSED = body;
  g_autofree char *key = body != NULL ? base_token_new (18) : NULL;

  if (guichet_api_get_token (self->api) == NULL)
    g_task_return_error (task, error_of (GUICHET_CLIENT_ERROR_SIGNED_OUT));
  else if (!guichet_session_get_link_up (self))
    g_task_return_error (task, error_of (GUICHET_CLIENT_ERROR_LINK_DOWN));
  else
    {
      guichet_api_send_async (self->api, method, path, body, key, g_task_get_cancellable (task),
                              on_answer, task);
      return;
    }
  g_object_unref (task);
}

static GTask *
new_task (GuichetSession *self,
          Answer answer,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, GINT_TO_POINTER (answer), NULL);
  return task;
}

static char *
path_with (const char *before, const char *id, const char *after)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat (before, escaped, after, NULL);
}

static void
send_about (GuichetSession *self,
            GTask *task,
            const char *before,
            const char *id,
            const char *after,
            JsonObject *body)
{
  g_autofree char *path = path_with (before, id, after);

  send (self, task, "POST", path, body);
}

gboolean
guichet_session_command_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
guichet_session_set_state_async (GuichetSession *self,
                                 const char *state,
                                 const char *reason,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = new_task (self, ANSWER_NOTHING, cancellable, callback, user_data);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "state", state);
  if (reason != NULL && *reason != '\0')
    json_object_set_string_member (body, "reason", reason);
  send (self, task, "PUT", "/v1/state", body);
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
  GTask *task = new_task (self, ANSWER_NOTHING, cancellable, callback, user_data);
  JsonObject *body = json_object_new ();

  if (queues != NULL)
    base_json_set_strings (body, "queues", queues);
  else
    json_object_set_string_member (body, "queues", "all");
  json_object_set_string_member (body, "state", state);
  if (reason != NULL && *reason != '\0')
    json_object_set_string_member (body, "reason", reason);
  send (self, task, "PUT", "/v1/memberships", body);
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
      g_task_return_error (task, error_of (GUICHET_CLIENT_ERROR_LINK_DOWN));
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
  GTask *task = new_task (self, ANSWER_NOTHING, cancellable, callback, user_data);
  GuichetCall *call = guichet_offer_get_call (offer);

  if (call != NULL)
    guichet_phone_answer_async (self->phone, call, cancellable, on_phone_done, task);
  else
    send_about (self, task, "/v1/offers/", guichet_offer_get_id (offer), "/accept",
                json_object_new ());
}

void
guichet_session_decline_async (GuichetSession *self,
                               GuichetOffer *offer,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = new_task (self, ANSWER_NOTHING, cancellable, callback, user_data);
  GuichetCall *call = guichet_offer_get_call (offer);

  if (call != NULL)
    guichet_phone_decline_async (self->phone, call, "declined", cancellable, on_phone_done, task);
  else
    send_about (self, task, "/v1/offers/", guichet_offer_get_id (offer), "/decline",
                json_object_new ());
}

void
guichet_session_hold_async (GuichetSession *self,
                            GuichetInteraction *interaction,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  send_about (self, new_task (self, ANSWER_NOTHING, cancellable, callback, user_data),
              "/v1/interactions/", guichet_interaction_get_id (interaction), "/hold",
              json_object_new ());
}

void
guichet_session_resume_call_async (GuichetSession *self,
                                   GuichetInteraction *interaction,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  send_about (self, new_task (self, ANSWER_NOTHING, cancellable, callback, user_data),
              "/v1/interactions/", guichet_interaction_get_id (interaction), "/resume",
              json_object_new ());
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
      path_with ("/v1/interactions/", guichet_interaction_get_id (interaction), "/end");
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
      g_task_return_error (task, error_of (GUICHET_CLIENT_ERROR_LINK_DOWN));
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
  g_task_return_error (task, error_of (GUICHET_CLIENT_ERROR_NO_PHONE));
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
  GTask *task = new_task (self, ANSWER_NOTHING, cancellable, callback, user_data);
  GuichetCall *call = guichet_interaction_get_call (interaction);
  JsonObject *body;

  if (call != NULL)
    {
      guichet_phone_send_dtmf_async (self->phone, call, digits, cancellable, on_phone_done, task);
      return;
    }
  body = json_object_new ();
  json_object_set_string_member (body, "digits", digits);
  send_about (self, task, "/v1/interactions/", guichet_interaction_get_id (interaction), "/dtmf",
              body);
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
      send_about (self, task, "/v1/participations/", participation, "/wrap_up/submit",
                  json_object_new ());
      return;
    }
  g_task_return_error (task, error != NULL ? error : error_of (GUICHET_CLIENT_ERROR_CONFLICT));
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
  submission->task = new_task (self, ANSWER_NOTHING, cancellable, callback, user_data);
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
  send_about (self, new_task (self, ANSWER_NOTHING, cancellable, callback, user_data),
              "/v1/participations/", guichet_participation_get_id (mine), "/wrap_up/extend",
              json_object_new ());
}

void
guichet_session_link_customer_async (GuichetSession *self,
                                     GuichetInteraction *interaction,
                                     const char *customer,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autofree char *path =
      path_with ("/v1/interactions/", guichet_interaction_get_id (interaction), "/customer");
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "customer", customer);
  send (self, new_task (self, ANSWER_NOTHING, cancellable, callback, user_data), "PUT", path, body);
}

void
guichet_session_reveal_async (GuichetSession *self,
                              GuichetInteraction *interaction,
                              const char *variable,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *before =
      path_with ("/v1/interactions/", guichet_interaction_get_id (interaction), "/variables/");

  send_about (self, new_task (self, ANSWER_SECRET, cancellable, callback, user_data), before,
              variable, "/reveal", json_object_new ());
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

static JsonObject *
customer_body (const char *name, const char *const *numbers)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "name", name);
  base_json_set_strings (body, "numbers", numbers);
  return body;
}

void
guichet_session_create_customer_async (GuichetSession *self,
                                       const char *name,
                                       const char *const *numbers,
                                       GuichetInteraction *interaction,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  JsonObject *body = customer_body (name, numbers);

  if (interaction != NULL)
    json_object_set_string_member (body, "interaction", guichet_interaction_get_id (interaction));
  send (self, new_task (self, ANSWER_CUSTOMER, cancellable, callback, user_data), "POST",
        "/v1/customers", body);
}

void
guichet_session_update_customer_async (GuichetSession *self,
                                       GuichetCustomer *customer,
                                       const char *name,
                                       const char *const *numbers,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autofree char *path = path_with ("/v1/customers/", guichet_customer_get_id (customer), "");
  JsonObject *body = customer_body (name, numbers);

  json_object_set_int_member (body, "revision", guichet_customer_get_revision (customer));
  send (self, new_task (self, ANSWER_CUSTOMER, cancellable, callback, user_data), "PUT", path,
        body);
}

GuichetCustomer *
guichet_session_customer_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_session_find_customers_by_number_async (GuichetSession *self,
                                                const char *number,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data)
{
  g_autofree char *path = path_with ("/v1/customers?number=", number, "");

  send (self, new_task (self, ANSWER_CUSTOMERS, cancellable, callback, user_data), "GET", path,
        NULL);
}

void
guichet_session_find_customers_async (GuichetSession *self,
                                      const char *query,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autofree char *path = path_with ("/v1/customers?query=", query, "");

  send (self, new_task (self, ANSWER_CUSTOMERS, cancellable, callback, user_data), "GET", path,
        NULL);
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
                               gint64 before,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autofree char *query = page (before, limit);
  g_autofree char *after = g_strconcat ("/history", query, NULL);
  g_autofree char *path = path_with ("/v1/customers/", customer, after);

  send (self, new_task (self, ANSWER_HISTORY, cancellable, callback, user_data), "GET", path, NULL);
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

  send (self, new_task (self, ANSWER_RECENT, cancellable, callback, user_data), "GET", path, NULL);
}

GPtrArray *
guichet_session_list_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
