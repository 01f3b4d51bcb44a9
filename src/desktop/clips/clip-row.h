/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/clip.h"

#include <gtk/gtk.h>

/* One clip in a list: its label, how long it is, whose, its tags. */
#define GUICHET_TYPE_CLIP_ROW (guichet_clip_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetClipRow, guichet_clip_row, GUICHET, CLIP_ROW, GtkWidget)

GtkWidget *guichet_clip_row_new (void);
void guichet_clip_row_show (GuichetClipRow *self, GuichetClip *clip);
/* A control at the end of the row. */
void guichet_clip_row_add (GuichetClipRow *self, GtkWidget *widget);
