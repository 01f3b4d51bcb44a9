/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The linked customer: name, numbers and addresses by channel, and those who were merged with it.
 * Emits "wants" (const char *what): "edit", "find", "merge", "unlink"; "separated" (GuichetCustomer
 * *). */
#define GUICHET_TYPE_CUSTOMER_CARD (guichet_customer_card_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCustomerCard, guichet_customer_card, GUICHET, CUSTOMER_CARD, GtkWidget)

GtkWidget *guichet_customer_card_new (GuichetSession *session);
void guichet_customer_card_show (GuichetCustomerCard *self, GuichetCustomer *customer);
void guichet_customer_card_focus (GuichetCustomerCard *self);
