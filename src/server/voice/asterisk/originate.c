/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Legs that we begin, in two steps: the channel is made, and when it is under our control it is
 * dialled. On the node where its call is. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#include <string.h>

static char *
fill (const char *pattern, const char *field, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (pattern, field, -1);

  return g_strjoinv (value, parts);
}

/* "sip:2001@192.0.2.7;transport=tls" → "2001": the endpoint of that name at Asterisk. */
static char *
user_of (const char *uri)
{
  const char *begin = g_ascii_strncasecmp (uri, "sips:", 5) == 0  ? uri + 5
                      : g_ascii_strncasecmp (uri, "sip:", 4) == 0 ? uri + 4
                                                                  : NULL;

  return begin != NULL ? g_strndup (begin, strcspn (begin, "@;?")) : NULL;
}

/* Where its call already is; else where phones are, for a number where numbers can be called. */
static Side *
side_for (Asterisk *self, const VoiceRequest *request)
{
  GHashTableIter iter;
  gpointer value;
  Side *home = ari_stations_side (self);

  g_hash_table_iter_init (&iter, self->legs);
  while (request->call != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((Leg *) value)->call, request->call) == 0)
      return ((Leg *) value)->side;
  if (home != NULL && node_is_up (home->node) &&
      (request->target_kind != VOICE_TARGET_NUMBER || node_get_config (home->node)->numbers))
    return home;
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Side *side = g_ptr_array_index (self->nodes, i);

      if (node_is_up (side->node) && (request->target_kind != VOICE_TARGET_NUMBER ||
                                      node_get_config (side->node)->numbers != NULL))
        return side;
    }

  return NULL;
}

static VoiceCode
find_way (Side *side, const VoiceRequest *request, char **endpoint)
{
  const AsteriskNode *config = node_get_config (side->node);
  const char *stations = config->stations != NULL ? config->stations : "PJSIP/{user}";
  g_autofree char *user = NULL;
  Station *station;

  switch (request->target_kind)
    {
    case VOICE_TARGET_AGENT:
      station = ari_station_of (side->engine, request->target);
      if (station == NULL || !station->ready)
        return VOICE_CODE_NOT_REGISTERED;
      user = g_strdup (station->user);
      break;
    case VOICE_TARGET_URI:
      user = user_of (request->target);
      break;
    case VOICE_TARGET_NUMBER:
      if (config->numbers == NULL)
        return VOICE_CODE_NO_SUCH_TRUNK;
      *endpoint = fill (config->numbers, "{number}", request->target);
      return VOICE_CODE_OK;
    }
  if (!voice_is_dialable (user))
    return VOICE_CODE_BAD_REQUEST;
  *endpoint = fill (stations, "{user}", user);

  return VOICE_CODE_OK;
}

/* The headers, who is shown as calling, and what we want to find again. */
static char *
variables_of (Leg *leg, const VoiceRequest *request)
{
  g_autofree char *tag = ari_leg_tag (leg);
  const gboolean hidden = request->caller_number == NULL;
  const gboolean outside = request->target_kind == VOICE_TARGET_NUMBER;
  const char *const pairs[] = {
    "GUICHET", tag, "CONNECTEDLINE(num)", request->caller_number, "CONNECTEDLINE(name)",
    request->caller_name, "CONNECTEDLINE(pres)", hidden ? "prohib" : "allowed",
    "PJSIP_HEADER(add,X-Guichet-Offer)", outside ? NULL : request->offer,
    /* Our softphone knows the first, desk phones the second. */
    "PJSIP_HEADER(add,X-Guichet-Answer)", request->answers ? "auto" : NULL,
    "PJSIP_HEADER(add,Call-Info)", request->answers ? "<sip:guichet>;answer-after=0" : NULL,
    /* What a phone's REFER asks for is the centre's to decide. */
    "PJSIP_TRANSFER_HANDLING()", outside ? NULL : "ari-only", "__GUICHET_OFFER",
    outside ? NULL : request->offer, "__GUICHET_ANSWER", request->answers ? "auto" : NULL, NULL
  };

  return ari_rest_variables (pairs);
}

typedef struct
{
  Asterisk *engine;
  char *leg;
  VoiceCode missing;
} Making;

static void
fail_originate (Leg *leg, VoiceCode code, const char *detail)
{
  g_autofree char *request = g_steal_pointer (&leg->originate);

  ari_engine_fail (leg->engine, request, code, detail);
  leg->announced = FALSE;
  ari_leg_end (leg, VOICE_CAUSE_FAULT, VOICE_BY_ENGINE, 0);
}

static void
on_made (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Making *making = user_data;
  Leg *leg = g_hash_table_lookup (making->engine->legs, making->leg);
  g_autofree char *detail = g_strdup_printf ("answered %u", status);

  if (leg != NULL && leg->originate != NULL && status / 100 != 2)
    {
      VoiceCode code = status == 500   ? making->missing
                       : status == 409 ? VOICE_CODE_EXISTS
                                       : ari_rest_code (status, VOICE_CODE_FAULT);

      /* No answer is no proof that nothing was made. */
      if (status == 0)
        ari_leg_hang_up (leg);
      fail_originate (leg, code, detail);
    }
  g_free (making->leg);
  g_free (making);
}

void
ari_originate_dialled (Leg *leg)
{
  g_autofree char *request = g_steal_pointer (&leg->originate);

  if (request != NULL)
    ari_engine_done (leg->engine, request);
}

static void
on_dialled (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Making *making = user_data;
  Leg *leg = g_hash_table_lookup (making->engine->legs, making->leg);
  g_autofree char *detail = g_strdup_printf ("dial: answered %u", status);

  if (leg != NULL && status / 100 == 2)
    ari_originate_dialled (leg);
  else if (leg != NULL && leg->originate != NULL)
    {
      ari_leg_hang_up (leg);
      fail_originate (leg, VOICE_CODE_FAULT, detail);
    }
  g_free (making->leg);
  g_free (making);
}

static Making *
making_of (Leg *leg, VoiceCode missing)
{
  Making *making = g_new (Making, 1);

  making->engine = leg->engine;
  making->leg = g_strdup (leg->id);
  making->missing = missing;

  return making;
}

/* Its channel is under our control. What was asked meanwhile comes first, so that it is in its
 * bridge when there is sound. */
void
ari_originate_go_on (Leg *leg)
{
  g_autofree char *uri = g_strconcat (leg->path, "/dial?timeout=0", NULL);
  Asterisk *engine = leg->engine;
  g_autofree char *id = g_strdup (leg->id);
  VoiceRequest *request;

  leg->ours = TRUE;
  while ((request = g_queue_pop_head (&leg->held)) != NULL)
    {
      ari_engine_handle (engine, request);
      voice_request_unref (request);
      if (g_hash_table_lookup (engine->legs, id) != leg)
        return;
    }
  if (leg->originate != NULL && !leg->hanging_up)
    node_ask (leg->side->node, "POST", uri, NULL, on_dialled,
              making_of (leg, VOICE_CODE_NO_SUCH_LEG));
}

static void
make (Side *side, const VoiceRequest *request, const char *endpoint)
{
  const AsteriskNode *config = node_get_config (side->node);
  Leg *leg = ari_leg_new (side, request->leg, request->leg, TRUE);
  g_autofree char *where = ari_rest_escape (endpoint);
  g_autofree char *app = ari_rest_escape (config->app != NULL ? config->app : "guichet");
  g_autofree char *channel = ari_rest_escape (leg->channel);
  g_autofree char *uri = g_strdup_printf (
      "channels/create?endpoint=%s&app=%s&appArgs=own&channelId=%s", where, app, channel);
  g_autofree char *body = NULL;
  const gboolean station = request->target_kind != VOICE_TARGET_NUMBER;

  leg->announced = TRUE;
  leg->originate = g_strdup (request->id);
  leg->agent = request->target_kind == VOICE_TARGET_AGENT ? g_strdup (request->target) : NULL;
  leg->offer = g_strdup (request->offer);
  leg->call = g_strdup (request->call);
  leg->address = g_strdup (endpoint);
  body = variables_of (leg, request);
  node_ask (side->node, "POST", uri, body, on_made,
            making_of (leg, station ? VOICE_CODE_NOT_REGISTERED : VOICE_CODE_FAULT));
}

static gboolean
has_numbers (Asterisk *self)
{
  for (guint i = 0; i < self->config->nodes->len; i++)
    if (((AsteriskNode *) g_ptr_array_index (self->config->nodes, i))->numbers != NULL)
      return TRUE;

  return FALSE;
}

void
ari_originate_handle (Asterisk *self, VoiceRequest *request)
{
  Side *side = side_for (self, request);
  g_autofree char *endpoint = NULL;
  VoiceCode code;

  if (g_hash_table_contains (self->legs, request->leg))
    ari_engine_fail (self, request->id, VOICE_CODE_EXISTS, NULL);
  else if (side == NULL && request->target_kind == VOICE_TARGET_NUMBER && !has_numbers (self))
    ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_TRUNK, NULL);
  else if (side == NULL || !node_is_up (side->node))
    ari_engine_fail (self, request->id, VOICE_CODE_FAULT, "no node is there for it");
  else if ((code = find_way (side, request, &endpoint)) != VOICE_CODE_OK)
    ari_engine_fail (self, request->id, code, NULL);
  else
    make (side, request, endpoint);
}
