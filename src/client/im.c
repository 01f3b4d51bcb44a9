/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: what agents write to each other: a conversation like those with customers, where
 * the colleague stands in the customer's place. Main loop. */
#include "client/im.h"

#include "client/apply-fields.h"
#include "client/im-private.h"
#include "client/message.h"
#include "client/request.h"

#define TWO 2

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

  return g_str_equal (author, "customer") ||
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
guichet_session_write_to_async (GuichetSession *self,
                                const char *colleague,
                                const char *text,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "to", colleague);
  json_object_set_string_member (body, "text", text);
  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "POST", "/v1/im", body);
}
