/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The projection of the journal that one interaction's card and page need. Centre's thread. */
#include "server/centre/record.h"

#include "model/codes.h"

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->note);
  g_free (part);
}

static void
value_free (gpointer data)
{
  RecordValue *value = data;

  g_free (value->value);
  g_clear_pointer (&value->sealed, g_bytes_unref);
  g_free (value);
}

Record *
record_new (const ModelEvent *created)
{
  Record *self = g_new0 (Record, 1);

  self->id = created->interaction;
  model_id_to_text (MODEL_ID_INTERACTION, self->id, self->text);
  self->channel = (ModelChannel) created->channel;
  self->direction = (ModelDirection) created->direction;
  self->origin = (ModelOrigin) created->origin;
  self->entry_point = record_is_internal (self) ? NULL : created->entry_point;
  self->language = created->language;
  self->leg = created->leg;
  self->created = created->at;
  if (self->channel == MODEL_CHANNEL_IM || record_is_internal (self))
    {
      self->by = created->by;
      self->to = created->agent;
    }
  if (record_is_internal (self))
    self->aim = (RecordAim){ .target = created->agent,
                             .queue = created->queue,
                             .entry_point = created->entry_point,
                             .skill = created->skill,
                             .team = created->team };
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, value_free);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->parties = g_ptr_array_new_with_free_func (record_party_free);

  return self;
}

void
record_free (Record *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->name);
  g_free (self->called);
  g_free (self->customer);
  g_strfreev (self->tags);
  g_hash_table_unref (self->values);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->parties);
  g_free (self);
}

Part *
record_part (Record *self, ModelId participation)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);

      if (part->id == participation)
        return part;
    }

  return NULL;
}

Part *
record_part_of (Record *self, const char *agent)
{
  for (guint i = self->parts->len; i > 0; i--)
    {
      Part *part = g_ptr_array_index (self->parts, i - 1);

      if (part->state != PART_ENDED && g_strcmp0 (part->agent, agent) == 0)
        return part;
    }

  return NULL;
}

gboolean
record_is_internal (const Record *self)
{
  return self->channel == MODEL_CHANNEL_VOICE && self->direction == MODEL_DIRECTION_INTERNAL;
}

static void
join (Record *self, const ModelEvent *event)
{
  Part *part = g_new0 (Part, 1);

  if (self->by != NULL && self->to == NULL && event->agent != self->by &&
      event->part == MODEL_PART_CONFERENCED)
    self->to = event->agent;

  part->id = event->participation;
  part->agent = event->agent;
  part->queue = event->queue;
  if (event->queue != NULL)
    self->queue = event->queue;
  part->part = (ModelPart) event->part;
  part->mode = (ModelSupervision) event->mode;
  part->watched = part->part == MODEL_PART_SUPERVISING ? event->by : NULL;
  part->leg = event->leg;
  part->joined = part->since = event->at;
  part->reached = event->type == MODEL_EVENT_PARTICIPATION_JOINED;
  if (!part->reached)
    part->state = PART_DIALLING;
  g_ptr_array_add (self->parts, part);
}

static void
leave (Part *part, const ModelEvent *event)
{
  part->left = event->at;
  part->talk = part->reached ? event->duration : 0;
  part->held_total = event->held_duration;
  part->left_reason = event->reason;
  /* A wrap-up that follows says so by an event of its own. */
  part->state = PART_ENDED;
  part->since = event->at;
}

static void
apply_to_part (Part *part, const ModelEvent *event)
{
  switch ((guint) event->type)
    {
    case MODEL_EVENT_PARTICIPATION_DIALLING:
      part->rings_outside = TRUE;
      break;
    case MODEL_EVENT_PARTICIPATION_CONNECTED:
      part->state = PART_ACTIVE;
      part->reached = TRUE;
      part->joined = part->since = event->at;
      break;
    case MODEL_EVENT_PARTICIPATION_HELD:
      part->state = PART_HELD;
      part->since = event->at;
      break;
    case MODEL_EVENT_PARTICIPATION_RESUMED:
      part->state = PART_ACTIVE;
      part->since = event->at;
      part->held_total += event->duration;
      break;
    case MODEL_EVENT_PARTICIPATION_MUTED:
    case MODEL_EVENT_PARTICIPATION_UNMUTED:
      part->muted = event->type == MODEL_EVENT_PARTICIPATION_MUTED;
      break;
    case MODEL_EVENT_PARTICIPATION_ABSENT:
      part->absent = event->at;
      break;
    case MODEL_EVENT_PARTICIPATION_PRESENT:
      part->absent = 0;
      break;
    case MODEL_EVENT_PARTICIPATION_ROLE_CHANGED:
      part->part = (ModelPart) event->part;
      part->mode = (ModelSupervision) event->mode;
      if (part->part == MODEL_PART_PRIMARY)
        part->queue = event->queue;
      break;
    case MODEL_EVENT_PARTICIPATION_LEFT:
      leave (part, event);
      break;
    case MODEL_EVENT_WRAP_UP_STARTED:
      part->state = PART_WRAP_UP;
      part->since = part->wrap_up_started = event->at;
      part->wrap_up_deadline = event->deadline == G_MAXINT64 ? 0 : event->deadline;
      break;
    case MODEL_EVENT_WRAP_UP_EXTENDED:
      part->wrap_up_deadline = event->deadline == G_MAXINT64 ? 0 : event->deadline;
      part->extended = TRUE;
      break;
    case MODEL_EVENT_WRAP_UP_ENDED:
      part->state = PART_ENDED;
      part->since = event->at;
      break;
    case MODEL_EVENT_DISPOSITION_SET:
      part->disposition = event->disposition;
      part->disposition_by_system =
          g_strcmp0 (event->reason, model_code (MODEL_CODE_AUTOMATIC)) == 0;
      part->disposition_revision = event->revision;
      break;
    case MODEL_EVENT_NOTE_CHANGED:
      part->note_revision = event->revision;
      break;
    default:
      break;
    }
}

/* Who gives a call away keeps it until it is taken. */
static gboolean
is_kept_by (const Record *self, const char *agent)
{
  for (guint i = 0; agent != NULL && i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);

      if (part->agent == agent && (part->state == PART_ACTIVE || part->state == PART_HELD))
        return TRUE;
    }

  return FALSE;
}

gboolean
record_asks (const Record *self, const ModelEvent *event)
{
  if (self->channel == MODEL_CHANNEL_IM)
    return FALSE;
  if (event->type == MODEL_EVENT_REQUEST_QUEUED)
    return event->kind == MODEL_REQUEST_CONSULT || event->kind == MODEL_REQUEST_CONFERENCE ||
           (event->kind == MODEL_REQUEST_TRANSFER && self->channel == MODEL_CHANNEL_VOICE &&
            is_kept_by (self, event->by));

  return (event->type == MODEL_EVENT_REQUEST_ENDED || event->type == MODEL_EVENT_OFFER_CREATED ||
          event->type == MODEL_EVENT_OFFER_ENDED) &&
         self->ask.request != 0 && event->request == self->ask.request;
}

/* Whoever asked knows already of a yes, and of what he or she ended. */
static gboolean
is_news (const ModelEvent *ended)
{
  return ended->outcome != MODEL_OUTCOME_ANSWERED &&
         ended->reason != model_code (MODEL_CODE_CONSULT_ENDED) &&
         ended->reason != model_code (MODEL_CODE_CUSTOMER_LEFT) &&
         ended->reason != model_code (MODEL_CODE_AGENT_LEFT);
}

/* A question that became another one keeps its offer. */
static void
ask_again (RecordAsk *ask, const ModelEvent *event)
{
  gboolean same = ask->request == event->request;

  *ask = (RecordAsk){ .request = event->request,
                      .kind = (ModelRequestKind) event->kind,
                      .by = event->by,
                      .agent = event->queue == NULL ? event->agent : NULL,
                      .queue = event->queue,
                      .offered = same ? ask->offered : NULL,
                      .since = same ? ask->since : event->at,
                      .until = event->deadline };
}

static void
apply_ask (Record *self, const ModelEvent *event)
{
  RecordAsk *ask = &self->ask;

  if (event->type == MODEL_EVENT_REQUEST_QUEUED)
    ask_again (ask, event);
  else if (event->type == MODEL_EVENT_OFFER_CREATED)
    ask->offered = event->agent;
  else
    ask->offered = NULL;
  if (event->type != MODEL_EVENT_REQUEST_ENDED)
    return;
  ask->outcome = (ModelOutcome) event->outcome;
  ask->reason = event->reason;
  if (ask->kind == MODEL_REQUEST_TRANSFER && event->outcome == MODEL_OUTCOME_ANSWERED)
    self->from = ask->by;
  if (!is_news (event))
    *ask = (RecordAsk){ .request = ask->request };
}

/* Whoever asked has gone: nobody waits for the answer any more, though it may still be taken. */
static void
drop_ask (Record *self, const ModelEvent *event)
{
  gboolean moved = event->type == MODEL_EVENT_REQUEST_QUEUED && event->request == self->ask.request;
  gboolean left = event->type == MODEL_EVENT_PARTICIPATION_LEFT && event->agent == self->ask.by &&
                  self->channel == MODEL_CHANNEL_VOICE;

  if (self->ask.since != 0 && (moved || left))
    self->ask = (RecordAsk){ .request = moved ? 0 : self->ask.request };
}

static void
apply_recording (RecordRecording *recording, const ModelEvent *event)
{
  static const ModelRecording states[] = { MODEL_RECORDING_STARTING, MODEL_RECORDING_ON,
                                           MODEL_RECORDING_PAUSED, MODEL_RECORDING_ON,
                                           MODEL_RECORDING_OFF };
  gint64 paused_at = recording->paused_at != 0 ? recording->paused_at : event->at;

  recording->state = states[event->type - MODEL_EVENT_RECORDING_ANNOUNCED];
  recording->paused_at = recording->state == MODEL_RECORDING_PAUSED ? paused_at : 0;
  recording->until = recording->state == MODEL_RECORDING_PAUSED ? event->deadline : 0;
}

/* By whom it was first: that one was called. A colleague who is found meanwhile is whom the caller
 * talks with. */
static void
forward (Record *self, const ModelEvent *event)
{
  if (self->forwarded_by == NULL)
    self->forwarded_by = event->agent;
  if (record_is_internal (self) && event->forward_to == MODEL_FORWARD_TO_AGENT)
    self->to = event->target;
  else if (record_is_internal (self) && event->forward_to == MODEL_FORWARD_TO_QUEUE)
    self->to = NULL;
}

void
record_apply (Record *self, const ModelEvent *event)
{
  Part *part;

  if (record_asks (self, event))
    {
      if (record_is_internal (self) && event->queue != NULL && self->queue == NULL)
        self->queue = event->queue;
      apply_ask (self, event);
      return;
    }
  drop_ask (self, event);
  if (record_is_of_party (event))
    {
      record_apply_party (self, event);
      return;
    }
  switch ((guint) event->type)
    {
    case MODEL_EVENT_PARTICIPATION_JOINED:
    case MODEL_EVENT_PARTICIPATION_CALLING:
      join (self, event);
      return;
    case MODEL_EVENT_REQUEST_QUEUED:
      if (event->queue != NULL)
        self->queue = event->queue;
      /* Who only passed it over leaves no trace: it still comes from who gave it. */
      if (event->reason == model_code (MODEL_CODE_TRANSFERRED) ||
          event->kind == MODEL_REQUEST_CONFERENCE)
        self->from = event->by;
      else if (event->kind != MODEL_REQUEST_TRANSFER)
        self->from = NULL;
      return;
    case MODEL_EVENT_INTERACTION_FORWARDED:
      forward (self, event);
      return;
    case MODEL_EVENT_INTERACTION_VOICEMAIL:
      self->box = event->box;
      return;
    case MODEL_EVENT_INTERACTION_CUSTOMER_LEFT:
      self->customer_left_at = event->at;
      self->customer_left_cause = event->reason;
      return;
    case MODEL_EVENT_TAGS_SET:
      g_strfreev (self->tags);
      self->tags = g_strdupv (event->tags);
      self->tags_revision = event->revision;
      return;
    case MODEL_EVENT_SENTIMENT_SET:
      self->sentiment = (ModelSentiment) event->sentiment;
      self->sentiment_revision = event->revision;
      return;
    case MODEL_EVENT_INTERACTION_STUCK:
      self->stuck = event->reason;
      return;
    case MODEL_EVENT_INTERACTION_FORCE_CLOSED:
      self->stuck = NULL;
      return;
    case MODEL_EVENT_INTERACTION_STATUS_CHANGED:
      self->status = (ModelStatus) event->status;
      return;
    case MODEL_EVENT_RECORDING_ANNOUNCED:
    case MODEL_EVENT_RECORDING_STARTED:
    case MODEL_EVENT_RECORDING_PAUSED:
    case MODEL_EVENT_RECORDING_RESUMED:
    case MODEL_EVENT_RECORDING_STOPPED:
      apply_recording (&self->recording, event);
      return;
    default:
      break;
    }
  part = event->participation != 0 ? record_part (self, event->participation) : NULL;
  if (part != NULL)
    apply_to_part (part, event);
}

/* @value may be what stands there. */
static void
set_text (char **at, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*at);
  *at = copy;
}

const ModelQueue *
record_queue (const Record *self, const ModelDefinitions *definitions)
{
  const ModelQueue *queue = NULL;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);

      if (part->part == MODEL_PART_PRIMARY && part->queue != NULL)
        queue = model_definitions_queue (definitions, part->queue);
    }

  return queue;
}

void
record_set_person (Record *self,
                   const char *number,
                   const char *name,
                   const char *called,
                   const char *customer)
{
  set_text (&self->number, number);
  set_text (&self->name, name);
  set_text (&self->called, called);
  set_text (&self->customer, customer);
}

void
record_set_value (Record *self,
                  const char *variable,
                  const char *value,
                  GBytes *sealed,
                  gint32 revision)
{
  RecordValue *entry = g_new0 (RecordValue, 1);

  entry->value = g_strdup (value);
  entry->sealed = sealed != NULL ? g_bytes_ref (sealed) : NULL;
  entry->revision = revision;
  g_hash_table_replace (self->values, g_strdup (variable), entry);
}

void
record_set_note (Record *self, ModelId participation, const char *text, gint32 revision)
{
  Part *part = record_part (self, participation);

  if (part == NULL)
    return;
  g_free (part->note);
  part->note = g_strdup (text);
  part->note_revision = revision;
}
