/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetWatched: lists that the centre tells of while somebody looks: asked for by one question
 * when the looking begins and after every break of the link, kept current by events. Main loop.
 * Inside this room. */
#pragma once

#include "client/session-private.h"

/* @teams: id → name, of the last answer. */
typedef gboolean (*GuichetWatchedFill) (GuichetRecord *one,
                                        const BaseJson *json,
                                        GHashTable *teams,
                                        GError **error);

typedef struct
{
  const char *member;        /* the array in answer and events */
  GuichetWatchedFill fill;   /* all of one, from an answer */
  GuichetWatchedFill change; /* what an event tells of one */
} GuichetWatchedPart;

typedef struct
{
  const char *path;    /* GET: all of it; DELETE: nobody looks any more */
  const char *failure; /* the log's name of a question in vain */
  guint revision;      /* the session's field: how often it changed; 0: not known */
  guint n_parts;
  GuichetWatchedPart parts[2];
} GuichetWatchedKind;

/* guichet_watched_new: the kind lives for ever; it fills these lists, one for each part, which it
 * does not own. The first field of their records is the id. */
GuichetWatched *guichet_watched_new (GuichetSession *session,
                                     const GuichetWatchedKind *kind,
                                     GListStore *const *lists);
void guichet_watched_free (GuichetWatched *self);

void guichet_watched_watch (GuichetWatched *self, gboolean on);
/* guichet_watched_online: the stream is there (again), and what it told meanwhile is lost; or who
 * is in the lists is not what it was. */
void guichet_watched_online (GuichetWatched *self);
/* guichet_watched_forget: the session is over. */
void guichet_watched_forget (GuichetWatched *self);
gboolean guichet_watched_apply_event (GuichetWatched *self, const BaseJson *event, GError **error);
