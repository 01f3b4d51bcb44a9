/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer calls: which entry point, which variables, who it is as far as the number tells, and
 * from there the core. Centre's thread. */

#include "server/centre/voice.h"

#include "base/log.h"
#include "server/centre/people.h"
#include "server/centre/values.h"
#include "server/centre/voice-private.h"

/* What the entry point and the trunk give along, as far as it fits its definition. */
static GHashTable *
values_of (Centre *centre, const ModelEntryPoint *entry, GHashTable *from_trunk)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  GHashTable *values = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; entry != NULL && i < entry->variables->len; i++)
    {
      const ModelVariableValue *given = g_ptr_array_index (entry->variables, i);

      g_hash_table_insert (values, given->variable, given->value);
    }
  if (from_trunk == NULL)
    return values;
  g_hash_table_iter_init (&iter, from_trunk);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const ModelVariable *variable = model_definitions_variable (definitions, key);

      if (variable != NULL && model_variable_check (variable, value) == NULL)
        g_hash_table_insert (values, variable->id, value);
      else
        base_log (BASE_LOG_WARNING, "voice", "variable_dropped", "variable", (const char *) key,
                  NULL);
    }

  return values;
}

static void
on_arrived (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autofree char *name = user_data;
  Leg *leg = voice_leg (centre, name);

  if (result->error != NULL && leg != NULL)
    voice_put_away (centre, leg, VOICE_CAUSE_UNAVAILABLE);
}

void
voice_customer_calls (Centre *centre, VoiceEvent *event)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  Leg *leg = voice_leg_add (centre, event->leg, TRUE);
  const ModelEntryPoint *entry = NULL;
  const ModelAgent *agent = NULL;
  g_autofree char *customer = people_at (centre, MODEL_CHANNEL_VOICE, event->caller_number);
  g_autoptr (GHashTable) values = NULL;
  g_auto (GStrv) variables = NULL;
  AcdCommand command = { .type = ACD_COMMAND_ARRIVE, .channel = MODEL_CHANNEL_VOICE };
  CentreAside aside = { .number = event->caller_number,
                        .name = event->caller_name,
                        .called = event->number,
                        .customer = customer,
                        .voice_leg = event->leg };

  if (voice_boxes_take (centre, leg, event->number))
    return;
  if (definitions != NULL && event->number != NULL)
    {
      entry = model_definitions_entry_point_at (definitions, MODEL_CHANNEL_VOICE, event->number);
      agent = entry == NULL ? model_definitions_agent_at (definitions, event->number) : NULL;
    }
  if (centre->voice->closed || (entry == NULL && agent == NULL))
    {
      voice_put_away (centre, leg,
                      centre->voice->closed ? VOICE_CAUSE_LIMIT : VOICE_CAUSE_NOT_FOUND);
      return;
    }
  values = values_of (centre, entry, event->variables);
  variables = values_variables (values);
  aside.values = values;
  command.entry_point = entry != NULL ? entry->id : NULL;
  command.agent = agent != NULL ? agent->id : NULL;
  command.language = entry != NULL ? entry->language : NULL;
  command.variables = variables;
  command.leg = leg->id;
  centre_command (centre, &command, &aside, NULL, on_arrived, g_strdup (event->leg));
}
