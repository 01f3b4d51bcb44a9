/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who a customer is: asked of Meta when somebody without a name writes, not too often, and kept
 * with the work; later work takes it from there. Where Meta does not say it, the customer stays
 * without a name. Centre's thread. */

#include "base/log.h"
#include "server/api/limit.h"
#include "server/channels/meta/graph.h"
#include "server/channels/meta/meta-private.h"

#define NAME_LENGTH 128              /* characters */
#define AGAIN       (60 * 60 * 1000) /* ms until one who had no name is asked for again */
#define ASKED_MAX   10000
#define RATE        2 /* a second, of one account */
#define BURST       30

struct _MetaProfiles
{
  Meta *meta;
  GHashTable *asked; /* "account customer" → gint64: when (monotonic, ms) */
  Limit *limit;
};

typedef struct
{
  MetaProfiles *self;
  const MetaAccount *account;
  ModelChannel channel;
  char *customer;
} Asking;

MetaProfiles *
meta_profiles_new (Meta *meta)
{
  MetaProfiles *self = g_new0 (MetaProfiles, 1);

  self->meta = meta;
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->limit = limit_new (RATE, BURST);

  return self;
}

void
meta_profiles_free (MetaProfiles *self)
{
  g_hash_table_unref (self->asked);
  limit_free (self->limit);
  g_free (self);
}

/* The open work of this customer, if nobody knows who it is. */
static Record *
nameless (MetaProfiles *self, ModelChannel channel, const char *account, const char *customer)
{
  Conversation *conversation =
      conversations_between (self->meta->conversations, channel, account, customer, "");
  Record *record =
      conversation != NULL ? centre_record (self->meta->centre, conversation->interaction) : NULL;

  return record != NULL && record->name == NULL && record->customer == NULL ? record : NULL;
}

static void
keep (MetaProfiles *self, Record *record, const char *name)
{
  g_autofree char *clean = message_clean (name);
  StoreBatch *batch;

  if (clean == NULL)
    return;
  g_strdelimit (clean, "\n\t", ' ');
  g_free (record->name);
  record->name = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), NAME_LENGTH));
  batch = store_batch_new ();
  store_batch_add (batch, STORE_INTERACTION_NAME, record->text, record->name);
  centre_touch (self->meta->centre, record, "customer", batch, NULL, NULL);
}

static void
on_answer (const OutgoingAnswer *answer, gpointer user_data)
{
  Asking *asking = user_data;
  g_autofree char *name = meta_graph_profile (answer->status, answer->body, answer->length);
  Record *record = nameless (asking->self, asking->channel, asking->account->id, asking->customer);

  if (name == NULL)
    base_log (BASE_LOG_INFO, "meta", "no_name", "account", asking->account->name, "status",
              BASE_INT (answer->status), NULL);
  else if (record != NULL)
    keep (asking->self, record, name);
  g_free (asking->customer);
  g_free (asking);
}

/* Whether it is time to ask, which it then is not for a while. */
static gboolean
may_ask (MetaProfiles *self, const MetaAccount *account, const char *customer)
{
  gint64 now = g_get_monotonic_time () / 1000;
  g_autofree char *key = g_strjoin (" ", account->name, customer, NULL);
  const gint64 *before = g_hash_table_lookup (self->asked, key);
  gint64 *at;

  if (g_strcmp0 (account->profiles, "no") == 0 || (before != NULL && now - *before < AGAIN) ||
      limit_take (self->limit, account->name, now) > 0)
    return FALSE;
  if (g_hash_table_size (self->asked) >= ASKED_MAX)
    g_hash_table_remove_all (self->asked);
  at = g_new (gint64, 1);
  *at = now;
  g_hash_table_replace (self->asked, g_steal_pointer (&key), at);

  return TRUE;
}

void
meta_profiles_look (MetaProfiles *self,
                    ModelChannel channel,
                    const char *account_id,
                    const char *customer)
{
  const MetaAccount *account = meta_account_of (self->meta, channel, account_id);
  g_autofree char *id = g_uri_escape_string (customer, NULL, FALSE);
  g_autofree char *path = g_strconcat (
      id, "?fields=",
      channel == MODEL_CHANNEL_INSTAGRAM ? "name,username" : "name,first_name,last_name", NULL);
  SoupMessage *request;
  Asking *asking;

  if (account == NULL || nameless (self, channel, account_id, customer) == NULL ||
      !may_ask (self, account, customer))
    return;
  request = meta_request (account, "GET", path);
  if (request == NULL)
    return;
  asking = g_new0 (Asking, 1);
  *asking = (Asking){ self, account, channel, g_strdup (customer) };
  outgoing_send (self->meta->outgoing, request, on_answer, asking);
}
