/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: snapshots and events into the lists. An event replaces whole objects in place.
 * Main loop. */
#include "client/session-private.h"

#include "base/log.h"

#include <string.h>

#define ITEMS_MAX 100000

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

static gboolean
apply_state (GuichetSession *self, const BaseJson *state, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "state", SESSION_AGENT_STATE, GUICHET_JSON_TEXT },
    { "reason", SESSION_AGENT_STATE_REASON, GUICHET_JSON_TEXT },
    { "since", SESSION_AGENT_STATE_SINCE, GUICHET_JSON_TIME },
  };
  const char *next_state = "", *next_reason = "";
  BaseJson next;
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (self));
  ok = guichet_apply_fields (record (self), state, fields, G_N_ELEMENTS (fields), error) &&
       base_json_opt_object (state, "next", &next, error) &&
       (next.object == NULL ||
        (base_json_opt_string (&next, "state", 64, "", &next_state, error) &&
         base_json_opt_string (&next, "reason", 256, "", &next_reason, error)));
  if (ok)
    {
      guichet_record_set_string (record (self), SESSION_NEXT_STATE, next_state);
      guichet_record_set_string (record (self), SESSION_NEXT_REASON, next_reason);
    }
  g_object_thaw_notify (G_OBJECT (self));
  return ok;
}

static gboolean
apply_memberships (GuichetSession *self, const BaseJson *root, GError **error)
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

gboolean
guichet_session_apply_agent (GuichetSession *self, const BaseJson *agent, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", SESSION_AGENT, GUICHET_JSON_TEXT },
    { "name", SESSION_AGENT_NAME, GUICHET_JSON_TEXT },
    { "team", SESSION_TEAM, GUICHET_JSON_TEXT },
    { "role", SESSION_ROLE, GUICHET_JSON_TEXT },
  };

  if (!guichet_apply_fields (record (self), agent, fields, G_N_ELEMENTS (fields), error))
    return FALSE;
  self->context.agent = guichet_session_get_agent (self);
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

static gboolean
apply_definitions (GuichetSession *self, const BaseJson *desk, GError **error)
{
  GuichetContext *context = &self->context;

  return apply_list (self, desk, "queues", context->queues, guichet_apply_queue, error) &&
         apply_list (self, desk, "reasons", context->reasons, guichet_apply_definition, error) &&
         apply_list (self, desk, "dispositions", context->dispositions, guichet_apply_definition,
                     error) &&
         apply_list (self, desk, "tags", context->tags, guichet_apply_definition, error) &&
         apply_list (self, desk, "variables", context->variables, guichet_apply_definition, error);
}

static gint
by_time (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 at_a = guichet_record_get_int (record ((gpointer) a), RECENT_AT);
  gint64 at_b = guichet_record_get_int (record ((gpointer) b), RECENT_AT);

  return at_a > at_b ? -1 : at_a < at_b;
}

static GuichetRecord *
apply_one_recent (GuichetSession *self, const BaseJson *json, GError **error)
{
  g_autoptr (GuichetRecord) made = g_object_new (GUICHET_TYPE_RECENT, NULL);
  GuichetRecord *known;

  if (!guichet_apply_recent (made, json, &self->context, error))
    return NULL;
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
      one = apply_one_recent (self, &item, error);
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

static gboolean
apply_settings (GuichetSession *self, const BaseJson *desk, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "mask_numbers", SESSION_MASK_NUMBERS, GUICHET_JSON_BOOL },
    { "confirm_end", SESSION_CONFIRM_END, GUICHET_JSON_BOOL },
    { "auto_accept", SESSION_AUTO_ACCEPT_MODE, GUICHET_JSON_TEXT },
  };
  BaseJson settings;

  if (!base_json_opt_object (desk, "settings", &settings, error))
    return FALSE;
  if (settings.object == NULL)
    return TRUE;
  if (!guichet_apply_fields (record (self), &settings, fields, G_N_ELEMENTS (fields), error) ||
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
  static const char *const names[] = { "queues", "reasons",   "dispositions",
                                       "tags",   "variables", "recent" };
  g_autoptr (JsonObject) kept = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (base_json_has (desk, names[i]))
      json_object_set_member (kept, names[i], json_object_dup_member (desk->object, names[i]));
  return base_json_to_text (kept);
}

static void
remember_offer (GuichetSession *self, const BaseJson *offer)
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

gboolean
guichet_session_apply_snapshot (GuichetSession *self, const BaseJson *desk, GError **error)
{
  BaseJson agent, state, offers, offer;

  if (!base_json_get_object (desk, "agent", &agent, error) ||
      !guichet_session_apply_agent (self, &agent, error) ||
      !base_json_get_object (desk, "state", &state, error) || !apply_state (self, &state, error) ||
      !apply_definitions (self, desk, error) || !apply_memberships (self, desk, error) ||
      !apply_settings (self, desk, error) ||
      !apply_list (self, desk, "offers", self->offers, guichet_apply_offer, error) ||
      !apply_list (self, desk, "interactions", self->interactions, guichet_apply_interaction,
                   error) ||
      !apply_recent_of (self, desk, error) ||
      !base_json_opt_array (desk, "offers", ITEMS_MAX, &offers, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&offers); i++)
    if (base_json_item_object (&offers, i, &offer, NULL))
      remember_offer (self, &offer);
  guichet_session_show_conflicts (self);
  guichet_session_join (self);
  return TRUE;
}

/* One function per type of event; FALSE: the event made no sense. */
typedef gboolean (*Handler) (GuichetSession *self, const BaseJson *event, GError **error);

static gboolean
is_mine (GuichetSession *self, const BaseJson *event)
{
  const char *agent = NULL;

  base_json_opt_string (event, "agent", 256, NULL, &agent, NULL);
  return agent == NULL || g_str_equal (agent, guichet_session_get_agent (self));
}

static gboolean
on_state_changed (GuichetSession *self, const BaseJson *event, GError **error)
{
  const char *cause;
  BaseJson state;

  if (!is_mine (self, event))
    return TRUE;
  if (!base_json_get_object (event, "state", &state, error) ||
      !base_json_opt_string (event, "cause", 256, "", &cause, error))
    return FALSE;
  guichet_record_set_string (record (self), SESSION_AGENT_STATE_CAUSE, cause);
  return apply_state (self, &state, error);
}

static gboolean
on_membership_changed (GuichetSession *self, const BaseJson *event, GError **error)
{
  return !is_mine (self, event) || apply_memberships (self, event, error);
}

static gboolean
on_offer_created (GuichetSession *self, const BaseJson *event, GError **error)
{
  g_autoptr (GuichetRecord) offer = NULL;
  const char *id;
  BaseJson json;

  if (!base_json_get_object (event, "offer", &json, error) ||
      !base_json_get_string (&json, "id", 256, &id, error))
    return FALSE;
  offer = guichet_list_find (self->offers, id, NULL);
  if (offer != NULL)
    {
      g_object_ref (offer);
      return guichet_apply_offer (offer, &json, &self->context, error);
    }
  offer = g_object_new (GUICHET_TYPE_OFFER, NULL);
  if (!guichet_apply_offer (offer, &json, &self->context, error))
    return FALSE;
  remember_offer (self, &json);
  g_list_store_append (self->offers, offer);
  guichet_session_join (self);
  return TRUE;
}

static gboolean
add_recent (GuichetSession *self, const BaseJson *event, GError **error)
{
  g_autoptr (GuichetRecord) one = NULL;
  BaseJson recent;

  if (!base_json_opt_object (event, "recent", &recent, error))
    return FALSE;
  if (recent.object == NULL)
    return TRUE;
  one = apply_one_recent (self, &recent, error);
  return one != NULL;
}

static gboolean
on_offer_ended (GuichetSession *self, const BaseJson *event, GError **error)
{
  g_autoptr (GuichetRecord) offer = NULL;
  const char *id, *outcome, *reason;

  if (!base_json_get_string (event, "offer", 256, &id, error) ||
      !base_json_get_string (event, "outcome", 64, &outcome, error) ||
      !base_json_opt_string (event, "reason", 256, "", &reason, error) ||
      !add_recent (self, event, error))
    return FALSE;
  offer = guichet_list_find (self->offers, id, NULL);
  if (offer == NULL)
    return TRUE;
  g_object_ref (offer);
  guichet_record_set_string (offer, OFFER_CALL_STATE, "ended");
  guichet_record_set_bool (offer, OFFER_CAN_ANSWER, FALSE);
  guichet_record_set_bool (offer, OFFER_CAN_DECLINE, FALSE);
  guichet_list_remove (self->offers, id);
  g_hash_table_remove (self->first_seen, id);
  guichet_session_emit_offer_ended (self, GUICHET_OFFER (offer), outcome, reason);
  guichet_session_join (self);
  return TRUE;
}

static gboolean
on_interaction_changed (GuichetSession *self, const BaseJson *event, GError **error)
{
  g_autoptr (GuichetRecord) interaction = NULL;
  const char *id, *cause;
  gboolean known;
  BaseJson json;

  if (!base_json_get_object (event, "interaction", &json, error) ||
      !base_json_get_string (&json, "id", 256, &id, error) ||
      !base_json_opt_string (event, "cause", 256, "", &cause, error))
    return FALSE;
  interaction = guichet_list_find (self->interactions, id, NULL);
  known = interaction != NULL;
  interaction = known ? g_object_ref (interaction) : g_object_new (GUICHET_TYPE_INTERACTION, NULL);
  if (!guichet_apply_interaction (interaction, &json, &self->context, error))
    return FALSE;
  if (!known && guichet_interaction_get_mine (GUICHET_INTERACTION (interaction)) == NULL)
    return TRUE; /* of an offer: the card has what it needs */
  guichet_record_set_string (interaction, INTERACTION_CAUSE, cause);
  if (!known)
    g_list_store_append (self->interactions, interaction);
  guichet_session_join (self);
  guichet_session_emit_changed (self, GUICHET_INTERACTION (interaction), cause);
  return TRUE;
}

static gboolean
on_interaction_closed (GuichetSession *self, const BaseJson *event, GError **error)
{
  g_autoptr (GuichetRecord) interaction = NULL;
  const char *id;

  if (!base_json_get_string (event, "interaction", 256, &id, error) ||
      !add_recent (self, event, error))
    return FALSE;
  interaction = guichet_list_find (self->interactions, id, NULL);
  if (interaction == NULL)
    return TRUE;
  g_object_ref (interaction);
  guichet_list_remove (self->interactions, id);
  guichet_session_emit_closed (self, GUICHET_INTERACTION (interaction));
  guichet_session_join (self);
  return TRUE;
}

static gboolean
on_definitions_changed (GuichetSession *self, const BaseJson *event, GError **error)
{
  guichet_session_resync (self);
  return TRUE;
}

static gboolean
on_command_failed (GuichetSession *self, const BaseJson *event, GError **error)
{
  const char *interaction, *reason;

  if (!base_json_opt_string (event, "interaction", 256, "", &interaction, error) ||
      !base_json_opt_string (event, "reason", 256, "", &reason, error))
    return FALSE;
  guichet_session_emit_command_failed (self, interaction, reason);
  return TRUE;
}

static gboolean
on_queue_figures (GuichetSession *self, const BaseJson *event, GError **error)
{
  BaseJson figures, figure;

  if (!base_json_opt_array (event, "queues", ITEMS_MAX, &figures, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&figures); i++)
    {
      GuichetRecord *queue;
      const char *id;
      gint64 waiting;

      if (!base_json_item_object (&figures, i, &figure, error) ||
          !base_json_get_string (&figure, base_json_has (&figure, "id") ? "id" : "queue", 256, &id,
                                 error) ||
          !base_json_opt_int (&figure, "waiting", 0, G_MAXINT64, -1, &waiting, error))
        return FALSE;
      queue = guichet_list_find (self->context.queues, id, NULL);
      if (queue != NULL)
        guichet_record_set_int (queue, QUEUE_WAITING, waiting);
    }
  return TRUE;
}

static gboolean
on_session_ended (GuichetSession *self, const BaseJson *event, GError **error)
{
  const char *reason;

  if (!base_json_opt_string (event, "reason", 64, "forced", &reason, error))
    return FALSE;
  guichet_session_leave (self, "ended", reason);
  return TRUE;
}

static const struct
{
  const char *type;
  Handler handle;
} handlers[] = {
  { "interaction.changed", on_interaction_changed },
  { "offer.created", on_offer_created },
  { "offer.ended", on_offer_ended },
  { "interaction.closed", on_interaction_closed },
  { "agent.state_changed", on_state_changed },
  { "agent.membership_changed", on_membership_changed },
  { "queue.figures", on_queue_figures },
  { "command.failed", on_command_failed },
  { "definitions.changed", on_definitions_changed },
  { "session.ended", on_session_ended },
};

void
guichet_session_apply_event (GuichetSession *self, JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  const char *type = "";
  BaseJson event;

  base_json_from_object (&event, object);
  base_json_opt_string (&event, "type", 128, "", &type, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    {
      if (!g_str_equal (handlers[i].type, type))
        continue;
      if (handlers[i].handle (self, &event, &error))
        return;
      base_log_failure (BASE_LOG_WARNING, "session", type, error);
      guichet_session_resync (self); /* a snapshot heals what an event could not tell */
      return;
    }
}
