/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From events of the core to events of agents' streams and requests to the engine. An agent sees
 * what concerns it: its own state and offers, and interactions in which it has an open part. Every
 * message carries the whole new object. Centre's thread. */
#include "server/centre/centre-private.h"

#include "base/json.h"
#include "server/centre/colleagues.h"
#include "server/centre/directory.h"
#include "server/centre/live.h"
#include "server/centre/parked.h"
#include "server/centre/recent.h"
#include "server/centre/render.h"
#include "server/centre/voice-play.h"
#include "server/centre/voice.h"

static JsonObject *
message_new (const char *type, gint64 at)
{
  JsonObject *object = json_object_new ();

  base_json_set_time (object, "at", at);
  base_json_set_string (object, "type", type);

  return object;
}

static void
tell_state (Centre *self, const ModelEvent *event, Turn *turn)
{
  JsonObject *object = message_new ("agent.state_changed", event->at);

  base_json_set_string (object, "agent", event->agent);
  json_object_set_object_member (object, "state", render_state (self, event->agent));
  base_json_set_string (object, "cause",
                        event->reason != NULL
                            ? event->reason
                            : model_event_type_to_text ((ModelEventType) event->type));
  turn_notice (turn, event->agent, event->seq, object);
}

/* What a supervisor did about a recording, which is told where the centre says so; or NULL. */
static const char *
of_recording (const ModelEvent *event)
{
  switch ((guint) event->type)
    {
    case MODEL_EVENT_RECORDING_ANNOUNCED:
    case MODEL_EVENT_RECORDING_STARTED:
      return "recording_started";
    case MODEL_EVENT_RECORDING_PAUSED:
      return "recording_paused";
    case MODEL_EVENT_RECORDING_RESUMED:
      return "recording_resumed";
    case MODEL_EVENT_RECORDING_STOPPED:
      return "recording_stopped";
    default:
      return NULL;
    }
}

/* Who did it for the agent, in so many words. */
static void
tell_supervised (Centre *self, const ModelEvent *event, Turn *turn)
{
  const ModelAgent *by =
      event->by != NULL ? model_definitions_agent (centre_definitions (self), event->by) : NULL;
  const char *what = event->type == MODEL_EVENT_AGENT_STATE_CHANGED        ? "state"
                     : event->type == MODEL_EVENT_AGENT_NEXT_STATE_CHANGED ? "next_state"
                     : event->type == MODEL_EVENT_AGENT_MEMBERSHIP_CHANGED ? "queues"
                     : event->type == MODEL_EVENT_AGENT_CHANNEL_CHANGED    ? "channel"
                     : event->type == MODEL_EVENT_AGENT_SIGN_OUT_PENDING   ? "sign_out"
                     : event->type == MODEL_EVENT_INTERACTION_FORCE_CLOSED ? "force_close"
                     : event->type == MODEL_EVENT_WRAP_UP_ENDED &&
                             event->reason != model_code (MODEL_CODE_FORCE_CLOSED)
                         ? "wrap_up"
                     : render_shows_monitoring (self) ? of_recording (event)
                                                      : NULL;
  JsonObject *object;

  if (by == NULL || what == NULL || event->by == event->agent)
    return;
  object = message_new ("agent.supervised", event->at);
  base_json_set_string (object, "agent", event->agent);
  base_json_set_string (object, "by", by->id);
  base_json_set_string (object, "name", by->name);
  base_json_set_string (object, "what", what);
  if (event->type == MODEL_EVENT_AGENT_CHANNEL_CHANGED)
    base_json_set_string (object, "channel", model_channel_to_text ((ModelChannel) event->channel));
  turn_notice (turn, event->agent, event->seq, object);
}

static void
tell_team (const ModelEvent *event, Turn *turn)
{
  JsonObject *object = message_new ("agent.team_changed", event->at);

  base_json_set_string (object, "agent", event->agent);
  base_json_set_string (object, "team", event->team);
  turn_notice (turn, event->agent, event->seq, object);
}

static void
tell_memberships (Centre *self, const ModelEvent *event, Turn *turn)
{
  JsonObject *object = message_new ("agent.membership_changed", event->at);

  base_json_set_string (object, "agent", event->agent);
  json_object_set_array_member (object, "memberships", render_memberships (self, event->agent));
  turn_notice (turn, event->agent, event->seq, object);
}

static void
tell_offer (Centre *self, const ModelEvent *event, Record *record, Turn *turn)
{
  AcdOfferView view;
  JsonObject *object;

  /* It may have ended again within the same turn; then nobody need know of it. */
  if (!acd_core_offer_view (self->core, event->offer, &view))
    return;
  object = message_new ("offer.created", event->at);
  json_object_set_object_member (object, "offer", render_offer (self, &view));
  json_object_set_object_member (object, "interaction", render_interaction (self, record));
  turn_notice (turn, event->agent, event->seq, object);
}

/* The agent's station rings: what was being connected can now be answered. */
static void
tell_offer_rings (Centre *self, const ModelEvent *event, Turn *turn)
{
  AcdOfferView view;
  JsonObject *object;

  if (!acd_core_offer_view (self->core, event->offer, &view))
    return;
  object = message_new ("offer.ringing", event->at);
  json_object_set_object_member (object, "offer", render_offer (self, &view));
  turn_notice (turn, event->agent, event->seq, object);
}

static void
tell_offer_end (Centre *self,
                const ModelEvent *event,
                Record *record,
                StoreBatch *batch,
                Turn *turn)
{
  JsonObject *object = message_new ("offer.ended", event->at);
  JsonObject *recent = recent_of_offer (self, record, event, batch);
  char id[MODEL_ID_TEXT_SIZE];

  base_json_set_string (object, "offer", model_id_to_text (MODEL_ID_OFFER, event->offer, id));
  base_json_set_string (object, "interaction", record->text);
  base_json_set_string (object, "outcome", model_outcome_to_text ((ModelOutcome) event->outcome));
  base_json_set_string (object, "reason", event->reason);
  if (recent != NULL)
    json_object_set_object_member (object, "recent", recent);
  else
    json_object_set_null_member (object, "recent");
  turn_notice (turn, event->agent, event->seq, object);
}

static void
tell_changed (Centre *self,
              Record *record,
              const char *agent,
              gint64 seq,
              gint64 at,
              const char *cause,
              Turn *turn)
{
  JsonObject *object = message_new ("interaction.changed", at);

  json_object_set_object_member (object, "interaction",
                                 render_interaction_for (self, record, agent));
  base_json_set_string (object, "cause", cause);
  turn_notice (turn, agent, seq, object);
}

/* To every agent with an open part, but this one (or NULL). */
static void
tell_parts_but (Centre *self,
                Record *record,
                const ModelEvent *event,
                const char *except,
                const char *cause,
                Turn *turn)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      /* That a supervisor listens is told where the centre says so. */
      if (event->part == MODEL_PART_SUPERVISING && event->participation != 0 &&
          part->agent != event->agent && !render_shows_monitoring (self))
        continue;
      if (part->state != PART_ENDED && part->agent != except)
        tell_changed (self, record, part->agent, event->seq, event->at, cause, turn);
    }
}

static void
tell_parts (Centre *self, Record *record, const ModelEvent *event, const char *cause, Turn *turn)
{
  tell_parts_but (self, record, event, NULL, cause, turn);
}

/* The agent's part has come to its end. */
static void
tell_closed (Centre *self, const ModelEvent *event, Record *record, StoreBatch *batch, Turn *turn)
{
  const Part *part = record_part (record, event->participation);
  JsonObject *object;

  if (part == NULL || part->state != PART_ENDED)
    return;
  object = message_new ("interaction.closed", event->at);
  base_json_set_string (object, "interaction", record->text);
  base_json_set_string (object, "reason", part->left_reason);
  /* To have listened is no work of one's own. */
  if (part->part == MODEL_PART_SUPERVISING)
    json_object_set_null_member (object, "recent");
  else
    json_object_set_object_member (object, "recent", recent_of_part (self, record, part, batch));
  turn_notice (turn, event->agent, event->seq, object);
}

static const char *
cause_of (ModelEventType type)
{
  switch ((guint) type)
    {
    case MODEL_EVENT_PARTICIPATION_JOINED:
      return "joined";
    case MODEL_EVENT_PARTICIPATION_CALLING:
    case MODEL_EVENT_PARTICIPATION_DIALLING:
      return "dialling";
    case MODEL_EVENT_PARTICIPATION_CONNECTED:
      return "connected";
    case MODEL_EVENT_PARTICIPATION_HELD:
      return "held";
    case MODEL_EVENT_PARTICIPATION_RESUMED:
      return "resumed";
    case MODEL_EVENT_INTERACTION_CUSTOMER_LEFT:
      return "customer_left";
    case MODEL_EVENT_PARTY_DIALLING:
    case MODEL_EVENT_PARTY_JOINED:
    case MODEL_EVENT_PARTY_HELD:
    case MODEL_EVENT_PARTY_RESUMED:
    case MODEL_EVENT_PARTY_MUTED:
    case MODEL_EVENT_PARTY_UNMUTED:
    case MODEL_EVENT_PARTY_ROLE_CHANGED:
    case MODEL_EVENT_PARTY_LEFT:
      return "party";
    case MODEL_EVENT_PARTICIPATION_MUTED:
      return "muted";
    case MODEL_EVENT_PARTICIPATION_UNMUTED:
      return "unmuted";
    case MODEL_EVENT_PARTICIPATION_ABSENT:
      return "absent";
    case MODEL_EVENT_PARTICIPATION_PRESENT:
      return "present";
    case MODEL_EVENT_PARTICIPATION_ROLE_CHANGED:
      return "role";
    case MODEL_EVENT_PARTICIPATION_LEFT:
      return "left";
    case MODEL_EVENT_WRAP_UP_STARTED:
      return "wrap_up_started";
    case MODEL_EVENT_WRAP_UP_EXTENDED:
      return "wrap_up_extended";
    case MODEL_EVENT_VARIABLE_CHANGED:
      return "variable";
    case MODEL_EVENT_NOTE_CHANGED:
      return "note";
    case MODEL_EVENT_DISPOSITION_SET:
      return "disposition";
    case MODEL_EVENT_TAGS_SET:
      return "tags";
    case MODEL_EVENT_SENTIMENT_SET:
      return "sentiment";
    case MODEL_EVENT_RECORDING_ANNOUNCED:
    case MODEL_EVENT_RECORDING_STARTED:
    case MODEL_EVENT_RECORDING_PAUSED:
    case MODEL_EVENT_RECORDING_RESUMED:
    case MODEL_EVENT_RECORDING_STOPPED:
      return "recording";
    case MODEL_EVENT_INTERACTION_STATUS_CHANGED:
      return "status";
    case MODEL_EVENT_INTERACTION_FORWARDED:
      return "forwarded";
    case MODEL_EVENT_INTERACTION_STUCK:
      return "stuck";
    default:
      return NULL;
    }
}

static void
on_session_definitions (Session *session, gpointer user_data)
{
  Turn *turn = user_data;

  turn_notice (turn, session->agent, turn->seq,
               message_new ("definitions.changed", centre_now (turn->centre)));
}

static void
publish_agent_event (Centre *self, const ModelEvent *event, Turn *turn)
{
  switch ((guint) event->type)
    {
    case MODEL_EVENT_AGENT_SIGNED_IN:
    case MODEL_EVENT_AGENT_SIGN_OUT_PENDING:
    case MODEL_EVENT_AGENT_STATION_CHANGED:
    case MODEL_EVENT_AGENT_STATION_READY:
    case MODEL_EVENT_AGENT_STATION_LOST:
    case MODEL_EVENT_AGENT_STATE_CHANGED:
    case MODEL_EVENT_AGENT_NEXT_STATE_CHANGED:
    case MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED:
    case MODEL_EVENT_AGENT_FORWARDING_CHANGED:
    case MODEL_EVENT_AGENT_CHANNEL_CHANGED:
      tell_state (self, event, turn);
      break;
    case MODEL_EVENT_AGENT_TEAM_CHANGED:
      tell_team (event, turn);
      break;
    case MODEL_EVENT_AGENT_MEMBERSHIP_CHANGED:
      tell_memberships (self, event, turn);
      break;
    case MODEL_EVENT_AGENT_TAKEN_OVER:
      turn_ending (turn, event->agent, "taken_over");
      break;
    case MODEL_EVENT_AGENT_SIGNED_OUT:
      turn_ending (turn, event->agent,
                   g_strcmp0 (event->reason, model_code (MODEL_CODE_FORCED)) == 0 ? "forced"
                                                                                  : "signed_out");
      break;
    case MODEL_EVENT_DEFINITIONS_APPLIED:
      turn->seq = event->seq;
      sessions_each (self->sessions, on_session_definitions, turn);
      break;
    default:
      break;
    }
}

static void
publish_event (Centre *self, const ModelEvent *event, StoreBatch *batch, Turn *turn)
{
  Record *record = event->interaction != 0 ? centre_record (self, event->interaction) : NULL;
  const char *cause = cause_of ((ModelEventType) event->type);

  tell_supervised (self, event, turn);
  if (record == NULL)
    {
      publish_agent_event (self, event, turn);
      return;
    }
  if (event->type == MODEL_EVENT_OFFER_CREATED)
    tell_offer (self, event, record, turn);
  else if (event->type == MODEL_EVENT_OFFER_RINGING)
    tell_offer_rings (self, event, turn);
  else if (event->type == MODEL_EVENT_OFFER_ENDED)
    tell_offer_end (self, event, record, batch, turn);
  else if (cause != NULL)
    tell_parts (self, record, event, cause, turn);
  /* The asked one is told of the offer itself. */
  if (record_asks (record, event))
    tell_parts_but (self, record, event, event->agent, "consult", turn);
  if (event->type == MODEL_EVENT_WRAP_UP_ENDED)
    tell_parts_but (self, record, event, event->agent, "wrap_up_ended", turn);
  /* Without wrap-up the part ends as the agent leaves. */
  if (event->type == MODEL_EVENT_WRAP_UP_ENDED || event->type == MODEL_EVENT_PARTICIPATION_LEFT)
    tell_closed (self, event, record, batch, turn);
}

static void
forget_session (Centre *self, const ModelEvent *event)
{
  if (event->type == MODEL_EVENT_AGENT_SIGNED_OUT)
    sessions_remove (self->sessions, event->agent);
}

static void
forget_record (Centre *self, const ModelEvent *event)
{
  Record *record = event->type == MODEL_EVENT_INTERACTION_CLOSED
                       ? centre_record (self, event->interaction)
                       : NULL;

  if (record != NULL)
    centre_record_remove (self, record);
}

void
centre_publish (Centre *self, GPtrArray *events, StoreBatch *batch, Turn *turn)
{
  for (guint i = 0; i < events->len; i++)
    {
      /* Before anything is shown: what is shown says whether a clip is played. */
      centre_voice_play_act (self, g_ptr_array_index (events, i), turn->requests);
      publish_event (self, g_ptr_array_index (events, i), batch, turn);
      colleagues_mark (self->colleagues, g_ptr_array_index (events, i));
      directory_mark (self->directory, g_ptr_array_index (events, i));
      live_note (self->live, g_ptr_array_index (events, i));
      centre_voice_act (self, g_ptr_array_index (events, i), events, turn->requests);
      conversations_note (self->conversations, g_ptr_array_index (events, i), turn->stages);
    }
  centre_parked_publish (self, events, turn);
  for (guint i = 0; i < events->len; i++)
    {
      forget_record (self, g_ptr_array_index (events, i));
      forget_session (self, g_ptr_array_index (events, i));
    }
}

/* To whom it is offered: the card shows who it is. */
static void
tell_offered (Centre *self, Record *record, const ModelEvent *event, Turn *turn)
{
  const ModelDefinitions *definitions = centre_definitions (self);

  for (guint i = 0; definitions != NULL && i < definitions->agents->len; i++)
    {
      const ModelAgent *agent = g_ptr_array_index (definitions->agents, i);
      g_autoptr (GArray) offers = acd_core_agent_offers (self->core, agent->id);

      for (guint j = 0; j < offers->len; j++)
        {
          const AcdOfferView *view = &g_array_index (offers, AcdOfferView, j);
          JsonObject *object;

          if (view->interaction != record->id)
            continue;
          object = message_new ("offer.changed", event->at);
          json_object_set_object_member (object, "offer", render_offer (self, view));
          turn_notice (turn, g_intern_string (agent->id), event->seq, object);
        }
    }
}

void
centre_publish_touch (Centre *self,
                      Record *record,
                      const char *cause,
                      StoreBatch *batch,
                      Turn *turn)
{
  ModelEvent event = { .type = -1, .interaction = record->id };
  g_autofree char *json = g_strdup_printf ("{\"type\":\"interaction.%s\"}", cause);

  event.seq = ++self->seq;
  event.at = centre_now (self);
  store_batch_add (batch, STORE_JOURNAL_ADD, event.seq, event.at, "interaction.customer",
                   record->text, NULL, json);
  tell_parts (self, record, &event, cause, turn);
  tell_offered (self, record, &event, turn);
}

/* @notice as one agent's stream gets it: the members are shared. */
static JsonObject *
copy_for_stream (JsonObject *notice, const char *type, gint64 at)
{
  JsonObject *object = message_new (type, at);
  g_autoptr (GList) names = json_object_get_members (notice);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (object, l->data, json_object_dup_member (notice, l->data));

  return object;
}

void
centre_journal_past (Centre *self,
                     const char *interaction,
                     const char *by,
                     const char *type,
                     JsonObject *journal,
                     StoreBatch *batch)
{
  g_autofree char *json = base_json_to_text (journal);
  gint64 seq = ++self->seq;

  store_batch_add (batch, STORE_JOURNAL_ADD, seq, centre_now (self), type, interaction, by, json);
  json_object_unref (journal);
}

void
centre_journal (Centre *self,
                const Record *record,
                const char *type,
                JsonObject *journal,
                StoreBatch *batch)
{
  centre_journal_past (self, record != NULL ? record->text : NULL, NULL, type, journal, batch);
}

void
centre_publish_fact (Centre *self,
                     Record *record,
                     const char *type,
                     JsonObject *journal,
                     JsonObject *notice,
                     StoreBatch *batch,
                     Turn *turn)
{
  gint64 at = centre_now (self);
  gint64 seq;

  centre_journal (self, record, type, journal, batch);
  seq = self->seq;
  for (guint i = 0; notice != NULL && i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->state != PART_ENDED)
        turn_notice (turn, part->agent, seq, copy_for_stream (notice, type, at));
    }
  g_clear_pointer (&notice, json_object_unref);
}

typedef struct
{
  Turn *turn;
  const char *type;
  JsonObject *notice;
  gint64 seq, at;
} Announcement;

static void
on_session_announcement (Session *session, gpointer user_data)
{
  const Announcement *one = user_data;

  turn_notice (one->turn, session->agent, one->seq,
               copy_for_stream (one->notice, one->type, one->at));
}

void
centre_publish_announcement (Centre *self,
                             const char *agent,
                             const char *type,
                             const char *by,
                             JsonObject *journal,
                             JsonObject *notice,
                             StoreBatch *batch,
                             Turn *turn)
{
  Announcement one = { turn, type, notice, ++self->seq, centre_now (self) };
  Session *session = agent != NULL ? sessions_by_agent (self->sessions, agent) : NULL;
  g_autofree char *json = base_json_to_text (journal);

  store_batch_add (batch, STORE_JOURNAL_ADD, one.seq, one.at, type, NULL, by, json);
  json_object_unref (journal);
  if (session != NULL)
    on_session_announcement (session, &one);
  else if (agent == NULL)
    sessions_each (self->sessions, on_session_announcement, &one);
  json_object_unref (notice);
}

void
centre_whisper (Centre *self, Record *record, const char *except, JsonObject *notice)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->state != PART_ENDED && g_strcmp0 (part->agent, except) != 0)
        hub_tell (self->hub, part->agent, json_object_ref (notice));
    }
  json_object_unref (notice);
}
