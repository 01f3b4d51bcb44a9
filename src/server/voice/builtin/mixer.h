/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixer of the built-in engine: ports (one a leg) in bridges, music and sounds. It has no clock
 * and knows no SIP: whoever ticks it every 20 ms gets one block out of every port. One thread owns
 * it and calls everything but mixer_tick () and mixer_port_push (); another may tick, and each
 * port's sound may come from one of its own. What the owner wants is so from the next tick on.
 * Nobody who ticks or pushes ever waits for another thread. */
#pragma once

#include "server/voice/builtin/pulse.h"
#include "server/voice/builtin/ring.h"
#include "server/voice/builtin/sound.h"

G_BEGIN_DECLS

typedef struct _Mixer Mixer;
typedef struct _MixerPort MixerPort;
typedef struct _MixerBridge MixerBridge;
typedef struct _MixerTap MixerTap;

#define MIXER_TICK_MS 20

/* What goes out of a port, on the thread that ticks; must not block, and must not call the mixer.
 * @tick counts from 0 and jumps where ticks were skipped. */
typedef void (*MixerOutput) (const gint16 *block,
                             guint n_samples,
                             guint64 tick,
                             gpointer user_data);

/* A sound came to its end. Called by mixer_dispatch (). */
typedef void (*MixerPlayEnd) (guint play, gpointer user_data);

typedef struct
{
  guint64 ticks;   /* since the port was added */
  guint64 dropped; /* blocks that came too fast and were thrown away */
  guint64 missing; /* times its sound ran dry */
} MixerCounts;

Mixer *mixer_new (guint rate, MixerPlayEnd on_play_end, gpointer user_data);
void mixer_free (Mixer *mixer); /* nobody ticks any more; its ports and bridges go with it */

guint mixer_get_rate (Mixer *mixer);
guint mixer_get_block (Mixer *mixer);  /* samples in a tick */
Pulse *mixer_get_pulse (Mixer *mixer); /* beats after every tick */

/* When the descriptor is readable, the owner reports ends of plays and frees what the tick has
 * done with. */
int mixer_get_fd (Mixer *mixer);
void mixer_dispatch (Mixer *mixer);

/* Makes one block for every port. @skipped: ticks that were due before and will not come. */
void mixer_tick (Mixer *mixer, guint64 skipped);

/* A port is counted: the mixer holds it until it is removed, streaming threads may hold more. */
MixerPort *
mixer_add_port (Mixer *mixer, MixerOutput output, gpointer user_data, GDestroyNotify destroy);
/* The tick under way may still put out; @destroy comes later, when nobody holds the port. */
void mixer_remove_port (Mixer *mixer, MixerPort *port);
MixerPort *mixer_port_ref (MixerPort *port);
void mixer_port_unref (MixerPort *port);

/* Sound of the leg, in any amount. Too much is dropped, oldest first. */
void mixer_port_push (MixerPort *port, const gint16 *samples, guint n_samples);
void mixer_port_get_counts (MixerPort *port, MixerCounts *counts);

MixerBridge *mixer_add_bridge (Mixer *mixer);
void mixer_remove_bridge (Mixer *mixer, MixerBridge *bridge); /* its ports stay, alone */

/* Each port is in one bridge or none (NULL). */
void mixer_set_bridge (Mixer *mixer, MixerPort *port, MixerBridge *bridge);

/* With @music the port hears it in a loop, hears nobody and is heard by nobody. NULL ends it. */
void mixer_set_music (Mixer *mixer, MixerPort *port, Sound *music);

/* Nobody hears the port, nor does a tap; it hears as before. */
void mixer_set_muted (Mixer *mixer, MixerPort *port, gboolean muted);

/* @listener, which is in no bridge, hears what @other hears and says; with @whisper @other alone
 * hears it. NULL ends it, as does the end of either. Nobody listens to a listener. */
void mixer_set_snoop (Mixer *mixer, MixerPort *listener, MixerPort *other, gboolean whisper);

/* Every tick writes its block into @ring, whose reader is the caller's. With a bridge the ring's
 * items are two samples, the left one of @port while it is in the bridge without music, the right
 * one of all others there; without one they are what @port says. A tap goes before its port and its
 * bridge do. @gone is called when nothing will be written any more. */
MixerTap *mixer_add_tap (Mixer *mixer,
                         MixerPort *port,
                         MixerBridge *bridge,
                         Ring *ring,
                         GDestroyNotify gone,
                         gpointer user_data);
/* What a tap writes. */
typedef enum
{
  MIXER_TAP_SOUND,
  MIXER_TAP_NOTHING,
  MIXER_TAP_NOISE, /* a low one, whatever is said */
} MixerTapMode;
/* Before sound comes again the mode of before lasts for a moment: of what is on its way some was
 * said before. */
void mixer_tap_set_mode (MixerTap *tap, MixerTapMode mode);
void mixer_remove_tap (Mixer *mixer, MixerTap *tap);

/* Plays to one port (over its bridge, instead of its music) or to all of a bridge; one of the two
 * is NULL. Returns the play's number, never 0. A play whose port or bridge goes ends with it. */
guint mixer_play (Mixer *mixer, MixerPort *port, MixerBridge *bridge, Sound *sound, gboolean loop);
gboolean mixer_stop_play (Mixer *mixer, guint play); /* FALSE: it is over; no end is reported */

G_END_DECLS
