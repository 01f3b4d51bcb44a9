/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIP word by word, over UDP. */
#include "wire.h"

#include <string.h>

void
wire_open (Wire *wire, Side *to)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) there = g_inet_socket_address_new_from_string (
      "127.0.0.1", tel_ua_get_port (to->ua, TEL_TRANSPORT_UDP));
  *wire = (Wire){ 0 };
  wire->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, 0, NULL);
  g_assert_true (g_socket_bind (wire->socket, any, FALSE, NULL));
  g_assert_true (g_socket_connect (wire->socket, there, NULL, NULL));
  g_socket_set_blocking (wire->socket, FALSE);
  g_autoptr (GSocketAddress) here = g_socket_get_local_address (wire->socket, NULL);
  wire->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (here));
}

void
wire_close (Wire *wire)
{
  g_clear_object (&wire->socket);
  g_clear_pointer (&wire->message, g_free);
}

void
wire_send (Wire *wire, const char *data, gssize length)
{
  g_socket_send (wire->socket, data, length < 0 ? strlen (data) : (gsize) length, NULL, NULL);
}

void
wire_request (Wire *wire, const char *method, guint id, const char *extra, const char *body)
{
  g_autofree char *text = g_strdup_printf (
      "%s sip:bob@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bK%u;rport\r\n"
      "Max-Forwards: 70\r\nFrom: <sip:stranger@127.0.0.1>;tag=t%u\r\nTo: <sip:bob@127.0.0.1>\r\n"
      "Call-ID: stranger-%u\r\nCSeq: 1 %s\r\nContact: <sip:stranger@127.0.0.1:%u>\r\n%s"
      "Content-Length: %u\r\n\r\n%s",
      method, wire->port, id, id, id, method, wire->port, extra, (guint) strlen (body), body);
  wire_send (wire, text, -1);
}

/* The line of a message that begins with @name, with its end; empty when there is none. */
static char *
line_of (const char *message, const char *name)
{
  g_autofree char *start = g_strdup_printf ("\r\n%s:", name);
  const char *at = strstr (message, start);
  return at != NULL ? g_strndup (at + 2, strcspn (at + 2, "\r") + 2) : g_strdup ("");
}

void
wire_ack (Wire *wire, guint id)
{
  g_autofree char *to = line_of (wire->message, "To");
  g_autofree char *text = g_strdup_printf (
      "ACK sip:bob@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bKack%u;rport\r\n"
      "Max-Forwards: 70\r\nFrom: <sip:stranger@127.0.0.1>;tag=t%u\r\n%s"
      "Call-ID: stranger-%u\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n",
      wire->port, id, id, to, id);
  wire_send (wire, text, -1);
}

void
wire_respond (Wire *wire, const char *request, int status, const char *extra, const char *body)
{
  static const char *const names[] = { "Via", "From", "Call-ID", "CSeq" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *to = line_of (request, "To");
  g_string_append_printf (text, "SIP/2.0 %d Said\r\n", status);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *line = line_of (request, names[i]);
      g_string_append (text, line);
    }
  to[strcspn (to, "\r")] = '\0';
  g_string_append_printf (text, "%s%s\r\n", to, strstr (to, ";tag=") != NULL ? "" : ";tag=wire");
  if (status < 300)
    g_string_append_printf (text, "Contact: <sip:wire@127.0.0.1:%u>\r\n", wire->port);
  g_string_append_printf (text, "%sContent-Length: %u\r\n\r\n%s", extra, (guint) strlen (body),
                          body);
  wire_send (wire, text->str, -1);
}

typedef struct
{
  Wire *wire;
  const char *start; /* NULL: a final response */
} Wanted;

static gboolean
has_come (gpointer data)
{
  Wanted *wanted = data;
  Wire *wire = wanted->wire;
  char buffer[8192];
  gssize n;
  while ((n = g_socket_receive (wire->socket, buffer, sizeof buffer - 1, NULL, NULL)) > 0)
    {
      buffer[n] = '\0';
      if (wanted->start != NULL
              ? !g_str_has_prefix (buffer, wanted->start)
              : !g_str_has_prefix (buffer, "SIP/2.0 ") || buffer[strlen ("SIP/2.0 ")] == '1')
        continue;
      g_free (wire->message);
      wire->message = g_strdup (buffer);
      return TRUE;
    }
  return FALSE;
}

void
wire_expect (Wire *wire, const char *start)
{
  Wanted wanted = { wire, start };
  wait_until (has_come, &wanted, 20, start != NULL ? start : "a final response");
  g_test_message ("%.*s", (int) strcspn (wire->message, "\r"), wire->message);
}

void
wire_expect_final (Wire *wire)
{
  wire_expect (wire, NULL);
}

gboolean
wire_has (Wire *wire, const char *header_line)
{
  return strstr (wire->message, header_line) != NULL;
}
