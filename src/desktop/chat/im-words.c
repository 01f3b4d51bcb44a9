/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of what colleagues write to each other. Owns nothing. Main thread only.
 */

#include "desktop/chat/im-words.h"

#include "desktop/text/who.h"
#include "desktop/text/words.h"

#include <glib/gi18n.h>

gboolean
guichet_im_is (GuichetInteraction *interaction)
{
  return interaction != NULL && *guichet_interaction_get_colleague (interaction) != '\0';
}

char *
guichet_im_ended (GuichetInteraction *interaction)
{
  const char *cause = guichet_interaction_get_customer_left_cause (interaction);
  g_autofree char *who = guichet_who_interaction (interaction);
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  /* Only who asked is told of a no: the other one said it. */
  gboolean asked = mine != NULL && g_str_equal (guichet_participation_get_role (mine), "primary");

  if (asked && g_str_equal (cause, "declined"))
    return g_strdup_printf (_ ("%s has declined."), who);
  if (asked && g_str_equal (cause, "no_answer"))
    return g_strdup_printf (_ ("%s has not answered."), who);
  return g_strdup (guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, "im_ended"));
}

char *
guichet_im_not_taken (const char *who, const char *outcome)
{
  if (g_str_equal (outcome, "missed"))
    return g_strdup_printf (_ ("%s wrote to you and got no answer. See Activity."), who);
  return g_strdup_printf (_ ("%s no longer asks for you."), who);
}
