/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: a snapshot of the desk, whole or in parts, into the lists. Main loop. */
#include "client/snapshot.h"

#include "base/log.h"
#include "client/apply-fields.h"
#include "client/fields/centre.h"
#include "client/fields/past.h"
#include "client/fields/session.h"
#include "client/fields/work.h"
#include "client/join.h"
#include "client/erased.h"
#include "client/seen.h"
#include "client/typing.h"

#define ITEMS_MAX 100000

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

gboolean
guichet_session_apply_state (GuichetSession *self, const BaseJson *state, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "state", SESSION_AGENT_STATE, GUICHET_JSON_TEXT },
    { "reason", SESSION_AGENT_STATE_REASON, GUICHET_JSON_TEXT },
    { "since", SESSION_AGENT_STATE_SINCE, GUICHET_JSON_TIME },
  };
  static const GuichetJsonField choice = { "auto_accept", SESSION_AUTO_ACCEPT, GUICHET_JSON_BOOL };
  const char *next_state = "", *next_reason = "";
  gboolean ready = FALSE;
  BaseJson next;
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (self));
  ok = guichet_apply_fields (record (self), state, fields, G_N_ELEMENTS (fields), error) &&
       guichet_apply_forwarding (record (self), SESSION_FORWARD_WHEN, state, error) &&
       base_json_opt_bool (state, "station_ready", FALSE, &ready, error) &&
       base_json_opt_object (state, "next", &next, error) &&
       (next.object == NULL ||
        (base_json_opt_string (&next, "state", 64, "", &next_state, error) &&
         base_json_opt_string (&next, "reason", 256, "", &next_reason, error)));
  ok = ok && guichet_apply_channels (record (self), SESSION_CHANNELS, state, error);
  if (ok && g_str_equal (guichet_session_get_auto_accept_mode (self), "agent"))
    ok = guichet_apply_fields (record (self), state, &choice, 1, error);
  if (ok)
    {
      guichet_record_set_string (record (self), SESSION_NEXT_STATE, next_state);
      guichet_record_set_string (record (self), SESSION_NEXT_REASON, next_reason);
    }
  guichet_record_set_bool (record (self), SESSION_STATION_READY, ready);
  g_object_thaw_notify (G_OBJECT (self));
  return ok;
}

gboolean
guichet_session_apply_memberships (GuichetSession *self, const BaseJson *root, GError **error)
{
  BaseJson memberships, membership;

  if (!base_json_opt_array (root, "memberships", ITEMS_MAX, &memberships, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&memberships); i++)
    {
      static const GuichetJsonField fields[] = {
        { "state", QUEUE_MEMBERSHIP, GUICHET_JSON_TEXT },
        { "reason", QUEUE_MEMBERSHIP_REASON, GUICHET_JSON_TEXT },
      };
      GuichetRecord *queue;
      const char *id;

      if (!base_json_item_object (&memberships, i, &membership, error) ||
          !base_json_get_string (&membership, "queue", 256, &id, error))
        return FALSE;
      queue = guichet_list_find (self->context.queues, id, NULL);
      if (queue != NULL &&
          !guichet_apply_fields (queue, &membership, fields, G_N_ELEMENTS (fields), error))
        return FALSE;
    }
  return TRUE;
}

/* A centre that says nothing of slots has calls. */
static gboolean
apply_slots (GuichetSession *self, const BaseJson *agent, GError **error)
{
  g_autoptr (GList) names = NULL;
  BaseJson slots, automatic;
  gint64 calls = 1, count, comes;
  gboolean chats = FALSE, pulls = FALSE;

  if (!base_json_opt_object (agent, "slots", &slots, error) ||
      !base_json_opt_object (agent, "auto", &automatic, error) ||
      (slots.object != NULL && !base_json_opt_int (&slots, "voice", 0, 1000, 0, &calls, error)))
    return FALSE;
  g_hash_table_remove_all (self->room);
  names = slots.object != NULL ? json_object_get_members (slots.object) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    {
      if (!base_json_opt_int (&slots, l->data, 0, 1000, 0, &count, error))
        return FALSE;
      comes = count;
      if (automatic.object != NULL &&
          !base_json_opt_int (&automatic, l->data, 0, 1000, count, &comes, error))
        return FALSE;
      g_hash_table_insert (self->room, g_strdup (l->data),
                           GINT_TO_POINTER ((gint) (count * 1024 + MIN (comes, count))));
      chats = chats || (count > 0 && !g_str_equal (l->data, "voice"));
      pulls = pulls || comes < count;
    }
  guichet_record_set_bool (record (self), SESSION_TAKES_CALLS, calls > 0);
  guichet_record_set_bool (record (self), SESSION_TAKES_CHATS, chats);
  guichet_record_set_bool (record (self), SESSION_PULLS, pulls);
  return TRUE;
}

static gboolean
apply_list (GuichetSession *self,
            const BaseJson *root,
            const char *name,
            GListStore *list,
            GuichetApply apply,
            GError **error)
{
  BaseJson array;

  return base_json_opt_array (root, name, ITEMS_MAX, &array, error) &&
         guichet_list_sync (list, &array, apply, &self->context, error);
}

gboolean
guichet_session_apply_parked (GuichetSession *self, const BaseJson *root, GError **error)
{
  return apply_list (self, root, "parked", self->parked, guichet_apply_parked, error);
}

gboolean
guichet_session_apply_agent (GuichetSession *self, const BaseJson *agent, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", SESSION_AGENT, GUICHET_JSON_TEXT },
    { "name", SESSION_AGENT_NAME, GUICHET_JSON_TEXT },
    { "team", SESSION_TEAM, GUICHET_JSON_TEXT },
    { "role", SESSION_ROLE, GUICHET_JSON_TEXT },
  };

  if (!guichet_apply_fields (record (self), agent, fields, G_N_ELEMENTS (fields), error) ||
      !apply_slots (self, agent, error) ||
      !guichet_apply_forward_kinds (record (self), SESSION_FORWARD_WHEN, agent, error) ||
      !apply_list (self, agent, "teams", self->context.teams, guichet_apply_definition, error))
    return FALSE;
  self->context.agent = guichet_session_get_agent (self);
  return TRUE;
}

static gboolean
apply_definitions (GuichetSession *self, const BaseJson *desk, GError **error)
{
  GuichetContext *context = &self->context;

  return apply_list (self, desk, "queues", context->queues, guichet_apply_queue, error) &&
         apply_list (self, desk, "reasons", context->reasons, guichet_apply_definition, error) &&
         apply_list (self, desk, "dispositions", context->dispositions, guichet_apply_definition,
                     error) &&
         apply_list (self, desk, "tags", context->tags, guichet_apply_definition, error) &&
         apply_list (self, desk, "variables", context->variables, guichet_apply_definition,
                     error) &&
         apply_list (self, desk, "links", context->links, guichet_apply_definition, error);
}

static gint
by_time (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 at_a = guichet_record_get_int (record ((gpointer) a), RECENT_AT);
  gint64 at_b = guichet_record_get_int (record ((gpointer) b), RECENT_AT);

  return at_a > at_b ? -1 : at_a < at_b;
}

GuichetRecord *
guichet_session_apply_recent (GuichetSession *self, const BaseJson *json, GError **error)
{
  g_autoptr (GuichetRecord) made = g_object_new (GUICHET_TYPE_RECENT, NULL);
  GuichetRecord *known;

  if (!guichet_apply_recent (made, json, &self->context, error))
    return NULL;
  guichet_see_contact (self, made, json);
  known = guichet_list_find (self->recent, guichet_record_get_string (made, RECENT_KEY), NULL);
  if (known != NULL)
    return guichet_apply_recent (known, json, &self->context, error) ? g_object_ref (known) : NULL;
  g_list_store_insert_sorted (self->recent, made, by_time, NULL);
  return g_steal_pointer (&made);
}

gboolean
guichet_session_apply_recents (GuichetSession *self,
                               const BaseJson *array,
                               GPtrArray *made,
                               GError **error)
{
  for (guint i = 0; i < base_json_length (array); i++)
    {
      GuichetRecord *one;
      BaseJson item;

      if (!base_json_item_object (array, i, &item, error))
        return FALSE;
      one = guichet_session_apply_recent (self, &item, error);
      if (one == NULL)
        return FALSE;
      if (made != NULL)
        g_ptr_array_add (made, one);
      else
        g_object_unref (one);
    }
  return TRUE;
}

static gboolean
apply_recent_of (GuichetSession *self, const BaseJson *root, GError **error)
{
  BaseJson array;

  return base_json_opt_array (root, "recent", ITEMS_MAX, &array, error) &&
         guichet_session_apply_recents (self, &array, NULL, error);
}

gboolean
guichet_session_apply_centre (GuichetSession *self, const BaseJson *root, GError **error)
{
  const char *id;
  BaseJson centre;

  if (!base_json_opt_object (root, "centre", &centre, error))
    return FALSE;
  if (centre.object == NULL)
    return TRUE;
  if (!base_json_opt_string (&centre, "id", 256, "", &id, error))
    return FALSE;
  guichet_record_set_string (record (self), SESSION_CENTRE, id);
  /* An id is nothing to show to people. */
  guichet_record_set_string (record (self), SESSION_CENTRE_NAME, guichet_pick_name (&centre, ""));
  return TRUE;
}

static gboolean
apply_conference_max (GuichetSession *self, const BaseJson *settings, GError **error)
{
  gint64 most;

  if (!base_json_opt_int (settings, "conference_max", 3, 8, 8, &most, error))
    return FALSE;
  guichet_record_set_int (record (self), SESSION_CONFERENCE_MAX, most);
  return TRUE;
}

static gboolean
apply_toasts (GuichetSession *self, const BaseJson *settings, GError **error)
{
  gint64 max = 5, seconds = 30;
  BaseJson toasts;

  if (!base_json_opt_object (settings, "toasts", &toasts, error) ||
      (toasts.object != NULL &&
       (!base_json_opt_int (&toasts, "max", 0, G_MAXINT, max, &max, error) ||
        !base_json_opt_int (&toasts, "seconds", 0, G_MAXINT, seconds, &seconds, error))))
    return FALSE;
  guichet_record_set_int (record (self), SESSION_TOASTS_MAX, max);
  guichet_record_set_int (record (self), SESSION_TOASTS_SECONDS, seconds);
  return TRUE;
}

static gboolean
apply_settings (GuichetSession *self, const BaseJson *desk, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "mask_numbers", SESSION_MASK_NUMBERS, GUICHET_JSON_BOOL },
    { "card_data", SESSION_CARD_DATA, GUICHET_JSON_TEXT },
    { "clips", SESSION_CLIPS, GUICHET_JSON_TEXT },
    { "confirm_end", SESSION_CONFIRM_END, GUICHET_JSON_BOOL },
    { "auto_accept", SESSION_AUTO_ACCEPT_MODE, GUICHET_JSON_TEXT },
  };
  BaseJson settings;

  if (!base_json_opt_object (desk, "settings", &settings, error))
    return FALSE;
  if (settings.object == NULL)
    return TRUE;
  if (!guichet_apply_fields (record (self), &settings, fields, G_N_ELEMENTS (fields), error) ||
      !apply_conference_max (self, &settings, error) || !apply_toasts (self, &settings, error) ||
      !base_json_opt_bool (&settings, "wipe_cache_at_sign_out", FALSE, &self->wipe_at_sign_out,
                           error))
    return FALSE;
  if (!g_str_equal (guichet_record_get_string (record (self), SESSION_AUTO_ACCEPT_MODE), "agent"))
    guichet_record_set_bool (
        record (self), SESSION_AUTO_ACCEPT,
        g_str_equal (guichet_record_get_string (record (self), SESSION_AUTO_ACCEPT_MODE), "on"));
  return TRUE;
}

/* Definitions and history that an earlier window kept, to have something to show before the centre
 * answers. */
void
guichet_session_apply_definitions (GuichetSession *self, const BaseJson *desk)
{
  g_autoptr (GError) error = NULL;

  if (!apply_definitions (self, desk, &error) || !apply_recent_of (self, desk, &error))
    base_log_failure (BASE_LOG_WARNING, "session", "kept_snapshot", error);
}

char *
guichet_session_make_kept (const BaseJson *desk)
{
  static const char *const names[] = { "queues",    "reasons", "dispositions", "tags",
                                       "variables", "links",   "recent" };
  g_autoptr (JsonObject) kept = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (base_json_has (desk, names[i]))
      json_object_set_member (kept, names[i], json_object_dup_member (desk->object, names[i]));
  return base_json_to_text (kept);
}

void
guichet_session_remember_offer (GuichetSession *self, const BaseJson *offer)
{
  const char *id, *interaction;

  if (!base_json_get_string (offer, "id", 256, &id, NULL) ||
      !base_json_get_string (offer, "interaction", 256, &interaction, NULL) ||
      g_strcmp0 (g_hash_table_lookup (self->offer_of, id), interaction) == 0)
    return;
  g_hash_table_insert (self->offer_of, g_strdup (id), g_strdup (interaction));
  if (self->store != NULL)
    guichet_store_remember_offer (self->store, id, interaction);
}

void
guichet_session_end_offer (GuichetSession *self,
                           GuichetOffer *offer,
                           const char *outcome,
                           const char *reason)
{
  g_autoptr (GuichetOffer) alive G_GNUC_UNUSED = g_object_ref (offer);

  guichet_record_set_string (record (offer), OFFER_CALL_STATE, "ended");
  guichet_record_set_bool (record (offer), OFFER_CAN_ANSWER, FALSE);
  guichet_record_set_bool (record (offer), OFFER_CAN_DECLINE, FALSE);
  guichet_list_remove (self->offers, guichet_offer_get_id (offer));
  guichet_session_forget_offer (self, offer);
  guichet_session_emit_offer_ended (self, offer, outcome, reason);
}

/* Recent work is newest first; an offer that was accepted has no line of its own there. */
static GuichetRecent *
recent_of_offer (GuichetSession *self, GuichetOffer *offer)
{
  GListModel *list = G_LIST_MODEL (self->recent);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetRecord) one = g_list_model_get_item (list, i);
      if (g_str_equal (guichet_record_get_string (one, RECENT_OFFER), guichet_offer_get_id (offer)))
        return GUICHET_RECENT (one); /* the list holds it */
    }
  return NULL;
}

/* An offer ended while nobody told us: what the snapshot says of how. */
static void
end_unseen (GuichetSession *self, GuichetOffer *offer)
{
  GuichetRecent *recent = recent_of_offer (self, offer);
  GuichetInteraction *interaction =
      guichet_session_find_interaction (self, guichet_offer_get_interaction (offer));
  const char *kind;

  if (recent == NULL && interaction != NULL && guichet_interaction_get_mine (interaction) != NULL)
    guichet_session_end_offer (self, offer, "accepted", "");
  else if (recent == NULL)
    guichet_session_end_offer (self, offer, "withdrawn", "unknown");
  else
    {
      kind = guichet_recent_get_kind (recent);
      guichet_session_end_offer (self, offer, g_str_equal (kind, "abandoned") ? "withdrawn" : kind,
                                 guichet_recent_get_reason (recent));
    }
}

static GPtrArray *
offers_now (GuichetSession *self)
{
  GPtrArray *offers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->offers)); i++)
    g_ptr_array_add (offers, g_list_model_get_item (G_LIST_MODEL (self->offers), i));
  return offers;
}

static void
end_missing (GuichetSession *self, GPtrArray *before)
{
  for (guint i = 0; i < before->len; i++)
    if (guichet_list_find (self->offers, guichet_offer_get_id (before->pdata[i]), NULL) == NULL)
      end_unseen (self, before->pdata[i]);
}

gboolean
guichet_session_apply_snapshot (GuichetSession *self, const BaseJson *desk, GError **error)
{
  g_autoptr (GPtrArray) before = offers_now (self);
  BaseJson agent, state, offers, offer;

  if (!base_json_get_object (desk, "agent", &agent, error) ||
      !guichet_session_apply_agent (self, &agent, error) ||
      !guichet_session_apply_centre (self, desk, error) || !apply_settings (self, desk, error) ||
      !base_json_get_object (desk, "state", &state, error) ||
      !guichet_session_apply_state (self, &state, error) ||
      !apply_definitions (self, desk, error) ||
      !guichet_session_apply_memberships (self, desk, error) ||
      !guichet_session_apply_parked (self, desk, error) ||
      !apply_list (self, desk, "offers", self->offers, guichet_apply_offer, error) ||
      !apply_list (self, desk, "interactions", self->interactions, guichet_apply_interaction,
                   error) ||
      !apply_recent_of (self, desk, error) ||
      !guichet_erased_apply_snapshot (self->erased, desk, error) ||
      !base_json_opt_array (desk, "offers", ITEMS_MAX, &offers, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&offers); i++)
    if (base_json_item_object (&offers, i, &offer, NULL))
      guichet_session_remember_offer (self, &offer);
  guichet_session_show_conflicts (self);
  guichet_session_join (self);
  end_missing (self, before);
  return TRUE;
}
