/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: events into the lists. An event replaces whole objects in place. Main loop. */
#include "client/events.h"

#include "base/log.h"
#include "client/apply-fields.h"
#include "client/canned.h"
#include "client/chats.h"
#include "client/fields/centre.h"
#include "client/fields/session.h"
#include "client/fields/work.h"
#include "client/mirror.h"
#include "client/erased.h"
#include "client/join.h"
#include "client/seen.h"
#include "client/snapshot.h"
#include "client/watched.h"

#define ITEMS_MAX 100000

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
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
  return guichet_session_apply_state (self, &state, error);
}

static gboolean
on_membership_changed (GuichetSession *self, const BaseJson *event, GError **error)
{
  return !is_mine (self, event) || guichet_session_apply_memberships (self, event, error);
}

static gboolean
on_offer (GuichetSession *self, const BaseJson *event, GError **error)
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
      if (!guichet_apply_offer (offer, &json, &self->context, error))
        return FALSE;
      guichet_session_join (self);
      return TRUE;
    }
  offer = g_object_new (GUICHET_TYPE_OFFER, NULL);
  if (!guichet_apply_offer (offer, &json, &self->context, error))
    return FALSE;
  guichet_session_remember_offer (self, &json);
  guichet_session_join_offer (self, GUICHET_OFFER (offer));
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
  one = guichet_session_apply_recent (self, &recent, error);
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
  guichet_session_end_offer (self, GUICHET_OFFER (offer), outcome, reason);
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
  guichet_see_interaction (self, GUICHET_INTERACTION (interaction));
  guichet_session_emit_changed (self, GUICHET_INTERACTION (interaction), cause);
  return TRUE;
}

static gboolean
on_interaction_closed (GuichetSession *self, const BaseJson *event, GError **error)
{
  g_autoptr (GuichetRecord) interaction = NULL;
  const char *id, *reason;

  if (!base_json_get_string (event, "interaction", 256, &id, error) ||
      !base_json_opt_string (event, "reason", 64, "", &reason, error) ||
      !add_recent (self, event, error))
    return FALSE;
  interaction = guichet_list_find (self->interactions, id, NULL);
  if (interaction == NULL)
    return TRUE;
  g_object_ref (interaction);
  guichet_record_set_string (interaction, INTERACTION_CAUSE, reason);
  guichet_list_remove (self->interactions, id);
  guichet_chats_closed (self->chats, id);
  guichet_session_emit_closed (self, GUICHET_INTERACTION (interaction));
  guichet_session_join (self);
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
  guichet_session_emit_line_moved (self);
  return TRUE;
}

static gboolean
on_presence (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_watched_apply_event (self->colleagues, event, error);
}

static gboolean
on_team_changed (GuichetSession *self, const BaseJson *event, GError **error)
{
  static const GuichetJsonField fields[] = { { "team", SESSION_TEAM, GUICHET_JSON_TEXT } };

  return APPLY_FIELDS (GUICHET_RECORD (self), event, fields, error);
}

static gboolean
on_colleagues (GuichetSession *self, const BaseJson *event, GError **error)
{
  guichet_watched_online (self->colleagues);
  return TRUE;
}

/* A supervisor did something for the agent. */
static gboolean
on_supervised (GuichetSession *self, const BaseJson *event, GError **error)
{
  const char *name, *what, *channel;

  if (!is_mine (self, event))
    return TRUE;
  if (!base_json_get_string (event, "name", 256, &name, error) ||
      !base_json_get_string (event, "what", 64, &what, error) ||
      !base_json_opt_string (event, "channel", 64, "", &channel, error))
    return FALSE;
  guichet_session_emit_supervised (self, name, what, channel);
  return TRUE;
}

static gboolean
on_live (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_watched_apply_event (self->live, event, error);
}

static gboolean
on_live_renewed (GuichetSession *self, const BaseJson *event, GError **error)
{
  guichet_watched_online (self->live);
  return TRUE;
}

static gboolean
on_directory (GuichetSession *self, const BaseJson *event, GError **error)
{
  GuichetRecord *record = GUICHET_RECORD (self);

  guichet_record_set_int (record, SESSION_DIRECTORY_REVISION,
                          guichet_record_get_int (record, SESSION_DIRECTORY_REVISION) + 1);
  return TRUE;
}

static gboolean
on_canned (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_canned_apply_event (self->canned, event, error);
}

static gboolean
on_notices (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_mirror_apply_event (self->mirrors[GUICHET_MIRROR_NOTICES], event, error);
}

static gboolean
on_clips (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_mirror_apply_event (self->mirrors[GUICHET_MIRROR_CLIPS], event, error);
}

static gboolean
on_voicemails (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_mirror_apply_event (self->mirrors[GUICHET_MIRROR_VOICEMAILS], event, error);
}

static gboolean
on_parked (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_session_apply_parked (self, event, error);
}

static gboolean
on_erased (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_erased_apply_event (self->erased, event, error);
}

static gboolean
on_message (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_chats_apply_message (self->chats, event, error);
}

static gboolean
on_conversation (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_chats_apply_conversation (self->chats, event, error);
}

static gboolean
on_typing (GuichetSession *self, const BaseJson *event, GError **error)
{
  return guichet_chats_apply_typing (self->chats, event, error);
}

static const struct
{
  const char *type;
  Handler handle; /* NULL: nothing but what comes after */
  GuichetEventResult result;
} handlers[] = {
  { "interaction.changed", on_interaction_changed, GUICHET_EVENT_TAKEN },
  { "message.added", on_message, GUICHET_EVENT_TAKEN },
  { "message.changed", on_message, GUICHET_EVENT_TAKEN },
  { "conversation.changed", on_conversation, GUICHET_EVENT_TAKEN },
  { "conversation.typing", on_typing, GUICHET_EVENT_TAKEN },
  { "offer.created", on_offer, GUICHET_EVENT_TAKEN },
  { "offer.changed", on_offer, GUICHET_EVENT_TAKEN },
  { "offer.ringing", on_offer, GUICHET_EVENT_TAKEN },
  { "offer.ended", on_offer_ended, GUICHET_EVENT_TAKEN },
  { "parked.changed", on_parked, GUICHET_EVENT_TAKEN },
  { "interaction.closed", on_interaction_closed, GUICHET_EVENT_TAKEN },
  { "agent.state_changed", on_state_changed, GUICHET_EVENT_TAKEN },
  { "agent.team_changed", on_team_changed, GUICHET_EVENT_TAKEN },
  { "agent.membership_changed", on_membership_changed, GUICHET_EVENT_TAKEN },
  { "canned_reply.changed", on_canned, GUICHET_EVENT_TAKEN },
  { "notice.changed", on_notices, GUICHET_EVENT_TAKEN },
  { "voicemail.changed", on_voicemails, GUICHET_EVENT_TAKEN },
  { "clip.changed", on_clips, GUICHET_EVENT_TAKEN },
  { "customer.erased", on_erased, GUICHET_EVENT_TAKEN },
  { "colleagues.presence", on_presence, GUICHET_EVENT_TAKEN },
  { "colleagues.changed", on_colleagues, GUICHET_EVENT_TAKEN },
  { "agent.supervised", on_supervised, GUICHET_EVENT_TAKEN },
  { "live.changed", on_live, GUICHET_EVENT_TAKEN },
  { "live.renewed", on_live_renewed, GUICHET_EVENT_TAKEN },
  { "directory.changed", on_directory, GUICHET_EVENT_TAKEN },
  { "queue.figures", on_queue_figures, GUICHET_EVENT_TAKEN },
  { "command.failed", on_command_failed, GUICHET_EVENT_TAKEN },
  { "definitions.changed", NULL, GUICHET_EVENT_WANTS_SNAPSHOT },
  { "session.ended", NULL, GUICHET_EVENT_ENDS_SESSION },
};

GuichetEventResult
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
      if (handlers[i].handle == NULL || handlers[i].handle (self, &event, &error))
        return handlers[i].result;
      base_log_failure (BASE_LOG_WARNING, "session", type, error);
      return GUICHET_EVENT_WANTS_SNAPSHOT; /* it heals what an event could not tell */
    }
  return GUICHET_EVENT_TAKEN;
}
