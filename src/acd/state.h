/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core's state, for the files of this room alone. Everything in it changes in apply*.c, but for
 * what can be computed from the rest: the indexes (trees of ready agents, waiting requests, timers)
 * and the marks of what the next dispatch has to look at. */
#pragma once

#include "acd/core.h"
#include "acd/view.h"
#include "acd/idmap.h"
#include "acd/pool.h"
#include "acd/tree.h"
#include "model/permissions.h"

G_BEGIN_DECLS

typedef struct _AcdQueue AcdQueue;
typedef struct _AcdClass AcdClass;
typedef struct _AcdAgent AcdAgent;
typedef struct _AcdInteraction AcdInteraction;
typedef struct _AcdRequest AcdRequest;
typedef struct _AcdOffer AcdOffer;
typedef struct _AcdPart AcdPart;
typedef struct _AcdExclusion AcdExclusion;
typedef struct _AcdEntry AcdEntry;
typedef struct _AcdParty AcdParty;

/* Deadlines of one kind share a tree, since those of one kind mostly come in order. */
typedef enum
{
  ACD_TIMER_OFFER,
  ACD_TIMER_REQUEST,
  ACD_TIMER_PART,
  ACD_TIMER_EXCLUSION,
  ACD_TIMER_AGENT,
  ACD_TIMER_RECORDING,
  ACD_TIMER_PARTY,
} AcdTimerKind;
#define ACD_N_TIMERS 7

/* What a queue or entry point requires, prepared. */
typedef struct
{
  const char *skill; /* interned */
  gint32 level;
  gint64 relaxed_after; /* ms, 0 = never */
} AcdRequired;

/* An entry point of the definitions in force. */
struct _AcdEntry
{
  const char *id;  /* interned */
  AcdQueue *queue; /* NULL: it leads to a team that has a number, and nowhere else */
  AcdRequired *required;
  guint n_required;
  guint n_variables;
  ModelEntryPoint def; /* what is behind its pointers is the definitions' */
};

/* What every decision looks at is in the first two lines of the cache. */
struct _AcdQueue
{
  const char *id;    /* interned */
  AcdClass *classes; /* owned */
  AcdRequired *required;
  guint16 n_required;
  guint8 open;
  guint8 retired;
  guint waiting;
  guint staffed;     /* agents who joined, ready or paused */
  guint moves;       /* counts whatever came in line or left it; for onlookers, in no journal */
  GPtrArray *agents; /* AcdAgent who may join */
  ModelDefinitions *definitions; /* keeps what def points to */
  ModelQueue def;
};

/* What a request needs: a level of a skill, until some time. A team is needed like a skill whose
 * name nobody can give, see acd_team_need (). */
typedef struct
{
  const char *skill; /* interned */
  gint32 level;
  gint64 until; /* G_MAXINT64 = for ever */
} AcdNeed;
#define ACD_NEEDS_MAX 16

/* The first in line of a class, beside those of all others: what a free agent looks at. */
typedef struct
{
  gint64 rank; /* G_MAXINT64 = nobody waits */
  ModelId id;
  AcdRequest *request;
  AcdInteraction *interaction;
} AcdHead;

/* The requests of one queue with the same needs, and the agents who fulfil them. */
struct _AcdClass
{
  guint32 index; /* of its head */
  guint8 channel;
  guint8 n_needs;
  AcdQueue *queue;
  AcdNeed *needs;  /* sorted by skill; until is not used */
  AcdTree waiting; /* AcdRequest.node by rank */
  AcdTree ready;   /* AcdSeat.node by who comes first */
  AcdClass *next;  /* of the queue, in the order of their making */
};

/* An agent's place in a class. */
typedef struct
{
  AcdNode node; /* extra = index of the agent */
  AcdClass *klass;
  guint32 place; /* index in the agent's places */
  gint32 score;  /* sum of the levels asked for */
} AcdSeat;

/* What a free agent has to know of a seat. */
typedef struct
{
  guint32 head : 24;
  guint32 channels : 8; /* the bit of the class's channel, 0 while not ready in its queue */
} AcdLook;

/* An agent's membership of a queue. */
typedef struct
{
  AcdQueue *queue;
  const char *reason;
  gint32 membership;
} AcdPlace;

/* One of an agent's channels on which nothing comes, though the agent may be available. */
typedef struct
{
  const char *reason; /* NULL = it is not so */
  const char *by;     /* the supervisor who did it, or NULL */
  gint64 since;
} AcdOut;

/* A request that an agent does not get again for a while. */
struct _AcdExclusion
{
  AcdNode timer;
  AcdAgent *agent;
  ModelId request;
  gint64 until;
  AcdExclusion *next;
};

/* What every decision looks at comes first, line by line of the cache. */
struct _AcdAgent
{
  const char *id; /* interned */
  const char *team;
  AcdLook *looks; /* one for each seat */
  AcdSeat *seats;
  AcdOffer *offers;
  AcdPart *parts;
  AcdExclusion *exclusions;
  ModelId session; /* 0 = signed out */
  gint64 idle_since;
  gint64 desk_lost_at;    /* 0 = the desk is there */
  gint64 station_lost_at; /* when it went unreachable, within its grace; 0 = not so */
  guint16 n_places;
  guint16 n_seats;
  guint16 n_seated;  /* seats that are in their trees */
  guint8 state;      /* ModelAgentState */
  guint8 next_state; /* ModelAgentState, offline = none */
  guint8 station;    /* ModelStation */
  guint8 retired;
  guint8 station_ready;
  guint8 desk_connected;
  guint8 auto_accept;
  guint8 sign_out_pending;
  guint8 marked;                      /* in core->marked */
  guint8 rejoined;                    /* a membership or a class was added since the last look */
  guint8 ready;                       /* bits of channels, as the trees have it */
  guint8 automatic[MODEL_N_CHANNELS]; /* up to how many come by themselves */
  guint8 used[MODEL_N_CHANNELS];      /* by offers, active parts and wrap-ups */
  guint8 calls;                       /* voice offers, voice parts that talk or dial */
  guint8 dialling;                    /* of them those that dial */
  guint8 call_wrap_ups;
  guint8 wrap_ups;
  guint8 n_offers;
  guint8 shut;      /* bits of channels that are out */
  AcdTree personal; /* AcdRequest.node of waiting personal requests by rank */
  AcdNode timer;
  guint index;
  AcdPlace *places;
  guint64 tie;
  const char *reason;
  const char *next_reason;
  gint64 since;
  const ModelAgent *def;
  ModelDefinitions *definitions;  /* keeps def */
  guint8 slots[MODEL_N_CHANNELS]; /* what there is room for */
  guint8 forward;                 /* ModelForward: when the own calls go elsewhere, */
  guint8 forward_to;              /* ModelForwardTo */
  const char *forward_target;     /* the agent or queue */
  AcdOut out[MODEL_N_CHANNELS];
};

typedef struct
{
  const char *variable; /* interned; or one of those below */
  gint32 revision;
} AcdRevision;

/* What all who work on an interaction share beside the variables; no variable has such a name. */
#define ACD_TAGS      "#tags"
#define ACD_SENTIMENT "#sentiment"

/* One line of the cache. */
struct _AcdInteraction
{
  ModelId id;
  ModelId leg;
  const char *entry_point;
  const char *language;
  AcdRequest *requests;
  AcdPart *parts;
  GArray *revisions; /* AcdRevision in order of arrival, or NULL */
  gint64 created : 46;
  guint64 channel : 4;
  guint64 direction : 4;
  guint64 origin : 4;
  guint64 customer_present : 1;
  guint64 answered : 1;
  guint64 status : 2;    /* ModelStatus */
  guint64 voicemail : 1; /* the caller is asked for a message */
  guint64 stuck : 1;     /* what carries it does not do what it was asked for */
};

typedef enum
{
  ACD_REQUEST_WAITING,
  ACD_REQUEST_OFFERED
} AcdRequestState;

/* Three lines of the cache. */
struct _AcdRequest
{
  AcdNode node; /* in its class or its owner's personal queue; key = rank, in a tree or not */
  ModelId id;
  AcdInteraction *interaction;
  AcdQueue *queue; /* or */
  AcdAgent *owner; /* of a personal request */
  union
  {
    AcdClass *klass; /* while in a queue */
    AcdQueue *back;  /* of a personal request: where it goes when the owner does not take it, */
    AcdAgent *giver; /* or if to_giver, to whom */
  };
  AcdOffer *offer;
  gint64 wait_deadline;
  gint64 queued_at;  /* first */
  gint64 entered_at; /* this queue */
  gint32 priority;
  guint16 place; /* of a parked one */
  guint16 n_needs : 5;
  guint16 kind : 5;
  guint16 state : 1; /* AcdRequestState */
  guint16 marked : 1;
  guint16 to_giver : 1;
  AcdNode timer;
  AcdNeed *needs;
  AcdRequest *next; /* of the interaction */
};

typedef enum
{
  ACD_OFFER_CREATED,
  ACD_OFFER_RINGING
} AcdOfferState;

struct _AcdOffer
{
  ModelId id;
  AcdRequest *request;
  AcdAgent *agent;
  AcdOffer *next; /* of the agent */
  gint64 created;
  gint64 deadline;
  AcdNode timer;
  guint8 state; /* AcdOfferState */
  guint8 auto_accept;
};

typedef enum
{
  ACD_PART_ACTIVE,
  ACD_PART_HELD,
  ACD_PART_LEFT,
  ACD_PART_WRAP_UP,
  ACD_PART_CALLING, /* the agent calls out: the own station is rung */
  ACD_PART_DIALLING /* and then the other side */
} AcdPartState;

/* A participation; what a hanging up looks at is in the first two lines of the cache. */
struct _AcdPart
{
  ModelId id;
  ModelId leg;
  AcdInteraction *interaction;
  AcdAgent *agent;
  AcdQueue *queue;              /* NULL = personal */
  AcdPart *next;                /* of the agent */
  AcdPart *sibling;             /* of the interaction */
  guint8 part;                  /* ModelPart */
  guint8 state;                 /* AcdPartState */
  guint8 disposition_automatic; /* set by the centre: stays */
  guint8 muted;                 /* the others do not hear it */
  guint8 mode;                  /* ModelSupervision, of a supervising one */
  const char *disposition;
  gint64 joined;
  gint64 since;
  gint64 held_total;
  gint64 queued_at; /* of the request that led here, for going back to its queue */
  gint64 deadline;  /* of the wrap-up, of being away, of dialling; 0 = none */
  AcdNode timer;
  gint32 priority;
  gint32 disposition_revision;
  gint32 note_revision;
  gint32 extensions;
  AcdAgent *watched; /* of a supervising one: to whom it listens */
};

struct _AcdCore
{
  guint16 node;
  guint64 seed;
  guint64 counter; /* of ids that were given */
  GArray *given;   /* ModelId of those that are in no event yet; empty between decisions */
  gint64 now;      /* of the last event */
  gint64 clock;    /* of what is being decided */
  ModelDefinitions *definitions;
  GHashTable *agent_index; /* id → AcdAgent */
  GHashTable *queue_index; /* id → AcdQueue */
  GHashTable *entry_index; /* id → AcdEntry, owned */
  GPtrArray *agents;
  GPtrArray *queues;
  AcdIdMap interactions;
  AcdIdMap requests;
  AcdIdMap offers;
  AcdIdMap parts;
  AcdIdMap parties;       /* AcdParty, owned */
  AcdIdMap party_lists;   /* the first of each interaction */
  AcdIdMap parked;        /* by their places; AcdRequest */
  AcdIdMap recordings;    /* by their interactions; AcdRecording, owned */
  AcdIdMap forwards;      /* by their interactions; AcdForwards, owned */
  GHashTable *team_calls; /* id of a team that has a number → how many calls are with it */
  GArray *supervising;    /* ModelId of parts, some perhaps over */
  GArray *heads;          /* AcdHead, one for each class */
  AcdArrays arrays;       /* seats, looks, places and needs */
  AcdPool entry_pool, queue_pool, class_pool, agent_pool;
  AcdPool interaction_pool, request_pool, offer_pool, part_pool;
  AcdTree timers[ACD_N_TIMERS];
  gint64 due;              /* no timer is due before */
  GPtrArray *marked;       /* AcdAgent whose readiness may have changed */
  GPtrArray *gainers;      /* AcdAgent of the look in progress */
  GArray *marked_requests; /* ModelId of requests that wait anew */
  GPtrArray *events;       /* where the decision in progress puts its events */
  AcdQueue *queue_hint;    /* the queue of the last event made */
  AcdAgent *hint;          /* the agent of the last event made */
  gint32 conflict_revision;
};

/* Begins to bring records from memory that a decision is about to use. With 100 000 in line hardly
 * any of them is in the caches, and one after the other they would take longer than deciding. */
static inline void
acd_fetch (gconstpointer record, guint lines)
{
  for (guint i = 0; i < lines; i++)
    __builtin_prefetch ((const char *) record + 64 * i);
}

/* --- lookups (state.c) --- */
AcdAgent *acd_find_agent (const AcdCore *core, const char *id);
AcdQueue *acd_find_queue (const AcdCore *core, const char *id);
AcdEntry *acd_find_entry (const AcdCore *core, const char *id);
gboolean acd_agent_excludes (const AcdAgent *agent, ModelId request);
AcdPlace *acd_agent_place (const AcdAgent *agent, const AcdQueue *queue);
gboolean acd_agent_may_be_available (const AcdAgent *agent, ModelCode *why_not);
/* Whether this was chosen: to be available, also on this channel. */
gboolean acd_agent_takes (const AcdAgent *agent, gint32 channel);
/* Nothing comes on this channel from now on; without a reason something may come again. */
void acd_agent_set_out (AcdAgent *agent, gint32 channel, AcdOut out);
/* Anything in hand; in hand or offered: but for what colleagues write. */
gboolean acd_agent_works (const AcdAgent *agent);
gboolean acd_agent_engaged (const AcdAgent *agent);
guint acd_agent_calls_offered (const AcdAgent *agent);
/* One that nothing else is given, for an event of this decision. */
ModelId acd_new_id (AcdCore *core);
/* An event brings something with this id. FALSE: the decision was not given it, or has used it. */
gboolean acd_take_id (AcdCore *core, ModelId id, const char *member, GError **error);
guint64 acd_exclusion_tie (const AcdExclusion *exclusion);
void acd_set_revision (AcdInteraction *interaction, const char *variable, gint32 revision);
void acd_part_free (AcdCore *core, AcdPart *part);
void acd_request_free (AcdCore *core, AcdRequest *request);
void acd_offer_free (AcdCore *core, AcdOffer *offer);
void acd_forwards_forget (AcdCore *core, ModelId interaction);
void acd_interaction_free (AcdCore *core, AcdInteraction *interaction);
const ModelSettings *acd_settings (const AcdCore *core);
gboolean acd_agent_may_leave (const AcdAgent *agent);
gboolean acd_part_deserted (const AcdPart *part);
/* Joined, and not left. */
gboolean acd_part_is_in (const AcdPart *part);
/* An agent's own call that has not been taken yet. */
gboolean acd_part_dials (const AcdPart *part);
/* Whether it asks a colleague to come to what another agent has in hand, or to take a call from one
 * who keeps it until then; what colleagues write to each other does not. */
gboolean acd_request_asks (const AcdRequest *request);
/* The question that is asked, NULL = none. */
AcdRequest *acd_asked (const AcdInteraction *interaction);
/* Of a personal request: the queue or the agent where it goes when the owner does not take it. */
AcdQueue *acd_request_fallback (const AcdRequest *request);
AcdAgent *acd_request_giver (const AcdRequest *request);
/* The agent's part that is not over, NULL = none. */
AcdPart *acd_part_of (const AcdInteraction *interaction, const AcdAgent *agent);
/* The first part of this kind that is not over. */
AcdPart *acd_part_as (const AcdInteraction *interaction, ModelPart role);
ModelCompany acd_company (const AcdCore *core, const AcdInteraction *interaction);
/* How many agents are in it, but for who only listens; and with outside numbers. */
guint acd_n_agents (const AcdInteraction *interaction);
guint acd_n_in (const AcdCore *core, const AcdInteraction *interaction);
gboolean acd_is_call (const AcdInteraction *interaction);
/* A call between colleagues: those who joined the agent who leads it stand where a customer would,
 * who counts as present while one of them is in it. */
gboolean acd_is_internal (const AcdInteraction *interaction);
/* Agents and outside numbers who joined the one who leads. */
guint acd_n_joined (const AcdCore *core, const AcdInteraction *interaction);
/* Of a call, the consulted one who talks with the agent with this part, NULL = nobody. */
AcdPart *acd_private_talk (const AcdPart *part);
/* Whether the agent talks on another call than this one, with whomever. */
gboolean acd_agent_talks (const AcdCore *core, const AcdAgent *agent, const AcdInteraction *but);
gboolean acd_wrap_up_due (const AcdPart *part, const char *reason);
void acd_timer_set (AcdCore *core, AcdTimerKind kind, AcdNode *timer, gint64 deadline, guint64 tie);
void acd_agent_timer (AcdCore *core, AcdAgent *agent);
void acd_request_timer (AcdCore *core, AcdRequest *request);
/* Until it is missed, or accepted by itself. */
void acd_offer_timer (AcdCore *core, AcdOffer *offer);

/* --- the indexes of who is ready (ready.c) --- */
#define ACD_READY_IM (1 << MODEL_CHANNEL_IM)
guint8 acd_agent_ready_channels (const AcdCore *core, const AcdAgent *agent);
/* The same for what the agent asks for: as far as there is room. */
guint8 acd_agent_open_channels (const AcdCore *core, const AcdAgent *agent);
void acd_agent_mark (AcdCore *core, AcdAgent *agent);
/* Puts the agent's seats where its state says. */
void acd_agent_settle (AcdCore *core, AcdAgent *agent);
void acd_agent_settle_all (AcdCore *core);
void acd_queue_clear_classes (AcdCore *core, AcdQueue *queue);
/* Interned: what an agent of this team has a level of, and no other. */
const char *acd_team_need (const char *team);
/* The team of such a need, or NULL. */
const char *acd_need_team (const AcdNeed *need);
void acd_agent_seat_everywhere (AcdCore *core, AcdAgent *agent);
void acd_agent_clear_seats (AcdCore *core, AcdAgent *agent);
/* After a membership changed. */
void acd_agent_look_anew (AcdAgent *agent);
void acd_request_set_needs (AcdCore *core, AcdRequest *request, const AcdNeed *needs, guint n);
void acd_request_enqueue (AcdCore *core, AcdRequest *request);
void acd_request_dequeue (AcdCore *core, AcdRequest *request);
void acd_request_mark (AcdCore *core, AcdRequest *request);

/* --- events into state (apply*.c) --- */
gboolean acd_apply (AcdCore *core, const ModelEvent *event, GError **error);
gboolean acd_apply_agent (AcdCore *core, const ModelEvent *event, GError **error);
gboolean acd_apply_work (AcdCore *core, const ModelEvent *event, GError **error);
gboolean acd_apply_definitions (AcdCore *core, const ModelEvent *event, GError **error);
void acd_definitions_prepare (AcdCore *core);
void acd_definitions_free (AcdCore *core);
void
acd_definitions_take_queue (AcdCore *core, ModelDefinitions *definitions, const ModelQueue *def);
void
acd_definitions_take_agent (AcdCore *core, ModelDefinitions *definitions, const ModelAgent *def);
void acd_core_settle (AcdCore *core);
void acd_definitions_take_entries (AcdCore *core);
void acd_definitions_arrange (AcdCore *core);
void acd_definitions_take (AcdCore *core, ModelDefinitions *definitions);

/* --- making events (emit.c) --- */
ModelEvent *acd_event (AcdCore *core, ModelEventType type);
ModelEvent *acd_event_of_agent (AcdCore *core, ModelEventType type, AcdAgent *agent);
ModelEvent *acd_event_of_request (AcdCore *core, ModelEventType type, AcdRequest *request);
ModelEvent *acd_event_offering (AcdCore *core, AcdRequest *request, AcdAgent *agent);
ModelEvent *acd_event_of_offer (AcdCore *core, ModelEventType type, AcdOffer *offer);
ModelEvent *acd_event_of_part (AcdCore *core, ModelEventType type, AcdPart *part);
/* The event is of this interaction too. */
void acd_event_about (AcdCore *core, ModelEvent *event, AcdInteraction *interaction);
void acd_emit (AcdCore *core, ModelEvent *event);
gboolean acd_refuse (GError **error, AcdError code, ModelCode reason);
gboolean acd_refuse_member (GError **error, AcdError code, const char *member);

/* --- decisions --- */
typedef gboolean (*AcdDecide) (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_apply_definitions (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_restarted (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_queue_open (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_sign_in (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_sign_out (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_desk_connected (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_desk_lost (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_station (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_station_ready (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_station_lost (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_state (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_membership (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_channel (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_team (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_auto_accept (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_forwarding (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_arrive (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_customer_left (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_offer_ringing (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_offer_accept (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_offer_decline (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_offer_fault (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_take (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_pull (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_call (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_station_answered (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_customer_answered (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_call_failed (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_hold (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_resume (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_end (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_supervise (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_unsupervise (AcdCore *core, const AcdCommand *command, GError **error);
/* Whether `by`, where given, is somebody who may do this about the agent. */
gboolean acd_supervises (AcdCore *core,
                         const char *by,
                         const AcdAgent *agent,
                         ModelSuperviseAction action,
                         GError **error);
/* What supervisors listened to is over: so is their listening. */
void acd_step_end_supervision (AcdCore *core);
gboolean acd_decide_remove (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_mute (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_unmute (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_unassign (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_transfer (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_im (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_consult (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_end_consult (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_conference (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_leave (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_party_answered (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_party_failed (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_party_hung_up (AcdCore *core, const AcdCommand *command, GError **error);
/* HOLD, RESUME, REMOVE, MUTE, UNMUTE of one that there is. */
gboolean acd_decide_for_party (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_station_held (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_station_resumed (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_station_hung_up (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_variable (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_note (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_disposition (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_tags (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_sentiment (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_set_status (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_wrap_up_submit (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_wrap_up_extend (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_wrap_up_end (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_stuck (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_force_close (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_record_start (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_record_pause (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_record_extend (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_record_resume (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_record_stop (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_record_announced (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_record_failed (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_park (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_fetch (AcdCore *core, const AcdCommand *command, GError **error);
gboolean acd_decide_give_charge (AcdCore *core, const AcdCommand *command, GError **error);
/* Whether the agent's slot, station and work allow a call of the agent's own. */
gboolean
acd_may_begin_call (const AcdCore *core, const AcdAgent *agent, gboolean has_queue, GError **error);
/* Whether one can be called so, of target, queue, entry point, skill and team. */
gboolean
acd_may_call_colleague (AcdCore *core, AcdAgent *agent, const AcdCommand *command, GError **error);
AcdPart *acd_command_part (AcdCore *core, const AcdCommand *command, GError **error);
gboolean
acd_permit (AcdCore *core, const AcdPart *part, ModelAction action, const char *by, GError **error);
ModelWork acd_part_work (const AcdPart *part);

/* --- choosing (dispatch.c) --- */
void acd_dispatch (AcdCore *core);
/* What the agent is given next of what waits, of these channels (bits); NULL: nothing. */
AcdRequest *acd_best_request_on (const AcdCore *core, const AcdAgent *agent, guint8 channels);

/* --- deadlines (timers.c) --- */
void acd_fire_due (AcdCore *core);

G_END_DECLS

#include "acd/steps.h"
