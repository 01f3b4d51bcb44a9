/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A naive picture of the centre, made from the journal's events alone: plain lists, linear
 * searches, none of the core's code. Invariants and the oracle are judged by it. */
#pragma once

#include "model/event.h"

G_BEGIN_DECLS

#define LEDGER_QUEUES 64

typedef struct
{
  ModelId request;
  gint64 until;
} LedgerExclusion;

typedef struct
{
  const char *id;
  const ModelAgent *def;
  const char *team;
  gboolean retired;
  ModelId session;
  gboolean desk;
  gboolean station;
  gboolean pending_sign_out;
  gboolean auto_accept;
  int forward, forward_to; /* when the own calls go elsewhere, and where to: */
  const char *forward_target;
  const char *out[MODEL_N_CHANNELS]; /* why nothing comes there */
  int state;
  const char *reason;
  int next;
  gint64 idle_since;
  gboolean said_no; /* declined or missed, and not idle since */
  gint64 desk_lost_at;
  gboolean has[LEDGER_QUEUES];
  int member[LEDGER_QUEUES];
  GArray *exclusions; /* LedgerExclusion */
} LedgerAgent;

typedef struct
{
  const char *id;
  const ModelQueue *def;
  gboolean retired;
  gboolean open;
} LedgerQueue;

typedef struct
{
  const char *skill;
  int level;
  gint64 until;
} LedgerNeed;

typedef struct
{
  ModelId id;
  ModelId interaction;
  int channel; /* the interaction's */
  int queue;   /* -1 = personal */
  LedgerAgent *owner;
  int back;         /* queue of what its owner does not take, -1 = none */
  gboolean returns; /* a customer who came back, not a transfer */
  gboolean refused; /* by its owner, so that it has to go back */
  int kind;
  LedgerAgent *asker; /* of a question */
  LedgerAgent *giver; /* of a call without a queue to go back to: who gets it back */
  LedgerNeed needs[32];
  int n_needs;
  const char *team; /* that it asks for, or NULL */
  gint64 first_queued_at;
  gint64 entered_at;
  gint64 rank;
  gint64 wait_deadline;
  ModelId offer;
  int place; /* where the call is parked */
} LedgerRequest;

typedef struct
{
  ModelId id;
  ModelId request;
  LedgerAgent *agent;
  int channel;
  gint64 created;
  gint64 deadline;
  gboolean rang;
} LedgerOffer;

typedef enum
{
  LEDGER_ACTIVE,
  LEDGER_HELD,
  LEDGER_LEFT,
  LEDGER_WRAP_UP,
  LEDGER_CALLING,
  LEDGER_DIALLING
} LedgerPartState;

typedef struct
{
  ModelId id;
  ModelId interaction;
  LedgerAgent *agent;
  int queue; /* -1 = personal */
  int channel;
  int part;
  gboolean led; /* and gave the charge to another: what was chosen till then stands */
  LedgerPartState state;
  gint64 joined;
  gint64 since;
  gint64 held_total;
  gboolean muted;
  gint64 deadline;  /* of the wrap-up, or until when the agent may be away */
  gint64 queued_at; /* of the request before it */
  int extensions;
  const char *disposition;
  const char *automatic; /* what the centre set, or has to at once; nobody changes it */
  int revisions[2];      /* note, disposition */
} LedgerPart;

/* An outside number in a call. */
typedef struct
{
  ModelId id;
  ModelId interaction;
  LedgerAgent *by;  /* NULL = a rule of the centre */
  const char *team; /* whose number it is, or NULL */
  int part;
  LedgerPartState state; /* dialling, active, held */
  gint64 joined;
  gint64 since;
  gint64 held_total;
  gint64 deadline;
  gint64 queued_at; /* of a call that was given to it */
  int queue;        /* where it goes back then, -1 = none */
  gboolean muted;
} LedgerParty;

typedef struct
{
  ModelId id;
  int channel;
  gboolean customer; /* of a call between colleagues: one of them has joined */
  gboolean internal; /* such a call */
  const char *entry_point;
  gint64 created;
  gint64 owed; /* the first queue time of work given back, which its next request has to keep */
  gboolean owed_by_rule; /* it was given to a number by no agent */
  gint64 answered_from;  /* first queue time of the request that was answered, for who joins now */
  int answered_kind;     /* of that request, -1 = none */
  int revisions[2];      /* tags, sentiment */
  int status;            /* ModelStatus */
  int recording;         /* ModelRecording */
  gboolean voicemail;    /* the caller is asked for a message */
  gboolean stuck;        /* what carries it does not do what it was asked for */
  gboolean forced;       /* and it was closed all the same */
  const LedgerAgent *forwarded_by[4];
  int forwards;
  int forwarded_to; /* the last of them */
  gint64 paused_at, pause_ends;
} LedgerInteraction;

typedef struct
{
  GPtrArray *history; /* ModelDefinitions */
  const ModelDefinitions *definitions;
  GPtrArray *agents;
  GPtrArray *queues;
  GPtrArray *requests;
  GPtrArray *offers;
  GPtrArray *parts;
  GPtrArray *parties;
  GPtrArray *interactions;
  ModelId accepted;     /* the request of the last offer that was accepted */
  LedgerRequest chosen; /* the last request that an agent took without an offer */
  gint64 now;
  ModelId last_id; /* the largest ever given */
  GArray *skipped; /* ModelId of those below it that are in no event yet */
  char *complaint; /* what the event did that cannot be, NULL = nothing */
} Ledger;

Ledger *ledger_new (void);
void ledger_free (Ledger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ledger, ledger_free)

/* Takes an event in; complaints of it are in `complaint`. */
void ledger_take (Ledger *ledger, const ModelEvent *event);
void ledger_complain (Ledger *ledger, const char *format, ...) G_GNUC_PRINTF (2, 3);

LedgerAgent *ledger_agent (const Ledger *ledger, const char *id);
int ledger_queue (const Ledger *ledger, const char *id); /* -1 = none */
LedgerRequest *ledger_request (const Ledger *ledger, ModelId id);
LedgerOffer *ledger_offer (const Ledger *ledger, ModelId id);
LedgerPart *ledger_part (const Ledger *ledger, ModelId id);
LedgerPart *ledger_part_of (const Ledger *ledger, ModelId interaction, const LedgerAgent *agent);
LedgerParty *ledger_party (const Ledger *ledger, ModelId id);
/* The first number with this part, or NULL; dialling ones too where the part is primary. */
LedgerParty *ledger_party_as (const Ledger *ledger, ModelId interaction, int part);
LedgerParty *ledger_party_rung (const Ledger *ledger, ModelId interaction);
/* Numbers that are in it, with this part or (-1) whichever. */
guint ledger_parties (const Ledger *ledger, ModelId interaction, int part);
/* Whether a team that has a number takes one call more. */
gboolean ledger_team_room (const Ledger *ledger, const char *team);
/* Who has begun a call to a colleague and waits for one, or NULL. */
const LedgerPart *ledger_caller_of (const Ledger *ledger, ModelId interaction);
/* With which the agent may ask others to come: what is in hand, or that. */
const LedgerPart *
ledger_asks_with (const Ledger *ledger, ModelId interaction, const LedgerAgent *agent);
/* How many are in it with this part. */
guint ledger_count (const Ledger *ledger, ModelId interaction, int part);
/* The request asks a colleague to what somebody else has in hand. */
gboolean ledger_asks (const Ledger *ledger, const LedgerRequest *request);
LedgerInteraction *ledger_interaction (const Ledger *ledger, ModelId id);

/* --- what could be offered (naive.c) --- */
int ledger_used (const Ledger *ledger, const LedgerAgent *agent, int channel);
int ledger_calls (const Ledger *ledger, const LedgerAgent *agent);
/* Of them those that an agent has begun and nobody has taken yet. */
int ledger_dialling (const Ledger *ledger, const LedgerAgent *agent);
/* Whether the agent may call out in the name of this queue; from: an interaction in hand, or 0. */
/* The agent's own side of that. */
gboolean ledger_may_begin_call (const Ledger *ledger, const LedgerAgent *agent);
/* Whether it waits in a place, and the agent may fetch it from there. */
gboolean ledger_parked (const LedgerRequest *request);
gboolean
ledger_may_fetch (const Ledger *ledger, const LedgerAgent *agent, const LedgerRequest *request);
gboolean ledger_may_call (const Ledger *ledger, const LedgerAgent *agent, int queue, ModelId from);
/* In whose name such a call would be, -1 = nobody's. */
int ledger_caller (const Ledger *ledger, const LedgerAgent *agent, ModelId from);
gboolean ledger_engaged (const Ledger *ledger, const LedgerAgent *agent);
/* Nothing but what may stay assigned while the agent is signed out. */
gboolean ledger_may_leave (const Ledger *ledger, const LedgerAgent *agent);
/* Where work of this agent and channel goes without a queue of its own, -1 = nowhere. */
int ledger_fallback (const Ledger *ledger, const LedgerAgent *agent, int channel);
gboolean
ledger_eligible (const Ledger *ledger, const LedgerAgent *agent, const LedgerRequest *request);
/* Whether the agent may have it by asking for one more of a channel (voice: of any), or by naming
 * it.
 */
/* Whether it is the agent's choice to take something on its channel. */
gboolean
ledger_takes (const Ledger *ledger, const LedgerAgent *agent, const LedgerRequest *request);
gboolean ledger_pullable (const Ledger *ledger,
                          const LedgerAgent *agent,
                          const LedgerRequest *request,
                          int channel);
gboolean
ledger_takeable (const Ledger *ledger, const LedgerAgent *agent, const LedgerRequest *request);
/* < 0 if a is to be served before b. */
int ledger_compare_requests (const LedgerRequest *a, const LedgerRequest *b);
/* < 0 if a is to be chosen before b for this request, 0 if only chance can tell. */
int ledger_compare_agents (const Ledger *ledger,
                           const LedgerRequest *request,
                           const LedgerAgent *a,
                           const LedgerAgent *b);
guint ledger_waiting (const Ledger *ledger, int queue);
guint ledger_staffed (const Ledger *ledger, int queue);

G_END_DECLS
