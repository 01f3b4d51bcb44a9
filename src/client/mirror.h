/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetMirror: a list of the centre's that this desk has whole: asked for whenever the stream is
 * there (again), then kept current by events. An event may overtake the answer that it is newer
 * than: where its records have a version, of each the greater one stays. Main loop. Inside this
 * room. */
#pragma once

#include "client/session-private.h"

struct _GuichetMirrorKind
{
  const char *path;    /* GET: all of them */
  const char *member;  /* the array of them in answer and events; "deleted" stands beside it */
  const char *failure; /* the log's name of a question in vain */
  GType (*type) (void);
  int version; /* the field of the version; -1: the one told last is the newer one */
  GCompareDataFunc compare;
  gboolean (*apply) (GuichetRecord *record, const BaseJson *json, GError **error);
  /* Of one that has just come, or came while the link was away; or NULL. */
  void (*came) (GuichetSession *session, GuichetRecord *record);
};

/* guichet_mirror_new: the kind lives for ever. */
GuichetMirror *guichet_mirror_new (GuichetSession *session, const GuichetMirrorKind *kind);
void guichet_mirror_free (GuichetMirror *self);

/* guichet_mirror_online: the stream is there (again). */
void guichet_mirror_online (GuichetMirror *self);
/* guichet_mirror_forget: the session is over. */
void guichet_mirror_forget (GuichetMirror *self);
gboolean guichet_mirror_apply_event (GuichetMirror *self, const BaseJson *event, GError **error);

/* One that the answer to a command shows; what is known of it then, not owned. */
gpointer guichet_mirror_take (GuichetMirror *self, const BaseJson *json, GError **error);
void guichet_mirror_drop (GuichetMirror *self, const char *id, gint64 version);
/* guichet_mirror_find: not owned; NULL: none. */
gpointer guichet_mirror_find (GuichetMirror *self, const char *id);
GListModel *guichet_mirror_get_list (GuichetMirror *self);
