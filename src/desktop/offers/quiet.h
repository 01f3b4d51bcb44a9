/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Whether the desktop is set not to disturb: GNOME's setting, or what the notification service says
 * of itself. Then nothing sounds and no notification is shown; the cards stay. Signal "changed". */
#define GUICHET_TYPE_QUIET (guichet_quiet_get_type ())
G_DECLARE_FINAL_TYPE (GuichetQuiet, guichet_quiet, GUICHET, QUIET, GObject)

GuichetQuiet *guichet_quiet_new (void);
gboolean guichet_quiet_is_on (GuichetQuiet *self);
