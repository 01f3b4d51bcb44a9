/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving and deleting one of a list that the centre keeps: clips, canned replies. What an answer
 * shows is in the list before the task returns, so that whoever waits for it sees it there. Main
 * loop. Inside this room. */
#pragma once

#include "client/session-private.h"

typedef struct
{
  const char *path;   /* POST: a new one; PUT and DELETE: below it, by its id */
  const char *member; /* the one, in an answer */
  guint revision;     /* fields of the records */
  guint version;
  gboolean (*take) (GuichetSession *self, const BaseJson *json, GError **error);
  gpointer (*find) (GuichetSession *self, const char *id); /* not owned */
  void (*drop) (GuichetSession *self, const char *id, gint64 version);
} GuichetChangeKind;

/* Takes the task; kinds live for ever. id NULL adds one. The task returns the record, owned;
 * CONFLICT: it was changed meanwhile, and the list has the newer one, or none. */
void guichet_change_save (GuichetSession *self,
                          GTask *task,
                          const GuichetChangeKind *kind,
                          const char *id,
                          JsonObject *body);

/* Takes the task and its data; it returns the revision of the deletion. */
void guichet_change_delete (GuichetSession *self,
                            GTask *task,
                            const GuichetChangeKind *kind,
                            GuichetRecord *record);
/* 0: error. */
gint64 guichet_change_delete_finish (GAsyncResult *result, GError **error);
