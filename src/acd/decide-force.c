/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about work that is stuck: what carries it does not do what it was asked for. It is
 * ended as if the machine had done all that: for everybody at once, held or not, into the ordinary
 * wrap-up, since what was said is still to be noted and nothing new should come before the phone is
 * free; a wrap-up ends as at zero. Core's thread. */
#include "acd/state.h"

gboolean
acd_decide_stuck (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, command->interaction);
  ModelEvent *event;

  if (interaction == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if (interaction->stuck == (command->reason != NULL))
    return TRUE;
  event = acd_event (core, MODEL_EVENT_INTERACTION_STUCK);
  acd_event_about (core, event, interaction);
  event->reason = command->reason != NULL ? g_intern_string (command->reason) : NULL;
  acd_emit (core, event);
  return TRUE;
}

static void
close_by_force (AcdCore *core, AcdPart *part, const char *by)
{
  const char *reason = model_code (MODEL_CODE_FORCE_CLOSED);

  if (part->state == ACD_PART_WRAP_UP)
    acd_step_end_wrap_up (core, part, reason, by);
  else if (acd_part_dials (part))
    acd_step_not_reached (core, part, reason);
  else
    acd_step_end_call (core, part->interaction, reason);
}

gboolean
acd_decide_force_close (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  const char *by = command->by != NULL ? g_intern_string (command->by) : NULL;
  ModelEvent *event;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_FORCE_CLOSE, by, error) ||
      !acd_supervises (core, by, part->agent, MODEL_SUPERVISE_CLOSE, error))
    return FALSE;
  event = acd_event_of_part (core, MODEL_EVENT_INTERACTION_FORCE_CLOSED, part);
  event->by = by;
  acd_emit (core, event);
  close_by_force (core, part, by);
  return TRUE;
}
