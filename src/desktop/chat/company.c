/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of several agents in one chat. Main thread only.
 */

#include "desktop/chat/company.h"

#include "desktop/text/words.h"

#include <glib/gi18n.h>

static gboolean
is_in (GuichetParticipation *part)
{
  const char *state = guichet_participation_get_state (part);

  return g_str_equal (state, "active") || g_str_equal (state, "held");
}

/* What two colleagues write to each other is no company. */
static gboolean
is_served (GuichetInteraction *interaction)
{
  return !g_str_equal (guichet_interaction_get_channel (interaction), "im");
}

static gboolean
is_role (GuichetParticipation *part, const char *role)
{
  return g_str_equal (guichet_participation_get_role (part), role);
}

/* Each agent but this one, who leads without a word more. */
static char *
name_of (GuichetParticipation *part)
{
  const char *name = guichet_participation_get_name (part);

  if (is_role (part, "consulted"))
    /* Translators: %s is an agent who gives advice and whom the customer does not see */
    return g_strdup_printf (_ ("%s (consulted)"), name);
  if (is_role (part, "primary"))
    /* Translators: %s is the agent who leads the conversation with the customer */
    return g_strdup_printf (_ ("%s (leads)"), name);
  return g_strdup (name);
}

char *
guichet_company_names (GuichetInteraction *interaction)
{
  GListModel *parts = guichet_interaction_get_participations (interaction);
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  for (guint i = 0;
       parts != NULL && is_served (interaction) && i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (GuichetParticipation) part = g_list_model_get_item (parts, i);

      if (part != mine && is_in (part))
        g_ptr_array_add (names, name_of (part));
    }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  all = g_strjoinv (", ", (char **) names->pdata);
  /* Translators: %s are the other agents in this conversation */
  return g_strdup_printf (_ ("with %s"), all);
}

gboolean
guichet_company_is_asking (GuichetInteraction *interaction)
{
  const char *state = guichet_interaction_get_consult_state (interaction);

  return *state != '\0' && !g_str_equal (state, "ended");
}

char *
guichet_company_asked (GuichetInteraction *interaction)
{
  const char *state = guichet_interaction_get_consult_state (interaction);
  const char *name = guichet_interaction_get_consult_name (interaction);
  const char *reason = guichet_interaction_get_consult_reason (interaction);
  gboolean consult = g_str_equal (guichet_interaction_get_consult_kind (interaction), "consult");

  if (*state == '\0')
    return NULL;
  if (g_str_equal (state, "ended"))
    /* Translators: an agent or queue who was asked to come, and why nobody came: "Declined" */
    return g_strdup_printf (_ ("%s was asked and did not come: %s"), name,
                            guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SHORT, reason));
  if (g_str_equal (state, "waiting"))
    return g_strdup_printf (_ ("%s is asked as soon as possible."), name);
  return consult ? g_strdup_printf (_ ("%s is asked for advice…"), name)
                 : g_strdup_printf (_ ("%s is asked to join the conversation…"), name);
}

GuichetParticipation *
guichet_company_consulted (GuichetInteraction *interaction)
{
  GListModel *parts = guichet_interaction_get_participations (interaction);

  for (guint i = 0; parts != NULL && i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (GuichetParticipation) part = g_list_model_get_item (parts, i);

      if (is_in (part) && is_role (part, "consulted"))
        return g_steal_pointer (&part);
    }
  return NULL;
}

gboolean
guichet_company_helps (GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  return mine != NULL && is_served (interaction) && is_in (mine) && !is_role (mine, "primary");
}
