/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entry points: the tables of their JSON form. Read-only data. */
#include "model/entry-point.h"

static const ModelField value_fields[] = {
  { "variable", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelVariableValue, variable),
    MODEL_FIELD_REQUIRED, .refers = "variables" },
  { "value", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelVariableValue, value), MODEL_FIELD_REQUIRED,
    .max = 256 },
  { NULL },
};
const ModelNoun model_variable_value_noun = { "value", sizeof (ModelVariableValue), value_fields };

static const ModelField chat_field_fields[] = {
  { "variable", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelChatField, variable), MODEL_FIELD_REQUIRED,
    .refers = "variables" },
  { "required", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelChatField, required) },
  { NULL },
};
static const ModelNoun chat_field_noun = { "field", sizeof (ModelChatField), chat_field_fields };

static const ModelField chat_fields[] = {
  { "title", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelChat, title) },
  { "greeting", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelChat, greeting) },
  { "color", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelChat, color), .max = 7 },
  { "fields", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelChat, fields), MODEL_FIELD_OPTIONAL,
    .extra = &chat_field_noun },
  { NULL },
};
static const ModelNoun chat_noun = { "chat", sizeof (ModelChat), chat_fields };

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelEntryPoint, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelEntryPoint, names), MODEL_FIELD_REQUIRED },
  { "channel", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelEntryPoint, channel),
    .extra = model_channel_names },
  { "addresses", MODEL_FIELD_STRINGS, G_STRUCT_OFFSET (ModelEntryPoint, addresses),
    MODEL_FIELD_REQUIRED, .max = 254 },
  { "queue", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelEntryPoint, queue), .refers = "queues" },
  { "team", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelEntryPoint, team), .refers = "teams" },
  { "language", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelEntryPoint, language), .max = 8 },
  { "priority", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelEntryPoint, priority), 0, -10, 10, 0 },
  { "requirements", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelEntryPoint, requirements),
    MODEL_FIELD_OPTIONAL, .extra = &model_requirement_noun },
  { "variables", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelEntryPoint, variables),
    MODEL_FIELD_OPTIONAL, .extra = &model_variable_value_noun },
  { "early_media", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelEntryPoint, early_media) },
  { "chat", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelEntryPoint, chat), MODEL_FIELD_OPTIONAL,
    .extra = &chat_noun },
  { NULL },
};
const ModelNoun model_entry_point_noun = { "entry point", sizeof (ModelEntryPoint), fields };
