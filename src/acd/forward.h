/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents who have their own calls go elsewhere: those to their number, and those of colleagues. A
 * part of state.h, and as it is for the files of this room alone. No call goes twice from the same
 * agent, nor back to one it came from. */
#pragma once

#include "acd/state.h"

G_BEGIN_DECLS

#define ACD_FORWARDS_MAX 4 /* of one call */

/* Whose calls an open call was, until it was forwarded, in that order. */
typedef struct
{
  ModelId interaction;
  const char *by[ACD_FORWARDS_MAX];
  guint n;
} AcdForwards;

/* Where a call comes to that is forwarded, perhaps by several. */
typedef struct
{
  ModelForwardTo to;
  AcdAgent *by; /* the last of them */
  AcdAgent *agent;
  AcdQueue *queue;
  const char *box;
  const char *reason;
} AcdForwardEnd;

gboolean acd_apply_forward (AcdCore *core, const ModelEvent *event, GError **error);
/* Why the agent cannot be rung now; MODEL_FORWARD_OFF: can be. */
ModelForward acd_hindrance (const AcdCore *core, const AcdAgent *agent);
/* Whether the agent's calls go elsewhere for this reason. */
gboolean acd_forwards_for (const AcdAgent *agent, ModelForward why);
/* Where a call goes that this caller (or NULL) begins to the agent now; FALSE: nowhere else. */
gboolean
acd_forward_from (AcdCore *core, const AcdAgent *caller, const char *agent, AcdForwardEnd *end);
/* The same of an open call, which says so in the journal. */
gboolean acd_forward_call (AcdCore *core,
                           AcdInteraction *interaction,
                           const AcdAgent *caller,
                           AcdAgent *agent,
                           ModelForward why,
                           AcdForwardEnd *end);
/* Whether it leaves those who can be asked: a number, or a box. */
gboolean acd_forward_leaves (const AcdForwardEnd *end);
/* Whom to ask then. */
AcdCommand acd_forward_command (const AcdForwardEnd *end);

/* A customer's call to the agent goes elsewhere; FALSE: it does not. */
gboolean
acd_step_forward (AcdCore *core, AcdInteraction *interaction, AcdAgent *owner, ModelForward why);
/* The same of one that waits for the agent. */
gboolean
acd_step_forward_request (AcdCore *core, AcdRequest *request, ModelForward why, const char *reason);
/* Of a call that a colleague began (decide-internal.c). */
gboolean acd_step_forward_colleague (AcdCore *core,
                                     AcdInteraction *interaction,
                                     AcdAgent *owner,
                                     ModelForward why);
/* A number of the forwarder's is rung; caller: a colleague, NULL = a customer. */
void acd_step_dial_forward (AcdCore *core,
                            AcdInteraction *interaction,
                            AcdAgent *caller,
                            AcdAgent *forwarder);
/* As the rules of the agent's personal queue say, where nothing forwards it any more
 * (decide-arrive.c). */
void acd_step_wait_for_owner (AcdCore *core, AcdInteraction *interaction, AcdAgent *owner);

G_END_DECLS
