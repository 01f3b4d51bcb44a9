/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The channel of SMS. Centre's thread. */

#include "server/channels/sms/sms.h"

#include "server/channels/sms/sms-private.h"

#include <string.h>

#define TIMEOUT  30 /* seconds for a gateway's answer */
#define FILES    5  /* of one MMS */
#define FILE_MAX (2 * 1024 * 1024)

/* --- who may be written to -------------------------------------------------------------------- */

const SmsGateway *
sms_gateway_for (const Sms *self, const char *ours)
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
  if (sms_gateway_for (self, conversation->ours) == NULL)
    return model_code (MODEL_CODE_NOT_ENABLED);
  /* A name as the sender, as banks have: it cannot be answered. */
  if (strspn (conversation->address, "+0123456789") != strlen (conversation->address))
    return model_code (MODEL_CODE_WRONG_ADDRESS);

  return NULL;
}

static void
channel_limits (gpointer user_data, Conversation *conversation, ChannelLimits *limits)
{
  const SmsGateway *gateway = sms_gateway_for (user_data, conversation->ours);

  limits->segments = gateway != NULL ? gateway->segments : 1;
  limits->text = limits->segments == 1 ? 160 : limits->segments * 153;
  if (gateway == NULL || gateway->media == NULL)
    return;
  limits->attachments = FILES;
  limits->attachment_size = FILE_MAX;
  limits->all_size = (gint64) FILES * FILE_MAX;
}

static gboolean
channel_fetches (gpointer user_data, Conversation *conversation, FetchRules *rules)
{
  const SmsGateway *gateway = sms_gateway_for (user_data, conversation->ours);

  if (gateway == NULL)
    return FALSE;
  *rules = (FetchRules){ .hosts = (const char *const *) gateway->media_hosts,
                         .loopback = g_strcmp0 (gateway->media_loopback, "yes") == 0,
                         .user = gateway->media_user,
                         .password = gateway->media_password,
                         .size_max = SMS_INCOMING_MAX };

  return TRUE;
}

static const Channel sms_channel = {
  .channel = MODEL_CHANNEL_SMS,
  .limits = channel_limits,
  .refuses = channel_refuses,
  .send = sms_send,
  .fetches = channel_fetches,
};

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
  sms_incoming_begin (self);
  self->links = media_links_new (centre, webhooks);

  return self;
}

void
sms_free (Sms *self)
{
  if (self == NULL)
    return;
  sms_incoming_end (self);
  conversations_disconnect (self->conversations, &sms_channel);
  outgoing_free (self->outgoing);
  media_links_free (self->links);
  g_free (self);
}
