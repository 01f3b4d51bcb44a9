/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"

#include <gtk/gtk.h>

/* What stands above the field: to whom it goes, that a note never goes to the customer, and the
 * subject of a mail. */
#define GUICHET_TYPE_COMPOSER_TOP (guichet_composer_top_get_type ())
G_DECLARE_FINAL_TYPE (GuichetComposerTop, guichet_composer_top, GUICHET, COMPOSER_TOP, GtkWidget)

void guichet_composer_top_set_session (GuichetComposerTop *self, GuichetSession *session);
/* NULL: none. */
void
guichet_composer_top_set_interaction (GuichetComposerTop *self, GuichetInteraction *interaction);
/* The title (NULL: none) and whose it is. */
void guichet_composer_top_set_name (GuichetComposerTop *self, const char *who, const char *title);
/* A note for colleagues is written, or a message. */
void guichet_composer_top_set_private (GuichetComposerTop *self, gboolean private);
