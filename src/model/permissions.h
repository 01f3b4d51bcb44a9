/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what: the core refuses by this and the desktop greys and hides by it, so that the two
 * never differ. Pure functions, any thread. */
#pragma once

#include "model/codes.h"
#include "model/words.h"

G_BEGIN_DECLS

typedef enum
{
  MODEL_ACTION_ANSWER,
  MODEL_ACTION_DECLINE,
  MODEL_ACTION_HOLD,
  MODEL_ACTION_RESUME,
  MODEL_ACTION_END,
  MODEL_ACTION_MUTE,
  MODEL_ACTION_DTMF,
  MODEL_ACTION_VARIABLES,
  MODEL_ACTION_NOTES,
  MODEL_ACTION_DISPOSITION,
  MODEL_ACTION_TAGS,
  MODEL_ACTION_WRAP_UP_SUBMIT,
  MODEL_ACTION_WRAP_UP_EXTEND,
  MODEL_ACTION_WRAP_UP_END, /* early; a supervisor may do it for an agent */
  MODEL_ACTION_UNASSIGN,
  MODEL_ACTION_TRANSFER,
  MODEL_ACTION_CONSULT,     /* ask a colleague for a private talk */
  MODEL_ACTION_CONFERENCE,  /* ask a colleague to join the customer too */
  MODEL_ACTION_MERGE,       /* the consulted colleague joins the customer */
  MODEL_ACTION_END_CONSULT, /* take the question back, or end the private talk */
  MODEL_ACTION_LEAVE,       /* one's own part alone */
  MODEL_ACTION_WRITE,       /* to the customer */
  MODEL_ACTION_STATUS,      /* says where the work stands */
  MODEL_ACTION_REMOVE,      /* sends away somebody who came */
  MODEL_ACTION_MUTE_OTHER,  /* nobody hears somebody of the conference, or hears him or her again */
  MODEL_ACTION_PARK,        /* puts the customer into a numbered place */
  MODEL_ACTION_GIVE_CHARGE, /* somebody of the conference leads from then on */
  MODEL_ACTION_FORCE_CLOSE, /* ends what is stuck; a supervisor may do it for an agent at any time
                             */
} ModelAction;
#define MODEL_N_ACTIONS (MODEL_ACTION_FORCE_CLOSE + 1)

/* What the piece of work is to this agent. */
typedef enum
{
  MODEL_WORK_OFFERED,
  MODEL_WORK_OFFERED_AUTO, /* answered by itself */
  MODEL_WORK_DIALLING,     /* the agent's own call, not taken yet */
  MODEL_WORK_CONNECTED,
  MODEL_WORK_HELD,
  MODEL_WORK_WRAP_UP,
  MODEL_WORK_CLOSED,
} ModelWork;
#define MODEL_N_WORKS (MODEL_WORK_CLOSED + 1)

/* Who else is in it, or is asked to come. */
typedef enum
{
  MODEL_COMPANY_NONE,
  MODEL_COMPANY_ASKED,     /* somebody is asked */
  MODEL_COMPANY_CONSULTED, /* somebody is consulted */
  MODEL_COMPANY_CONFERENCE,
  MODEL_COMPANY_CONFERENCE_ASKED,
  MODEL_COMPANY_CONFERENCE_CONSULTED,
  MODEL_COMPANY_CONFERENCE_FULL,
} ModelCompany;
#define MODEL_N_COMPANIES (MODEL_COMPANY_CONFERENCE_FULL + 1)

typedef enum
{
  MODEL_HIDDEN,
  MODEL_GREYED,
  MODEL_ALLOWED
} ModelVerdict;

typedef struct
{
  ModelVerdict verdict;
  ModelCode reason; /* of greyed and hidden */
} ModelPermission;

typedef struct
{
  ModelRole role;
  gboolean own; /* the actor's own work, not that of an agent */
  ModelPart part;
  ModelWork work;
  ModelChannel channel;
  ModelStation station;
  ModelCompany company;
  gboolean customer_gone; /* of a call in which others talk on */
  gboolean internal;      /* a call of colleagues: whom the company counts without the first */
  gboolean stuck;         /* what carries it does not do what it was asked for */
} ModelPermissionCase;

/* An agent who would call somebody, and what voice work he or she has in hand. */
typedef struct
{
  gboolean has_queue; /* one in whose name to call */
  gboolean there;     /* signed in and staying, with a desk */
  gboolean station_ready;
  gboolean wrap_up_blocks; /* a call's wrap-up keeps everything away */
  guint slots;
  guint offers;
  guint calls; /* that talk, are held, or are being dialled */
  guint wrap_ups;
} ModelCaller;

/* What a supervisor does about an agent. */
typedef enum
{
  MODEL_SUPERVISE_STATE,
  MODEL_SUPERVISE_QUEUES,
  MODEL_SUPERVISE_SIGN_OUT,
  MODEL_SUPERVISE_WRAP_UP, /* ends one early */
  MODEL_SUPERVISE_MONITOR, /* a call: listens, or whispers */
  MODEL_SUPERVISE_JOIN,    /* comes into it, to stay or to lead it */
  MODEL_SUPERVISE_RECORD,  /* the recording of a call, as the rules allow the agent */
  MODEL_SUPERVISE_FORWARD, /* where the agent's own calls go, signed in or not */
  MODEL_SUPERVISE_CLOSE,   /* what is in hand, by force, signed in or not */
} ModelSuperviseAction;
#define MODEL_N_SUPERVISE_ACTIONS (MODEL_SUPERVISE_CLOSE + 1)

typedef struct
{
  ModelRole role;
  gboolean leads; /* the agent's team */
  gboolean self;  /* it is the supervisor's own */
  gboolean signed_in;
  ModelWork work; /* of WRAP_UP, MONITOR and JOIN */
  ModelChannel channel;
  gboolean station_ready; /* the supervisor's, of MONITOR and JOIN */
  gboolean busy;          /* the supervisor has a call, or is offered one */
  gboolean customer_gone; /* of JOIN */
  gboolean full;          /* of JOIN: nobody more has room in the call */
} ModelSuperviseCase;

/* An agent who would have the own calls forwarded. */
typedef struct
{
  ModelForwarding allowed;
  ModelForwardTo to;
  gboolean has_box;
  gboolean team; /* the number leads to a team that has one */
} ModelForwardCase;

/* A team that has a number, as where a piece of work is to go. */
typedef struct
{
  gboolean call;     /* not digital work */
  gboolean has_room; /* it takes one more */
} ModelReachCase;

/* Of how many are asked, consulted and conferenced; `most` may talk with each other, the customer
 * and the primary agent among them. */
ModelCompany model_company (guint asked, guint consulted, guint conferenced, guint most);
ModelPermission model_permission (ModelAction action, const ModelPermissionCase *situation);
ModelPermission model_permission_to_call (const ModelCaller *caller);
ModelPermission model_permission_to_reach (ModelAction action, const ModelReachCase *situation);
ModelPermission model_permission_to_forward (const ModelForwardCase *situation);
ModelPermission
model_permission_to_supervise (ModelSuperviseAction action, const ModelSuperviseCase *situation);
extern const char *const model_action_names[];

G_END_DECLS
