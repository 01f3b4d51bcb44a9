/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a request to its handler: route, rate, token, body, idempotency, in this order.
 * Centre's thread. */

#include "server/api/call.h"

#include "base/ids.h"
#include "base/source.h"

#include <string.h>

#define BODY_MAX  (256 * 1024)
#define APPLY_MAX (64 * 1024 * 1024)

static char *
hash_of (const char *method, const char *path, GBytes *body)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (sum, (const guchar *) method, -1);
  g_checksum_update (sum, (const guchar *) " ", 1);
  g_checksum_update (sum, (const guchar *) path, -1);
  g_checksum_update (sum, (const guchar *) " ", 1);
  if (g_bytes_get_size (body) > 0)
    g_checksum_update (sum, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));

  return g_strdup (g_checksum_get_string (sum));
}

static gboolean
too_many (ApiCall *call, Limit *limit, const char *name)
{
  guint wait = limit_take (limit, name, centre_now (call->centre));
  JsonObject *more;
  g_autofree char *text = NULL;

  if (wait == 0)
    return FALSE;
  more = json_object_new ();
  json_object_set_int_member (more, "retry_after", wait);
  text = g_strdup_printf ("%u", wait);
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message),
                                "Retry-After", text);
  api_call_problem (call, 429, "too_many", more, NULL);

  return TRUE;
}

static gboolean
too_many_of_source (ApiCall *call)
{
  g_autofree char *source = base_source_key (call->peer);

  return too_many (call, call->api->strangers, source);
}

/* FALSE: answered. */
static gboolean
authenticate (ApiCall *call)
{
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (call->message), "Authorization");
  const char *token = NULL;

  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    token = header + 7;
  if (token != NULL && strlen (token) <= 128)
    call->session = sessions_by_token (centre_sessions (call->centre), token);
  if (call->session != NULL)
    {
      call->agent = g_intern_string (call->session->agent);
      return !too_many (call, call->api->agents, call->agent);
    }
  /* Guessing tokens counts like any other knocking. */
  if (!too_many_of_source (call))
    api_call_problem (call, 401, "not_signed_in", NULL, NULL);

  return FALSE;
}

static gboolean
read_body (ApiCall *call, GBytes *body)
{
  BaseJsonLimits limits = { .max_size = BODY_MAX, .max_depth = 32 };
  g_autoptr (GError) error = NULL;

  if (call->route->flags & API_ROUTE_ADMIN)
    limits.max_size = APPLY_MAX;
  if (g_bytes_get_size (body) == 0)
    {
      call->node = base_json_node_take_object (json_object_new ());
      return base_json_root (&call->body, call->node, NULL);
    }
  call->node = base_json_parse_bytes (body, &limits, &error);
  if (call->node != NULL && base_json_root (&call->body, call->node, &error))
    return TRUE;
  api_call_bad_body (call, error);

  return FALSE;
}

typedef struct
{
  char *hash, *body;
  guint status;
} Kept;

static void
on_answer_row (StoreRow *row, gpointer user_data)
{
  Kept *kept = user_data;

  kept->hash = g_strdup (store_row_text (row, 0));
  kept->status = (guint) store_row_int (row, 1);
  kept->body = g_strdup (store_row_text (row, 2));
}

static void
repeat (ApiCall *call, const Kept *kept)
{
  g_autoptr (JsonNode) node = NULL;

  if (!g_str_equal (kept->hash, call->hash))
    {
      api_call_problem (call, 422, "idempotency_mismatch", NULL, NULL);
      return;
    }
  node = base_json_parse (kept->body, strlen (kept->body), NULL, NULL);
  api_call_reply (call, kept->status, json_node_dup_object (node));
}

static void
wait_for (ApiCall *call, ApiCall *first, const char *name)
{
  GPtrArray *waiting = g_hash_table_lookup (call->api->waiting, name);

  if (!g_str_equal (first->hash, call->hash))
    {
      g_clear_pointer (&call->key, g_free);
      api_call_problem (call, 422, "idempotency_mismatch", NULL, NULL);
      return;
    }
  if (waiting == NULL)
    {
      waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) api_call_unref);
      g_hash_table_insert (call->api->waiting, g_strdup (name), waiting);
    }
  g_ptr_array_add (waiting, api_call_ref (call));
}

/* NULL: answered. */
static const char *
read_key (ApiCall *call)
{
  const char *key = soup_message_headers_get_one (
      soup_server_message_get_request_headers (call->message), "Idempotency-Key");
  gsize length = key != NULL ? strlen (key) : 0;
  gboolean printable = TRUE;

  for (gsize i = 0; i < length; i++)
    printable = printable && g_ascii_isgraph (key[i]);
  if (length == 0 || length > 64 || !printable)
    {
      JsonObject *more = json_object_new ();

      base_json_set_string (more, "header", "Idempotency-Key");
      json_object_set_int_member (more, "limit", 64);
      api_call_problem (call, 400, "bad_request", more, "1 to 64 printable characters");
      return NULL;
    }

  return key;
}

/* FALSE: answered, or waiting for the first of its key. */
static gboolean
check_key (ApiCall *call, const char *path, GBytes *body)
{
  const char *key = read_key (call);
  g_autofree char *name = NULL;
  ApiCall *first;
  Kept kept = { 0 };

  if (key == NULL)
    return FALSE;
  call->hash = hash_of (call->route->method, path, body);
  store_query (centre_store (call->centre), NULL, on_answer_row, &kept, STORE_GET_ANSWER,
               call->agent, key);
  if (kept.hash != NULL)
    {
      repeat (call, &kept);
      g_free (kept.hash);
      g_free (kept.body);
      return FALSE;
    }
  call->key = g_strdup (key);
  name = g_strconcat (call->agent, " ", key, NULL);
  first = g_hash_table_lookup (call->api->in_flight, name);
  if (first != NULL)
    {
      wait_for (call, first, name);
      return FALSE;
    }
  g_hash_table_insert (call->api->in_flight, g_steal_pointer (&name), call);

  return TRUE;
}

static char *
peer_of (SoupServerMessage *message)
{
  const char *host = soup_server_message_get_remote_host (message);

  return g_strdup (host != NULL ? host : "local");
}

static ApiCall *
call_new (Api *api, SoupServerMessage *message, GHashTable *query)
{
  ApiCall *call = g_new0 (ApiCall, 1);

  call->references = 1;
  call->api = api;
  call->centre = api->centre;
  call->message = g_object_ref (message);
  call->query = query != NULL ? g_hash_table_ref (query) : NULL;
  call->peer = peer_of (message);

  return call;
}

static GBytes *
body_of (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  /* A file went elsewhere as it came. */
  if (!soup_message_body_get_accumulate (body))
    return g_bytes_new_static ("", 0);

  return soup_message_body_flatten (body);
}

static void
run (ApiCall *call, const char *path)
{
  g_autoptr (GBytes) body = body_of (call->message);

  if (call->route->flags & API_ROUTE_ADMIN)
    call->agent = "administrator";
  else if (call->route->flags & API_ROUTE_OPEN)
    {
      if (too_many_of_source (call))
        return;
    }
  else if (!authenticate (call))
    return;
  if (call->route->flags & API_ROUTE_FILE)
    {
      call->key = g_strdup (read_key (call));
      if (call->key != NULL)
        call->route->handler (call);
      return;
    }
  if ((call->route->flags & API_ROUTE_COMMAND) && !check_key (call, path, body))
    return;
  if (read_body (call, body))
    call->route->handler (call);
}

void
api_dispatch (Api *api, SoupServerMessage *message, const char *path, GHashTable *query)
{
  g_autoptr (ApiCall) call = call_new (api, message, query);
  const char *method = soup_server_message_get_method (message);
  gboolean admin = g_object_get_data (G_OBJECT (message), "admin") != NULL;
  gboolean known_path = FALSE;

  soup_server_message_pause (message);
  call->route = api_route_find (method, path, admin, call->parameters, &known_path);
  if (call->route != NULL)
    run (call, path);
  else if (known_path)
    api_call_problem (call, 405, "bad_request", NULL, "method not allowed");
  else
    api_call_not_found (call);
}
