/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/canned-reply.h"

#include <gtk/gtk.h>

/* A reply in a list: its shortcut and name, the beginning of its text, and the heading of its
 * category where another one begins. */
#define GUICHET_TYPE_REPLY_ROW (guichet_reply_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetReplyRow, guichet_reply_row, GUICHET, REPLY_ROW, GtkWidget)

GtkWidget *guichet_reply_row_new (void);
/* before: the one above it (NULL: none; itself: no heading). */
void guichet_reply_row_show (GuichetReplyRow *self,
                             GuichetCannedReply *reply,
                             GuichetCannedReply *before,
                             const char *text);
/* Puts a widget at its end, as a button. */
void guichet_reply_row_add (GuichetReplyRow *self, GtkWidget *widget);
