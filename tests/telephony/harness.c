/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The telephony tests' two sides, their tones and meters, and the waiting. */
#include "harness.h"

#include <gst/app/gstappsink.h>
#include <math.h>

/* --- sound --- */

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer user_data)
{
  Sound *sound = user_data;
  GstMapInfo map;
  gint rate = 0;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  if (sample == NULL)
    return GST_FLOW_OK;
  gst_structure_get_int (gst_caps_get_structure (gst_sample_get_caps (sample), 0), "rate", &rate);
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  if (gst_buffer_map (buffer, &map, GST_MAP_READ))
    {
      g_mutex_lock (&sound->lock);
      sound->heard_rate = (guint) rate;
      g_array_append_vals (sound->heard, map.data, (guint) (map.size / 2));
      g_mutex_unlock (&sound->lock);
      gst_buffer_unmap (buffer, &map);
    }
  return GST_FLOW_OK;
}

static GstElement *
make_source (guint rate, gpointer user_data)
{
  Side *side = user_data;
  if (side->refuse_sound)
    return NULL;
  GstElement *source = gst_element_factory_make ("audiotestsrc", NULL);
  g_object_set (source, "is-live", TRUE, "samplesperbuffer", (gint) rate / 50, "freq",
                side->sound.frequency, "volume", 0.4, NULL);
  if (side->frames != 0)
    g_object_set (source, "num-buffers", (gint) side->frames, NULL);
  if (side->sound.frequency <= 0)
    gst_util_set_object_arg (G_OBJECT (source), "wave", "silence");
  return source;
}

static GstElement *
make_sink (guint rate, gpointer user_data)
{
  Side *side = user_data;
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  g_object_set (sink, "sync", FALSE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, &side->sound, NULL);
  return sink;
}

void
sound_forget (Sound *sound)
{
  g_mutex_lock (&sound->lock);
  g_array_set_size (sound->heard, 0);
  g_mutex_unlock (&sound->lock);
}

guint
sound_count (Sound *sound)
{
  g_mutex_lock (&sound->lock);
  guint n = sound->heard->len;
  g_mutex_unlock (&sound->lock);
  return n;
}

double
sound_rms (Sound *sound)
{
  double sum = 0;
  g_mutex_lock (&sound->lock);
  guint n = sound->heard->len;
  for (guint i = 0; i < n; i++)
    {
      double v = g_array_index (sound->heard, gint16, i) / 32768.0;
      sum += v * v;
    }
  g_mutex_unlock (&sound->lock);
  return n > 0 ? sqrt (sum / n) : 0;
}

/* Goertzel over frames of 40 ms, so that a lost packet does not matter. */
double
sound_power (Sound *sound, double frequency)
{
  double at = 0, all = 0;
  g_mutex_lock (&sound->lock);
  guint n = sound->heard_rate / 25;
  double k = 2 * cos (2 * G_PI * frequency / MAX (1, sound->heard_rate));
  for (guint start = 0; n > 0 && start + n <= sound->heard->len; start += n)
    {
      double s1 = 0, s2 = 0;
      for (guint i = start; i < start + n; i++)
        {
          double v = g_array_index (sound->heard, gint16, i) / 32768.0, s = v + k * s1 - s2;
          s2 = s1;
          s1 = s;
          all += v * v;
        }
      at += (s1 * s1 + s2 * s2 - k * s1 * s2) * 2 / n;
    }
  g_mutex_unlock (&sound->lock);
  return all > 0 ? at / all : 0;
}

/* --- waiting --- */

static gboolean
on_timeout (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
wait_until (Condition condition, gpointer data, guint seconds, const char *what)
{
  gboolean late = FALSE, ticked = FALSE;
  guint deadline = g_timeout_add_seconds (seconds, on_timeout, &late);
  guint tick = g_timeout_add (10, on_timeout, &ticked); /* sound comes on other threads */
  while (!late && !condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (deadline);
  if (late)
    g_error ("waited %u s in vain for %s", seconds, what);
}

typedef struct
{
  Side *side;
  TelCallState state;
} StateWait;

static gboolean
in_state (gpointer data)
{
  StateWait *wait = data;
  return wait->side->call != NULL && tel_call_get_state (wait->side->call) == wait->state;
}

void
wait_state (Side *side, TelCallState state)
{
  StateWait wait = { side, state };
  wait_until (in_state, &wait, 20, tel_call_state_name (state));
}

void
run_for (guint milliseconds)
{
  gboolean over = FALSE;
  guint id = g_timeout_add (milliseconds, on_timeout, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

#define HEARD_MS 300

static gboolean
has_heard (gpointer data)
{
  Side *side = data;
  return sound_count (&side->sound) > side->sound.heard_rate / 1000 * HEARD_MS &&
         side->sound.heard_rate > 0;
}

typedef struct
{
  Side *side;
  double frequency;
} ToneWait;

/* A machine that stood still for a moment has a hole in its sound: the next one is listened to. */
static gboolean
hears_clearly (gpointer data)
{
  ToneWait *wait = data;
  double rms, power;

  if (!has_heard (wait->side))
    return FALSE;
  rms = sound_rms (&wait->side->sound);
  power = sound_power (&wait->side->sound, wait->frequency);
  g_test_message ("%.0f Hz: rms %.3f, share %.3f", wait->frequency, rms, power);
  sound_forget (&wait->side->sound);
  return rms > 0.15 && rms < 0.45 && power > 0.85;
}

void
assert_hears (Side *side, double frequency)
{
  ToneWait wait = { side, frequency };

  sound_forget (&side->sound);
  wait_until (has_heard, side, 20, "sound");
  sound_forget (&side->sound);
  wait_until (hears_clearly, &wait, 20, "the tone alone");
}

void
assert_silent (Side *side)
{
  run_for (200); /* what was on its way */
  sound_forget (&side->sound);
  run_for (400);
  g_assert_cmpfloat (sound_rms (&side->sound), <, 0.001);
}

/* --- sides --- */

static void
on_state (TelCall *call, TelCallState state, TelCallState old, gpointer user_data)
{
  Side *side = user_data;
  g_string_append_printf (side->states, "%s%s", side->states->len > 0 ? " " : "",
                          tel_call_state_name (state));
}

static void
on_hold (TelCall *call, gpointer user_data)
{
  ((Side *) user_data)->holds++;
}

static void
on_media (TelCall *call, TelMediaEvent event, gpointer user_data)
{
  Side *side = user_data;
  side->media_started += event == TEL_MEDIA_STARTED;
  side->media_timeouts += event == TEL_MEDIA_TIMEOUT;
}

static void
on_dtmf (TelCall *call, char digit, guint duration_ms, gpointer user_data)
{
  Side *side = user_data;
  g_string_append_c (side->digits, digit);
  g_ptr_array_add (side->digit_lengths, GUINT_TO_POINTER (duration_ms));
}

static void
on_level (TelCall *call, double capture_db, double playback_db, gpointer user_data)
{
  Side *side = user_data;
  side->levels++;
  side->capture_db = capture_db;
  side->playback_db = playback_db;
}

static const TelCallEvents call_events = { on_state, on_hold, on_media, on_dtmf, on_level };

static void
take_call (Side *side, TelCall *call)
{
  side_drop_call (side);
  side->call = tel_call_ref (call);
}

static void
on_incoming_call (TelUa *ua, TelCall *call, TelRequest *invite, gpointer user_data)
{
  Side *side = user_data;
  take_call (side, call);
  tel_call_set_events (call, &call_events, side);
  tel_call_set_io (call, &side->sound.io);
  if (side->on_incoming != NULL)
    side->on_incoming (side, invite);
  if (side->auto_ring)
    tel_call_ring (call);
  if (side->auto_answer)
    tel_call_answer (call);
  if (side->auto_reject != 0)
    tel_call_reject (call, side->auto_reject);
}

void
side_init (Side *side, double frequency)
{
  *side = (Side){ .auto_ring = TRUE, .auto_answer = TRUE };
  side->config = (TelUaConfig){ .address = "127.0.0.1", .tls_port = -1 };
  g_mutex_init (&side->sound.lock);
  side->sound.frequency = frequency;
  side->sound.heard = g_array_new (FALSE, FALSE, sizeof (gint16));
  side->sound.io = (TelMediaIo){ make_source, make_sink, side, 0 };
  side->states = g_string_new (NULL);
  side->digits = g_string_new (NULL);
  side->digit_lengths = g_ptr_array_new ();
}

void
side_open (Side *side)
{
  static const TelUaEvents events = { .incoming_call = on_incoming_call };
  g_autoptr (GError) error = NULL;
  side->sound.io.rate = side->sound.rate;
  side->ua = tel_ua_new (&side->config, &events, side, &error);
  g_assert_no_error (error);
}

void
side_drop_call (Side *side)
{
  if (side->call != NULL)
    tel_call_set_events (side->call, NULL, NULL);
  g_clear_pointer (&side->call, tel_call_unref);
  g_string_truncate (side->states, 0);
}

static void
on_closed (gpointer data, gpointer user_data)
{
  ((Side *) user_data)->closed = TRUE;
}

static gboolean
is_closed (gpointer data)
{
  return ((Side *) data)->closed;
}

void
side_close (Side *side)
{
  side_drop_call (side);
  if (side->ua != NULL)
    {
      tel_ua_close (side->ua, on_closed, side);
      wait_until (is_closed, side, 20, "the end of the user agent");
    }
  g_array_unref (side->sound.heard);
  g_mutex_clear (&side->sound.lock);
  g_string_free (side->states, TRUE);
  g_string_free (side->digits, TRUE);
  g_ptr_array_unref (side->digit_lengths);
}

void
side_dial_uri (Side *from, const char *uri, const TelCallOptions *more)
{
  g_autoptr (GError) error = NULL;
  TelCallOptions options = more != NULL ? *more : (TelCallOptions){ 0 };
  options.to = uri;
  options.io = &from->sound.io;
  side_drop_call (from);
  from->call = tel_call_dial (from->ua, &options, &call_events, from, &error);
  g_assert_no_error (error);
}

void
side_dial (Side *from, Side *to, const char *const *headers)
{
  TelCallOptions options = { .headers = headers };
  g_autofree char *uri = tel_ua_make_contact (to->ua, "bob", TEL_TRANSPORT_UDP);
  side_dial_uri (from, uri, &options);
}
