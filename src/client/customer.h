/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetCustomer: a person the centre knows. Read-only, notifying: id s, name s, numbers as,
 * revision i */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_CUSTOMER guichet_customer_get_type ()
G_DECLARE_FINAL_TYPE (GuichetCustomer, guichet_customer, GUICHET, CUSTOMER, GuichetRecord)

const char *guichet_customer_get_id (GuichetCustomer *self);
const char *guichet_customer_get_name (GuichetCustomer *self);
const char *const *guichet_customer_get_numbers (GuichetCustomer *self);
gint64 guichet_customer_get_revision (GuichetCustomer *self);
