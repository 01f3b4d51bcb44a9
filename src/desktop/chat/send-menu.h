/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The arrow beside the button that sends: what becomes of the conversation then. Emits "chosen" (s:
 * "pending", "escalated", "resolved"), and sets the status back to open by itself. Hidden where the
 * agent does not say it. */
#define GUICHET_TYPE_SEND_MENU (guichet_send_menu_get_type ())
G_DECLARE_FINAL_TYPE (GuichetSendMenu, guichet_send_menu, GUICHET, SEND_MENU, GtkWidget)

/* reason: why nothing can be sent now, or NULL. interaction NULL: what is written is not sent. */
void guichet_send_menu_show (GuichetSendMenu *self,
                             GuichetSession *session,
                             GuichetInteraction *interaction,
                             const char *reason);
