/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents with what they have in hand, queues with their figures, and who listens to whom. Centre's
 * thread. */
#include "server/centre/live-render.h"

#include "base/json.h"
#include "server/centre/colleagues.h"
#include "server/centre/forwarding.h"
#include "server/centre/render.h"

static void
set_id (JsonObject *object, const char *name, ModelIdKind kind, ModelId id)
{
  char text[MODEL_ID_TEXT_SIZE];

  base_json_set_string (object, name, id != 0 ? model_id_to_text (kind, id, text) : NULL);
}

static JsonObject *
work_new (Centre *centre, ModelId interaction, ModelChannel channel, const char *state)
{
  JsonObject *object = json_object_new ();
  Record *record = centre_record (centre, interaction);
  ModelSuperviseCase inside = { 0 };

  set_id (object, "interaction", MODEL_ID_INTERACTION, interaction);
  base_json_set_string (object, "channel", model_channel_to_text (channel));
  base_json_set_string (
      object, "direction",
      model_direction_to_text (record != NULL ? record->direction : MODEL_DIRECTION_IN));
  base_json_set_string (object, "state", state);
  json_object_set_null_member (object, "recording");
  acd_core_look_inside (centre_core (centre), interaction, &inside);
  json_object_set_boolean_member (object, "customer_gone", inside.customer_gone);
  json_object_set_boolean_member (object, "full", inside.full);

  return object;
}

static JsonObject *
render_offered (Centre *centre, const AcdOfferView *offer)
{
  JsonObject *object = work_new (centre, offer->interaction, offer->channel, "offered");

  set_id (object, "participation", MODEL_ID_PARTICIPATION, 0);
  base_json_set_string (object, "role", NULL);
  base_json_set_string (object, "queue", offer->queue);
  base_json_set_time (object, "since", offer->created);

  return object;
}

static const char *
state_of (ModelWork work)
{
  switch (work)
    {
    case MODEL_WORK_DIALLING:
      return "dialling";
    case MODEL_WORK_HELD:
      return "held";
    case MODEL_WORK_WRAP_UP:
      return "wrap_up";
    case MODEL_WORK_OFFERED:
    case MODEL_WORK_OFFERED_AUTO:
    case MODEL_WORK_CONNECTED:
    case MODEL_WORK_CLOSED:
      break;
    }

  return "active";
}

/* Since when it is in hand; of a wrap-up and a hold since when they last. */
static JsonObject *
render_part (Centre *centre, const AcdParticipationView *part)
{
  JsonObject *object = work_new (centre, part->interaction, part->channel, state_of (part->work));
  Record *record = centre_record (centre, part->interaction);
  gboolean talks = part->work == MODEL_WORK_CONNECTED || part->work == MODEL_WORK_DIALLING;

  set_id (object, "participation", MODEL_ID_PARTICIPATION, part->participation);
  base_json_set_string (object, "role", model_part_to_text (part->part));
  base_json_set_string (object, "queue", part->queue);
  base_json_set_time (object, "since", talks ? part->joined : part->since);
  if (record != NULL && record->channel == MODEL_CHANNEL_VOICE && part->part == MODEL_PART_PRIMARY)
    json_object_set_object_member (object, "recording", render_recording (centre, record));

  return object;
}

static JsonArray *
render_work (Centre *centre, const char *agent)
{
  g_autoptr (GArray) offers = acd_core_agent_offers (centre_core (centre), agent);
  g_autoptr (GArray) parts = acd_core_agent_participations (centre_core (centre), agent);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < offers->len; i++)
    json_array_add_object_element (
        array, render_offered (centre, &g_array_index (offers, AcdOfferView, i)));
  for (guint i = parts->len; i-- > 0;)
    json_array_add_object_element (
        array, render_part (centre, &g_array_index (parts, AcdParticipationView, i)));

  return array;
}

JsonObject *
live_render_agent (Centre *centre, const ModelAgent *agent)
{
  AcdPresenceView presence = colleagues_presence (centre_colleagues (centre), agent->id);
  JsonObject *object = json_object_new ();
  AcdAgentView view;

  if (!acd_core_agent_view (centre_core (centre), agent->id, &view))
    view = (AcdAgentView){ 0 };
  base_json_set_string (object, "id", agent->id);
  base_json_set_string (object, "name", agent->name);
  base_json_set_string (object, "team", centre_agent_team (centre, agent->id));
  base_json_set_string (object, "presence", model_presence_to_text (presence.presence));
  base_json_set_string (object, "reason", presence.reason);
  base_json_set_time (object, "since", presence.since);
  json_object_set_object_member (object, "state", render_state (centre, agent->id));
  json_object_set_boolean_member (object, "desk", view.desk_connected);
  json_object_set_boolean_member (object, "station_ready", view.station_ready);
  json_object_set_array_member (object, "memberships", render_memberships (centre, agent->id));
  forwarding_render_kinds (centre, agent->id, object);
  json_object_set_array_member (object, "work", render_work (centre, agent->id));

  return object;
}

static JsonObject *
render_level (const Level *level)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "answered", level->answered);
  json_object_set_int_member (object, "in_time", level->in_time);
  json_object_set_int_member (object, "abandoned", level->abandoned);
  json_object_set_int_member (object, "timed_out", level->timed_out);

  return object;
}

JsonObject *
live_render_queue (const ModelQueue *queue, const LiveQueue *now)
{
  JsonObject *object = render_named (queue->id, queue->names);
  gint64 longest = now->view.longest_since;

  base_json_set_string (object, "channel", model_channel_to_text ((ModelChannel) queue->channel));
  json_object_set_boolean_member (object, "open", now->view.open);
  json_object_set_int_member (object, "waiting", now->view.waiting);
  base_json_set_time (object, "longest_since", longest != G_MAXINT64 ? longest : 0);
  json_object_set_int_member (object, "staffed", now->view.staffed);
  json_object_set_int_member (object, "ready", now->view.ready);
  json_object_set_int_member (object, "free", now->free);
  if (now->level_known)
    json_object_set_object_member (object, "today", render_level (&now->level));
  else
    json_object_set_null_member (object, "today");

  return object;
}

void
render_supervision (Centre *centre, const Part *part, JsonObject *object)
{
  const ModelAgent *watched = model_definitions_agent (centre_definitions (centre), part->watched);
  JsonObject *supervision = json_object_new ();

  base_json_set_string (supervision, "mode", model_supervision_to_text (part->mode));
  base_json_set_string (supervision, "agent", part->watched);
  base_json_set_string (supervision, "name", watched != NULL ? watched->name : part->watched);
  json_object_set_object_member (object, "supervision", supervision);
}

gboolean
render_shows_monitoring (Centre *centre)
{
  const ModelDefinitions *definitions = centre_definitions (centre);

  return definitions != NULL && definitions->settings.show_monitoring;
}
