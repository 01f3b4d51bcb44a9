/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about what is recorded: variables, notes, dispositions, tags, sentiment. Each is based
 * on a revision; the core keeps revisions alone, the text is kept elsewhere. Core's thread. */
#include "acd/state.h"

static gboolean
check_revision (AcdCore *core, gint32 based_on, gint32 current, GError **error)
{
  if (based_on == current)
    return TRUE;
  core->conflict_revision = current;
  return acd_refuse_member (error, ACD_ERROR_CONFLICT, "revision");
}

gboolean
acd_decide_set_variable (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  const ModelVariable *variable =
      core->definitions != NULL ? model_definitions_variable (core->definitions, command->variable)
                                : NULL;
  gint32 current;
  ModelEvent *event;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_VARIABLES, command->by, error))
    return FALSE;
  if (variable == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "variable");
  if (!variable->editable)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_EDITABLE);
  if (command->value == NULL || model_variable_check (variable, command->value) != NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "value");
  current = acd_core_variable_revision (core, part->interaction->id, command->variable);
  if (!check_revision (core, command->revision, current, error))
    return FALSE;
  event = acd_event_of_agent (core, MODEL_EVENT_VARIABLE_CHANGED, part->agent);
  event->interaction = part->interaction->id;
  event->variable = g_intern_string (command->variable);
  event->revision = current + 1;
  acd_emit (core, event);
  return TRUE;
}

gboolean
acd_decide_set_note (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  ModelEvent *event;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_NOTES, command->by, error))
    return FALSE;
  if (command->value == NULL || !g_utf8_validate (command->value, -1, NULL) ||
      g_utf8_strlen (command->value, -1) > ACD_NOTE_MAX)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "value");
  if (!check_revision (core, command->revision, part->note_revision, error))
    return FALSE;
  event = acd_event_of_part (core, MODEL_EVENT_NOTE_CHANGED, part);
  event->revision = part->note_revision + 1;
  acd_emit (core, event);
  return TRUE;
}

/* Whether the disposition exists and is one of those that fit the part's queue. */
static gboolean
disposition_fits (const AcdCore *core, const AcdPart *part, const char *id)
{
  char **fitting = part->queue != NULL ? part->queue->def.dispositions : NULL;

  if (model_definitions_disposition (core->definitions, id) == NULL)
    return FALSE;
  return fitting == NULL || g_strv_contains ((const char *const *) fitting, id);
}

gboolean
acd_decide_set_disposition (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  ModelEvent *event;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_DISPOSITION, command->by, error))
    return FALSE;
  if (command->disposition != NULL && !disposition_fits (core, part, command->disposition))
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "disposition");
  if (part->disposition_automatic)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_SET_BY_CENTRE);
  if (!check_revision (core, command->revision, part->disposition_revision, error))
    return FALSE;
  event = acd_event_of_part (core, MODEL_EVENT_DISPOSITION_SET, part);
  event->disposition = command->disposition != NULL ? g_intern_string (command->disposition) : NULL;
  event->revision = part->disposition_revision + 1;
  acd_emit (core, event);
  return TRUE;
}

#define TAGS_MAX 50

gboolean
acd_decide_set_tags (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  guint n = command->tags != NULL ? g_strv_length (command->tags) : 0;
  gint32 current;
  ModelEvent *event;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_TAGS, command->by, error))
    return FALSE;
  if (n > TAGS_MAX)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "tags");
  for (guint i = 0; i < n; i++)
    if (model_definitions_tag (core->definitions, command->tags[i]) == NULL)
      return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "tags");
  current = acd_core_variable_revision (core, part->interaction->id, ACD_TAGS);
  if (!check_revision (core, command->revision, current, error))
    return FALSE;
  event = acd_event_of_part (core, MODEL_EVENT_TAGS_SET, part);
  event->tags = n > 0 ? g_strdupv (command->tags) : NULL;
  event->revision = current + 1;
  acd_emit (core, event);
  return TRUE;
}

gboolean
acd_decide_set_sentiment (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  gint32 current;
  ModelEvent *event;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_TAGS, command->by, error))
    return FALSE;
  if (command->sentiment < MODEL_SENTIMENT_NONE || command->sentiment > MODEL_SENTIMENT_NEGATIVE)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "sentiment");
  current = acd_core_variable_revision (core, part->interaction->id, ACD_SENTIMENT);
  if (!check_revision (core, command->revision, current, error))
    return FALSE;
  event = acd_event_of_part (core, MODEL_EVENT_SENTIMENT_SET, part);
  event->sentiment = command->sentiment;
  event->revision = current + 1;
  acd_emit (core, event);
  return TRUE;
}
