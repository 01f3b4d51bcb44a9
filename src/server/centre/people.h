/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers as the store has them: who has an address, what a desk sees of one, and the words by
 * which one is found. One that was merged stands for the one it was merged into. Centre's thread.
 */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

#define PEOPLE_UNDO (7 * 24 * 60 * 60 * 1000LL) /* so long a merge can be undone */

typedef struct
{
  char *channel;  /* "voice": a number */
  char *address;  /* as stored */
  char *customer; /* whose: the customer's own, or that of one merged into it */
} PersonAddress;

typedef struct
{
  char *id, *name;
  gint64 revision;
  GPtrArray *addresses; /* PersonAddress; numbers first */
  GPtrArray *members;   /* ids: its own and those of all that were merged into it */
} Person;

/* NULL: unknown. The person that this id stands for by now. */
Person *person_load (Centre *centre, const char *id);
void person_free (Person *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Person, person_free)
/* CustomerRecord of the API, masked where the centre says so. */
JsonObject *person_to_json (Centre *centre, const Person *self);
/* One of its `merged`. */
JsonObject *person_merged_to_json (const char *id, const char *name, gint64 at);

/* The one customer whom this number or address is known to be, or NULL. Free with g_free. */
char *people_at (Centre *centre, ModelChannel channel, const char *address);
/* Customers by any part of name, number or address; ids, the best first. Of a masked number or
 * address only what a desk may see (people_visible) or the whole finds anybody. On the thread of
 * the reader; of a reading that was stopped those found so far. */
GPtrArray *
people_find (StoreReader *reader, gint32 visible, const char *query, guint limit, GError **error);
/* How many last digits a desk sees; 0: all. */
gint32 people_visible (Centre *centre);
/* By what this customer is found from now on. @addresses: PersonAddress. */
void people_index (StoreBatch *batch, const char *id, const char *name, GPtrArray *addresses);
/* Those from before there was an index. */
void people_index_missing (Centre *centre);

PersonAddress *person_address_new (const char *channel, const char *address, const char *customer);
void person_address_free (PersonAddress *self);
/* Open interactions of any of these customers: their agents get them anew. */
void people_touch (Centre *centre, const GPtrArray *members);

G_END_DECLS
