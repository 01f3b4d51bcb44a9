/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A skill, a level of it that somebody has, and a level that a request asks for. */
#pragma once

#include "model/fields.h"
#include "model/names.h"

G_BEGIN_DECLS

#define MODEL_SKILL_LEVEL_MAX 10

typedef struct
{
  char *id;
  ModelNames names;
} ModelSkill;

/* What an agent has: 1 (a little) to 10. */
typedef struct
{
  char *skill;
  gint32 level;
} ModelSkillLevel;

/* What a request needs: at least this level, and after some seconds of waiting nothing any more. */
typedef struct
{
  char *skill;
  gint32 least_level;
  gint32 relaxed_after; /* seconds, 0 = never */
} ModelRequirement;

extern const ModelNoun model_skill_noun;
extern const ModelNoun model_skill_level_noun;
extern const ModelNoun model_requirement_noun;

G_END_DECLS
