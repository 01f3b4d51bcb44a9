/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The centre's definitions: reading, writing, sharing, looking up. Immutable once read. */
#include "model/definitions.h"

#include "model/definitions-check.h"

#include <string.h>

#define PIN_MIN 4
#define PIN_MAX 12

#define LIST(name, its_noun)                                                                       \
  {                                                                                                \
#name, MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET(ModelDefinitions, name), .extra = &its_noun        \
  }

static const ModelField fields[] = {
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelDefinitions, names), .max = 64 },
  { "settings", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelDefinitions, settings),
    .extra = &model_settings_noun },
  { "version", MODEL_FIELD_INT64, G_STRUCT_OFFSET (ModelDefinitions, version), MODEL_FIELD_OPTIONAL,
    0, G_MAXINT64, 0 },
  LIST (skills, model_skill_noun),
  LIST (teams, model_team_noun),
  LIST (dispositions, model_disposition_noun),
  LIST (tags, model_tag_noun),
  LIST (reasons, model_reason_noun),
  LIST (variables, model_variable_noun),
  LIST (queues, model_queue_noun),
  LIST (entry_points, model_entry_point_noun),
  LIST (agents, model_agent_noun),
  { "links", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelDefinitions, links), MODEL_FIELD_OPTIONAL,
    .extra = &model_link_noun },
  { "canned_replies", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelDefinitions, canned_replies),
    MODEL_FIELD_OPTIONAL, .extra = &model_canned_reply_noun },
  { "speed_dials", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelDefinitions, speed_dials),
    MODEL_FIELD_OPTIONAL, .extra = &model_speed_dial_noun },
  { "contacts", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelDefinitions, contacts),
    MODEL_FIELD_OPTIONAL, .extra = &model_contact_noun },
  { "voicemail_boxes", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelDefinitions, voicemail_boxes),
    MODEL_FIELD_OPTIONAL, .extra = &model_voicemail_box_noun },
  { NULL },
};
const ModelNoun model_definitions_noun = { "centre", sizeof (ModelDefinitions), fields };

static void
index_noun (ModelDefinitions *definitions, const char *list, GPtrArray *nouns)
{
  for (guint i = 0; nouns != NULL && i < nouns->len; i++)
    {
      const char *id = *(char **) nouns->pdata[i]; /* every noun begins with its id */
      if (id != NULL)
        g_hash_table_insert (definitions->index, g_strconcat (list, ":", id, NULL),
                             nouns->pdata[i]);
    }
}

static void
index_all (ModelDefinitions *definitions)
{
  definitions->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const ModelField *field = fields; field->name != NULL; field++)
    if (field->type == MODEL_FIELD_OBJECTS)
      index_noun (definitions, field->name, *(GPtrArray **) ((char *) definitions + field->offset));
}

ModelDefinitions *
model_definitions_from_json (JsonObject *object, GPtrArray *problems)
{
  ModelDefinitions *definitions = g_new0 (ModelDefinitions, 1);
  guint before = problems->len;

  definitions->references = 1;
  model_fields_read (&model_definitions_noun, object, "", definitions, problems);
  index_all (definitions);
  model_definitions_check (definitions, problems);
  if (problems->len == before)
    return definitions;
  model_definitions_unref (definitions);
  return NULL;
}

void
model_definitions_write (const ModelDefinitions *definitions, GString *json)
{
  model_fields_write (&model_definitions_noun, definitions, json);
}

ModelDefinitions *
model_definitions_ref (ModelDefinitions *definitions)
{
  g_atomic_int_inc (&definitions->references);
  return definitions;
}

void
model_definitions_unref (ModelDefinitions *definitions)
{
  if (definitions == NULL || !g_atomic_int_dec_and_test (&definitions->references))
    return;
  g_clear_pointer (&definitions->index, g_hash_table_unref);
  model_fields_clear (&model_definitions_noun, definitions);
  g_free (definitions);
}

gconstpointer
model_definitions_find (const ModelDefinitions *d, const char *list, const char *id)
{
  char key[96];

  if (id == NULL || strlen (id) > 64)
    return NULL;
  g_snprintf (key, sizeof key, "%s:%s", list, id);
  return g_hash_table_lookup (d->index, key);
}

#define FINDER(Type, name, list)                                                                   \
  const Type *model_definitions_##name (const ModelDefinitions *d, const char *id)                 \
  {                                                                                                \
    return model_definitions_find (d, list, id);                                                   \
  }

/* clang-format off */
FINDER (ModelAgent, agent, "agents")
FINDER (ModelTeam, team, "teams")
FINDER (ModelQueue, queue, "queues")
FINDER (ModelEntryPoint, entry_point, "entry_points")
FINDER (ModelReason, reason, "reasons")
FINDER (ModelDisposition, disposition, "dispositions")
FINDER (ModelTag, tag, "tags")
FINDER (ModelVariable, variable, "variables")
FINDER (ModelVoicemailBox, voicemail_box, "voicemail_boxes")
/* clang-format on */

const ModelVoicemailBox *
model_definitions_voicemail_of (const ModelDefinitions *d, const char *agent)
{
  for (guint i = 0; d->voicemail_boxes != NULL && i < d->voicemail_boxes->len; i++)
    {
      const ModelVoicemailBox *box = d->voicemail_boxes->pdata[i];
      if (agent != NULL && g_strcmp0 (box->agent, agent) == 0)
        return box;
    }
  return NULL;
}

static gboolean
is_among (char **ids, const char *id)
{
  return id != NULL && ids != NULL && g_strv_contains ((const char *const *) ids, id);
}

gboolean
model_voicemail_is_pin (const char *text)
{
  const gsize length = strlen (text);

  return length >= PIN_MIN && length <= PIN_MAX && strspn (text, "0123456789") == length;
}

gboolean
model_voicemail_is_for (const ModelVoicemailBox *box, const ModelAgent *agent)
{
  return g_strcmp0 (box->agent, agent->id) == 0 || is_among (agent->queues, box->queue) ||
         is_among (agent->teams, box->team) ||
         (box->team != NULL && g_strcmp0 (box->team, agent->team) == 0);
}

const ModelEntryPoint *
model_definitions_entry_point_at (const ModelDefinitions *d,
                                  ModelChannel channel,
                                  const char *address)
{
  for (guint i = 0; i < d->entry_points->len; i++)
    {
      const ModelEntryPoint *entry = d->entry_points->pdata[i];
      if (entry->channel == (gint32) channel && entry->addresses != NULL &&
          g_strv_contains ((const char *const *) entry->addresses, address))
        return entry;
    }
  return NULL;
}

const ModelAgent *
model_definitions_agent_at (const ModelDefinitions *d, const char *number)
{
  for (guint i = 0; i < d->agents->len; i++)
    if (g_strcmp0 (((const ModelAgent *) d->agents->pdata[i])->number, number) == 0)
      return d->agents->pdata[i];
  return NULL;
}

const ModelTeam *
model_definitions_team_at (const ModelDefinitions *d, const char *number)
{
  for (guint i = 0; d->teams != NULL && number != NULL && i < d->teams->len; i++)
    {
      const ModelTeam *team = d->teams->pdata[i];
      if (team->number != NULL && model_number_equal (team->number, number))
        return team;
    }
  return NULL;
}

gboolean
model_definitions_aims_at_team (const ModelDefinitions *d,
                                const char *number,
                                const char **team,
                                const char **entry_point)
{
  const ModelTeam *at = model_definitions_team_at (d, number);
  const ModelEntryPoint *entry =
      at == NULL ? model_definitions_entry_point_at (d, MODEL_CHANNEL_VOICE, number) : NULL;

  if (at != NULL)
    *team = at->id;
  else if (entry != NULL && entry->team != NULL)
    *entry_point = entry->id;
  return at != NULL || (entry != NULL && entry->team != NULL);
}

static const ModelSlots *
slots_in (GPtrArray *list, ModelChannel channel)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const ModelSlots *slots = list->pdata[i];
      if (slots->channel == (gint32) channel)
        return slots;
    }
  return NULL;
}

/* The agent's own, or the centre's, or none. */
static const ModelSlots *
slots_of (const ModelDefinitions *d, const ModelAgent *agent, ModelChannel channel)
{
  const ModelSlots *own = slots_in (agent->slots, channel);

  return own != NULL ? own : slots_in (d->settings.slots, channel);
}

gint32
model_definitions_slots (const ModelDefinitions *d, const ModelAgent *agent, ModelChannel channel)
{
  const ModelSlots *slots = slots_of (d, agent, channel);

  if (slots != NULL)
    return slots->count;
  return channel == MODEL_CHANNEL_VOICE ? 1 : 3;
}

gint32
model_definitions_automatic (const ModelDefinitions *d,
                             const ModelAgent *agent,
                             ModelChannel channel)
{
  const ModelSlots *slots = slots_of (d, agent, channel);

  if (slots != NULL && slots->automatic >= 0)
    return MIN (slots->automatic, slots->count);
  return model_definitions_slots (d, agent, channel);
}
