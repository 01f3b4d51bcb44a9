/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"

#include <gtk/gtk.h>

/* Where the agent writes: Enter sends, Shift+Enter begins a line. What stands in it belongs to the
 * interaction and comes back with it. A /shortcut inserts a reply; one whose variables are not all
 * known goes to the action "desk.fill-reply" (s: its id). Emits "escalated" when a message was sent
 * that escalates. */
#define GUICHET_TYPE_COMPOSER (guichet_composer_get_type ())
G_DECLARE_FINAL_TYPE (GuichetComposer, guichet_composer, GUICHET, COMPOSER, GtkWidget)

GtkWidget *guichet_composer_new (GuichetSession *session);
void guichet_composer_set_interaction (GuichetComposer *self, GuichetInteraction *interaction);
/* Sends a mail that is being written: the key is that of submitting. FALSE: none is. */
gboolean guichet_composer_submit (GuichetComposer *self);
/* Says to whom it goes: it is not the only one in sight. */
void guichet_composer_set_named (GuichetComposer *self, gboolean named);
/* Sends what stands there; then: see GuichetSendMenu. */
void guichet_composer_send_then (GuichetComposer *self, const char *then);
void guichet_composer_focus (GuichetComposer *self);

/* Puts a reply where the cursor is, in the place of one that stands there untouched. FALSE: one is
 * being edited; only one at a time. */
gboolean guichet_composer_insert_reply (GuichetComposer *self, const char *text);

/* Adds a text to what stands there (to the note, if @private), and takes the focus. */
void guichet_composer_add (GuichetComposer *self, const char *text, gboolean private);

/* From a message to the customer to a note for colleagues, and back. */
void guichet_composer_switch (GuichetComposer *self);
/* What the interaction allows may be another. */
void guichet_composer_refresh (GuichetComposer *self);
gboolean guichet_composer_takes_files (GuichetComposer *self);
/* To the next wrong word. */
void guichet_composer_spell (GuichetComposer *self);
