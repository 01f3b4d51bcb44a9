/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is common to all changes of customers. Centre's thread. */
#include "server/api/customer-commit.h"

#include "base/json.h"
#include "server/channels/conversations.h"

#include <string.h>

/* --- one at a time ---------------------------------------------------------------------------- */

typedef struct
{
  ApiCall *call;
  void (*again) (ApiCall *call);
} Waiting;

static void
on_free (gpointer user_data)
{
  g_autofree Waiting *waiting = user_data;
  g_autoptr (ApiCall) call = waiting->call;

  waiting->again (call);
}

gboolean
customer_wait (ApiCall *call, const Person *person, void (*again) (ApiCall *call))
{
  Waiting *waiting;

  if (!g_hash_table_contains (call->api->customers, person->id))
    return FALSE;
  waiting = g_new0 (Waiting, 1);
  *waiting = (Waiting){ api_call_ref (call), again };
  centre_after_durable (call->centre, on_free, waiting);

  return TRUE;
}

void
customer_conflict (ApiCall *call, const Person *person)
{
  JsonObject *more = json_object_new ();

  json_object_set_object_member (more, "current", person_to_json (call->centre, person));
  api_call_problem (call, 409, "conflict", more, NULL);
}

typedef struct
{
  ApiCall *call;
  GPtrArray *members;
} Committing;

static void
reply_kept (ApiCall *call)
{
  g_autoptr (JsonNode) node = base_json_parse (call->answer, strlen (call->answer), NULL, NULL);

  api_call_reply (call, call->status, json_node_dup_object (node));
}

static void
on_committed (gpointer user_data)
{
  g_autofree Committing *committing = user_data;
  g_autoptr (ApiCall) call = committing->call;
  g_autoptr (GPtrArray) members = committing->members;

  for (guint i = 0; i < members->len; i++)
    g_hash_table_remove (call->api->customers, g_ptr_array_index (members, i));
  reply_kept (call);
  people_touch (call->centre, members);
}

static void
take_members (ApiCall *call, const Person *person, GPtrArray *members)
{
  for (guint i = 0; person != NULL && i < person->members->len; i++)
    {
      const char *id = g_ptr_array_index (person->members, i);

      g_ptr_array_add (members, g_strdup (id));
      g_hash_table_add (call->api->customers, g_strdup (id));
    }
}

void
customer_commit (ApiCall *call,
                 const Person *person,
                 const Person *other,
                 StoreBatch *batch,
                 JsonObject *answer)
{
  Committing *committing = g_new0 (Committing, 1);

  committing->call = api_call_ref (call);
  committing->members = g_ptr_array_new_with_free_func (g_free);
  take_members (call, person, committing->members);
  take_members (call, other, committing->members);
  api_call_keep_answer (call, batch, 200, answer);
  centre_write (call->centre, batch, on_committed, committing);
}

/* --- links ------------------------------------------------------------------------------------ */

static void
remember_address (Record *record,
                  const Conversation *conversation,
                  const char *customer,
                  StoreBatch *batch)
{
  ModelChannel channel = record->channel;

  if (channel == MODEL_CHANNEL_VOICE && record->number != NULL)
    store_batch_add (batch, STORE_CUSTOMER_NUMBER_ADD, record->number, customer, (gint64) 99);
  else if (conversation != NULL && channel != MODEL_CHANNEL_WEBCHAT)
    store_batch_add (batch, STORE_CUSTOMER_ADDRESS_ADD, model_channel_to_text (channel),
                     conversation->address, customer, (gint64) 99);
}

void
customer_link (Centre *centre,
               Record *record,
               const char *customer,
               const char *name,
               gboolean remember,
               StoreBatch *batch)
{
  const Conversation *conversation = conversations_of (centre_conversations (centre), record->id);

  g_free (record->customer);
  record->customer = g_strdup (customer);
  if (name != NULL)
    {
      g_free (record->name);
      record->name = g_strdup (name);
    }
  store_batch_add (batch, STORE_INTERACTION_CUSTOMER, record->text, customer);
  store_batch_add (batch, STORE_RECENT_CUSTOMER, record->text, customer);
  if (conversation != NULL)
    {
      const char *channel = model_channel_to_text (conversation->channel);

      store_batch_add (batch, STORE_CUSTOMER_ADDRESS_UNLINK, channel, conversation->address);
      if (customer != NULL)
        store_batch_add (batch, STORE_CUSTOMER_ADDRESS_LINK, channel, conversation->address,
                         customer);
    }
  if (remember && customer != NULL)
    remember_address (record, conversation, customer, batch);
}

static void
on_touched (gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;

  reply_kept (call);
}

void
customer_commit_link (ApiCall *call,
                      Record *record,
                      StoreBatch *batch,
                      guint status,
                      JsonObject *answer)
{
  api_call_keep_answer (call, batch, status, answer);
  centre_touch (call->centre, record, "customer", batch, on_touched, api_call_ref (call));
}
