/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of small words with a picture before them and a timer behind. */
#pragma once

#include "desktop/widgets/timer-label.h"

GtkWidget *
guichet_timed_line_new (const char *icon, const char *words, GuichetTimerKind kind, gint64 since);
/* Takes all children out of the box. */
void guichet_timed_lines_clear (GtkBox *box);
