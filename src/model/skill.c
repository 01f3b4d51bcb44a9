/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Skills, their levels and what requests need of them: their JSON form. Read-only data. */
#include "model/skill.h"

static const ModelField skill_fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelSkill, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelSkill, names), MODEL_FIELD_REQUIRED },
  { NULL },
};
const ModelNoun model_skill_noun = { "skill", sizeof (ModelSkill), skill_fields };

static const ModelField level_fields[] = {
  { "skill", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelSkillLevel, skill), MODEL_FIELD_REQUIRED,
    .refers = "skills" },
  { "level", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelSkillLevel, level), MODEL_FIELD_REQUIRED, 1,
    MODEL_SKILL_LEVEL_MAX, 1 },
  { NULL },
};
const ModelNoun model_skill_level_noun = { "skill level", sizeof (ModelSkillLevel), level_fields };

static const ModelField requirement_fields[] = {
  { "skill", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelRequirement, skill), MODEL_FIELD_REQUIRED,
    .refers = "skills" },
  { "least_level", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelRequirement, least_level), 0, 1,
    MODEL_SKILL_LEVEL_MAX, 1 },
  { "relaxed_after", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelRequirement, relaxed_after),
    MODEL_FIELD_OPTIONAL, 0, 86400, 0 },
  { NULL },
};
const ModelNoun model_requirement_noun = { "requirement", sizeof (ModelRequirement),
                                           requirement_fields };
