/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: signing in and out, the snapshot, the stream and what its going and coming means.
 * Main loop. */
#include "client/session-private.h"

#include "base/ids.h"
#include "base/log.h"
#include "client/token.h"

#include <libsecret/secret.h>
#include <string.h>

#define RESYNC_FIRST_MS 100
#define RESYNC_MAX_MS   5000

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static GError *
protocol_error (const GError *error)
{
  return guichet_client_error_new (GUICHET_CLIENT_ERROR_PROTOCOL, NULL,
                                   base_error_get_pointer (error), 0, 0, error->message);
}

static void
set_link (GuichetSession *self, gboolean up)
{
  if (guichet_session_get_link_up (self) != up || guichet_session_get_link_since (self) == 0)
    {
      guichet_record_set_int (record (self), SESSION_LINK_SINCE, guichet_session_now (self));
      guichet_record_set_bool (record (self), SESSION_LINK_UP, up);
    }
  guichet_outbox_set_online (self->outbox, up);
}

static void
set_state (GuichetSession *self, const char *state)
{
  gboolean lives = g_str_equal (state, "online") || g_str_equal (state, "reconnecting");

  guichet_record_set_string (record (self), SESSION_STATE, state);
  if (self->phone != NULL)
    guichet_phone_set_alive (self->phone, lives && guichet_session_has_softphone (self));
}

static void
enter_failed (GuichetSession *self, GError *error)
{
  GTask *task = g_steal_pointer (&self->entering);

  guichet_api_set_token (self->api, NULL);
  set_state (self, "signed_out");
  if (self->phone != NULL)
    guichet_phone_set_account (self->phone, NULL);
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* Ends the session here: state is "ended" with a reason, or "signed_out". The outbox keeps what the
 * centre does not have. */
void
guichet_session_leave (GuichetSession *self, const char *state, const char *reason)
{
  g_clear_handle_id (&self->resync_id, g_source_remove);
  guichet_stream_stop (self->stream);
  set_link (self, FALSE);
  guichet_api_set_token (self->api, NULL);
  if (self->keep_token)
    guichet_token_forget (guichet_record_get_string (record (self), SESSION_CENTRE_URL),
                          guichet_session_get_agent (self));
  if (self->phone != NULL && guichet_session_has_softphone (self))
    guichet_phone_set_account (self->phone, NULL);
  guichet_record_set_string (record (self), SESSION_END_REASON, reason);
  guichet_record_set_string (record (self), SESSION_AGENT_STATE, "offline");
  g_list_store_remove_all (self->offers);
  if (self->store != NULL && self->wipe_at_sign_out && guichet_outbox_count (self->outbox) == 0)
    {
      guichet_store_wipe (self->store);
      g_list_store_remove_all (self->recent);
    }
  if (self->entering != NULL)
    enter_failed (
        self, guichet_client_error_new (GUICHET_CLIENT_ERROR_SIGNED_OUT, reason, NULL, 0, 0, NULL));
  set_state (self, state);
}

static void
on_phone_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);

  if (answer != NULL || is_cancelled (error))
    return;
  base_log_failure (BASE_LOG_WARNING, "session", "phone_not_told", error);
  self->phone_told = FALSE; /* again when the link is back */
}

static const char *
reason_not_ready (GuichetSession *self)
{
  static const char *const grave[] = { "no_microphone", "no_speaker", "suspending",
                                       "sound_server_lost" };
  const char *const *problems = guichet_phone_get_problems (self->phone);

  if (!guichet_phone_get_present (self->phone))
    return "phone_lost";
  for (guint i = 0; i < G_N_ELEMENTS (grave); i++)
    if (g_strv_contains (problems, grave[i]) ||
        g_str_equal (guichet_phone_get_registration_reason (self->phone), grave[i]))
      return grave[i];
  return NULL;
}

/* Tells the centre what the softphone says of its devices, when it is something new. */
void
guichet_session_tell_phone (GuichetSession *self)
{
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *key = NULL;
  const char *reason;

  if (self->phone == NULL || !guichet_session_has_softphone (self) ||
      !guichet_session_get_link_up (self) || !guichet_phone_is_settled (self->phone))
    return;
  reason = reason_not_ready (self);
  if (self->phone_told && g_strcmp0 (self->phone_reason, reason) == 0)
    return;
  self->phone_told = TRUE;
  g_free (self->phone_reason);
  self->phone_reason = g_strdup (reason);
  body = json_object_new ();
  json_object_set_boolean_member (body, "ready", reason == NULL);
  if (reason != NULL)
    json_object_set_string_member (body, "reason", reason);
  key = base_token_new (18);
  guichet_api_send_async (self->api, "POST", "/v1/session/phone", body, key, self->cancellable,
                          on_phone_told, g_object_ref (self));
}

static void
go_online (GuichetSession *self)
{
  set_state (self, "online");
  set_link (self, TRUE);
  guichet_session_join (self);
  guichet_session_tell_phone (self);
}

static void
note_server_time (GuichetSession *self, gint64 server_time)
{
  self->clock_offset = server_time - base_clock_now (self->clock);
}

static gboolean
take_desk (GuichetSession *self, JsonObject *answer, GError **error)
{
  g_autofree char *kept = NULL;
  const char *cursor, *epoch;
  gint64 seq, server_time;
  BaseJson desk;

  base_json_from_object (&desk, answer);
  if (!base_json_get_string (&desk, "cursor", 4096, &cursor, error) ||
      !base_json_get_string (&desk, "epoch", 256, &epoch, error) ||
      !base_json_get_int (&desk, "seq", 0, G_MAXINT64, &seq, error) ||
      !base_json_opt_time (&desk, "server_time", 0, &server_time, error))
    return FALSE;
  if (server_time != 0)
    note_server_time (self, server_time);
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  if (!guichet_session_apply_snapshot (self, &desk, error))
    return FALSE;
  if (self->store != NULL)
    {
      kept = guichet_session_make_kept (&desk);
      guichet_store_keep_snapshot (self->store, kept);
    }
  g_signal_handlers_block_matched (self->stream, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  guichet_stream_start (self->stream, cursor, epoch, seq); /* the old socket's end is no news */
  g_signal_handlers_unblock_matched (self->stream, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  return TRUE;
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

static gboolean
on_resync_due (gpointer user_data)
{
  GuichetSession *self = user_data;

  self->resync_id = 0;
  guichet_session_resync (self);
  return G_SOURCE_REMOVE;
}

static void
resync_later (GuichetSession *self)
{
  guint pause = MIN (RESYNC_FIRST_MS << MIN (self->resync_attempts, 8u), RESYNC_MAX_MS);

  self->resync_attempts++;
  if (self->resync_id == 0)
    self->resync_id = g_timeout_add (
        pause / 2 + (guint) g_random_int_range (0, (gint32) pause / 2 + 1), on_resync_due, self);
}

static void
on_resynced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);

  self->snapshot_under_way = FALSE;
  if (is_cancelled (error) || guichet_api_get_token (self->api) == NULL)
    return;
  if (answer != NULL && take_desk (self, answer, &error))
    {
      self->resync_attempts = 0;
      go_online (self);
      return;
    }
  base_log_failure (BASE_LOG_WARNING, "session", "no_snapshot", error);
  if (g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_SIGNED_OUT))
    guichet_session_leave (self, "ended", "expired");
  else
    {
      set_state (self, "reconnecting");
      set_link (self, FALSE);
      guichet_session_join (self);
      resync_later (self);
    }
}

void
guichet_session_resync (GuichetSession *self)
{
  if (self->snapshot_under_way || guichet_api_get_token (self->api) == NULL)
    return;
  self->snapshot_under_way = TRUE;
  guichet_api_send_async (self->api, "GET", "/v1/desk", NULL, NULL, self->cancellable, on_resynced,
                          g_object_ref (self));
}

static void
on_link (GuichetStream *stream, gboolean up, GuichetSession *self)
{
  if (guichet_api_get_token (self->api) == NULL || self->entering != NULL ||
      self->snapshot_under_way)
    return;
  if (up)
    {
      go_online (self);
      return;
    }
  self->phone_told = FALSE;
  set_state (self, "reconnecting");
  set_link (self, FALSE);
  guichet_session_join (self);
}

static void
on_gone (GuichetStream *stream, GuichetSession *self)
{
  if (self->resync_id == 0)
    resync_later (self);
}

static void
on_void (GuichetStream *stream, GuichetSession *self)
{
  guichet_session_leave (self, "ended", "expired");
}

static void
on_event (GuichetStream *stream, JsonObject *event, GuichetSession *self)
{
  guichet_session_apply_event (self, event);
}

static void
on_server_time (GuichetStream *stream, gint64 server_time, GuichetSession *self)
{
  note_server_time (self, server_time);
}

static void
on_phone_settled (GuichetSession *self)
{
  guichet_session_tell_phone (self);
}

void
guichet_session_init_link (GuichetSession *self)
{
  g_signal_connect (self->stream, "link", G_CALLBACK (on_link), self);
  g_signal_connect (self->stream, "gone", G_CALLBACK (on_gone), self);
  g_signal_connect (self->stream, "void", G_CALLBACK (on_void), self);
  g_signal_connect (self->stream, "event", G_CALLBACK (on_event), self);
  g_signal_connect (self->stream, "server-time", G_CALLBACK (on_server_time), self);
  if (self->phone == NULL)
    return;
  g_signal_connect_object (self->phone, "settled", G_CALLBACK (on_phone_settled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "notify::present", G_CALLBACK (on_phone_settled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "notify::problems", G_CALLBACK (on_phone_settled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "notify::registration-reason",
                           G_CALLBACK (on_phone_settled), self, G_CONNECT_SWAPPED);
}

/* The answer of POST /v1/sessions and GET /v1/session. */
static gboolean
take_session (GuichetSession *self, const BaseJson *root, GError **error)
{
  BaseJson agent, centre, limits, station;
  const char *id = "", *kind, *address;
  gint64 server_time = 0;

  if (!base_json_get_object (root, "agent", &agent, error) ||
      !guichet_session_apply_agent (self, &agent, error) ||
      !base_json_opt_object (root, "centre", &centre, error) ||
      !base_json_opt_object (root, "limits", &limits, error) ||
      !base_json_opt_object (root, "station", &station, error) ||
      !base_json_opt_time (root, "server_time", 0, &server_time, error) ||
      (centre.object != NULL && !base_json_opt_string (&centre, "id", 256, "", &id, error)))
    return FALSE;
  guichet_record_set_string (record (self), SESSION_CENTRE, id);
  guichet_record_set_string (record (self), SESSION_CENTRE_NAME,
                             centre.object != NULL ? guichet_pick_name (&centre, id) : "");
  if (station.object != NULL &&
      base_json_opt_string (&station, "kind", 64, "softphone", &kind, NULL) &&
      base_json_opt_string (&station, "address", 256, "", &address, NULL))
    {
      guichet_record_set_string (record (self), SESSION_STATION, kind);
      guichet_record_set_string (record (self), SESSION_STATION_ADDRESS, address);
    }
  if (server_time != 0)
    note_server_time (self, server_time);
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

static char *
domain_of (const char *uri)
{
  const char *at = strchr (uri, '@');
  char *domain = g_strdup (at != NULL ? at + 1 : uri);

  domain[strcspn (domain, ";?>")] = '\0';
  return domain;
}

/* SIP credentials go to the phone and nowhere else. */
static gboolean
take_sip (GuichetSession *self, const BaseJson *root, GError **error)
{
  const char *uri, *registrar, *user, *password, *transport, *srtp;
  g_autofree char *domain = NULL;
  g_autofree char *address = NULL;
  GVariantBuilder account;
  BaseJson sip;

  if (!base_json_opt_object (root, "sip", &sip, error))
    return FALSE;
  if (sip.object == NULL || self->phone == NULL || !guichet_session_has_softphone (self))
    return TRUE;
  if (!base_json_get_string (&sip, "uri", 512, &uri, error) ||
      !base_json_get_string (&sip, "registrar", 512, &registrar, error) ||
      !base_json_get_string (&sip, "user", 256, &user, error) ||
      !base_json_get_string (&sip, "password", 256, &password, error) ||
      !base_json_opt_string (&sip, "transport", 16, "udp", &transport, error) ||
      !base_json_opt_string (&sip, "srtp", 16, "optional", &srtp, error))
    return FALSE;
  domain = domain_of (uri);
  address = g_str_has_prefix (registrar, "sip") ? g_strdup (registrar)
                                                : g_strconcat ("sip:", registrar, NULL);
  g_variant_builder_init (&account, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&account, "{sv}", "registrar", g_variant_new_string (address));
  g_variant_builder_add (&account, "{sv}", "user", g_variant_new_string (user));
  g_variant_builder_add (&account, "{sv}", "password", g_variant_new_string (password));
  g_variant_builder_add (&account, "{sv}", "domain", g_variant_new_string (domain));
  g_variant_builder_add (&account, "{sv}", "display_name",
                         g_variant_new_string (guichet_session_get_agent_name (self)));
  g_variant_builder_add (&account, "{sv}", "transport", g_variant_new_string (transport));
  g_variant_builder_add (&account, "{sv}", "srtp", g_variant_new_string (srtp));
  guichet_phone_set_account (self->phone, g_variant_builder_end (&account));
  return TRUE;
}

static void
on_store_problem (GuichetStore *store, const char *message, GuichetSession *self)
{
  base_log (BASE_LOG_WARNING, "store", "cannot_write", "error", message, NULL);
  guichet_record_set_string (record (self), SESSION_STORE_PROBLEM, "cannot_write");
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
      enter_failed (self, g_steal_pointer (&error));
      return;
    }
  epoch = epoch_of (answer);
  rows = g_object_get_data (G_OBJECT (self->entering), "rows");
  guichet_outbox_load (self->outbox, self->store, rows, epoch);
  if (!take_desk (self, answer, &error))
    {
      enter_failed (self, protocol_error (error));
      return;
    }
  if (self->keep_token)
    guichet_token_keep (guichet_record_get_string (record (self), SESSION_CENTRE_URL),
                        guichet_session_get_agent (self), guichet_api_get_token (self->api));
  task = g_steal_pointer (&self->entering);
  go_online (self);
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
      guichet_record_set_string (record (self), SESSION_STORE_PROBLEM, "cannot_open");
    }
  else
    {
      guichet_record_set_string (record (self), SESSION_STORE_PROBLEM, "");
      g_signal_connect_object (self->store, "problem", G_CALLBACK (on_store_problem), self, 0);
      g_hash_table_iter_init (&iter, stored->offers);
      while (g_hash_table_iter_next (&iter, &offer, &interaction))
        g_hash_table_insert (self->offer_of, g_strdup (offer), g_strdup (interaction));
      show_kept (self, stored->snapshot);
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
      enter_failed (self, g_steal_pointer (&error));
      return;
    }
  base_json_from_object (&root, answer);
  if (!base_json_get_string (&root, "token", 4096, &token, &error) ||
      !take_session (self, &root, &error) || !take_sip (self, &root, &error))
    {
      enter_failed (self, protocol_error (error));
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
  set_state (self, "signing_in");
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
      enter_failed (self, is_void ? no_token () : g_steal_pointer (&error));
      return;
    }
  base_json_from_object (&root, answer);
  if (!take_session (self, &root, &error))
    enter_failed (self, protocol_error (error));
  else
    open_desk (self);
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
    enter_failed (self, no_token ());
  secret_password_free (token);
}

/* The SIP password is not kept anywhere but in the phone: without its account one has to sign in.
 */
void
guichet_session_resume_async (GuichetSession *self,
                              const char *url,
                              const char *agent,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (self->phone != NULL && !guichet_phone_has_account (self->phone))
    {
      g_task_return_error (task, no_token ());
      g_object_unref (task);
      return;
    }
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

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);

  if (answer == NULL &&
      !g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_SIGNED_OUT))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  guichet_session_leave (self, "signed_out", "signed_out");
  g_list_store_remove_all (self->interactions);
  if (self->store != NULL)
    guichet_store_sync (self->store);
  g_task_return_boolean (task, TRUE);
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  g_autofree char *key = base_token_new (18);
  GError *error = NULL;

  if (!guichet_outbox_flush_finish (GUICHET_OUTBOX (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  guichet_api_send_async (self->api, "DELETE", "/v1/session", NULL, key, self->cancellable,
                          on_signed_out, g_steal_pointer (&task));
}

void
guichet_session_sign_out_async (GuichetSession *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (guichet_session_get_link_up (self))
    {
      guichet_outbox_flush_async (self->outbox, NULL, cancellable, on_flushed, task);
      return;
    }
  g_task_return_error (
      task, guichet_client_error_new (GUICHET_CLIENT_ERROR_LINK_DOWN, NULL, NULL, 0, 0, NULL));
  g_object_unref (task);
}

gboolean
guichet_session_sign_out_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
