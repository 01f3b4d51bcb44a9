/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teams: the table of their JSON form. Read-only data. */
#include "model/team.h"

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelTeam, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelTeam, names), MODEL_FIELD_REQUIRED },
  { NULL },
};
const ModelNoun model_team_noun = { "team", sizeof (ModelTeam), fields };
