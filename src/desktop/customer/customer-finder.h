/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* A search field with the customers who were found, led by the keyboard. Emits "chosen"
 * (GuichetCustomer *), "done". */
#define GUICHET_TYPE_CUSTOMER_FINDER (guichet_customer_finder_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCustomerFinder,
                      guichet_customer_finder,
                      GUICHET,
                      CUSTOMER_FINDER,
                      GtkWidget)

GtkWidget *guichet_customer_finder_new (GuichetSession *session);

/* Begins anew. title: what for; without: id of one who is not to be found, or ""; remember: what
 * the check button says that asks whether to keep the address of the contact, NULL for none. */
void guichet_customer_finder_start (GuichetCustomerFinder *self,
                                    const char *title,
                                    const char *without,
                                    const char *remember);
gboolean guichet_customer_finder_get_remember (GuichetCustomerFinder *self);
