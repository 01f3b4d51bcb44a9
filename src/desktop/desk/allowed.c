/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the agent may do with an interaction now. The rules are the centre's own, read from the
 * model; the link adds what cannot be sent at this moment.
 */

#include "desktop/desk/allowed.h"

#include "desktop/text/words.h"

#include <glib/gi18n.h>

static ModelWork
work_of (GuichetInteraction *interaction)
{
  const char *phase = guichet_interaction_get_phase (interaction);

  if (g_str_equal (phase, "active"))
    return MODEL_WORK_CONNECTED;
  if (g_str_equal (phase, "held"))
    return MODEL_WORK_HELD;
  if (g_str_equal (phase, "wrap_up"))
    return MODEL_WORK_WRAP_UP;
  return MODEL_WORK_CLOSED;
}

static ModelStation
station_of (GuichetSession *session)
{
  const char *station = guichet_session_get_station (session);

  if (g_str_equal (station, "desk_phone"))
    return MODEL_STATION_DESK_PHONE;
  if (g_str_equal (station, "outside_number"))
    return MODEL_STATION_OUTSIDE;
  return MODEL_STATION_SOFTPHONE;
}

/* What typing needs no link for, and what the softphone does by itself. */
static gboolean
needs_link (ModelAction action, ModelStation station, GuichetInteraction *interaction)
{
  gboolean call = guichet_interaction_get_call (interaction) != NULL;

  if (action == MODEL_ACTION_HOLD || action == MODEL_ACTION_RESUME ||
      action == MODEL_ACTION_WRAP_UP_SUBMIT || action == MODEL_ACTION_WRAP_UP_EXTEND ||
      action == MODEL_ACTION_WRAP_UP_END || action == MODEL_ACTION_UNASSIGN ||
      (action >= MODEL_ACTION_TRANSFER && action <= MODEL_ACTION_LEAVE))
    return TRUE;
  if (action == MODEL_ACTION_END || action == MODEL_ACTION_DTMF)
    return station != MODEL_STATION_SOFTPHONE || !call;
  return FALSE;
}

/* Who else is in it, or asked to come. */
static ModelCompany
company_of (GuichetInteraction *interaction)
{
  GListModel *parts = guichet_interaction_get_participations (interaction);
  const char *asked = guichet_interaction_get_consult_state (interaction);
  guint consulted = 0, conferenced = 0;

  for (guint i = 0; parts != NULL && i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (GuichetParticipation) part = g_list_model_get_item (parts, i);
      const char *role = guichet_participation_get_role (part);
      const char *state = guichet_participation_get_state (part);

      if (!g_str_equal (state, "active") && !g_str_equal (state, "held"))
        continue;
      consulted += g_str_equal (role, "consulted");
      conferenced += g_str_equal (role, "conferenced");
    }
  return model_company (*asked != '\0' && !g_str_equal (asked, "ended"), consulted, conferenced);
}

ModelVerdict
guichet_allowed (GuichetSession *session,
                 GuichetInteraction *interaction,
                 ModelAction action,
                 const char **reason)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  ModelPermissionCase situation = { .role = MODEL_ROLE_AGENT,
                                    .own = TRUE,
                                    .part = MODEL_PART_PRIMARY,
                                    .work = work_of (interaction),
                                    .channel = MODEL_CHANNEL_VOICE,
                                    .station = station_of (session),
                                    .company = company_of (interaction) };
  ModelPermission permission;
  ModelPart part;
  ModelChannel channel;

  if (mine != NULL && model_part_from_text (guichet_participation_get_role (mine), &part))
    situation.part = part;
  if (model_channel_from_text (guichet_interaction_get_channel (interaction), &channel))
    situation.channel = channel;
  permission = model_permission (action, &situation);
  *reason = NULL;
  if (permission.verdict != MODEL_ALLOWED)
    *reason = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                                  model_code (permission.reason));
  else if (!guichet_session_get_link_up (session) &&
           needs_link (action, situation.station, interaction))
    {
      permission.verdict = MODEL_GREYED;
      *reason = guichet_words_find (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, "link_down");
    }
  return permission.verdict;
}
