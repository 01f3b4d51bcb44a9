/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forwarding of agents' own calls, beside the core. Centre's thread. */
#include "server/centre/forwarding.h"

#include "base/json.h"
#include "server/centre/centre-private.h"
#include "server/centre/render.h"

struct _Forwarding
{
  GHashTable *numbers; /* agent → number */
};

Forwarding *
forwarding_new (void)
{
  Forwarding *self = g_new0 (Forwarding, 1);

  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
forwarding_free (Forwarding *self)
{
  g_hash_table_unref (self->numbers);
  g_free (self);
}

static void
on_row (StoreRow *row, gpointer user_data)
{
  Forwarding *self = user_data;

  g_hash_table_insert (self->numbers, g_strdup (store_row_text (row, 0)),
                       g_strdup (store_row_text (row, 1)));
}

gboolean
forwarding_load (Forwarding *self, Store *store, GError **error)
{
  return store_query (store, error, on_row, self, STORE_GET_FORWARDINGS);
}

void
forwarding_take (Forwarding *self, const ModelEvent *changed, const char *number, StoreBatch *batch)
{
  if (changed->forward_to == MODEL_FORWARD_TO_NUMBER && number != NULL)
    {
      g_hash_table_insert (self->numbers, g_strdup (changed->agent), g_strdup (number));
      store_batch_add (batch, STORE_FORWARDING_SET, changed->agent, number);
    }
  else if (g_hash_table_remove (self->numbers, changed->agent))
    store_batch_add (batch, STORE_FORWARDING_DROP, changed->agent);
}

const char *
forwarding_number (const Forwarding *self, const char *agent)
{
  return g_hash_table_lookup (self->numbers, agent);
}

static void
set_agent (Centre *centre, JsonObject *object, const char *id)
{
  const ModelAgent *agent = model_definitions_agent (centre_definitions (centre), id);

  base_json_set_string (object, "agent", id);
  base_json_set_string (object, "name", agent != NULL ? agent->name : id);
}

static void
set_queue (Centre *centre, JsonObject *object, const char *id)
{
  const ModelQueue *queue = model_definitions_queue (centre_definitions (centre), id);

  base_json_set_string (object, "queue", id);
  json_object_set_object_member (object, "names",
                                 render_names (queue != NULL ? queue->names : NULL));
}

void
forwarding_render (Centre *centre, const char *agent, JsonObject *into)
{
  AcdAgentView view = { 0 };
  JsonObject *object;

  if (!acd_core_agent_view (centre_core (centre), agent, &view) ||
      view.forward == MODEL_FORWARD_OFF)
    {
      json_object_set_null_member (into, "forwarding");
      return;
    }
  object = json_object_new ();
  base_json_set_string (object, "when", model_forward_to_text (view.forward));
  base_json_set_string (object, "to", model_forward_to_to_text (view.forward_to));
  if (view.forward_to == MODEL_FORWARD_TO_AGENT)
    set_agent (centre, object, view.forward_target);
  else if (view.forward_to == MODEL_FORWARD_TO_QUEUE)
    set_queue (centre, object, view.forward_target);
  else if (view.forward_to == MODEL_FORWARD_TO_NUMBER)
    base_json_set_string (object, "number", forwarding_number (centre->forwarding, agent));
  json_object_set_object_member (into, "forwarding", object);
}

void
forwarding_render_kinds (Centre *centre, const char *agent, JsonObject *into)
{
  JsonArray *kinds = json_array_new ();

  for (int to = MODEL_FORWARD_TO_AGENT; to <= MODEL_FORWARD_TO_VOICEMAIL; to++)
    if (acd_core_may_forward (centre_core (centre), agent, (ModelForwardTo) to))
      json_array_add_string_element (kinds, model_forward_to_to_text ((ModelForwardTo) to));
  json_object_set_array_member (into, "forwarding", kinds);
}
