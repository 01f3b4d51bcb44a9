/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A leg: one channel of a node. What Asterisk has to remember of it for us is in one variable of
 * the channel, so that we know it again after a restart. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#define TAG     "GUICHET"
#define HUSH_US (G_USEC_PER_SEC / 5)

Leg *
ari_leg_new (Side *side, const char *id, const char *channel, gboolean outgoing)
{
  Leg *leg = g_new0 (Leg, 1);
  g_autofree char *escaped = ari_rest_escape (channel);

  leg->engine = side->engine;
  leg->side = side;
  leg->id = g_strdup (id);
  leg->channel = g_strdup (channel);
  leg->path = g_strconcat ("channels/", escaped, NULL);
  leg->turn = side->turn;
  leg->outgoing = outgoing;
  leg->state = outgoing ? VOICE_LEG_DIALLING : VOICE_LEG_INCOMING;
  g_queue_init (&leg->held);
  g_hash_table_replace (side->engine->legs, leg->id, leg);

  return leg;
}

void
ari_leg_free (gpointer data)
{
  Leg *leg = data;
  char *const texts[] = { leg->id,    leg->channel, leg->path,    leg->bridge,    leg->call,
                          leg->agent, leg->offer,   leg->address, leg->originate, leg->dtmf,
                          leg->snoop, leg->listen,  leg->coached, leg->twin };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  if (leg->dtmf_timer != NULL)
    g_source_destroy (leg->dtmf_timer);
  g_clear_pointer (&leg->dtmf_timer, g_source_unref);
  g_queue_clear_full (&leg->held, (GDestroyNotify) voice_request_unref);
  g_clear_pointer (&leg->incoming, voice_event_unref);
  g_free (leg);
}

Leg *
ari_leg_find (Asterisk *self, const VoiceRequest *request)
{
  Leg *leg = g_hash_table_lookup (self->legs, request->leg);

  if (leg == NULL)
    ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_LEG, NULL);
  else
    ari_leg_belongs (leg, request->call);

  return leg;
}

Leg *
ari_leg_of_channel (Side *side, const char *channel)
{
  GHashTableIter iter;
  gpointer value;

  if (channel == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, side->engine->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Leg *) value)->side == side && g_str_equal (((Leg *) value)->channel, channel))
      return value;

  return NULL;
}

gboolean
ari_leg_waits (Leg *leg, VoiceRequest *request)
{
  if (!node_is_up (leg->side->node))
    ari_engine_fail (leg->engine, request->id, VOICE_CODE_FAULT, "the node is not there");
  else if (!leg->ours)
    g_queue_push_tail (&leg->held, voice_request_ref (request));
  else
    return FALSE;

  return TRUE;
}

VoiceEvent *
ari_leg_event (Leg *leg, VoiceEventKind kind)
{
  VoiceEvent *event = voice_event_new (kind);

  event->leg = g_strdup (leg->id);

  return event;
}

/* --- what the channel remembers --------------------------------------------------------------- */

char *
ari_leg_tag (Leg *leg)
{
  const char *const pairs[] = { "call",   leg->call,
                                "offer",  leg->offer,
                                "agent",  leg->agent,
                                "out",    leg->outgoing ? leg->id : NULL,
                                "music",  leg->music ? "1" : NULL,
                                "muted",  leg->muted ? "1" : NULL,
                                "filled", leg->filled ? "1" : NULL,
                                NULL };

  return wire_tag_write (pairs);
}

void
ari_leg_save (Leg *leg)
{
  g_autofree char *tag = ari_leg_tag (leg);
  g_autofree char *escaped = ari_rest_escape (tag);

  leg->unsaved = leg->dtmf != NULL || ari_plays_occupy (leg);
  if (leg->unsaved)
    return;
  ari_rest_tell (leg->side, "POST", NULL, "%s/variable?variable=" TAG "&value=%s", leg->path,
                 escaped);
}

void
ari_leg_save_late (Leg *leg)
{
  if (leg->unsaved)
    ari_leg_save (leg);
}

void
ari_leg_take_tag (Leg *leg, const char *text)
{
  g_autoptr (GHashTable) tag = wire_tag_read (text);

  if (tag == NULL)
    return;
  g_free (leg->call);
  leg->call = g_strdup (g_hash_table_lookup (tag, "call"));
  g_free (leg->offer);
  leg->offer = g_strdup (g_hash_table_lookup (tag, "offer"));
  g_free (leg->agent);
  leg->agent = g_strdup (g_hash_table_lookup (tag, "agent"));
  leg->music = g_hash_table_contains (tag, "music");
  leg->muted = g_hash_table_contains (tag, "muted");
  leg->filled = g_hash_table_contains (tag, "filled");
  leg->silenced = leg->music || leg->muted;
}

void
ari_leg_belongs (Leg *leg, const char *call)
{
  if (call == NULL || g_strcmp0 (leg->call, call) == 0)
    return;
  g_free (leg->call);
  leg->call = g_strdup (call);
  if (leg->ours)
    ari_leg_save (leg);
}

/* --- what becomes of it ----------------------------------------------------------------------- */

void
ari_leg_rings (Leg *leg)
{
  if (!leg->outgoing || leg->rang || leg->state == VOICE_LEG_UP)
    return;
  ari_originate_dialled (leg);
  leg->rang = TRUE;
  leg->state = VOICE_LEG_RINGING;
  ari_engine_emit (leg->engine, ari_leg_event (leg, VOICE_EVENT_LEG_RINGING));
}

void
ari_leg_answered (Leg *leg)
{
  if (leg->state == VOICE_LEG_UP)
    return;
  ari_originate_dialled (leg);
  leg->state = VOICE_LEG_UP;
  if (leg->announced)
    ari_engine_emit (leg->engine, ari_leg_event (leg, VOICE_EVENT_LEG_ANSWERED));
}

/* Music and mute both mean that nobody hears it; Asterisk counts how often it was told. */
void
ari_leg_silence (Leg *leg)
{
  const gboolean silent = leg->music || leg->muted;

  if (leg->silenced == silent)
    return;
  leg->silenced = silent;
  ari_rest_tell (leg->side, silent ? "POST" : "DELETE", NULL, "%s/mute?direction=in", leg->path);
}

void
ari_leg_hush (Leg *leg, gint64 now)
{
  if (leg->hushed_at == 0 || now - leg->hushed_at < HUSH_US)
    return;
  leg->hushed_at = 0;
  /* It would end any of these. */
  if (!leg->music && !leg->filled && !ari_plays_sound (leg))
    ari_rest_tell (leg->side, "DELETE", NULL, "%s/moh", leg->path);
}

static void
fail_what_waits (Leg *leg)
{
  VoiceRequest *request;

  while ((request = g_queue_pop_head (&leg->held)) != NULL)
    {
      ari_engine_fail (leg->engine, request->id, VOICE_CODE_NO_SUCH_LEG, "it ended");
      voice_request_unref (request);
    }
  if (leg->dtmf != NULL)
    ari_engine_fail (leg->engine, leg->dtmf, VOICE_CODE_STOPPED, NULL);
  ari_plays_end_of (leg->engine, leg->id, NULL);
  ari_records_end_of (leg->engine, leg->id, NULL);
}

void
ari_leg_end (Leg *leg, VoiceCause cause, VoiceBy by, int sip_status)
{
  VoiceEvent *event;

  fail_what_waits (leg);
  if (leg->originate != NULL)
    ari_engine_fail (leg->engine, leg->originate, VOICE_CODE_FAULT,
                     "it ended before it was dialled");
  else if (leg->announced)
    {
      event = ari_leg_event (leg, VOICE_EVENT_LEG_ENDED);
      event->cause = leg->hanging_up ? leg->cause : cause;
      event->by = leg->hanging_up ? leg->by : by;
      event->sip_status = sip_status;
      ari_engine_emit (leg->engine, event);
    }
  ari_listen_end (leg);
  leg->twin_since = 0;
  ari_transfer_over (leg);
  g_hash_table_remove (leg->engine->legs, leg->id);
}

guint
ari_legs_incoming (Side *side)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, side->engine->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Leg *) value)->side == side && !((Leg *) value)->outgoing)
      n++;

  return n;
}
