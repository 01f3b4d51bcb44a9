/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who calls whom within the centre. Centre's thread. */
#include "server/centre/internal.h"

#include "server/centre/centre-private.h"

static const ModelAgent *
agent_of (Centre *centre, const char *id)
{
  const ModelDefinitions *definitions = centre_definitions (centre);

  return definitions != NULL && id != NULL ? model_definitions_agent (definitions, id) : NULL;
}

void
internal_begin (Centre *centre, Record *record)
{
  const ModelAgent *caller = agent_of (centre, record->by);

  if (caller != NULL)
    record_set_person (record, caller->number, caller->name, NULL, NULL);
}

void
internal_aim (const Record *record, AcdCommand *command)
{
  command->target = record->aim.target;
  command->queue = record->aim.queue;
  command->entry_point = record->aim.entry_point;
  command->skill = record->aim.skill;
  command->team = record->aim.team;
}

static const ModelAgent *
other_of (Centre *centre, const Record *record, const char *agent)
{
  return record_is_internal (record)
             ? agent_of (centre, g_strcmp0 (record->by, agent) == 0 ? record->to : record->by)
             : NULL;
}

const char *
internal_name_for (Centre *centre, const Record *record, const char *agent)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelAgent *other = other_of (centre, record, agent);
  const ModelQueue *queue = record->queue != NULL && definitions != NULL
                                ? model_definitions_queue (definitions, record->queue)
                                : NULL;

  if (other != NULL)
    return other->name;
  return record_is_internal (record) && queue != NULL
             ? model_names_get (queue->names, NULL, queue->id)
             : NULL;
}

const char *
internal_number_for (Centre *centre, const Record *record, const char *agent)
{
  const ModelAgent *other = other_of (centre, record, agent);

  return other != NULL && other->number != NULL && *other->number != '\0' ? other->number : NULL;
}
