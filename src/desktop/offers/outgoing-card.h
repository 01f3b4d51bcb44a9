/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The card of a call that this agent begins, until it is answered or taken back: whom, in which
 * queue's name, what is known, and whose telephone rings. An alert that takes no focus; hidden
 * while there is no such call. */
#define GUICHET_TYPE_OUTGOING_CARD (guichet_outgoing_card_get_type ())
G_DECLARE_FINAL_TYPE (GuichetOutgoingCard, guichet_outgoing_card, GUICHET, OUTGOING_CARD, GtkWidget)

GtkWidget *guichet_outgoing_card_new (GuichetSession *session);
/* Without what is known and whose telephone rings. */
void guichet_outgoing_card_set_folded (GuichetOutgoingCard *self, gboolean folded);
