/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teams: the table of their JSON form. Read-only data. */
#include "model/team.h"

#include "model/contact.h"

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelTeam, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelTeam, names), MODEL_FIELD_REQUIRED },
  { "number", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelTeam, number), MODEL_FIELD_OPTIONAL,
    .max = MODEL_NUMBER_MAX },
  { "calls", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelTeam, calls), MODEL_FIELD_OPTIONAL, 0,
    MODEL_TEAM_CALLS_MAX, 0 },
  { NULL },
};
const ModelNoun model_team_noun = { "team", sizeof (ModelTeam), fields };
