/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Whether the centre has something that was typed: an icon and words, never a colour alone. */
#define GUICHET_TYPE_SAVED_MARK (guichet_saved_mark_get_type ())
G_DECLARE_FINAL_TYPE (GuichetSavedMark, guichet_saved_mark, GUICHET, SAVED_MARK, GtkWidget)

typedef enum
{
  GUICHET_SAVED_NOTHING, /* there is nothing to save: the mark is gone */
  GUICHET_SAVED_ON_THE_WAY,
  GUICHET_SAVED_KEPT_HERE, /* the link is away */
  GUICHET_SAVED_DURABLY,   /* the centre has it on its disk */
  GUICHET_SAVED_BY_CENTRE, /* set by the centre itself */
  GUICHET_SAVED_REFUSED,
} GuichetSavedState;

/* What it is about, for people who do not see where the mark stands. Translated. */
void guichet_saved_mark_set_subject (GuichetSavedMark *self, const char *subject);
/* problem: the sentence of GUICHET_SAVED_REFUSED, else NULL. */
void guichet_saved_mark_show (GuichetSavedMark *self, GuichetSavedState state, const char *problem);
