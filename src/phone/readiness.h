/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the phone may be registered now: nobody is offered what they cannot take. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean account;    /* there is one */
  gboolean lease;      /* the session with the centre lives */
  gboolean talking;    /* a call is answered and not over */
  gboolean settled;    /* it is known which devices there are */
  gboolean microphone; /* one works */
  gboolean speaker;
  gboolean suspending; /* the machine is about to sleep */
} PhoneFacts;

/* Why it may not: a RegistrationReason of the D-Bus interface; "" where it is not known yet; NULL
 * where it may. */
const char *phone_readiness_obstacle (const PhoneFacts *facts);

G_END_DECLS
