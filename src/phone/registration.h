/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account with its SIP user agent: made by SetAccount, replaced as a whole by the next; an old
 * one lives on without registration until its calls are over. Main thread. */
#pragma once

#include <gio/gio.h>

#include "telephony/account.h"
#include "telephony/ua.h"

G_BEGIN_DECLS

typedef struct _PhoneRegistration PhoneRegistration;

typedef struct
{
  void (*changed) (PhoneRegistration *registration, gpointer user_data);
  /* A call on the account's own flow; take it in the callback. */
  void (*call) (PhoneRegistration *registration,
                TelCall *call,
                TelRequest *invite,
                gpointer user_data);
  /* The network changed and we have another address: this one registers no more. Take the next one
   * by phone_registration_next (); calls of this one go on if they can. */
  void (*moved) (PhoneRegistration *registration, gpointer user_data);
} PhoneRegistrationEvents;

/* Reads the vardict of SetAccount; PHONE_ERROR_INVALID_ARGUMENT or PHONE_ERROR_FAILED. */
PhoneRegistration *phone_registration_new (GVariant *account,
                                           const PhoneRegistrationEvents *events,
                                           gpointer user_data,
                                           GError **error);
/* The same account anew. */
PhoneRegistration *phone_registration_next (PhoneRegistration *registration);
/* De-registers, ends its calls, and frees it when that is done; @done may be NULL. No other
 * callback after it. */
void phone_registration_close (PhoneRegistration *registration, GFunc done, gpointer user_data);

/* Whether it should be registered; it sees to it. */
void phone_registration_want (PhoneRegistration *registration, gboolean wanted);
gboolean
phone_registration_is_off (PhoneRegistration *registration); /* nothing at the centre any more */
const char *phone_registration_get_state (PhoneRegistration *registration); /* as on D-Bus */
const char *
phone_registration_get_reason (PhoneRegistration *registration); /* as on D-Bus, or "" */
guint phone_registration_get_status (PhoneRegistration *registration);
GVariant *
phone_registration_describe (PhoneRegistration *registration); /* without the password; floating */
guint phone_registration_count_calls (PhoneRegistration *registration);

G_END_DECLS
