/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voicemail boxes: the table of their JSON form. Read-only data. */
#include "model/voicemail.h"

#define AT(member) G_STRUCT_OFFSET (ModelVoicemailBox, member)

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, AT (id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, AT (names), MODEL_FIELD_REQUIRED },
  { "agent", MODEL_FIELD_ID, AT (agent), MODEL_FIELD_OPTIONAL, .refers = "agents" },
  { "queue", MODEL_FIELD_ID, AT (queue), MODEL_FIELD_OPTIONAL, .refers = "queues" },
  { "team", MODEL_FIELD_ID, AT (team), MODEL_FIELD_OPTIONAL, .refers = "teams" },
  { "greeting", MODEL_FIELD_STRING, AT (greeting), MODEL_FIELD_OPTIONAL, .max = 100 },
  { "seconds", MODEL_FIELD_INT, AT (seconds), MODEL_FIELD_OPTIONAL, 1, 600, 180 },
  { "least_seconds", MODEL_FIELD_INT, AT (least), MODEL_FIELD_OPTIONAL, 0, 10, 2 },
  { "key", MODEL_FIELD_STRING, AT (key), MODEL_FIELD_OPTIONAL, .max = 12 },
  { "pin", MODEL_FIELD_STRING, AT (pin), MODEL_FIELD_OPTIONAL, .max = 128 },
  { NULL },
};
const ModelNoun model_voicemail_box_noun = { "voicemail box", sizeof (ModelVoicemailBox), fields };
