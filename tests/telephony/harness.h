/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the telephony tests share: two user agents in one process on 127.0.0.1, a tone into each
 * call and a meter on what comes out, waiting with a deadline. */
#pragma once

#include <gst/gst.h>

#include "telephony/account.h"
#include "telephony/call.h"
#include "telephony/ua.h"

G_BEGIN_DECLS

/* The sound of one side of a call. */
typedef struct
{
  double frequency; /* of the tone that it speaks; 0 = silence */
  guint rate;       /* fixed rate for TelMediaIo, 0 = the codec's */
  TelMediaIo io;
  GMutex lock;
  GArray *heard; /* gint16 */
  guint heard_rate;
} Sound;

/* One user agent with at most one call at a time. */
typedef struct
{
  TelUa *ua;
  TelUaConfig config;
  TelCall *call; /* the latest */
  Sound sound;
  gboolean auto_ring, auto_answer;
  int auto_reject;
  GString *states; /* "dialling proceeding active …" of the latest call */
  GString *digits;
  GPtrArray *digit_lengths;
  guint media_started, media_timeouts, holds, levels;
  double capture_db, playback_db;
  gboolean closed;
  void (*on_incoming) (gpointer side, TelRequest *invite);
  guint frames;          /* of 20 ms that it speaks, then nothing comes; 0 = for ever */
  gboolean refuse_sound; /* make_source gives NULL */
} Side;

void side_init (Side *side, double frequency);
void side_open (Side *side); /* with side->config */
void side_close (Side *side);
void side_dial (Side *from, Side *to, const char *const *headers);
void side_dial_uri (Side *from, const char *uri, const TelCallOptions *more);
void side_drop_call (Side *side);

typedef gboolean (*Condition) (gpointer data);
/* Runs the main loop until it holds; fails the test after @seconds. */
void wait_until (Condition condition, gpointer data, guint seconds, const char *what);
void wait_state (Side *side, TelCallState state);
void run_for (guint milliseconds); /* measures need time to pass: sound is real-time */

void sound_forget (Sound *sound);
guint sound_count (Sound *sound);
double sound_rms (Sound *sound);                     /* 0 to 1, of all since the last forget */
double sound_power (Sound *sound, double frequency); /* share of the power at that frequency */
/* Forgets, listens @milliseconds' worth of samples and checks the tone. */
void assert_hears (Side *side, double frequency);
void assert_silent (Side *side);

G_END_DECLS
