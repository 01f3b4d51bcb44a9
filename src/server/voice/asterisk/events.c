/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a node tells, as facts about our legs. What is not ours, or not as it should be, is passed
 * over. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#include <string.h>

static void
stasis_start (Side *side, JsonObject *event)
{
  JsonObject *channel = wire_object (event, "channel");
  JsonArray *args = wire_array (event, "args");
  const char *id = wire_text (channel, "id");
  Leg *leg = ari_leg_of_channel (side, id);
  g_autofree char *escaped = NULL;

  if (id == NULL)
    return;
  if (leg != NULL)
    {
      if (!leg->ours)
        ari_originate_go_on (leg);
      return;
    }
  escaped = ari_rest_escape (id);
  /* One that we made and gave up before it was there. */
  if (g_strcmp0 (wire_item (args, 0), "own") == 0)
    ari_rest_tell (side, "DELETE", NULL, "channels/%s", escaped);
  else if (g_strcmp0 (wire_item (args, 0), "snoop") == 0)
    {
      if (!ari_listen_take (side, id) && !ari_records_take (side, id))
        ari_rest_tell (side, "DELETE", NULL, "channels/%s", escaped);
    }
  else
    ari_incoming_take (side, channel, args);
}

static void
stasis_end (Side *side, JsonObject *event)
{
  Leg *leg = ari_leg_of_channel (side, wire_text (wire_object (event, "channel"), "id"));

  if (leg != NULL && leg->left_at == 0)
    leg->left_at = g_get_monotonic_time ();
}

static void
state_changed (Side *side, JsonObject *event)
{
  JsonObject *channel = wire_object (event, "channel");
  Leg *leg = ari_leg_of_channel (side, wire_text (channel, "id"));
  const char *state = wire_text (channel, "state");

  if (leg == NULL || state == NULL)
    return;
  if (g_str_equal (state, "Ringing"))
    ari_leg_rings (leg);
  else if (g_str_equal (state, "Up"))
    ari_leg_answered (leg);
}

static void
dial (Side *side, JsonObject *event)
{
  Leg *leg = ari_leg_of_channel (side, wire_text (wire_object (event, "peer"), "id"));
  const char *status = wire_text (event, "dialstatus");

  if (leg == NULL || status == NULL)
    return;
  if (g_str_equal (status, "RINGING"))
    ari_leg_rings (leg);
  else if (g_str_equal (status, "PROGRESS") && leg->state != VOICE_LEG_UP && !leg->early)
    {
      ari_leg_rings (leg);
      leg->early = TRUE;
      ari_engine_emit (leg->engine, ari_leg_event (leg, VOICE_EVENT_LEG_EARLY));
    }
  else if (g_str_equal (status, "ANSWER"))
    ari_leg_answered (leg);
}

/* Q.850, where no SIP status is told. */
static int
sip_of_cause (gint64 cause)
{
  switch (cause)
    {
    case 1:
    case 3:
    case 28:
      return 404;
    case 17:
      return 486;
    case 18:
      return 408;
    case 19:
    case 20:
      return 480;
    case 21:
      return 603;
    case 22:
      return 410;
    case 58:
      return 488;
    case 34:
    case 38:
    case 42:
      return 503;
    default:
      return 0;
    }
}

static void
destroyed (Side *side, JsonObject *event)
{
  Leg *leg = ari_leg_of_channel (side, wire_text (wire_object (event, "channel"), "id"));
  const gint64 cause = wire_number (event, "cause", 0);
  gint64 status = wire_number (event, "tech_cause", 0);

  if (leg == NULL)
    return;
  if (status < 300 || status > 699)
    status = sip_of_cause (cause);
  /* Whoever was dialled may have said no before we are told that it is dialled. */
  if (leg->ours && !leg->hanging_up && status != 0)
    ari_originate_dialled (leg);
  if (leg->state == VOICE_LEG_UP && cause == 44)
    ari_leg_end (leg, VOICE_CAUSE_MEDIA_LOST, VOICE_BY_ENGINE, 0);
  else if (leg->state == VOICE_LEG_UP || !leg->outgoing)
    ari_leg_end (leg, VOICE_CAUSE_NORMAL, VOICE_BY_FAR_END, 0);
  else if (status == 0)
    ari_leg_end (leg, VOICE_CAUSE_FAULT, VOICE_BY_FAR_END, 0);
  else
    ari_leg_end (leg, voice_cause_from_sip ((int) status), VOICE_BY_FAR_END, (int) status);
}

static void
held (Side *side, JsonObject *event)
{
  Leg *leg = ari_leg_of_channel (side, wire_text (wire_object (event, "channel"), "id"));

  if (leg != NULL && leg->announced)
    ari_engine_emit (side->engine, ari_leg_event (leg, VOICE_EVENT_LEG_HELD));
}

static void
unheld (Side *side, JsonObject *event)
{
  Leg *leg = ari_leg_of_channel (side, wire_text (wire_object (event, "channel"), "id"));

  if (leg != NULL && leg->announced)
    ari_engine_emit (side->engine, ari_leg_event (leg, VOICE_EVENT_LEG_UNHELD));
}

static void
digit (Side *side, JsonObject *event)
{
  Leg *leg = ari_leg_of_channel (side, wire_text (wire_object (event, "channel"), "id"));
  const char *text = wire_text (event, "digit");
  VoiceEvent *out;

  if (leg == NULL || !leg->announced || text == NULL || strlen (text) != 1 ||
      strchr ("0123456789*#ABCD", text[0]) == NULL)
    return;
  out = ari_leg_event (leg, VOICE_EVENT_LEG_DTMF);
  out->digits = g_strdup (text);
  ari_engine_emit (side->engine, out);
}

static void
playback_finished (Side *side, JsonObject *event)
{
  JsonObject *playback = wire_object (event, "playback");
  const char *id = wire_text (playback, "id");

  if (id != NULL)
    ari_plays_finished (side, id, g_strcmp0 (wire_text (playback, "state"), "failed") == 0);
}

static void
recording_ended (Side *side, JsonObject *event)
{
  const char *name = wire_text (wire_object (event, "recording"), "name");
  gboolean failed = g_strcmp0 (wire_text (event, "type"), "RecordingFailed") == 0;

  if (name != NULL)
    ari_records_finished (side, name, failed);
}

/* Another server took our name: nothing comes here any more. */
static void
replaced (Side *side, JsonObject *event)
{
  node_drop (side->node, "another program took the application's name");
}

void
ari_events_take (Node *node, const char *type, JsonObject *event, gpointer user_data)
{
  static const struct
  {
    const char *type;
    void (*func) (Side *side, JsonObject *event);
    gboolean is_new; /* about what no look is to find first */
  } kinds[] = { { "StasisStart", stasis_start, TRUE },
                { "StasisEnd", stasis_end },
                { "ChannelStateChange", state_changed },
                { "Dial", dial },
                { "ChannelDestroyed", destroyed },
                { "ChannelHold", held },
                { "ChannelUnhold", unheld },
                { "ChannelDtmfReceived", digit },
                { "ChannelTransfer", ari_transfer_asked },
                { "PlaybackFinished", playback_finished },
                { "RecordingFinished", recording_ended },
                { "RecordingFailed", recording_ended },
                { "ContactStatusChange", ari_stations_contact, TRUE },
                { "ApplicationReplaced", replaced, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      {
        if (!kinds[i].is_new && ari_look_keeps (user_data, event))
          return;
        kinds[i].func (user_data, event);
        ari_listen_fill (((Side *) user_data)->engine);
        return;
      }
}
