/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: the join of offers, interactions and calls. The INVITE carries the offer's id, so
 * card and call are one whichever comes first; what does not come within the grace time is said to
 * be missing. Everything is computed anew from the lists each time something changes, so that no
 * order of events can leave it wrong. Main loop. */
#include "client/join.h"

#include "client/fields/phone.h"
#include "client/fields/work.h"
#include "client/station.h"

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

static gboolean
on_grace_over (gpointer user_data)
{
  GuichetSession *self = user_data;

  self->join_id = 0;
  guichet_session_join (self);
  return G_SOURCE_REMOVE;
}

/* Looks again then, if nothing looks earlier. */
static void
look_again (GuichetSession *self, gint64 at)
{
  gint64 left = at - g_get_monotonic_time ();

  if (self->join_id != 0 && self->join_at <= at)
    return;
  g_clear_handle_id (&self->join_id, g_source_remove);
  self->join_at = at;
  self->join_id = g_timeout_add ((guint) (left / 1000) + 1, on_grace_over, self);
}

/* TRUE once id has been waited for so long; until then looks again in time. */
static gboolean
is_over (GuichetSession *self, const char *id, guint ms)
{
  gint64 *since = g_hash_table_lookup (self->first_seen, id);

  if (since == NULL)
    {
      since = g_new (gint64, 1);
      *since = g_get_monotonic_time ();
      g_hash_table_insert (self->first_seen, g_strdup (id), since);
    }
  if (*since + (gint64) ms * 1000 <= g_get_monotonic_time ())
    return TRUE;
  look_again (self, *since + (gint64) ms * 1000);
  return FALSE;
}

static gboolean
is_overdue (GuichetSession *self, const char *id)
{
  return is_over (self, id, self->join_grace_ms);
}

static char *
ring_key (GuichetOffer *offer)
{
  return g_strconcat ("ring ", guichet_offer_get_id (offer), NULL);
}

void
guichet_session_forget_offer (GuichetSession *self, GuichetOffer *offer)
{
  g_autofree char *key = ring_key (offer);

  g_hash_table_remove (self->first_seen, guichet_offer_get_id (offer));
  g_hash_table_remove (self->first_seen, key);
}

static GuichetCall *
find_call (GuichetSession *self, const char *offer)
{
  GListModel *calls = self->phone != NULL ? guichet_phone_get_calls (self->phone) : NULL;

  for (guint i = 0; calls != NULL && i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (GuichetCall) call = g_list_model_get_item (calls, i);
      if (guichet_call_get_live (call) && g_str_equal (guichet_call_get_offer (call), offer))
        return call; /* the list holds it */
    }
  return NULL;
}

static const char *
call_state_of (GuichetSession *self, GuichetOffer *offer, GuichetCall *call)
{
  if (!g_str_equal (guichet_offer_get_channel (offer), "voice") ||
      !guichet_session_has_softphone (self))
    return "none";
  if (call == NULL)
    return is_overdue (self, guichet_offer_get_id (offer)) ? "missing" : "expected";
  return g_str_equal (guichet_call_get_state (call), "ringing") ? "ringing" : "answering";
}

/* A call is being connected until its station rings. That of the softphone is heard here; of any
 * other the centre tells. */
static const char *
stage_of (GuichetSession *self, GuichetOffer *offer, const char *call_state)
{
  gboolean waits =
      g_str_equal (call_state, "none")
          ? g_str_equal (guichet_offer_get_channel (offer), "voice") &&
                !guichet_record_get_bool (record (offer), OFFER_RINGING)
          : g_str_equal (call_state, "expected") || g_str_equal (call_state, "missing");

  return waits ? "connecting" : "request";
}

/* The agent hears it ring and reads that it is answered, then it is. */
static void
answer_by_itself (GuichetSession *self, GuichetOffer *offer, GuichetCall *call)
{
  g_autofree char *key = ring_key (offer);

  if (guichet_offer_get_answered (offer) || !is_over (self, key, self->answer_after_ms))
    return;
  guichet_record_set_bool (record (offer), OFFER_ANSWERED, TRUE);
  guichet_phone_answer_async (self->phone, call, NULL, NULL, NULL);
}

void
guichet_session_join_offer (GuichetSession *self, GuichetOffer *offer)
{
  GuichetCall *call = find_call (self, guichet_offer_get_id (offer));
  const char *state = call_state_of (self, offer, call);
  gboolean ringing = g_str_equal (state, "ringing");
  gboolean voice = g_str_equal (guichet_offer_get_channel (offer), "voice");
  gboolean by_api = guichet_session_get_link_up (self) && !g_str_equal (state, "answering");

  guichet_record_set_object (record (offer), OFFER_CALL, call);
  guichet_record_set_string (record (offer), OFFER_CALL_STATE, state);
  guichet_record_set_string (record (offer), OFFER_STAGE, stage_of (self, offer, state));
  guichet_record_set_bool (record (offer), OFFER_CAN_ANSWER, ringing || (!voice && by_api));
  guichet_record_set_bool (record (offer), OFFER_CAN_DECLINE, ringing || by_api);
  if (ringing && guichet_offer_get_auto_accept (offer))
    answer_by_itself (self, offer, call);
}

static gboolean
is_talking (GuichetInteraction *interaction)
{
  const char *phase = guichet_interaction_get_phase (interaction);

  return g_str_equal (guichet_interaction_get_channel (interaction), "voice") &&
         (g_str_equal (phase, "active") || g_str_equal (phase, "held") ||
          g_str_equal (phase, "dialling"));
}

/* The call of the agent's own begins with the participation's id in the place of an offer's. */
static gboolean
is_begun_by (GuichetInteraction *interaction, const char *offer)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  return mine != NULL && g_str_equal (guichet_participation_get_id (mine), offer);
}

static guint
count_talking (GuichetSession *self)
{
  GListModel *list = G_LIST_MODEL (self->interactions);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetInteraction) interaction = g_list_model_get_item (list, i);
      n += is_talking (interaction) ? 1 : 0;
    }
  return n;
}

/* A call whose offer this window never saw belongs to the only conversation there is. */
static GuichetCall *
find_only_call (GuichetSession *self)
{
  GListModel *calls = guichet_phone_get_calls (self->phone);
  GuichetCall *only = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (GuichetCall) call = g_list_model_get_item (calls, i);
      if (!guichet_call_get_live (call) || g_str_equal (guichet_call_get_state (call), "ringing"))
        continue;
      if (only != NULL)
        return NULL;
      only = call;
    }
  if (only != NULL && g_hash_table_contains (self->offer_of, guichet_call_get_offer (only)))
    return NULL;
  return only;
}

static GuichetCall *
call_of_interaction (GuichetSession *self, GuichetInteraction *interaction, guint n_talking)
{
  GListModel *calls = self->phone != NULL ? guichet_phone_get_calls (self->phone) : NULL;

  if (calls == NULL || !guichet_session_has_softphone (self) || !is_talking (interaction))
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (GuichetCall) call = g_list_model_get_item (calls, i);
      const char *id = g_hash_table_lookup (self->offer_of, guichet_call_get_offer (call));

      if (guichet_call_get_live (call) &&
          (g_strcmp0 (id, guichet_interaction_get_id (interaction)) == 0 ||
           is_begun_by (interaction, guichet_call_get_offer (call))))
        return call;
    }
  return n_talking == 1 ? find_only_call (self) : NULL;
}

static gboolean
belongs (GuichetSession *self, GuichetCall *call)
{
  GListModel *list = G_LIST_MODEL (self->interactions);

  if (guichet_list_find (self->offers, guichet_call_get_offer (call), NULL) != NULL ||
      g_hash_table_contains (self->offer_of, guichet_call_get_offer (call)))
    return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetInteraction) interaction = g_list_model_get_item (list, i);
      if (guichet_interaction_get_call (interaction) == call)
        return TRUE;
    }
  return FALSE;
}

static void
join_calls (GuichetSession *self)
{
  GListModel *calls = guichet_phone_get_calls (self->phone);

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (GuichetCall) call = g_list_model_get_item (calls, i);
      gboolean orphan = guichet_call_get_live (call) && !belongs (self, call) &&
                        is_overdue (self, guichet_call_get_id (call));

      guichet_record_set_bool (record (call), CALL_ORPHAN, orphan);
    }
}

void
guichet_session_join (GuichetSession *self)
{
  guint n_talking = count_talking (self);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->offers)); i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (G_LIST_MODEL (self->offers), i);
      guichet_session_join_offer (self, offer);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->interactions)); i++)
    {
      g_autoptr (GuichetInteraction) interaction =
          g_list_model_get_item (G_LIST_MODEL (self->interactions), i);
      guichet_record_set_object (record (interaction), INTERACTION_CALL,
                                 call_of_interaction (self, interaction, n_talking));
    }
  if (self->phone != NULL)
    join_calls (self);
}

static void
watch_call (GuichetSession *self, GuichetCall *call)
{
  g_signal_connect_object (call, "notify::state", G_CALLBACK (guichet_session_join), self,
                           G_CONNECT_SWAPPED);
}

static void
on_calls_changed (GListModel *calls,
                  guint position,
                  guint removed,
                  guint added,
                  GuichetSession *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GuichetCall) call = g_list_model_get_item (calls, i);
      watch_call (self, call);
    }
  guichet_session_join (self);
}

void
guichet_session_init_join (GuichetSession *self)
{
  GListModel *calls;

  if (self->phone == NULL)
    return;
  calls = guichet_phone_get_calls (self->phone);
  g_signal_connect_object (calls, "items-changed", G_CALLBACK (on_calls_changed), self, 0);
  on_calls_changed (calls, 0, 0, g_list_model_get_n_items (calls), self);
}
