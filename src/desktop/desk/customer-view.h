/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The customer of an interaction: who it is, with numbers and addresses; else who it may be.
 * Edited, created, linked, merged and separated from here. Emits "page" when it shows another of
 * these. */
#define GUICHET_TYPE_CUSTOMER_VIEW (guichet_customer_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCustomerView, guichet_customer_view, GUICHET, CUSTOMER_VIEW, GtkWidget)

void guichet_customer_view_set_session (GuichetCustomerView *self, GuichetSession *session);
void
guichet_customer_view_set_interaction (GuichetCustomerView *self, GuichetInteraction *interaction);
/* The agent is at a form, a search or a merge, and wants room for it. */
gboolean guichet_customer_view_is_busy (GuichetCustomerView *self);
