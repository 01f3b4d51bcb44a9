/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The customer of an interaction: found by number, shown and edited once linked; else linked or
 * created from here. */
#define GUICHET_TYPE_CUSTOMER_VIEW (guichet_customer_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCustomerView, guichet_customer_view, GUICHET, CUSTOMER_VIEW, GtkWidget)

void guichet_customer_view_set_session (GuichetCustomerView *self, GuichetSession *session);
void
guichet_customer_view_set_interaction (GuichetCustomerView *self, GuichetInteraction *interaction);
