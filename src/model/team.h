/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A team of agents. */
#pragma once

#include "model/fields.h"
#include "model/names.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  ModelNames names;
} ModelTeam;

extern const ModelNoun model_team_noun;

G_END_DECLS
