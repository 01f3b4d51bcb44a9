/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places in line of customers who wait on a conversation, as the core's rank orders them.
 * Centre's thread. */
#include "server/channels/conversations-private.h"

typedef struct
{
  Conversation *conversation;
  const char *queue;
  gint64 rank;
} Waiting;

static gint
by_rank (gconstpointer a, gconstpointer b)
{
  const Waiting *first = a;
  const Waiting *second = b;

  if (first->queue != second->queue)
    return g_strcmp0 (first->queue, second->queue);

  return first->rank < second->rank ? -1 : first->rank > second->rank;
}

static void
add_waiting (Conversations *self, Conversation *conversation, GArray *all)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);
  const ModelEntryPoint *entry =
      model_definitions_entry_point (definitions, conversation->entry_point);
  Record *record = centre_record (self->centre, conversation->interaction);
  Waiting waiting = { conversation, NULL, 0 };

  if (conversation->state != CONVERSATION_WAITING || record == NULL || record->queue == NULL)
    return;
  waiting.queue = g_intern_string (record->queue);
  waiting.rank = record->created;
  if (entry != NULL)
    waiting.rank -= (gint64) entry->priority * definitions->settings.boost_seconds * 1000;
  g_array_append_val (all, waiting);
}

void
conversations_number_places (Conversations *self)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Waiting));
  g_autoptr (GList) list = g_hash_table_get_values (self->by_address);
  const char *queue = NULL;
  guint place = 0;

  for (GList *l = list; l != NULL; l = l->next)
    add_waiting (self, l->data, all);
  g_array_sort (all, by_rank);
  for (guint i = 0; i < all->len; i++)
    {
      Waiting *waiting = &g_array_index (all, Waiting, i);
      const ConversationChannel *channel = conversation_channel (self, waiting->conversation);

      place = waiting->queue == queue ? place + 1 : 1;
      queue = waiting->queue;
      if (waiting->conversation->place == place)
        continue;
      waiting->conversation->place = place;
      if (channel != NULL && channel->channel->changed != NULL)
        channel->channel->changed (channel->data, waiting->conversation);
    }
}
