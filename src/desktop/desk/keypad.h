/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Twelve keys for tones; the keyboard's digits, * and # work too. Emits "digits" (const char *). */
#define GUICHET_TYPE_KEYPAD (guichet_keypad_get_type ())
G_DECLARE_FINAL_TYPE (GuichetKeypad, guichet_keypad, GUICHET, KEYPAD, GtkWidget)

/* Forgets what was keyed: another call. */
void guichet_keypad_clear (GuichetKeypad *self);
