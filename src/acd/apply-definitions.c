/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New definitions into a running centre: what is still defined follows them, what is not is retired
 * and keeps its old definition as long as it is in use. Core's thread. */
#include "acd/state.h"

#include <string.h>

static void
queue_free (AcdCore *core, AcdQueue *queue)
{
  acd_queue_clear_classes (core, queue);
  g_ptr_array_unref (queue->agents);
  g_free (queue->required);
  model_definitions_unref (queue->definitions);
  acd_pool_give (&core->queue_pool, queue);
}

static void
agent_free (AcdCore *core, AcdAgent *agent)
{
  while (agent->exclusions != NULL)
    {
      AcdExclusion *one = agent->exclusions;
      agent->exclusions = one->next;
      g_free (one);
    }
  acd_array_give (&core->arrays, agent->places, agent->n_places * sizeof (AcdPlace));
  acd_agent_clear_seats (core, agent);
  model_definitions_unref (agent->definitions);
  acd_pool_give (&core->agent_pool, agent);
}

static void
clear_entries (AcdCore *core)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, core->entry_index);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    {
      g_free (((AcdEntry *) entry)->required);
      acd_pool_give (&core->entry_pool, entry);
    }
  g_hash_table_remove_all (core->entry_index);
}

static AcdRequired *
prepare (GPtrArray *requirements, guint *n)
{
  AcdRequired *list;

  *n = requirements != NULL ? requirements->len : 0;
  list = g_new0 (AcdRequired, MAX (*n, 1));
  for (guint i = 0; i < *n; i++)
    {
      const ModelRequirement *one = requirements->pdata[i];
      list[i] = (AcdRequired){ g_intern_string (one->skill), one->least_level,
                               (gint64) one->relaxed_after * 1000 };
    }
  return list;
}

/* After the queues are there. */
void
acd_definitions_take_entries (AcdCore *core)
{
  clear_entries (core);
  for (guint i = 0; i < core->definitions->entry_points->len; i++)
    {
      AcdEntry *entry = acd_pool_take (&core->entry_pool, sizeof *entry);
      entry->def = *(const ModelEntryPoint *) core->definitions->entry_points->pdata[i];
      entry->id = g_intern_string (entry->def.id);
      entry->queue = acd_find_queue (core, entry->def.queue);
      entry->required = prepare (entry->def.requirements, &entry->n_required);
      entry->n_variables = entry->def.variables->len;
      g_hash_table_insert (core->entry_index, (gpointer) entry->id, entry);
    }
}

void
acd_definitions_prepare (AcdCore *core)
{
  core->agents = g_ptr_array_new ();
  core->queues = g_ptr_array_new ();
  core->agent_index = g_hash_table_new (g_str_hash, g_str_equal);
  core->queue_index = g_hash_table_new (g_str_hash, g_str_equal);
  core->entry_index = g_hash_table_new (g_str_hash, g_str_equal);
}

void
acd_definitions_free (AcdCore *core)
{
  for (guint i = 0; i < core->agents->len; i++)
    agent_free (core, core->agents->pdata[i]);
  for (guint i = 0; i < core->queues->len; i++)
    queue_free (core, core->queues->pdata[i]);
  clear_entries (core);
  g_ptr_array_unref (core->agents);
  g_ptr_array_unref (core->queues);
  g_hash_table_unref (core->agent_index);
  g_hash_table_unref (core->queue_index);
  g_hash_table_unref (core->entry_index);
  model_definitions_unref (core->definitions);
}

void
acd_definitions_take_queue (AcdCore *core, ModelDefinitions *definitions, const ModelQueue *def)
{
  AcdQueue *queue = acd_find_queue (core, def->id);
  guint n;

  if (queue == NULL)
    {
      queue = acd_pool_take (&core->queue_pool, sizeof *queue);
      queue->id = g_intern_string (def->id);
      queue->open = TRUE;
      queue->agents = g_ptr_array_new ();
      g_ptr_array_add (core->queues, queue);
      g_hash_table_insert (core->queue_index, (gpointer) queue->id, queue);
    }
  g_clear_pointer (&queue->definitions, model_definitions_unref);
  queue->definitions = model_definitions_ref (definitions);
  queue->def = *def;
  queue->retired = FALSE;
  g_free (queue->required);
  queue->required = prepare (def->requirements, &n);
  queue->n_required = (guint16) n;
}

static AcdAgent *
agent_new (AcdCore *core, const char *id)
{
  AcdAgent *agent = acd_pool_take (&core->agent_pool, sizeof *agent);

  agent->id = g_intern_string (id);
  agent->index = core->agents->len;
  agent->tie =
      (acd_mix (core->seed ^ acd_mix (agent->index + 1)) & ~G_GUINT64_CONSTANT (0xffffff)) |
      agent->index;
  g_ptr_array_add (core->agents, agent);
  g_hash_table_insert (core->agent_index, (gpointer) agent->id, agent);
  return agent;
}

void
acd_definitions_take_agent (AcdCore *core, ModelDefinitions *definitions, const ModelAgent *def)
{
  AcdAgent *agent = acd_find_agent (core, def->id);

  if (agent == NULL)
    agent = agent_new (core, def->id);
  g_clear_pointer (&agent->definitions, model_definitions_unref);
  agent->definitions = model_definitions_ref (definitions);
  agent->def = def;
  agent->retired = FALSE;
  if (!model_agent_may_be_of (def, agent->team))
    agent->team = g_intern_string (def->team);
  for (int i = 0; i < MODEL_N_CHANNELS; i++)
    {
      ModelChannel channel = (ModelChannel) i;
      agent->slots[i] = (guint8) model_definitions_slots (definitions, def, channel);
      agent->automatic[i] = (guint8) model_definitions_automatic (definitions, def, channel);
    }
}

/* The agent's new places: the queues of the definition, then retired ones that were joined before.
 */
static void
assign_places (AcdCore *core, AcdAgent *agent)
{
  AcdPlace *old = agent->places;
  guint n_old = agent->n_places;
  g_autofree AcdPlace *places = NULL;
  guint n = agent->def->queues != NULL ? g_strv_length (agent->def->queues) : 0;
  gint32 fresh = agent->session != 0 && acd_settings (core)->ready_at_sign_in
                     ? MODEL_MEMBERSHIP_READY
                     : MODEL_MEMBERSHIP_OUT;

  places = agent->places = g_new0 (AcdPlace, n + n_old);
  agent->n_places = 0;
  for (guint i = 0; !agent->retired && i < n; i++)
    agent->places[agent->n_places++] =
        (AcdPlace){ .queue = acd_find_queue (core, agent->def->queues[i]), .membership = fresh };
  for (guint i = 0; i < n_old; i++)
    {
      AcdPlace *place = acd_agent_place (agent, old[i].queue);
      if (place == NULL && (old[i].queue->retired || agent->retired))
        place = &agent->places[agent->n_places++];
      if (place != NULL)
        *place = old[i];
    }
  agent->places = acd_array_take (&core->arrays, agent->n_places * sizeof *places);
  if (agent->n_places > 0)
    memcpy (agent->places, places, agent->n_places * sizeof *places);
  acd_array_give (&core->arrays, old, n_old * sizeof *old);
}

static void
count_places (AcdAgent *agent)
{
  for (guint i = 0; i < agent->n_places; i++)
    {
      AcdPlace *place = &agent->places[i];
      g_ptr_array_add (place->queue->agents, agent);
      if (place->membership != MODEL_MEMBERSHIP_OUT)
        place->queue->staffed++;
    }
}

static void
unseat_all (AcdCore *core)
{
  for (guint i = 0; i < core->agents->len; i++)
    acd_agent_clear_seats (core, core->agents->pdata[i]);
}

/* Waiting requests leave their classes and come back after the classes were made anew. */
static void
requeue_all (AcdCore *core, gboolean in)
{
  g_autoptr (GArray) ids = acd_id_map_ids (&core->requests);

  for (guint i = 0; i < ids->len; i++)
    {
      AcdRequest *request = acd_id_map_lookup (&core->requests, g_array_index (ids, ModelId, i));
      if (request->state != ACD_REQUEST_WAITING || request->owner != NULL)
        continue;
      if (in)
        acd_request_enqueue (core, request);
      else
        acd_request_dequeue (core, request);
    }
}

static void
set_definitions (AcdCore *core, ModelDefinitions *definitions)
{
  model_definitions_ref (definitions);
  g_clear_pointer (&core->definitions, model_definitions_unref);
  core->definitions = definitions;
  for (guint i = 0; i < core->queues->len; i++)
    ((AcdQueue *) core->queues->pdata[i])->retired = TRUE;
  for (guint i = 0; i < core->agents->len; i++)
    ((AcdAgent *) core->agents->pdata[i])->retired = TRUE;
  for (guint i = 0; i < definitions->queues->len; i++)
    acd_definitions_take_queue (core, definitions, definitions->queues->pdata[i]);
  acd_definitions_take_entries (core);
  for (guint i = 0; i < definitions->agents->len; i++)
    acd_definitions_take_agent (core, definitions, definitions->agents->pdata[i]);
}

/* Places, classes and seats anew from the definitions in force. */
void
acd_definitions_arrange (AcdCore *core)
{
  g_array_set_size (core->heads, 0);
  for (guint i = 0; i < core->queues->len; i++)
    {
      AcdQueue *queue = core->queues->pdata[i];
      acd_queue_clear_classes (core, queue);
      g_ptr_array_set_size (queue->agents, 0);
      queue->staffed = 0;
    }
  for (guint i = 0; i < core->agents->len; i++)
    count_places (core->agents->pdata[i]);
}

void
acd_definitions_take (AcdCore *core, ModelDefinitions *definitions)
{
  requeue_all (core, FALSE);
  unseat_all (core);
  set_definitions (core, definitions);
  for (guint i = 0; i < core->agents->len; i++)
    assign_places (core, core->agents->pdata[i]);
  acd_definitions_arrange (core);
  requeue_all (core, TRUE);
  for (guint i = 0; i < core->agents->len; i++)
    {
      acd_agent_seat_everywhere (core, core->agents->pdata[i]);
      acd_agent_timer (core, core->agents->pdata[i]);
    }
}

gboolean
acd_apply_definitions (AcdCore *core, const ModelEvent *event, GError **error)
{
  if (event->definitions == NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "definitions");
  acd_definitions_take (core, event->definitions);
  return TRUE;
}
