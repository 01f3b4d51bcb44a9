/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer begins a chat: the form is checked, the token made, the work begun. Centre's thread.
 */

#include "server/channels/webchat/webchat-private.h"

#include "base/json.h"

#include <string.h>

typedef struct
{
  SoupServerMessage *message;
  const char *begun;           /* its id, while it begins */
  char id[MODEL_ID_TEXT_SIZE]; /* of one that was there */
  char *token;
  guint status;
} Creation;

/* Variable → value, into the table (borrowed). FALSE: answered. */
static gboolean
read_values (SoupServerMessage *message,
             Webchat *self,
             const ModelEntryPoint *entry,
             const WebchatForm *form,
             GHashTable *values)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);

  for (guint i = 0; entry->chat.fields != NULL && i < entry->chat.fields->len; i++)
    {
      const ModelChatField *field = g_ptr_array_index (entry->chat.fields, i);
      const ModelVariable *variable = model_definitions_variable (definitions, field->variable);
      g_autofree char *place = g_strconcat ("/values/", field->variable, NULL);
      const char *wrong;
      const char *value = webchat_form_value (form, field->variable, &wrong);

      if (value != NULL)
        wrong = model_variable_check (variable, value);
      else if (wrong == NULL && field->required)
        wrong = "missing";
      if (wrong != NULL)
        {
          webchat_problem (message, 422, "invalid", place, wrong);
          return FALSE;
        }
      if (value != NULL)
        g_hash_table_insert (values, variable->id, (gpointer) value);
    }

  return TRUE;
}

/* FALSE: answered. */
static gboolean
check_bot (SoupServerMessage *message, const WebchatForm *form)
{
  g_autofree char *place = NULL;
  guint line;

  if (bot_talk_check (&form->bot, &line))
    return TRUE;
  place = g_strdup_printf ("/bot/messages/%u/text", line);
  webchat_problem (message, 422, "invalid", place, "missing");

  return FALSE;
}

/* NULL: answered. */
static WebchatForm *
read_form (SoupServerMessage *message)
{
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GError) error = NULL;
  WebchatForm *form = webchat_form_parse (body, &error);

  if (form == NULL)
    {
      const char *pointer = base_error_get_pointer (error);
      guint status = error->code == BASE_ERROR_TOO_LARGE  ? 413
                     : error->code == BASE_ERROR_TOO_LONG ? 422
                                                          : 400;

      webchat_problem (message, status,
                       status == 413   ? "too_large"
                       : status == 422 ? "invalid"
                                       : "bad_request",
                       pointer != NULL && *pointer == '/' ? pointer : NULL,
                       status == 422 ? "length" : NULL);
    }

  return form;
}

static void
reply (Creation *creation)
{
  JsonObject *answer = json_object_new ();

  base_json_set_string (answer, "conversation",
                        creation->begun != NULL ? creation->begun : creation->id);
  base_json_set_string (answer, "token", creation->token);
  json_object_set_int_member (answer, "cursor", 0);
  webchat_reply (creation->message, creation->status, answer);
}

static void
finish (Creation *creation)
{
  soup_server_message_unpause (creation->message);
  g_object_unref (creation->message);
  g_free (creation->token);
  g_free (creation);
}

static void
on_arrived (Centre *centre, const CentreResult *result, gpointer user_data)
{
  Creation *creation = user_data;

  if (result->error == NULL)
    reply (creation);
  else
    webchat_problem (creation->message, 503, "unavailable", NULL, NULL);
  finish (creation);
}

static void
on_repeated (gpointer user_data)
{
  Creation *creation = user_data;

  reply (creation);
  finish (creation);
}

static void
begin (Webchat *self,
       const ModelEntryPoint *entry,
       const char *hash,
       const WebchatForm *form,
       GHashTable *values,
       Creation *creation)
{
  CentreAside aside = { .name = form->name, .called = entry->addresses[0], .values = values };
  Conversation *conversation;

  /* What the entry point gives of itself, unless the customer said otherwise. */
  for (guint i = 0; i < entry->variables->len; i++)
    {
      const ModelVariableValue *given = g_ptr_array_index (entry->variables, i);

      if (!g_hash_table_contains (values, given->variable))
        g_hash_table_insert (values, given->variable, given->value);
    }
  conversation = conversations_at (self->conversations, MODEL_CHANNEL_WEBCHAT, hash);
  soup_server_message_pause (creation->message);
  if (conversation != NULL)
    {
      creation->status = 200;
      g_strlcpy (creation->id, conversation->id, sizeof creation->id);
      centre_after_durable (self->centre, on_repeated, creation);
      return;
    }
  creation->status = 201;
  conversations_begin (self->conversations, MODEL_CHANNEL_WEBCHAT, entry, hash,
                       form->language != NULL ? form->language : entry->language, &form->bot,
                       &aside, &creation->begun, on_arrived, creation);
}

void
webchat_create (Webchat *self, SoupServerMessage *message, const char *name, const char *source)
{
  const ModelEntryPoint *entry = model_definitions_entry_point_at (
      centre_definitions (self->centre), MODEL_CHANNEL_WEBCHAT, name);
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (WebchatForm) form = NULL;
  g_autofree char *purpose = NULL;
  g_autofree char *hash = NULL;
  Creation *creation;

  if (!webchat_may (self, message, self->beginnings, source))
    return;
  form = read_form (message);
  if (form == NULL || !read_values (message, self, entry, form, values) ||
      !check_bot (message, form))
    return;
  purpose = g_strjoin (" ", "webchat", name, form->key, NULL);
  creation = g_new0 (Creation, 1);
  creation->message = g_object_ref (message);
  creation->token = secrets_derive (centre_secrets (self->centre), purpose);
  hash = secrets_hash_token (creation->token);
  begin (self, entry, hash, form, values, creation);
}
