/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may read what. Asked of definitions, core and store each time. Centre's thread. */
#include "server/api/sight.h"
#include "server/channels/im.h"

static void
on_any_row (StoreRow *row, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
sees_all (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *agent =
      definitions != NULL ? model_definitions_agent (definitions, call->agent) : NULL;

  return agent != NULL && (agent->role == MODEL_ROLE_SUPERVISOR ||
                           definitions->settings.history == MODEL_HISTORY_ALL);
}

static gboolean
serves (ApiCall *call, const char *queue)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  g_autoptr (GArray) all = NULL;

  if (queue == NULL || definitions == NULL || definitions->settings.history != MODEL_HISTORY_QUEUES)
    return FALSE;
  all = acd_core_agent_memberships (centre_core (call->centre), call->agent);
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (g_array_index (all, AcdMembershipView, i).queue, queue))
      return TRUE;

  return FALSE;
}

typedef struct
{
  ApiCall *call;
  gboolean im, sees;
} Between;

static void
on_between_row (StoreRow *row, gpointer user_data)
{
  Between *between = user_data;
  const ModelDefinitions *definitions = centre_definitions (between->call->centre);
  const ModelAgent *agent =
      definitions != NULL ? model_definitions_agent (definitions, between->call->agent) : NULL;

  if (!g_str_equal (store_row_text (row, 7), model_channel_to_text (MODEL_CHANNEL_IM)))
    return;
  between->im = TRUE;
  between->sees = im_other (store_row_text (row, 6), between->call->agent) != NULL ||
                  (agent != NULL && agent->role == MODEL_ROLE_SUPERVISOR &&
                   definitions->settings.im_supervised);
}

/* What two agents write to each other is theirs. FALSE: it is something else. */
static gboolean
is_between_agents (ApiCall *call, StoreQuery query, const char *id, gboolean *sees)
{
  Between between = { .call = call };

  store_query (centre_store (call->centre), NULL, on_between_row, &between, query, id);
  *sees = between.sees;

  return between.im;
}

gboolean
sight_of_interaction (ApiCall *call, const char *interaction, const char *queue)
{
  gboolean had_part = FALSE, sees = FALSE;

  if (is_between_agents (call, STORE_GET_CONVERSATION_OF, interaction, &sees))
    return sees;
  if (sees_all (call) || serves (call, queue))
    return TRUE;
  store_query (centre_store (call->centre), NULL, on_any_row, &had_part, STORE_GET_HAD_PART,
               interaction, call->agent);

  return had_part;
}

typedef struct
{
  ApiCall *call;
  gboolean served;
} Queues;

static void
on_queue_row (StoreRow *row, gpointer user_data)
{
  Queues *queues = user_data;

  queues->served = queues->served || serves (queues->call, store_row_text (row, 0));
}

gboolean
sight_of_conversation (ApiCall *call, const char *conversation)
{
  Store *store = centre_store (call->centre);
  Queues queues = { call, FALSE };
  gboolean had_part = FALSE, sees = FALSE;

  if (is_between_agents (call, STORE_GET_CONVERSATION, conversation, &sees))
    return sees;
  if (sees_all (call))
    return TRUE;
  store_query (store, NULL, on_any_row, &had_part, STORE_GET_CONVERSATION_PART, conversation,
               call->agent);
  if (!had_part)
    store_query (store, NULL, on_queue_row, &queues, STORE_GET_CONVERSATION_QUEUES, conversation);

  return had_part || queues.served;
}
