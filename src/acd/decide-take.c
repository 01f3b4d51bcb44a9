/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about work that an agent takes without having been offered it: one that waits, by name,
 * where its queue allows it; or the next one, beyond what would come by itself. The agent has it at
 * once: who asked is not asked again. Core's thread. */
#include "acd/state.h"

/* The one that could be taken: in a queue, or waiting for this agent. NULL: refused. */
static AcdRequest *
request_to_take (AcdCore *core, const AcdCommand *command, const AcdAgent *agent, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, command->interaction);
  AcdRequest *found = NULL;

  if (interaction == NULL)
    {
      acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
      return NULL;
    }
  for (AcdRequest *request = interaction->requests; request != NULL; request = request->next)
    if (request->queue != NULL || request->owner == agent)
      found = request;
  if (found == NULL)
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_TAKEN_ELSEWHERE);
  return found;
}

/* The queue's word, and the agent's place in it: paused keeps away what comes by itself, not what
 * the agent chooses. Skills are not asked for: the agent sees whom it is about. */
static gboolean
queue_allows (const AcdRequest *request, const AcdAgent *agent, GError **error)
{
  const AcdPlace *place;

  if (request->interaction->channel == MODEL_CHANNEL_VOICE ||
      request->interaction->channel == MODEL_CHANNEL_IM)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
  if (request->owner != NULL)
    return TRUE;
  if (!request->queue->def.take)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
  place = acd_agent_place (agent, request->queue);
  if (place == NULL || place->membership == MODEL_MEMBERSHIP_OUT)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_IN_QUEUE);
  return TRUE;
}

/* Idle or available, but there; and not where the centre keeps digital work from a call. */
static gboolean
agent_can (const AcdCore *core, const AcdAgent *agent, guint8 channel, GError **error)
{
  const ModelSettings *settings = acd_settings (core);
  ModelCode why;

  if (agent->session == 0)
    why = MODEL_CODE_NOT_SIGNED_IN;
  else if (agent->retired || agent->sign_out_pending || !agent->desk_connected)
    why = MODEL_CODE_NOT_AVAILABLE;
  else if (agent->call_wrap_ups > 0 && settings->voice_wrap_up_blocks)
    why = MODEL_CODE_WRAP_UP;
  else if (agent->calls > 0 && !settings->digital_during_call)
    why = MODEL_CODE_CALL_IN_PROGRESS;
  else if (agent->used[channel] >= agent->slots[channel])
    why = MODEL_CODE_NO_ROOM;
  else
    return TRUE;
  return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, why);
}

/* What the agent may take by this command; NULL: refused. */
static AcdRequest *
find_request (AcdCore *core, const AcdCommand *command, AcdAgent *agent, GError **error)
{
  AcdRequest *request;

  if (agent == NULL)
    {
      acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
      return NULL;
    }
  request = request_to_take (core, command, agent, error);
  if (request == NULL || !queue_allows (request, agent, error))
    return NULL;
  if (acd_request_asks (request) && acd_part_of (request->interaction, agent) != NULL)
    {
      acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_ALREADY_IN);
      return NULL;
    }
  if (request->offer != NULL && request->offer->agent == agent)
    return request;
  if (request->offer == NULL)
    return agent_can (core, agent, request->interaction->channel, error) ? request : NULL;
  acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_OFFERED_ELSEWHERE);
  return NULL;
}

const char *
acd_core_take_problem (AcdCore *core, const AcdCommand *command)
{
  g_autoptr (GError) error = NULL;
  ModelCode code = MODEL_CODE_TAKEN_ELSEWHERE;

  if (find_request (core, command, acd_find_agent (core, command->agent), &error) != NULL)
    return NULL;
  model_code_is (error->message, &code);
  return model_code (code);
}

gboolean
acd_decide_take (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);
  AcdRequest *request = find_request (core, command, agent, error);

  if (request == NULL)
    return FALSE;
  if (request->offer != NULL)
    return acd_decide_offer_accept (
        core, &(AcdCommand){ .agent = command->agent, .offer = request->offer->id }, error);
  acd_step_take (core, request, agent, MODEL_CODE_TAKEN);
  return TRUE;
}

/* Whether there is room for one more of these channels. */
static gboolean
has_room (const AcdAgent *agent, guint8 channels)
{
  for (int i = 0; i < MODEL_N_CHANNELS; i++)
    if ((channels & (1 << i)) && agent->used[i] < agent->slots[i])
      return TRUE;
  return FALSE;
}

/* Why nothing can come on these channels, although the agent asks. */
static ModelCode
why_not (const AcdCore *core, const AcdAgent *agent, guint8 channels)
{
  const ModelSettings *settings = acd_settings (core);

  if (agent->session == 0)
    return MODEL_CODE_NOT_SIGNED_IN;
  if (agent->call_wrap_ups > 0 && settings->voice_wrap_up_blocks)
    return MODEL_CODE_WRAP_UP;
  if (agent->calls > 0 && !settings->digital_during_call)
    return MODEL_CODE_CALL_IN_PROGRESS;
  return has_room (agent, channels) ? MODEL_CODE_NOT_AVAILABLE : MODEL_CODE_NO_ROOM;
}

/* The digital channels on which something can come to the agent at all. */
static guint8
served_channels (const AcdAgent *agent)
{
  guint8 channels = 0;

  for (guint i = 0; i < agent->n_places; i++)
    if (agent->places[i].membership == MODEL_MEMBERSHIP_READY)
      channels |= (guint8) (1u << agent->places[i].queue->def.channel);
  if (agent->personal.n > 0)
    channels = (guint8) ~0u;
  return channels & (guint8) ~(1u << MODEL_CHANNEL_VOICE | ACD_READY_IM);
}

gboolean
acd_decide_pull (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);
  AcdRequest *request;
  guint8 asked, channels;

  if (command->channel < 0 || command->channel >= MODEL_N_CHANNELS)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "channel");
  if (agent == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  asked = served_channels (agent);
  if (command->channel != MODEL_CHANNEL_VOICE)
    asked &= (guint8) (1u << command->channel);
  if (asked == 0)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED,
                       agent->session != 0 ? MODEL_CODE_NOT_IN_QUEUE : MODEL_CODE_NOT_SIGNED_IN);
  channels = acd_agent_open_channels (core, agent) & asked;
  if (channels == 0)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, why_not (core, agent, asked));
  request = acd_best_request_on (core, agent, channels);
  if (request == NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOBODY_WAITS);
  acd_step_take (core, request, agent, MODEL_CODE_PULLED);
  return TRUE;
}
