/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ledger makes of recordings: one at a time in a call whose customer is there, pauses with
 * an end that no extension puts beyond the limit, and none that outlives its call; and of callers
 * who leave a message. */
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

/* Whether a queue's rules, a transfer or an agent's own box lead there. */
static gboolean
leads_to_box (const Ledger *ledger, const ModelEvent *event)
{
  for (guint i = 0; i < ledger->queues->len; i++)
    {
      const ModelQueue *def = ((LedgerQueue *) ledger->queues->pdata[i])->def;
      const ModelOverflow *rules[] = { &def->when_closed, &def->when_full, &def->when_unstaffed,
                                       &def->when_waited_too_long };
      for (guint j = 0; j < G_N_ELEMENTS (rules); j++)
        if (rules[j]->action == MODEL_OVERFLOW_VOICEMAIL && g_str_equal (rules[j]->box, event->box))
          return TRUE;
    }
  if (ledger_interaction (ledger, event->interaction)->forwarded_to == MODEL_FORWARD_TO_VOICEMAIL)
    return TRUE;
  return event->reason == g_intern_static_string ("transferred") ||
         event->reason == g_intern_static_string ("owner_away") ||
         event->reason == g_intern_static_string ("waited_too_long");
}

/* The caller is there and alone: nobody serves the call, nothing records it, nothing of it waits.
 */
void
ledger_take_voicemail (Ledger *ledger, const ModelEvent *event)
{
  LedgerInteraction *interaction = ledger_interaction (ledger, event->interaction);

  if (interaction == NULL)
    {
      ledger_complain (ledger, "a message of what is closed");
      return;
    }
  CHECK (ledger, interaction->channel == MODEL_CHANNEL_VOICE, "what is written goes to voicemail");
  CHECK (ledger,
         (interaction->customer || ledger_caller_of (ledger, interaction->id) != NULL) &&
             !interaction->voicemail,
         "nobody leaves a message");
  CHECK (ledger, interaction->recording == MODEL_RECORDING_OFF,
         "a recorded call goes to voicemail");
  CHECK (ledger, ledger_count (ledger, interaction->id, MODEL_PART_PRIMARY) == 0,
         "a call that is served goes to voicemail");
  CHECK (ledger, ledger_parties (ledger, interaction->id, -1) == 0, "a number is left at a box");
  for (guint i = 0; i < ledger->requests->len; i++)
    CHECK (ledger, ((LedgerRequest *) ledger->requests->pdata[i])->interaction != interaction->id,
           "a call that waits goes to voicemail");
  CHECK (ledger, event->box != NULL && leads_to_box (ledger, event), "a call goes to a wrong box");
  interaction->voicemail = TRUE;
  interaction->owed = 0;
}
