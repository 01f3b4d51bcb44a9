/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who serves: a person of the centre, with rights, team, skills, queues and room for work. */
#pragma once

#include "model/fields.h"
#include "model/skill.h"
#include "model/words.h"

G_BEGIN_DECLS

/* How much of a channel the agent handles at once. */
typedef struct
{
  gint32 channel; /* ModelChannel */
  gint32 count;
  gint32 automatic; /* "auto": up to how many come by themselves, -1 = count */
} ModelSlots;

typedef struct
{
  char *id;
  char *name;
  char *email;
  char *number; /* own extension, for direct calls; empty or NULL without */
  char *language;
  gint32 role; /* ModelRole */
  char *team;
  char **teams;            /* those that the agent may choose beside it */
  char **leads;            /* of a supervisor: these teams; none = everyone */
  GPtrArray *skills;       /* ModelSkillLevel */
  char **queues;           /* the queues that the agent may join */
  GPtrArray *slots;        /* ModelSlots; what is not named has the centre's default */
  gboolean internal_calls; /* calls colleagues */
  gint32 forwarding;       /* ModelForwarding: where his or her own calls may be sent */
  char *personal_fallback; /* queue of personal requests that wait too long, else the centre's */
} ModelAgent;

/* Whether the agent may choose the team; NULL is none. */
gboolean model_agent_may_be_of (const ModelAgent *agent, const char *team);
/* Whether the agent supervises who is in the team; NULL is none. */
gboolean model_agent_leads (const ModelAgent *agent, const char *team);

extern const ModelNoun model_slots_noun;
extern const ModelNoun model_agent_noun;

G_END_DECLS
