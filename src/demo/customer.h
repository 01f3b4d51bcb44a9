/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One call of one customer: dials, waits, talks, notices, hangs up. Lives on the main context from
 * the call to its end, and tells what happens by events. */
#pragma once

#include "demo/customer-state.h"
#include "demo/people.h"
#include "telephony/ua.h"

G_BEGIN_DECLS

typedef struct _DemoCustomer DemoCustomer;

/* What one calls for. Times in seconds; copied but for @person. */
typedef struct
{
  const DemoPerson *person;
  const char *to;     /* SIP URI */
  const char *record; /* a WAV file for what is heard, or NULL */
  guint patience;     /* to wait for somebody, or on hold; 0: for ever */
  guint talk;         /* to talk before saying goodbye; 0: until hung up on */
  gboolean quiet;     /* speaks when told only */
} DemoErrand;

/* @event is a word; @key with @value may say more. After "ended" the customer is freed. */
typedef void (*DemoCustomerEvent) (DemoCustomer *customer,
                                   const char *event,
                                   const char *key,
                                   const char *value,
                                   gpointer user_data);

DemoCustomer *demo_customer_call (TelUa *ua,
                                  guint id,
                                  const DemoErrand *errand,
                                  DemoCustomerEvent on_event,
                                  gpointer user_data,
                                  GError **error);

guint demo_customer_get_id (DemoCustomer *customer);
const DemoPerson *demo_customer_get_person (DemoCustomer *customer);
DemoCustomerState demo_customer_get_state (DemoCustomer *customer);

void demo_customer_say (DemoCustomer *customer, DemoLine line);
void demo_customer_tone (DemoCustomer *customer, double hz, double db, guint ms);
gboolean demo_customer_dial_digits (DemoCustomer *customer, const char *digits);
void demo_customer_hang_up (DemoCustomer *customer);

G_END_DECLS
