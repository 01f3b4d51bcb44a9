/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a gateway calls back: a customer's message, with the files that are in it, or what became of
 * ours. It is answered when all that it told is on disk; what is long is read on a thread of its
 * own. Centre's thread but for read_it. */

#include "base/log.h"
#include "server/channels/sms/callback.h"
#include "server/channels/sms/sms-private.h"

#include <string.h>

#define SHORT     (64 * 1024) /* bytes that are read at once */
#define FILES     10
#define FILES_MAX (25 * 1024 * 1024) /* bytes of all files within a callback */

/* A callback until it is answered. */
typedef struct
{
  Sms *self; /* NULL: it is over */
  const SmsGateway *gateway;
  SoupServerMessage *message;
  char *what, *query, *type, *secret, *source;
  GBytes *body;
  char *field_file, *field_file_name;
  SmsCallback *callback; /* NULL: not understood */
  GPtrArray *files;      /* SmsFile: those that are in it */
  guint next;            /* of them, to be kept */
  GPtrArray *kept;       /* Attachment */
  GPtrArray *lost;       /* codes, then NULL */
  char *ours,
      *address; /* of a customer's message; of whom it may be another whether one can write */
  char *name;
} Incoming;

static void
incoming_free (gpointer data)
{
  Incoming *incoming = data;

  g_clear_object (&incoming->message);
  g_free (incoming->what);
  g_free (incoming->query);
  g_free (incoming->type);
  g_free (incoming->secret);
  g_free (incoming->source);
  g_clear_pointer (&incoming->body, g_bytes_unref);
  g_free (incoming->field_file);
  g_free (incoming->field_file_name);
  g_clear_pointer (&incoming->callback, sms_callback_free);
  g_clear_pointer (&incoming->files, g_ptr_array_unref);
  g_ptr_array_unref (incoming->kept);
  g_ptr_array_unref (incoming->lost);
  g_free (incoming->ours);
  g_free (incoming->address);
  g_free (incoming->name);
  g_free (incoming);
}

/* Ends it. */
static void
answer (Incoming *incoming, guint status, const char *text)
{
  if (incoming->self != NULL)
    {
      g_ptr_array_remove_fast (incoming->self->callbacks, incoming);
      webhook_answer_later (g_steal_pointer (&incoming->message), status, text);
    }
  incoming_free (incoming);
}

/* --- a customer's message --------------------------------------------------------------------- */

static void
on_received (ConversationOutcome outcome, const Message *message, gpointer user_data)
{
  static const guint statuses[] = { [CONVERSATION_RECEIVED] = 200,
                                    [CONVERSATION_KNOWN] = 200,
                                    [CONVERSATION_NOWHERE] = 404,
                                    [CONVERSATION_NOT_NOW] = 503 };

  answer (user_data, statuses[outcome], NULL);
}

static void
on_opt_out_kept (gpointer user_data)
{
  Incoming *incoming = user_data;
  Conversations *conversations = incoming->self != NULL ? incoming->self->conversations : NULL;
  Conversation *conversation = conversations != NULL
                                   ? conversations_between (conversations, MODEL_CHANNEL_SMS,
                                                            incoming->ours, incoming->address, "")
                                   : NULL;

  if (conversation != NULL)
    conversations_check (conversations, conversation);
  answer (incoming, 200, NULL);
}

static void
set_opted_out (Incoming *incoming, gboolean on)
{
  Centre *centre = incoming->self->centre;
  StoreBatch *batch = store_batch_new ();
  const char *channel = model_channel_to_text (MODEL_CHANNEL_SMS);

  if (on)
    store_batch_add (batch, STORE_OPT_OUT_SET, channel, incoming->ours, incoming->address,
                     centre_now (centre));
  else
    store_batch_add (batch, STORE_OPT_OUT_CLEAR, channel, incoming->ours, incoming->address);
  store_batch_add (batch, STORE_AUDIT_ADD, centre_now (centre), "customer",
                   on ? "opted_out" : "opted_in", NULL, incoming->address);
  centre_write (centre, batch, on_opt_out_kept, incoming);
}

static void
on_word_received (ConversationOutcome outcome, const Message *message, gpointer user_data)
{
  if (((Incoming *) user_data)->self != NULL)
    set_opted_out (user_data, TRUE);
  else
    incoming_free (user_data);
}

static void
on_word_taken_back (ConversationOutcome outcome, const Message *message, gpointer user_data)
{
  if (((Incoming *) user_data)->self != NULL)
    set_opted_out (user_data, FALSE);
  else
    incoming_free (user_data);
}

static char **
words_or (char **words, const char *const *otherwise)
{
  return words != NULL && words[0] != NULL ? words : (char **) otherwise;
}

/* STOP and its like stand in the conversation where somebody works on it, and make no work. */
static void
receive (Incoming *incoming, const ConversationIncoming *message)
{
  static const char *const stop[] = { "STOP",       "STOPALL", "UNSUBSCRIBE", "ARRET", "ARRÊT",
                                      "DESABONNER", "СТОП",    "СПРИ",        NULL };
  static const char *const start[] = { "START", "UNSTOP", "REPRENDRE", "СТАРТ", NULL };
  Conversations *conversations = incoming->self->conversations;
  const ModelDefinitions *definitions = centre_definitions (incoming->self->centre);
  const ModelSettings *settings = definitions != NULL ? &definitions->settings : NULL;
  Conversation *conversation =
      conversations_between (conversations, MODEL_CHANNEL_SMS, message->ours, message->address, "");
  gboolean stops =
      settings != NULL && sms_is_word (message->text, words_or (settings->stop_words, stop));
  gboolean starts = settings != NULL && !stops &&
                    sms_is_word (message->text, words_or (settings->start_words, start));

  if (!stops && !starts)
    conversations_receive (conversations, message, on_received, incoming);
  else if (conversation != NULL && conversation->state != CONVERSATION_ENDED)
    conversations_receive (conversations, message, stops ? on_word_received : on_word_taken_back,
                           incoming);
  else
    set_opted_out (incoming, stops);
}

static void
take (Incoming *incoming)
{
  const SmsGateway *gateway = incoming->gateway;
  g_autofree char *text = sms_callback_text (incoming->callback, gateway->field_text);
  g_auto (GStrv) files = sms_callback_files (incoming->callback, gateway->field_media);
  ConversationIncoming message = { .channel = MODEL_CHANNEL_SMS,
                                   .ours = incoming->ours,
                                   .address = incoming->address,
                                   .number = incoming->address,
                                   .external_id = incoming->name,
                                   .text = text != NULL ? text : "",
                                   .files = (const char *const *) files,
                                   .attachments = incoming->kept };

  g_ptr_array_add (incoming->lost, NULL);
  message.lost = (const char *const *) incoming->lost->pdata;
  receive (incoming, &message);
}

/* --- the files in it -------------------------------------------------------------------------- */

static void keep_next (Incoming *incoming);

static void
on_kept (const Attachment *attachment, const char *reason, gpointer user_data)
{
  Incoming *incoming = user_data;

  if (incoming->self == NULL)
    incoming_free (incoming);
  /* Without the disk nothing is kept, nor is the text: the gateway calls again. */
  else if (attachment == NULL &&
           (g_str_equal (reason, "store_failed") || g_str_equal (reason, "idempotency_mismatch")))
    answer (incoming, 503, NULL);
  else
    {
      if (attachment != NULL)
        g_ptr_array_add (incoming->kept, attachment_new (attachment->id, attachment->name,
                                                         attachment->type, attachment->size));
      else
        g_ptr_array_add (incoming->lost, (gpointer) g_intern_string (reason));
      keep_next (incoming);
    }
}

/* Each under a name that the same callback gives it again. */
static void
keep (Incoming *incoming, const SmsFile *file, guint place)
{
  g_autofree char *key = g_strdup_printf ("sms %s %u %s", incoming->name, place, file->sum);
  const AttachmentFacts facts = { .key = key, .name = file->name };

  attachments_add (conversations_attachments (incoming->self->conversations), &facts, file->bytes,
                   on_kept, incoming);
}

/* One after the other, so that they stand in their order. */
static void
keep_next (Incoming *incoming)
{
  while (incoming->next < incoming->files->len)
    {
      guint place = incoming->next++;
      const SmsFile *file = g_ptr_array_index (incoming->files, place);

      if (file->bytes != NULL)
        {
          keep (incoming, file, place);
          return;
        }
      g_ptr_array_add (incoming->lost, (gpointer) file->reason);
    }
  take (incoming);
}

static void
take_message (Incoming *incoming)
{
  const SmsGateway *gateway = incoming->gateway;
  const SmsCallback *callback = incoming->callback;
  g_autofree char *from = sms_callback_get (callback, gateway->field_from);
  g_autofree char *to = sms_callback_get (callback, gateway->field_to);
  g_autofree char *id = sms_callback_get (callback, gateway->field_id);

  incoming->address = from != NULL ? sms_number (from) : NULL;
  incoming->ours = to != NULL ? sms_number (to) : NULL;
  if (incoming->address == NULL || incoming->ours == NULL || *incoming->address == '\0' ||
      strlen (incoming->address) > 32 || strlen (incoming->ours) > 32)
    {
      answer (incoming, 400, "a message has from, to, text and id");
      return;
    }
  /* Without a name of its own every callback is another message. */
  incoming->name = id != NULL && *id != '\0' && strlen (id) <= 128
                       ? g_strconcat (gateway->name, ":", id, NULL)
                       : g_uuid_string_random ();
  keep_next (incoming);
}

/* --- what became of ours ---------------------------------------------------------------------- */

static void
take_report (Incoming *incoming)
{
  const SmsGateway *gateway = incoming->gateway;
  const SmsCallback *callback = incoming->callback;
  Conversations *conversations = incoming->self->conversations;
  g_autofree char *ours = sms_callback_get (callback, "message");
  g_autofree char *id = sms_callback_get (callback, gateway->field_id);
  g_autofree char *state = sms_callback_get (callback, gateway->field_state);
  g_autofree char *name = id != NULL ? g_strconcat (gateway->name, ":", id, NULL) : NULL;
  gboolean delivered =
      state != NULL && g_strv_contains ((const char *const *) gateway->delivered, state);
  gboolean failed =
      state != NULL && !delivered && g_strv_contains ((const char *const *) gateway->failed, state);
  MessageEvent event = delivered ? MESSAGE_EVENT_DELIVERED : MESSAGE_EVENT_FAILED;
  const char *reason = failed ? model_code (MODEL_CODE_UNDELIVERABLE) : NULL;

  /* Others tell of what lies between, which nobody has asked for. */
  if ((delivered || failed) && ours != NULL)
    conversations_report_own (conversations, ours, event, reason);
  else if ((delivered || failed) && name != NULL)
    conversations_report (conversations, MODEL_CHANNEL_SMS, name, event, reason);
  answer (incoming, state != NULL ? 200 : 400, NULL);
}

/* --- a callback comes ------------------------------------------------------------------------- */

static void
take_callback (Incoming *incoming)
{
  g_autofree char *field =
      incoming->callback != NULL ? sms_callback_get (incoming->callback, "secret") : NULL;
  const char *secret = incoming->secret != NULL ? incoming->secret : field;

  if (incoming->callback == NULL)
    answer (incoming, 400, NULL);
  else if (!webhook_secret_is (secret, incoming->gateway->secret))
    {
      base_log (BASE_LOG_WARNING, "sms", "wrong_secret", "gateway", incoming->gateway->name,
                "source", incoming->source, NULL);
      answer (incoming, 403, NULL);
    }
  else if (g_str_equal (incoming->what, "in"))
    take_message (incoming);
  else if (g_str_equal (incoming->what, "report"))
    take_report (incoming);
  else
    answer (incoming, 404, NULL);
}

/* Any thread. */
static void
read_it (Incoming *incoming)
{
  const SmsFileLimits limits = { .number = FILES, .each = SMS_INCOMING_MAX, .all = FILES_MAX };

  incoming->callback = sms_callback_parse (incoming->query, incoming->type, incoming->body);
  if (incoming->callback != NULL)
    incoming->files = sms_callback_inside (incoming->callback, incoming->field_file,
                                           incoming->field_file_name, &limits);
  g_clear_pointer (&incoming->body, g_bytes_unref);
}

static void
on_long (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;

  read_it (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/* The end comes before it was read. */
static void
drop_task (gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, FALSE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Incoming *incoming = user_data;

  if (incoming->self != NULL)
    take_callback (incoming);
  else
    incoming_free (incoming);
}

static const SmsGateway *
find_gateway (const Sms *self, char **rest)
{
  for (guint i = 0; i < self->gateways->len; i++)
    {
      const SmsGateway *gateway = g_ptr_array_index (self->gateways, i);

      if (g_strcmp0 (gateway->name, rest[0]) == 0)
        return rest[1] != NULL ? gateway : NULL;
    }

  return NULL;
}

static const char *
secret_header (SoupServerMessage *message)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                       "X-Guichet-Secret");
}

static void
on_callback (const WebhookRequest *request, gpointer user_data)
{
  Sms *self = user_data;
  const SmsGateway *gateway = find_gateway (self, request->rest);
  Incoming *incoming;

  if (gateway == NULL ||
      (!g_str_equal (request->method, "GET") && !g_str_equal (request->method, "POST")))
    {
      webhook_answer (request->message, 404, NULL);
      return;
    }
  incoming = g_new0 (Incoming, 1);
  *incoming = (Incoming){ .self = self,
                          .gateway = gateway,
                          .message = webhook_pause (request->message),
                          .what = g_strdup (request->rest[1]),
                          .query = g_strdup (request->query),
                          .type = g_strdup (request->type),
                          .secret = g_strdup (secret_header (request->message)),
                          .source = g_strdup (request->source),
                          .body = g_bytes_ref (request->body),
                          .field_file = g_strdup (gateway->field_file),
                          .field_file_name = g_strdup (gateway->field_file_name) };
  incoming->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) attachment_unref);
  incoming->lost = g_ptr_array_new ();
  g_ptr_array_add (self->callbacks, incoming);
  if (g_bytes_get_size (request->body) <= SHORT)
    {
      read_it (incoming);
      take_callback (incoming);
    }
  else
    {
      GTask *task = g_task_new (NULL, NULL, on_read, incoming);

      g_task_set_task_data (task, incoming, NULL);
      g_thread_pool_push (self->reader, task, NULL);
    }
}

/* So long a callback is read only of who has the secret in its head. */
static guint
may_be_long (SoupServerMessage *message, char **rest, GHashTable *query, gpointer user_data)
{
  const SmsGateway *gateway = find_gateway (user_data, rest);
  const char *header = secret_header (message);
  const char *secret = header != NULL  ? header
                       : query != NULL ? g_hash_table_lookup (query, "secret")
                                       : NULL;

  if (gateway == NULL || !g_str_equal (rest[1], "in"))
    return 404;

  return webhook_secret_is (secret, gateway->secret) ? 0 : 403;
}

/* --- life ------------------------------------------------------------------------------------- */

void
sms_incoming_begin (Sms *self)
{
  self->callbacks = g_ptr_array_new ();
  self->reader = g_thread_pool_new_full (on_long, NULL, drop_task, 1, FALSE, NULL);
  webhooks_add (self->webhooks, "sms", on_callback, self);
  webhooks_allow_long (self->webhooks, "sms", may_be_long);
}

void
sms_incoming_end (Sms *self)
{
  webhooks_remove (self->webhooks, "sms");
  for (guint i = 0; i < self->callbacks->len; i++)
    ((Incoming *) g_ptr_array_index (self->callbacks, i))->self = NULL;
  g_thread_pool_free (self->reader, TRUE, TRUE);
  g_ptr_array_unref (self->callbacks);
}
