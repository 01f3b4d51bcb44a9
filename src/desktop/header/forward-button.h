/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Says in the header that the agent's own calls go elsewhere, and where to; hidden while they do
 * not. A press ends it. */
#define GUICHET_TYPE_FORWARD_BUTTON (guichet_forward_button_get_type ())
G_DECLARE_FINAL_TYPE (GuichetForwardButton,
                      guichet_forward_button,
                      GUICHET,
                      FORWARD_BUTTON,
                      GtkWidget)

void guichet_forward_button_set_session (GuichetForwardButton *self, GuichetSession *session);
