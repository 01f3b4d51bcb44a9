/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests of the centre as questions to a node, and what the answer means. */
#include "server/voice/asterisk/parts.h"

#include "base/json.h"

typedef struct
{
  Asterisk *engine;
  char *request;
  VoiceCode missing;
} Last;

char *
ari_rest_escape (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

VoiceCode
ari_rest_code (guint status, VoiceCode missing)
{
  switch (status)
    {
    case 400:
      return VOICE_CODE_BAD_REQUEST;
    case 404:
      return missing;
    case 409: /* it is not ours any more */
    case 412: /* it is hanging up */
      return missing == VOICE_CODE_NO_SUCH_LEG ? missing : VOICE_CODE_WRONG_STATE;
    case 422:
      return VOICE_CODE_WRONG_STATE;
    default:
      return VOICE_CODE_FAULT;
    }
}

static void
on_last (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Last *last = user_data;
  g_autofree char *detail =
      status == 0 ? g_strdup ("no answer") : g_strdup_printf ("answered %u", status);

  if (status / 100 == 2)
    ari_engine_done (last->engine, last->request);
  else if (status == 400 && last->missing == VOICE_CODE_NO_SUCH_BRIDGE) /* no such channel */
    ari_engine_fail (last->engine, last->request, VOICE_CODE_NO_SUCH_LEG, detail);
  else
    ari_engine_fail (last->engine, last->request, ari_rest_code (status, last->missing), detail);
  g_free (last->request);
  g_free (last);
}

void
ari_rest_last (Side *side,
               const char *request,
               VoiceCode missing,
               const char *method,
               const char *body,
               const char *format,
               ...)
{
  Last *last = g_new (Last, 1);
  g_autofree char *uri = NULL;
  va_list args;

  va_start (args, format);
  uri = g_strdup_vprintf (format, args);
  va_end (args);
  last->engine = side->engine;
  last->request = g_strdup (request);
  last->missing = missing;
  node_ask (side->node, method, uri, body, on_last, last);
}

void
ari_rest_tell (Side *side, const char *method, const char *body, const char *format, ...)
{
  g_autofree char *uri = NULL;
  va_list args;

  va_start (args, format);
  uri = g_strdup_vprintf (format, args);
  va_end (args);
  node_ask (side->node, method, uri, body, NULL, NULL);
}

char *
ari_rest_variables (const char *const *pairs)
{
  JsonObject *object = json_object_new ();
  JsonObject *variables = json_object_new ();
  char *text;

  for (; pairs[0] != NULL; pairs += 2)
    if (pairs[1] != NULL)
      base_json_set_string (variables, pairs[0], pairs[1]);
  json_object_set_object_member (object, "variables", variables);
  text = base_json_to_text (object);
  json_object_unref (object);

  return text;
}
