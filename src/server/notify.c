/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sd_notify in as much as is needed: one datagram to the socket that the environment names. */
#include "server/notify.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>

void
daemon_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  if (path == NULL || (*path != '/' && *path != '@'))
    return;
  socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  address = *path == '@'
                ? g_unix_socket_address_new_with_type (path + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT)
                : g_unix_socket_address_new (path);
  if (socket != NULL)
    g_socket_send_to (socket, address, state, strlen (state), NULL, NULL);
}
