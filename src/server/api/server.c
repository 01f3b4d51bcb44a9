/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The listeners: every connection from outside goes through TLS where it is configured, then
 * through the guard, and only then to libsoup. Centre's thread. */
#define G_LOG_DOMAIN "guichetd-api"

#include "server/api/api.h"

#include "base/log.h"
#include "server/api/call.h"
#include "server/api/guard-stream.h"
#include "server/api/shards.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>

#define BACKLOG      4096  /* connections that wait in the kernel; it may have a lower limit */
#define HEARTBEAT    250   /* ms: those that are due */
#define HEAD_TIMEOUT 10000 /* ms for a head once it has begun, and for a TLS handshake */
#define IDLE_TIMEOUT 75000 /* ms without a byte on a connection that is no stream */

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  api_dispatch (user_data, message, path, query);
}

static void
on_admin_request (SoupServer *server,
                  SoupServerMessage *message,
                  const char *path,
                  GHashTable *query,
                  gpointer user_data)
{
  g_object_set_data (G_OBJECT (message), "admin", GINT_TO_POINTER (1));
  api_dispatch (user_data, message, path, query);
}

/* --- connections ------------------------------------------------------------------------------ */

static void
on_guard_gone (gpointer user_data, GObject *where_it_was)
{
  Api *self = user_data;

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
  Api *self = user_data;
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
  Api *self = user_data;
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

static gboolean
on_heartbeat (gpointer user_data)
{
  api_stream_tick (user_data);

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

/* --- making it -------------------------------------------------------------------------------- */

Api *
api_new (Centre *centre)
{
  Api *self = g_new0 (Api, 1);
  const Config *config = centre_config (centre);

  self->centre = centre;
  self->started = g_get_monotonic_time ();
  self->server = soup_server_new ("server-header", NULL, NULL);
  self->connections = g_hash_table_new (NULL, NULL);
  self->shards = shards_new ();
  self->in_flight = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->streams = g_hash_table_new (NULL, NULL);
  self->strangers = limit_new (config->requests_per_minute / 60.0, config->requests_per_minute);
  self->agents = limit_new (config->commands_per_second, config->commands_per_second * 4.0);
  self->max_connections = config->max_connections;
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  self->sweep_source = g_timeout_add_seconds (2, on_sweep, self);
  self->heartbeat_source = g_timeout_add (HEARTBEAT, on_heartbeat, self);

  return self;
}

void
api_free (Api *self)
{
  GHashTableIter iter;
  gpointer key;

  if (self == NULL)
    return;
  g_source_remove (self->sweep_source);
  g_source_remove (self->heartbeat_source);
  api_stream_close_all (self);
  if (self->service != NULL)
    g_socket_service_stop (self->service);
  g_clear_object (&self->service);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_object_weak_unref (key, on_guard_gone, self);
  g_hash_table_unref (self->connections);
  shards_free (self->shards);
  g_hash_table_unref (self->in_flight);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->streams);
  limit_free (self->strangers);
  limit_free (self->agents);
  g_clear_object (&self->certificate);
  if (self->admin_path != NULL)
    g_unlink (self->admin_path);
  g_free (self->admin_path);
  g_free (self->sip);
  g_free (self->sip_tls);
  g_free (self->sip_ca);
  g_free (self);
}

gboolean
api_listen (Api *self, const Config *config, char **url, GError **error)
{
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string (config->http_host, config->http_port);
  g_autoptr (GSocketAddress) effective = NULL;
  gboolean bracket = strchr (config->http_host, ':') != NULL;

  if (config->tls_certificate != NULL)
    {
      self->certificate =
          g_tls_certificate_new_from_files (config->tls_certificate, config->tls_key, error);
      if (self->certificate == NULL)
        {
          g_prefix_error (error, "%s: ", config->tls_certificate);
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
      g_prefix_error (error, "%s:%u: ", config->http_host, config->http_port);
      return FALSE;
    }
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_connection), self);
  *url = g_strdup_printf ("%s://%s%s%s:%u", self->certificate != NULL ? "https" : "http",
                          bracket ? "[" : "", config->http_host, bracket ? "]" : "",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective)));

  return TRUE;
}

/* --- the administrator ------------------------------------------------------------------------ */

static gboolean
on_admin_connection (GSocketService *service,
                     GSocketConnection *connection,
                     GObject *source,
                     gpointer user_data)
{
  SoupServer *server = user_data;
  g_autoptr (GSocketAddress) anywhere = g_inet_socket_address_new_from_string ("127.0.0.1", 0);

  soup_server_accept_iostream (server, G_IO_STREAM (connection), anywhere, anywhere, NULL);

  return TRUE;
}

gboolean
api_listen_admin (Api *self, const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  SoupServer *server = soup_server_new ("server-header", NULL, NULL);
  mode_t mask;
  gboolean listening;

  soup_server_add_handler (server, NULL, on_admin_request, self, NULL);
  self->admin_service = g_socket_service_new ();
  g_unlink (path);
  mask = umask (0177);
  listening = g_socket_listener_add_address (G_SOCKET_LISTENER (self->admin_service), address,
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL,
                                             NULL, error);
  umask (mask);
  if (!listening)
    {
      g_object_unref (server);
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  g_signal_connect_data (self->admin_service, "incoming", G_CALLBACK (on_admin_connection), server,
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  self->admin_path = g_strdup (path);

  return TRUE;
}

void
api_set_sip (Api *self, const char *address, const char *tls, const char *ca)
{
  g_free (self->sip);
  self->sip = g_strdup (address);
  g_free (self->sip_tls);
  self->sip_tls = g_strdup (tls);
  g_free (self->sip_ca);
  self->sip_ca = g_strdup (ca);
}

void
api_close (Api *self)
{
  self->closed = TRUE;
  api_stream_close_all (self);
}
