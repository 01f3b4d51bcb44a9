/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pings: a user agent answers, a closed port and silence do not, and one that is given up says
 * nothing. */
#include <gio/gio.h>

#include "harness.h"
#include "telephony/ping.h"

typedef struct
{
  guint n_done;
  gboolean answered;
} Result;

static void
on_done (gboolean answered, gpointer user_data)
{
  Result *result = user_data;
  result->n_done++;
  result->answered = answered;
}

static gboolean
is_done (gpointer data)
{
  return ((Result *) data)->n_done > 0;
}

static gboolean
ping (Side *side, const char *uri, const char *route, guint timeout_ms)
{
  Result result = { 0 };
  g_autoptr (TelPing) ping = tel_ping_new (side->ua, uri, route, timeout_ms, on_done, &result);
  g_assert_nonnull (ping);
  g_assert_cmpuint (result.n_done, ==, 0);
  wait_until (is_done, &result, 40, "the end of a ping");
  g_assert_cmpuint (result.n_done, ==, 1);
  return result.answered;
}

static GSocket *
silent_socket (guint *port)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, 0, NULL);
  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  g_autoptr (GSocketAddress) here = g_socket_get_local_address (socket, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (here));
  return socket;
}

static void
test_ping (void)
{
  Side from, to;
  guint port;
  Result result = { 0 };
  g_autoptr (GSocket) socket = silent_socket (&port);
  side_init (&from, 0);
  side_init (&to, 0);
  side_open (&from);
  side_open (&to);
  g_autofree char *there = tel_ua_make_contact (to.ua, "bob", TEL_TRANSPORT_UDP);
  g_autofree char *tcp = tel_ua_make_contact (to.ua, "bob", TEL_TRANSPORT_TCP);
  g_autofree char *silent = g_strdup_printf ("sip:bob@127.0.0.1:%u", port);
  g_assert_true (ping (&from, there, NULL, 20000));
  g_assert_true (ping (&from, "sip:bob@192.0.2.1", tcp, 20000));
  g_assert_false (ping (&from, silent, NULL, 500));
  g_socket_close (socket, NULL);
  g_assert_false (ping (&from, silent, NULL, 2000));

  TelPing *given_up = tel_ping_new (from.ua, there, NULL, 20000, on_done, &result);
  tel_ping_free (given_up);
  g_assert_true (ping (&from, there, NULL, 20000));
  g_assert_cmpuint (result.n_done, ==, 0);
  side_close (&from);
  side_close (&to);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telephony/ping", test_ping);

  return g_test_run ();
}
