/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* What a window offers to undo: a toast with its button for each, and Ctrl+Z for the newest, unless
 * another page than "list" or "voicemail" is shown, or words stand in the search, which has an undo
 * of its own. */
#define GUICHET_TYPE_UNDO (guichet_undo_get_type ())
G_DECLARE_FINAL_TYPE (GuichetUndo, guichet_undo, GUICHET, UNDO, GObject)

/* The window keeps it as long as these are there. @search may be NULL. */
GuichetUndo *
guichet_undo_new (GtkWidget *window, AdwToastOverlay *toasts, GtkStack *pages, GtkEditable *search);
/* Says the text; undo (data) is called at most once. destroy frees the data with the toast. */
void guichet_undo_offer (GuichetUndo *self,
                         const char *text,
                         void (*undo) (gpointer data),
                         gpointer data,
                         GDestroyNotify destroy);
