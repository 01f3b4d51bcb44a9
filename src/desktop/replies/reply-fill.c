/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands for the variables of canned replies. A number that is masked is not known. Main
 * thread only.
 */

#include "desktop/replies/reply-fill.h"

#include "desktop/text/words.h"
#include "model/canned-text.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
guichet_reply_text (GuichetCannedReply *reply, GuichetInteraction *interaction)
{
  return guichet_canned_reply_text (
      reply, interaction != NULL ? guichet_interaction_get_language (interaction) : NULL,
      g_get_language_names ()[0]);
}

static GuichetDefinition *
definition_of (GuichetSession *session, const char *id)
{
  GListModel *all = guichet_session_get_variables (session);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetDefinition) one = g_list_model_get_item (all, i);

      if (g_str_equal (guichet_definition_get_id (one), id))
        return one; /* the list holds it */
    }
  return NULL;
}

gboolean
guichet_reply_is_secret (GuichetSession *session, const char *variable)
{
  GuichetDefinition *definition = definition_of (session, variable);

  return definition != NULL && guichet_definition_get_secure (definition);
}

static const char *
value_of_variable (GuichetInteraction *interaction, const char *id)
{
  GListModel *all = guichet_interaction_get_variables (interaction);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetVariable) one = g_list_model_get_item (all, i);

      if (g_str_equal (guichet_variable_get_id (one), id) && !guichet_variable_get_secure (one))
        return guichet_variable_get_value (one);
    }
  return NULL;
}

static const char *
find_value (GuichetSession *session, GuichetInteraction *interaction, const char *variable)
{
  const char *number = guichet_interaction_get_customer_number (interaction);

  if (g_str_equal (variable, "agent.name"))
    return guichet_session_get_agent_name (session);
  if (g_str_equal (variable, "agent.id"))
    return guichet_session_get_agent (session);
  if (g_str_equal (variable, "centre.name"))
    return guichet_session_get_centre_name (session);
  if (g_str_equal (variable, "customer.name"))
    return guichet_interaction_get_customer_name (interaction);
  if (g_str_equal (variable, "customer.number"))
    return strstr (number, "•") == NULL ? number : NULL;
  if (g_str_equal (variable, "interaction.id"))
    return guichet_interaction_get_id (interaction);
  if (g_str_equal (variable, "interaction.queue"))
    return guichet_interaction_get_queue_name (interaction);
  if (g_str_equal (variable, "interaction.channel"))
    return guichet_words_channel (guichet_interaction_get_channel (interaction));
  return value_of_variable (interaction, variable);
}

char *
guichet_reply_value (GuichetSession *session, GuichetInteraction *interaction, const char *variable)
{
  const char *value = find_value (session, interaction, variable);

  return value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

char *
guichet_reply_variable_name (GuichetSession *session, const char *variable)
{
  static const struct
  {
    const char *variable, *name;
  } names[] = {
    { "agent.name", N_ ("Your name") },
    { "agent.id", N_ ("Your agent number") },
    { "centre.name", N_ ("Name of the centre") },
    { "customer.name", N_ ("Customer’s name") },
    { "customer.number", N_ ("Customer’s number") },
    { "interaction.id", N_ ("Number of this contact") },
    { "interaction.queue", N_ ("Queue") },
    { "interaction.channel", N_ ("Channel") },
  };
  GuichetDefinition *definition = definition_of (session, variable);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].variable, variable))
      return g_strdup (_ (names[i].name));
  return g_strdup (definition != NULL ? guichet_definition_get_name (definition) : variable);
}

static const char *
lookup (const char *variable, gpointer values)
{
  return g_hash_table_lookup (values, variable);
}

char *
guichet_reply_fill (const char *text, GHashTable *values)
{
  return model_text_fill (text, lookup, values);
}

char *
guichet_reply_fill_known (GuichetSession *session,
                          GuichetInteraction *interaction,
                          const char *text)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_auto (GStrv) variables = model_text_variables (text);

  for (guint i = 0; variables[i] != NULL; i++)
    {
      char *value = guichet_reply_value (session, interaction, variables[i]);

      if (value == NULL)
        return NULL;
      g_hash_table_insert (values, variables[i], value);
    }
  return guichet_reply_fill (text, values);
}
