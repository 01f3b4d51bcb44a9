/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the centre defined, as far as an agent's desk needs it. Centre's thread. */
#include "server/centre/render.h"

#include "base/json.h"

#include <string.h>

JsonObject *
render_names (ModelNames names)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; names != NULL && names[i] != NULL; i += 2)
    json_object_set_string_member (object, names[i], names[i + 1]);

  return object;
}

JsonObject *
render_named (const char *id, ModelNames names)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", id);
  json_object_set_object_member (object, "names", render_names (names));

  return object;
}

static JsonArray *
queues_of (Centre *centre, const ModelDefinitions *definitions, const char *id)
{
  const ModelAgent *agent = model_definitions_agent (definitions, id);
  JsonArray *array = json_array_new ();

  for (guint i = 0; agent != NULL && agent->queues != NULL && agent->queues[i] != NULL; i++)
    {
      const ModelQueue *queue = model_definitions_queue (definitions, agent->queues[i]);
      AcdQueueView view = { 0 };
      JsonObject *object;

      if (queue == NULL)
        continue;
      object = render_named (queue->id, queue->names);
      base_json_set_string (object, "channel",
                            model_channel_to_text ((ModelChannel) queue->channel));
      json_object_set_boolean_member (object, "disposition_required", queue->wrap_up.required);
      json_object_set_int_member (object, "wrap_up", queue->wrap_up.seconds);
      json_object_set_boolean_member (object, "take", queue->take);
      json_object_set_boolean_member (object, "dial_out", queue->dial_out);
      acd_core_queue_view (centre_core (centre), queue->id, &view);
      json_object_set_int_member (object, "waiting", view.waiting);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
reasons_of (const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->reasons->len; i++)
    {
      const ModelReason *reason = g_ptr_array_index (definitions->reasons, i);

      for (int pause = 0; pause <= 1; pause++)
        if (pause ? reason->for_pause : reason->for_idle)
          {
            JsonObject *object = render_named (reason->id, reason->names);

            base_json_set_string (object, "kind", pause ? "pause" : "idle");
            json_array_add_object_element (array, object);
          }
    }

  return array;
}

static JsonArray *
dispositions_of (const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->dispositions->len; i++)
    {
      const ModelDisposition *disposition = g_ptr_array_index (definitions->dispositions, i);
      JsonObject *object = render_named (disposition->id, disposition->names);
      JsonArray *queues = json_array_new ();

      for (guint j = 0; j < definitions->queues->len; j++)
        {
          const ModelQueue *queue = g_ptr_array_index (definitions->queues, j);

          if (queue->dispositions == NULL ||
              g_strv_contains ((const char *const *) queue->dispositions, disposition->id))
            json_array_add_string_element (queues, queue->id);
        }
      json_object_set_array_member (object, "queues", queues);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
tags_of (const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->tags->len; i++)
    {
      const ModelTag *tag = g_ptr_array_index (definitions->tags, i);

      json_array_add_object_element (array, render_named (tag->id, tag->names));
    }

  return array;
}

static JsonArray *
links_of (const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; definitions->links != NULL && i < definitions->links->len; i++)
    {
      const ModelLink *link = g_ptr_array_index (definitions->links, i);
      JsonObject *object = render_named (link->id, link->names);

      base_json_set_string (object, "url", link->url);
      if (link->queues != NULL)
        base_json_set_strings (object, "queues", (const char *const *) link->queues);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
variables_of (const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->variables->len; i++)
    {
      const ModelVariable *variable = g_ptr_array_index (definitions->variables, i);
      JsonObject *object = render_named (variable->id, variable->names);

      base_json_set_string (object, "type",
                            model_variable_type_to_text ((ModelVariableType) variable->type));
      if (variable->choices != NULL)
        base_json_set_strings (object, "choices", (const char *const *) variable->choices);
      json_object_set_boolean_member (object, "editable", variable->editable);
      json_object_set_boolean_member (object, "secure", variable->secure);
      json_object_set_int_member (object, "on_card", variable->secure ? 0 : variable->on_card);
      json_array_add_object_element (array, object);
    }

  return array;
}

JsonObject *
render_centre (Centre *centre)
{
  const ModelDefinitions *definitions = centre_definitions (centre);

  return render_named (centre_id (centre), definitions != NULL ? definitions->names : NULL);
}

static JsonObject *
settings_of (const ModelSettings *settings)
{
  JsonObject *object = json_object_new ();
  JsonObject *toasts = json_object_new ();

  json_object_set_boolean_member (object, "mask_numbers", settings->visible_digits > 0);
  json_object_set_boolean_member (object, "confirm_end", settings->confirm_end);
  json_object_set_int_member (object, "conference_max", settings->conference_max);
  base_json_set_string (object, "clips", model_clips_to_text ((ModelClips) settings->clips));
  base_json_set_string (object, "auto_accept",
                        model_auto_accept_to_text ((ModelAutoAccept) settings->auto_accept));
  base_json_set_string (object, "card_data",
                        model_card_data_to_text ((ModelCardData) settings->card_data));
  json_object_set_int_member (toasts, "max", settings->toasts.max);
  json_object_set_int_member (toasts, "seconds", settings->toasts.seconds);
  json_object_set_object_member (object, "toasts", toasts);
  json_object_set_boolean_member (object, "wipe_cache_at_sign_out",
                                  settings->wipe_cache_at_sign_out);

  return object;
}

void
render_definitions (Centre *centre, const char *agent, JsonObject *into)
{
  const ModelDefinitions *definitions = centre_definitions (centre);

  json_object_set_object_member (into, "centre", render_centre (centre));
  json_object_set_array_member (into, "queues", queues_of (centre, definitions, agent));
  json_object_set_array_member (into, "reasons", reasons_of (definitions));
  json_object_set_array_member (into, "dispositions", dispositions_of (definitions));
  json_object_set_array_member (into, "tags", tags_of (definitions));
  json_object_set_array_member (into, "links", links_of (definitions));
  json_object_set_array_member (into, "variables", variables_of (definitions));
  json_object_set_object_member (into, "settings", settings_of (&definitions->settings));
}
