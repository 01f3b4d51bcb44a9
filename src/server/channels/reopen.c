/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To whom a customer comes back who writes again after the work was done. Centre's thread. */
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

const char *
conversation_last_agent (Conversations *self, const Conversation *conversation)
{
  Last last = { NULL, 0 };

  if (conversation->interaction != 0)
    store_query (centre_store (self->centre), NULL, on_agent_row, &last, STORE_GET_LAST_AGENT,
                 conversation->interaction_text);

  return last.agent;
}
