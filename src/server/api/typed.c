/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agents type: variables of an interaction, and of a participation its note, disposition,
 * tags and sentiment. Each is one member of the body beside the `revision` that it is based on; the
 * answer is the new revision, a conflict shows the newer value with its own. Centre's thread. */
#include "server/api/handlers.h"

#include "server/centre/render.h"
#include "server/channels/conversations.h"

/* Where it belongs, as it is now. */
typedef struct
{
  Record *record;           /* NULL: gone; */
  Part *part;               /* of a participation */
  const RecordValue *value; /* of a variable that has one */
} Place;

struct _ApiTyped
{
  const char *member; /* of the body, and of a conflict's `current` */
  AcdCommandType command;
  gboolean of_part; /* the path names a participation, else an interaction and its variable */
  gboolean (*read) (const BaseJson *body, AcdCommand *command, GStrv *list, GError **error);
  /* What is wrong with it, or NULL. */
  const char *(*check) (const ModelDefinitions *definitions, const AcdCommand *command);
  gint32 (*revision) (const Place *place);
  void (*show) (const Place *place, const char *member, JsonObject *current);
};

/* --- a variable ------------------------------------------------------------------------------- */

static gboolean
read_value (const BaseJson *body, AcdCommand *command, GStrv *list, GError **error)
{
  return base_json_get_string (body, "value", API_VALUE_MAX, &command->value, error);
}

static const char *
check_value (const ModelDefinitions *definitions, const AcdCommand *command)
{
  return model_variable_check (model_definitions_variable (definitions, command->variable),
                               command->value);
}

static gint32
value_revision (const Place *place)
{
  return place->value != NULL ? place->value->revision : 0;
}

static void
show_value (const Place *place, const char *member, JsonObject *current)
{
  base_json_set_string (current, member, place->value != NULL ? place->value->value : NULL);
}

/* --- a note ----------------------------------------------------------------------------------- */

static gboolean
read_note (const BaseJson *body, AcdCommand *command, GStrv *list, GError **error)
{
  return base_json_get_string (body, "text", API_NOTE_MAX, &command->value, error);
}

/* As the centre says of card numbers; NULL: as it is. Free with g_free. */
static char *
note_without_cards (ApiCall *call, const char *text)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);

  return definitions != NULL && definitions->settings.card_data_notes
             ? conversations_without_cards (centre_conversations (call->centre), text)
             : NULL;
}

static gint32
note_revision (const Place *place)
{
  return place->part != NULL ? place->part->note_revision : 0;
}

static void
show_note (const Place *place, const char *member, JsonObject *current)
{
  const char *note = place->part != NULL ? place->part->note : NULL;

  base_json_set_string (current, member, note != NULL ? note : "");
}

/* --- a disposition ---------------------------------------------------------------------------- */

static gboolean
read_disposition (const BaseJson *body, AcdCommand *command, GStrv *list, GError **error)
{
  return base_json_opt_string (body, "id", 64, NULL, &command->disposition, error);
}

static const char *
check_disposition (const ModelDefinitions *definitions, const AcdCommand *command)
{
  return command->disposition == NULL ||
                 model_definitions_disposition (definitions, command->disposition) != NULL
             ? NULL
             : "no such disposition";
}

static gint32
disposition_revision (const Place *place)
{
  return place->part != NULL ? place->part->disposition_revision : 0;
}

static void
show_disposition (const Place *place, const char *member, JsonObject *current)
{
  base_json_set_string (current, member, place->part != NULL ? place->part->disposition : NULL);
}

/* --- tags ------------------------------------------------------------------------------------- */

static gboolean
read_tags (const BaseJson *body, AcdCommand *command, GStrv *list, GError **error)
{
  if (!base_json_get_strings (body, "ids", 50, 64, list, error))
    return FALSE;
  command->tags = *list;

  return TRUE;
}

static const char *
check_tags (const ModelDefinitions *definitions, const AcdCommand *command)
{
  for (char **id = command->tags; *id != NULL; id++)
    if (model_definitions_tag (definitions, *id) == NULL)
      return "no such tag";

  return NULL;
}

static gint32
tags_revision (const Place *place)
{
  return place->record != NULL ? place->record->tags_revision : 0;
}

static void
show_tags (const Place *place, const char *member, JsonObject *current)
{
  JsonArray *ids = json_array_new ();
  GStrv tags = place->record != NULL ? place->record->tags : NULL;

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    json_array_add_string_element (ids, tags[i]);
  json_object_set_array_member (current, member, ids);
}

/* --- sentiment -------------------------------------------------------------------------------- */

static gboolean
read_sentiment (const BaseJson *body, AcdCommand *command, GStrv *list, GError **error)
{
  const char *word;

  if (!base_json_opt_string (body, "sentiment", 32, "", &word, error))
    return FALSE;
  /* What is no word of it is refused by its check. */
  command->value = word;
  if (*word != '\0')
    model_sentiment_from_text (word, (ModelSentiment *) &command->sentiment);

  return TRUE;
}

static const char *
check_sentiment (const ModelDefinitions *definitions, const AcdCommand *command)
{
  return *command->value == '\0' || command->sentiment != MODEL_SENTIMENT_NONE
             ? NULL
             : "positive, neutral, negative or null";
}

static gint32
sentiment_revision (const Place *place)
{
  return place->record != NULL ? place->record->sentiment_revision : 0;
}

static void
show_sentiment (const Place *place, const char *member, JsonObject *current)
{
  base_json_set_string (current, member,
                        place->record != NULL ? render_sentiment (place->record->sentiment) : NULL);
}

/* --- all of them ------------------------------------------------------------------------------ */

static const ApiTyped variable = { "value",     ACD_COMMAND_SET_VARIABLE, FALSE,     read_value,
                                   check_value, value_revision,           show_value };
static const ApiTyped note = { "text", ACD_COMMAND_SET_NOTE, TRUE,     read_note,
                               NULL,   note_revision,        show_note };
static const ApiTyped disposition = { "id",
                                      ACD_COMMAND_SET_DISPOSITION,
                                      TRUE,
                                      read_disposition,
                                      check_disposition,
                                      disposition_revision,
                                      show_disposition };
static const ApiTyped tags = { "ids",      ACD_COMMAND_SET_TAGS, TRUE,     read_tags,
                               check_tags, tags_revision,        show_tags };

static const ApiTyped sentiment = { "sentiment",    ACD_COMMAND_SET_SENTIMENT, TRUE,
                                    read_sentiment, check_sentiment,           sentiment_revision,
                                    show_sentiment };

/* Found anew by the path: much may have gone while the command was under way. */
static Place
place_of (ApiCall *call)
{
  Place place = { NULL, NULL, NULL };
  ModelId id;

  if (call->typed->of_part && model_id_from_text (MODEL_ID_PARTICIPATION, call->parameters[0], &id))
    {
      place.record = centre_record_of_part (call->centre, id);
      place.part = place.record != NULL ? record_part (place.record, id) : NULL;
    }
  else if (!call->typed->of_part &&
           model_id_from_text (MODEL_ID_INTERACTION, call->parameters[0], &id))
    {
      place.record = centre_record (call->centre, id);
      if (place.record != NULL)
        place.value = g_hash_table_lookup (place.record->values, call->parameters[1]);
    }

  return place;
}

static void
on_done (ApiCall *call, JsonObject *answer)
{
  Place place = place_of (call);

  json_object_set_int_member (answer, "revision", call->typed->revision (&place));
}

static void
on_conflict (ApiCall *call, gint32 revision, JsonObject *problem)
{
  Place place = place_of (call);
  JsonObject *current = json_object_new ();

  call->typed->show (&place, call->typed->member, current);
  json_object_set_int_member (current, "revision", revision);
  json_object_set_object_member (problem, "current", current);
}

/* FALSE: answered. */
static gboolean
find (ApiCall *call, AcdCommand *command)
{
  Part *part = NULL;
  Record *record = call->typed->of_part ? api_call_part (call, &part) : api_call_interaction (call);
  const ModelVariable *found;

  if (record == NULL)
    return FALSE;
  command->interaction = record->id;
  if (part != NULL)
    {
      command->participation = part->id;
      return TRUE;
    }
  found = model_definitions_variable (centre_definitions (call->centre), call->parameters[1]);
  if (found == NULL)
    {
      api_call_not_found (call);
      return FALSE;
    }
  command->variable = found->id;

  return TRUE;
}

static void
set (ApiCall *call, const ApiTyped *typed)
{
  AcdCommand command = { .type = (gint32) typed->command };
  g_auto (GStrv) list = NULL;
  g_autofree char *pointer = g_strconcat ("/", typed->member, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *masked = NULL;
  const char *wrong = NULL;
  gint64 revision;

  call->typed = typed;
  if (!base_json_only (&call->body, &error, typed->member, "revision", NULL) ||
      !typed->read (&call->body, &command, &list, &error) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, &revision, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (!find (call, &command))
    return;
  if (typed == &note && (masked = note_without_cards (call, command.value)) != NULL)
    command.value = masked;
  if (typed->check != NULL)
    wrong = typed->check (centre_definitions (call->centre), &command);
  if (wrong != NULL)
    {
      api_call_invalid (call, pointer, 0, wrong);
      return;
    }
  command.revision = (gint32) revision;
  call->finish = on_done;
  call->conflict = on_conflict;
  api_call_command (call, &command, NULL);
}

void
api_variable_set (ApiCall *call)
{
  set (call, &variable);
}

void
api_note_set (ApiCall *call)
{
  set (call, &note);
}

void
api_disposition_set (ApiCall *call)
{
  set (call, &disposition);
}

void
api_sentiment_set (ApiCall *call)
{
  set (call, &sentiment);
}

void
api_tags_set (ApiCall *call)
{
  ModelId id;

  if (model_id_from_text (MODEL_ID_PARTICIPATION, call->parameters[0], &id) &&
      centre_record_of_part (call->centre, id) == NULL)
    api_tags_set_after (call);
  else
    set (call, &tags);
}
