/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Two customers who are one person, both in sight: which of them stays. Emits "merged"
 * (GuichetCustomer *), "done". */
#define GUICHET_TYPE_CUSTOMER_MERGE (guichet_customer_merge_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCustomerMerge,
                      guichet_customer_merge,
                      GUICHET,
                      CUSTOMER_MERGE,
                      GtkWidget)

GtkWidget *guichet_customer_merge_new (GuichetSession *session);
void guichet_customer_merge_start (GuichetCustomerMerge *self,
                                   GuichetCustomer *one,
                                   GuichetCustomer *other);
