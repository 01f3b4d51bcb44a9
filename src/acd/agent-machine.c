/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of an agent: signing in leads to idle, and from there on choice and machine lead
 * between idle and available until signing out. Read-only data. */
#include "acd/machines.h"

static const char *const states[] = { "offline", "idle", "available" };
static const char *const steps[] = {
  "signed_in", "signed_out", "idle", "available", "other", "none"
};

static const BaseTransition table[MODEL_N_AGENT_STATES][ACD_N_AGENT_STEPS] = {
  [MODEL_AGENT_OFFLINE] = {
      [ACD_AGENT_STEP_SIGNED_IN] = BASE_TO (MODEL_AGENT_IDLE, 0),
  },
  [MODEL_AGENT_IDLE] = {
      [ACD_AGENT_STEP_SIGNED_OUT] = BASE_TO (MODEL_AGENT_OFFLINE, 0),
      [ACD_AGENT_STEP_IDLE] = BASE_TO (MODEL_AGENT_IDLE, 0),
      [ACD_AGENT_STEP_AVAILABLE] = BASE_TO (MODEL_AGENT_AVAILABLE, 0),
      [ACD_AGENT_STEP_OTHER] = BASE_TO (MODEL_AGENT_IDLE, 0),
  },
  [MODEL_AGENT_AVAILABLE] = {
      [ACD_AGENT_STEP_SIGNED_OUT] = BASE_TO (MODEL_AGENT_OFFLINE, 0),
      [ACD_AGENT_STEP_IDLE] = BASE_TO (MODEL_AGENT_IDLE, 0),
      [ACD_AGENT_STEP_AVAILABLE] = BASE_TO (MODEL_AGENT_AVAILABLE, 0),
      [ACD_AGENT_STEP_OTHER] = BASE_TO (MODEL_AGENT_AVAILABLE, 0),
  },
};

const BaseMachine acd_agent_machine = {
  "agent", MODEL_N_AGENT_STATES, ACD_N_AGENT_STEPS, states, steps, &table[0][0],
};

guint
acd_agent_step (const ModelEvent *event)
{
  if (event->type == MODEL_EVENT_AGENT_SIGNED_IN)
    return event->state == MODEL_AGENT_IDLE ? ACD_AGENT_STEP_SIGNED_IN : ACD_AGENT_STEP_NONE;
  if (event->type == MODEL_EVENT_AGENT_SIGNED_OUT)
    return ACD_AGENT_STEP_SIGNED_OUT;
  if (event->type != MODEL_EVENT_AGENT_STATE_CHANGED)
    return ACD_AGENT_STEP_OTHER;
  if (event->state == MODEL_AGENT_IDLE)
    return ACD_AGENT_STEP_IDLE;
  return event->state == MODEL_AGENT_AVAILABLE ? ACD_AGENT_STEP_AVAILABLE : ACD_AGENT_STEP_NONE;
}
