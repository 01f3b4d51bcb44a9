/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What outbox.c, outbox-send.c and outbox-chat.c share. Main loop. */
#pragma once

#include "client/outbox.h"

struct _GuichetOutbox
{
  GObject parent_instance;
  GuichetApi *api;
  GuichetStore *store;
  GPtrArray *rows;    /* GuichetRow in order */
  GPtrArray *flushes; /* GTask, data: interaction or NULL */
  GCancellable *cancellable;
  char *epoch;
  gint64 last_id;
  gint64 sending; /* id, 0: none */
  gboolean online;
  gboolean in_haste; /* a flush waits: no pause */
  guint pause_id;
  gint64 typing_since; /* monotonic µs of the first stroke that waits for a pause; 0: none */
  guint pause_ms;
};

enum
{
  OUTBOX_ANSWERED,
  OUTBOX_SAVED,
  OUTBOX_SET_ASIDE,
  OUTBOX_CHANGED,
  OUTBOX_N_SIGNALS
};

extern guint outbox_signals[OUTBOX_N_SIGNALS];

/* outbox.c */
GuichetRow *outbox_add (GuichetOutbox *self, const GuichetTyped *typed, gint64 revision);
void outbox_keep (GuichetOutbox *self, const GuichetRow *row);
void outbox_drop (GuichetOutbox *self, GuichetRow *row);
void outbox_changed (GuichetOutbox *self);
void outbox_replace_text (char **text, const char *value);
/* Sends after this pause, in place of one that runs. */
void outbox_send_after (GuichetOutbox *self, guint milliseconds);

/* outbox-send.c: nothing, while offline, under way or in a pause. */
void outbox_send_next (GuichetOutbox *self);
