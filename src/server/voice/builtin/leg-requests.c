/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The requests that concern one leg's call: ring, sound before the answer, answer, hang up, digits.
 * On the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"

#include <string.h>

#define DIGIT_MS 120
#define GAP_MS   80

static void
finish (Builtin *self, const VoiceRequest *request, gboolean done)
{
  if (done)
    builtin_done (self, request->id);
  else
    builtin_fail (self, request->id, VOICE_CODE_WRONG_STATE, NULL);
}

void
leg_handle_ring (Builtin *self, VoiceRequest *request)
{
  Leg *leg = leg_find (self, request);
  gboolean done;

  if (leg == NULL)
    return;
  done = !leg->outgoing && !leg->hanging_up && tel_call_ring (leg->call);
  if (done)
    leg->state = VOICE_LEG_RINGING;
  finish (self, request, done);
}

void
leg_handle_progress (Builtin *self, VoiceRequest *request)
{
  Leg *leg = leg_find (self, request);

  if (leg != NULL)
    finish (self, request, !leg->outgoing && !leg->hanging_up && tel_call_progress (leg->call));
}

void
leg_handle_answer (Builtin *self, VoiceRequest *request)
{
  Leg *leg = leg_find (self, request);

  if (leg == NULL)
    return;
  if (leg->outgoing || leg->hanging_up || leg->answer != NULL || leg->state == VOICE_LEG_UP)
    {
      finish (self, request, FALSE);
      return;
    }

  /* Before the call is told, as it may report back at once. */
  leg->answer = g_strdup (request->id);
  if (!tel_call_answer (leg->call) && leg->answer != NULL)
    {
      g_clear_pointer (&leg->answer, g_free);
      finish (self, request, FALSE);
    }
}

void
leg_handle_hangup (Builtin *self, VoiceRequest *request)
{
  Leg *leg = leg_find (self, request);
  VoiceCause cause = request->cause;

  if (leg == NULL)
    return;
  if (cause == VOICE_CAUSE_NORMAL && leg->outgoing && leg->state != VOICE_LEG_UP)
    cause = VOICE_CAUSE_CANCELLED;
  builtin_done (self, request->id);
  leg_hang_up (leg, cause, VOICE_BY_CENTRE);
}

static gboolean
on_dtmf_out (gpointer data)
{
  Leg *leg = data;

  builtin_done (leg->engine, leg->dtmf);
  g_clear_pointer (&leg->dtmf, g_free);
  g_clear_pointer (&leg->dtmf_timer, g_source_unref);

  return G_SOURCE_REMOVE;
}

void
leg_handle_dtmf (Builtin *self, VoiceRequest *request)
{
  Leg *leg = leg_find (self, request);
  gsize n = strlen (request->digits);

  if (leg == NULL)
    return;
  if (n > 64)
    builtin_fail (self, request->id, VOICE_CODE_BAD_REQUEST, "more than 64 digits");
  else if (leg->state != VOICE_LEG_UP || leg->dtmf != NULL ||
           !tel_call_send_dtmf (leg->call, request->digits, DIGIT_MS))
    builtin_fail (self, request->id, VOICE_CODE_WRONG_STATE, NULL);
  else
    {
      leg->dtmf = g_strdup (request->id);
      leg->dtmf_timer = g_timeout_source_new ((guint) n * (DIGIT_MS + GAP_MS));
      g_source_set_callback (leg->dtmf_timer, on_dtmf_out, leg, NULL);
      g_source_attach (leg->dtmf_timer, self->context);
    }
}
