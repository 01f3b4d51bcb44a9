/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a call with several people. Main thread only.
 */

#include "desktop/desk/call-words.h"

#include "desktop/chat/company.h"
#include "desktop/text/who.h"

#include <glib/gi18n.h>

static const struct
{
  const char *label;
  const char *caption;
  const char *row;
} words[] = {
  [GUICHET_CALL_PLAIN] = { NULL, NULL, N_ ("in call") },
  [GUICHET_CALL_HELD] = { N_ ("On hold"), N_ ("On hold for"), N_ ("on hold") },
  [GUICHET_CALL_CONSULT_REQUESTED] = { N_ ("Consult requested"), N_ ("Consult requested for"),
                                       N_ ("consult requested") },
  [GUICHET_CALL_CONFERENCE_REQUESTED] = { N_ ("Conference requested"),
                                          N_ ("Conference requested for"),
                                          N_ ("conference requested") },
  [GUICHET_CALL_TRANSFERRING] = { N_ ("Transferring"), N_ ("Transferring for"),
                                  N_ ("transferring") },
  [GUICHET_CALL_CONSULTING] = { N_ ("Consulting"), N_ ("Consulting for"), N_ ("consulting") },
  [GUICHET_CALL_CONFERENCE] = { N_ ("Conference"), N_ ("In conference for"), N_ ("conference") },
  [GUICHET_CALL_POST_CALL] = { N_ ("After the customer left"), N_ ("Without the customer for"),
                               N_ ("without the customer") },
};

static gboolean
is_role (GuichetParticipation *part, const char *role)
{
  return part != NULL && g_str_equal (guichet_participation_get_role (part), role);
}

static gboolean
is_active (GuichetParticipation *part)
{
  return part != NULL && g_str_equal (guichet_participation_get_state (part), "active");
}

static GuichetCallState
asked_state (GuichetInteraction *interaction)
{
  const char *kind = guichet_interaction_get_consult_kind (interaction);

  if (g_str_equal (kind, "transfer"))
    return GUICHET_CALL_TRANSFERRING;
  return g_str_equal (kind, "conference") ? GUICHET_CALL_CONFERENCE_REQUESTED
                                          : GUICHET_CALL_CONSULT_REQUESTED;
}

/* Since the first of that role came. */
static gint64
since_of (GuichetInteraction *interaction, const char *role)
{
  g_autoptr (GPtrArray) all = guichet_company_all (interaction);
  gint64 since = 0;

  for (guint i = 0; i < all->len; i++)
    {
      gint64 joined = guichet_participation_get_joined_at (all->pdata[i]);

      if (joined == 0) /* of an outside number */
        joined = guichet_participation_get_state_since (all->pdata[i]);
      if (is_role (all->pdata[i], role) && joined != 0 && (since == 0 || joined < since))
        since = joined;
    }
  return since;
}

GuichetCallState
guichet_call_words_state (GuichetInteraction *interaction, gint64 *since)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  const char *phase = guichet_interaction_get_phase (interaction);
  gboolean held = g_str_equal (phase, "held");
  g_autoptr (GuichetParticipation) consulted = guichet_company_consulted (interaction);
  gint64 nowhere;
  gint64 *at = since != NULL ? since : &nowhere;

  *at = 0;
  if (mine == NULL || (!held && !g_str_equal (phase, "active")))
    return GUICHET_CALL_PLAIN;
  if (guichet_interaction_get_customer_left_at (interaction) != 0)
    {
      *at = guichet_interaction_get_customer_left_at (interaction);
      return GUICHET_CALL_POST_CALL;
    }
  if (is_role (mine, "primary") && guichet_company_is_asking (interaction))
    {
      *at = guichet_interaction_get_consult_since (interaction);
      return asked_state (interaction);
    }
  if (consulted != NULL && is_role (mine, "primary") &&
      g_str_equal (guichet_participation_get_state (consulted), "dialling"))
    {
      *at = guichet_participation_get_state_since (consulted);
      return GUICHET_CALL_CONSULT_REQUESTED;
    }
  if (consulted != NULL && (consulted == mine || is_role (mine, "primary")) &&
      (is_active (consulted) || held))
    {
      *at = is_active (consulted) ? guichet_participation_get_state_since (consulted)
                                  : guichet_participation_get_state_since (mine);
      return is_active (consulted) ? GUICHET_CALL_CONSULTING : GUICHET_CALL_HELD;
    }
  *at = guichet_participation_get_state_since (mine);
  if (held)
    return GUICHET_CALL_HELD;
  if (guichet_company_joined (interaction) == 0)
    return GUICHET_CALL_PLAIN;
  *at = since_of (interaction, "conferenced");
  return GUICHET_CALL_CONFERENCE;
}

const char *
guichet_call_words_label (GuichetCallState state)
{
  return words[state].label != NULL ? _ (words[state].label) : NULL;
}

const char *
guichet_call_words_caption (GuichetCallState state)
{
  return words[state].caption != NULL ? _ (words[state].caption) : NULL;
}

const char *
guichet_call_words_row (GuichetCallState state)
{
  return _ (words[state].row);
}

/* --- persons ---------------------------------------------------------------------------------- */

static char *
talking_with (GuichetParticipation *part)
{
  /* Translators: %s is an agent */
  return g_strdup_printf (_ ("talks with %s"), guichet_participation_get_name (part));
}

/* Whom the customer hears. */
static char *
state_of_customer (GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  g_autoptr (GuichetParticipation) primary = guichet_company_primary (interaction);
  gboolean others = guichet_company_count (interaction, "conferenced") > 0;

  if (is_role (mine, "conferenced") && is_active (mine))
    return g_strdup (_ ("talks with you"));
  if (is_active (primary))
    return primary == mine ? g_strdup (_ ("talks with you")) : talking_with (primary);
  return g_strdup (others ? _ ("talks with the others") : _ ("on hold"));
}

/* NULL: nothing but the role. */
static const char *
state_of_part (GuichetInteraction *interaction, GuichetParticipation *part)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  gboolean private = is_role (mine, "consulted") || is_role (part, "consulted");

  if (g_str_equal (guichet_participation_get_state (part), "dialling"))
    return _ ("ringing");
  if (private && is_role (part, "primary"))
    return is_active (mine)   ? _ ("talks with you")
           : is_active (part) ? _ ("talks with the customer")
                              : _ ("on hold");
  if (private && is_role (mine, "primary"))
    return is_active (part) ? _ ("talks with you") : _ ("on hold");
  if (private)
    return is_role (part, "consulted") ? _ ("in a private talk") : _ ("talks with the customer");
  if (!is_active (part))
    return is_role (part, "primary") ? _ ("in a private talk") : _ ("on hold");
  return is_active (mine) ? NULL : _ ("talks with the customer");
}

static const char *
role_of (GuichetParticipation *part)
{
  if (is_role (part, "primary"))
    return _ ("In charge");
  if (is_role (part, "consulted"))
    return _ ("Consulted");
  return guichet_company_is_party (part) ? _ ("Outside number") : _ ("In the conference");
}

char *
guichet_call_words_person (GuichetInteraction *interaction, GuichetParticipation *part)
{
  g_autofree char *customer = part == NULL ? state_of_customer (interaction) : NULL;
  gboolean own = part != NULL && part == guichet_interaction_get_mine (interaction);
  const char *state = customer != NULL ? customer : own ? NULL : state_of_part (interaction, part);
  gboolean muted = part != NULL && guichet_participation_get_muted (part);
  const char *role = part == NULL ? _ ("Customer") : role_of (part);

  if (own && g_str_equal (guichet_participation_get_state (part), "held"))
    state = _ ("on hold");
  return state != NULL ? g_strjoin (" · ", role, state, muted ? _ ("muted") : NULL, NULL)
                       : g_strjoin (" · ", role, muted ? _ ("muted") : NULL, NULL);
}

char *
guichet_call_words_name (GuichetInteraction *interaction, GuichetParticipation *part)
{
  if (part == NULL)
    return guichet_who_interaction (interaction);
  if (part == guichet_interaction_get_mine (interaction))
    return g_strdup (_ ("You"));
  if (!guichet_company_is_party (part) || *guichet_participation_get_name (part) != '\0')
    return g_strdup (guichet_participation_get_name (part));
  return g_strdup (*guichet_participation_get_number (part) != '\0'
                       ? guichet_participation_get_number (part)
                       : _ ("Outside number"));
}
