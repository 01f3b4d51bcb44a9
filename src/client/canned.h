/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canned replies of a session: there at once from the local file, then what has changed since
 * is asked of the centre, then kept current by events. Main loop. Inside this room. */
#pragma once

#include "client/canned-search.h"
#include "client/session-private.h"

GuichetCanned *guichet_canned_new (GuichetSession *session, GListStore *list);
void guichet_canned_free (GuichetCanned *self);

/* guichet_canned_load: what the local file has; NULL: nothing. */
void guichet_canned_load (GuichetCanned *self, GPtrArray *replies, const char *mark);
/* guichet_canned_online: the stream is there (again). */
void guichet_canned_online (GuichetCanned *self);
/* guichet_canned_forget: the session is over; the local file keeps them. */
void guichet_canned_forget (GuichetCanned *self);
gboolean guichet_canned_apply_event (GuichetCanned *self, const BaseJson *event, GError **error);
/* guichet_canned_take: one that the answer to a command shows. */
gboolean guichet_canned_take (GuichetCanned *self, const BaseJson *json, GError **error);
void guichet_canned_drop (GuichetCanned *self, const char *id, gint64 version);
GPtrArray *
guichet_canned_search (GuichetCanned *self, const char *query, const char *category, guint limit);
GuichetCannedReply *guichet_canned_find (GuichetCanned *self, const char *id);
