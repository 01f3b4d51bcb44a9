/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message's files one after the other, so that they stand in their order; several messages side
 * by side. What is to be fetched stands in the store and is asked of it before each step: what was
 * erased meanwhile is not put anywhere. Centre's thread. */

#include "server/channels/fetching.h"

#include "base/log.h"
#include "server/channels/conversations-private.h"
#include "server/channels/fetcher.h"

#include <string.h>

/* Seconds after which a file is asked for again; then it is given up. */
static const guint waits[] = { 2, 10, 60, 300 };

struct _Fetching
{
  Conversations *conversations;
  Centre *centre;
  Fetcher *fetcher;
  GHashTable *jobs; /* id of a message → Job */
};

/* Of one message. */
typedef struct
{
  Fetching *self;
  char id[MESSAGE_ID_SIZE];
  char conversation[MODEL_ID_TEXT_SIZE];
  gint64 number;
  gint64 place; /* of the file that is fetched */
  guint tries;
  guint wait_source;
  Message *settling; /* until it is durable */
} Job;

typedef struct
{
  gboolean found;
  gint64 place;
  char *url;
} Wanted;

static void step (Job *job);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->wait_source, g_source_remove);
  g_clear_pointer (&job->settling, message_unref);
  g_free (job);
}

Fetching *
fetching_new (Conversations *conversations, Centre *centre)
{
  Fetching *self = g_new0 (Fetching, 1);

  self->conversations = conversations;
  self->centre = centre;
  self->fetcher = fetcher_new ();
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, job_free);

  return self;
}

void
fetching_free (Fetching *self)
{
  fetcher_free (self->fetcher);
  g_hash_table_unref (self->jobs);
  g_free (self);
}

/* --- one file is done with -------------------------------------------------------------------- */

static void
on_wanted_row (StoreRow *row, gpointer user_data)
{
  Wanted *wanted = user_data;

  if (wanted->found)
    return;
  wanted->found = TRUE;
  wanted->place = store_row_int (row, 0);
  wanted->url = g_strdup (store_row_text (row, 1));
}

/* The next file of the message that is to be fetched; FALSE: none. Free the URL with g_free. */
static gboolean
find_wanted (Job *job, Wanted *wanted)
{
  store_query (centre_store (job->self->centre), NULL, on_wanted_row, wanted, STORE_GET_FETCHES_OF,
               job->conversation, job->number);

  return wanted->found;
}

static void
on_settled (gpointer user_data)
{
  Job *job = user_data;
  Conversation *conversation = conversations_by_id (job->self->conversations, job->conversation);

  if (conversation != NULL)
    {
      g_ptr_array_remove (conversation->pending, job->settling);
      conversation->holds--;
    }
  g_clear_pointer (&job->settling, message_unref);
  step (job);
}

/* @attachment NULL: it is lost, and @reason says why. */
static void
settle (Job *job, const Attachment *attachment, const char *reason)
{
  Conversations *conversations = job->self->conversations;
  Conversation *conversation = conversations_by_id (conversations, job->conversation);
  Message *message = conversation != NULL
                         ? conversations_message (conversations, conversation, job->number)
                         : NULL;
  StoreBatch *batch = store_batch_new ();

  job->tries = 0;
  store_batch_add (batch, STORE_FETCH_DROP, job->conversation, job->number, job->place);
  if (message == NULL)
    {
      centre_write (job->self->centre, batch, NULL, NULL);
      g_hash_table_remove (job->self->jobs, job->id);
      return;
    }
  if (attachment != NULL)
    {
      if (message->attachments == NULL)
        message->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) attachment_unref);
      g_ptr_array_add (message->attachments, attachment_new (attachment->id, attachment->name,
                                                             attachment->type, attachment->size));
      store_batch_add (batch, STORE_ATTACHMENT_TAKE, attachment->id, message->conversation,
                       message->interaction, message->number, job->place);
    }
  else
    base_log (BASE_LOG_WARNING, "attachments", "not_fetched", "message", message->id, "reason",
              reason, NULL);
  message_settle_file (message, reason);
  store_batch_add (batch, STORE_MESSAGE_DETAILS, message->conversation, message->number,
                   message->details);
  /* Until it is durable it is found as it will be. */
  conversation->holds++;
  g_ptr_array_add (conversation->pending, message_ref (message));
  job->settling = message;
  conversation_message_changed (conversations, conversation, message, batch, on_settled, job);
}

/* --- one file is fetched ---------------------------------------------------------------------- */

static gboolean
on_waited (gpointer user_data)
{
  Job *job = user_data;

  job->wait_source = 0;
  step (job);

  return G_SOURCE_REMOVE;
}

static void
again_later (Job *job)
{
  if (job->tries >= G_N_ELEMENTS (waits))
    settle (job, NULL, model_code (MODEL_CODE_FILE_UNREACHABLE));
  else
    job->wait_source = g_timeout_add_seconds (waits[job->tries++], on_waited, job);
}

/* Of an interaction that was erased while its file came nothing is left. */
static void
forget (Job *job, const char *interaction)
{
  Attachments *attachments = conversations_attachments (job->self->conversations);
  StoreBatch *batch = store_batch_new ();

  attachments_erase (attachments, interaction, batch);
  centre_write (job->self->centre, batch, NULL, NULL);
  attachments_erased (attachments);
}

typedef struct
{
  Job *job;
  char interaction[MODEL_ID_TEXT_SIZE];
} Keeping;

static void
on_kept (const Attachment *attachment, const char *reason, gpointer user_data)
{
  g_autofree Keeping *keeping = user_data;
  Job *job = keeping->job;
  Wanted wanted = { 0 };
  gboolean still = find_wanted (job, &wanted) && wanted.place == job->place;

  g_free (wanted.url);
  if (!still)
    {
      forget (job, keeping->interaction);
      step (job);
    }
  else if (attachment == NULL &&
           (g_str_equal (reason, "store_failed") || g_str_equal (reason, "idempotency_mismatch")))
    again_later (job);
  else
    settle (job, attachment, reason);
}

/* What the file is called there, or NULL; free with g_free. Its bytes say what it is. */
static char *
name_of (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *base = uri != NULL ? g_path_get_basename (g_uri_get_path (uri)) : NULL;

  return base != NULL && strchr (base, '.') != NULL ? g_uri_unescape_string (base, "/") : NULL;
}

static void
keep (Job *job, GBytes *bytes)
{
  Conversations *conversations = job->self->conversations;
  Conversation *conversation = conversations_by_id (conversations, job->conversation);
  g_autoptr (Message) message =
      conversation != NULL ? conversations_message (conversations, conversation, job->number)
                           : NULL;
  /* Other bytes than before the crash are another file. */
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *key = g_strdup_printf ("%s %" G_GINT64_FORMAT " %s", job->id, job->place, sum);
  AttachmentFacts facts = { .conversation = job->conversation, .key = key };
  Wanted wanted = { 0 };
  g_autofree char *name = NULL;
  Keeping *keeping;

  if (message == NULL || !find_wanted (job, &wanted))
    {
      g_free (wanted.url);
      step (job);
      return;
    }
  name = name_of (wanted.url);
  g_free (wanted.url);
  facts.interaction = message->interaction;
  facts.name = name;
  keeping = g_new0 (Keeping, 1);
  keeping->job = job;
  g_strlcpy (keeping->interaction, message->interaction, sizeof keeping->interaction);
  attachments_add (conversations_attachments (conversations), &facts, bytes, on_kept, keeping);
}

static void
on_fetched (FetchOutcome outcome, GBytes *bytes, gpointer user_data)
{
  Job *job = user_data;

  switch (outcome)
    {
    case FETCHED:
      keep (job, bytes);
      break;
    case FETCH_AGAIN:
      again_later (job);
      break;
    case FETCH_GONE:
      settle (job, NULL, model_code (MODEL_CODE_FILE_EXPIRED));
      break;
    case FETCH_REFUSED:
      settle (job, NULL, model_code (MODEL_CODE_FILE_ELSEWHERE));
      break;
    case FETCH_TOO_LARGE:
      settle (job, NULL, model_code (MODEL_CODE_FILE_TOO_LARGE));
      break;
    }
}

/* The next file, or the end. */
static void
step (Job *job)
{
  Conversations *conversations = job->self->conversations;
  Conversation *conversation = conversations_by_id (conversations, job->conversation);
  const ConversationChannel *channel =
      conversation != NULL ? conversation_channel (conversations, conversation) : NULL;
  FetchRules rules = { 0 };
  Wanted wanted = { 0 };

  if (!find_wanted (job, &wanted))
    {
      g_hash_table_remove (job->self->jobs, job->id);
      return;
    }
  job->place = wanted.place;
  if (channel == NULL || channel->channel->fetches == NULL ||
      !channel->channel->fetches (channel->data, conversation, &rules))
    settle (job, NULL, model_code (MODEL_CODE_NOT_ENABLED));
  else
    fetcher_get (job->self->fetcher, wanted.url, &rules, on_fetched, job);
  g_free (wanted.url);
}

/* --- what is to be fetched -------------------------------------------------------------------- */

void
fetching_note (const Message *message, const char *const *urls, StoreBatch *batch)
{
  /* Behind those that came with it. */
  guint first = message->attachments != NULL ? message->attachments->len : 0;

  for (guint i = 0; urls[i] != NULL && first + i < FETCHING_FILES_MAX; i++)
    store_batch_add (batch, STORE_FETCH_ADD, message->conversation, message->number,
                     (gint64) (first + i), message->interaction, urls[i]);
}

void
fetching_begin (Fetching *self, const char *conversation, gint64 number)
{
  Job *job = g_new0 (Job, 1);

  job->self = self;
  job->number = number;
  g_strlcpy (job->conversation, conversation, sizeof job->conversation);
  message_id (conversation, number, job->id);
  if (g_hash_table_contains (self->jobs, job->id))
    {
      job_free (job);
      return;
    }
  g_hash_table_insert (self->jobs, job->id, job);
  step (job);
}

typedef struct
{
  char conversation[MODEL_ID_TEXT_SIZE];
  gint64 number;
} Place;

static void
on_place_row (StoreRow *row, gpointer user_data)
{
  Place place = { .number = store_row_int (row, 1) };

  g_strlcpy (place.conversation, store_row_text (row, 0), sizeof place.conversation);
  g_array_append_val ((GArray *) user_data, place);
}

void
fetching_resume (Fetching *self)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  store_query (centre_store (self->centre), NULL, on_place_row, places, STORE_GET_FETCHES);
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      fetching_begin (self, place->conversation, place->number);
    }
}
