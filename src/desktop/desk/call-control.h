/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/desk/watch.h"
#include "model/permissions.h"

/* What is asked of the centre about the call that a view shows: each command once at a time, each
 * failure said and heard. Emits "changed" when the centre takes its time, and when it answered. */
#define GUICHET_TYPE_CALL_CONTROL (guichet_call_control_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCallControl, guichet_call_control, GUICHET, CALL_CONTROL, GObject)

/* Neither is owned; guichet_call_control_stop () in the view's dispose. */
GuichetCallControl *guichet_call_control_new (GtkWidget *view, GuichetWatch *watch);
void guichet_call_control_stop (GuichetCallControl *self);
GuichetWatch *guichet_call_control_get_watch (GuichetCallControl *self);

/* Whether it is possible now; else a toast says why not. */
gboolean guichet_call_control_check (GuichetCallControl *self, ModelAction action);
/* Hold, resume, merge, end consult, leave, end; transfer: to who is consulted or asked. */
void guichet_call_control_perform (GuichetCallControl *self, ModelAction action);
/* Transfer, consult, conference. */
void guichet_call_control_ask (GuichetCallControl *self, ModelAction action, GuichetTarget *target);
/* "hold", "resume", "mute", "unmute", "remove", "give_charge" of somebody in it. */
void
guichet_call_control_part (GuichetCallControl *self, GuichetParticipation *part, const char *what);

/* Whether the centre has been asked and takes its time. */
gboolean guichet_call_control_is_slow (GuichetCallControl *self);
