/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetCustomer: one table of fields; filled by apply.c. Main loop. */
#include "client/customer.h"

#include "client/fields.h"

struct _GuichetCustomer
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetCustomer, guichet_customer, GUICHET_TYPE_RECORD)

static const GuichetField customer_fields[N_CUSTOMER_FIELDS] = {
  [CUSTOMER_ID] = { "id", GUICHET_FIELD_STRING },
  [CUSTOMER_NAME] = { "name", GUICHET_FIELD_STRING },
  [CUSTOMER_NUMBERS] = { "numbers", GUICHET_FIELD_STRV },
  [CUSTOMER_REVISION] = { "revision", GUICHET_FIELD_INT },
};

static void
guichet_customer_class_init (GuichetCustomerClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), customer_fields, N_CUSTOMER_FIELDS);
}

static void
guichet_customer_init (GuichetCustomer *self)
{
}

GUICHET_RECORD_STRING (GuichetCustomer, guichet_customer, id, CUSTOMER_ID)
GUICHET_RECORD_STRING (GuichetCustomer, guichet_customer, name, CUSTOMER_NAME)
GUICHET_RECORD_STRV (GuichetCustomer, guichet_customer, numbers, CUSTOMER_NUMBERS)
GUICHET_RECORD_INT (GuichetCustomer, guichet_customer, revision, CUSTOMER_REVISION)
