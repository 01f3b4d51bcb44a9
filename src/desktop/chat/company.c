/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of several agents in one chat or call. Main thread only.
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

/* Where the agent's desk is away, since when. */
static char *
with_absence (GuichetParticipation *part, char *name)
{
  gint64 since = guichet_participation_get_absent_since (part);
  g_autoptr (GDateTime) at = since != 0 ? g_date_time_new_from_unix_local (since / 1000) : NULL;
  g_autofree char *when = at != NULL ? g_date_time_format (at, _ ("%H:%M")) : NULL;
  g_autofree char *there = name;

  if (when == NULL)
    return g_steal_pointer (&there);
  /* Translators: %s are an agent whose desk has lost the link, and a time: "Bob (away since 14:05)"
   */
  return g_strdup_printf (_ ("%s (away since %s)"), there, when);
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
        g_ptr_array_add (names, with_absence (part, name_of (part)));
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

/* Who was asked in vain, and what to do about it where the customer waits for it. */
static char *
in_vain (GuichetInteraction *interaction, const char *name, const char *code)
{
  const char *reason = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SHORT, code);
  /* Translators: an agent or queue who was asked to come, and why nobody came: "Declined" */
  g_autofree char *text = g_strdup_printf (_ ("%s was asked and did not come: %s"), name,
                                           reason != NULL ? reason : code);

  if (!g_str_equal (guichet_interaction_get_phase (interaction), "held"))
    return g_steal_pointer (&text);
  return g_strdup_printf (
      "%s. %s", text,
      _ ("The customer is still on hold: resume the call, or choose somebody else."));
}

/* The outside number that was called last, if it did not answer and nobody took the call back.
 * Unref it. */
static GuichetParticipation *
number_in_vain (GuichetInteraction *interaction)
{
  GListModel *parties = guichet_interaction_get_parties (interaction);
  guint n = parties != NULL ? g_list_model_get_n_items (parties) : 0;
  g_autoptr (GuichetParticipation) last = n > 0 ? g_list_model_get_item (parties, n - 1) : NULL;

  if (last == NULL || !g_str_equal (guichet_participation_get_state (last), "ended") ||
      guichet_participation_get_joined_at (last) != 0 ||
      g_str_equal (guichet_participation_get_reason (last), "consult_ended"))
    return NULL;
  return g_steal_pointer (&last);
}

gint64
guichet_company_asked_at (GuichetInteraction *interaction)
{
  g_autoptr (GuichetParticipation) number = number_in_vain (interaction);

  return MAX (guichet_interaction_get_consult_since (interaction),
              number != NULL ? guichet_participation_get_state_since (number) : 0);
}

/* The later of the two. */
static gboolean
is_later (GuichetParticipation *number, GuichetInteraction *interaction)
{
  return number != NULL && guichet_participation_get_state_since (number) >
                               guichet_interaction_get_consult_since (interaction);
}

char *
guichet_company_asked (GuichetInteraction *interaction)
{
  g_autoptr (GuichetParticipation) number = number_in_vain (interaction);
  const char *state = guichet_interaction_get_consult_state (interaction);
  const char *kind = guichet_interaction_get_consult_kind (interaction);
  const char *name = guichet_interaction_get_consult_name (interaction);

  if (is_later (number, interaction) && !guichet_company_is_asking (interaction))
    return in_vain (interaction, guichet_participation_get_number (number),
                    guichet_participation_get_reason (number));
  if (*state == '\0')
    return NULL;
  if (g_str_equal (state, "ended"))
    return in_vain (interaction, name, guichet_interaction_get_consult_reason (interaction));
  if (g_str_equal (kind, "transfer"))
    /* Translators: %s is an agent, a queue, a team or a skill */
    return g_strdup_printf (_ ("Transferring to %s…"), name);
  if (g_str_equal (state, "waiting"))
    return g_strdup_printf (_ ("%s is asked as soon as possible."), name);
  if (g_str_equal (kind, "consult"))
    return g_strdup_printf (_ ("%s is asked for advice…"), name);
  return g_str_equal (guichet_interaction_get_channel (interaction), "voice")
             ? g_strdup_printf (_ ("%s is asked to join the call…"), name)
             : g_strdup_printf (_ ("%s is asked to join the conversation…"), name);
}

static void
add_those_in (GPtrArray *all, GListModel *parts, gboolean dialled)
{
  for (guint i = 0; parts != NULL && i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (GuichetParticipation) part = g_list_model_get_item (parts, i);

      if (is_in (part) ||
          (dialled && g_str_equal (guichet_participation_get_state (part), "dialling")))
        g_ptr_array_add (all, g_steal_pointer (&part));
    }
}

GPtrArray *
guichet_company_all (GuichetInteraction *interaction)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  add_those_in (all, guichet_interaction_get_participations (interaction), FALSE);
  add_those_in (all, guichet_interaction_get_parties (interaction), TRUE);
  return all;
}

guint
guichet_company_count (GuichetInteraction *interaction, const char *role)
{
  g_autoptr (GPtrArray) all = guichet_company_all (interaction);
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    n += is_role (all->pdata[i], role) && is_in (all->pdata[i]);
  return n;
}

gboolean
guichet_company_is_internal (GuichetInteraction *interaction)
{
  return g_str_equal (guichet_interaction_get_direction (interaction), "internal") &&
         g_str_equal (guichet_interaction_get_channel (interaction), "voice");
}

guint
guichet_company_joined (GuichetInteraction *interaction)
{
  guint conferenced = guichet_company_count (interaction, "conferenced");

  return conferenced - (conferenced > 0 && guichet_company_is_internal (interaction));
}

gboolean
guichet_company_is_party (GuichetParticipation *part)
{
  return *guichet_participation_get_agent (part) == '\0';
}

gboolean
guichet_company_is_calling (GuichetInteraction *interaction)
{
  g_autoptr (GPtrArray) all = guichet_company_all (interaction);

  for (guint i = 0; i < all->len; i++)
    if (!is_in (all->pdata[i]))
      return TRUE;
  return FALSE;
}

static GuichetParticipation *
find_role (GuichetInteraction *interaction, const char *role)
{
  g_autoptr (GPtrArray) all = guichet_company_all (interaction);

  for (guint i = 0; i < all->len; i++)
    if (is_role (all->pdata[i], role))
      return g_object_ref (all->pdata[i]);
  return NULL;
}

GuichetParticipation *
guichet_company_primary (GuichetInteraction *interaction)
{
  return find_role (interaction, "primary");
}

GuichetParticipation *
guichet_company_consulted (GuichetInteraction *interaction)
{
  return find_role (interaction, "consulted");
}

gboolean
guichet_company_helps (GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  return mine != NULL && is_served (interaction) && is_in (mine) && !is_role (mine, "primary");
}
