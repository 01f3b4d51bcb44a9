/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetStore: the local SQLite file of one agent on one centre: what was typed and is not yet at
 * the centre, which offer became which interaction, and the last snapshot. One worker thread does
 * all SQL in the order of the calls, what came while it synced in one commit; nothing here blocks
 * the main loop. What is committed is on the disk itself (WAL, synchronous=FULL): it survives a
 * killed window and a power cut. Inside this room. */
#pragma once

#include "client/row.h"
#include "client/store-seen.h"

#include <gio/gio.h>

/* What the file held when it was opened. */
typedef struct
{
  GPtrArray *rows;    /* of GuichetRow, in order */
  GHashTable *offers; /* offer id → interaction id */
  char *snapshot;     /* JSON text or NULL */
  GPtrArray *replies; /* canned ones: JSON texts */
  char *canned;       /* their mark, or NULL */
  char *erased;       /* up to when those who were erased are gone, or NULL */
} GuichetStored;

void guichet_stored_free (GuichetStored *stored);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetStored, guichet_stored_free)

#define GUICHET_TYPE_STORE guichet_store_get_type ()
G_DECLARE_FINAL_TYPE (GuichetStore, guichet_store, GUICHET, STORE, GObject)

/* guichet_store_open_async: dir is made with mode 0700. A file that is damaged or of a newer
 * version is left untouched: GUICHET_CLIENT_ERROR_STORE. Signal "problem" (const char *message) on
 * the main loop when a write fails later. */
void guichet_store_open_async (const char *dir,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GuichetStore *
guichet_store_open_finish (GAsyncResult *result, GuichetStored **stored, GError **error);

void guichet_store_put (GuichetStore *self, const GuichetRow *row);
void guichet_store_delete (GuichetStore *self, gint64 id);
void guichet_store_remember_offer (GuichetStore *self, const char *offer, const char *interaction);
void guichet_store_keep_snapshot (GuichetStore *self, const char *text);

/* guichet_store_keep_mark: a text under a name, but "snapshot". */
void guichet_store_keep_mark (GuichetStore *self, const char *name, const char *text);
/* guichet_store_keep_reply: json NULL: it is no more. */
void guichet_store_keep_reply (GuichetStore *self, const char *id, const char *json);

/* guichet_store_see: what search is to find without the centre. Takes it. */
void guichet_store_see (GuichetStore *self, GuichetSeen *seen);
/* guichet_store_trim_seen: lets go of what is too old at this time, or more than so many. */
void guichet_store_trim_seen (GuichetStore *self, gint64 now, guint keep);

/* guichet_store_forget: nothing of these customers and interactions (JSON arrays of ids) is found
 * or left in the file. */
void guichet_store_forget (GuichetStore *self, const char *customers, const char *interactions);

/* guichet_store_find_async: on a thread and a handle of its own, beside what is written. words:
 * folded. finish: GuichetSeen, at most limit of each kind, the newest of it first. */
void guichet_store_find_async (GuichetStore *self,
                               char **words,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* guichet_store_read_async: messages of a conversation below the number, oldest first. */
void guichet_store_read_async (GuichetStore *self,
                               const char *conversation,
                               gint64 before,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *guichet_store_find_finish (GuichetStore *self, GAsyncResult *result, GError **error);

/* guichet_store_tell: signal "kept" (const char *name) on the main loop when all of the above is in
 * the file. */
void guichet_store_tell (GuichetStore *self, const char *name);

/* guichet_store_wipe: empties everything, at sign-out where the centre says so. */
void guichet_store_wipe (GuichetStore *self);

/* guichet_store_sync: waits until all of the above is in the file; for the end of the process and
 * for tests. */
void guichet_store_sync (GuichetStore *self);
