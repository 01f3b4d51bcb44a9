/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages to Facebook pages and Instagram accounts, over Meta's webhooks and send API. Customers
 * can be answered for a day after they wrote. docs/channels.md says how to connect a page. Centre's
 * thread. */
#pragma once

#include "server/channels/webhooks.h"

G_BEGIN_DECLS

typedef struct _Meta Meta;

/* Of the accounts in the configuration; @webhooks outlives it. */
Meta *meta_new (Centre *centre, Webhooks *webhooks);
void meta_free (Meta *self);

G_END_DECLS
