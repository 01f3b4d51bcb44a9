/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A form that is a page of a window: a widget with one box, in it fields below their titles, then
 * the buttons. It emits "done" when it is left: by Escape, by Cancel, or by guichet_form_leave().
 */

/* For class_init. */
void guichet_form_install (GtkWidgetClass *klass);
void guichet_form_leave (GtkWidget *form);

/* Adds a field of any kind, and returns it. */
GtkWidget *guichet_form_add (GtkWidget *box, const char *title, GtkWidget *field);
/* An entry in which Return calls save (form). */
GtkWidget *
guichet_form_add_entry (GtkWidget *box, const char *title, GCallback save, GtkWidget *form);
/* A field for some lines, as high as there is room. */
GtkTextView *guichet_form_add_text (GtkWidget *box, const char *name);
/* Cancel, and the button with these words, which calls save (form) and is returned. cancel: NULL,
 * or takes the first, which then leaves the form by what a draft does (form-draft.h). */
GtkWidget *guichet_form_add_buttons (GtkWidget *box,
                                     const char *words,
                                     GCallback save,
                                     GtkWidget *form,
                                     GtkButton **cancel);
