/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What is typed into a form (form.h) and not saved: each stroke is kept with the session, so that
 * whoever leaves by Escape, or closes the window, finds it there again. Cancel becomes Discard when
 * there is something to lose. */
#define GUICHET_TYPE_FORM_DRAFT (guichet_form_draft_get_type ())
G_DECLARE_FINAL_TYPE (GuichetFormDraft, guichet_form_draft, GUICHET, FORM_DRAFT, GObject)

/* The form's fields as texts in an order of its own, and back. */
typedef char **(*GuichetFormRead) (GtkWidget *form);
typedef void (*GuichetFormFill) (GtkWidget *form, const char *const *fields);

/* kind: a word for this form, static. Owned by the form, which it does not own. */
GuichetFormDraft *guichet_form_draft_new (GtkWidget *form,
                                          GtkButton *cancel,
                                          GuichetSession *session,
                                          const char *kind,
                                          GuichetFormRead read,
                                          GuichetFormFill fill);

/* The form is about to show something else. */
void guichet_form_draft_pause (GuichetFormDraft *self);
/* The form shows what the centre has about this (an id, or ""): what was typed comes on top. */
void guichet_form_draft_begin (GuichetFormDraft *self, const char *about);
/* Whether there is something typed. */
gboolean guichet_form_draft_is_changed (GuichetFormDraft *self);
/* A field was changed. */
void guichet_form_draft_typed (GuichetFormDraft *self);
/* What stands there is on its way to the centre; the centre has it: the form is left, if it still
 * is about that. */
void guichet_form_draft_sent (GuichetFormDraft *self);
void guichet_form_draft_saved (GuichetFormDraft *self);
