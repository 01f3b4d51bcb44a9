/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of an offer: it ends exactly once, in one of four ways. Read-only data. */
#include "acd/machines.h"

static const char *const states[] = { "created", "ringing", "over" };
static const char *const steps[] = { "ringing", "accepted",  "declined",
                                     "missed",  "withdrawn", "none" };

static const BaseTransition table[ACD_N_OFFER_STATES][ACD_N_OFFER_STEPS] = {
  [ACD_OFFER_CREATED] = {
      [ACD_OFFER_STEP_RINGING] = BASE_TO (ACD_OFFER_RINGING, 0),
      [ACD_OFFER_STEP_ACCEPTED] = BASE_TO (ACD_OFFER_OVER, 0),
      [ACD_OFFER_STEP_DECLINED] = BASE_TO (ACD_OFFER_OVER, 0),
      [ACD_OFFER_STEP_MISSED] = BASE_TO (ACD_OFFER_OVER, 0),
      [ACD_OFFER_STEP_WITHDRAWN] = BASE_TO (ACD_OFFER_OVER, 0),
  },
  [ACD_OFFER_RINGING] = {
      [ACD_OFFER_STEP_ACCEPTED] = BASE_TO (ACD_OFFER_OVER, 0),
      [ACD_OFFER_STEP_DECLINED] = BASE_TO (ACD_OFFER_OVER, 0),
      [ACD_OFFER_STEP_MISSED] = BASE_TO (ACD_OFFER_OVER, 0),
      [ACD_OFFER_STEP_WITHDRAWN] = BASE_TO (ACD_OFFER_OVER, 0),
  },
};

const BaseMachine acd_offer_machine = {
  "offer", ACD_N_OFFER_STATES, ACD_N_OFFER_STEPS, states, steps, &table[0][0],
};

guint
acd_offer_step (const ModelEvent *event)
{
  if (event->type == MODEL_EVENT_OFFER_RINGING)
    return ACD_OFFER_STEP_RINGING;
  if (event->type != MODEL_EVENT_OFFER_ENDED || event->outcome < MODEL_OUTCOME_ACCEPTED ||
      event->outcome > MODEL_OUTCOME_WITHDRAWN)
    return ACD_OFFER_STEP_NONE;
  return (guint) (ACD_OFFER_STEP_ACCEPTED + (event->outcome - MODEL_OUTCOME_ACCEPTED));
}
