/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a participation, from joining to the end of its wrap-up. Read-only data. */
#include "acd/machines.h"

static const char *const states[] = { "active",  "held",     "left", "wrap_up",
                                      "calling", "dialling", "over" };
static const char *const steps[] = { "dialling", "connected", "held",    "resumed", "muted",
                                     "unmuted",  "absent",    "present", "role",    "left",
                                     "started",  "extended",  "ended",   "none" };

static const BaseTransition table[ACD_N_PART_STATES][ACD_N_PART_STEPS] = {
  [ACD_PART_ACTIVE] = {
      [ACD_PART_STEP_HELD] = BASE_TO (ACD_PART_HELD, ACD_PART_DO_HOLD),
      [ACD_PART_STEP_MUTED] = BASE_TO (ACD_PART_ACTIVE, ACD_PART_DO_MUTE),
      [ACD_PART_STEP_UNMUTED] = BASE_TO (ACD_PART_ACTIVE, ACD_PART_DO_UNMUTE),
      [ACD_PART_STEP_ABSENT] = BASE_TO (ACD_PART_ACTIVE, ACD_PART_DO_MISS),
      [ACD_PART_STEP_PRESENT] = BASE_TO (ACD_PART_ACTIVE, ACD_PART_DO_FIND),
      [ACD_PART_STEP_ROLE] = BASE_TO (ACD_PART_ACTIVE, ACD_PART_DO_CHANGE_ROLE),
      [ACD_PART_STEP_LEFT] = BASE_TO (ACD_PART_LEFT, ACD_PART_DO_LEAVE),
  },
  [ACD_PART_HELD] = {
      [ACD_PART_STEP_RESUMED] = BASE_TO (ACD_PART_ACTIVE, ACD_PART_DO_RESUME),
      [ACD_PART_STEP_MUTED] = BASE_TO (ACD_PART_HELD, ACD_PART_DO_MUTE),
      [ACD_PART_STEP_UNMUTED] = BASE_TO (ACD_PART_HELD, ACD_PART_DO_UNMUTE),
      [ACD_PART_STEP_ROLE] = BASE_TO (ACD_PART_HELD, ACD_PART_DO_CHANGE_ROLE),
      [ACD_PART_STEP_LEFT] = BASE_TO (ACD_PART_LEFT, ACD_PART_DO_LEAVE),
  },
  [ACD_PART_LEFT] = {
      [ACD_PART_STEP_STARTED] = BASE_TO (ACD_PART_WRAP_UP, ACD_PART_DO_START),
  },
  [ACD_PART_WRAP_UP] = {
      [ACD_PART_STEP_EXTENDED] = BASE_TO (ACD_PART_WRAP_UP, ACD_PART_DO_EXTEND),
      [ACD_PART_STEP_ENDED] = BASE_TO (ACD_PART_OVER, ACD_PART_DO_END),
  },
  [ACD_PART_CALLING] = {
      [ACD_PART_STEP_DIALLING] = BASE_TO (ACD_PART_DIALLING, ACD_PART_DO_DIAL),
      [ACD_PART_STEP_CONNECTED] = BASE_TO (ACD_PART_ACTIVE, ACD_PART_DO_CONNECT), /* a supervisor */
      [ACD_PART_STEP_LEFT] = BASE_TO (ACD_PART_OVER, ACD_PART_DO_LEAVE),
  },
  [ACD_PART_DIALLING] = {
      [ACD_PART_STEP_CONNECTED] = BASE_TO (ACD_PART_ACTIVE, ACD_PART_DO_CONNECT),
      [ACD_PART_STEP_LEFT] = BASE_TO (ACD_PART_OVER, ACD_PART_DO_LEAVE),
  },
};

const BaseMachine acd_part_machine = {
  "participation", ACD_N_PART_STATES, ACD_N_PART_STEPS, states, steps, &table[0][0],
};

/* The steps stand in the order of their events. */
guint
acd_part_step (const ModelEvent *event)
{
  if (event->type < MODEL_EVENT_PARTICIPATION_DIALLING || event->type > MODEL_EVENT_WRAP_UP_ENDED)
    return ACD_PART_STEP_NONE;
  return (guint) (event->type - MODEL_EVENT_PARTICIPATION_DIALLING);
}
