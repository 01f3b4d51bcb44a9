/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of conversations: how each begins, what becomes of it, when it is forgotten. Once a
 * second it looks who has gone silent. Centre's thread. */

#include "server/channels/conversations-private.h"
#include "server/channels/fetching.h"
#include "server/channels/im.h"

static gboolean on_tick (gpointer user_data);

static void
conversation_free (gpointer data)
{
  Conversation *conversation = data;

  g_clear_handle_id (&conversation->wait_source, g_source_remove);
  g_queue_clear_full (&conversation->outgoing, (GDestroyNotify) message_unref);
  g_free (conversation->ours);
  g_free (conversation->address);
  g_free (conversation->thread);
  g_free (conversation->subject);
  g_ptr_array_unref (conversation->pending);
  g_free (conversation);
}

Conversations *
conversations_new (Centre *centre)
{
  Conversations *self = g_new0 (Conversations, 1);

  self->centre = centre;
  self->by_address = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, conversation_free);
  self->by_interaction = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->early = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->attachments = attachments_new (centre);
  self->fetching = fetching_new (self, centre);
  conversations_connect (self, &im_channel, self);
  self->tick_source = g_timeout_add_seconds (1, on_tick, self);

  return self;
}

void
conversations_free (Conversations *self)
{
  g_source_remove (self->tick_source);
  g_hash_table_unref (self->early);
  fetching_free (self->fetching);
  attachments_free (self->attachments);
  g_hash_table_unref (self->by_interaction);
  g_hash_table_unref (self->by_address);
  g_free (self);
}

void
conversations_connect (Conversations *self, const Channel *channel, gpointer data)
{
  self->channels[channel->channel] = (ConversationChannel){ channel, data };
}

void
conversations_disconnect (Conversations *self, const Channel *channel)
{
  self->channels[channel->channel] = (ConversationChannel){ NULL, NULL };
}

void
conversations_status (Conversations *self, JsonArray *into)
{
  for (guint i = 0; i < MODEL_N_CHANNELS; i++)
    if (self->channels[i].channel != NULL && self->channels[i].channel->status != NULL)
      self->channels[i].channel->status (self->channels[i].data, into);
}

const ConversationChannel *
conversation_channel (Conversations *self, Conversation *conversation)
{
  const ConversationChannel *channel = &self->channels[conversation->channel];

  return channel->channel != NULL ? channel : NULL;
}

/* --- the table -------------------------------------------------------------------------------- */

static char *
name_of (ModelChannel channel, const char *ours, const char *address, const char *thread)
{
  return g_strjoin ("\x1f", model_channel_to_text (channel), ours, address, thread, NULL);
}

static char *
name_of_conversation (const Conversation *conversation)
{
  return name_of (conversation->channel, conversation->ours, conversation->address,
                  conversation->thread);
}

Conversation *
conversation_new (Conversations *self,
                  ModelChannel channel,
                  const char *entry_point,
                  const char *ours,
                  const char *address,
                  const char *thread)
{
  Conversation *conversation = g_new0 (Conversation, 1);

  conversation->channel = channel;
  conversation->entry_point = g_intern_string (entry_point);
  conversation->ours = g_strdup (ours);
  conversation->address = g_strdup (address);
  conversation->thread = g_strdup (thread);
  conversation->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) message_unref);
  g_queue_init (&conversation->outgoing);
  conversation->silent_since = g_get_monotonic_time () / 1000;
  g_hash_table_insert (self->by_address, name_of_conversation (conversation), conversation);

  return conversation;
}

void
conversation_map (Conversations *self, Conversation *conversation, ModelId interaction)
{
  g_hash_table_replace (self->by_interaction, g_memdup2 (&interaction, sizeof interaction),
                        conversation);
}

void
conversation_set_work (Conversations *self, Conversation *conversation, ModelId interaction)
{
  conversation->interaction = interaction;
  model_id_to_text (MODEL_ID_INTERACTION, interaction, conversation->interaction_text);
  conversation_map (self, conversation, interaction);
}

static gboolean
is_of (gpointer key, gpointer value, gpointer user_data)
{
  return value == user_data;
}

void
conversation_forget (Conversations *self, Conversation *conversation)
{
  g_autofree char *name = name_of_conversation (conversation);

  g_hash_table_foreach_remove (self->by_interaction, is_of, conversation);
  g_hash_table_remove (self->by_address, name);
}

typedef struct
{
  Conversations *self;
  Conversation *conversation;
} Finding;

static void
on_word_row (StoreRow *row, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* Whether anybody wrote here for the other side. */
static gboolean
has_words (Conversations *self, const Conversation *conversation)
{
  gboolean words = FALSE;

  store_query (centre_store (self->centre), NULL, on_word_row, &words, STORE_GET_ANY_WORD,
               conversation->id);

  return words;
}

static void
on_since_row (StoreRow *row, gpointer user_data)
{
  *(gint64 *) user_data = store_row_int (row, 0);
}

static void
on_subject_row (StoreRow *row, gpointer user_data)
{
  ((Conversation *) user_data)->subject = g_strdup (store_row_text (row, 0));
}

static void
on_ended_row (StoreRow *row, gpointer user_data)
{
  *(const char **) user_data = g_intern_string (store_row_text (row, 0));
}

static void
fill (Conversations *self, Conversation *conversation, StoreRow *row)
{
  ModelId interaction = 0;
  Record *record;

  g_strlcpy (conversation->id, store_row_text (row, 0), sizeof conversation->id);
  conversation->last_number = store_row_int (row, 3);
  conversation->read_number = store_row_int (row, 4);
  conversation->agent_read = store_row_int (row, 5);
  conversation->hidden = store_row_int (row, 10);
  conversation->state = CONVERSATION_ENDED;
  if (conversation->channel == MODEL_CHANNEL_EMAIL)
    store_query (centre_store (self->centre), NULL, on_subject_row, conversation,
                 STORE_GET_SUBJECT_OF, conversation->id);
  store_query (centre_store (self->centre), NULL, on_since_row, &conversation->heard_at,
               STORE_GET_HEARD_AT, conversation->id);
  if (model_id_from_text (MODEL_ID_INTERACTION, store_row_text (row, 2), &interaction))
    conversation_set_work (self, conversation, interaction);
  record = centre_record (self->centre, interaction);
  if (record == NULL || record->customer_left_at != 0)
    {
      store_query (centre_store (self->centre), NULL, on_ended_row, &conversation->reason,
                   STORE_GET_ENDED_BY, store_row_text (row, 2));
      return;
    }
  store_query (centre_store (self->centre), NULL, on_since_row, &conversation->waiting_since,
               STORE_GET_UNANSWERED_SINCE, conversation->id);
  conversation->state = CONVERSATION_WAITING;
  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->state == PART_ACTIVE && part->part == MODEL_PART_PRIMARY)
        {
          conversation->state = CONVERSATION_TALKING;
          conversation->agent = part->agent;
          /* Nobody could write while the daemon was away. */
          if (conversation->waiting_since == 0 && has_words (self, conversation))
            conversation->quiet_since = centre_now (self->centre);
        }
    }
}

/* The one of this row, which may be in the table. */
static void
on_row (StoreRow *row, gpointer user_data)
{
  Finding *finding = user_data;
  const char *address = store_row_text (row, 6), *ours = store_row_text (row, 8);
  const char *thread = store_row_text (row, 9);
  g_autofree char *name = NULL;
  ModelChannel channel;

  if (!model_channel_from_text (store_row_text (row, 7), &channel))
    return;
  name = name_of (channel, ours, address, thread);
  finding->conversation = g_hash_table_lookup (finding->self->by_address, name);
  if (finding->conversation != NULL)
    return;
  finding->conversation =
      conversation_new (finding->self, channel, store_row_text (row, 1), ours, address, thread);
  fill (finding->self, finding->conversation, row);
}

Conversation *
conversations_between (Conversations *self,
                       ModelChannel channel,
                       const char *ours,
                       const char *address,
                       const char *thread)
{
  g_autofree char *name = name_of (channel, ours, address, thread);
  Finding finding = { self, g_hash_table_lookup (self->by_address, name) };

  if (finding.conversation == NULL)
    store_query (centre_store (self->centre), NULL, on_row, &finding, STORE_GET_CONVERSATION_AT,
                 model_channel_to_text (channel), address, ours, thread);

  return finding.conversation;
}

Conversation *
conversations_at (Conversations *self, ModelChannel channel, const char *address)
{
  return conversations_between (self, channel, "", address, "");
}

Conversation *
conversations_by_id (Conversations *self, const char *id)
{
  Finding finding = { self, NULL };

  store_query (centre_store (self->centre), NULL, on_row, &finding, STORE_GET_CONVERSATION, id);

  return finding.conversation;
}

Conversation *
conversations_of (Conversations *self, ModelId interaction)
{
  return g_hash_table_lookup (self->by_interaction, &interaction);
}

static void
load_record (Record *record, gpointer user_data)
{
  Finding finding = { user_data, NULL };

  if (record->channel != MODEL_CHANNEL_VOICE)
    store_query (centre_store (finding.self->centre), NULL, on_row, &finding,
                 STORE_GET_CONVERSATION_OF, record->text);
  if (finding.conversation != NULL)
    conversation_map (finding.self, finding.conversation, record->id);
}

void
conversations_load (Conversations *self)
{
  centre_each_record (self->centre, load_record, self);
  self->places_changed = TRUE;
  attachments_sweep (self->attachments);
}

Attachments *
conversations_attachments (Conversations *self)
{
  return self->attachments;
}

void
conversations_erase (Conversations *self, const char *interaction)
{
  Finding finding = { self, NULL };
  Conversation *conversation;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;

  store_query (centre_store (self->centre), NULL, on_row, &finding, STORE_GET_CONVERSATION_OF,
               interaction);
  conversation = finding.conversation;
  if (conversation == NULL)
    return;
  name = name_of_conversation (conversation);
  g_hash_table_steal_extended (self->by_address, name, (gpointer *) &key, NULL);
  g_free (conversation->address);
  conversation->address = g_strdup (conversation->id);
  g_hash_table_insert (self->by_address, name_of_conversation (conversation), conversation);
}

/* --- what becomes of it ----------------------------------------------------------------------- */

/* What the customer sees of the agents: who serves, and who joined. FALSE: nothing. */
static gboolean
note_part (const ModelEvent *event, ConversationStage *stage)
{
  gboolean left = event->type == MODEL_EVENT_PARTICIPATION_LEFT;
  gboolean moves = left || event->type == MODEL_EVENT_PARTICIPATION_JOINED ||
                   event->type == MODEL_EVENT_PARTICIPATION_ROLE_CHANGED;

  stage->others = moves && event->part == MODEL_PART_CONFERENCED;
  return stage->others || (event->part == MODEL_PART_PRIMARY && !left);
}

void
conversations_note (Conversations *self, const ModelEvent *event, GArray *stages)
{
  ConversationStage stage = { .interaction = event->interaction };

  if (event->interaction == 0 || conversations_of (self, event->interaction) == NULL)
    return;
  switch ((guint) event->type)
    {
    case MODEL_EVENT_REQUEST_QUEUED:
      if (event->kind == MODEL_REQUEST_CONSULT || event->kind == MODEL_REQUEST_CONFERENCE)
        return;
      stage.state = CONVERSATION_WAITING;
      break;
    case MODEL_EVENT_PARTICIPATION_JOINED:
    case MODEL_EVENT_PARTICIPATION_ROLE_CHANGED:
    case MODEL_EVENT_PARTICIPATION_LEFT:
    case MODEL_EVENT_PARTICIPATION_ABSENT:
    case MODEL_EVENT_PARTICIPATION_PRESENT:
      if (!note_part (event, &stage))
        return;
      stage.state = CONVERSATION_TALKING;
      stage.agent = event->agent;
      stage.away = event->type == MODEL_EVENT_PARTICIPATION_ABSENT;
      break;
    case MODEL_EVENT_INTERACTION_CUSTOMER_LEFT:
    case MODEL_EVENT_INTERACTION_CLOSED:
      stage.state = CONVERSATION_ENDED;
      stage.reason = event->reason;
      break;
    default:
      return;
    }
  g_array_append_val (stages, stage);
}

void
conversations_stage (Conversations *self, const ConversationStage *stage)
{
  Conversation *conversation = conversations_of (self, stage->interaction);
  const ConversationChannel *channel;

  if (conversation == NULL)
    return;
  if (stage->interaction != conversation->interaction)
    {
      /* An older piece of work, in wrap-up till now. */
      if (centre_record (self->centre, stage->interaction) == NULL)
        g_hash_table_remove (self->by_interaction, &stage->interaction);
      return;
    }
  if (conversation->state == CONVERSATION_ENDED)
    return;
  channel = conversation_channel (self, conversation);
  if (stage->others)
    {
      if (channel != NULL && channel->channel->changed != NULL)
        channel->channel->changed (channel->data, conversation);
      return;
    }
  conversation->state = stage->state;
  conversation->agent = stage->agent;
  conversation->away = stage->away;
  conversation->reason = stage->reason;
  conversation->place = 0;
  self->places_changed = TRUE;
  conversation->closes_at = 0;
  if (stage->state == CONVERSATION_ENDED)
    conversation->waiting_since = conversation->quiet_since = 0;
  if (channel != NULL && channel->channel->changed != NULL)
    channel->channel->changed (channel->data, conversation);
}

void
conversations_left (Conversations *self, Conversation *conversation, ModelCode reason)
{
  AcdCommand command = { .type = ACD_COMMAND_CUSTOMER_LEFT,
                         .interaction = conversation->interaction,
                         .reason = model_code (reason) };

  if (conversation->state != CONVERSATION_ENDED && conversation->interaction != 0)
    centre_command (self->centre, &command, NULL, NULL, NULL, NULL);
}

static gboolean
is_in_use (Conversations *self, const Conversation *conversation)
{
  return conversation->state != CONVERSATION_ENDED || conversation->pending->len > 0 ||
         conversation->holds > 0 || conversation->outgoing.length > 0 ||
         centre_record (self->centre, conversation->interaction) != NULL;
}

/* Silent for too long: gone. Ended, and nobody looks: forgotten. */
static void
look_at (Conversations *self, Conversation *conversation, gint64 now)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);
  gboolean live = channel != NULL && channel->channel->live;
  gboolean connects = live && channel->channel->is_connected != NULL;
  gboolean connected = connects && channel->channel->is_connected (channel->data, conversation);
  guint silence = connects ? channel->channel->silence (channel->data) : 0;

  if (connected)
    conversation->silent_since = 0;
  else if (conversation->silent_since == 0)
    conversation->silent_since = now;
  if (live)
    conversation_watch_silence (self, conversation);
  if (connected)
    return;
  if (!is_in_use (self, conversation))
    conversation_forget (self, conversation);
  else if (silence > 0 && now - conversation->silent_since > (gint64) silence * 1000)
    conversations_left (self, conversation, MODEL_CODE_CONNECTION_LOST);
}

static gboolean
on_tick (gpointer user_data)
{
  Conversations *self = user_data;
  g_autoptr (GList) all = g_hash_table_get_values (self->by_address);
  gint64 now = g_get_monotonic_time () / 1000;

  for (GList *l = all; l != NULL; l = l->next)
    look_at (self, l->data, now);
  if (self->places_changed)
    conversations_number_places (self);
  self->places_changed = FALSE;

  return G_SOURCE_CONTINUE;
}
