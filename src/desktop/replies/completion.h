/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/canned-reply.h"
#include "client/session.h"

#include <gtk/gtk.h>

/* What fits a /shortcut that is being typed, in a small popup above it. The focus stays in the
 * text: its owner hands on the keys. */
#define GUICHET_TYPE_COMPLETION (guichet_completion_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCompletion, guichet_completion, GUICHET, COMPLETION, GObject)

/* Signal "chosen" (GuichetCannedReply *reply): the word from the slash to the cursor has been
 * taken out of the text. */
GuichetCompletion *guichet_completion_new (GtkTextView *view, GuichetSession *session);
/* Whose language the shown texts have. */
void guichet_completion_set_interaction (GuichetCompletion *self, GuichetInteraction *interaction);
/* After every change of the text by the agent. */
void guichet_completion_look (GuichetCompletion *self);
void guichet_completion_hide (GuichetCompletion *self);
/* TRUE: the key was for the popup. */
gboolean guichet_completion_key (GuichetCompletion *self, guint key, GdkModifierType modifiers);
/* In dispose of the owner. */
void guichet_completion_stop (GuichetCompletion *self);
