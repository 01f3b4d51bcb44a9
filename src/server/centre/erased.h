/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was erased, by ids alone, for longer than desks keep what they have seen: those who are
 * signed in hear of it, those who come later ask. Kept in the audit. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

Erased *erased_new (Centre *centre);
void erased_free (Erased *self);
gboolean erased_load (Erased *self, GError **error);

/* Whether it is among them, from the moment on when that was asked for. */
gboolean erased_has (Erased *self, const char *interaction);
/* When the last one was (ms), 0: nobody. */
gint64 erased_last (Erased *self);
/* {"erased","customers","interactions"}: those since then, this moment included. */
JsonObject *erased_since (Erased *self, gint64 since);

/* These customers, one person, with these interactions (ids): into the batch, which it takes, and
 * to the desks once that is durable. */
void erased_commit (Erased *self,
                    const GPtrArray *customers,
                    const GPtrArray *interactions,
                    StoreBatch *batch,
                    CentreReadyFunc done,
                    gpointer user_data);

G_END_DECLS
