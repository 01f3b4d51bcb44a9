/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: the snapshot, the stream and what its going and coming means; leaving and signing
 * out. Main loop. */
#include "client/link.h"

#include "base/ids.h"
#include "base/log.h"
#include "client/canned.h"
#include "client/fields/session.h"
#include "client/mirror.h"
#include "client/erased.h"
#include "client/chats.h"
#include "client/events.h"
#include "client/files-private.h"
#include "client/join.h"
#include "client/seen.h"
#include "client/snapshot.h"
#include "client/station.h"
#include "client/token.h"
#include "client/watched.h"

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

void
guichet_session_set_life (GuichetSession *self, const char *state)
{
  gboolean lives = g_str_equal (state, "online") || g_str_equal (state, "reconnecting");

  guichet_record_set_string (record (self), SESSION_STATE, state);
  if (self->phone != NULL)
    guichet_phone_set_alive (self->phone, lives && guichet_session_has_softphone (self));
}

void
guichet_session_enter_failed (GuichetSession *self, GError *error)
{
  GTask *task = g_steal_pointer (&self->entering);

  guichet_api_set_token (self->api, NULL);
  guichet_session_set_life (self, "signed_out");
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
  guichet_watched_forget (self->colleagues);
  guichet_watched_forget (self->live);
  guichet_canned_forget (self->canned);
  for (guint i = 0; i < GUICHET_N_MIRRORS; i++)
    guichet_mirror_forget (self->mirrors[i]);
  guichet_erased_stop (self->erased);
  if (self->store != NULL && self->wipe_at_sign_out && guichet_outbox_count (self->outbox) == 0)
    {
      guichet_store_wipe (self->store);
      guichet_files_wipe (self);
      g_list_store_remove_all (self->recent);
    }
  if (self->entering != NULL)
    guichet_session_enter_failed (
        self, guichet_client_error_new (GUICHET_CLIENT_ERROR_SIGNED_OUT, reason, NULL, 0, 0, NULL));
  guichet_session_set_life (self, state);
}

void
guichet_session_go_online (GuichetSession *self)
{
  guichet_session_set_life (self, "online");
  set_link (self, TRUE);
  guichet_session_join (self);
  guichet_session_tell_phone (self);
  guichet_watched_online (self->colleagues);
  guichet_watched_online (self->live);
  guichet_chats_online (self->chats);
  guichet_canned_online (self->canned);
  for (guint i = 0; i < GUICHET_N_MIRRORS; i++)
    guichet_mirror_online (self->mirrors[i]);
}

void
guichet_session_note_time (GuichetSession *self, gint64 server_time)
{
  self->clock_offset = server_time - base_clock_now (self->clock);
}

gboolean
guichet_session_take_desk (GuichetSession *self, JsonObject *answer, GError **error)
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
    guichet_session_note_time (self, server_time);
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  if (!guichet_session_apply_snapshot (self, &desk, error))
    return FALSE;
  guichet_chats_tidy (self->chats);
  guichet_see_desk (self);
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
  if (answer != NULL && guichet_session_take_desk (self, answer, &error))
    {
      self->resync_attempts = 0;
      guichet_session_go_online (self);
      return;
    }
  base_log_failure (BASE_LOG_WARNING, "session", "no_snapshot", error);
  if (g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_SIGNED_OUT))
    guichet_session_leave (self, "ended", "expired");
  else
    {
      guichet_session_set_life (self, "reconnecting");
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
      guichet_session_go_online (self);
      return;
    }
  self->phone_told = FALSE;
  guichet_session_set_life (self, "reconnecting");
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

static const char *
reason_of (JsonObject *event)
{
  const char *reason = "forced";
  BaseJson json;

  base_json_from_object (&json, event);
  base_json_opt_string (&json, "reason", 64, "forced", &reason, NULL);
  return reason;
}

static void
on_event (GuichetStream *stream, JsonObject *event, GuichetSession *self)
{
  switch (guichet_session_apply_event (self, event))
    {
    case GUICHET_EVENT_TAKEN:
      break;
    case GUICHET_EVENT_WANTS_SNAPSHOT:
      guichet_session_resync (self);
      break;
    case GUICHET_EVENT_ENDS_SESSION:
      guichet_session_leave (self, "ended", reason_of (event));
      break;
    }
}

static void
on_server_time (GuichetStream *stream, gint64 server_time, GuichetSession *self)
{
  guichet_session_note_time (self, server_time);
}

void
guichet_session_init_link (GuichetSession *self)
{
  g_signal_connect (self->stream, "link", G_CALLBACK (on_link), self);
  g_signal_connect (self->stream, "gone", G_CALLBACK (on_gone), self);
  g_signal_connect (self->stream, "void", G_CALLBACK (on_void), self);
  g_signal_connect (self->stream, "event", G_CALLBACK (on_event), self);
  g_signal_connect (self->stream, "server-time", G_CALLBACK (on_server_time), self);
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
