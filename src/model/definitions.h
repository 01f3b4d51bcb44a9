/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole centre as its administrator defines it: read with every error and its place, written
 * back canonically, immutable and shared by reference afterwards (the count is atomic: any thread).
 */
#pragma once

#include "model/agent.h"
#include "model/canned-reply.h"
#include "model/contact.h"
#include "model/disposition.h"
#include "model/entry-point.h"
#include "model/link.h"
#include "model/queue.h"
#include "model/reason.h"
#include "model/settings.h"
#include "model/skill.h"
#include "model/tag.h"
#include "model/team.h"
#include "model/variable.h"
#include "model/voicemail.h"

G_BEGIN_DECLS

typedef struct
{
  int references;
  gint64 version;   /* given by who commits them */
  ModelNames names; /* of the centre itself, as agents see it; NULL: it has none */
  ModelSettings settings;
  GPtrArray *skills;          /* ModelSkill */
  GPtrArray *teams;           /* ModelTeam */
  GPtrArray *queues;          /* ModelQueue */
  GPtrArray *agents;          /* ModelAgent */
  GPtrArray *entry_points;    /* ModelEntryPoint */
  GPtrArray *reasons;         /* ModelReason */
  GPtrArray *dispositions;    /* ModelDisposition */
  GPtrArray *tags;            /* ModelTag */
  GPtrArray *variables;       /* ModelVariable */
  GPtrArray *links;           /* ModelLink */
  GPtrArray *canned_replies;  /* ModelCannedReply; those that all agents have */
  GPtrArray *speed_dials;     /* ModelSpeedDial */
  GPtrArray *contacts;        /* ModelContact */
  GPtrArray *voicemail_boxes; /* ModelVoicemailBox */
  GHashTable *index;          /* "queue:billing" → the noun */
} ModelDefinitions;

/* NULL if there are problems, all of which have then been added. */
ModelDefinitions *model_definitions_from_json (JsonObject *object, GPtrArray *problems);
/* Canonical: the same definitions give the same bytes. */
void model_definitions_write (const ModelDefinitions *definitions, GString *json);
ModelDefinitions *model_definitions_ref (ModelDefinitions *definitions);
void model_definitions_unref (ModelDefinitions *definitions);

const ModelAgent *model_definitions_agent (const ModelDefinitions *d, const char *id);
const ModelTeam *model_definitions_team (const ModelDefinitions *d, const char *id);
/* The team whose number this is, in whatever way it is written; NULL: of none. */
const ModelTeam *model_definitions_team_at (const ModelDefinitions *d, const char *number);
/* Whether it is the number of such a team, or of an entry point that leads to one: the id of
 * either.
 */
gboolean model_definitions_aims_at_team (const ModelDefinitions *d,
                                         const char *number,
                                         const char **team,
                                         const char **entry_point);
const ModelQueue *model_definitions_queue (const ModelDefinitions *d, const char *id);
const ModelEntryPoint *model_definitions_entry_point (const ModelDefinitions *d, const char *id);
const ModelReason *model_definitions_reason (const ModelDefinitions *d, const char *id);
const ModelDisposition *model_definitions_disposition (const ModelDefinitions *d, const char *id);
const ModelTag *model_definitions_tag (const ModelDefinitions *d, const char *id);
const ModelVariable *model_definitions_variable (const ModelDefinitions *d, const char *id);
const ModelVoicemailBox *
model_definitions_voicemail_box (const ModelDefinitions *d, const char *id);
/* The agent's own, NULL = none. */
const ModelVoicemailBox *
model_definitions_voicemail_of (const ModelDefinitions *d, const char *agent);
/* Whether the agent opens it: the own, one of a queue that he or she serves, one of a team. */
gboolean model_voicemail_is_for (const ModelVoicemailBox *box, const ModelAgent *agent);
/* Four to twelve digits. */
gboolean model_voicemail_is_pin (const char *text);
/* By what the customer dialled or wrote to; NULL if nothing leads there. */
const ModelEntryPoint *model_definitions_entry_point_at (const ModelDefinitions *d,
                                                         ModelChannel channel,
                                                         const char *address);
const ModelAgent *model_definitions_agent_at (const ModelDefinitions *d, const char *number);
/* How many of this channel the agent may handle at once. */
gint32
model_definitions_slots (const ModelDefinitions *d, const ModelAgent *agent, ModelChannel channel);
/* Up to how many of them come by themselves; more only when the agent asks. */
gint32 model_definitions_automatic (const ModelDefinitions *d,
                                    const ModelAgent *agent,
                                    ModelChannel channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelDefinitions, model_definitions_unref)

G_END_DECLS
