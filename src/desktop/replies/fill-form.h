/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/canned-reply.h"
#include "client/session.h"

#include <gtk/gtk.h>

/* One reply before it is inserted: a field for each variable, what is known already in it, and the
 * text as it will be. Signals "insert" (const char *text), "done". */
#define GUICHET_TYPE_FILL_FORM (guichet_fill_form_get_type ())
G_DECLARE_FINAL_TYPE (GuichetFillForm, guichet_fill_form, GUICHET, FILL_FORM, GtkWidget)

GtkWidget *guichet_fill_form_new (GuichetSession *session);
void guichet_fill_form_set (GuichetFillForm *self,
                            GuichetCannedReply *reply,
                            GuichetInteraction *interaction);
/* The first field that is still empty, else the button. */
void guichet_fill_form_focus (GuichetFillForm *self);
