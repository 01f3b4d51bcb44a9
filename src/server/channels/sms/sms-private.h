/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the channel of SMS, for its own files. Centre's thread. */
#pragma once

#include "server/channels/conversations.h"
#include "server/channels/media-links.h"
#include "server/channels/outgoing.h"
#include "server/channels/sms/gateway.h"
#include "server/channels/sms/sms.h"

G_BEGIN_DECLS

struct _Sms
{
  Centre *centre;
  Conversations *conversations;
  Webhooks *webhooks;
  Outgoing *outgoing;
  MediaLinks *links;
  GPtrArray *gateways;  /* SmsGateway, the configuration's */
  GThreadPool *reader;  /* of long callbacks, one after the other */
  GPtrArray *callbacks; /* those that are not answered yet */
};

#define SMS_INCOMING_MAX (10 * 1024 * 1024) /* bytes of a customer's file */

/* --- sms.c --- */

/* Through which messages from this number of ours go, or NULL. */
const SmsGateway *sms_gateway_for (const Sms *self, const char *ours);

/* --- incoming.c --- */

/* From now on gateways may call back; until then. */
void sms_incoming_begin (Sms *self);
void sms_incoming_end (Sms *self);

/* --- send.c --- */

/* Channel.send */
void sms_send (gpointer user_data, Conversation *conversation, Message *message);

G_END_DECLS
