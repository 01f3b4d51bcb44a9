/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/customers.h"

#include <gtk/gtk.h>

/* A customer's name, numbers and addresses, to be typed. Signals: "changed"; "activate", Enter was
 * pressed in one of them. */
#define GUICHET_TYPE_CUSTOMER_FIELDS (guichet_customer_fields_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCustomerFields,
                      guichet_customer_fields,
                      GUICHET,
                      CUSTOMER_FIELDS,
                      GtkWidget)

GtkWidget *guichet_customer_fields_new (void);

/* What stands there is another: no signal. ways: channel, address, channel, address... NULL. */
void guichet_customer_fields_fill (GuichetCustomerFields *self,
                                   const char *name,
                                   const char *const *ways);
/* Whether it is said that the contact's own number or address goes with it. */
void guichet_customer_fields_set_hint (GuichetCustomerFields *self, gboolean shown);

/* Without the blanks around it; and without addresses in which nothing stands. */
char *guichet_customer_fields_dup_name (GuichetCustomerFields *self);
char **guichet_customer_fields_dup_ways (GuichetCustomerFields *self);

/* Says at its field what the centre refused. FALSE: it is about none of them. */
gboolean guichet_customer_fields_show_refused (GuichetCustomerFields *self, const GError *error);
void guichet_customer_fields_focus (GuichetCustomerFields *self);
