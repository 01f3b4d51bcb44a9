/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of a certificate: connect, shake hands, close. On the thread-default main context. */
#include "telephony/tls-check.h"

#define TIMEOUT_S 10

typedef struct
{
  GCancellable *cancellable;
  TelTlsChecked done;
  gpointer user_data;
  char *name, *ca_file;
  guint port;
  GSocketConnection *connection;
  GIOStream *tls;
} Check;

static void
check_end (Check *check, TelReason reason)
{
  if (!g_cancellable_is_cancelled (check->cancellable))
    check->done (reason, check->user_data);
  if (check->tls != NULL)
    g_io_stream_close_async (check->tls, G_PRIORITY_LOW, NULL, NULL, NULL);
  g_clear_object (&check->tls);
  g_clear_object (&check->connection);
  g_object_unref (check->cancellable);
  g_free (check->name);
  g_free (check->ca_file);
  g_free (check);
}

static TelReason
reason_of (const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    return TEL_REASON_TLS_UNTRUSTED;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ? TEL_REASON_TIMEOUT
                                                                   : TEL_REASON_UNREACHABLE;
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error);
  check_end (user_data, ok ? TEL_REASON_NONE : reason_of (error));
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (GError) error = NULL;
  check->connection =
      g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);
  if (check->connection == NULL)
    {
      check_end (check, reason_of (error));
      return;
    }
  g_autoptr (GSocketConnectable) identity =
      g_network_address_new (check->name, (guint16) check->port);
  check->tls = g_tls_client_connection_new (G_IO_STREAM (check->connection), identity, &error);
  g_autoptr (GTlsDatabase) database =
      check->ca_file != NULL ? g_tls_file_database_new (check->ca_file, NULL) : NULL;
  if (check->tls == NULL || (check->ca_file != NULL && database == NULL))
    {
      check_end (check, TEL_REASON_TLS_UNTRUSTED);
      return;
    }
  if (database != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (check->tls), database);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (check->tls), G_PRIORITY_DEFAULT,
                                    check->cancellable, on_handshake, check);
}

void
tel_tls_check_async (const char *host,
                     guint port,
                     const char *name,
                     const char *tls_dir,
                     GCancellable *cancellable,
                     TelTlsChecked done,
                     gpointer user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Check *check = g_new0 (Check, 1);
  check->cancellable = g_object_ref (cancellable);
  check->done = done;
  check->user_data = user_data;
  check->name = g_strdup (name);
  check->port = port;
  check->ca_file = tls_dir != NULL ? g_build_filename (tls_dir, "cafile.pem", NULL) : NULL;
  g_socket_client_set_timeout (client, TIMEOUT_S);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, host, (guint16) port, cancellable, on_connected,
                                         check);
}
