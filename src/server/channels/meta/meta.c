/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The channels of Facebook and Instagram. Centre's thread. */

#include "server/channels/meta/meta.h"

#include "base/log.h"
#include "server/channels/meta/meta-private.h"
#include "server/channels/meta/webhook.h"

#include <string.h>

#define TIMEOUT           30
#define TEXT_FACEBOOK     2000 /* characters */
#define TEXT_INSTAGRAM    1000
#define FILES             5 /* of one message; each goes as one of its own */
#define FILE_MAX          (25 * 1024 * 1024)
#define PICTURE_INSTAGRAM (8 * 1024 * 1024)

static const char types_instagram[] =
    "image/png image/jpeg image/gif audio/mp4 audio/wav video/mp4 video/quicktime video/x-msvideo "
    "video/webm application/pdf";

const MetaAccount *
meta_account_of (const Meta *self, ModelChannel channel, const char *id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const MetaAccount *account = g_ptr_array_index (self->accounts, i);

      if (meta_account_channel (account) == channel && g_str_equal (account->id, id))
        return account;
    }

  return NULL;
}

/* --- the channel ------------------------------------------------------------------------------ */

static const char *
channel_refuses (gpointer user_data, Conversation *conversation, gint64 *until)
{
  const Meta *self = user_data;
  const MetaAccount *account = meta_account_of (self, conversation->channel, conversation->ours);

  if (account == NULL)
    return model_code (MODEL_CODE_NOT_ENABLED);
  *until = conversation->heard_at + (gint64) account->window * 1000;

  return centre_now (self->centre) >= *until ? model_code (MODEL_CODE_WINDOW_CLOSED) : NULL;
}

static void
channel_limits (gpointer user_data, Conversation *conversation, ChannelLimits *limits)
{
  gboolean instagram = conversation->channel == MODEL_CHANNEL_INSTAGRAM;

  limits->text = instagram ? TEXT_INSTAGRAM : TEXT_FACEBOOK;
  limits->attachments = FILES;
  limits->attachment_size = FILE_MAX;
  limits->all_size = (gint64) FILES * FILE_MAX;
  limits->picture_size = instagram ? PICTURE_INSTAGRAM : FILE_MAX;
  limits->types = instagram ? types_instagram : NULL;
}

static gboolean
channel_fetches (gpointer user_data, Conversation *conversation, FetchRules *rules)
{
  const MetaAccount *account =
      meta_account_of (user_data, conversation->channel, conversation->ours);

  if (account == NULL)
    return FALSE;
  *rules = (FetchRules){ .hosts = (const char *const *) account->file_hosts,
                         .loopback = g_strcmp0 (account->loopback, "yes") == 0,
                         .size_max = FILE_MAX };

  return TRUE;
}

static const Channel facebook_channel = {
  .channel = MODEL_CHANNEL_FACEBOOK,
  .limits = channel_limits,
  .refuses = channel_refuses,
  .send = meta_send,
  .fetches = channel_fetches,
};
static const Channel instagram_channel = {
  .channel = MODEL_CHANNEL_INSTAGRAM,
  .limits = channel_limits,
  .refuses = channel_refuses,
  .send = meta_send,
  .fetches = channel_fetches,
};

/* --- what Meta calls back --------------------------------------------------------------------- */

/* A callback is answered when all that it told is on the disk. */
typedef struct
{
  SoupServerMessage *message;
  guint open;
  guint status;
} Answering;

/* One message in it. */
typedef struct
{
  Meta *self;
  Answering *answering;
  ModelChannel channel;
  char *account, *customer;
} Taking;

static void
answer_one (Answering *answering)
{
  if (--answering->open > 0)
    return;
  webhook_answer_later (answering->message, answering->status, NULL);
  g_free (answering);
}

static void
on_received (ConversationOutcome outcome, const Message *message, gpointer user_data)
{
  Taking *taking = user_data;

  /* A page without an entry point stays one, however often Meta asks. */
  if (outcome == CONVERSATION_NOWHERE)
    base_log (BASE_LOG_WARNING, "meta", "no_entry_point", NULL);
  else if (outcome == CONVERSATION_NOT_NOW)
    taking->answering->status = 503;
  else if (outcome == CONVERSATION_RECEIVED)
    meta_profiles_look (taking->self->profiles, taking->channel, taking->account, taking->customer);
  answer_one (taking->answering);
  g_free (taking->account);
  g_free (taking->customer);
  g_free (taking);
}

static void
take_message (Meta *self, ModelChannel channel, const MetaEvent *event, Answering *answering)
{
  ConversationIncoming incoming = { .channel = channel,
                                    .ours = event->account,
                                    .address = event->customer,
                                    .external_id = event->mid,
                                    .text = event->text,
                                    .files = (const char *const *) event->files };
  Taking *taking = g_new0 (Taking, 1);

  *taking =
      (Taking){ self, answering, channel, g_strdup (event->account), g_strdup (event->customer) };
  answering->open++;
  conversations_receive (self->conversations, &incoming, on_received, taking);
}

static void
take_event (Meta *self, ModelChannel channel, const MetaEvent *event, Answering *answering)
{
  Conversation *conversation;

  switch (event->kind)
    {
    case META_MESSAGE:
      take_message (self, channel, event, answering);
      return;
    case META_DELIVERED:
      conversations_report (self->conversations, channel, event->mid, MESSAGE_EVENT_DELIVERED,
                            NULL);
      return;
    case META_READ:
      conversations_report (self->conversations, channel, event->mid, MESSAGE_EVENT_READ, NULL);
      return;
    case META_DELIVERED_UNTIL:
    case META_READ_UNTIL:
      conversation =
          conversations_between (self->conversations, channel, event->account, event->customer, "");
      if (conversation != NULL)
        conversations_report_until (self->conversations, conversation, event->at,
                                    event->kind == META_READ_UNTIL ? MESSAGE_EVENT_READ
                                                                   : MESSAGE_EVENT_DELIVERED);
      return;
    }
}

/* Whether any account's secret signed it; the events of others are passed over. */
static gboolean
is_signed (const Meta *self, const WebhookRequest *request, GHashTable *signers)
{
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "X-Hub-Signature-256");

  for (guint i = 0; i < self->accounts->len; i++)
    {
      MetaAccount *account = g_ptr_array_index (self->accounts, i);

      if (meta_signature_is (header, account->app_secret, request->body))
        g_hash_table_add (signers, account);
    }

  return g_hash_table_size (signers) > 0;
}

static void
take_body (Meta *self, const WebhookRequest *request)
{
  g_autoptr (GHashTable) signers = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) events = NULL;
  ModelChannel channel = MODEL_CHANNEL_FACEBOOK;
  Answering *answering;

  if (!is_signed (self, request, signers))
    {
      base_log (BASE_LOG_WARNING, "meta", "wrong_signature", "source", request->source, NULL);
      webhook_answer (request->message, 403, NULL);
      return;
    }
  events = meta_webhook_parse (request->body, &channel);
  if (events == NULL)
    {
      webhook_answer (request->message, 400, NULL);
      return;
    }
  answering = g_new0 (Answering, 1);
  *answering = (Answering){ webhook_pause (request->message), 1, 200 };
  for (guint i = 0; i < events->len; i++)
    {
      const MetaEvent *event = g_ptr_array_index (events, i);
      const MetaAccount *account = meta_account_of (self, channel, event->account);

      if (account != NULL && g_hash_table_contains (signers, account))
        take_event (self, channel, event, answering);
    }
  answer_one (answering);
}

/* Meta asks once, when somebody sets the callback up, whether it is ours. */
static void
verify (Meta *self, const WebhookRequest *request)
{
  g_autoptr (GHashTable) fields =
      request->query != NULL
          ? g_uri_parse_params (request->query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL)
          : NULL;
  const char *mode = fields != NULL ? g_hash_table_lookup (fields, "hub.mode") : NULL;
  const char *token = fields != NULL ? g_hash_table_lookup (fields, "hub.verify_token") : NULL;
  const char *challenge = fields != NULL ? g_hash_table_lookup (fields, "hub.challenge") : NULL;
  gboolean known = FALSE;

  for (guint i = 0; i < self->accounts->len; i++)
    if (webhook_secret_is (token,
                           ((MetaAccount *) g_ptr_array_index (self->accounts, i))->verify_token))
      known = TRUE;
  if (known && g_strcmp0 (mode, "subscribe") == 0 && challenge != NULL && strlen (challenge) <= 256)
    webhook_answer (request->message, 200, challenge);
  else
    webhook_answer (request->message, 403, NULL);
}

static void
on_callback (const WebhookRequest *request, gpointer user_data)
{
  if (request->rest[0] != NULL)
    webhook_answer (request->message, 404, NULL);
  else if (g_str_equal (request->method, "GET"))
    verify (user_data, request);
  else if (g_str_equal (request->method, "POST"))
    take_body (user_data, request);
  else
    webhook_answer (request->message, 405, NULL);
}

/* --- life ------------------------------------------------------------------------------------- */

Meta *
meta_new (Centre *centre, Webhooks *webhooks)
{
  Meta *self = g_new0 (Meta, 1);

  self->centre = centre;
  self->conversations = centre_conversations (centre);
  self->webhooks = webhooks;
  self->accounts = centre_config (centre)->accounts;
  self->outgoing = outgoing_new (TIMEOUT);
  self->profiles = meta_profiles_new (self);
  self->resting = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  conversations_connect (self->conversations, &facebook_channel, self);
  conversations_connect (self->conversations, &instagram_channel, self);
  webhooks_add (webhooks, "meta", on_callback, self);

  return self;
}

void
meta_free (Meta *self)
{
  if (self == NULL)
    return;
  webhooks_remove (self->webhooks, "meta");
  conversations_disconnect (self->conversations, &facebook_channel);
  conversations_disconnect (self->conversations, &instagram_channel);
  outgoing_free (self->outgoing);
  meta_profiles_free (self->profiles);
  g_hash_table_unref (self->resting);
  g_free (self);
}
