/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents: the table of their JSON form. Read-only data. */
#include "model/agent.h"

static const ModelField slots_fields[] = {
  { "channel", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelSlots, channel), MODEL_FIELD_REQUIRED,
    .extra = model_channel_names },
  { "count", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelSlots, count), MODEL_FIELD_REQUIRED, 0, 12, 1 },
  { "auto", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelSlots, automatic), MODEL_FIELD_OPTIONAL, 0, 12,
    -1 },
  { NULL },
};
const ModelNoun model_slots_noun = { "slots", sizeof (ModelSlots), slots_fields };

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelAgent, id), MODEL_FIELD_REQUIRED },
  { "name", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelAgent, name), MODEL_FIELD_REQUIRED,
    .max = 128 },
  { "email", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelAgent, email), .max = 254 },
  { "number", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelAgent, number), .max = 32 },
  { "language", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelAgent, language), .max = 8 },
  { "role", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelAgent, role), .fallback = MODEL_ROLE_AGENT,
    .extra = model_role_names },
  { "team", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelAgent, team), .refers = "teams" },
  { "teams", MODEL_FIELD_IDS, G_STRUCT_OFFSET (ModelAgent, teams), .refers = "teams" },
  { "leads", MODEL_FIELD_IDS, G_STRUCT_OFFSET (ModelAgent, leads), .refers = "teams" },
  { "skills", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelAgent, skills), MODEL_FIELD_OPTIONAL,
    .extra = &model_skill_level_noun },
  { "queues", MODEL_FIELD_IDS, G_STRUCT_OFFSET (ModelAgent, queues), .refers = "queues" },
  { "slots", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelAgent, slots), MODEL_FIELD_OPTIONAL,
    .extra = &model_slots_noun },
  { "internal_calls", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelAgent, internal_calls),
    .fallback = TRUE },
  { "forwarding", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelAgent, forwarding), MODEL_FIELD_OPTIONAL,
    .extra = model_forwarding_names },
  { "personal_fallback", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelAgent, personal_fallback),
    .refers = "queues" },
  { NULL },
};
const ModelNoun model_agent_noun = { "agent", sizeof (ModelAgent), fields };

gboolean
model_agent_may_be_of (const ModelAgent *agent, const char *team)
{
  const char *const *teams = (const char *const *) agent->teams;

  return team != NULL &&
         (g_strcmp0 (agent->team, team) == 0 || (teams != NULL && g_strv_contains (teams, team)));
}

gboolean
model_agent_leads (const ModelAgent *agent, const char *team)
{
  const char *const *leads = (const char *const *) agent->leads;

  if (agent->role != MODEL_ROLE_SUPERVISOR)
    return FALSE;
  return leads == NULL || leads[0] == NULL || (team != NULL && g_strv_contains (leads, team));
}
