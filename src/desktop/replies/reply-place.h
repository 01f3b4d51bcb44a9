/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Where in a text a canned reply stands. */
typedef struct _GuichetReplyPlace GuichetReplyPlace;

GuichetReplyPlace *guichet_reply_place_new (GtkTextBuffer *buffer);
void guichet_reply_place_free (GuichetReplyPlace *self);

/* Puts a reply where the cursor is, in the place of one that stands there untouched. FALSE: one is
 * being edited; only one at a time. */
gboolean guichet_reply_place_put (GuichetReplyPlace *self, const char *text);
/* What stands there is text like any other. */
void guichet_reply_place_forget (GuichetReplyPlace *self);
