/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What a message is shown with, in the order in which it stands. Most have three of them; what few
 * have is made for those alone: each widget costs whoever opens a chat. */
typedef enum
{
  GUICHET_PART_DAY,
  GUICHET_PART_BUBBLE,
  GUICHET_PART_PRIVATE, /* the first in the bubble */
  GUICHET_PART_SUBJECT,
  GUICHET_PART_TEXT,
  GUICHET_PART_FILES,
  GUICHET_PART_FOLD,
  GUICHET_PART_MISSING, /* the last in the bubble */
  GUICHET_PART_META,    /* a box with a label */
  GUICHET_PART_PROBLEM,
  GUICHET_PART_ACTIONS, /* a box with two buttons: to try again, and to edit */
  GUICHET_PART_DIVIDER, /* a bot handed over here */
  GUICHET_N_PARTS
} GuichetMessagePart;

GtkWidget *guichet_message_part_new (GuichetMessagePart which);
gboolean guichet_message_part_is_inside (GuichetMessagePart which); /* of the bubble */

/* Says nothing to who does not see it. */
GtkImage *guichet_message_icon_new (const char *name);
