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
  gint16 *in;       /* this tick's block of the leg */
  gint32 *extra;    /* sounds played to this port in this tick */
  gboolean plays;   /* extra holds something */
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
  gint16 *out;
};

/* mixer-tick.c: carries out what was commanded; TRUE: something did come. For the tick, and for
 * mixer_free () when nobody ticks any more. */
gboolean mixer_obey (Mixer *mixer);

G_END_DECLS
