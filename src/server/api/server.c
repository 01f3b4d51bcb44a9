/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The API's listeners: agents through a guarded front, the administrator through a socket in the
 * data directory. Centre's thread. */

#include "server/api/api.h"

#include "base/log.h"
#include "server/api/call.h"
#include "server/api/front.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#define HEARTBEAT 250 /* ms: those that are due */

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

static gboolean
on_heartbeat (gpointer user_data)
{
  api_stream_tick (user_data);

  return G_SOURCE_CONTINUE;
}

/* --- making it -------------------------------------------------------------------------------- */

Api *
api_new (Centre *centre)
{
  Api *self = g_new0 (Api, 1);
  const Config *config = centre_config (centre);

  self->centre = centre;
  self->started = g_get_monotonic_time ();
  self->front = front_new (config->max_connections, on_request, self);
  front_set_files (self->front, api_file_begins, self);
  self->in_flight = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sign_ins = g_hash_table_new (NULL, NULL);
  self->waiting =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->streams = g_hash_table_new (NULL, NULL);
  self->customers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tagging = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->strangers = limit_new (config->requests_per_minute / 60.0, config->requests_per_minute);
  self->agents = limit_new (config->commands_per_second, config->commands_per_second * 4.0);
  self->heartbeat_source = g_timeout_add (HEARTBEAT, on_heartbeat, self);

  return self;
}

void
api_free (Api *self)
{
  if (self == NULL)
    return;
  g_source_remove (self->heartbeat_source);
  api_stream_close_all (self);
  front_free (self->front);
  g_hash_table_unref (self->in_flight);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->sign_ins);
  g_hash_table_unref (self->streams);
  g_hash_table_unref (self->customers);
  g_hash_table_unref (self->tagging);
  limit_free (self->strangers);
  limit_free (self->agents);
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
  return front_listen (self->front, config->http_host, config->http_port, config->tls_certificate,
                       config->tls_key, url, error);
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
