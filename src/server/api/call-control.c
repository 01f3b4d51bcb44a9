/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one does with a single participant of a call: hold and resume a side of a private talk,
 * mute, remove, give charge. Who may is the core's to say. Centre's thread. */
#include "server/api/handlers.h"

/* The open interaction in which both the caller and this participant are; NULL: answered. */
static Record *
shared_call (ApiCall *call, ModelId *participation)
{
  Record *record = NULL;
  Part *part = NULL;
  Party *party = NULL;

  if (model_id_from_text (MODEL_ID_PARTICIPATION, call->parameters[0], participation))
    record = centre_record_of_part (call->centre, *participation);
  part = record != NULL ? record_part (record, *participation) : NULL;
  party = record != NULL ? record_party (record, *participation) : NULL;
  if (((part != NULL && part->state != PART_ENDED) ||
       (party != NULL && party->state != PART_ENDED)) &&
      record_part_of (record, call->agent) != NULL)
    return record;
  api_call_not_found (call);

  return NULL;
}

static void
control (ApiCall *call, AcdCommandType type)
{
  AcdCommand command = { .type = (gint32) type };

  if (api_call_no_members (call) && shared_call (call, &command.participation) != NULL)
    api_call_command (call, &command, NULL);
}

void
api_participation_hold (ApiCall *call)
{
  control (call, ACD_COMMAND_HOLD);
}

void
api_participation_resume (ApiCall *call)
{
  control (call, ACD_COMMAND_RESUME);
}

void
api_participation_mute (ApiCall *call)
{
  control (call, ACD_COMMAND_MUTE);
}

void
api_participation_unmute (ApiCall *call)
{
  control (call, ACD_COMMAND_UNMUTE);
}

void
api_participation_remove (ApiCall *call)
{
  control (call, ACD_COMMAND_REMOVE);
}

void
api_participation_give_charge (ApiCall *call)
{
  control (call, ACD_COMMAND_GIVE_CHARGE);
}
