/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET and DELETE /v1/live: what the agents whom a supervisor leads do, and how their queues stand;
 * from then on, and no longer, the stream tells of changes. Centre's thread. */
#include "server/api/handlers.h"

#include "server/centre/live.h"

void
api_live_get (ApiCall *call)
{
  const ModelAgent *agent =
      model_definitions_agent (centre_definitions (call->centre), call->agent);
  JsonObject *more;

  if (agent != NULL && agent->role == MODEL_ROLE_SUPERVISOR)
    {
      api_call_reply_durable (call, 200, live_watch (centre_live (call->centre), call->agent));
      return;
    }
  more = json_object_new ();
  base_json_set_string (more, "reason", model_code (MODEL_CODE_NOT_SUPERVISOR));
  api_call_problem (call, 403, "not_allowed", more, NULL);
}

void
api_live_leave (ApiCall *call)
{
  live_leave (centre_live (call->centre), call->agent);
  api_call_reply (call, 200, json_object_new ());
}
