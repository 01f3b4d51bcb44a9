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
/* Of GUICHET_PART_TEXT. The least width is measured too, in as many lines as it takes: of a long
 * text it is that of a few words. */
void guichet_message_part_set_words (GtkLabel *text, const char *words, const char *markup);
gboolean guichet_message_part_is_inside (GuichetMessagePart which); /* of the bubble */

/* Says nothing to who does not see it. */
GtkImage *guichet_message_icon_new (const char *name);

/* One below the other, each as wide as it likes. An alignment of each widget's own would have GTK
 * look for the least width of its text at that height: a dozen layouts instead of three.
 * @parts: GUICHET_N_PARTS, NULL where there is none; @width: -1 = as they like. */
void guichet_message_parts_measure (GtkWidget *const *parts,
                                    GtkOrientation orientation,
                                    int width,
                                    int *minimum,
                                    int *natural);
/* @side: GTK_ALIGN_START, GTK_ALIGN_CENTER or GTK_ALIGN_END. */
void guichet_message_parts_place (GtkWidget *const *parts, GtkAlign side, int width);
