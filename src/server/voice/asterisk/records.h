/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recording, for the files that make it. Centre's thread. */
#pragma once

#include "server/voice/asterisk/convert.h"
#include "server/voice/asterisk/parts.h"

G_BEGIN_DECLS

/* What of a recording Asterisk makes: one direction of the leg. */
typedef struct
{
  char *snoop;   /* the channel, and the name of the recording */
  char *path;    /* where it is fetched to */
  gboolean ours; /* the channel is under our control */
  gboolean seen; /* …and was there when the node was last looked at, or came since */
  gboolean finished, fetched;
} Track;

typedef struct
{
  Asterisk *engine;
  Side *side;
  char *request, *path, *leg, *bridge; /* bridge: or NULL */
  Track tracks[2];
  guint n_tracks;
  gboolean paused, muted, stopping, fetching;
  gboolean found; /* from before us, and not asked for yet */
  gboolean kept;  /* from before us, and goes on: its times are since then */
  gboolean blind; /* …and it is not known whether Asterisk takes it down now */
  gint64 begun;   /* when Asterisk was asked to write, by the monotonic clock; 0: not yet */
  gint64 since;   /* the pause that lasts */
  gint64 paused_for;
  gint64 lasted;               /* without pauses, in milliseconds; when it has ended */
  GArray *noise;               /* Stretch */
  struct _Pointer *converting; /* what its conversion comes back to, or NULL */
} Recording;

/* What an answer is about, as long as it is there. */
typedef struct _Pointer
{
  Asterisk *engine; /* NULL: nobody waits any more */
  char *request;
  guint track;
} Pointer;

Pointer *ari_pointer_new (Recording *recording, guint track);
/* NULL: it is over. Frees the pointer. */
Recording *ari_pointer_take (Pointer *pointer, Track **track);
/* What Asterisk has of it goes. */
void ari_recording_put_away (Recording *recording);
void ari_recording_fail (Recording *recording, const char *why);
/* Makes the file of it once all of its tracks are finished. */
void ari_recording_fetch (Recording *recording);

G_END_DECLS
