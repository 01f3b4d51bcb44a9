/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers by the keys of a station: Asterisk takes its REFER and hands it on to us alone. It
 * knows four words for what becomes of it. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#include <string.h>

#define NUMBER_MAX 64
#define PROGRESS   "channel_progress"
#define WORD_US    G_USEC_PER_SEC

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

/* --- the two legs of an attended transfer ----------------------------------------------------- */

/* Asterisk 22 looks at the second leg without holding it when it says what became of the transfer,
 * and dies where that is gone: neither is hung up before. */
static void
tie (Leg *leg, Leg *other)
{
  g_free (g_steal_pointer (&leg->twin));
  g_free (g_steal_pointer (&other->twin));
  leg->twin = g_strdup (other->id);
  other->twin = g_strdup (leg->id);
}

static void
untie (Leg *leg)
{
  const gboolean waits = leg->twin_since != 0;

  g_clear_pointer (&leg->twin, g_free);
  leg->twin_since = 0;
  if (waits)
    ari_leg_hang_up (leg);
}

void
ari_transfer_over (Leg *leg)
{
  Leg *other = leg->twin != NULL ? g_hash_table_lookup (leg->engine->legs, leg->twin) : NULL;

  untie (leg);
  if (other != NULL && g_strcmp0 (other->twin, leg->id) == 0)
    untie (other);
}

gboolean
ari_transfer_holds (Leg *leg)
{
  if (leg->twin == NULL)
    return FALSE;
  leg->twin_since = g_get_monotonic_time ();

  return TRUE;
}

void
ari_transfer_expire (Leg *leg, gint64 now)
{
  if (leg->twin_since != 0 && now - leg->twin_since >= WORD_US)
    ari_transfer_over (leg);
}

/* --- what the phone asks for ------------------------------------------------------------------ */

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
  const char *state = wire_text (event, "state");
  VoiceEvent *out;

  /* What we said of it comes back as the same event, with a state. */
  if (leg != NULL && state != NULL && !g_str_equal (state, PROGRESS))
    ari_transfer_over (leg);
  if (leg == NULL || !leg->announced || leg->hanging_up || state != NULL)
    return;
  if (leg->refers || (attended ? other == NULL : !is_number (number)))
    {
      if (!leg->refers)
        tell (leg, "channel_declined");
      return;
    }
  leg->refers = TRUE;
  if (other != NULL)
    tie (leg, other);
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
    return PROGRESS;
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
