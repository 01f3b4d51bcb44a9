/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of sessions. Centre's thread. */
#include "server/centre/sessions.h"

#include "base/ids.h"
#include "base/json.h"

struct _Sessions
{
  Secrets *secrets;
  GHashTable *by_agent; /* agent → Session, owned */
  GHashTable *by_hash;  /* token_hash → Session */
};

Sessions *
sessions_new (Secrets *secrets)
{
  Sessions *self = g_new0 (Sessions, 1);

  self->secrets = secrets;
  self->by_agent =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) session_free);
  self->by_hash = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
sessions_free (Sessions *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_hash);
  g_hash_table_unref (self->by_agent);
  g_free (self);
}

Session *
session_new (ModelId number,
             const char *agent,
             const char *token,
             ModelStation station,
             const char *address,
             gint64 at)
{
  Session *session = g_new0 (Session, 1);
  char text[MODEL_ID_TEXT_SIZE];

  session->number = number;
  session->id = g_strdup (model_id_to_text (MODEL_ID_SESSION, number, text));
  session->agent = g_strdup (agent);
  session->token_hash = secrets_hash_token (token);
  session->station = station;
  session->address = g_strdup (address);
  session->at = at;

  return session;
}

void
session_free (Session *session)
{
  g_free (session->id);
  g_free (session->agent);
  g_free (session->token_hash);
  g_free (session->address);
  g_free (session->phone_reason);
  g_free (session);
}

void
session_store (const Session *session, StoreBatch *batch)
{
  JsonObject *station = json_object_new ();
  g_autofree char *text = NULL;

  base_json_set_string (station, "kind", model_station_to_text (session->station));
  base_json_set_string (station, "address", session->address);
  text = base_json_to_text (station);
  json_object_unref (station);
  store_batch_add (batch, STORE_SESSION_SET, session->id, session->agent, session->token_hash, text,
                   session->at);
}

char *
session_sip_password (Sessions *self, const Session *session)
{
  /* The token's hash makes it new with every sign-in. */
  g_autofree char *purpose =
      g_strjoin (" ", "sip", session->agent, session->id, session->token_hash, NULL);

  return secrets_derive (self->secrets, purpose);
}

static void
on_session_row (StoreRow *row, gpointer user_data)
{
  Sessions *self = user_data;
  Session *session = g_new0 (Session, 1);
  const char *text = store_row_text (row, 3);
  g_autoptr (JsonNode) node = base_json_parse (text, strlen (text), NULL, NULL);
  BaseJson root;
  const char *kind = "softphone", *address = NULL;
  ModelStation station = MODEL_STATION_SOFTPHONE;

  session->id = g_strdup (store_row_text (row, 0));
  session->agent = g_strdup (store_row_text (row, 1));
  session->token_hash = g_strdup (store_row_text (row, 2));
  session->at = store_row_int (row, 4);
  model_id_from_text (MODEL_ID_SESSION, session->id, &session->number);
  if (node != NULL && base_json_root (&root, node, NULL))
    {
      base_json_opt_string (&root, "kind", 32, "softphone", &kind, NULL);
      base_json_opt_string (&root, "address", 256, NULL, &address, NULL);
    }
  model_station_from_text (kind, &station);
  session->station = station;
  session->address = g_strdup (address);
  sessions_set (self, session);
}

gboolean
sessions_load (Sessions *self, Store *store, GError **error)
{
  return store_query (store, error, on_session_row, self, STORE_GET_SESSIONS);
}

void
sessions_set (Sessions *self, Session *session)
{
  sessions_remove (self, session->agent);
  g_hash_table_insert (self->by_agent, session->agent, session);
  g_hash_table_insert (self->by_hash, session->token_hash, session);
}

void
sessions_remove (Sessions *self, const char *agent)
{
  Session *session = g_hash_table_lookup (self->by_agent, agent);

  if (session == NULL)
    return;
  g_hash_table_remove (self->by_hash, session->token_hash);
  g_hash_table_remove (self->by_agent, agent);
}

Session *
sessions_by_agent (Sessions *self, const char *agent)
{
  return g_hash_table_lookup (self->by_agent, agent);
}

Session *
sessions_by_token (Sessions *self, const char *token)
{
  g_autofree char *hash = secrets_hash_token (token);

  return g_hash_table_lookup (self->by_hash, hash);
}

void
sessions_each (Sessions *self,
               void (*each) (Session *session, gpointer user_data),
               gpointer user_data)
{
  g_autoptr (GList) all = g_hash_table_get_values (self->by_agent);

  for (GList *l = all; l != NULL; l = l->next)
    each (l->data, user_data);
}

gboolean
station_is_fixed (ModelStation station, const char *address)
{
  return station == MODEL_STATION_OUTSIDE ||
         (station == MODEL_STATION_DESK_PHONE && address != NULL);
}

gboolean
session_has_fixed_station (const Session *session)
{
  return station_is_fixed (session->station, session->address);
}
