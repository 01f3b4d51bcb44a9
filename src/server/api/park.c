/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls are parked, and fetched from their places. Centre's thread. */
#include "server/api/handlers.h"

#include "server/centre/parked.h"

/* Where it is. */
static void
add_place (ApiCall *call, JsonObject *answer)
{
  ModelId id = 0;

  model_id_from_text (MODEL_ID_INTERACTION, call->parameters[0], &id);
  json_object_set_int_member (answer, "place", centre_parked_place (call->centre, id));
}

void
api_interaction_park (ApiCall *call)
{
  call->finish = add_place;
  api_call_simple (call, ACD_COMMAND_PARK);
}

/* It is on its way to the agent's station. */
static void
add_interaction (ApiCall *call, JsonObject *answer)
{
  g_autoptr (GArray) offers = acd_core_agent_offers (centre_core (call->centre), call->agent);
  char id[MODEL_ID_TEXT_SIZE];

  base_json_set_string (answer, "interaction", NULL);
  for (guint i = 0; i < offers->len; i++)
    if (g_array_index (offers, AcdOfferView, i).kind == MODEL_REQUEST_PARKED)
      base_json_set_string (answer, "interaction",
                            model_id_to_text (MODEL_ID_INTERACTION,
                                              g_array_index (offers, AcdOfferView, i).interaction,
                                              id));
}

gboolean
api_park_fetch_number (ApiCall *call, const char *number)
{
  AcdCommand command = { .type = ACD_COMMAND_FETCH,
                         .interaction = centre_parked_at (call->centre, number) };

  if (command.interaction == 0)
    return FALSE;
  call->finish = add_interaction;
  api_call_command (call, &command, NULL);

  return TRUE;
}

void
api_parked_fetch (ApiCall *call)
{
  if (api_call_no_members (call) && !api_park_fetch_number (call, call->parameters[0]))
    api_call_not_now (call, model_code (MODEL_CODE_NOBODY_PARKED));
}
