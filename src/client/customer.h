/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetCustomer: a person the centre knows. Read-only, notifying: id s, name s, numbers as,
 * addresses as (pairs: channel, address), merged o (GListModel of GuichetMerged), revision i
 * GuichetMerged: another customer who stands with this one, and can still be separated: id s, name
 * s, at i, until i */
#pragma once

#include "client/record.h"

#include <gio/gio.h>

#define GUICHET_TYPE_CUSTOMER guichet_customer_get_type ()
G_DECLARE_FINAL_TYPE (GuichetCustomer, guichet_customer, GUICHET, CUSTOMER, GuichetRecord)

const char *guichet_customer_get_id (GuichetCustomer *self);
const char *guichet_customer_get_name (GuichetCustomer *self);
const char *const *guichet_customer_get_numbers (GuichetCustomer *self);
const char *const *guichet_customer_get_addresses (GuichetCustomer *self);
GListModel *guichet_customer_get_merged (GuichetCustomer *self);
gint64 guichet_customer_get_revision (GuichetCustomer *self);

/* guichet_customer_dup_ways: where the customer is reached, as pairs: channel ("voice" of a
 * number), address. */
char **guichet_customer_dup_ways (GuichetCustomer *self);

#define GUICHET_TYPE_MERGED guichet_merged_get_type ()
G_DECLARE_FINAL_TYPE (GuichetMerged, guichet_merged, GUICHET, MERGED, GuichetRecord)

const char *guichet_merged_get_id (GuichetMerged *self);
const char *guichet_merged_get_name (GuichetMerged *self);
gint64 guichet_merged_get_at (GuichetMerged *self);
gint64 guichet_merged_get_until (GuichetMerged *self);
