/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands to the core: their JSON form. Pure functions. */
#include "acd/command.h"

#include "model/fields.h"

static const char *const type_names[] = {
#define ACD_COMMAND_TEXT(NAME, text) text,
  ACD_COMMANDS (ACD_COMMAND_TEXT)
#undef ACD_COMMAND_TEXT
      NULL
};

#define AT(member) G_STRUCT_OFFSET (AcdCommand, member)
#define RUNTIME_ID(member, kind)                                                                   \
  {                                                                                                \
#member, MODEL_FIELD_RUNTIME_ID, AT(member), 0, kind                                           \
  }
#define WORD(member)                                                                               \
  {                                                                                                \
#member, MODEL_FIELD_INTERNED, AT(member)                                                      \
  }
#define LIST(member)                                                                               \
  {                                                                                                \
#member, MODEL_FIELD_IDS, AT(member)                                                           \
  }
#define ENUM(member, names)                                                                        \
  {                                                                                                \
#member, MODEL_FIELD_ENUM, AT(member), MODEL_FIELD_OPTIONAL, .extra = names                    \
  }

static const ModelField fields[] = {
  { "type", MODEL_FIELD_ENUM, AT (type), MODEL_FIELD_REQUIRED, .extra = type_names },
  WORD (agent),
  WORD (by),
  WORD (queue),
  WORD (entry_point),
  WORD (reason),
  WORD (variable),
  { "value", MODEL_FIELD_STRING, AT (value), .max = ACD_NOTE_MAX },
  WORD (disposition),
  WORD (language),
  WORD (target),
  WORD (skill),
  WORD (box),
  WORD (team),
  LIST (tags),
  LIST (variables),
  LIST (queues),
  RUNTIME_ID (session, MODEL_ID_SESSION),
  RUNTIME_ID (interaction, MODEL_ID_INTERACTION),
  RUNTIME_ID (participation, MODEL_ID_PARTICIPATION),
  RUNTIME_ID (offer, MODEL_ID_OFFER),
  RUNTIME_ID (leg, MODEL_ID_LEG),
  { "duration", MODEL_FIELD_INT64, AT (duration), MODEL_FIELD_OPTIONAL, 0, G_MAXINT64, 0 },
  ENUM (channel, model_channel_names),
  ENUM (state, model_agent_state_names),
  ENUM (membership, model_membership_names),
  ENUM (station, model_station_names),
  ENUM (status, model_status_names),
  ENUM (sentiment, model_sentiment_names),
  ENUM (mode, model_supervision_names),
  ENUM (forward, model_forward_names),
  ENUM (forward_to, model_forward_to_names),
  { "revision", MODEL_FIELD_INT, AT (revision), MODEL_FIELD_OPTIONAL, 0, G_MAXINT32, 0 },
  { "on", MODEL_FIELD_BOOL, AT (on), MODEL_FIELD_OPTIONAL },
  { "outside", MODEL_FIELD_BOOL, AT (outside), MODEL_FIELD_OPTIONAL },
  { NULL },
};
static const ModelNoun noun = { "command", sizeof (AcdCommand), fields };

const char *
acd_command_type_to_text (AcdCommandType type)
{
  g_return_val_if_fail ((guint) type < ACD_N_COMMANDS, NULL);
  return type_names[type];
}

void
acd_command_write (const AcdCommand *command, GString *json)
{
  model_fields_write (&noun, command, json);
  if (command->definitions == NULL)
    return;
  g_string_truncate (json, json->len - 1);
  g_string_append (json, ",\"definitions\":");
  model_definitions_write (command->definitions, json);
  g_string_append_c (json, '}');
}

gboolean
acd_command_from_json (JsonObject *object, AcdCommand *command, GPtrArray *problems)
{
  g_autoptr (JsonNode) definitions = json_object_dup_member (object, "definitions");
  gboolean good;

  *command = (AcdCommand){ 0 };
  json_object_remove_member (object, "definitions");
  good = model_fields_read (&noun, object, "", command, problems);
  if (definitions == NULL)
    return good;
  if (JSON_NODE_HOLDS_OBJECT (definitions))
    command->definitions =
        model_definitions_from_json (json_node_get_object (definitions), problems);
  json_object_set_member (object, "definitions", g_steal_pointer (&definitions));
  return good && command->definitions != NULL;
}

void
acd_command_clear (AcdCommand *command)
{
  model_fields_clear (&noun, command);
  g_clear_pointer (&command->definitions, model_definitions_unref);
}
