/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether, and to whom, a customer comes back who writes again after the work was done: within the
 * centre's time, to the agent of before; later it is new work as any. Centre's thread. */
#include "server/centre/values.h"
#include "server/channels/conversations-private.h"

typedef struct
{
  const char *agent;
  gint64 at;
} Last;

static void
on_agent_row (StoreRow *row, gpointer user_data)
{
  Last *last = user_data;

  last->agent = g_intern_string (store_row_text (row, 0));
  last->at = store_row_int (row, 1);
}

static void
on_ended_row (StoreRow *row, gpointer user_data)
{
  *(gint64 *) user_data = store_row_int (row, 1);
}

static gint64
window (Conversations *self)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);

  return definitions != NULL ? (gint64) definitions->settings.reopen_seconds * 1000 : 0;
}

gint64
conversation_reopens_until (Conversations *self, const Conversation *conversation)
{
  gint64 ended = 0;

  if (conversation->interaction != 0)
    store_query (centre_store (self->centre), NULL, on_ended_row, &ended, STORE_GET_ENDED_BY,
                 conversation->interaction_text);

  return ended != 0 ? ended + window (self) : 0;
}

const char *
conversation_last_agent (Conversations *self, const Conversation *conversation)
{
  Last last = { NULL, 0 };

  if (conversation_reopens_until (self, conversation) <= centre_now (self->centre))
    return NULL;
  store_query (centre_store (self->centre), NULL, on_agent_row, &last, STORE_GET_LAST_AGENT,
               conversation->interaction_text);

  return last.agent;
}

gboolean
conversations_may_come_back (Conversations *self, Conversation *conversation)
{
  return conversation->state == CONVERSATION_ENDED &&
         conversation_reopens_until (self, conversation) > centre_now (self->centre);
}

GHashTable *
conversation_values_before (Conversations *self, const Conversation *conversation)
{
  if (conversation_reopens_until (self, conversation) <= centre_now (self->centre))
    return NULL;

  return values_of_work (self->centre, conversation->interaction_text);
}
