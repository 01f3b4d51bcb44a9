/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Underlines wrong words in a text view, a little at a time while nothing else happens, and offers
 * better ones in its menu: by the mouse, by the menu key, or by guichet_spelling_go. Without a
 * dictionary of the language it only says so there. */
#define GUICHET_TYPE_SPELLING (guichet_spelling_get_type ())
G_DECLARE_FINAL_TYPE (GuichetSpelling, guichet_spelling, GUICHET, SPELLING, GObject)

/* The view outlives it. */
GuichetSpelling *guichet_spelling_new (GtkTextView *view);

/* "fr", "fr_FR"; NULL or "": that of the desk. What the agent chose in the menu goes before until
 * another is set here. */
void guichet_spelling_set_language (GuichetSpelling *self, const char *language);

/* To the next wrong word after the cursor, with its menu; says so where there is none. */
void guichet_spelling_go (GuichetSpelling *self);
