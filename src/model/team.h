/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A team of agents; or one of another house, which has a number and takes so many calls at once,
 * but nobody who signs in: its calls are given to it, nobody of it is ever asked. */
#pragma once

#include "model/fields.h"
#include "model/names.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  ModelNames names;
  char *number; /* NULL = a team of agents */
  gint32 calls; /* at once, where there is a number */
} ModelTeam;

#define MODEL_TEAM_CALLS_MAX 10000

extern const ModelNoun model_team_noun;

G_END_DECLS
