/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips of the centre and of its agents, all in memory, and the sounds that were sent and that no
 * clip has taken yet. Bytes lie in files (store_clips); those that nothing names go after a day,
 * those of a deleted clip after an hour. Centre's thread. */
#pragma once

#include "model/clip.h"
#include "server/centre/centre.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *agent; /* "": of the centre */
  char *label;
  char **tags;
  char *file; /* in store_clips */
  gint64 ms;
  gboolean archived, deleted;
  gint64 revision;
  gint64 version; /* the journal's number of its last change */
  gint64 at;      /* of its last change */
} Clip;

/* One that was sent and is on disk. */
typedef struct
{
  char *id; /* and name of its file */
  const char *agent;
  gint64 ms, at;
} ClipSound;

/* What a change says; NULL: as it is. */
typedef struct
{
  const char *label;
  char **tags;
  const ClipSound *sound;
  gboolean archived, deleted;
} ClipWish;

Clips *clips_new (Centre *centre);
void clips_free (Clips *self);
gboolean clips_load (Clips *self, GError **error);

Clip *clips_find (Clips *self, const char *id);
/* Those that this agent has, its own and the centre's, but for deleted ones; free the array. */
GPtrArray *clips_of (Clips *self, const char *agent);
/* Of this owner, but for deleted ones. */
guint clips_count (Clips *self, const char *owner);

/* FALSE: this agent has too many that no clip took. */
gboolean clips_may_send (Clips *self, const char *agent);
/* A file that is on disk. */
void clips_sent (Clips *self, const char *id, const char *agent, gint64 ms);
ClipSound *clips_sound (Clips *self, const char *id, const char *agent);

/* One change: @known NULL adds one of this owner. */
Clip *
clips_set (Clips *self, Clip *known, const char *owner, const ClipWish *wish, StoreBatch *batch);
/* Commits it and tells those whom it concerns. Takes the batch. */
void clips_commit (Clips *self,
                   const Clip *clip,
                   const char *by,
                   StoreBatch *batch,
                   CentreReadyFunc done,
                   gpointer user_data);

/* CLIP of the agent API. */
JsonObject *clip_to_json (const Clip *clip);
/* Its bytes, mapped, or NULL. */
GBytes *clips_read (Clips *self, const Clip *clip);

G_END_DECLS
