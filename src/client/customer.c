/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetCustomer, GuichetMerged: one table of fields each; filled by apply.c. Main loop. */
#include "client/customer.h"

#include "client/fields/people.h"

struct _GuichetCustomer
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetCustomer, guichet_customer, GUICHET_TYPE_RECORD)

static const GuichetField customer_fields[N_CUSTOMER_FIELDS] = {
  [CUSTOMER_ID] = { "id", GUICHET_FIELD_STRING },
  [CUSTOMER_NAME] = { "name", GUICHET_FIELD_STRING },
  [CUSTOMER_NUMBERS] = { "numbers", GUICHET_FIELD_STRV },
  [CUSTOMER_ADDRESSES] = { "addresses", GUICHET_FIELD_STRV },
  [CUSTOMER_MERGED] = { "merged", GUICHET_FIELD_OBJECT, g_list_model_get_type },
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
GUICHET_RECORD_STRV (GuichetCustomer, guichet_customer, addresses, CUSTOMER_ADDRESSES)
GUICHET_RECORD_OBJECT (GuichetCustomer, guichet_customer, merged, CUSTOMER_MERGED, GListModel)
GUICHET_RECORD_INT (GuichetCustomer, guichet_customer, revision, CUSTOMER_REVISION)

char **
guichet_customer_dup_ways (GuichetCustomer *self)
{
  const char *const *numbers = guichet_customer_get_numbers (self);
  const char *const *addresses = guichet_customer_get_addresses (self);
  g_autoptr (GStrvBuilder) ways = g_strv_builder_new ();

  for (; *numbers != NULL; numbers++)
    {
      g_strv_builder_add (ways, "voice");
      g_strv_builder_add (ways, *numbers);
    }
  g_strv_builder_addv (ways, (const char **) addresses);
  return g_strv_builder_end (ways);
}

struct _GuichetMerged
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetMerged, guichet_merged, GUICHET_TYPE_RECORD)

static const GuichetField merged_fields[N_MERGED_FIELDS] = {
  [MERGED_ID] = { "id", GUICHET_FIELD_STRING },
  [MERGED_NAME] = { "name", GUICHET_FIELD_STRING },
  [MERGED_AT] = { "at", GUICHET_FIELD_INT },
  [MERGED_UNTIL] = { "until", GUICHET_FIELD_INT },
};

static void
guichet_merged_class_init (GuichetMergedClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), merged_fields, N_MERGED_FIELDS);
}

static void
guichet_merged_init (GuichetMerged *self)
{
}

GUICHET_RECORD_STRING (GuichetMerged, guichet_merged, id, MERGED_ID)
GUICHET_RECORD_STRING (GuichetMerged, guichet_merged, name, MERGED_NAME)
GUICHET_RECORD_INT (GuichetMerged, guichet_merged, at, MERGED_AT)
GUICHET_RECORD_INT (GuichetMerged, guichet_merged, until, MERGED_UNTIL)
