/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A leg: one call of the user agent with its port of the mixer. Owns both; turns what the call does
 * into the engine's events. On the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"

/* Once rung off, the far end's answer is of no interest any more. */
static const struct
{
  VoiceCause cause;
  gboolean lost; /* the phone behind it is not there */
} reasons[TEL_N_REASONS] = {
  [TEL_REASON_NONE] = { VOICE_CAUSE_NORMAL, FALSE },
  [TEL_REASON_LOCAL_HANGUP] = { VOICE_CAUSE_NORMAL, FALSE },
  [TEL_REASON_REMOTE_HANGUP] = { VOICE_CAUSE_NORMAL, FALSE },
  [TEL_REASON_CANCELLED] = { VOICE_CAUSE_CANCELLED, FALSE },
  [TEL_REASON_REMOTE_CANCELLED] = { VOICE_CAUSE_NORMAL, FALSE },
  [TEL_REASON_ANSWERED_ELSEWHERE] = { VOICE_CAUSE_NORMAL, FALSE },
  [TEL_REASON_REJECTED] = { VOICE_CAUSE_CANCELLED, FALSE },
  [TEL_REASON_BUSY] = { VOICE_CAUSE_BUSY, FALSE },
  [TEL_REASON_DECLINED] = { VOICE_CAUSE_DECLINED, FALSE },
  [TEL_REASON_NO_ANSWER] = { VOICE_CAUSE_TIMEOUT, FALSE },
  [TEL_REASON_UNAVAILABLE] = { VOICE_CAUSE_UNAVAILABLE, FALSE },
  [TEL_REASON_NOT_FOUND] = { VOICE_CAUSE_NOT_FOUND, FALSE },
  [TEL_REASON_FORBIDDEN] = { VOICE_CAUSE_FORBIDDEN, FALSE },
  [TEL_REASON_AUTH_FAILED] = { VOICE_CAUSE_FORBIDDEN, FALSE },
  [TEL_REASON_NOT_ACCEPTABLE] = { VOICE_CAUSE_NOT_ACCEPTABLE, FALSE },
  [TEL_REASON_SRTP_REQUIRED] = { VOICE_CAUSE_NOT_ACCEPTABLE, FALSE },
  [TEL_REASON_BAD_SDP] = { VOICE_CAUSE_NOT_ACCEPTABLE, FALSE },
  [TEL_REASON_TIMEOUT] = { VOICE_CAUSE_TIMEOUT, TRUE },
  [TEL_REASON_UNREACHABLE] = { VOICE_CAUSE_FAULT, TRUE },
  [TEL_REASON_TLS_UNTRUSTED] = { VOICE_CAUSE_FAULT, TRUE },
  [TEL_REASON_SERVER_ERROR] = { VOICE_CAUSE_FAULT, FALSE },
  [TEL_REASON_REDIRECTED] = { VOICE_CAUSE_FAULT, FALSE },
  [TEL_REASON_MEDIA_TIMEOUT] = { VOICE_CAUSE_MEDIA_LOST, FALSE },
  [TEL_REASON_MEDIA_FAILED] = { VOICE_CAUSE_FAULT, FALSE },
  [TEL_REASON_PROTOCOL] = { VOICE_CAUSE_FAULT, FALSE },
  [TEL_REASON_SHUTDOWN] = { VOICE_CAUSE_STOPPED, FALSE },
};

Leg *
leg_new (Builtin *self, const char *id, gboolean outgoing)
{
  Leg *leg = g_new0 (Leg, 1);

  leg->engine = self;
  leg->id = g_strdup (id);
  leg->outgoing = outgoing;
  leg->state = outgoing ? VOICE_LEG_DIALLING : VOICE_LEG_INCOMING;
  leg->link = link_new (self->mixer);
  g_hash_table_insert (self->legs, leg->id, leg);

  return leg;
}

/* A station that was told to end is out of the count: a phone that went does not answer for half a
 * minute, and the next agent's is rung at once. One who called counts until its call is over. */
gboolean
leg_has_room (Builtin *self, gboolean outgoing)
{
  const guint max = self->config->max_calls ? self->config->max_calls : VOICE_DEFAULT_MAX_CALLS;
  guint n = 0;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Leg *leg = value;

      if (leg->outgoing == outgoing && !(outgoing && leg->hanging_up))
        n++;
    }

  return n < max;
}

void
leg_free (gpointer data)
{
  Leg *leg = data;

  if (leg->dtmf_timer != NULL)
    g_source_destroy (leg->dtmf_timer);
  g_clear_pointer (&leg->dtmf_timer, g_source_unref);
  if (leg->call != NULL)
    tel_call_set_events (leg->call, NULL, NULL);
  g_clear_pointer (&leg->call, tel_call_unref);
  link_close (leg->link);
  g_free (leg->answer);
  g_free (leg->dtmf);
  g_free (leg->agent);
  g_free (leg->offer);
  g_free (leg->id);
  g_free (leg);
}

void
leg_take_call (Leg *leg, TelCall *call)
{
  leg->call = call;
}

Leg *
leg_find (Builtin *self, const VoiceRequest *request)
{
  Leg *leg = g_hash_table_lookup (self->legs, request->leg);

  if (leg == NULL)
    builtin_fail (self, request->id, VOICE_CODE_NO_SUCH_LEG, NULL);

  return leg;
}

VoiceEvent *
leg_event (Leg *leg, VoiceEventKind kind)
{
  VoiceEvent *event = voice_event_new (kind);

  event->leg = g_strdup (leg->id);
  event->agent = g_strdup (leg->agent);

  return event;
}

void
leg_hang_up (Leg *leg, VoiceCause cause, VoiceBy by)
{
  if (leg->hanging_up)
    return;
  leg->hanging_up = TRUE;
  leg->cause = cause;
  leg->by = by;
  if (!leg->outgoing && leg->state != VOICE_LEG_UP && leg->answer == NULL)
    tel_call_reject (leg->call, voice_cause_to_sip (cause));
  else
    tel_call_hang_up (leg->call, 0, NULL);
}

static void
emit_quality (Leg *leg, TelCall *call)
{
  TelMediaStats stats;
  MixerCounts counts;
  VoiceEvent *event;

  if (!tel_call_get_stats (call, &stats))
    return;
  mixer_port_get_counts (link_get_port (leg->link), &counts);
  event = leg_event (leg, VOICE_EVENT_LEG_QUALITY);
  event->quality.loss = stats.loss_percent > 0 ? stats.loss_percent / 100 : 0;
  event->quality.jitter_ms = stats.jitter_ms;
  event->quality.rtt_ms = stats.rtt_ms;
  event->quality.received = stats.packets_received;
  event->quality.dropped = counts.dropped;
  event->quality.missing = counts.missing;
  builtin_emit (leg->engine, event);
}

gboolean
leg_on_quality_timer (gpointer data)
{
  Builtin *self = data;
  GHashTableIter iter;
  gpointer leg;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &leg))
    if (((Leg *) leg)->state == VOICE_LEG_UP)
      emit_quality (leg, ((Leg *) leg)->call);

  return G_SOURCE_CONTINUE;
}

static void
set_up (Leg *leg)
{
  Builtin *self = leg->engine;

  if (leg->state == VOICE_LEG_UP)
    return;
  leg->state = VOICE_LEG_UP;
  if (leg->answer != NULL)
    builtin_done (self, leg->answer);
  g_clear_pointer (&leg->answer, g_free);
  builtin_emit (self, leg_event (leg, VOICE_EVENT_LEG_ANSWERED));
}

static void
set_ringing (Leg *leg)
{
  if (!leg->outgoing || leg->rang)
    return;
  leg->rang = TRUE;
  leg->state = VOICE_LEG_RINGING;
  builtin_emit (leg->engine, leg_event (leg, VOICE_EVENT_LEG_RINGING));
}

static VoiceBy
by_whom (const TelCallEnd *end)
{
  switch (end->who)
    {
    case TEL_WHO_REMOTE:
      return VOICE_BY_FAR_END;
    case TEL_WHO_LOCAL:
      return VOICE_BY_CENTRE;
    case TEL_WHO_NOBODY:
    case TEL_WHO_MACHINE:
      return VOICE_BY_ENGINE;
    }

  return VOICE_BY_ENGINE;
}

/* What ends with the leg: requests under way, its quality's last figures, its sounds. */
static void
finish (Leg *leg, TelCall *call)
{
  Builtin *self = leg->engine;

  if (leg->answer != NULL)
    builtin_fail (self, leg->answer, VOICE_CODE_STOPPED, "the leg ended");
  g_clear_pointer (&leg->answer, g_free);
  if (leg->dtmf != NULL)
    builtin_fail (self, leg->dtmf, VOICE_CODE_STOPPED, "the leg ended");
  g_clear_pointer (&leg->dtmf, g_free);
  if (leg->dtmf_timer != NULL)
    g_source_destroy (leg->dtmf_timer);
  plays_end_of (self, leg, NULL);
  records_end_of (self, leg, NULL);
  listen_end_of (leg);
  if (leg->state == VOICE_LEG_UP)
    emit_quality (leg, call);
}

static gboolean
on_bury (gpointer data)
{
  g_ptr_array_set_size (((Builtin *) data)->ended, 0);

  return G_SOURCE_REMOVE;
}

/* A call may end within one of our own calls to it, whose caller still holds the leg. */
static void
bury (Leg *leg)
{
  Builtin *self = leg->engine;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_hash_table_steal (self->legs, leg->id);
  g_ptr_array_add (self->ended, leg);
  g_source_set_callback (source, on_bury, self, NULL);
  g_source_attach (source, self->context);
}

static void
set_ended (Leg *leg, TelCall *call)
{
  Builtin *self = leg->engine;
  const TelCallEnd *end = tel_call_get_end (call);
  gboolean ours = leg->hanging_up && end->who != TEL_WHO_REMOTE;
  VoiceEvent *event;

  tel_call_set_events (call, NULL, NULL);
  finish (leg, call);
  event = leg_event (leg, VOICE_EVENT_LEG_ENDED);
  event->cause = ours ? leg->cause : reasons[end->reason].cause;
  event->by = ours ? leg->by : by_whom (end);
  event->sip_status = end->status;
  event->detail = g_strdup (tel_reason_code (end->reason));
  if (self->stopping && event->by != VOICE_BY_FAR_END)
    {
      event->cause = VOICE_CAUSE_STOPPED;
      event->by = VOICE_BY_ENGINE;
    }
  builtin_emit (self, event);
  if (leg->agent != NULL && leg->outgoing && !ours && reasons[end->reason].lost)
    registrar_lose (self->registrar, leg->agent);
  bury (leg);
}

static void
on_state (TelCall *call, TelCallState state, TelCallState old, gpointer user_data)
{
  Leg *leg = user_data;

  switch (state)
    {
    case TEL_CALL_EARLY:
      builtin_emit (leg->engine, leg_event (leg, VOICE_EVENT_LEG_EARLY));
      set_ringing (leg);
      break;
    case TEL_CALL_PROCEEDING:
      set_ringing (leg);
      break;
    case TEL_CALL_ACTIVE:
      set_up (leg);
      break;
    case TEL_CALL_ENDED:
      set_ended (leg, call);
      break;
    case TEL_CALL_NEW:
    case TEL_CALL_DIALLING:
    case TEL_CALL_INCOMING:
    case TEL_CALL_EARLY_IN:
    case TEL_CALL_RINGING:
    case TEL_CALL_ANSWERING:
    case TEL_CALL_CANCELLING:
    case TEL_CALL_ENDING:
      break;
    }
}

static void
on_hold (TelCall *call, gpointer user_data)
{
  Leg *leg = user_data;
  gboolean held = tel_call_get_remote_hold (call);

  if (held == leg->held)
    return;
  leg->held = held;
  builtin_emit (leg->engine, leg_event (leg, held ? VOICE_EVENT_LEG_HELD : VOICE_EVENT_LEG_UNHELD));
}

static void
on_media (TelCall *call, TelMediaEvent what, gpointer user_data)
{
  Leg *leg = user_data;

  switch (what)
    {
    case TEL_MEDIA_TIMEOUT:
      builtin_emit (leg->engine, leg_event (leg, VOICE_EVENT_LEG_MEDIA_LOST));
      leg_hang_up (leg, VOICE_CAUSE_MEDIA_LOST, VOICE_BY_ENGINE);
      break;
    case TEL_MEDIA_STARTED:
    case TEL_MEDIA_RESUMED:
    case TEL_MEDIA_FAILED: /* telephony ends the call */
      break;
    }
}

/* What one party of a bridge keys, the others receive, as between telephones. */
static void
pass_digit (Leg *leg, char digit, guint duration_ms)
{
  const char digits[] = { digit, '\0' };
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, leg->engine->legs);
  while (leg->bridge != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    {
      Leg *other = value;

      if (other != leg && other->bridge == leg->bridge && other->state == VOICE_LEG_UP &&
          !other->music)
        tel_call_send_dtmf (other->call, digits, CLAMP (duration_ms, 60, 500));
    }
}

static void
on_dtmf (TelCall *call, char digit, guint duration_ms, gpointer user_data)
{
  Leg *leg = user_data;
  VoiceEvent *event = leg_event (leg, VOICE_EVENT_LEG_DTMF);

  event->digits = g_strdup_printf ("%c", digit);
  builtin_emit (leg->engine, event);
  pass_digit (leg, digit, duration_ms);
}

const TelCallEvents *
leg_get_events (void)
{
  static const TelCallEvents events = { .state = on_state,
                                        .hold = on_hold,
                                        .media = on_media,
                                        .dtmf = on_dtmf,
                                        .transfer = transfers_on_refer };

  return &events;
}
