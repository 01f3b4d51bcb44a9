/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/notice.h"
#include "client/session.h"
#include "client/voicemail.h"
#include "desktop/offers/quiet.h"

#include <gtk/gtk.h>

/* Desktop notifications: an offer with Answer and Decline while the window is not in front, what
 * happened meanwhile, and the way back to a hidden window. How many and for how long the centre
 * says; the agent may switch them off, each kind for itself; none while the desktop is not to
 * disturb. Sounds are of alerts.h and the phone. */
#define GUICHET_TYPE_NOTIFIER (guichet_notifier_get_type ())
G_DECLARE_FINAL_TYPE (GuichetNotifier, guichet_notifier, GUICHET, NOTIFIER, GObject)

/* application is not owned. */
GuichetNotifier *guichet_notifier_new (GApplication *application,
                                       GuichetSession *session,
                                       GSettings *settings,
                                       GuichetQuiet *quiet);

/* The window whose being in front makes notifications needless; not owned. */
void guichet_notifier_set_window (GuichetNotifier *self, GtkWindow *window);

/* Somebody wrote in a chat that is not in view: who, and how much; never what. */
void guichet_notifier_tell_messages (GuichetNotifier *self, GuichetInteraction *interaction);
void guichet_notifier_forget_messages (GuichetNotifier *self, GuichetInteraction *interaction);

/* A supervisor has written: who, and with which priority. */
void guichet_notifier_tell_notice (GuichetNotifier *self, GuichetNotice *notice);

/* A caller has left a message: in which box and who, and how many are new in each; until none is.
 */
void guichet_notifier_tell_voicemail (GuichetNotifier *self, GuichetVoicemail *voicemail);
void guichet_notifier_forget_voicemail (GuichetNotifier *self);

/* The window was closed while signed in. */
void guichet_notifier_tell_hidden (GuichetNotifier *self);

/* Takes all of them back. */
void guichet_notifier_clear (GuichetNotifier *self);
