/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One call: translates between the telephony's call and the words of the D-Bus interface. */
#define G_LOG_DOMAIN "phone"

#include "phone/call.h"

#include "phone/error.h"
#include "phone/io.h"

#include <string.h>

struct _PhoneCall
{
  char *id;
  PhoneAudio *audio;
  PhoneIo *io;
  TelCall *call;
  PhoneCallEvents events;
  gpointer user_data;
  char *offer, *peer_name, *peer_number;
  gboolean auto_answer;
  gint64 started, answered, ended;
  const char *end_reason; /* where we know better than the telephony why it ends */
};

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static void
note_end (PhoneCall *call)
{
  const TelCallEnd *end = tel_call_get_end (call->call);

  call->ended = now_ms ();
  if (end && end->who == TEL_WHO_MACHINE)
    g_message ("call %s ended by a fault: %s (%s)", call->id, tel_reason_code (end->reason),
               end->text ? end->text : "");
  if (call->io)
    phone_io_close (call->io);
}

static void
on_state (TelCall *tel, TelCallState state, TelCallState old, gpointer user_data)
{
  PhoneCall *call = user_data;

  g_debug ("call %s %s -> %s", call->id, tel_call_state_name (old), tel_call_state_name (state));
  if (state == TEL_CALL_ACTIVE && call->answered == 0)
    call->answered = now_ms ();
  if (phone_call_is_over (call) && call->ended == 0)
    note_end (call);
  call->events.changed (call, call->user_data);
}

static void
on_hold (TelCall *tel, gpointer user_data)
{
  PhoneCall *call = user_data;

  call->events.changed (call, call->user_data);
}

static void
on_media (TelCall *tel, TelMediaEvent event, gpointer user_data)
{
  PhoneCall *call = user_data;

  if (event == TEL_MEDIA_TIMEOUT || event == TEL_MEDIA_FAILED)
    {
      g_message ("call %s has no sound any more", call->id);
      call->end_reason = "media";
      tel_call_hang_up (tel, 41, "no sound");
      return;
    }
  call->events.changed (call, call->user_data);
}

static void
on_dtmf (TelCall *tel, char digit, guint duration_ms, gpointer user_data)
{
  PhoneCall *call = user_data;

  call->events.dtmf (call, digit, call->user_data);
}

/* The centre may ask us to answer at once, in its own way or by one of the usual headers. */
static gboolean
asks_auto_answer (TelRequest *invite)
{
  const char *own = tel_request_get_header (invite, "X-Guichet-Answer");
  const char *mode = tel_request_get_header (invite, "Answer-Mode");
  const char *info = tel_request_get_header (invite, "Call-Info");

  return (own && g_ascii_strcasecmp (own, "auto") == 0) ||
         (mode && g_ascii_strncasecmp (mode, "auto", 4) == 0) ||
         (info && strstr (info, "answer-after=0"));
}

/* The user part of a SIP URI, or a tel: number. */
static char *
number_of (const char *uri)
{
  const char *from, *to;
  g_autofree char *user = NULL, *plain = NULL;

  if (!uri || !(from = strchr (uri, ':')))
    return g_strdup ("");
  from++;
  to = from + strcspn (from, "@;>");
  if (*to != '@' && g_ascii_strncasecmp (uri, "tel:", 4) != 0)
    return g_strdup ("");
  user = g_strndup (from, (gsize) (to - from));
  plain = g_uri_unescape_string (user, NULL);
  return g_utf8_make_valid (plain ? plain : user, -1);
}

static char *
text_of (const char *text)
{
  return g_utf8_make_valid (text ? text : "", -1);
}

static TelProcessing
processing_of (PhoneCall *call)
{
  const PhoneSettings *settings = phone_audio_get_settings (call->audio);

  return (TelProcessing){ settings->echo_cancellation, settings->noise_suppression,
                          settings->gain_control };
}

PhoneCall *
phone_call_new (const char *id,
                PhoneAudio *audio,
                TelCall *tel,
                TelRequest *invite,
                const PhoneCallEvents *events,
                gpointer user_data)
{
  static const TelCallEvents call_events = { on_state, on_hold, on_media, on_dtmf, NULL };
  PhoneCall *call = g_new0 (PhoneCall, 1);
  TelMediaIo io;

  call->id = g_strdup (id);
  call->audio = audio;
  call->call = tel_call_ref (tel);
  call->events = *events;
  call->user_data = user_data;
  call->started = now_ms ();
  call->offer = text_of (tel_request_get_header (invite, "X-Guichet-Offer"));
  call->peer_name = text_of (tel_call_get_remote_name (tel));
  call->peer_number = number_of (tel_call_get_remote_uri (tel));
  call->auto_answer = asks_auto_answer (invite);
  call->io = phone_io_new (audio);
  io = phone_io_get_media_io (call->io);
  tel_call_set_io (tel, &io);
  tel_call_set_events (tel, &call_events, call);
  return call;
}

void
phone_call_free (PhoneCall *call)
{
  if (!call)
    return;
  tel_call_set_events (call->call, &(TelCallEvents){ 0 }, NULL);
  tel_call_unref (call->call);
  phone_io_free (call->io);
  g_free (call->id);
  g_free (call->offer);
  g_free (call->peer_name);
  g_free (call->peer_number);
  g_free (call);
}

static gboolean
done (PhoneCall *call, gboolean fine, GError **error)
{
  if (!fine)
    g_set_error (error, PHONE_ERROR, PHONE_ERROR_WRONG_STATE, "the call is %s",
                 phone_call_get_state (call));
  return fine;
}

gboolean
phone_call_ring (PhoneCall *call, GError **error)
{
  return done (call, tel_call_ring (call->call), error);
}

gboolean
phone_call_answer (PhoneCall *call, GError **error)
{
  if (!phone_call_is_ringing (call))
    return done (call, FALSE, error);
  if (!phone_audio_get_active (call->audio, PHONE_USE_MICROPHONE) ||
      !phone_audio_get_active (call->audio, PHONE_USE_SPEAKER))
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_NO_DEVICE, "no microphone or no speaker");
      return FALSE;
    }
  phone_call_apply_processing (call);
  return done (call, tel_call_answer (call->call), error);
}

gboolean
phone_call_reject (PhoneCall *call, int status, const char *reason, GError **error)
{
  const char *before = call->end_reason;

  call->end_reason = reason;
  if (phone_call_is_ringing (call) && tel_call_reject (call->call, status))
    return TRUE;
  call->end_reason = before;
  return done (call, FALSE, error);
}

gboolean
phone_call_hang_up (PhoneCall *call, GError **error)
{
  if (phone_call_is_over (call))
    return done (call, FALSE, error);
  if (phone_call_is_ringing (call))
    return phone_call_reject (call, 603, "declined", error);
  return done (call, tel_call_hang_up (call->call, 16, NULL), error);
}

gboolean
phone_call_set_muted (PhoneCall *call, gboolean muted, GError **error)
{
  if (phone_call_is_over (call))
    return done (call, FALSE, error);
  tel_call_set_mute (call->call, muted);
  call->events.changed (call, call->user_data);
  return TRUE;
}

gboolean
phone_call_send_dtmf (PhoneCall *call, const char *digits, GError **error)
{
  gsize length = strlen (digits);

  if (length < 1 || length > 32 || strspn (digits, "0123456789ABCD*#") != length)
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "not 1 to 32 of 0-9 A-D * #");
      return FALSE;
    }
  return done (call, tel_call_send_dtmf (call->call, digits, 0), error);
}

gboolean
phone_call_set_hold (PhoneCall *call, gboolean hold, GError **error)
{
  return done (call, tel_call_set_hold (call->call, hold), error);
}

void
phone_call_apply_processing (PhoneCall *call)
{
  TelProcessing processing = processing_of (call);

  tel_call_set_processing (call->call, &processing);
}

const char *
phone_call_get_id (PhoneCall *call)
{
  return call->id;
}

const char *
phone_call_get_state (PhoneCall *call)
{
  gboolean local = tel_call_get_hold (call->call), remote = tel_call_get_remote_hold (call->call);

  switch (tel_call_get_state (call->call))
    {
    case TEL_CALL_NEW:
    case TEL_CALL_INCOMING:
    case TEL_CALL_RINGING:
    case TEL_CALL_EARLY_IN:
      return "ringing";
    case TEL_CALL_DIALLING:
    case TEL_CALL_ANSWERING:
      return "connecting";
    case TEL_CALL_PROCEEDING:
    case TEL_CALL_EARLY:
      return "early";
    case TEL_CALL_ACTIVE:
      return local && remote ? "held_both"
             : local         ? "held_local"
             : remote        ? "held_remote"
                             : "active";
    case TEL_CALL_CANCELLING:
    case TEL_CALL_ENDING:
    case TEL_CALL_ENDED:
      return "ended";
    }
  g_return_val_if_reached ("ended");
}

gboolean
phone_call_is_ringing (PhoneCall *call)
{
  return g_str_equal (phone_call_get_state (call), "ringing");
}

gboolean
phone_call_is_talking (PhoneCall *call)
{
  return !phone_call_is_ringing (call) && !phone_call_is_over (call);
}

gboolean
phone_call_is_held (PhoneCall *call)
{
  return tel_call_get_hold (call->call);
}

gboolean
phone_call_is_over (PhoneCall *call)
{
  return g_str_equal (phone_call_get_state (call), "ended");
}

gboolean
phone_call_wants_auto_answer (PhoneCall *call)
{
  return call->auto_answer;
}

gint64
phone_call_get_ended (PhoneCall *call)
{
  return call->ended;
}

static const char *
end_reason (PhoneCall *call)
{
  const TelCallEnd *end;

  if (!phone_call_is_over (call))
    return "";
  if (call->end_reason)
    return call->end_reason;
  end = tel_call_get_end (call->call);
  if (!end)
    return "";
  switch (end->reason)
    {
    case TEL_REASON_LOCAL_HANGUP:
    case TEL_REASON_CANCELLED:
    case TEL_REASON_SHUTDOWN:
      return "local";
    case TEL_REASON_REMOTE_HANGUP:
      return "remote";
    case TEL_REASON_REMOTE_CANCELLED:
      return "cancelled";
    case TEL_REASON_ANSWERED_ELSEWHERE:
      return "elsewhere";
    case TEL_REASON_REJECTED:
    case TEL_REASON_DECLINED:
      return "declined";
    case TEL_REASON_BUSY:
      return "busy";
    case TEL_REASON_NO_ANSWER:
      return "missed";
    case TEL_REASON_MEDIA_TIMEOUT:
    case TEL_REASON_MEDIA_FAILED:
      return "media";
    case TEL_REASON_NOT_ACCEPTABLE:
    case TEL_REASON_SRTP_REQUIRED:
    case TEL_REASON_BAD_SDP:
      return "incompatible";
    case TEL_REASON_UNREACHABLE:
    case TEL_REASON_TIMEOUT:
      return "unreachable";
    case TEL_REASON_NONE:
    case TEL_REASON_UNAVAILABLE:
    case TEL_REASON_NOT_FOUND:
    case TEL_REASON_FORBIDDEN:
    case TEL_REASON_AUTH_FAILED:
    case TEL_REASON_TLS_UNTRUSTED:
    case TEL_REASON_SERVER_ERROR:
    case TEL_REASON_REDIRECTED:
    case TEL_REASON_PROTOCOL:
      return "failed";
    }
  return "failed";
}

GVariant *
phone_call_describe (PhoneCall *call)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  const TelCallEnd *end = phone_call_is_over (call) ? tel_call_get_end (call->call) : NULL;
  TelCodec codec = tel_call_get_codec (call->call);

  g_variant_dict_insert (&dict, "id", "s", call->id);
  g_variant_dict_insert (&dict, "state", "s", phone_call_get_state (call));
  g_variant_dict_insert (&dict, "direction", "s", tel_call_is_outgoing (call->call) ? "out" : "in");
  g_variant_dict_insert (&dict, "peer_name", "s", call->peer_name);
  g_variant_dict_insert (&dict, "peer_number", "s", call->peer_number);
  g_variant_dict_insert (&dict, "offer", "s", call->offer);
  g_variant_dict_insert (&dict, "auto_answer", "b", call->auto_answer);
  g_variant_dict_insert (&dict, "started", "x", call->started);
  g_variant_dict_insert (&dict, "answered", "x", call->answered);
  g_variant_dict_insert (&dict, "ended", "x", call->ended);
  g_variant_dict_insert (&dict, "muted", "b", tel_call_get_mute (call->call));
  g_variant_dict_insert (&dict, "encrypted", "b", tel_call_get_encrypted (call->call));
  g_variant_dict_insert (&dict, "codec", "s",
                         codec == TEL_CODEC_NONE ? "" : tel_codec_name (codec));
  g_variant_dict_insert (&dict, "end_reason", "s", end_reason (call));
  g_variant_dict_insert (&dict, "end_status", "u", end ? (guint) MAX (end->status, 0) : 0u);
  return g_variant_dict_end (&dict);
}

GVariant *
phone_call_describe_quality (PhoneCall *call)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  PhonePlayoutStats playout = { 0 };
  TelMediaStats stats;

  if (!tel_call_get_stats (call->call, &stats))
    return NULL;
  phone_io_get_stats (call->io, &playout);
  g_variant_dict_insert (&dict, "jitter_ms", "d", MAX (stats.jitter_ms, 0.0));
  g_variant_dict_insert (&dict, "rtt_ms", "d", MAX (stats.rtt_ms, 0.0));
  g_variant_dict_insert (&dict, "loss_percent", "d", MAX (stats.loss_percent, 0.0));
  g_variant_dict_insert (&dict, "mos", "d", stats.mos);
  g_variant_dict_insert (&dict, "packets_received", "t", stats.packets_received);
  g_variant_dict_insert (&dict, "packets_sent", "t", stats.packets_sent);
  g_variant_dict_insert (&dict, "packets_lost", "x", stats.packets_lost);
  g_variant_dict_insert (&dict, "playout_ms", "d", playout.waiting_ms);
  g_variant_dict_insert (&dict, "playout_gaps", "t", playout.gaps);
  return g_variant_dict_end (&dict);
}
