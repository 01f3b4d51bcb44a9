/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of what is open: what the agent has in hand, what waits in the queues, what supervisors are
 * to look at. Centre's thread. */
#include "server/api/views.h"

#include "server/centre/render.h"

#include <string.h>

#define EACH 2000 /* that wait with the same needs */

static void
set_participation (JsonObject *object, ModelId participation)
{
  char id[MODEL_ID_TEXT_SIZE];

  base_json_set_string (object, "participation",
                        model_id_to_text (MODEL_ID_PARTICIPATION, participation, id));
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const AcdParticipationView *first = a, *second = b;

  return first->joined > second->joined ? -1 : first->joined < second->joined;
}

/* All of it, however the limit is: an agent has room for so many. */
gboolean
view_mine (ViewListing *listing)
{
  Centre *centre = listing->call->centre;
  g_autoptr (GArray) parts =
      acd_core_agent_participations (centre_core (centre), listing->call->agent);

  g_array_sort (parts, newest_first);
  for (guint i = 0; i < parts->len; i++)
    {
      const AcdParticipationView *view = &g_array_index (parts, AcdParticipationView, i);
      const Record *record = centre_record (centre, view->interaction);
      JsonObject *object;

      if (record == NULL || !view_is_written (view->channel))
        continue;
      object = view_row (listing, record->text, record, view->joined);
      if (object == NULL)
        continue;
      base_json_set_string (object, "kind", "mine");
      set_participation (object, view->participation);
      json_array_add_object_element (listing->list, object);
    }

  return FALSE;
}

int
view_compare_keys (gconstpointer a, gconstpointer b)
{
  const ViewKey *first = a, *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;

  return strcmp (first->id, second->id);
}

static void
add_waiting (const ViewListing *listing, const ModelQueue *queue, GArray *keys)
{
  g_autoptr (GArray) views =
      acd_core_waiting (centre_core (listing->call->centre), queue->id, EACH);

  for (guint i = 0; i < views->len; i++)
    {
      const AcdWaitingView *view = &g_array_index (views, AcdWaitingView, i);
      ViewKey key = { .at = view->queued_at };

      model_id_to_text (MODEL_ID_INTERACTION, view->interaction, key.id);
      if (listing->after.at == 0 || view_compare_keys (&key, &listing->after) > 0)
        g_array_append_val (keys, key);
    }
}

/* Whether it can be taken, and if not, why. */
static void
set_problem (ApiCall *call, const char *interaction, JsonObject *object)
{
  AcdCommand command = { .type = ACD_COMMAND_TAKE, .agent = call->agent };

  model_id_from_text (MODEL_ID_INTERACTION, interaction, &command.interaction);
  base_json_set_string (object, "problem",
                        acd_core_take_problem (centre_core (call->centre), &command));
}

static const Record *
record_at (const ViewListing *listing, const ViewKey *key)
{
  ModelId id;

  return model_id_from_text (MODEL_ID_INTERACTION, key->id, &id)
             ? centre_record (listing->call->centre, id)
             : NULL;
}

/* Rows of these, oldest first; @problems: each says whether it can be taken. TRUE: there is more,
 * after the listing's place. */
static gboolean
list_keys (ViewListing *listing, GArray *keys, const char *kind, gboolean problems)
{
  guint i;

  g_array_sort (keys, view_compare_keys);
  for (i = 0; i < keys->len && i < VIEW_SCANNED &&
              json_array_get_length (listing->list) < (guint) listing->limit;
       i++)
    {
      const ViewKey *key = &g_array_index (keys, ViewKey, i);
      JsonObject *object = view_row (listing, key->id, record_at (listing, key), key->at);

      listing->after = *key;
      if (object == NULL)
        continue;
      base_json_set_string (object, "kind", kind);
      if (problems)
        set_problem (listing->call, key->id, object);
      json_array_add_object_element (listing->list, object);
    }

  return i < keys->len;
}

/* Of the agent's queues; oldest first. TRUE: there is more, after the listing's place. */
gboolean
view_unassigned (ViewListing *listing)
{
  const ModelDefinitions *definitions = centre_definitions (listing->call->centre);
  const ModelAgent *agent = view_asker (listing->call);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (ViewKey));

  for (guint j = 0; agent != NULL && agent->queues != NULL && agent->queues[j] != NULL; j++)
    {
      const ModelQueue *queue = model_definitions_queue (definitions, agent->queues[j]);

      if (queue != NULL && view_is_written ((ModelChannel) queue->channel) &&
          (listing->queue == NULL || g_str_equal (listing->queue, queue->id)))
        add_waiting (listing, queue, keys);
    }

  return list_keys (listing, keys, "waiting", TRUE);
}

/* Of the supervisor's queues; oldest first. */
gboolean
view_escalated (ViewListing *listing)
{
  const ModelAgent *agent = view_asker (listing->call);
  g_autoptr (GPtrArray) records = centre_escalated (listing->call->centre);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (ViewKey));

  for (guint i = 0; view_is_supervisor (agent) && i < records->len; i++)
    {
      const Record *record = records->pdata[i];
      ViewKey key = { .at = record->created };

      g_strlcpy (key.id, record->text, sizeof key.id);
      if (record->customer_left_at == 0 && view_oversees (agent, record->queue) &&
          (listing->after.at == 0 || view_compare_keys (&key, &listing->after) > 0))
        g_array_append_val (keys, key);
    }

  return list_keys (listing, keys, "escalated", FALSE);
}
