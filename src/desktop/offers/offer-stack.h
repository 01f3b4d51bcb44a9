/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The cards in the bottom right corner: every offer, oldest on top, and after a miss the choice of
 * Available or Idle. */
#define GUICHET_TYPE_OFFER_STACK (guichet_offer_stack_get_type ())
G_DECLARE_FINAL_TYPE (GuichetOfferStack, guichet_offer_stack, GUICHET, OFFER_STACK, GtkWidget)

GtkWidget *guichet_offer_stack_new (GuichetSession *session);
/* From the keyboard: "answer" or "decline" the oldest offer. */
void guichet_offer_stack_perform (GuichetOfferStack *self, const char *action);
