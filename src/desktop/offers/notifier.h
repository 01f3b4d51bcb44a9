/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Desktop notifications: an offer with Answer and Decline while the window is not in front, what
 * happened meanwhile, and the way back to a hidden window. How many and for how long the centre
 * says; the agent may switch them off. The sound is the phone's. */
#define GUICHET_TYPE_NOTIFIER (guichet_notifier_get_type ())
G_DECLARE_FINAL_TYPE (GuichetNotifier, guichet_notifier, GUICHET, NOTIFIER, GObject)

/* application is not owned. */
GuichetNotifier *
guichet_notifier_new (GApplication *application, GuichetSession *session, GSettings *settings);

/* The window whose being in front makes notifications needless; not owned. */
void guichet_notifier_set_window (GuichetNotifier *self, GtkWindow *window);

/* The window was closed while signed in. */
void guichet_notifier_tell_hidden (GuichetNotifier *self);

/* Takes all of them back. */
void guichet_notifier_clear (GuichetNotifier *self);
