/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMS: messages handed to a gateway over HTTP (Kannel or any other) and callbacks of it, for
 * messages and for what became of ours. Who asked for no more messages is written to no more.
 * docs/channels.md says how to connect a gateway. Centre's thread. */
#pragma once

#include "server/channels/webhooks.h"

G_BEGIN_DECLS

typedef struct _Sms Sms;

/* Of the gateways in the configuration; @webhooks outlives it. */
Sms *sms_new (Centre *centre, Webhooks *webhooks);
void sms_free (Sms *self);

G_END_DECLS
