/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An agent's state, and what of it differs by channel. Centre's thread. */
#include "server/centre/render.h"

#include "base/json.h"
#include "server/centre/forwarding.h"

static JsonArray *
render_channels (Centre *centre, const char *agent)
{
  g_autoptr (GArray) all = acd_core_agent_channels (centre_core (centre), agent);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      const AcdChannelView *view = &g_array_index (all, AcdChannelView, i);
      const ModelAgent *by =
          view->by != NULL ? model_definitions_agent (centre_definitions (centre), view->by) : NULL;
      JsonObject *object = json_object_new ();

      base_json_set_string (object, "channel", model_channel_to_text (view->channel));
      json_object_set_boolean_member (object, "ready", view->reason == NULL);
      base_json_set_string (object, "reason", view->reason);
      base_json_set_time (object, "since", view->since);
      base_json_set_string (object, "by", view->by);
      base_json_set_string (object, "name", by != NULL ? by->name : NULL);
      json_array_add_object_element (array, object);
    }

  return array;
}

JsonObject *
render_state (Centre *centre, const char *agent)
{
  AcdAgentView view = { 0 };
  JsonObject *object = json_object_new ();

  if (!acd_core_agent_view (centre_core (centre), agent, &view))
    view.state = MODEL_AGENT_OFFLINE;
  base_json_set_string (object, "state", model_agent_state_to_text (view.state));
  base_json_set_string (object, "reason", view.reason);
  base_json_set_time (object, "since", view.since);
  if (view.has_next)
    {
      JsonObject *next = json_object_new ();

      base_json_set_string (next, "state", model_agent_state_to_text (view.next_state));
      base_json_set_string (next, "reason", view.next_reason);
      json_object_set_object_member (object, "next", next);
    }
  else
    json_object_set_null_member (object, "next");
  json_object_set_boolean_member (object, "auto_accept", view.auto_accept);
  json_object_set_boolean_member (object, "station_ready", view.station_ready);
  json_object_set_boolean_member (object, "sign_out_pending", view.sign_out_pending);
  forwarding_render (centre, agent, object);
  json_object_set_array_member (object, "channels", render_channels (centre, agent));

  return object;
}
