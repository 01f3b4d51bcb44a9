/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colleagues of a session: asked for when somebody wants to see them for the first time and
 * after every break of the link, kept current by events. Main loop. Inside this room. */
#pragma once

#include "client/session-private.h"

GuichetColleagues *guichet_colleagues_new (GuichetSession *session, GListStore *list);
void guichet_colleagues_free (GuichetColleagues *self);

/* guichet_colleagues_watch: from now on they are kept. */
void guichet_colleagues_watch (GuichetColleagues *self);
/* guichet_colleagues_online: the stream is there (again), and what it told meanwhile is lost; or
 * who they are is not what it was. */
void guichet_colleagues_online (GuichetColleagues *self);
/* guichet_colleagues_forget: the session is over. */
void guichet_colleagues_forget (GuichetColleagues *self);
gboolean
guichet_colleagues_apply_event (GuichetColleagues *self, const BaseJson *event, GError **error);
