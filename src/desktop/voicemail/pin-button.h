/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Sets the PIN by which the agent's own box is opened from other phones. Not seen where the centre
 * has no number for that, or the agent no box. */
#define GUICHET_TYPE_PIN_BUTTON (guichet_pin_button_get_type ())
G_DECLARE_FINAL_TYPE (GuichetPinButton, guichet_pin_button, GUICHET, PIN_BUTTON, GtkWidget)

GtkWidget *guichet_pin_button_new (GuichetSession *session);
