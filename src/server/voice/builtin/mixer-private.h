/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two sides of the mixer share. The owner's side (mixer.c) makes everything, hands it to
 * the tick's side (mixer-tick.c) by commands and gets it back to free; the tick allocates nothing,
 * frees nothing and takes no lock. */
#pragma once

#include "server/voice/builtin/mixer.h"
#include "server/voice/builtin/ring.h"

#include <stdatomic.h>

G_BEGIN_DECLS

/* A leg's sound waits for this much before it is heard, so that small delays do not tear it. */
#define PREFILL_BLOCKS 2
/* More than this is too late: the oldest goes, down to PREFILL_BLOCKS. */
#define MOST_BLOCKS 6
/* Between two ticks there is room for so much. */
#define ROOM_BLOCKS 16

typedef enum
{
  PLAY_GOES_ON,
  PLAY_ENDED,   /* by the tick: it came to its end */
  PLAY_STOPPED, /* by the owner */
} PlayState;

typedef struct _Play Play;
struct _Play
{
  Play *next;
  guint id;
  MixerPort *port;
  MixerBridge *bridge;
  Sound *sound;
  guint at; /* the tick's */
  gboolean loop;
  _Atomic int state; /* PlayState */
};

struct _MixerBridge
{
  MixerBridge *next;
  gint32 *sum; /* of this tick */
};

/* What was said before the end of a pause, and is on its way through the rings: 200 ms. */
#define TAP_AFTER  10
#define TAP_PAUSED (-1)

struct _MixerTap
{
  MixerTap *next;
  MixerPort *port;
  MixerBridge *bridge; /* or NULL */
  Ring *ring;
  GDestroyNotify gone;
  gpointer user_data;
  _Atomic int still;      /* so many ticks are not written any more; TAP_PAUSED: until told */
  _Atomic gboolean noise; /* but noise */
};

struct _MixerPort
{
  gatomicrefcount refs;
  guint block;
  MixerOutput output;
  gpointer user_data;
  GDestroyNotify destroy;
  Ring *ring; /* from the leg to the tick, of samples */
  _Atomic guint64 ticks, dropped, missing;
  /* the tick's: */
  MixerPort *next;
  MixerBridge *bridge;
  Sound *music;
  guint music_at;
  gint16 *in;     /* this tick's block of the leg */
  gint32 *extra;  /* sounds played to this port in this tick */
  gboolean plays; /* extra holds something */
  gboolean muted;
  MixerPort *other;     /* that it listens to, or NULL */
  MixerPort *listeners; /* to this one */
  MixerPort *next_listener;
  gboolean whisper; /* other hears it */
  gboolean running; /* prefilled and not dry since */
};

typedef enum
{
  COMMAND_ADD_PORT,
  COMMAND_REMOVE_PORT,
  COMMAND_ADD_BRIDGE,
  COMMAND_REMOVE_BRIDGE,
  COMMAND_SET_BRIDGE,
  COMMAND_SET_MUSIC,
  COMMAND_SET_MUTED,
  COMMAND_SET_SNOOP,
  COMMAND_ADD_TAP,
  COMMAND_REMOVE_TAP,
  COMMAND_PLAY,
} CommandKind;

/* Goes to the tick and, carried out, comes back with what is to be freed. */
typedef struct _Command Command;
struct _Command
{
  Command *next;
  CommandKind kind;
  MixerPort *port;
  MixerBridge *bridge;
  Play *play;
  Sound *music; /* the new one; then the old one */
  MixerTap *tap;
  MixerPort *other; /* SET_SNOOP */
  gboolean on;      /* SET_MUTED: muted; SET_SNOOP: whisper */
};

struct _Mixer
{
  guint rate, block;
  Pulse *pulse;
  int fd; /* readable when something came back from the tick */
  /* Stacks: pushed by one side, taken whole by the other. */
  Command *_Atomic commands; /* to the tick */
  Command *_Atomic done;     /* back */
  Play *_Atomic over;        /* back: plays that ended or were stopped */
  /* the owner's: */
  guint last_play;
  MixerPlayEnd on_play_end;
  gpointer user_data;
  GHashTable *plays; /* id → Play that was neither stopped nor reported */
  /* the tick's: */
  guint64 tick;
  MixerPort *ports;
  MixerBridge *bridges;
  Play *playing;
  MixerTap *taps;
  gint16 *out, *stereo;
  guint32 noise; /* what the next sample of it is made from */
  gint32 *base, *whispers;
};

/* mixer-tick.c: carries out what was commanded; TRUE: something did come. For the tick, and for
 * mixer_free () when nobody ticks any more. */
gboolean mixer_obey (Mixer *mixer);

/* mixer-taps.c: what this tick says goes to those who record it. */
void mixer_write_taps (Mixer *mixer);

/* mixer-hear.c: what everyone hears in this tick. */
void mixer_make_outputs (Mixer *mixer);
void mixer_unlink_listener (MixerPort *listener);
void mixer_link_listener (MixerPort *listener, MixerPort *other, gboolean whisper);

G_END_DECLS
