/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: what agents write to each other: a conversation like those with customers, where
 * the colleague stands in the customer's place. The first words are a row of the outbox that is
 * only kept. Main loop. */
#include "client/im.h"

#include "client/apply-fields.h"
#include "client/fields/work.h"
#include "client/im-private.h"
#include "client/message.h"
#include "client/request.h"

#define TWO 2
#define ROW "first-words"

/* The colleague is who is at the other end; who invited goes without saying. */
gboolean
guichet_apply_between (GuichetRecord *record,
                       const BaseJson *json,
                       const char *agent,
                       GError **error)
{
  BaseJson between, one;
  const char *id, *name;

  if (!base_json_opt_array (json, "between", TWO, &between, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&between); i++)
    {
      if (!base_json_item_object (&between, i, &one, error) ||
          !base_json_get_string (&one, "agent", 256, &id, error) ||
          !base_json_get_string (&one, "name", 256, &name, error))
        return FALSE;
      if (g_strcmp0 (id, agent) == 0)
        continue;
      if (g_str_equal (guichet_record_get_string (record, INTERACTION_CHANNEL), "im"))
        guichet_record_set_string (record, INTERACTION_COLLEAGUE, id);
      guichet_record_set_string (record, INTERACTION_CUSTOMER_NAME, name);
      guichet_record_set_string (record, INTERACTION_FROM_NAME, "");
    }
  return TRUE;
}

gboolean
guichet_apply_reads (GuichetRecord *record, const BaseJson *conversation, GError **error)
{
  const char *colleague = guichet_record_get_string (record, INTERACTION_COLLEAGUE);
  BaseJson reads, one;
  const char *id;
  gint64 number;

  if (!base_json_opt_array (conversation, "reads", TWO, &reads, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&reads); i++)
    {
      if (!base_json_item_object (&reads, i, &one, error) ||
          !base_json_get_string (&one, "agent", 256, &id, error) ||
          !base_json_get_int (&one, "number", 0, G_MAXINT64, &number, error))
        return FALSE;
      guichet_record_set_int (
          record, g_str_equal (id, colleague) ? INTERACTION_READ_NUMBER : INTERACTION_OWN_READ,
          number);
    }
  return TRUE;
}

gboolean
guichet_message_is_theirs (GuichetMessage *message, GuichetInteraction *interaction)
{
  const char *author = guichet_message_get_author (message);
  const char *colleague = guichet_interaction_get_colleague (interaction);

  return g_str_equal (author, "customer") || g_str_equal (author, "bot") ||
         (*colleague != '\0' && g_str_equal (guichet_message_get_agent (message), colleague));
}

GuichetInteraction *
guichet_session_find_im (GuichetSession *self, const char *colleague)
{
  GListModel *all = guichet_session_get_interactions (self);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (all, i);

      if (g_str_equal (guichet_interaction_get_colleague (one), colleague) &&
          guichet_interaction_get_customer_left_at (one) == 0)
        return one; /* the session holds it */
    }
  return NULL;
}

void
guichet_session_keep_first_words (GuichetSession *self, const char *colleague, const char *text)
{
  guichet_outbox_keep_words (self->outbox, ROW, colleague, text);
}

const char *
guichet_session_get_first_words (GuichetSession *self, const char *colleague)
{
  const GuichetRow *row = guichet_outbox_find (self->outbox, ROW, colleague, "");

  return row != NULL ? row->value : "";
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->outbox != NULL) /* else the session has been disposed meanwhile */
    guichet_session_keep_first_words (self, g_object_get_data (G_OBJECT (task), "to"), "");
  g_task_return_boolean (task, TRUE);
}

void
guichet_session_write_to_async (GuichetSession *self,
                                const char *colleague,
                                const char *text,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  g_autoptr (JsonObject) body = json_object_new ();

  guichet_session_keep_first_words (self, colleague, text);
  if (!guichet_request_may_send (self, task))
    return;
  json_object_set_string_member (body, "to", colleague);
  json_object_set_string_member (body, "text", text);
  g_object_set_data_full (G_OBJECT (task), "to", g_strdup (colleague), g_free);
  guichet_api_send_async (self->api, "POST", "/v1/im", body,
                          guichet_outbox_find (self->outbox, ROW, colleague, "")->key, cancellable,
                          on_written, task);
}
