/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about where the work on a conversation stands: open, waiting for the customer, to be
 * looked at by supervisors. It keeps its slot whatever it is: the customer may write at any moment.
 * Core's thread. */
#include "acd/state.h"

/* It is the agent's turn again. */
static gboolean
customer_wrote (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, command->interaction);

  if (interaction == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if (!interaction->customer_present)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  acd_step_no_longer_pending (core, interaction, model_code (MODEL_CODE_CUSTOMER_WROTE));
  return TRUE;
}

gboolean
acd_decide_set_status (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part;

  if (command->agent == NULL)
    return customer_wrote (core, command, error);
  part = acd_command_part (core, command, error);
  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_STATUS, command->by, error))
    return FALSE;
  if (command->status < MODEL_STATUS_OPEN || command->status > MODEL_STATUS_ESCALATED)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "status");
  if (!part->interaction->customer_present)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  acd_step_status (core, part->interaction, (ModelStatus) command->status, part->agent,
                   model_code (MODEL_CODE_AGENT_CHOICE));
  return TRUE;
}
