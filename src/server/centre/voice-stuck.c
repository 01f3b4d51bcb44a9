/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls whose engine does not do what it was asked for. The core is told that they are stuck, so
 * that whoever has one may close it by force. A leg that is to be hung up is asked for it again and
 * again until it is gone, whatever became of its call, so that nobody goes on talking unknowingly
 * on an engine that comes back. Centre's thread. */
#include "base/log.h"
#include "server/centre/voice-private.h"

#define AGAIN_SECONDS 8

static gboolean
has_late_leg (Centre *centre, ModelId interaction)
{
  const VoiceCall *call = voice_call (centre, interaction);

  for (guint i = 0; call != NULL && i < call->legs->len; i++)
    if (((const Leg *) g_ptr_array_index (call->legs, i))->late)
      return TRUE;

  return FALSE;
}

void
voice_stuck (Centre *centre, ModelId interaction, gboolean stuck)
{
  const Record *record = interaction != 0 ? centre_record (centre, interaction) : NULL;
  AcdCommand command = { .type = ACD_COMMAND_STUCK, .interaction = interaction };

  if (record == NULL || (record->stuck != NULL) == stuck)
    return;
  if (!stuck && (has_late_leg (centre, interaction) || voice_asked_late (centre, interaction)))
    return;
  if (stuck)
    command.reason = model_code (MODEL_CODE_CHANNEL_FAILURE);
  centre_command (centre, &command, NULL, NULL, NULL, NULL);
}

static gboolean
on_late (gpointer user_data)
{
  Leg *leg = user_data;
  Centre *centre = leg->centre;
  g_autofree char *again =
      g_strdup_printf ("again-%" G_GUINT64_FORMAT, ++centre->voice->next_request);
  VoiceRequest *request = voice_leg_request (VOICE_REQUEST_HANGUP, leg, again);

  base_log (BASE_LOG_WARNING, "voice", "not_hung_up", "leg", leg->name, NULL);
  leg->late = TRUE;
  request->cause = VOICE_CAUSE_NORMAL;
  centre_voice_submit (centre, request);
  voice_stuck (centre, leg->interaction, TRUE);

  return G_SOURCE_CONTINUE;
}

void
voice_stuck_watch (Leg *leg)
{
  if (leg->watch == 0)
    leg->watch = g_timeout_add_seconds (AGAIN_SECONDS, on_late, leg);
}
