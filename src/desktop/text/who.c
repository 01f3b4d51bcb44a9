/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is at the other end, as a heading.
 */

#include "desktop/text/who.h"

#include <glib/gi18n.h>

char *
guichet_who (const char *name, const char *number)
{
  if (name != NULL && *name != '\0')
    return g_strdup (name);
  if (number != NULL && *number != '\0')
    return g_strdup (number);
  return g_strdup (_ ("Unknown customer"));
}

char *
guichet_who_offer (GuichetOffer *offer)
{
  if (g_str_equal (guichet_offer_get_channel (offer), "im"))
    return g_strdup (guichet_offer_get_from_name (offer));
  return guichet_who (guichet_offer_get_customer_name (offer),
                      guichet_offer_get_customer_number (offer));
}

char *
guichet_who_interaction (GuichetInteraction *interaction)
{
  /* Whom the agent calls, until somebody comes. */
  if (g_str_equal (guichet_interaction_get_direction (interaction), "internal") &&
      g_str_equal (guichet_interaction_get_phase (interaction), "dialling") &&
      *guichet_interaction_get_consult_name (interaction) != '\0')
    return g_strdup (guichet_interaction_get_consult_name (interaction));
  return guichet_who (guichet_interaction_get_customer_name (interaction),
                      guichet_interaction_get_customer_number (interaction));
}

char *
guichet_who_recent (GuichetRecent *recent)
{
  return guichet_who (guichet_recent_get_customer_name (recent),
                      guichet_recent_get_customer_number (recent));
}

const char *
guichet_who_rings (GuichetInteraction *interaction, const char *station)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  if (mine != NULL && g_str_equal (guichet_participation_get_rings (mine), "station") &&
      !g_str_equal (station, "softphone"))
    return _ ("Your own phone rings first. Answer it, then the customer is called.");
  return _ ("The customer is being called…");
}

char *
guichet_who_bot (const char *name)
{
  /* Translators: who wrote a message: a program of the centre's site, %s is its name */
  return *name != '\0' ? g_strdup_printf (_ ("%s (bot)"), name) : g_strdup (_ ("Bot"));
}

char *
guichet_who_from (const char *name, const char *team)
{
  g_autofree char *from = NULL;

  if (*name == '\0')
    return NULL;
  /* Translators: %s is the agent who transferred the chat */
  from = g_strdup_printf (_ ("from %s"), name);
  return team != NULL && *team != '\0' ? g_strjoin (" · ", from, team, NULL)
                                       : g_steal_pointer (&from);
}

char *
guichet_who_forwarded (const char *name)
{
  /* Translators: %s is the agent whose call it was */
  return *name != '\0' ? g_strdup_printf (_ ("forwarded by %s"), name) : NULL;
}
