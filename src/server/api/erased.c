/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which customers' traces a desk has to let go of. Centre's thread. */
#include "server/api/handlers.h"

#include "base/time-text.h"
#include "server/centre/erased.h"

void
api_erased_get (ApiCall *call)
{
  const char *from = api_call_query (call, "since");
  gint64 since = 0;

  if (from != NULL && !base_time_parse (from, &since))
    api_call_invalid_query (call, "since", 0, "not a time");
  else
    api_call_reply_durable (call, 200, erased_since (centre_erased (call->centre), since));
}
