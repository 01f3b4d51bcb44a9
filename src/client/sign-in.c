/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: signing in, or taking up a session again by its token: session, local store,
 * first snapshot. Main loop. */
#include "client/link.h"

#include "base/ids.h"
#include "base/log.h"
#include "client/apply-fields.h"
#include "client/canned.h"
#include "client/erased.h"
#include "client/chats.h"
#include "client/fields/session.h"
#include "client/snapshot.h"
#include "client/station.h"
#include "client/token.h"

#include <libsecret/secret.h>
#include <string.h>

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

static GError *
protocol_error (const GError *error)
{
  return guichet_client_error_new (GUICHET_CLIENT_ERROR_PROTOCOL, NULL,
                                   base_error_get_pointer (error), 0, 0, error->message);
}

/* The answer of POST /v1/sessions and GET /v1/session. */
static gboolean
take_session (GuichetSession *self, const BaseJson *root, GError **error)
{
  BaseJson agent, limits, station;
  const char *kind, *address;
  gint64 server_time = 0;

  if (!base_json_get_object (root, "agent", &agent, error) ||
      !guichet_session_apply_agent (self, &agent, error) ||
      !guichet_session_apply_centre (self, root, error) ||
      !base_json_opt_object (root, "limits", &limits, error) ||
      !base_json_opt_object (root, "station", &station, error) ||
      !base_json_opt_time (root, "server_time", 0, &server_time, error))
    return FALSE;
  if (station.object != NULL &&
      base_json_opt_string (&station, "kind", 64, "softphone", &kind, NULL) &&
      base_json_opt_string (&station, "address", 256, "", &address, NULL))
    {
      guichet_record_set_string (record (self), SESSION_STATION, kind);
      guichet_record_set_string (record (self), SESSION_STATION_ADDRESS, address);
    }
  if (server_time != 0)
    guichet_session_note_time (self, server_time);
  if (limits.object != NULL)
    {
      g_autoptr (GList) names = json_object_get_members (limits.object);
      for (GList *at = names; at != NULL; at = at->next)
        {
          gint64 limit = 0;
          base_json_opt_int (&limits, at->data, 0, G_MAXINT, 0, &limit, NULL);
          g_hash_table_insert (self->limits, g_strdup (at->data), GINT_TO_POINTER ((gint) limit));
        }
    }
  return TRUE;
}

static void
on_store_problem (GuichetStore *store, const char *message, GuichetSession *self)
{
  base_log (BASE_LOG_WARNING, "store", "cannot_write", "error", message, NULL);
  guichet_record_set_string (record (self), SESSION_STORE_PROBLEM, "cannot_write");
}

/* Rows of an earlier window are known only once the epoch is: loaded before the snapshot is
 * applied, laid over it then. */
static char *
epoch_of (JsonObject *answer)
{
  const char *epoch = "";
  BaseJson desk;

  base_json_from_object (&desk, answer);
  base_json_opt_string (&desk, "epoch", 256, "", &epoch, NULL);
  return g_strdup (epoch);
}

static void
on_first_desk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  g_autofree char *epoch = NULL;
  GPtrArray *rows;
  GTask *task;

  if (self->entering == NULL)
    return;
  if (answer == NULL)
    {
      guichet_session_enter_failed (self, g_steal_pointer (&error));
      return;
    }
  epoch = epoch_of (answer);
  rows = g_object_get_data (G_OBJECT (self->entering), "rows");
  guichet_outbox_load (self->outbox, self->store, rows, epoch);
  if (!guichet_session_take_desk (self, answer, &error))
    {
      guichet_session_enter_failed (self, protocol_error (error));
      return;
    }
  if (self->keep_token)
    guichet_token_keep (guichet_record_get_string (record (self), SESSION_CENTRE_URL),
                        guichet_session_get_agent (self), guichet_api_get_token (self->api));
  task = g_steal_pointer (&self->entering);
  guichet_session_go_online (self);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
show_kept (GuichetSession *self, const char *text)
{
  g_autoptr (JsonNode) node =
      text != NULL ? base_json_parse (text, strlen (text), NULL, NULL) : NULL;
  BaseJson kept;

  if (node != NULL && base_json_root (&kept, node, NULL))
    guichet_session_apply_definitions (self, &kept);
}

static void
on_kept (GuichetStore *store, const char *name, GuichetSession *self)
{
  guichet_chats_kept (self->chats, name);
}

static void
on_store_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSession) self = user_data;
  g_autoptr (GuichetStored) stored = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer offer, interaction;

  if (self->entering == NULL)
    return;
  self->store = guichet_store_open_finish (result, &stored, &error);
  if (self->store == NULL)
    {
      base_log_failure (BASE_LOG_WARNING, "store", "cannot_open", error);
      guichet_record_set_string (
          record (self), SESSION_STORE_PROBLEM,
          g_str_equal (guichet_client_error_get_reason (error), "newer") ? "newer" : "cannot_open");
    }
  else
    {
      guichet_record_set_string (record (self), SESSION_STORE_PROBLEM, "");
      g_signal_connect_object (self->store, "problem", G_CALLBACK (on_store_problem), self, 0);
      g_signal_connect_object (self->store, "kept", G_CALLBACK (on_kept), self, 0);
      g_hash_table_iter_init (&iter, stored->offers);
      while (g_hash_table_iter_next (&iter, &offer, &interaction))
        g_hash_table_insert (self->offer_of, g_strdup (offer), g_strdup (interaction));
      show_kept (self, stored->snapshot);
      guichet_canned_load (self->canned, stored->replies, stored->canned);
      guichet_erased_load (self->erased, stored->erased);
      g_object_set_data_full (G_OBJECT (self->entering), "rows", g_steal_pointer (&stored->rows),
                              (GDestroyNotify) g_ptr_array_unref);
    }
  guichet_api_send_async (self->api, "GET", "/v1/desk", NULL, NULL, self->cancellable,
                          on_first_desk, g_object_ref (self));
}

static char *
store_dir (GuichetSession *self)
{
  const char *centre = guichet_record_get_string (record (self), SESSION_CENTRE);
  g_autofree char *who = g_strjoin (
      "\n",
      *centre != '\0' ? centre : guichet_record_get_string (record (self), SESSION_CENTRE_URL),
      guichet_session_get_agent (self), NULL);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, who, -1);

  name[24] = '\0';
  return g_build_filename (self->cache_dir, "desks", name, NULL);
}

static void
open_desk (GuichetSession *self)
{
  g_autofree char *dir = store_dir (self);

  if (self->store != NULL) /* a second sign-in of this window */
    g_clear_object (&self->store);
  g_free (self->files_dir);
  self->files_dir = g_build_filename (dir, "files", NULL);
  guichet_store_open_async (dir, self->cancellable, on_store_open, g_object_ref (self));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  const char *token;
  BaseJson root;

  if (self->entering == NULL)
    return;
  if (answer == NULL)
    {
      guichet_session_enter_failed (self, g_steal_pointer (&error));
      return;
    }
  base_json_from_object (&root, answer);
  if (!base_json_get_string (&root, "token", 4096, &token, &error) ||
      !take_session (self, &root, &error) || !guichet_session_give_account (self, &root, &error))
    {
      guichet_session_enter_failed (self, protocol_error (error));
      return;
    }
  guichet_api_set_token (self->api, token);
  open_desk (self);
}

static gboolean
begin_entering (GuichetSession *self, GTask *task, const char *url)
{
  GError *error = NULL;
  const char *state = guichet_session_get_state (self);

  g_return_val_if_fail (self->entering == NULL &&
                            (g_str_equal (state, "signed_out") || g_str_equal (state, "ended")),
                        FALSE);
  if (!guichet_api_set_url (self->api, url, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return FALSE;
    }
  guichet_record_set_string (record (self), SESSION_CENTRE_URL, guichet_api_get_url (self->api));
  guichet_record_set_string (record (self), SESSION_END_REASON, "");
  self->phone_told = FALSE;
  self->entering = task;
  guichet_session_set_life (self, "signing_in");
  return TRUE;
}

static JsonObject *
sign_in_body (const GuichetSignIn *what, const char *kind)
{
  JsonObject *body = json_object_new ();
  JsonObject *station = json_object_new ();

  json_object_set_string_member (body, "agent", what->agent);
  json_object_set_string_member (body, "password", what->password);
  json_object_set_string_member (station, "kind", kind);
  if (what->station_address != NULL && *what->station_address != '\0')
    json_object_set_string_member (station, "address", what->station_address);
  json_object_set_object_member (body, "station", station);
  if (what->take_over)
    json_object_set_boolean_member (body, "take_over", TRUE);
  json_object_set_string_member (body, "client", "guichet");
  return body;
}

void
guichet_session_sign_in_async (GuichetSession *self,
                               const GuichetSignIn *what,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *kind = what->station != NULL ? what->station : "softphone";
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *key = base_token_new (18);

  if (!begin_entering (self, task, what->url))
    return;
  guichet_record_set_string (record (self), SESSION_STATION, kind);
  guichet_record_set_string (record (self), SESSION_STATION_ADDRESS, what->station_address);
  self->keep_token = what->keep_token;
  guichet_api_set_token (self->api, NULL);
  body = sign_in_body (what, kind);
  guichet_api_send_async (self->api, "POST", "/v1/sessions", body, key, cancellable, on_signed_in,
                          g_object_ref (self));
}

gboolean
guichet_session_sign_in_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static GError *
no_token (void)
{
  return guichet_client_error_new (GUICHET_CLIENT_ERROR_NO_TOKEN, NULL, NULL, 0, 0, NULL);
}

/* The SIP password is not kept anywhere but in the phone: without its account one has to sign in.
 */
static void
enter_resumed (GuichetSession *self)
{
  if (self->phone != NULL && guichet_session_has_softphone (self) &&
      !guichet_phone_has_account (self->phone))
    guichet_session_enter_failed (self, no_token ());
  else
    open_desk (self);
}

static void
on_phone_settled (GuichetSession *self)
{
  g_signal_handlers_disconnect_by_func (self->phone, on_phone_settled, self);
  if (self->entering != NULL)
    enter_resumed (self);
}

/* What the phone has is known once it answered. */
static void
wait_for_phone (GuichetSession *self)
{
  if (self->phone == NULL || !guichet_session_has_softphone (self) ||
      guichet_phone_is_settled (self->phone))
    {
      enter_resumed (self);
      return;
    }
  g_signal_connect_object (self->phone, "settled", G_CALLBACK (on_phone_settled), self,
                           G_CONNECT_SWAPPED);
  guichet_phone_start (self->phone);
}

static void
on_session_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  BaseJson root;

  if (self->entering == NULL)
    return;
  if (answer == NULL)
    {
      gboolean is_void =
          g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_SIGNED_OUT);

      if (is_void)
        guichet_token_forget (guichet_api_get_url (self->api),
                              g_task_get_task_data (self->entering));
      guichet_session_enter_failed (self, is_void ? no_token () : g_steal_pointer (&error));
      return;
    }
  base_json_from_object (&root, answer);
  if (!take_session (self, &root, &error))
    guichet_session_enter_failed (self, protocol_error (error));
  else
    wait_for_phone (self);
}

static void
on_token_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSession) self = user_data;
  char *token = guichet_token_find_finish (result);

  if (self->entering != NULL && token != NULL)
    {
      guichet_api_set_token (self->api, token);
      guichet_api_send_async (self->api, "GET", "/v1/session", NULL, NULL, self->cancellable,
                              on_session_read, g_object_ref (self));
    }
  else if (self->entering != NULL)
    guichet_session_enter_failed (self, no_token ());
  secret_password_free (token);
}

void
guichet_session_resume_async (GuichetSession *self,
                              const char *url,
                              const char *agent,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (agent), g_free);
  if (!begin_entering (self, task, url))
    return;
  self->keep_token = TRUE;
  guichet_record_set_string (record (self), SESSION_STATION, "softphone");
  guichet_token_find_async (guichet_api_get_url (self->api), agent, cancellable, on_token_found,
                            g_object_ref (self));
}

gboolean
guichet_session_resume_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
