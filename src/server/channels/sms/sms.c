/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The channel of SMS. Centre's thread. */
#define G_LOG_DOMAIN "guichetd"

#include "server/channels/sms/sms.h"

#include "base/log.h"
#include "base/sms-text.h"
#include "server/channels/conversations.h"
#include "server/channels/outgoing.h"
#include "server/channels/sms/callback.h"
#include "server/channels/sms/gateway.h"

#include <string.h>

#define TIMEOUT  30 /* seconds for a gateway's answer */
#define WAIT_MAX 30

struct _Sms
{
  Centre *centre;
  Conversations *conversations;
  Webhooks *webhooks;
  Outgoing *outgoing;
  GPtrArray *gateways; /* SmsGateway, the configuration's */
};

/* --- who may be written to -------------------------------------------------------------------- */

static const SmsGateway *
gateway_for (const Sms *self, const char *ours)
{
  const SmsGateway *general = NULL;

  for (guint i = 0; i < self->gateways->len; i++)
    {
      const SmsGateway *gateway = g_ptr_array_index (self->gateways, i);

      if (gateway->numbers == NULL)
        general = general != NULL ? general : gateway;
      else if (g_strv_contains ((const char *const *) gateway->numbers, ours))
        return gateway;
    }

  return general;
}

static void
on_opt_out_row (StoreRow *row, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static const char *
channel_refuses (gpointer user_data, Conversation *conversation, gint64 *until)
{
  const Sms *self = user_data;
  gboolean opted_out = FALSE;

  store_query (centre_store (self->centre), NULL, on_opt_out_row, &opted_out, STORE_GET_OPT_OUT,
               model_channel_to_text (MODEL_CHANNEL_SMS), conversation->ours,
               conversation->address);
  if (opted_out)
    return model_code (MODEL_CODE_OPTED_OUT);
  if (gateway_for (self, conversation->ours) == NULL)
    return model_code (MODEL_CODE_NOT_ENABLED);
  /* A name as the sender, as banks have: it cannot be answered. */
  if (strspn (conversation->address, "+0123456789") != strlen (conversation->address))
    return model_code (MODEL_CODE_WRONG_ADDRESS);

  return NULL;
}

static void
channel_limits (gpointer user_data, Conversation *conversation, ChannelLimits *limits)
{
  const SmsGateway *gateway = gateway_for (user_data, conversation->ours);

  limits->segments = gateway != NULL ? gateway->segments : 1;
  limits->text = limits->segments == 1 ? 160 : limits->segments * 153;
}

/* --- sending ---------------------------------------------------------------------------------- */

typedef struct
{
  Sms *self;
  const SmsGateway *gateway;
  Conversation *conversation;
  Message *message;
} Sending;

static char *
id_in (const SmsGateway *gateway, const OutgoingAnswer *answer)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = g_utf8_make_valid (answer->body, (gssize) answer->length);
  g_autofree char *id = NULL;

  if (gateway->id_regex == NULL || !g_regex_match (gateway->id_regex, text, 0, &match))
    return NULL;
  id = g_match_info_fetch (match, 1);

  return *id != '\0' && strlen (id) <= 128 ? g_strconcat (gateway->name, ":", id, NULL) : NULL;
}

/* Longer and longer; conversations_later gives up in the end. */
static void
again_later (Sending *sending, guint asked_for)
{
  gint64 now = g_get_monotonic_time () / 1000;
  gint64 since = (now - sending->conversation->trying_since) / 1000;
  guint wait = (guint) CLAMP (since, 1, WAIT_MAX);

  conversations_later (sending->self->conversations, sending->conversation, sending->message,
                       MAX (wait, asked_for));
}

static void
on_answer (const OutgoingAnswer *answer, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (Message) message = sending->message;
  Conversations *conversations = sending->self->conversations;
  ModelCode code = MODEL_CODE_CONTENT_REFUSED;

  if (answer->status >= 200 && answer->status < 300)
    {
      g_autofree char *id = id_in (sending->gateway, answer);

      conversations_sent (conversations, sending->conversation, message, id);
      return;
    }
  base_log (BASE_LOG_WARNING, "sms", "gateway_refused", "gateway", sending->gateway->name, "status",
            BASE_INT (answer->status), "problem", answer->problem != NULL ? answer->problem : "-",
            NULL);
  if ((answer->status == 0 && !answer->left) || answer->status == 429 || answer->status == 503)
    {
      again_later (sending, answer->retry_after);
      return;
    }
  if (answer->status == 0 || answer->status >= 500)
    code = MODEL_CODE_OUTCOME_UNKNOWN;
  else if (answer->status < 400 || answer->status == 401 || answer->status == 403 ||
           answer->status == 404 || answer->status == 405)
    code = MODEL_CODE_CHANNEL_REFUSED;
  conversations_failed (conversations, sending->conversation, message, model_code (code));
}

static SoupMessage *
request_of (const SmsGateway *gateway, const SmsOrder *order)
{
  g_autofree char *url = sms_gateway_fill (gateway, gateway->url, "url", order);
  SoupMessage *request = soup_message_new (gateway->method, url);

  if (request == NULL)
    return NULL;
  if (gateway->body != NULL)
    {
      char *body = sms_gateway_fill (gateway, gateway->body, gateway->type, order);
      g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));

      soup_message_set_request_body_from_bytes (request, gateway->type, bytes);
    }
  for (guint i = 0; gateway->headers != NULL && gateway->headers[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (gateway->headers[i], ":", 2);

      if (g_strv_length (parts) == 2)
        soup_message_headers_replace (soup_message_get_request_headers (request),
                                      g_strstrip (parts[0]), g_strstrip (parts[1]));
    }

  return request;
}

static void
channel_send (gpointer user_data, Conversation *conversation, Message *message)
{
  Sms *self = user_data;
  const SmsGateway *gateway = gateway_for (self, conversation->ours);
  g_autofree char *from = sms_gateway_number_out (gateway, conversation->ours);
  g_autofree char *to = sms_gateway_number_out (gateway, conversation->address);
  g_autofree char *secret = g_uri_escape_string (gateway->secret, NULL, FALSE);
  g_autofree char *report =
      g_strdup_printf ("%s/sms/%s/report?secret=%s&message=%s%s", webhooks_url (self->webhooks),
                       gateway->name, secret, message->id, gateway->kannel ? "&state=%d" : "");
  SmsOrder order = {
    .from = from,
    .to = to,
    .text = message->text,
    .id = message->id,
    .report = report,
    .unicode = base_sms_measure (message->text).alphabet == BASE_SMS_UCS2,
  };
  SoupMessage *request = request_of (gateway, &order);
  Sending *sending;

  if (request == NULL)
    {
      conversations_failed (self->conversations, conversation, message,
                            model_code (MODEL_CODE_CHANNEL_REFUSED));
      return;
    }
  sending = g_new0 (Sending, 1);
  *sending = (Sending){ self, gateway, conversation, message_ref (message) };
  outgoing_send (self->outgoing, request, on_answer, sending);
}

static const Channel sms_channel = {
  .channel = MODEL_CHANNEL_SMS,
  .limits = channel_limits,
  .refuses = channel_refuses,
  .send = channel_send,
};

/* --- what a gateway calls back ---------------------------------------------------------------- */

typedef struct
{
  Sms *self;
  SoupServerMessage *message;
  char *ours, *address; /* of whom it may be another whether one can write */
} Answering;

static void
answer (Answering *answering, guint status)
{
  webhook_answer_later (answering->message, status, NULL);
  g_free (answering->ours);
  g_free (answering->address);
  g_free (answering);
}

static void
on_received (ConversationOutcome outcome, const Message *message, gpointer user_data)
{
  static const guint statuses[] = { [CONVERSATION_RECEIVED] = 200,
                                    [CONVERSATION_KNOWN] = 200,
                                    [CONVERSATION_NOWHERE] = 404,
                                    [CONVERSATION_NOT_NOW] = 503 };

  answer (user_data, statuses[outcome]);
}

static void
on_opt_out_kept (gpointer user_data)
{
  Answering *answering = user_data;
  Conversations *conversations = answering->self->conversations;
  Conversation *conversation = conversations_between (conversations, MODEL_CHANNEL_SMS,
                                                      answering->ours, answering->address, "");

  if (conversation != NULL)
    conversations_check (conversations, conversation);
  answer (answering, 200);
}

static void
set_opted_out (Answering *answering, gboolean on)
{
  Centre *centre = answering->self->centre;
  StoreBatch *batch = store_batch_new ();
  const char *channel = model_channel_to_text (MODEL_CHANNEL_SMS);

  if (on)
    store_batch_add (batch, STORE_OPT_OUT_SET, channel, answering->ours, answering->address,
                     centre_now (centre));
  else
    store_batch_add (batch, STORE_OPT_OUT_CLEAR, channel, answering->ours, answering->address);
  store_batch_add (batch, STORE_AUDIT_ADD, centre_now (centre), "customer",
                   on ? "opted_out" : "opted_in", NULL, answering->address);
  centre_write (centre, batch, on_opt_out_kept, answering);
}

static void
on_word_received (ConversationOutcome outcome, const Message *message, gpointer user_data)
{
  set_opted_out (user_data, TRUE);
}

static void
on_word_taken_back (ConversationOutcome outcome, const Message *message, gpointer user_data)
{
  set_opted_out (user_data, FALSE);
}

static char **
words_or (char **words, const char *const *otherwise)
{
  return words != NULL && words[0] != NULL ? words : (char **) otherwise;
}

/* STOP and its like stand in the conversation where somebody works on it, and make no work. */
static void
receive (Sms *self, const ConversationIncoming *incoming, Answering *answering)
{
  static const char *const stop[] = { "STOP",       "STOPALL", "UNSUBSCRIBE", "ARRET", "ARRÊT",
                                      "DESABONNER", "СТОП",    "СПРИ",        NULL };
  static const char *const start[] = { "START", "UNSTOP", "REPRENDRE", "СТАРТ", NULL };
  const ModelDefinitions *definitions = centre_definitions (self->centre);
  const ModelSettings *settings = definitions != NULL ? &definitions->settings : NULL;
  Conversation *conversation = conversations_between (self->conversations, MODEL_CHANNEL_SMS,
                                                      incoming->ours, incoming->address, "");
  gboolean stops =
      settings != NULL && sms_is_word (incoming->text, words_or (settings->stop_words, stop));
  gboolean starts = settings != NULL && !stops &&
                    sms_is_word (incoming->text, words_or (settings->start_words, start));

  if (!stops && !starts)
    conversations_receive (self->conversations, incoming, on_received, answering);
  else if (conversation != NULL && conversation->state != CONVERSATION_ENDED)
    conversations_receive (self->conversations, incoming,
                           stops ? on_word_received : on_word_taken_back, answering);
  else
    set_opted_out (answering, stops);
}

static void
take_message (Sms *self,
              const SmsGateway *gateway,
              const SmsCallback *callback,
              const WebhookRequest *request)
{
  g_autofree char *from = sms_callback_get (callback, gateway->field_from);
  g_autofree char *to = sms_callback_get (callback, gateway->field_to);
  g_autofree char *id = sms_callback_get (callback, gateway->field_id);
  g_autofree char *text = sms_callback_text (callback, gateway->field_text);
  g_autofree char *address = from != NULL ? sms_number (from) : NULL;
  g_autofree char *ours = to != NULL ? sms_number (to) : NULL;
  g_autofree char *name = NULL;
  ConversationIncoming incoming = { .channel = MODEL_CHANNEL_SMS };
  Answering *answering;

  if (address == NULL || ours == NULL || *address == '\0' || strlen (address) > 32 ||
      strlen (ours) > 32)
    {
      webhook_answer (request->message, 400, "a message has from, to, text and id");
      return;
    }
  /* Without a name of its own every callback is another message. */
  name = id != NULL && *id != '\0' && strlen (id) <= 128
             ? g_strconcat (gateway->name, ":", id, NULL)
             : g_uuid_string_random ();
  incoming.ours = ours;
  incoming.address = address;
  incoming.number = address;
  incoming.external_id = name;
  incoming.text = text != NULL ? text : "";
  answering = g_new0 (Answering, 1);
  *answering =
      (Answering){ self, webhook_pause (request->message), g_strdup (ours), g_strdup (address) };
  receive (self, &incoming, answering);
}

static void
take_report (Sms *self,
             const SmsGateway *gateway,
             const SmsCallback *callback,
             const WebhookRequest *request)
{
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
    conversations_report_own (self->conversations, ours, event, reason);
  else if ((delivered || failed) && name != NULL)
    conversations_report (self->conversations, MODEL_CHANNEL_SMS, name, event, reason);
  webhook_answer (request->message, state != NULL ? 200 : 400, NULL);
}

static void
on_callback (const WebhookRequest *request, gpointer user_data)
{
  Sms *self = user_data;
  const SmsGateway *gateway = NULL;
  g_autoptr (SmsCallback) callback = NULL;
  g_autofree char *secret = NULL;
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "X-Guichet-Secret");

  for (guint i = 0; i < self->gateways->len && gateway == NULL; i++)
    if (g_strcmp0 (((SmsGateway *) g_ptr_array_index (self->gateways, i))->name,
                   request->rest[0]) == 0)
      gateway = g_ptr_array_index (self->gateways, i);
  if (gateway == NULL || request->rest[1] == NULL ||
      (!g_str_equal (request->method, "GET") && !g_str_equal (request->method, "POST")))
    {
      webhook_answer (request->message, 404, NULL);
      return;
    }
  callback = sms_callback_parse (request->query, request->type, request->body);
  if (callback != NULL && header == NULL)
    secret = sms_callback_get (callback, "secret");
  if (callback == NULL)
    webhook_answer (request->message, 400, NULL);
  else if (!webhook_secret_is (header != NULL ? header : secret, gateway->secret))
    {
      base_log (BASE_LOG_WARNING, "sms", "wrong_secret", "gateway", gateway->name, "source",
                request->source, NULL);
      webhook_answer (request->message, 403, NULL);
    }
  else if (g_str_equal (request->rest[1], "in"))
    take_message (self, gateway, callback, request);
  else if (g_str_equal (request->rest[1], "report"))
    take_report (self, gateway, callback, request);
  else
    webhook_answer (request->message, 404, NULL);
}

/* --- life ------------------------------------------------------------------------------------- */

Sms *
sms_new (Centre *centre, Webhooks *webhooks)
{
  Sms *self = g_new0 (Sms, 1);

  self->centre = centre;
  self->conversations = centre_conversations (centre);
  self->webhooks = webhooks;
  self->gateways = centre_config (centre)->gateways;
  self->outgoing = outgoing_new (TIMEOUT);
  conversations_connect (self->conversations, &sms_channel, self);
  webhooks_add (webhooks, "sms", on_callback, self);

  return self;
}

void
sms_free (Sms *self)
{
  if (self == NULL)
    return;
  webhooks_remove (self->webhooks, "sms");
  conversations_disconnect (self->conversations, &sms_channel);
  outgoing_free (self->outgoing);
  g_free (self);
}
