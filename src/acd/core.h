/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The routing core: state + (now, command) → events. Pure and deterministic: no clock, no input or
 * output, no threads, no main loop. Its state is a function of its journal: everything changes in
 * applying an event, so that a snapshot and the events since give the same core again.
 * One thread at a time may use a core. */
#pragma once

#include "acd/command.h"
#include "model/codes.h"
#include "model/event.h"

G_BEGIN_DECLS

typedef struct _AcdCore AcdCore;

/* A refused command changes nothing and emits nothing. The message of the error is the reason's
 * code and nothing else, so that a caller can hand it on: "held", "station_not_ready", ... */
#define ACD_ERROR (acd_error_quark ())
typedef enum
{
  ACD_ERROR_UNKNOWN,     /* what the command names does not exist (any more) */
  ACD_ERROR_NOT_ALLOWED, /* it exists, but not now or not for this person */
  ACD_ERROR_CONFLICT, /* based on an old revision; acd_core_conflict_revision () has the current */
  ACD_ERROR_INVALID,  /* the command makes no sense; the message names the member */
} AcdError;
GQuark acd_error_quark (void);

/* `node` goes into the ids; the seed orders agents who are equal in everything. */
AcdCore *acd_core_new (guint16 node, guint64 seed);
void acd_core_free (AcdCore *core);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AcdCore, acd_core_free)

/* Appends the events (ModelEvent, the caller's references) that follow from the command at `now`,
 * ms of UTC; a `now` before the last event counts as that event's time. What is overdue at `now`
 * happens before the command, and also stays when the command itself is refused.
 * FALSE with error set if the command is refused. */
gboolean acd_core_handle (AcdCore *core,
                          gint64 now,
                          const AcdCommand *command,
                          GPtrArray *events,
                          GError **error);
/* When acd_core_advance () is to be called next, or G_MAXINT64. */
gint64 acd_core_next_deadline (const AcdCore *core);
void acd_core_advance (AcdCore *core, gint64 now, GPtrArray *events);
/* The current revision after a command was refused with ACD_ERROR_CONFLICT. */
gint32 acd_core_conflict_revision (const AcdCore *core);

/* Takes an event of the journal in, in its order, without deciding anything.
 * FALSE with ACD_ERROR_INVALID or ACD_ERROR_UNKNOWN if it cannot follow on this state. */
gboolean acd_core_apply (AcdCore *core, const ModelEvent *event, GError **error);

/* The whole state as JSON, canonical: equal cores give equal bytes. */
GBytes *acd_core_save (const AcdCore *core);
AcdCore *acd_core_load (JsonObject *saved, GError **error);

/* Bytes of core state that the agents take, with their seats and all they have in hand. */
gsize acd_core_agent_memory (const AcdCore *core);

G_END_DECLS
