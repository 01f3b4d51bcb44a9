/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ledger makes of recordings: one at a time in a call whose customer is there, pauses with
 * an end that no extension puts beyond the limit, and none that outlives its call. */
#include "simulation/ledger-work.h"

static void
pause_it (Ledger *ledger, LedgerInteraction *interaction, const ModelEvent *event)
{
  const ModelRecordingRules *rules = &ledger->definitions->settings.recording;

  if (interaction->recording != MODEL_RECORDING_PAUSED)
    interaction->paused_at = event->at;
  else
    CHECK (ledger, event->deadline > interaction->pause_ends, "a pause is extended by nothing");
  CHECK (ledger, rules->may_pause, "a recording is paused where that is forbidden");
  CHECK (ledger, event->deadline > event->at, "a pause without an end");
  CHECK (ledger, event->deadline <= interaction->paused_at + rules->pause_limit_seconds * 1000ll,
         "a pause beyond its limit");
  interaction->pause_ends = event->deadline;
  interaction->recording = MODEL_RECORDING_PAUSED;
}

void
ledger_take_of_recording (Ledger *ledger, const ModelEvent *event)
{
  LedgerInteraction *interaction = ledger_interaction (ledger, event->interaction);
  int state = interaction != NULL ? interaction->recording : MODEL_RECORDING_OFF;

  if (interaction == NULL)
    {
      ledger_complain (ledger, "a recording of what is closed");
      return;
    }
  CHECK (ledger, interaction->channel == MODEL_CHANNEL_VOICE, "what is written is recorded");
  CHECK (ledger, interaction->customer || event->type == MODEL_EVENT_RECORDING_STOPPED,
         "a recording without a customer");
  if (event->type == MODEL_EVENT_RECORDING_PAUSED)
    {
      CHECK (ledger, state == MODEL_RECORDING_ON || state == MODEL_RECORDING_PAUSED,
             "what is not recorded is paused");
      pause_it (ledger, interaction, event);
      return;
    }
  if (event->type == MODEL_EVENT_RECORDING_ANNOUNCED)
    CHECK (ledger, state == MODEL_RECORDING_OFF, "announced twice");
  else if (event->type == MODEL_EVENT_RECORDING_STARTED)
    CHECK (ledger, state <= MODEL_RECORDING_STARTING, "recorded twice");
  else if (event->type == MODEL_EVENT_RECORDING_RESUMED)
    CHECK (ledger, state == MODEL_RECORDING_PAUSED, "what is not paused is resumed");
  else
    CHECK (ledger, state != MODEL_RECORDING_OFF, "what is not recorded is stopped");
  if (event->type == MODEL_EVENT_RECORDING_STOPPED)
    interaction->recording = MODEL_RECORDING_OFF;
  else
    interaction->recording = event->type == MODEL_EVENT_RECORDING_ANNOUNCED
                                 ? MODEL_RECORDING_STARTING
                                 : MODEL_RECORDING_ON;
}

void
ledger_recordings_wait (Ledger *ledger, gint64 shift)
{
  for (guint i = 0; i < ledger->interactions->len; i++)
    {
      LedgerInteraction *interaction = ledger->interactions->pdata[i];

      interaction->paused_at += shift;
      interaction->pause_ends += shift;
    }
}
