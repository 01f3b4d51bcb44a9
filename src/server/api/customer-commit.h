/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing of customers: one change of each at a time, and desks that show one get it anew.
 * Centre's thread. */
#pragma once

#include "server/api/call.h"
#include "server/centre/people.h"

G_BEGIN_DECLS

/* TRUE: this customer is being written; @again is called when that is durable. */
gboolean customer_wait (ApiCall *call, const Person *person, void (*again) (ApiCall *call));
/* 409: somebody was faster; shows what is there. */
void customer_conflict (ApiCall *call, const Person *person);
/* Writes and answers 200; takes batch and answer. @other: one more that changes, or NULL. */
void customer_commit (ApiCall *call,
                      const Person *person,
                      const Person *other,
                      StoreBatch *batch,
                      JsonObject *answer);

/* This open interaction, and who writes from its address, is this customer (NULL: nobody known).
 * @remember: its number or address becomes one of the customer's. */
void customer_link (Centre *centre,
                    Record *record,
                    const char *customer,
                    const char *name,
                    gboolean remember,
                    StoreBatch *batch);
/* Writes a link and answers; takes batch and answer. */
void customer_commit_link (ApiCall *call,
                           Record *record,
                           StoreBatch *batch,
                           guint status,
                           JsonObject *answer);

G_END_DECLS
