/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of Facebook's and Instagram's channels, for their own files. Centre's thread. */
#pragma once

#include "server/channels/conversations.h"
#include "server/channels/meta/account.h"
#include "server/channels/meta/meta.h"
#include "server/channels/outgoing.h"

G_BEGIN_DECLS

typedef struct _MetaProfiles MetaProfiles;

struct _Meta
{
  Centre *centre;
  Conversations *conversations;
  Webhooks *webhooks;
  Outgoing *outgoing;
  MetaProfiles *profiles;
  GPtrArray *accounts; /* MetaAccount, the configuration's */
  GHashTable *resting; /* MetaAccount → gint64: until when nothing is sent (monotonic, ms) */
};

/* --- meta.c --- */

/* NULL: none of the configuration. */
const MetaAccount *meta_account_of (const Meta *self, ModelChannel channel, const char *id);

/* --- send.c --- */

/* Channel.send: the text, then each file, each a message of its own at Meta's. */
void meta_send (gpointer user_data, Conversation *conversation, Message *message);
/* With the account's token; NULL: the address is none. */
SoupMessage *meta_request (const MetaAccount *account, const char *method, const char *path);

/* --- profile.c --- */

MetaProfiles *meta_profiles_new (Meta *meta);
void meta_profiles_free (MetaProfiles *self);
/* This customer has written: asks for the name, where it is not known. */
void meta_profiles_look (MetaProfiles *self,
                         ModelChannel channel,
                         const char *account_id,
                         const char *customer);

G_END_DECLS
