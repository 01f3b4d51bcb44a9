/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an agent's own calls go: chosen by the agent, or by a supervisor. Centre's thread. */
#include "server/api/handlers.h"

#include "server/api/customer-body.h"
#include "server/api/directory.h"
#include "server/centre/forwarding.h"

/* One of four; FALSE: answered. */
static gboolean
read_to (ApiCall *call, BaseJson *to, AcdCommand *command, char **number)
{
  const char *typed, *agent, *queue;
  g_autoptr (GError) error = NULL;
  gboolean voicemail;

  if (!base_json_only (to, &error, "agent", "queue", "number", "voicemail", NULL) ||
      !base_json_opt_string (to, "agent", 64, NULL, &agent, &error) ||
      !base_json_opt_string (to, "queue", 64, NULL, &queue, &error) ||
      !base_json_opt_string (to, "number", API_NUMBER_MAX * 2, NULL, &typed, &error) ||
      !base_json_opt_bool (to, "voicemail", FALSE, &voicemail, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  if ((agent != NULL) + (queue != NULL) + (typed != NULL) + (voicemail != FALSE) != 1)
    {
      api_call_invalid (call, "/to", 0, "one of agent, queue, number, voicemail");
      return FALSE;
    }
  command->target = agent;
  command->queue = queue;
  command->forward_to = agent != NULL   ? MODEL_FORWARD_TO_AGENT
                        : queue != NULL ? MODEL_FORWARD_TO_QUEUE
                                        : MODEL_FORWARD_TO_VOICEMAIL;
  if (typed == NULL)
    return TRUE;
  *number = customer_number_clean (typed);
  if (*number == NULL)
    {
      api_call_invalid (call, "/to/number", API_NUMBER_MAX, "not a number");
      return FALSE;
    }
  forwarding_aim (centre_definitions (call->centre), *number, command);
  return TRUE;
}

gboolean
api_read_forwarding (ApiCall *call, AcdCommand *command, char **number)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  g_autoptr (GError) error = NULL;
  BaseJson to = { 0 };
  guint when;

  if (!base_json_only (&call->body, &error, "when", "to", NULL) ||
      !base_json_get_word (&call->body, "when", model_forward_names, &when, &error) ||
      !base_json_opt_object (&call->body, "to", &to, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  command->type = ACD_COMMAND_SET_FORWARDING;
  command->forward = (gint32) when;
  if ((when == MODEL_FORWARD_OFF) != (to.object == NULL))
    {
      api_call_invalid (call, "/to", 0, "where to, and only where it is not off");
      return FALSE;
    }
  if (to.object != NULL && !read_to (call, &to, command, number))
    return FALSE;
  if (command->target != NULL && model_definitions_agent (definitions, command->target) == NULL)
    api_call_invalid (call, "/to/agent", 0, "no such agent");
  else if (command->queue != NULL &&
           (model_definitions_queue (definitions, command->queue) == NULL ||
            model_definitions_queue (definitions, command->queue)->channel != MODEL_CHANNEL_VOICE))
    api_call_invalid (call, "/to/queue", 0, "no queue of calls");
  else
    return TRUE;
  return FALSE;
}

void
api_forwarding_set (ApiCall *call)
{
  g_autofree char *number = NULL;
  AcdCommand command = { .agent = call->agent };
  CentreAside aside = { 0 };

  if (!api_read_forwarding (call, &command, &number))
    return;
  aside.number = number;
  api_call_command (call, &command, &aside);
}

/* --- where to, in the directory --------------------------------------------------------------- */

gboolean
api_read_forward_of (ApiCall *call, const char **agent)
{
  const char *asked = api_call_query (call, "forward");
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *self = model_definitions_agent (definitions, call->agent);
  const ModelAgent *of = asked != NULL ? model_definitions_agent (definitions, asked) : NULL;

  *agent = of != NULL ? g_intern_string (of->id) : NULL;
  if (asked == NULL || (of != NULL && (of == self || self->role == MODEL_ROLE_SUPERVISOR)))
    return TRUE;
  api_call_invalid_query (call, "forward", 0, "no such agent");
  return FALSE;
}

const char *
api_forward_problem (ApiCall *call, const char *agent, ModelForwardTo to, const char *where)
{
  AcdCommand command = { .type = ACD_COMMAND_SET_FORWARDING,
                         .agent = agent,
                         .by = g_str_equal (agent, call->agent) ? NULL : call->agent,
                         .forward = MODEL_FORWARD_ALWAYS,
                         .forward_to = (gint32) to };

  if (to == MODEL_FORWARD_TO_NONE)
    return model_code (MODEL_CODE_NOT_ENABLED);
  if (to == MODEL_FORWARD_TO_AGENT)
    command.target = where;
  else if (to == MODEL_FORWARD_TO_QUEUE)
    command.queue = where;
  else if (to == MODEL_FORWARD_TO_NUMBER && where != NULL)
    forwarding_aim (centre_definitions (call->centre), where, &command);
  return acd_core_forward_problem (centre_core (call->centre), &command);
}
