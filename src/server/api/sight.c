/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may read what: of definitions and core as they are, and of the store. */
#include "server/api/sight.h"
#include "server/channels/im.h"

static void
on_any_row (StoreRow *row, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
sees_all (const ModelDefinitions *definitions, const ModelAgent *agent)
{
  return agent != NULL && (agent->role == MODEL_ROLE_SUPERVISOR ||
                           definitions->settings.history == MODEL_HISTORY_ALL);
}

static char **
queues_of (ApiCall *call)
{
  g_autoptr (GArray) all = acd_core_agent_memberships (centre_core (call->centre), call->agent);
  char **queues = g_new0 (char *, all->len + 1);

  for (guint i = 0; i < all->len; i++)
    queues[i] = g_strdup (g_array_index (all, AcdMembershipView, i).queue);

  return queues;
}

Sight *
sight_new (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *agent =
      definitions != NULL ? model_definitions_agent (definitions, call->agent) : NULL;
  Sight *self = g_new0 (Sight, 1);

  self->agent = call->agent;
  self->all = sees_all (definitions, agent);
  self->all_im =
      agent != NULL && agent->role == MODEL_ROLE_SUPERVISOR && definitions->settings.im_supervised;
  if (definitions != NULL && definitions->settings.history == MODEL_HISTORY_QUEUES)
    self->queues = queues_of (call);

  return self;
}

void
sight_free (Sight *self)
{
  g_strfreev (self->queues);
  g_free (self);
}

static gboolean
serves (const Sight *self, const char *queue)
{
  return queue != NULL && self->queues != NULL &&
         g_strv_contains ((const char *const *) self->queues, queue);
}

typedef struct
{
  const Sight *sight;
  gboolean im, sees;
} Between;

static void
on_between_row (StoreRow *row, gpointer user_data)
{
  Between *between = user_data;

  if (!g_str_equal (store_row_text (row, 7), model_channel_to_text (MODEL_CHANNEL_IM)))
    return;
  between->im = TRUE;
  between->sees =
      between->sight->all_im || im_other (store_row_text (row, 6), between->sight->agent) != NULL;
}

/* What two agents write to each other is theirs. FALSE: it is something else. */
static gboolean
is_between_agents (const Sight *self,
                   StoreReader *reader,
                   StoreQuery query,
                   const char *id,
                   gboolean *sees)
{
  Between between = { .sight = self };

  store_reader_query (reader, NULL, on_between_row, &between, query, id);
  *sees = between.sees;

  return between.im;
}

gboolean
sight_sees_interaction (const Sight *self,
                        StoreReader *reader,
                        const char *interaction,
                        const char *queue)
{
  gboolean had_part = FALSE, sees = FALSE;

  if (is_between_agents (self, reader, STORE_GET_CONVERSATION_OF, interaction, &sees))
    return sees;
  /* A question that was broken off does not say that it is nothing between agents. */
  if (store_reader_stopped (reader))
    return FALSE;
  if (self->all || serves (self, queue))
    return TRUE;
  store_reader_query (reader, NULL, on_any_row, &had_part, STORE_GET_HAD_PART, interaction,
                      self->agent);

  return had_part;
}

gboolean
sight_of_interaction (ApiCall *call, const char *interaction, const char *queue)
{
  g_autoptr (Sight) sight = sight_new (call);

  return sight_sees_interaction (sight, store_reader (centre_store (call->centre)), interaction,
                                 queue);
}

typedef struct
{
  const Sight *sight;
  gboolean served;
} Queues;

static void
on_queue_row (StoreRow *row, gpointer user_data)
{
  Queues *queues = user_data;

  queues->served = queues->served || serves (queues->sight, store_row_text (row, 0));
}

gboolean
sight_of_conversation (ApiCall *call, const char *conversation)
{
  g_autoptr (Sight) sight = sight_new (call);
  StoreReader *reader = store_reader (centre_store (call->centre));
  Queues queues = { sight, FALSE };
  gboolean had_part = FALSE, sees = FALSE;

  if (is_between_agents (sight, reader, STORE_GET_CONVERSATION, conversation, &sees))
    return sees;
  if (sight->all)
    return TRUE;
  store_reader_query (reader, NULL, on_any_row, &had_part, STORE_GET_CONVERSATION_PART,
                      conversation, call->agent);
  if (!had_part)
    store_reader_query (reader, NULL, on_queue_row, &queues, STORE_GET_CONVERSATION_QUEUES,
                        conversation);

  return had_part || queues.served;
}
