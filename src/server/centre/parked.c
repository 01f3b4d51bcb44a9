/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parked calls, as the desks see them that may fetch them: in the snapshot, and whole again in a
 * message whenever one comes, is fetched or goes. Centre's thread. */
#include "server/centre/parked.h"

#include "base/json.h"
#include "server/centre/centre-private.h"
#include "server/centre/render.h"

static JsonObject *
render_parked (Centre *centre, const AcdParkedView *view)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelAgent *by = model_definitions_agent (definitions, view->by);
  const ModelQueue *queue =
      view->queue != NULL ? model_definitions_queue (definitions, view->queue) : NULL;
  Record *record = centre_record (centre, view->interaction);
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", record != NULL ? record->text : "");
  json_object_set_int_member (object, "place", view->place);
  base_json_set_string (object, "by", view->by);
  base_json_set_string (object, "by_name", by != NULL ? by->name : view->by);
  base_json_set_string (object, "queue", view->queue);
  if (queue != NULL)
    json_object_set_object_member (object, "names", render_names (queue->names));
  else
    json_object_set_null_member (object, "names");
  base_json_set_string (object, "fetched_by", view->fetched_by);
  base_json_set_time (object, "since", view->since);
  base_json_set_time (object, "until", view->deadline);
  json_object_set_object_member (
      object, "customer",
      record != NULL ? render_customer (centre, record->number, record->name, record->customer)
                     : render_customer (centre, NULL, NULL, NULL));

  return object;
}

JsonArray *
centre_parked_render (Centre *centre, const char *agent)
{
  g_autoptr (GArray) views = acd_core_parked (centre_core (centre), agent);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < views->len; i++)
    json_array_add_object_element (
        array, render_parked (centre, &g_array_index (views, AcdParkedView, i)));

  return array;
}

typedef struct
{
  Centre *centre;
  Turn *turn;
  const ModelEvent *event;
} Telling;

/* Who has nothing to fetch, and had nothing, is not told. */
static void
tell (Session *session, gpointer user_data)
{
  const Telling *telling = user_data;
  GHashTable *told = telling->centre->parked_told;
  JsonArray *parked = centre_parked_render (telling->centre, session->agent);
  gboolean had = g_hash_table_remove (told, session->agent);
  JsonObject *object;

  if (json_array_get_length (parked) > 0)
    g_hash_table_add (told, (gpointer) session->agent);
  else if (!had)
    {
      json_array_unref (parked);
      return;
    }
  object = json_object_new ();
  base_json_set_time (object, "at", telling->event->at);
  base_json_set_string (object, "type", "parked.changed");
  json_object_set_array_member (object, "parked", parked);
  turn_notice (telling->turn, session->agent, telling->event->seq, object);
}

static gboolean
is_of_parked (const ModelEvent *event)
{
  return (event->type == MODEL_EVENT_REQUEST_QUEUED || event->type == MODEL_EVENT_REQUEST_ENDED ||
          event->type == MODEL_EVENT_OFFER_CREATED || event->type == MODEL_EVENT_OFFER_ENDED) &&
         (event->kind == MODEL_REQUEST_PARKED ||
          event->reason == model_code (MODEL_CODE_PARKED_TOO_LONG));
}

void
centre_parked_publish (Centre *centre, GPtrArray *events, Turn *turn)
{
  Telling telling = { centre, turn, NULL };

  for (guint i = 0; i < events->len; i++)
    if (is_of_parked (g_ptr_array_index (events, i)))
      telling.event = g_ptr_array_index (events, i);
  if (telling.event != NULL)
    sessions_each (centre->sessions, tell, &telling);
}

ModelId
centre_parked_at (Centre *centre, const char *place)
{
  g_autoptr (GArray) views = acd_core_parked (centre_core (centre), NULL);
  char number[16];

  for (guint i = 0; i < views->len; i++)
    {
      const AcdParkedView *view = &g_array_index (views, AcdParkedView, i);

      g_snprintf (number, sizeof number, "%u", view->place);
      if (g_str_equal (number, place))
        return view->interaction;
    }

  return 0;
}

guint
centre_parked_place (Centre *centre, ModelId interaction)
{
  g_autoptr (GArray) views = acd_core_parked (centre_core (centre), NULL);

  for (guint i = 0; i < views->len; i++)
    if (g_array_index (views, AcdParkedView, i).interaction == interaction)
      return g_array_index (views, AcdParkedView, i).place;

  return 0;
}
