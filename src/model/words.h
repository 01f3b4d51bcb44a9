/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The closed sets of words, each an enum with its names in JSON. Names never change: they stand in
 * journals and in the API. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MODEL_CHANNEL_VOICE,
  MODEL_CHANNEL_WEBCHAT,
  MODEL_CHANNEL_SMS,
  MODEL_CHANNEL_FACEBOOK,
  MODEL_CHANNEL_INSTAGRAM,
  MODEL_CHANNEL_EMAIL,
  MODEL_CHANNEL_IM,
} ModelChannel;
#define MODEL_N_CHANNELS 7

typedef enum
{
  MODEL_DIRECTION_IN,
  MODEL_DIRECTION_OUT,
  MODEL_DIRECTION_INTERNAL
} ModelDirection;

typedef enum
{
  MODEL_ORIGIN_QUEUE,
  MODEL_ORIGIN_DIRECT,
  MODEL_ORIGIN_CALLBACK,
  MODEL_ORIGIN_CAMPAIGN,
  MODEL_ORIGIN_TRANSFER,
  MODEL_ORIGIN_CONSULT,
} ModelOrigin;

typedef enum
{
  MODEL_REQUEST_NEW,
  MODEL_REQUEST_TRANSFER,
  MODEL_REQUEST_CONSULT,
  MODEL_REQUEST_CONFERENCE,
  MODEL_REQUEST_CALLBACK,
  MODEL_REQUEST_PREVIEW,
  MODEL_REQUEST_PERSONAL,
  MODEL_REQUEST_PARKED,
} ModelRequestKind;

/* What a person of the centre may do. */
typedef enum
{
  MODEL_ROLE_AGENT,
  MODEL_ROLE_SUPERVISOR
} ModelRole;

/* A participation's part in its interaction. */
typedef enum
{
  MODEL_PART_PRIMARY,
  MODEL_PART_CONSULTED,
  MODEL_PART_CONFERENCED,
  MODEL_PART_SUPERVISING,
} ModelPart;

typedef enum
{
  MODEL_AGENT_OFFLINE,
  MODEL_AGENT_IDLE,
  MODEL_AGENT_AVAILABLE
} ModelAgentState;
#define MODEL_N_AGENT_STATES 3

typedef enum
{
  MODEL_MEMBERSHIP_OUT,
  MODEL_MEMBERSHIP_READY,
  MODEL_MEMBERSHIP_PAUSED
} ModelMembership;

typedef enum
{
  MODEL_STATION_SOFTPHONE,
  MODEL_STATION_DESK_PHONE,
  MODEL_STATION_OUTSIDE
} ModelStation;
#define MODEL_N_STATIONS 3

typedef enum
{
  MODEL_SELECT_LONGEST_IDLE,
  MODEL_SELECT_MOST_SKILLED
} ModelSelection;

typedef enum
{
  MODEL_AUTO_ACCEPT_OFF,
  MODEL_AUTO_ACCEPT_ON,
  MODEL_AUTO_ACCEPT_AGENT
} ModelAutoAccept;

/* Whose notes and messages an agent may read beside the own. */
typedef enum
{
  MODEL_HISTORY_QUEUES, /* those of the queues that the agent serves */
  MODEL_HISTORY_ALL,
  MODEL_HISTORY_OWN, /* none */
} ModelHistory;

/* Who records clips of one's own. */
typedef enum
{
  MODEL_CLIPS_ALL,
  MODEL_CLIPS_SUPERVISORS,
  MODEL_CLIPS_NONE,
} ModelClips;

/* Whom an agent finds in the directory; supervisors find everyone. */
typedef enum
{
  MODEL_DIRECTORY_EVERYONE,
  MODEL_DIRECTORY_TEAM, /* those of the own team */
} ModelDirectoryAgents;

/* What becomes of a payment card's number in what is written. */
typedef enum
{
  MODEL_CARD_DATA_MASK,
  MODEL_CARD_DATA_BLOCK, /* masked, and agents' messages with one are refused */
  MODEL_CARD_DATA_KEEP,
} ModelCardData;

/* What a queue does with a request that it cannot keep. */
typedef enum
{
  MODEL_OVERFLOW_WAIT,
  MODEL_OVERFLOW_QUEUE,
  MODEL_OVERFLOW_REJECT,
  MODEL_OVERFLOW_VOICEMAIL, /* of calls */
  MODEL_OVERFLOW_TEAM,      /* of calls: its number is rung, if it takes one more */
} ModelOverflowAction;

typedef enum
{
  MODEL_VARIABLE_TEXT,
  MODEL_VARIABLE_NUMBER,
  MODEL_VARIABLE_DATE,
  MODEL_VARIABLE_DATETIME,
  MODEL_VARIABLE_CHOICE,
} ModelVariableType;

/* What colleagues see of an agent, derived from all that the core knows of him or her. */
typedef enum
{
  MODEL_PRESENCE_READY, /* could take a call now */
  MODEL_PRESENCE_BUSY,  /* work rings, is in hand or is wrapped up */
  MODEL_PRESENCE_ON_BREAK,
  MODEL_PRESENCE_SIGNED_OUT,
} ModelPresence;

/* When the calls to an agent go elsewhere. */
typedef enum
{
  MODEL_FORWARD_OFF,
  MODEL_FORWARD_ALWAYS,
  MODEL_FORWARD_BUSY, /* signed in, and cannot be rung now */
  MODEL_FORWARD_NO_ANSWER,
  MODEL_FORWARD_SIGNED_OUT,
  MODEL_FORWARD_NOT_TAKEN, /* each of the three */
} ModelForward;

/* Where to. */
typedef enum
{
  MODEL_FORWARD_TO_NONE,
  MODEL_FORWARD_TO_AGENT,
  MODEL_FORWARD_TO_QUEUE,
  MODEL_FORWARD_TO_NUMBER,
  MODEL_FORWARD_TO_VOICEMAIL, /* the agent's own */
} ModelForwardTo;

/* What an agent may choose of these. */
typedef enum
{
  MODEL_FORWARDING_ALL,
  MODEL_FORWARDING_INSIDE, /* to no number */
  MODEL_FORWARDING_NONE,
} ModelForwarding;

/* How an offer, a request or an interaction ended. */
typedef enum
{
  MODEL_OUTCOME_NONE,
  MODEL_OUTCOME_ACCEPTED,          /* offer */
  MODEL_OUTCOME_DECLINED,          /* offer */
  MODEL_OUTCOME_MISSED,            /* offer */
  MODEL_OUTCOME_WITHDRAWN,         /* offer */
  MODEL_OUTCOME_ANSWERED,          /* request, interaction */
  MODEL_OUTCOME_ABANDONED,         /* request, interaction: the customer left the queue */
  MODEL_OUTCOME_ABANDONED_RINGING, /* request, interaction: the customer left while it rang */
  MODEL_OUTCOME_TIMED_OUT,         /* request, interaction: waited too long */
  MODEL_OUTCOME_MOVED,             /* request: to another queue */
  MODEL_OUTCOME_REJECTED,          /* interaction: closed, full, unstaffed, ... */
  MODEL_OUTCOME_FAILED,            /* request, interaction: an engine or channel lost it */
  MODEL_OUTCOME_NOT_REACHED,       /* interaction: nobody took the call */
  MODEL_OUTCOME_VOICEMAIL,         /* interaction: the caller was asked for a message */
} ModelOutcome;

/* Where open work on a conversation stands; what has ended is resolved. */
typedef enum
{
  MODEL_STATUS_OPEN,
  MODEL_STATUS_PENDING,   /* it is the customer's turn */
  MODEL_STATUS_ESCALATED, /* supervisors are to look at it */
} ModelStatus;

/* How a supervisor follows a call, or comes into it. */
typedef enum
{
  MODEL_SUPERVISION_NONE,
  MODEL_SUPERVISION_LISTEN,    /* heard by nobody */
  MODEL_SUPERVISION_WHISPER,   /* heard by the agent alone */
  MODEL_SUPERVISION_BARGE,     /* is in it from then on, as one of a conference */
  MODEL_SUPERVISION_TAKE_OVER, /* has it from then on */
} ModelSupervision;

/* How the customer was, as an agent saw it. */
typedef enum
{
  MODEL_SENTIMENT_NONE,
  MODEL_SENTIMENT_POSITIVE,
  MODEL_SENTIMENT_NEUTRAL,
  MODEL_SENTIMENT_NEGATIVE,
} ModelSentiment;

#define MODEL_WORDS(Type, name)                                                                    \
  const char *model_##name##_to_text (Type value);                                                 \
  gboolean model_##name##_from_text (const char *text, Type *value);                               \
  extern const char *const model_##name##_names[];

MODEL_WORDS (ModelChannel, channel)
MODEL_WORDS (ModelDirection, direction)
MODEL_WORDS (ModelOrigin, origin)
MODEL_WORDS (ModelRequestKind, request_kind)
MODEL_WORDS (ModelRole, role)
MODEL_WORDS (ModelPart, part)
MODEL_WORDS (ModelAgentState, agent_state)
MODEL_WORDS (ModelMembership, membership)
MODEL_WORDS (ModelPresence, presence)
MODEL_WORDS (ModelStation, station)
MODEL_WORDS (ModelSelection, selection)
MODEL_WORDS (ModelAutoAccept, auto_accept)
MODEL_WORDS (ModelClips, clips)
MODEL_WORDS (ModelHistory, history)
MODEL_WORDS (ModelCardData, card_data)
MODEL_WORDS (ModelDirectoryAgents, directory_agents)
MODEL_WORDS (ModelOverflowAction, overflow_action)
MODEL_WORDS (ModelVariableType, variable_type)
MODEL_WORDS (ModelForward, forward)
MODEL_WORDS (ModelForwardTo, forward_to)
MODEL_WORDS (ModelForwarding, forwarding)
MODEL_WORDS (ModelOutcome, outcome)
MODEL_WORDS (ModelStatus, status)
MODEL_WORDS (ModelSentiment, sentiment)
MODEL_WORDS (ModelSupervision, supervision)

/* Channels other than voice; those whose customer waits at the other end (chat) are live. */
gboolean model_channel_is_live (ModelChannel channel);

G_END_DECLS
