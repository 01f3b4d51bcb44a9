/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking into a core: what a snapshot for a desk is made of. The views are copies of the moment;
 * their strings are interned. They must be read on the core's thread. */
#pragma once

#include "acd/core.h"
#include "model/permissions.h"

G_BEGIN_DECLS

typedef struct
{
  const char *agent;
  const char *team;
  ModelId session; /* 0 = not signed in */
  ModelAgentState state;
  const char *reason;
  gint64 since;
  gboolean has_next;
  ModelAgentState next_state;
  const char *next_reason;
  ModelStation station;
  gboolean station_ready;
  gboolean desk_connected;
  gboolean auto_accept;
  gboolean sign_out_pending;
  ModelForward forward;
  ModelForwardTo forward_to;
  const char *forward_target;
  int n_offers;
  int n_active; /* participations joined and not left, and calls being dialled */
  int n_wrap_ups;
} AcdAgentView;

typedef struct
{
  const char *queue;
  ModelMembership membership;
  const char *reason;
} AcdMembershipView;

/* One of the channels on which something comes to the agent. */
typedef struct
{
  ModelChannel channel;
  const char *reason; /* why nothing comes on it, NULL = it may */
  const char *by;     /* the supervisor who did it, or NULL */
  gint64 since;
} AcdChannelView;

typedef struct
{
  ModelId offer;
  ModelId request;
  ModelId interaction;
  const char *agent;
  const char *queue; /* NULL = personal */
  ModelChannel channel;
  ModelRequestKind kind;
  gint64 created;
  gint64 deadline;
  gboolean ringing;
  gboolean auto_accept;
} AcdOfferView;

typedef struct
{
  ModelId participation;
  ModelId interaction;
  const char *agent;
  const char *queue;
  ModelChannel channel;
  ModelPart part;
  ModelWork work; /* dialling, connected, held or wrap-up */
  gint64 joined;
  gint64 since;           /* connected: joined or last resumed; held; wrap-up started */
  gint64 deadline;        /* of the wrap-up, G_MAXINT64 without */
  gint32 extensions;      /* how many were taken */
  gint32 extensions_left; /* how many more are allowed */
  gint64 held_total;      /* ms of holds that ended */
  gboolean muted;         /* by the primary agent: the others do not hear it */
  const char *disposition;
  gint32 disposition_revision;
  gint32 note_revision;
} AcdParticipationView;

/* How many calls are with a team that has a number. */
guint acd_core_team_calls (const AcdCore *core, const char *team);

/* An outside number in a call. */
typedef struct
{
  ModelId party;
  const char *by;   /* NULL = a rule of the centre */
  const char *team; /* whose number it is, or NULL */
  ModelPart part;
  ModelWork work; /* dialling, connected or held */
  gboolean muted;
  gint64 since;
  gint64 deadline; /* of dialling, G_MAXINT64 without */
} AcdPartyView;

typedef struct
{
  ModelId interaction;
  ModelChannel channel;
  ModelDirection direction;
  ModelOrigin origin;
  const char *entry_point;
  const char *language;
  ModelId leg;
  gboolean customer_present;
  ModelStatus status;
  gint64 created;
  ModelId request;   /* that waits or is offered, 0 = none */
  const char *queue; /* of that request */
} AcdInteractionView;

/* A call that is parked. */
typedef struct
{
  ModelId interaction;
  guint place;
  const char *by;
  const char *queue; /* where it goes when it is not fetched and who parked it is away; or NULL */
  const char *fetched_by; /* to whom it is on its way, or NULL */
  gint64 since;
  gint64 deadline;
} AcdParkedView;

/* A customer who waits in a queue, not offered to anybody. */
typedef struct
{
  ModelId interaction;
  gint64 queued_at; /* first */
} AcdWaitingView;

typedef struct
{
  const char *queue;
  gboolean open;
  guint waiting;
  gint64 longest_since; /* first queue time of the first in line, G_MAXINT64 without */
  guint staffed;        /* agents signed in and not out of the queue */
  guint ready;          /* of them ready and available, with room or without */
  guint free;           /* of those who would be offered something now */
  guint moves;          /* counts whatever came in line or left it */
} AcdQueueView;

/* What colleagues see of an agent. */
typedef struct
{
  ModelPresence presence;
  const char *reason; /* of a break, where there is one */
  gint64 since;       /* as far as the state tells, 0 = not known */
} AcdPresenceView;

gboolean acd_core_agent_view (const AcdCore *core, const char *agent, AcdAgentView *view);
/* An agent that is not known is signed out. */
AcdPresenceView acd_core_agent_presence (const AcdCore *core, const char *agent);
/* Element type AcdMembershipView, AcdOfferView, AcdParticipationView; empty for an unknown agent.
 */
GArray *acd_core_agent_memberships (const AcdCore *core, const char *agent);
/* AcdChannelView; none of who is signed out. */
GArray *acd_core_agent_channels (const AcdCore *core, const char *agent);
GArray *acd_core_agent_offers (const AcdCore *core, const char *agent);
GArray *acd_core_agent_participations (const AcdCore *core, const char *agent);
gboolean acd_core_offer_view (const AcdCore *core, ModelId offer, AcdOfferView *view);
gboolean acd_core_participation_view (const AcdCore *core, ModelId id, AcdParticipationView *view);
gboolean acd_core_interaction_view (const AcdCore *core, ModelId id, AcdInteractionView *view);
/* Whether a supervisor could come into this call: customer_gone and full of the case. */
void acd_core_look_inside (const AcdCore *core, ModelId interaction, ModelSuperviseCase *situation);
/* The revision of a variable's value in an interaction, 0 = never set. */
gint32 acd_core_variable_revision (const AcdCore *core, ModelId interaction, const char *variable);
gboolean acd_core_queue_view (const AcdCore *core, const char *queue, AcdQueueView *view);
/* Of those, how many could be given one more now. */
guint acd_core_queue_free (const AcdCore *core, const char *queue);
/* AcdWaitingView of who waits in the queue, at most so many of each kind of needs, in no order. */
GArray *acd_core_waiting (const AcdCore *core, const char *queue, guint most);
/* Why this TAKE would be refused now: a code, or NULL. */
const char *acd_core_take_problem (AcdCore *core, const AcdCommand *command);
/* Why this TRANSFER or CONSULT would be refused now: a code, or NULL. *voicemail (may be NULL): why
 * it would lead to a box, or NULL. Changes nothing. */
const char *
acd_core_target_problem (AcdCore *core, const AcdCommand *command, const char **voicemail);
/* Whether the agent may have the own calls forwarded to such a place. */
gboolean acd_core_may_forward (const AcdCore *core, const char *agent, ModelForwardTo to);
/* Why this SET_FORWARDING would be refused: a code, or NULL. Changes nothing. */
const char *acd_core_forward_problem (AcdCore *core, const AcdCommand *command);
/* Why this CALL would be refused now: a code, or NULL. Changes nothing. */
const char *acd_core_call_problem (AcdCore *core, const AcdCommand *command);
/* AcdParkedView of the parked calls in the order of their places, that this agent may fetch, or all
 * (agent NULL). */
GArray *acd_core_parked (const AcdCore *core, const char *agent);
/* AcdPartyView of the outside numbers of a call, in the order of dialling. */
GArray *acd_core_parties (const AcdCore *core, ModelId interaction);
/* Every interaction that is open, by id; the caller frees the array of ModelId. */
GArray *acd_core_interactions (const AcdCore *core);
ModelDefinitions *acd_core_definitions (const AcdCore *core);

G_END_DECLS
