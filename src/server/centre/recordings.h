/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recordings of calls: their rows, their files, for how long they are kept. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

typedef struct _Recordings Recordings;

Recordings *recordings_new (Centre *centre);
void recordings_free (Recordings *self);
/* Finishes the rows of what was being recorded as guichetd died. What has no file waits for an
 * engine that has gone on with it. */
gboolean recordings_load (Recordings *self, GError **error);
/* The engine has that one: its interaction, and when it began. NULL: nobody waits for it. */
char *recordings_take_up (Recordings *self, const char *id, gint64 *begun);

/* A new one of this interaction: its id; free it. */
char *recordings_begin (Recordings *self, const Record *record);
/* The same of a message that lies in a box. */
char *recordings_begin_in (Recordings *self, const Record *record, const char *box);
/* Where its bytes go, in a folder that is there. Free it. */
char *recordings_path (Recordings *self, const char *id);
/* It is whole on disk. @done (may be NULL) comes when the row says so. */
void recordings_end (Recordings *self, const char *id, guint64 ms);
void recordings_end_then (Recordings *self,
                          const char *id,
                          guint64 ms,
                          CentreReadyFunc done,
                          gpointer user_data);
/* There is nothing of it. */
void recordings_drop (Recordings *self, const char *id);

/* Those of an interaction: [{"id","at","duration"}], oldest first; in_boxes: messages, too. */
JsonArray *recordings_to_json (Recordings *self, const char *interaction, gboolean in_boxes);
/* Of which interaction it is, NULL: there is none, or a message unless in_boxes. Free it. */
char *recordings_interaction (Recordings *self, const char *id, gboolean in_boxes);
/* NULL: its file is gone. */
GBytes *recordings_read (Recordings *self, const char *id);

/* Of an interaction that is erased; after the batch's commit recordings_erased (). */
void recordings_erase (Recordings *self, const char *interaction, StoreBatch *batch);
void recordings_erased (Recordings *self);
/* What is older than this goes, and what was put away before that. */
void recordings_forget (Recordings *self, gint64 before, gint64 put_away_before);

G_END_DECLS
