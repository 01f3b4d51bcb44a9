/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forwarding of agents' own calls, beside the core. Centre's thread. */
#include "server/centre/forwarding.h"

#include "base/json.h"
#include "server/centre/centre-private.h"
#include "server/centre/notices.h"
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

/* It is kept, for who is signed out. */
static void
tell_ended (Centre *centre, const char *agent, const char *number)
{
  gint64 now = centre_now (centre);
  g_autofree char *what = g_strdup_printf ("%s %" G_GINT64_FORMAT, number, now);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, what, -1);
  g_autofree char *id = g_strdup_printf ("f%.16s", hash);
  const AgentNotice notice = { .id = id,
                               .agent = (char *) agent,
                               .at = now,
                               .audience = (char *) "all",
                               .priority = (char *) "high",
                               .text = (char *) number,
                               .about = (char *) "forwarding" };
  StoreBatch *batch = store_batch_new ();

  store_batch_add (batch, STORE_NOTICE_SAY, agent, id, now, notice.priority, number, notice.about);
  centre_announce (centre, agent, "notice.changed", NULL,
                   agent_notice_journal ("notice.sent", NULL, id),
                   agent_notice_news (centre, &notice, FALSE), batch, NULL, NULL);
}

void
forwarding_aim (const ModelDefinitions *definitions, const char *number, AcdCommand *command)
{
  const ModelAgent *agent = model_definitions_agent_at (definitions, number);
  const ModelEntryPoint *entry =
      model_definitions_entry_point_at (definitions, MODEL_CHANNEL_VOICE, number);

  command->forward_to = MODEL_FORWARD_TO_NUMBER;
  if (model_definitions_aims_at_team (definitions, number, &command->team, &command->entry_point))
    return;
  if (entry != NULL && entry->queue != NULL)
    {
      command->forward_to = MODEL_FORWARD_TO_QUEUE;
      command->queue = entry->queue;
    }
  else if (agent != NULL)
    {
      command->forward_to = MODEL_FORWARD_TO_AGENT;
      command->target = agent->id;
    }
}

static void
settle (Centre *centre, const char *agent)
{
  const char *number = forwarding_number (centre->forwarding, agent);
  AcdCommand command = { .type = ACD_COMMAND_SET_FORWARDING, .agent = agent };
  AcdCommand end = { .type = ACD_COMMAND_SET_FORWARDING, .agent = agent };
  AcdAgentView view = { 0 };

  forwarding_aim (centre_definitions (centre), number, &command);
  if ((command.forward_to == MODEL_FORWARD_TO_NUMBER && command.team == NULL &&
       command.entry_point == NULL) ||
      !acd_core_agent_view (centre_core (centre), agent, &view))
    return;
  command.forward = (gint32) view.forward;
  end.reason = acd_core_forward_problem (centre->core, &command);
  if (end.reason != NULL)
    tell_ended (centre, agent, number);
  centre_command (centre, end.reason != NULL ? &end : &command, NULL, NULL, NULL, NULL);
}

void
forwarding_settle (Centre *centre)
{
  g_autoptr (GPtrArray) agents = g_ptr_array_new ();
  const char *agent;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, centre->forwarding->numbers);
  while (g_hash_table_iter_next (&iter, (gpointer *) &agent, NULL))
    g_ptr_array_add (agents, (gpointer) g_intern_string (agent));
  for (guint i = 0; i < agents->len; i++)
    settle (centre, agents->pdata[i]);
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
