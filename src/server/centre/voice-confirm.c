/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An agent at an outside number confirms by key 1: what answers there may be a voicemail, which
 * must not get a customer. Until the key it hears the centre's sound "confirm", or beeps; without
 * the key the offer ends by its own deadline. Centre's thread. */

#include "server/centre/voice-private.h"

#include <string.h>

#define KEY    "1"
#define PROMPT "prompt-"
#define BEEPS  "beeps-"

static void
play (Centre *centre, const char *prefix, const char *leg, const char *media)
{
  g_autofree char *id = g_strconcat (prefix, leg, NULL);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_PLAY, id);

  request->leg = g_strdup (leg);
  request->media = g_strdup (media);
  request->loop = TRUE;
  centre_voice_submit (centre, request);
}

static void
stop (Centre *centre, const char *prefix, const char *leg)
{
  g_autofree char *id = g_strconcat ("stop-", prefix, leg, NULL);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_PLAY_STOP, id);

  request->play = g_strconcat (prefix, leg, NULL);
  centre_voice_submit (centre, request);
}

gboolean
voice_confirm_ask (Centre *centre, Leg *leg)
{
  Session *session = sessions_by_agent (centre->sessions, leg->agent);

  if (session == NULL || session->station != MODEL_STATION_OUTSIDE || leg->confirmed)
    return FALSE;
  if (!leg->asking)
    play (centre, PROMPT, leg->name, "sound:confirm");
  leg->asking = TRUE;

  return TRUE;
}

gboolean
voice_confirm_key (Centre *centre, Leg *leg, const char *digits)
{
  if (!leg->asking || leg->hanging_up || !g_str_equal (digits, KEY))
    return FALSE;
  leg->asking = FALSE;
  leg->confirmed = TRUE;
  stop (centre, leg->beeps ? BEEPS : PROMPT, leg->name);

  return TRUE;
}

gboolean
voice_confirm_over (Centre *centre, const VoiceEvent *event)
{
  const char *request = event->request;
  Leg *leg;

  if (g_str_has_prefix (request, BEEPS) || g_str_has_prefix (request, "stop-"))
    return TRUE;
  if (!g_str_has_prefix (request, PROMPT))
    return FALSE;
  leg = voice_leg (centre, request + strlen (PROMPT));
  if (leg != NULL && leg->asking && event->code == VOICE_CODE_NO_SUCH_MEDIA)
    {
      leg->beeps = TRUE;
      play (centre, BEEPS, leg->name, "tone:confirm");
    }

  return TRUE;
}
