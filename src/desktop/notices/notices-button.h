/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The header's way to the agent's messages, with how many are unread; shows a new one in passing.
 */
#define GUICHET_TYPE_NOTICES_BUTTON (guichet_notices_button_get_type ())
G_DECLARE_FINAL_TYPE (GuichetNoticesButton,
                      guichet_notices_button,
                      GUICHET,
                      NOTICES_BUTTON,
                      GtkWidget)

void guichet_notices_button_set_session (GuichetNoticesButton *self, GuichetSession *session);
