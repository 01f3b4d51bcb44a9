/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/colleagues: who the others are and what they do; from then on the stream tells of
 * changes. Centre's thread. */
#include "server/api/handlers.h"

#include "server/centre/colleagues.h"

void
api_colleagues_get (ApiCall *call)
{
  api_call_reply_durable (call, 200, colleagues_of (centre_colleagues (call->centre), call->agent));
}
