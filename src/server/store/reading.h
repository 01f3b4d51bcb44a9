/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread of the store's readings, for the store: see store.h. Everything here is called on the
 * centre's thread. */
#pragma once

#include "server/store/backend.h"

G_BEGIN_DECLS

struct _StoreReader
{
  const StoreBackend *backend;
  gpointer connection;
  gboolean stopped; /* of the reading in hand: nothing more is asked */
};

typedef struct _Readings Readings;

/* With a connection of its own; answers come in @context. */
Readings *readings_new (const StoreBackend *backend,
                        const char *directory,
                        GMainContext *context,
                        GError **error);
/* Stops what is read, waits for its end, and forgets what waits. */
void readings_free (Readings *self);
StoreReading *readings_add (Readings *self,
                            StoreReadFunc read,
                            StoreReadDoneFunc done,
                            gpointer user_data,
                            GDestroyNotify dispose);

G_END_DECLS
