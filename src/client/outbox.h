/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetOutbox: what was typed, on its way to the centre. Values are kept the moment they are
 * typed, sent after a short pause, one at a time and in order, each with the revision it was based
 * on and an idempotency key that stays the same for every attempt. A value typed over one that was
 * already sent becomes a new row behind it. What the centre refuses is set aside with its reason
 * and never lost; a conflict holds both texts until it is resolved. Main loop. Inside this room.
 *
 * Messages of a chat are rows of their own, each POSTed as it is; the draft of the next one is a
 * row that is only kept.
 *
 * Signals, each with the GuichetRow (owned by the outbox):
 *   "answered" (row, JsonObject *answer)  before "saved"
 *   "saved" (row, gint64 revision)  the centre has it; the row goes after this
 *   "set-aside" (row)               row->problem says why
 *   "changed" ()                    the number of rows on their way */
#pragma once

#include "client/api.h"
#include "client/store.h"

#define GUICHET_TYPE_OUTBOX guichet_outbox_get_type ()
G_DECLARE_FINAL_TYPE (GuichetOutbox, guichet_outbox, GUICHET, OUTBOX, GObject)

GuichetOutbox *guichet_outbox_new (GuichetApi *api);

/* guichet_outbox_load: takes the rows of an earlier window that belong to epoch; store may be NULL
 * (memory only). */
void
guichet_outbox_load (GuichetOutbox *self, GuichetStore *store, GPtrArray *rows, const char *epoch);

/* guichet_outbox_set_online: only an online one sends. */
void guichet_outbox_set_online (GuichetOutbox *self, gboolean online);

typedef struct
{
  const char *interaction;
  const char *kind;
  const char *target;
  const char *name; /* "" but for variables */
  const char *value;
  gint64 revision; /* the newest known here */
  gboolean secret;
} GuichetTyped;

void guichet_outbox_type (GuichetOutbox *self, const GuichetTyped *typed);

/* What is written to the customer, and what is for agents alone: each has its draft. */
typedef enum
{
  GUICHET_TO_CUSTOMER,
  GUICHET_TO_AGENTS,
  GUICHET_SUBJECT, /* of what is written to the customer: a draft alone */
} GuichetReader;

/* guichet_outbox_keep_draft: keeps text as the draft of an interaction; "" lets go of it. */
void guichet_outbox_keep_draft (GuichetOutbox *self,
                                const char *interaction,
                                GuichetReader reader,
                                const char *text);

/* guichet_outbox_keep_aside: keeps what is typed and sent by another way, under a kind of its own
 * and a target; "" lets go of it. */
void guichet_outbox_keep_aside (GuichetOutbox *self,
                                const char *interaction,
                                const char *kind,
                                const char *target,
                                const char *value);

/* guichet_outbox_keep_words: the same about no interaction, with a key that other words change. */
void guichet_outbox_keep_words (GuichetOutbox *self,
                                const char *kind,
                                const char *target,
                                const char *value);

/* guichet_outbox_say: the draft's row becomes that of a message, in one write. files: JSON, or "".
 * Its name in the store's signal "kept" is row->name. */
const GuichetRow *guichet_outbox_say (GuichetOutbox *self,
                                      const char *interaction,
                                      GuichetReader reader,
                                      const char *text,
                                      const char *files);

/* guichet_outbox_keep_file: what is known of a file that goes with the next message. */
void guichet_outbox_keep_file (GuichetOutbox *self,
                               const char *interaction,
                               const char *key,
                               const char *value);
void guichet_outbox_drop_file (GuichetOutbox *self, const char *key);

/* Of a message that was set aside, by its name: sends it anew; lets go of it. */
void guichet_outbox_try_again (GuichetOutbox *self, const char *name);
void guichet_outbox_take_back (GuichetOutbox *self, const char *name);

/* guichet_outbox_forget: what is not on its way of this interaction or customer: drafts, what was
 * set aside. */
void guichet_outbox_forget (GuichetOutbox *self, const char *about);

/* guichet_outbox_find: the newest row of a value, or NULL. Owned by the outbox. */
const GuichetRow *
guichet_outbox_find (GuichetOutbox *self, const char *kind, const char *target, const char *name);

/* guichet_outbox_resolve: value replaces theirs; dropped if it is theirs. */
void guichet_outbox_resolve (GuichetOutbox *self, gint64 id, const char *value);

/* guichet_outbox_flush_async: done when nothing of interaction (NULL: nothing at all) is on its way
 * any more. Rows set aside do not hold it up. LINK_DOWN while offline. */
void guichet_outbox_flush_async (GuichetOutbox *self,
                                 const char *interaction,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean guichet_outbox_flush_finish (GuichetOutbox *self, GAsyncResult *result, GError **error);

guint guichet_outbox_count (GuichetOutbox *self);

/* guichet_outbox_foreach: rows in order, for what an earlier window left. */
void guichet_outbox_foreach (GuichetOutbox *self,
                             void (*each) (const GuichetRow *row, gpointer user_data),
                             gpointer user_data);

/* guichet_outbox_set_pause: for tests: milliseconds instead of 400. */
void guichet_outbox_set_pause (GuichetOutbox *self, guint milliseconds);
