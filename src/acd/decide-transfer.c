/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about digital work that an agent gives away: back to its queue, to another queue, to an
 * agent, to a skill. It leaves at once and keeps its age. Core's thread. */
#include "acd/state.h"

static AcdPart *
part_to_give (AcdCore *core, const AcdCommand *command, ModelAction action, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || !acd_permit (core, part, action, command->by, error))
    return NULL;
  if (part->interaction->customer_present)
    return part;
  acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  return NULL;
}

gboolean
acd_decide_unassign (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = part_to_give (core, command, MODEL_ACTION_UNASSIGN, error);

  if (part == NULL || acd_open_place (core, acd_part_home (core, part), error) == NULL)
    return FALSE;
  acd_step_give_back (core, part, model_code (MODEL_CODE_UNASSIGNED));
  return TRUE;
}

AcdPart *
acd_transfer_to (AcdCore *core, const AcdCommand *command, AcdPlacing *placing, GError **error)
{
  AcdPart *part = part_to_give (core, command, MODEL_ACTION_TRANSFER, error);

  placing->kind = MODEL_REQUEST_TRANSFER;
  placing->reason = model_code (MODEL_CODE_TRANSFERRED);
  return part != NULL && acd_placing_for (core, part, command, placing, error) ? part : NULL;
}

gboolean
acd_decide_transfer (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPlacing placing = { 0 };
  AcdPart *part = acd_transfer_to (core, command, &placing, error);
  AcdInteraction *interaction;
  AcdPart *helper; /* who is consulted knows it already */

  if (part == NULL)
    return FALSE;
  interaction = part->interaction;
  placing.giver = part->agent;
  placing.queued_at = part->queued_at;
  helper = placing.owner != NULL ? acd_part_of (interaction, placing.owner) : NULL;
  if (helper != NULL)
    {
      AcdCharge charge = acd_charge_of (part);
      acd_step_leave (core, part, placing.reason);
      acd_step_take_charge (core, helper, &charge, placing.reason);
      return TRUE;
    }
  acd_step_leave (core, part, placing.reason);
  acd_step_place (core, interaction, &placing);
  return TRUE;
}
