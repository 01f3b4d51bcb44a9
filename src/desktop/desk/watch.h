/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Watches one interaction with everything that a view of it shows (the agent's own part, the call
 * in the phone, the session's link) and calls back once before the next frame when any of it
 * changed. */
#define GUICHET_TYPE_WATCH (guichet_watch_get_type ())
G_DECLARE_FINAL_TYPE (GuichetWatch, guichet_watch, GUICHET, WATCH, GObject)

typedef void (*GuichetWatchFunc) (gpointer view);

/* view is not owned; drop the watch in the view's dispose. */
GuichetWatch *guichet_watch_new (GuichetWatchFunc changed, gpointer view);
void guichet_watch_set_session (GuichetWatch *self, GuichetSession *session);
/* NULL for none; calls back at once. */
void guichet_watch_set_interaction (GuichetWatch *self, GuichetInteraction *interaction);
GuichetSession *guichet_watch_get_session (GuichetWatch *self);
GuichetInteraction *guichet_watch_get_interaction (GuichetWatch *self);
/* Stops calling back; for dispose, as others may hold a reference. */
void guichet_watch_stop (GuichetWatch *self);
