/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: the object: its fields, signals, parts and end. Owns everything in
 * session-private.h. Main loop. */
#include "client/session.h"

#include "client/canned.h"
#include "client/chats.h"
#include "client/colleagues.h"
#include "client/erased.h"
#include "client/fields/session.h"
#include "client/live.h"
#include "client/mirror.h"

#include <string.h>

enum
{
  OFFER_ENDED,
  INTERACTION_CHANGED,
  INTERACTION_CLOSED,
  COMMAND_FAILED,
  MESSAGE_UNSENT,
  LINE_MOVED,
  NOTICE,
  VOICEMAIL,
  SUPERVISED,
  N_SIGNALS
};

static guint session_signals[N_SIGNALS];

static const GuichetMirrorKind *const mirror_kinds[GUICHET_N_MIRRORS] = {
  [GUICHET_MIRROR_NOTICES] = &guichet_notice_mirror,
  [GUICHET_MIRROR_CLIPS] = &guichet_clip_mirror,
  [GUICHET_MIRROR_VOICEMAILS] = &guichet_voicemail_mirror,
};

G_DEFINE_FINAL_TYPE (GuichetSession, guichet_session, GUICHET_TYPE_RECORD)

static const GuichetField session_fields[N_SESSION_FIELDS] = {
  [SESSION_STATE] = { "state", GUICHET_FIELD_STRING },
  [SESSION_END_REASON] = { "end-reason", GUICHET_FIELD_STRING },
  [SESSION_LINK_UP] = { "link-up", GUICHET_FIELD_BOOL },
  [SESSION_LINK_SINCE] = { "link-since", GUICHET_FIELD_INT },
  [SESSION_CENTRE] = { "centre", GUICHET_FIELD_STRING },
  [SESSION_CENTRE_NAME] = { "centre-name", GUICHET_FIELD_STRING },
  [SESSION_CENTRE_URL] = { "centre-url", GUICHET_FIELD_STRING },
  [SESSION_AGENT] = { "agent", GUICHET_FIELD_STRING },
  [SESSION_AGENT_NAME] = { "agent-name", GUICHET_FIELD_STRING },
  [SESSION_TEAM] = { "team", GUICHET_FIELD_STRING },
  [SESSION_ROLE] = { "role", GUICHET_FIELD_STRING },
  [SESSION_STATION] = { "station", GUICHET_FIELD_STRING },
  [SESSION_STATION_ADDRESS] = { "station-address", GUICHET_FIELD_STRING },
  [SESSION_AGENT_STATE] = { "agent-state", GUICHET_FIELD_STRING },
  [SESSION_AGENT_STATE_REASON] = { "agent-state-reason", GUICHET_FIELD_STRING },
  [SESSION_AGENT_STATE_SINCE] = { "agent-state-since", GUICHET_FIELD_INT },
  [SESSION_AGENT_STATE_CAUSE] = { "agent-state-cause", GUICHET_FIELD_STRING },
  [SESSION_CHANNELS] = { "channels", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_NEXT_STATE] = { "next-state", GUICHET_FIELD_STRING },
  [SESSION_NEXT_REASON] = { "next-reason", GUICHET_FIELD_STRING },
  [SESSION_CARD_DATA] = { "card-data", GUICHET_FIELD_STRING },
  [SESSION_CLIPS] = { "clips-rule", GUICHET_FIELD_STRING },
  [SESSION_CONFIRM_END] = { "confirm-end", GUICHET_FIELD_BOOL },
  [SESSION_MASK_NUMBERS] = { "mask-numbers", GUICHET_FIELD_BOOL },
  [SESSION_AUTO_ACCEPT_MODE] = { "auto-accept-mode", GUICHET_FIELD_STRING },
  [SESSION_AUTO_ACCEPT] = { "auto-accept", GUICHET_FIELD_BOOL },
  [SESSION_FORWARD_WHEN] = { "forward-when", GUICHET_FIELD_STRING },
  [SESSION_FORWARD_TO] = { "forward-to", GUICHET_FIELD_STRING },
  [SESSION_FORWARD_WHERE] = { "forward-where", GUICHET_FIELD_STRING },
  [SESSION_FORWARD_TARGET] = { "forward-target", GUICHET_FIELD_STRING },
  [SESSION_FORWARD_KINDS] = { "forward-kinds", GUICHET_FIELD_STRING },
  [SESSION_STATION_READY] = { "station-ready", GUICHET_FIELD_BOOL },
  [SESSION_TAKES_CALLS] = { "takes-calls", GUICHET_FIELD_BOOL },
  [SESSION_TAKES_CHATS] = { "takes-chats", GUICHET_FIELD_BOOL },
  [SESSION_PULLS] = { "pulls", GUICHET_FIELD_BOOL },
  [SESSION_CONFERENCE_MAX] = { "conference-max", GUICHET_FIELD_INT },
  [SESSION_TOASTS_MAX] = { "toasts-max", GUICHET_FIELD_INT },
  [SESSION_TOASTS_SECONDS] = { "toasts-seconds", GUICHET_FIELD_INT },
  [SESSION_OFFERS] = { "offers", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_PARKED] = { "parked", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_INTERACTIONS] = { "interactions", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_RECENT] = { "recent", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_CONFLICTS] = { "conflicts", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_COLLEAGUES] = { "colleagues", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_COLLEAGUES_REVISION] = { "colleagues-revision", GUICHET_FIELD_INT },
  [SESSION_LIVE_AGENTS] = { "live-agents", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_LIVE_QUEUES] = { "live-queues", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_LIVE_REVISION] = { "live-revision", GUICHET_FIELD_INT },
  [SESSION_DIRECTORY_REVISION] = { "directory-revision", GUICHET_FIELD_INT },
  [SESSION_CANNED_REPLIES] = { "canned-replies", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_QUEUES] = { "queues", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_REASONS] = { "reasons", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_DISPOSITIONS] = { "dispositions", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_TEAMS] = { "teams", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_TAGS] = { "tags", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_LINKS] = { "links", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_VARIABLES] = { "variables", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [SESSION_UNSAVED] = { "unsaved", GUICHET_FIELD_INT },
  [SESSION_PHONE] = { "phone", GUICHET_FIELD_OBJECT, guichet_phone_get_type },
  [SESSION_STORE_PROBLEM] = { "store-problem", GUICHET_FIELD_STRING },
};

void
guichet_session_emit_offer_ended (GuichetSession *self,
                                  GuichetOffer *offer,
                                  const char *outcome,
                                  const char *reason)
{
  g_signal_emit (self, session_signals[OFFER_ENDED], 0, offer, outcome, reason);
}

void
guichet_session_emit_changed (GuichetSession *self,
                              GuichetInteraction *interaction,
                              const char *cause)
{
  g_signal_emit (self, session_signals[INTERACTION_CHANGED], 0, interaction, cause);
}

void
guichet_session_emit_closed (GuichetSession *self, GuichetInteraction *interaction)
{
  g_signal_emit (self, session_signals[INTERACTION_CLOSED], 0, interaction);
}

void
guichet_session_emit_command_failed (GuichetSession *self,
                                     const char *interaction,
                                     const char *reason)
{
  g_signal_emit (self, session_signals[COMMAND_FAILED], 0, interaction, reason);
}

void
guichet_session_emit_unsent (GuichetSession *self, const char *message, const char *text)
{
  g_signal_emit (self, session_signals[MESSAGE_UNSENT], 0, message, text);
}

void
guichet_session_emit_notice (GuichetSession *self, GuichetNotice *notice)
{
  g_signal_emit (self, session_signals[NOTICE], 0, notice);
}

void
guichet_session_emit_voicemail (GuichetSession *self, GuichetVoicemail *voicemail)
{
  g_signal_emit (self, session_signals[VOICEMAIL], 0, voicemail);
}

void
guichet_session_emit_line_moved (GuichetSession *self)
{
  g_signal_emit (self, session_signals[LINE_MOVED], 0);
}

void
guichet_session_emit_supervised (GuichetSession *self,
                                 const char *name,
                                 const char *what,
                                 const char *channel)
{
  g_signal_emit (self, session_signals[SUPERVISED], 0, name, what, channel);
}

GuichetApi *
guichet_session_get_api (GuichetSession *self)
{
  return self->api;
}

void
guichet_session_set_pace (GuichetSession *self,
                          guint heartbeat,
                          guint dead_after,
                          guint first_pause,
                          guint typing_pause,
                          guint join_grace)
{
  guichet_stream_set_pace (self->stream, heartbeat, dead_after, first_pause);
  guichet_outbox_set_pause (self->outbox, typing_pause);
  self->join_grace_ms = join_grace;
}

gboolean
guichet_session_set_ca_file (GuichetSession *self, const char *path, GError **error)
{
  return guichet_api_set_ca_file (self->api, path, error);
}

gint64
guichet_session_now (GuichetSession *self)
{
  return base_clock_now (self->clock) + self->clock_offset;
}

gint64
guichet_session_get_limit (GuichetSession *self, const char *what)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->limits, what));
}

int
guichet_session_get_room (GuichetSession *self, const char *channel, int *by_themselves)
{
  int room = GPOINTER_TO_INT (g_hash_table_lookup (self->room, channel));

  *by_themselves = room % 1024;
  return room / 1024;
}

const char *
guichet_session_name_of (GListModel *definitions, const char *id)
{
  GuichetRecord *record = guichet_list_find (G_LIST_STORE (definitions), id, NULL);

  return record != NULL ? guichet_record_get_string (record, 1) : id;
}

gboolean
guichet_session_is_supervisor (GuichetSession *self)
{
  return g_str_equal (guichet_record_get_string (GUICHET_RECORD (self), SESSION_ROLE),
                      "supervisor");
}

void
guichet_session_watch_colleagues (GuichetSession *self)
{
  guichet_watched_watch (self->colleagues, TRUE);
}

void
guichet_session_watch_live (GuichetSession *self, gboolean on)
{
  guichet_watched_watch (self->live, on);
}

GuichetInteraction *
guichet_session_find_interaction (GuichetSession *self, const char *id)
{
  return guichet_list_find (self->interactions, id, NULL);
}

GuichetOffer *
guichet_session_find_offer (GuichetSession *self, const char *id)
{
  return guichet_list_find (self->offers, id, NULL);
}

static void
guichet_session_dispose (GObject *object)
{
  GuichetSession *self = GUICHET_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->resync_id, g_source_remove);
  g_clear_handle_id (&self->join_id, g_source_remove);
  if (self->stream != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->stream, self);
      guichet_stream_stop (self->stream);
    }
  g_clear_object (&self->stream);
  if (self->outbox != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->outbox, self);
      g_object_run_dispose (G_OBJECT (self->outbox));
    }
  g_clear_object (&self->outbox);
  self->context.outbox = NULL;
  g_clear_pointer (&self->chats, guichet_chats_free);
  if (self->phone != NULL)
    guichet_phone_set_alive (self->phone, FALSE);
  g_clear_object (&self->phone);
  g_clear_object (&self->store);
  if (self->colleagues != NULL)
    guichet_watched_forget (self->colleagues);
  if (self->live != NULL)
    guichet_watched_forget (self->live);
  if (self->canned != NULL)
    guichet_canned_forget (self->canned);
  for (guint i = 0; i < GUICHET_N_MIRRORS; i++)
    if (self->mirrors[i] != NULL)
      guichet_mirror_forget (self->mirrors[i]);
  if (self->erased != NULL)
    guichet_erased_stop (self->erased);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (guichet_session_parent_class)->dispose (object);
}

static void
guichet_session_finalize (GObject *object)
{
  GuichetSession *self = GUICHET_SESSION (object);

  g_object_unref (self->cancellable);
  base_clock_unref (self->clock);
  g_hash_table_unref (self->limits);
  g_hash_table_unref (self->room);
  g_hash_table_unref (self->offer_of);
  g_hash_table_unref (self->first_seen);
  g_object_unref (self->context.queues);
  g_object_unref (self->context.reasons);
  g_object_unref (self->context.dispositions);
  g_object_unref (self->context.tags);
  g_object_unref (self->context.teams);
  g_object_unref (self->context.variables);
  g_object_unref (self->context.links);
  g_object_unref (self->offers);
  g_object_unref (self->parked);
  g_object_unref (self->interactions);
  g_object_unref (self->recent);
  g_object_unref (self->conflicts);
  guichet_watched_free (self->colleagues);
  guichet_watched_free (self->live);
  guichet_canned_free (self->canned);
  for (guint i = 0; i < GUICHET_N_MIRRORS; i++)
    guichet_mirror_free (self->mirrors[i]);
  guichet_erased_free (self->erased);
  g_object_unref (self->canned_list);
  g_object_unref (self->colleague_list);
  g_free (self->cache_dir);
  g_free (self->files_dir);
  g_free (self->epoch);
  g_free (self->phone_reason);
  G_OBJECT_CLASS (guichet_session_parent_class)->finalize (object);
}

static void
guichet_session_class_init (GuichetSessionClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_session_finalize;
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), session_fields, N_SESSION_FIELDS);
  session_signals[OFFER_ENDED] =
      g_signal_new ("offer-ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                    GUICHET_TYPE_OFFER, G_TYPE_STRING, G_TYPE_STRING);
  session_signals[INTERACTION_CHANGED] =
      g_signal_new ("interaction-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, GUICHET_TYPE_INTERACTION, G_TYPE_STRING);
  session_signals[INTERACTION_CLOSED] =
      g_signal_new ("interaction-closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                    1, GUICHET_TYPE_INTERACTION);
  session_signals[COMMAND_FAILED] =
      g_signal_new ("command-failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_STRING, G_TYPE_STRING);
  session_signals[NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, GUICHET_TYPE_NOTICE);
  session_signals[VOICEMAIL] = g_signal_new ("voicemail", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, GUICHET_TYPE_VOICEMAIL);
  session_signals[LINE_MOVED] =
      g_signal_new ("line-moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  session_signals[SUPERVISED] =
      g_signal_new ("supervised", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                    G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  session_signals[MESSAGE_UNSENT] =
      g_signal_new ("message-unsent", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_STRING, G_TYPE_STRING);
}

static GListStore *
add_list (GuichetSession *self, guint field, GType type)
{
  GListStore *list = g_list_store_new (type);

  guichet_record_set_object (GUICHET_RECORD (self), field, list);
  return list;
}

static void
guichet_session_init (GuichetSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->clock = base_clock_new (0);
  self->limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->room = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->offer_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->first_seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->offers = add_list (self, SESSION_OFFERS, GUICHET_TYPE_OFFER);
  self->parked = add_list (self, SESSION_PARKED, GUICHET_TYPE_PARKED);
  self->interactions = add_list (self, SESSION_INTERACTIONS, GUICHET_TYPE_INTERACTION);
  self->recent = add_list (self, SESSION_RECENT, GUICHET_TYPE_RECENT);
  self->conflicts = add_list (self, SESSION_CONFLICTS, GUICHET_TYPE_CONFLICT);
  self->colleague_list = add_list (self, SESSION_COLLEAGUES, GUICHET_TYPE_COLLEAGUE);
  self->live =
      guichet_live_new (self, add_list (self, SESSION_LIVE_AGENTS, GUICHET_TYPE_LIVE_AGENT),
                        add_list (self, SESSION_LIVE_QUEUES, GUICHET_TYPE_LIVE_QUEUE));
  self->canned_list = add_list (self, SESSION_CANNED_REPLIES, GUICHET_TYPE_CANNED_REPLY);
  self->canned = guichet_canned_new (self, self->canned_list);
  for (guint i = 0; i < GUICHET_N_MIRRORS; i++)
    self->mirrors[i] = guichet_mirror_new (self, mirror_kinds[i]);
  self->erased = guichet_erased_new (self);
  self->colleagues = guichet_colleagues_new (self, self->colleague_list);
  self->context.queues = add_list (self, SESSION_QUEUES, GUICHET_TYPE_QUEUE);
  self->context.reasons = add_list (self, SESSION_REASONS, GUICHET_TYPE_DEFINITION);
  self->context.dispositions = add_list (self, SESSION_DISPOSITIONS, GUICHET_TYPE_DEFINITION);
  self->context.tags = add_list (self, SESSION_TAGS, GUICHET_TYPE_DEFINITION);
  self->context.teams = add_list (self, SESSION_TEAMS, GUICHET_TYPE_DEFINITION);
  self->context.variables = add_list (self, SESSION_VARIABLES, GUICHET_TYPE_DEFINITION);
  self->context.links = add_list (self, SESSION_LINKS, GUICHET_TYPE_DEFINITION);
  self->join_grace_ms = 3000;
  self->answer_after_ms = 1000;
  guichet_record_set_string (GUICHET_RECORD (self), SESSION_STATE, "signed_out");
  guichet_record_set_string (GUICHET_RECORD (self), SESSION_AGENT_STATE, "offline");
  self->api = guichet_api_new ();
  self->stream = guichet_stream_new (self->api);
  self->outbox = guichet_outbox_new (self->api);
  self->context.outbox = self->outbox;
  self->chats = guichet_chats_new (self);
}

GUICHET_RECORD_STRING (GuichetSession, guichet_session, state, SESSION_STATE)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, end_reason, SESSION_END_REASON)
GUICHET_RECORD_BOOL (GuichetSession, guichet_session, link_up, SESSION_LINK_UP)
GUICHET_RECORD_INT (GuichetSession, guichet_session, link_since, SESSION_LINK_SINCE)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, agent, SESSION_AGENT)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, card_data, SESSION_CARD_DATA)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, agent_name, SESSION_AGENT_NAME)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, centre_name, SESSION_CENTRE_NAME)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, station, SESSION_STATION)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, agent_state, SESSION_AGENT_STATE)
GUICHET_RECORD_STRING (GuichetSession,
                       guichet_session,
                       agent_state_reason,
                       SESSION_AGENT_STATE_REASON)
GUICHET_RECORD_INT (GuichetSession, guichet_session, agent_state_since, SESSION_AGENT_STATE_SINCE)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, channels, SESSION_CHANNELS, GListModel)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, next_state, SESSION_NEXT_STATE)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, next_reason, SESSION_NEXT_REASON)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, auto_accept_mode, SESSION_AUTO_ACCEPT_MODE)
GUICHET_RECORD_BOOL (GuichetSession, guichet_session, auto_accept, SESSION_AUTO_ACCEPT)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, forward_when, SESSION_FORWARD_WHEN)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, forward_to, SESSION_FORWARD_TO)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, forward_where, SESSION_FORWARD_WHERE)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, forward_target, SESSION_FORWARD_TARGET)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, forward_kinds, SESSION_FORWARD_KINDS)
GUICHET_RECORD_BOOL (GuichetSession, guichet_session, station_ready, SESSION_STATION_READY)
GUICHET_RECORD_BOOL (GuichetSession, guichet_session, takes_calls, SESSION_TAKES_CALLS)
GUICHET_RECORD_BOOL (GuichetSession, guichet_session, takes_chats, SESSION_TAKES_CHATS)
GUICHET_RECORD_BOOL (GuichetSession, guichet_session, pulls, SESSION_PULLS)
GUICHET_RECORD_INT (GuichetSession, guichet_session, conference_max, SESSION_CONFERENCE_MAX)
GUICHET_RECORD_INT (GuichetSession, guichet_session, toasts_max, SESSION_TOASTS_MAX)
GUICHET_RECORD_INT (GuichetSession, guichet_session, toasts_seconds, SESSION_TOASTS_SECONDS)
GUICHET_RECORD_INT (GuichetSession, guichet_session, unsaved, SESSION_UNSAVED)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, offers, SESSION_OFFERS, GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, parked, SESSION_PARKED, GListModel)
GUICHET_RECORD_OBJECT (GuichetSession,
                       guichet_session,
                       interactions,
                       SESSION_INTERACTIONS,
                       GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, recent, SESSION_RECENT, GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, conflicts, SESSION_CONFLICTS, GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, colleagues, SESSION_COLLEAGUES, GListModel)
GUICHET_RECORD_INT (GuichetSession,
                    guichet_session,
                    colleagues_revision,
                    SESSION_COLLEAGUES_REVISION)
GUICHET_RECORD_OBJECT (GuichetSession,
                       guichet_session,
                       live_agents,
                       SESSION_LIVE_AGENTS,
                       GListModel)
GUICHET_RECORD_OBJECT (GuichetSession,
                       guichet_session,
                       live_queues,
                       SESSION_LIVE_QUEUES,
                       GListModel)
GUICHET_RECORD_INT (GuichetSession, guichet_session, live_revision, SESSION_LIVE_REVISION)
GUICHET_RECORD_OBJECT (GuichetSession,
                       guichet_session,
                       canned_replies,
                       SESSION_CANNED_REPLIES,
                       GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, queues, SESSION_QUEUES, GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, reasons, SESSION_REASONS, GListModel)
GUICHET_RECORD_OBJECT (GuichetSession,
                       guichet_session,
                       dispositions,
                       SESSION_DISPOSITIONS,
                       GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, tags, SESSION_TAGS, GListModel)
GUICHET_RECORD_STRING (GuichetSession, guichet_session, team, SESSION_TEAM)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, teams, SESSION_TEAMS, GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, links, SESSION_LINKS, GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, variables, SESSION_VARIABLES, GListModel)
GUICHET_RECORD_OBJECT (GuichetSession, guichet_session, phone, SESSION_PHONE, GuichetPhone)
