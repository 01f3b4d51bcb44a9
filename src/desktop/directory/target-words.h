/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What stands under the name: "Ready · Counter", "Queue · 3 of 7 free · 2 waiting", "Laboratory ·
 * +33 1…"; before it why the purpose ("transfer"…, or NULL) cannot be now. */
char *guichet_target_words (GuichetSession *session, GuichetTarget *target, const char *purpose);
void guichet_target_show_icon (GuichetTarget *target, GtkImage *icon);
/* Why the action is impossible now, as a sentence. Free with g_free. */
char *guichet_target_problem (GuichetTarget *target, const char *action);
