/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state machines of agents, offers and participations, each a table in a file of its own. */
#pragma once

#include "acd/state.h"
#include "base/transition.h"

G_BEGIN_DECLS

/* An agent: offline, idle, available (ModelAgentState). */
typedef enum
{
  ACD_AGENT_STEP_SIGNED_IN,
  ACD_AGENT_STEP_SIGNED_OUT,
  ACD_AGENT_STEP_IDLE,
  ACD_AGENT_STEP_AVAILABLE,
  ACD_AGENT_STEP_OTHER, /* of the session, desk, station, memberships */
  ACD_AGENT_STEP_NONE,
} AcdAgentStep;
#define ACD_N_AGENT_STEPS 6
extern const BaseMachine acd_agent_machine;
guint acd_agent_step (const ModelEvent *event);

/* An offer: created, ringing, over. */
#define ACD_OFFER_OVER     2
#define ACD_N_OFFER_STATES 3
typedef enum
{
  ACD_OFFER_STEP_RINGING,
  ACD_OFFER_STEP_ACCEPTED,
  ACD_OFFER_STEP_DECLINED,
  ACD_OFFER_STEP_MISSED,
  ACD_OFFER_STEP_WITHDRAWN,
  ACD_OFFER_STEP_NONE, /* an event that is no step of an offer */
} AcdOfferStep;
#define ACD_N_OFFER_STEPS 6
extern const BaseMachine acd_offer_machine;
guint acd_offer_step (const ModelEvent *event);

/* A participation: active, held, left (wrap-up due), wrapping up; of a call that the agent begins
 * calling and dialling before; over. */
#define ACD_PART_OVER     6
#define ACD_N_PART_STATES 7
typedef enum
{
  ACD_PART_STEP_DIALLING,
  ACD_PART_STEP_CONNECTED,
  ACD_PART_STEP_HELD,
  ACD_PART_STEP_RESUMED,
  ACD_PART_STEP_MUTED,
  ACD_PART_STEP_UNMUTED,
  ACD_PART_STEP_ABSENT,
  ACD_PART_STEP_PRESENT,
  ACD_PART_STEP_ROLE,
  ACD_PART_STEP_LEFT,
  ACD_PART_STEP_STARTED,
  ACD_PART_STEP_EXTENDED,
  ACD_PART_STEP_ENDED,
  ACD_PART_STEP_NONE,
} AcdPartStep;
#define ACD_N_PART_STEPS 14
typedef enum
{
  ACD_PART_DO_NOTHING,
  ACD_PART_DO_DIAL,
  ACD_PART_DO_CONNECT,
  ACD_PART_DO_HOLD,
  ACD_PART_DO_RESUME,
  ACD_PART_DO_MUTE,
  ACD_PART_DO_UNMUTE,
  ACD_PART_DO_MISS,
  ACD_PART_DO_FIND,
  ACD_PART_DO_CHANGE_ROLE,
  ACD_PART_DO_LEAVE,
  ACD_PART_DO_START,
  ACD_PART_DO_EXTEND,
  ACD_PART_DO_END,
} AcdPartAction;
extern const BaseMachine acd_part_machine;
guint acd_part_step (const ModelEvent *event);

G_END_DECLS
