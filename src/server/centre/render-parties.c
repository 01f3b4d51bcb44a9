/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outside numbers of a call, as a desk shows them. Centre's thread. */
#include "server/centre/render.h"

#include "base/json.h"

static JsonObject *
render_party (Centre *centre, const Party *party)
{
  static const char *const states[] = { "active", "held", "ended", "ended", "dialling" };
  const ModelTeam *team = model_definitions_team (centre_definitions (centre), party->team);
  JsonObject *object = json_object_new ();
  /* Where colleagues are reached outside is theirs to tell. */
  g_autofree char *number = party->forwarder == NULL ? render_number (centre, party->number) : NULL;
  char id[MODEL_ID_TEXT_SIZE];

  base_json_set_string (object, "id", model_id_to_text (MODEL_ID_PARTICIPATION, party->id, id));
  base_json_set_string (object, "number", number);
  if (team != NULL)
    json_object_set_object_member (object, "team", render_named (team->id, team->names));
  base_json_set_string (object, "kind", model_request_kind_to_text (party->kind));
  base_json_set_string (object, "by", party->by);
  base_json_set_string (object, "role", model_part_to_text (party->part));
  base_json_set_string (object, "state", states[party->state]);
  base_json_set_time (object, "joined_at", party->joined);
  base_json_set_time (object, "state_since", party->since);
  json_object_set_boolean_member (object, "muted", party->muted);
  base_json_set_string (object, "reason", party->reason);

  return object;
}

JsonArray *
render_parties (Centre *centre, const Record *record)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < record->parties->len; i++)
    json_array_add_object_element (array,
                                   render_party (centre, g_ptr_array_index (record->parties, i)));

  return array;
}
