/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An agent writes to a colleague. Centre's thread. */
#include "server/api/directory.h"
#include "server/api/handlers.h"

#include "server/channels/im.h"

#define TEXT_READ_MAX (64 * 1024)

typedef struct
{
  ApiCall *call;
  char *text;
  const char *to; /* interned */
} Sending;

/* What the core says of the two is known by the API under other names. */
static void
refuse (ApiCall *call, const GError *error)
{
  if (error == NULL || error->code == ACD_ERROR_NOT_ALLOWED)
    api_call_not_now (call, error != NULL ? error->message : model_code (MODEL_CODE_NOT_CONNECTED));
  else if (error->code == ACD_ERROR_UNKNOWN)
    api_call_not_found (call);
  else
    api_call_invalid (call, "/to", 0, "not a colleague");
}

static void
on_written (const Message *message, const GError *error, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (ApiCall) call = sending->call;
  g_autofree char *text = sending->text;

  if (message == NULL)
    refuse (call, error);
  else if (!message_says (message, text))
    api_call_problem (call, 422, "idempotency_mismatch", NULL, NULL);
  else
    {
      api_directory_used (call, DIRECTORY_AGENT, sending->to);
      api_call_reply_message (call, message);
    }
}

/* NULL: answered. Free with g_free. */
static char *
read_text (ApiCall *call, const char **to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clean = NULL;
  const char *text;
  JsonObject *more;

  if (!base_json_only (&call->body, &error, "to", "text", NULL) ||
      !base_json_get_string (&call->body, "to", 64, to, &error) ||
      !base_json_get_string (&call->body, "text", TEXT_READ_MAX, &text, &error))
    {
      api_call_bad_body (call, error);
      return NULL;
    }
  clean = message_clean (text);
  if (clean == NULL)
    api_call_invalid (call, "/text", MESSAGE_TEXT_MAX, "empty");
  else if (g_utf8_strlen (clean, -1) > MESSAGE_TEXT_MAX)
    {
      more = json_object_new ();
      base_json_set_string (more, "field", "/text");
      json_object_set_int_member (more, "limit", MESSAGE_TEXT_MAX);
      api_call_problem (call, 413, "too_large", more, NULL);
    }
  else
    return g_steal_pointer (&clean);

  return NULL;
}

void
api_im_write (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const char *to = NULL;
  g_autofree char *text = NULL;
  Sending *sending;

  /* The message itself remembers its key: its text is kept in one place alone. */
  call->secret = TRUE;
  text = read_text (call, &to);
  if (text == NULL)
    return;
  if (g_str_equal (to, call->agent))
    api_call_invalid (call, "/to", 0, "not a colleague");
  else if (definitions == NULL || model_definitions_agent (definitions, to) == NULL)
    api_call_not_found (call);
  else if (conversations_refuses_cards (centre_conversations (call->centre), text))
    api_call_not_now (call, model_code (MODEL_CODE_CARD_DATA));
  else
    {
      sending = g_new0 (Sending, 1);
      *sending = (Sending){ api_call_ref (call), g_strdup (text), g_intern_string (to) };
      im_write (centre_conversations (call->centre), call->agent, to, call->key, text, on_written,
                sending);
    }
}
