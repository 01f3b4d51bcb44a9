/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the agent may do with an interaction now. The rules are the centre's own, read from the
 * model; the link adds what cannot be sent at this moment.
 */

#include "desktop/desk/allowed.h"

#include "desktop/chat/company.h"
#include "desktop/text/words.h"

#include <glib/gi18n.h>

static ModelWork
work_of (GuichetInteraction *interaction)
{
  const char *phase = guichet_interaction_get_phase (interaction);

  if (g_str_equal (phase, "active"))
    return MODEL_WORK_CONNECTED;
  if (g_str_equal (phase, "dialling"))
    return MODEL_WORK_DIALLING;
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
      (action >= MODEL_ACTION_TRANSFER && action <= MODEL_ACTION_LEAVE) ||
      action == MODEL_ACTION_REMOVE || action == MODEL_ACTION_MUTE_OTHER ||
      action == MODEL_ACTION_PARK || action == MODEL_ACTION_GIVE_CHARGE ||
      action == MODEL_ACTION_FORCE_CLOSE)
    return TRUE;
  if (action == MODEL_ACTION_END || action == MODEL_ACTION_DTMF)
    return station != MODEL_STATION_SOFTPHONE || !call;
  return FALSE;
}

/* Who else is in it, or asked to come. */
static ModelCompany
company_of (GuichetSession *session, GuichetInteraction *interaction)
{
  return model_company (
      guichet_company_is_asking (interaction) || guichet_company_is_calling (interaction),
      guichet_company_count (interaction, "consulted"), guichet_company_joined (interaction),
      (guint) guichet_session_get_conference_max (session));
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
                                    .company = company_of (session, interaction),
                                    .internal = guichet_company_is_internal (interaction),
                                    .stuck = *guichet_interaction_get_stuck (interaction) != '\0',
                                    .customer_gone = guichet_interaction_get_customer_left_at (
                                                         interaction) != 0 };
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

/* Whether a queue lets its agents call: that of this work, or any of the agent's. */
static gboolean
has_queue_to_call_for (GuichetSession *session)
{
  GListModel *queues = guichet_session_get_queues (session);

  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (GuichetQueue) queue = g_list_model_get_item (queues, i);

      if (guichet_queue_get_dial_out (queue))
        return TRUE;
    }
  return FALSE;
}

/* The agent's calls, by what they are now. */
static void
count_calls (GuichetSession *session, ModelCaller *caller)
{
  GListModel *work = guichet_session_get_interactions (session);
  GListModel *offers = guichet_session_get_offers (session);

  for (guint i = 0; i < g_list_model_get_n_items (work); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (work, i);
      gboolean wrap_up = g_str_equal (guichet_interaction_get_phase (one), "wrap_up");

      if (!g_str_equal (guichet_interaction_get_channel (one), "voice"))
        continue;
      caller->wrap_ups += wrap_up;
      caller->calls += !wrap_up;
    }
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (GuichetOffer) one = g_list_model_get_item (offers, i);

      caller->offers += g_str_equal (guichet_offer_get_channel (one), "voice");
    }
}

ModelVerdict
guichet_may_call (GuichetSession *session, GuichetInteraction *from, const char **reason)
{
  /* What only the centre knows of slots and settings is its answer to the attempt. */
  ModelCaller caller = { .has_queue = has_queue_to_call_for (session),
                         .there = TRUE,
                         .wrap_up_blocks = TRUE,
                         .station_ready = guichet_session_get_station_ready (session),
                         .slots = 1 };
  ModelPermission permission;

  *reason = NULL;
  count_calls (session, &caller);
  permission = model_permission_to_call (&caller);
  if (permission.verdict == MODEL_ALLOWED && from != NULL &&
      !g_str_equal (guichet_interaction_get_channel (from), "sms") &&
      *guichet_interaction_get_customer (from) == '\0')
    permission = (ModelPermission){ MODEL_GREYED, MODEL_CODE_NO_NUMBER };
  if (permission.verdict != MODEL_ALLOWED)
    *reason = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                                  model_code (permission.reason));
  else if (!guichet_session_get_link_up (session))
    {
      permission.verdict = MODEL_GREYED;
      *reason = guichet_words_find (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, "link_down");
    }
  return permission.verdict;
}
