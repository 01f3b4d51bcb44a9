/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that an agent takes: one that waits, by name, or one more. Centre's thread. */
#include "server/api/handlers.h"

void
api_interaction_take (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_TAKE };

  if (!api_call_no_members (call))
    return;
  if (!model_id_from_text (MODEL_ID_INTERACTION, call->parameters[0], &command.interaction) ||
      centre_record (call->centre, command.interaction) == NULL)
    api_call_not_found (call);
  else
    api_call_command (call, &command, NULL);
}

/* The one that came is the agent's newest. */
void
api_call_newest_work (ApiCall *call, JsonObject *answer)
{
  g_autoptr (GArray) parts =
      acd_core_agent_participations (centre_core (call->centre), call->agent);
  const AcdParticipationView *newest = NULL;
  char id[MODEL_ID_TEXT_SIZE];

  for (guint i = 0; i < parts->len; i++)
    {
      const AcdParticipationView *view = &g_array_index (parts, AcdParticipationView, i);

      if (newest == NULL || view->participation > newest->participation)
        newest = view;
    }
  base_json_set_string (
      answer, "interaction",
      newest != NULL ? model_id_to_text (MODEL_ID_INTERACTION, newest->interaction, id) : NULL);
}

void
api_pull (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_PULL };
  g_autoptr (GError) error = NULL;
  const char *channel;
  ModelChannel known = MODEL_CHANNEL_VOICE;

  if (!base_json_only (&call->body, &error, "channel", NULL) ||
      !base_json_opt_string (&call->body, "channel", 16, NULL, &channel, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (channel != NULL &&
      (!model_channel_from_text (channel, &known) || known == MODEL_CHANNEL_VOICE))
    {
      api_call_invalid (call, "/channel", 0, "no channel of what is written");
      return;
    }
  command.channel = (gint32) known;
  call->finish = api_call_newest_work;
  api_call_command (call, &command, NULL);
}
