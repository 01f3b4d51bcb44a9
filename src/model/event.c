/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of the journal: their JSON form and their life. Immutable after being made, so any thread.
 */
#include "model/event.h"

#include "model/fields.h"

const char *const model_event_type_names[] = {
#define MODEL_EVENT_TEXT(NAME, text) text,
  MODEL_EVENTS (MODEL_EVENT_TEXT)
#undef MODEL_EVENT_TEXT
      NULL
};

#define AT(member) G_STRUCT_OFFSET (ModelEvent, member)
#define RUNTIME_ID(member, kind)                                                                   \
  {                                                                                                \
#member, MODEL_FIELD_RUNTIME_ID, AT(member), 0, kind                                           \
  }
#define WORD(member)                                                                               \
  {                                                                                                \
#member, MODEL_FIELD_INTERNED, AT(member)                                                      \
  }
#define NUMBER(member)                                                                             \
  {                                                                                                \
#member, MODEL_FIELD_INT, AT(member), MODEL_FIELD_OPTIONAL, G_MININT32, G_MAXINT32, 0          \
  }
#define LONG(member)                                                                               \
  {                                                                                                \
#member, MODEL_FIELD_INT64, AT(member), MODEL_FIELD_OPTIONAL, G_MININT64, G_MAXINT64, 0        \
  }
#define TIME(member)                                                                               \
  {                                                                                                \
#member, MODEL_FIELD_TIME, AT(member), MODEL_FIELD_OPTIONAL                                    \
  }
#define ENUM(member, names)                                                                        \
  {                                                                                                \
#member, MODEL_FIELD_ENUM, AT(member), MODEL_FIELD_OPTIONAL, .extra = names                    \
  }
#define SWITCH(member)                                                                             \
  {                                                                                                \
#member, MODEL_FIELD_BOOL, AT(member), MODEL_FIELD_OPTIONAL                                    \
  }

/* Members at their first word or zero are not written, and read back as the same. */
static const ModelField fields[] = {
  { "type", MODEL_FIELD_ENUM, AT (type), MODEL_FIELD_REQUIRED, .extra = model_event_type_names },
  { "at", MODEL_FIELD_TIME, AT (at), MODEL_FIELD_REQUIRED },
  LONG (seq),
  RUNTIME_ID (interaction, MODEL_ID_INTERACTION),
  RUNTIME_ID (request, MODEL_ID_REQUEST),
  RUNTIME_ID (participation, MODEL_ID_PARTICIPATION),
  RUNTIME_ID (offer, MODEL_ID_OFFER),
  RUNTIME_ID (leg, MODEL_ID_LEG),
  RUNTIME_ID (session, MODEL_ID_SESSION),
  WORD (agent),
  WORD (team),
  WORD (queue),
  WORD (entry_point),
  WORD (by),
  WORD (reason),
  WORD (disposition),
  WORD (variable),
  WORD (language),
  WORD (fallback),
  WORD (skill),
  WORD (box),
  WORD (target),
  { "tags", MODEL_FIELD_IDS, AT (tags) },
  TIME (deadline),
  TIME (queued_at),
  LONG (duration),
  LONG (held_duration),
  NUMBER (revision),
  NUMBER (priority),
  ENUM (channel, model_channel_names),
  ENUM (direction, model_direction_names),
  ENUM (origin, model_origin_names),
  ENUM (kind, model_request_kind_names),
  ENUM (part, model_part_names),
  ENUM (state, model_agent_state_names),
  ENUM (membership, model_membership_names),
  ENUM (station, model_station_names),
  ENUM (outcome, model_outcome_names),
  ENUM (status, model_status_names),
  ENUM (sentiment, model_sentiment_names),
  ENUM (mode, model_supervision_names),
  ENUM (forward, model_forward_names),
  ENUM (forward_to, model_forward_to_names),
  SWITCH (auto_accept),
  SWITCH (service_level),
  { NULL },
};
static const ModelNoun noun = { "event", sizeof (ModelEvent), fields };

const char *
model_event_type_to_text (ModelEventType type)
{
  g_return_val_if_fail ((guint) type < MODEL_N_EVENTS, NULL);
  return model_event_type_names[type];
}

ModelEvent *
model_event_new (ModelEventType type, gint64 at)
{
  ModelEvent *event = g_malloc (sizeof *event);

  *event = (ModelEvent){ .references = 1, .type = (gint32) type, .at = at };
  return event;
}

ModelEvent *
model_event_ref (ModelEvent *event)
{
  g_atomic_int_inc (&event->references);
  return event;
}

void
model_event_unref (ModelEvent *event)
{
  if (event == NULL || !g_atomic_int_dec_and_test (&event->references))
    return;
  g_strfreev (event->tags);
  g_clear_pointer (&event->definitions, model_definitions_unref);
  g_free (event);
}

void
model_event_write (const ModelEvent *event, GString *json)
{
  model_fields_write (&noun, event, json);
  if (event->definitions == NULL)
    return;
  g_string_truncate (json, json->len - 1);
  g_string_append (json, ",\"definitions\":");
  model_definitions_write (event->definitions, json);
  g_string_append_c (json, '}');
}

/* The definitions are a noun with rules of their own, so they are taken out before the fields are
 * read. */
static gboolean
read_definitions (JsonObject *object, ModelEvent *event, GPtrArray *problems)
{
  JsonNode *node = json_object_get_member (object, "definitions");

  if (event->type != MODEL_EVENT_DEFINITIONS_APPLIED)
    return TRUE;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      model_problems_add (problems, "definitions", "missing", "the definitions are missing");
      return FALSE;
    }
  event->definitions = model_definitions_from_json (json_node_get_object (node), problems);
  return event->definitions != NULL;
}

/* A copy of the object that lacks one member; its other members are shared. */
static JsonObject *
without (JsonObject *object, const char *name)
{
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next)
    if (!g_str_equal (member->data, name))
      json_object_set_member (copy, member->data, json_object_dup_member (object, member->data));
  return copy;
}

ModelEvent *
model_event_from_json (JsonObject *object, GPtrArray *problems)
{
  g_autoptr (ModelEvent) event = model_event_new (0, 0);
  g_autoptr (JsonObject) members = without (object, "definitions");
  gboolean good = model_fields_read (&noun, members, "", event, problems);

  good = read_definitions (object, event, problems) && good;
  return good ? g_steal_pointer (&event) : NULL;
}
