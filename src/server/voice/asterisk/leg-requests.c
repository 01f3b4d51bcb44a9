/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The requests that concern one leg: ring, sound before the answer, answer, hang up, digits, music,
 * mute. */
#include "server/voice/asterisk/parts.h"

#include <string.h>

#define DIGIT_MS 120
#define GAP_MS   80

/* A leg that calls and is not answered. */
static Leg *
unanswered (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = ari_leg_find (self, request);

  if (leg == NULL)
    return NULL;
  if (!leg->outgoing && !leg->hanging_up && leg->state != VOICE_LEG_UP)
    return leg;
  ari_engine_fail (self, request->id, VOICE_CODE_WRONG_STATE, NULL);

  return NULL;
}

void
ari_leg_handle_ring (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = unanswered (self, request);

  if (leg == NULL)
    return;
  leg->state = VOICE_LEG_RINGING;
  ari_rest_last (leg->side, request->id, VOICE_CODE_NO_SUCH_LEG, "POST", NULL, "%s/ring",
                 leg->path);
}

void
ari_leg_handle_progress (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = unanswered (self, request);

  if (leg != NULL)
    ari_rest_last (leg->side, request->id, VOICE_CODE_NO_SUCH_LEG, "POST", NULL, "%s/progress",
                   leg->path);
}

typedef struct
{
  Asterisk *engine;
  char *request, *leg;
} Answering;

static void
on_answer (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Answering *answering = user_data;
  Leg *leg = g_hash_table_lookup (answering->engine->legs, answering->leg);

  if (status / 100 == 2)
    ari_engine_done (answering->engine, answering->request);
  else
    ari_engine_fail (answering->engine, answering->request,
                     ari_rest_code (status, VOICE_CODE_NO_SUCH_LEG), NULL);
  if (status / 100 == 2 && leg != NULL)
    ari_leg_answered (leg);
  g_free (answering->request);
  g_free (answering->leg);
  g_free (answering);
}

void
ari_leg_handle_answer (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = unanswered (self, request);
  g_autofree char *uri = NULL;
  Answering *answering;

  if (leg == NULL)
    return;
  ari_plays_interrupt (self, leg->id);
  uri = g_strconcat (leg->path, "/answer", NULL);
  answering = g_new (Answering, 1);
  answering->engine = self;
  answering->request = g_strdup (request->id);
  answering->leg = g_strdup (leg->id);
  node_ask (leg->side->node, "POST", uri, NULL, on_answer, answering);
}

/* What makes Asterisk refuse a call that was not answered with the SIP status that we mean. */
static int
refusal (VoiceCause cause)
{
  switch (cause)
    {
    case VOICE_CAUSE_BUSY:
      return 17; /* 486 */
    case VOICE_CAUSE_UNAVAILABLE:
    case VOICE_CAUSE_TIMEOUT:
      return 19; /* 480 */
    case VOICE_CAUSE_NOT_FOUND:
      return 1; /* 404 */
    case VOICE_CAUSE_FORBIDDEN:
      return 21; /* 403 */
    case VOICE_CAUSE_NOT_ACCEPTABLE:
      return 58; /* 488 */
    case VOICE_CAUSE_LIMIT:
    case VOICE_CAUSE_STOPPED:
    case VOICE_CAUSE_FAULT:
      return 34; /* 503 */
    case VOICE_CAUSE_NORMAL:
    case VOICE_CAUSE_CANCELLED:
    case VOICE_CAUSE_DECLINED:
    case VOICE_CAUSE_MEDIA_LOST:
    case VOICE_N_CAUSES:
      break;
    }

  return 16; /* 603 */
}

void
ari_leg_hang_up (Leg *leg)
{
  const gboolean refuses = !leg->outgoing && leg->state != VOICE_LEG_UP;

  if (ari_transfer_holds (leg))
    return;
  ari_rest_tell (leg->side, "DELETE", NULL, "%s?reason_code=%d", leg->path,
                 refuses ? refusal (leg->cause) : 16);
}

void
ari_leg_handle_hangup (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = ari_leg_find (self, request);

  if (leg == NULL)
    return;
  leg->hanging_up = TRUE;
  leg->by = VOICE_BY_CENTRE;
  leg->cause = request->cause;
  if (leg->cause == VOICE_CAUSE_NORMAL && leg->outgoing && leg->state != VOICE_LEG_UP)
    leg->cause = VOICE_CAUSE_CANCELLED;
  ari_engine_done (self, request->id);
  ari_leg_hang_up (leg);
}

static gboolean
on_dtmf_out (gpointer data)
{
  Leg *leg = data;

  ari_engine_done (leg->engine, leg->dtmf);
  g_clear_pointer (&leg->dtmf, g_free);
  g_clear_pointer (&leg->dtmf_timer, g_source_unref);
  ari_leg_save_late (leg);

  return G_SOURCE_REMOVE;
}

void
ari_leg_handle_dtmf (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = ari_leg_find (self, request);
  gsize n = strlen (request->digits);
  g_autofree char *digits = NULL;

  if (leg == NULL)
    return;
  if (n > 64)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_BAD_REQUEST, "more than 64 digits");
      return;
    }
  if (leg->state != VOICE_LEG_UP || leg->dtmf != NULL || !node_is_up (leg->side->node))
    {
      ari_engine_fail (self, request->id, VOICE_CODE_WRONG_STATE, NULL);
      return;
    }
  digits = ari_rest_escape (request->digits);
  ari_rest_tell (leg->side, "POST", NULL, "%s/dtmf?dtmf=%s&duration=%d&between=%d", leg->path,
                 digits, DIGIT_MS, GAP_MS);
  leg->dtmf = g_strdup (request->id);
  leg->dtmf_timer = g_timeout_source_new ((guint) n * (DIGIT_MS + GAP_MS));
  g_source_set_callback (leg->dtmf_timer, on_dtmf_out, leg, NULL);
  g_source_attach (leg->dtmf_timer, self->parent.context);
}

static void
set_music (Asterisk *self, VoiceRequest *request, gboolean music)
{
  Leg *leg = ari_leg_find (self, request);

  if (leg == NULL || ari_leg_waits (leg, request))
    return;
  if (leg->music == music)
    {
      ari_engine_done (self, request->id);
      return;
    }
  leg->music = music;
  leg->hushed_at = music ? 0 : g_get_monotonic_time ();
  ari_leg_silence (leg);
  ari_leg_save (leg);
  ari_rest_last (leg->side, request->id, VOICE_CODE_NO_SUCH_LEG, music ? "POST" : "DELETE", NULL,
                 "%s/moh", leg->path);
}

void
ari_leg_handle_music_start (Asterisk *self, VoiceRequest *request)
{
  set_music (self, request, TRUE);
}

void
ari_leg_handle_music_stop (Asterisk *self, VoiceRequest *request)
{
  set_music (self, request, FALSE);
}

static void
set_muted (Asterisk *self, VoiceRequest *request, gboolean muted)
{
  Leg *leg = ari_leg_find (self, request);

  if (leg == NULL || ari_leg_waits (leg, request))
    return;
  leg->muted = muted;
  ari_leg_silence (leg);
  ari_leg_save (leg);
  ari_engine_done (self, request->id);
}

void
ari_leg_handle_mute (Asterisk *self, VoiceRequest *request)
{
  set_muted (self, request, TRUE);
}

void
ari_leg_handle_unmute (Asterisk *self, VoiceRequest *request)
{
  set_muted (self, request, FALSE);
}
