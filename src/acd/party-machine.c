/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of an outside number in a call. Read-only data. */
#include "acd/party.h"

static const char *const states[] = { "dialling", "active", "held", "over" };
static const char *const steps[] = { "joined",  "held", "resumed", "muted",
                                     "unmuted", "role", "left",    "none" };

static const BaseTransition table[ACD_N_PARTY_STATES][ACD_N_PARTY_STEPS] = {
  [ACD_PARTY_DIALLING] = {
      [ACD_PARTY_STEP_JOINED] = BASE_TO (ACD_PARTY_ACTIVE, ACD_PARTY_DO_JOIN),
      [ACD_PARTY_STEP_ROLE] = BASE_TO (ACD_PARTY_DIALLING, ACD_PARTY_DO_CHANGE_ROLE),
      [ACD_PARTY_STEP_LEFT] = BASE_TO (ACD_PARTY_OVER, ACD_PARTY_DO_LEAVE),
  },
  [ACD_PARTY_ACTIVE] = {
      [ACD_PARTY_STEP_HELD] = BASE_TO (ACD_PARTY_HELD, ACD_PARTY_DO_HOLD),
      [ACD_PARTY_STEP_MUTED] = BASE_TO (ACD_PARTY_ACTIVE, ACD_PARTY_DO_MUTE),
      [ACD_PARTY_STEP_UNMUTED] = BASE_TO (ACD_PARTY_ACTIVE, ACD_PARTY_DO_UNMUTE),
      [ACD_PARTY_STEP_ROLE] = BASE_TO (ACD_PARTY_ACTIVE, ACD_PARTY_DO_CHANGE_ROLE),
      [ACD_PARTY_STEP_LEFT] = BASE_TO (ACD_PARTY_OVER, ACD_PARTY_DO_LEAVE),
  },
  [ACD_PARTY_HELD] = {
      [ACD_PARTY_STEP_RESUMED] = BASE_TO (ACD_PARTY_ACTIVE, ACD_PARTY_DO_RESUME),
      [ACD_PARTY_STEP_MUTED] = BASE_TO (ACD_PARTY_HELD, ACD_PARTY_DO_MUTE),
      [ACD_PARTY_STEP_UNMUTED] = BASE_TO (ACD_PARTY_HELD, ACD_PARTY_DO_UNMUTE),
      [ACD_PARTY_STEP_ROLE] = BASE_TO (ACD_PARTY_HELD, ACD_PARTY_DO_CHANGE_ROLE),
      [ACD_PARTY_STEP_LEFT] = BASE_TO (ACD_PARTY_OVER, ACD_PARTY_DO_LEAVE),
  },
};

const BaseMachine acd_party_machine = {
  "party", ACD_N_PARTY_STATES, ACD_N_PARTY_STEPS, states, steps, &table[0][0],
};

/* The steps stand in the order of their events. */
guint
acd_party_step (const ModelEvent *event)
{
  if (event->type < MODEL_EVENT_PARTY_JOINED || event->type > MODEL_EVENT_PARTY_LEFT)
    return ACD_PARTY_STEP_NONE;
  return (guint) (event->type - MODEL_EVENT_PARTY_JOINED);
}
