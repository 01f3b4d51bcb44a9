/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers by the keys of a station: Asterisk takes its REFER and hands it on to us alone. It
 * knows four words for what becomes of it. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#include <string.h>

#define NUMBER_MAX 64

void
ari_transfer_claim (Leg *leg)
{
  ari_rest_tell (leg->side, "POST", NULL,
                 "%s/variable?variable=PJSIP_TRANSFER_HANDLING%%28%%29&value=ari-only", leg->path);
}

static void
tell (Leg *leg, const char *state)
{
  ari_rest_tell (leg->side, "POST", NULL, "%s/transfer_progress?states=%s", leg->path, state);
}

static gboolean
is_number (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > NUMBER_MAX)
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;

  return TRUE;
}

/* The other call of the same phone: Asterisk found it, or says how SIP calls it. */
static Leg *
other_of (Leg *leg, JsonObject *refer_to)
{
  Leg *other = ari_leg_of_channel (leg->side,
                                   wire_text (wire_object (refer_to, "destination_channel"), "id"));

  return other != NULL && other != leg && other->agent != NULL &&
                 g_strcmp0 (other->agent, leg->agent) == 0
             ? other
             : NULL;
}

void
ari_transfer_asked (Side *side, JsonObject *event)
{
  JsonObject *source = wire_object (wire_object (event, "referred_by"), "source_channel");
  JsonObject *refer_to = wire_object (event, "refer_to");
  JsonObject *wanted = wire_object (refer_to, "requested_destination");
  const char *number = wire_text (wanted, "destination");
  const gboolean attended = wire_text (wanted, "protocol_id") != NULL;
  Leg *leg = ari_leg_of_channel (side, wire_text (source, "id"));
  Leg *other = leg != NULL && attended ? other_of (leg, refer_to) : NULL;
  VoiceEvent *out;

  /* What we said of it comes back as the same event, with a state. */
  if (leg == NULL || !leg->announced || leg->hanging_up || wire_text (event, "state") != NULL)
    return;
  if (leg->refers || (attended ? other == NULL : !is_number (number)))
    {
      if (!leg->refers)
        tell (leg, "channel_declined");
      return;
    }
  leg->refers = TRUE;
  out = ari_leg_event (leg, VOICE_EVENT_LEG_TRANSFER);
  out->agent = g_strdup (leg->agent);
  out->number = attended ? NULL : g_strdup (number);
  out->other = g_strdup (other != NULL ? other->id : NULL);
  ari_engine_emit (side->engine, out);
}

static const char *
state_of (int status)
{
  if (status < 200)
    return "channel_progress";
  if (status < 300)
    return "channel_answered";

  return status == 480 || status == 487 || status == 404 ? "channel_unavailable"
                                                         : "channel_declined";
}

void
ari_transfer_handle_report (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = ari_leg_find (self, request);

  if (leg == NULL)
    return;
  if (!leg->refers)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_WRONG_STATE, "no transfer is asked for");
      return;
    }
  leg->refers = request->status < 200;
  ari_rest_last (leg->side, request->id, VOICE_CODE_NO_SUCH_LEG, "POST", NULL,
                 "%s/transfer_progress?states=%s", leg->path, state_of (request->status));
}
