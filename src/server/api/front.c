/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guarded listener, for agents and for customers alike. It owns its connections, in shards.
 * Centre's thread. */

#include "server/api/front.h"

#include "base/log.h"
#include "base/source.h"
#include "server/api/http-check.h"
#include "server/api/shards.h"

#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#define BACKLOG      4096  /* connections that wait in the kernel; it may have a lower limit */
#define HEAD_TIMEOUT 10000 /* ms for a head once it has begun, and for a TLS handshake */
#define IDLE_TIMEOUT 75000 /* ms without a byte on a connection that is no stream */

struct _Front
{
  SoupServer *server;
  GSocketService *service;
  GTlsCertificate *certificate;
  GHashTable *connections; /* GuardStream → its Shard */
  Shards *shards;
  guint sweep_source;
  guint max_connections;
  FrontFileFunc file;
  gpointer file_data;
  FrontLongFunc long_body;
  gpointer long_data;
};

/* --- connections ------------------------------------------------------------------------------ */

static void
on_guard_gone (gpointer user_data, GObject *where_it_was)
{
  Front *self = user_data;

  shard_release (g_hash_table_lookup (self->connections, where_it_was));
  g_hash_table_remove (self->connections, where_it_was);
}

static void
refuse_full (GIOStream *connection)
{
  static const char answer[] =
      "HTTP/1.1 503 Full\r\nContent-Type: application/problem+json\r\nRetry-After: 10\r\n"
      "Content-Length: 45\r\nConnection: close\r\n\r\n"
      "{\"type\":\"urn:guichet:error:full\",\"status\":503}";
  GOutputStream *output = g_io_stream_get_output_stream (connection);

  g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), answer,
                                              sizeof answer - 1, NULL, NULL);
  g_io_stream_close (connection, NULL, NULL);
}

static gboolean
on_connection (GSocketService *service,
               GSocketConnection *connection,
               GObject *source,
               gpointer user_data)
{
  Front *self = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GIOStream) inner = G_IO_STREAM (g_object_ref (connection));
  g_autoptr (GIOStream) guard = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *peer = NULL;
  Shard *shard;

  if (remote == NULL || local == NULL)
    return TRUE;
  if (g_hash_table_size (self->connections) >= self->max_connections)
    {
      base_log (BASE_LOG_WARNING, "api", "connections_full", NULL);
      refuse_full (inner);
      return TRUE;
    }
  /* What waits in the kernel counts as sent: keep it small, so that a slow reader shows. */
  g_socket_set_option (g_socket_connection_get_socket (connection), SOL_SOCKET, SO_SNDBUF, 65536,
                       NULL);
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, 1,
                       NULL);
  if (self->certificate != NULL)
    {
      GIOStream *tls = g_tls_server_connection_new (inner, self->certificate, &error);

      if (tls == NULL)
        {
          base_log_failure (BASE_LOG_WARNING, "api", "tls_failed", error);
          return TRUE;
        }
      g_object_unref (inner);
      inner = tls;
    }
  peer =
      g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  guard = guard_stream_new (inner, peer);
  g_object_set_data_full (G_OBJECT (remote), "socket",
                          g_object_ref (g_socket_connection_get_socket (connection)),
                          g_object_unref);
  shard =
      shards_enter (self->shards, g_socket_get_fd (g_socket_connection_get_socket (connection)));
  g_hash_table_insert (self->connections, guard, shard);
  g_object_weak_ref (G_OBJECT (guard), on_guard_gone, self);
  if (!soup_server_accept_iostream (self->server, guard, local, remote, &error))
    base_log_failure (BASE_LOG_WARNING, "api", "connection_refused", error);
  shard_leave (shard);

  return TRUE;
}

static gboolean
on_sweep (gpointer user_data)
{
  Front *self = user_data;
  g_autoptr (GPtrArray) late = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = g_get_monotonic_time () / 1000;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      gboolean in_head;
      gint64 quiet = now - guard_stream_last_active (key, &in_head);

      if (!guard_stream_is_upgraded (key) && quiet > (in_head ? HEAD_TIMEOUT : IDLE_TIMEOUT))
        g_ptr_array_add (late, g_object_ref (key));
    }
  for (guint i = 0; i < late->len; i++)
    g_io_stream_close (g_ptr_array_index (late, i), NULL, NULL);

  return G_SOURCE_CONTINUE;
}

/* libsoup keeps a connection open after its first answer only while it has a listener of its own
 * (soup_server's request_finished). This one can never be reached: a socket without a name. */
static gboolean
keep_connections (SoupServer *server, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return FALSE;
  socket = g_socket_new_from_fd (ends[0], error);
  g_object_set_data_full (G_OBJECT (server), "other-end", g_socket_new_from_fd (ends[1], NULL),
                          g_object_unref);

  return socket != NULL && soup_server_listen_socket (server, socket, 0, error);
}

/* --- files ------------------------------------------------------------------------------------ */

static void
on_chunk (SoupServerMessage *message, GBytes *bytes, gpointer user_data)
{
  FilesWrite *write = g_object_get_data (G_OBJECT (message), "file");

  if (write != NULL)
    files_write_add (write, bytes);
}

static void
judge_long (Front *self, SoupServerMessage *message, const char *path, GHashTable *query)
{
  guint status =
      self->long_body != NULL ? self->long_body (message, path, query, self->long_data) : 413;

  if (status == 0)
    return;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data (G_OBJECT (message), "refused", GUINT_TO_POINTER (status));
}

/* A file goes to the disk as it comes, or nowhere: it is never gathered in memory. */
static void
on_head (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  Front *self = user_data;
  FilesWrite *write = NULL;

  if (!g_str_has_suffix (path, "/attachments") ||
      !g_str_equal (soup_server_message_get_method (message), "POST"))
    {
      if (soup_message_headers_get_content_length (
              soup_server_message_get_request_headers (message)) > HTTP_BODY_MAX)
        judge_long (self, message, path, query);
      return;
    }
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (self->file != NULL)
    write = self->file (message, path, self->file_data);
  if (write == NULL)
    return;
  g_object_set_data_full (G_OBJECT (message), "file", write, (GDestroyNotify) files_write_drop);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), NULL);
}

void
front_set_files (Front *self, FrontFileFunc func, gpointer user_data)
{
  self->file = func;
  self->file_data = user_data;
}

void
front_set_long (Front *self, FrontLongFunc func, gpointer user_data)
{
  self->long_body = func;
  self->long_data = user_data;
}

guint
front_refused (SoupServerMessage *message)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (message), "refused"));
}

FilesWrite *
front_take_file (SoupServerMessage *message)
{
  return g_object_steal_data (G_OBJECT (message), "file");
}

char *
front_file_name (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *disposition = NULL;

  if (!soup_message_headers_get_content_disposition (headers, &disposition, &parameters) ||
      parameters == NULL)
    return NULL;

  return g_strdup (g_hash_table_lookup (parameters, "filename"));
}

void
front_send_file (SoupServerMessage *message, const char *name, const char *type, GBytes *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *disposition = g_strconcat ("attachment; filename*=UTF-8''", escaped, NULL);

  soup_message_headers_replace (headers, "Content-Type", type);
  soup_message_headers_replace (headers, "Content-Disposition", disposition);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'; sandbox");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Cache-Control", "private, no-store");
  soup_server_message_set_status (message, 200, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), bytes);
}

/* --- making it -------------------------------------------------------------------------------- */

Front *
front_new (guint max_connections, SoupServerCallback handler, gpointer user_data)
{
  Front *self = g_new0 (Front, 1);

  self->max_connections = max_connections;
  self->server = soup_server_new ("server-header", NULL, NULL);
  self->connections = g_hash_table_new (NULL, NULL);
  self->shards = shards_new ();
  soup_server_add_handler (self->server, NULL, handler, user_data, NULL);
  soup_server_add_early_handler (self->server, NULL, on_head, self, NULL);
  self->sweep_source = g_timeout_add_seconds (2, on_sweep, self);

  return self;
}

void
front_stop (Front *self)
{
  if (self->service != NULL)
    g_socket_service_stop (self->service);
  g_clear_object (&self->service);
}

void
front_free (Front *self)
{
  GHashTableIter iter;
  gpointer key;

  if (self == NULL)
    return;
  g_source_remove (self->sweep_source);
  front_stop (self);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_object_weak_unref (key, on_guard_gone, self);
  g_hash_table_unref (self->connections);
  shards_free (self->shards);
  g_clear_object (&self->certificate);
  g_free (self);
}

gboolean
front_listen (Front *self,
              const char *host,
              guint16 port,
              const char *certificate,
              const char *key,
              char **url,
              GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (host, port);
  g_autoptr (GSocketAddress) effective = NULL;
  gboolean bracket = strchr (host, ':') != NULL;

  if (certificate != NULL)
    {
      self->certificate = g_tls_certificate_new_from_files (certificate, key, error);
      if (self->certificate == NULL)
        {
          g_prefix_error (error, "%s: ", certificate);
          return FALSE;
        }
    }
  if (!keep_connections (self->server, error))
    return FALSE;
  self->service = g_socket_service_new ();
  /* All desks of a centre may come back in the same second. */
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &effective,
                                      error))
    {
      g_prefix_error (error, "%s:%u: ", host, port);
      return FALSE;
    }
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_connection), self);
  *url = g_strdup_printf ("%s://%s%s%s:%u", self->certificate != NULL ? "https" : "http",
                          bracket ? "[" : "", host, bracket ? "]" : "",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective)));

  return TRUE;
}

guint
front_connections (Front *self)
{
  return g_hash_table_size (self->connections);
}

/* libsoup does not look at a connection while its request waits. */
GSource *
front_gone_source (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  GSocket *socket = remote != NULL ? g_object_get_data (G_OBJECT (remote), "socket") : NULL;

  return socket != NULL ? g_unix_fd_source_new (g_socket_get_fd (socket),
                                                (GIOCondition) (POLLRDHUP | POLLHUP | POLLERR))
                        : NULL;
}

/* The guard under a connection, below TLS where there is TLS. */
static GuardStream *
guard_of (GIOStream *stream)
{
  g_autoptr (GIOStream) base = NULL;

  if (GUARD_IS_STREAM (stream))
    return GUARD_STREAM (g_object_ref (stream));
  g_object_get (stream, "base-iostream", &base, NULL);

  return GUARD_IS_STREAM (base) ? GUARD_STREAM (g_steal_pointer (&base)) : NULL;
}

SoupWebsocketConnection *
front_upgrade (SoupServerMessage *message, const char *protocol, guint64 max, GuardStream **guard)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  SoupWebsocketConnection *connection;

  *guard = guard_of (stream);
  guard_stream_upgraded (*guard);
  connection =
      soup_websocket_connection_new (stream, soup_server_message_get_uri (message),
                                     SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, protocol, NULL);
  soup_websocket_connection_set_max_incoming_payload_size (connection, max);

  return connection;
}

guint64
front_frame_size (gsize length)
{
  return length + (length < 126 ? 2 : length < 65536 ? 4 : 10);
}

void
front_let_close (SoupWebsocketConnection *connection)
{
  if (soup_websocket_connection_get_state (connection) != SOUP_WEBSOCKET_STATE_CLOSED)
    g_signal_connect (g_object_ref (connection), "closed", G_CALLBACK (g_object_unref), NULL);
}

/* Each proxy of ours adds the address of who asked it at the end of the list; what stands before is
 * anybody's invention. */
char *
front_source (SoupServerMessage *message, guint proxies)
{
  const char *host = soup_server_message_get_remote_host (message);
  const char *list = soup_message_headers_get_list (
      soup_server_message_get_request_headers (message), "X-Forwarded-For");
  g_auto (GStrv) hops = list != NULL ? g_strsplit (list, ",", 64) : NULL;
  guint n = hops != NULL ? g_strv_length (hops) : 0;

  if (proxies > 0 && n >= proxies && g_hostname_is_ip_address (g_strstrip (hops[n - proxies])))
    return base_source_key (hops[n - proxies]);

  return base_source_key (host != NULL ? host : "unknown");
}
