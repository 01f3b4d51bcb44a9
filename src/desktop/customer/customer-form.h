/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/customers.h"

#include <gtk/gtk.h>

/* The form of a new customer or of a known one. All that is typed is kept by the session until it
 * is saved or discarded. Emits "saved" (GuichetCustomer *): as the centre has it now; "done". */
#define GUICHET_TYPE_CUSTOMER_FORM (guichet_customer_form_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCustomerForm, guichet_customer_form, GUICHET, CUSTOMER_FORM, GtkWidget)

GtkWidget *guichet_customer_form_new (GuichetSession *session);

/* For a known customer; draft: what was typed of it before, or NULL. */
void guichet_customer_form_edit (GuichetCustomerForm *self,
                                 GuichetCustomer *customer,
                                 const GuichetCustomerDraft *draft);
/* For the customer of an interaction; the same. */
void guichet_customer_form_create (GuichetCustomerForm *self,
                                   GuichetInteraction *interaction,
                                   const GuichetCustomerDraft *draft);
void guichet_customer_form_focus (GuichetCustomerForm *self);
