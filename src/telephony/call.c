/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call as its user sees it: life, state, end, hold, media. The protocol is in call-sip.c and
 * call-offer.c. Lives on the user agent's main context. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/sip.h"

#include <string.h>

/* --- life --- */

TelCall *
tel_call_ref (TelCall *call)
{
  g_atomic_ref_count_inc (&call->refs);
  return call;
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
tel_call_unref (TelCall *call)
{
  if (!g_atomic_ref_count_dec (&call->refs))
    return;
  g_clear_pointer (&call->media, tel_media_free);
  clear_source (&call->idle);
  clear_source (&call->retry);
  tel_sdp_local_clear (&call->local);
  tel_sdp_agreed_clear (&call->agreed);
  g_hash_table_unref (call->headers);
  g_free (call->remote_offer);
  g_free (call->answer);
  g_free (call->to);
  g_free (call->from);
  g_free (call->route);
  g_free (call->contact);
  g_free (call->auth_user);
  g_free (call->auth_password);
  g_free (call->call_id);
  g_free (call->remote_uri);
  g_free (call->remote_name);
  g_free (call->local_tag);
  g_free (call->remote_tag);
  g_free (call->refer_event);
  g_free (call->end.text);
  g_free (call);
}

TelCall *
tel_call_new (TelUa *ua, gboolean outgoing)
{
  TelCall *call = g_new0 (TelCall, 1);
  g_atomic_ref_count_init (&call->refs);
  call->target.on_event = tel_call_on_event;
  call->ua = ua;
  call->outgoing = outgoing;
  call->state = outgoing ? TEL_CALL_NEW : TEL_CALL_INCOMING;
  call->media_config = ua->media;
  call->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  call->refusal = 603;
  g_ptr_array_add (ua->calls, tel_call_ref (call));
  return call;
}

/* --- the state machine --- */

static gboolean
on_release (gpointer data)
{
  TelCall *call = data;
  clear_source (&call->idle);
  if (call->handle != NULL)
    {
      nua_handle_bind (call->handle, NULL);
      nua_handle_destroy (call->handle);
      call->handle = NULL;
    }
  tel_ua_forget_call (call->ua, call);
  return G_SOURCE_REMOVE;
}

void
tel_call_drop (TelCall *call)
{
  clear_source (&call->retry);
  on_release (call);
}

/* Handles are not destroyed within a callback of theirs. */
static void
schedule_release (TelCall *call)
{
  clear_source (&call->retry);
  clear_source (&call->idle);
  call->idle = g_idle_source_new ();
  g_source_set_callback (call->idle, on_release, call, NULL);
  tel_ua_attach (call->ua, call->idle);
}

static gboolean
is_over (TelCallState state)
{
  return state == TEL_CALL_ENDING || state == TEL_CALL_ENDED || state == TEL_CALL_CANCELLING;
}

void
tel_call_apply (TelCall *call, TelCallTrigger trigger)
{
  TelCallStep step = tel_call_step (call->state, trigger);
  TelCallState old = call->state;
  g_debug ("call %s: %s + %s -> %s%s", call->call_id != NULL ? call->call_id : "new",
           tel_call_state_name (old), tel_call_trigger_name (trigger),
           tel_call_state_name (step.next), step.action == TEL_ACT_REFUSE ? " (refused)" : "");
  if (step.action == TEL_ACT_REFUSE)
    return;
  g_autoptr (TelCall) guard G_GNUC_UNUSED = tel_call_ref (call);
  call->state = step.next;
  if (is_over (step.next))
    {
      clear_source (&call->idle);
      g_clear_pointer (&call->media, tel_media_free);
    }
  tel_call_perform (call, step.action);
  if (step.next == TEL_CALL_ENDED && old != TEL_CALL_ENDED)
    schedule_release (call);
  if (step.next != old && call->state == step.next && call->events.state != NULL)
    call->events.state (call, step.next, old, call->user_data);
  if (step.next == TEL_CALL_ACTIVE && old != TEL_CALL_ACTIVE && call->want_hold != call->hold)
    tel_call_reinvite (call);
}

void
tel_call_set_end (TelCall *call, TelReason reason, TelWho who, int status, const char *text)
{
  if (call->end.reason != TEL_REASON_NONE)
    return;
  call->end.reason = reason;
  call->end.who = who;
  call->end.status = status;
  call->end.text = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/* --- media --- */

static void
on_media_event (TelMedia *media, TelMediaEvent event, gpointer user_data)
{
  TelCall *call = user_data;
  g_autoptr (TelCall) guard G_GNUC_UNUSED = tel_call_ref (call);
  if (event == TEL_MEDIA_TIMEOUT && call->state != TEL_CALL_ACTIVE)
    return;
  if (call->events.media != NULL)
    call->events.media (call, event, call->user_data);
  if (event == TEL_MEDIA_STARTED || event == TEL_MEDIA_RESUMED)
    return;
  gboolean timeout = event == TEL_MEDIA_TIMEOUT;
  tel_call_set_end (call, timeout ? TEL_REASON_MEDIA_TIMEOUT : TEL_REASON_MEDIA_FAILED,
                    TEL_WHO_MACHINE, 0, timeout ? "no RTP" : tel_media_get_error (media));
  tel_call_apply (call, TEL_EV_MEDIA_BAD);
}

static void
on_media_dtmf (TelMedia *media, char digit, guint duration_ms, gpointer user_data)
{
  TelCall *call = user_data;
  if (call->events.dtmf != NULL)
    call->events.dtmf (call, digit, duration_ms, call->user_data);
}

static void
on_media_level (TelMedia *media, double capture_db, double playback_db, gpointer user_data)
{
  TelCall *call = user_data;
  if (call->events.level != NULL)
    call->events.level (call, capture_db, playback_db, call->user_data);
}

/* Sockets and our half of the description; the graph comes later. */
gboolean
tel_call_prepare_local (TelCall *call, GError **error)
{
  static const TelMediaEvents media_events = { on_media_event, on_media_dtmf, on_media_level };
  if (call->local_ready)
    return TRUE;
  call->media =
      tel_media_new (call->ua->address, &call->media_config, &call->io, &media_events, call, error);
  if (call->media == NULL)
    return FALSE;
  tel_media_set_mute (call->media, call->mute);
  tel_sdp_local_init (&call->local, call->ua->address, tel_media_get_port (call->media),
                      call->media_config.codecs, call->media_config.srtp);
  call->local_ready = TRUE;
  return TRUE;
}

static gboolean
on_media_idle (gpointer data)
{
  TelCall *call = data;
  g_autoptr (TelCall) guard G_GNUC_UNUSED = tel_call_ref (call);
  g_autoptr (GError) error = NULL;
  clear_source (&call->idle);
  if (call->media == NULL || !call->has_agreed)
    return G_SOURCE_REMOVE;
  if (!tel_media_apply (call->media, &call->agreed, &error))
    {
      tel_call_set_end (call, TEL_REASON_MEDIA_FAILED, TEL_WHO_MACHINE, 0, error->message);
      tel_call_apply (call, TEL_EV_MEDIA_BAD);
    }
  return G_SOURCE_REMOVE;
}

/* The graph is built when what was said to the other side has left. */
void
tel_call_schedule_media (TelCall *call)
{
  if (call->idle != NULL || call->media == NULL)
    return;
  call->idle = g_idle_source_new ();
  g_source_set_priority (call->idle, G_PRIORITY_HIGH_IDLE);
  g_source_set_callback (call->idle, on_media_idle, call, NULL);
  tel_ua_attach (call->ua, call->idle);
}

/* The facts of hold after an offer and its answer. */
void
tel_call_update_hold (TelCall *call)
{
  gboolean remote = (call->agreed.remote_direction & TEL_DIR_RECV) == 0;
  gboolean changed = remote != call->remote_hold;
  gboolean hold = (call->local.direction & TEL_DIR_RECV) == 0;
  changed |= hold != call->hold;
  call->remote_hold = remote;
  call->hold = hold;
  if (changed && call->events.hold != NULL && call->state == TEL_CALL_ACTIVE)
    call->events.hold (call, call->user_data);
}

/* --- what the user does --- */

void
tel_call_set_events (TelCall *call, const TelCallEvents *events, gpointer user_data)
{
  call->events = events != NULL ? *events : (TelCallEvents){ 0 };
  call->user_data = user_data;
}

void
tel_call_set_io (TelCall *call, const TelMediaIo *io)
{
  call->io = io != NULL ? *io : (TelMediaIo){ 0 };
}

void
tel_call_set_media_config (TelCall *call, const TelMediaConfig *config)
{
  call->media_config = *config;
}

static gboolean
allowed (TelCall *call, TelCallTrigger trigger)
{
  return tel_call_step (call->state, trigger).action != TEL_ACT_REFUSE;
}

/* The media of an answer is secured before a word of it is said. */
static gboolean
answer_step (TelCall *call, TelCallTrigger trigger)
{
  if (!allowed (call, trigger) || !tel_call_ensure_answer (call))
    return FALSE;
  tel_call_apply (call, trigger);
  return TRUE;
}

gboolean
tel_call_ring (TelCall *call)
{
  return answer_step (call, TEL_EV_RING);
}

gboolean
tel_call_progress (TelCall *call)
{
  if (call->remote_offer == NULL)
    return FALSE;
  return answer_step (call, TEL_EV_PROGRESS);
}

gboolean
tel_call_answer (TelCall *call)
{
  return answer_step (call, TEL_EV_ANSWER);
}

gboolean
tel_call_reject (TelCall *call, int status)
{
  if (!allowed (call, TEL_EV_REJECT) || status < 300 || status > 699)
    return FALSE;
  call->refusal = status;
  tel_call_set_end (call, TEL_REASON_REJECTED, TEL_WHO_LOCAL, status, NULL);
  tel_call_apply (call, TEL_EV_REJECT);
  return TRUE;
}

gboolean
tel_call_hang_up (TelCall *call, int cause, const char *text)
{
  if (!allowed (call, TEL_EV_HANG_UP))
    return FALSE;
  gboolean answered = call->state == TEL_CALL_ACTIVE || call->state == TEL_CALL_ANSWERING;
  TelReason reason = answered         ? TEL_REASON_LOCAL_HANGUP
                     : call->outgoing ? TEL_REASON_CANCELLED
                                      : TEL_REASON_REJECTED;
  tel_call_set_end (call, reason, TEL_WHO_LOCAL, cause, text);
  tel_call_apply (call, TEL_EV_HANG_UP);
  return TRUE;
}

gboolean
tel_call_set_hold (TelCall *call, gboolean hold)
{
  if (is_over (call->state))
    return FALSE;
  if (call->want_hold == hold)
    return TRUE;
  call->want_hold = hold;
  if (call->media != NULL)
    tel_media_set_hold (call->media, hold);
  if (call->state == TEL_CALL_ACTIVE)
    tel_call_reinvite (call);
  return TRUE;
}

void
tel_call_set_mute (TelCall *call, gboolean mute)
{
  call->mute = mute;
  if (call->media != NULL)
    tel_media_set_mute (call->media, mute);
}

gboolean
tel_call_send_dtmf (TelCall *call, const char *digits, guint duration_ms)
{
  return call->media != NULL && (call->agreed.direction & TEL_DIR_SEND) != 0 && !call->want_hold &&
         tel_media_send_dtmf (call->media, digits, duration_ms);
}

void
tel_call_set_processing (TelCall *call, const TelProcessing *processing)
{
  call->media_config.initial = *processing;
  if (call->media != NULL)
    tel_media_set_processing (call->media, processing);
}

/* --- what the user asks --- */

TelCallState
tel_call_get_state (TelCall *call)
{
  return call->state;
}

gboolean
tel_call_is_outgoing (TelCall *call)
{
  return call->outgoing;
}

const char *
tel_call_get_id (TelCall *call)
{
  return call->call_id;
}

const char *
tel_call_get_remote_uri (TelCall *call)
{
  return call->remote_uri;
}

const char *
tel_call_get_remote_name (TelCall *call)
{
  return call->remote_name;
}

const char *
tel_call_get_header (TelCall *call, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  return g_hash_table_lookup (call->headers, key);
}

gboolean
tel_call_get_hold (TelCall *call)
{
  return call->hold;
}

gboolean
tel_call_get_remote_hold (TelCall *call)
{
  return call->remote_hold;
}

gboolean
tel_call_get_mute (TelCall *call)
{
  return call->mute;
}

TelCodec
tel_call_get_codec (TelCall *call)
{
  return call->agreed.codec;
}

gboolean
tel_call_get_encrypted (TelCall *call)
{
  return call->agreed.encrypted;
}

gboolean
tel_call_get_stats (TelCall *call, TelMediaStats *stats)
{
  return call->media != NULL && tel_media_get_stats (call->media, stats);
}

guint
tel_call_get_rtp_port (TelCall *call)
{
  return call->media != NULL ? tel_media_get_port (call->media) : 0;
}

const TelCallEnd *
tel_call_get_end (TelCall *call)
{
  return &call->end;
}

void
tel_call_set_user_data (TelCall *call, gpointer user_data)
{
  call->own_data = user_data;
}

gpointer
tel_call_get_user_data (TelCall *call)
{
  return call->own_data;
}
