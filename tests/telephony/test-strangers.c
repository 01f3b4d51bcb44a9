/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strangers on the wire: malformed SIP, hostile descriptions, packets that are not RTP. Each gets
 * what its standard names, or nothing; a call that goes on meanwhile is not disturbed. */
#include <gio/gio.h>
#include <string.h>

#include "wire.h"

static void
expect_status (Wire *wire, int status)
{
  g_autofree char *start = g_strdup_printf ("SIP/2.0 %d ", status);
  wire_expect_final (wire);
  g_assert_true (g_str_has_prefix (wire->message, start));
}

static void
expect_refusal (Wire *wire)
{
  wire_expect_final (wire);
  g_assert_true (g_str_has_prefix (wire->message, "SIP/2.0 4") ||
                 g_str_has_prefix (wire->message, "SIP/2.0 5"));
}

#define HEAD "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
#define SDP  "Content-Type: application/sdp\r\n"

static void
test_descriptions (void)
{
  static const char *const bodies[] = {
    "nonsense",
    HEAD,
    HEAD "m=audio 99999 RTP/AVP 0\r\n",
    HEAD "m=audio 9/2 RT]/AVP 9\r\n",
    HEAD "m=audio 6000 RTP/AVP 18\r\n",
    HEAD "m=audio 6000 RTP/SAVP 0\r\n",
    HEAD "m=video 6000 RTP/AVP 31\r\n",
  };
  Side bob;
  Wire wire;
  side_init (&bob, 1000);
  side_open (&bob);
  wire_open (&wire, &bob);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      wire_request (&wire, "INVITE", i + 1, SDP, bodies[i]);
      expect_status (&wire, 488);
      g_assert_cmpint (tel_call_get_state (bob.call), ==, TEL_CALL_ENDED);
      g_assert_null (strstr (bob.states->str, "active"));
    }
  wire_close (&wire);
  side_close (&bob);
}

static void
test_requests (void)
{
  Side bob;
  Wire wire;
  side_init (&bob, 1000);
  side_open (&bob);
  wire_open (&wire, &bob);
  wire_request (&wire, "OPTIONS", 1, "", "");
  expect_status (&wire, 200);
  wire_request (&wire, "REGISTER", 2, "", ""); /* nobody registers with a phone */
  expect_refusal (&wire);
  wire_request (&wire, "MESSAGE", 3, "Content-Type: text/plain\r\n", "hello");
  expect_refusal (&wire);
  wire_request (&wire, "BYE", 4, "", "");
  expect_status (&wire, 481);
  g_assert_null (bob.call);
  wire_close (&wire);
  side_close (&bob);
}

/* While a call goes on: rubbish on the signalling port and on the RTP port. */
static void
test_rubbish (void)
{
  static const char *const rubbish[] = {
    "",
    "\r\n\r\n",
    "INVITE",
    "INVITE sip:bob@127.0.0.1 SIP/2.0\r\n\r\n",
    "INVITE sip:bob@127.0.0.1 SIP/2.0\r\nVia: x\r\nFrom: <\r\nTo: >\r\nCSeq: a b\r\n\r\n",
    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 1.2.3.4;branch=z9hG4bKx\r\nCSeq: 1 INVITE\r\n\r\n",
    "SIP/2.0 99999 \r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "ACK sip:bob@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKy\r\nCSeq: "
    "99999999999"
    " ACK\r\nContent-Length: -5\r\n\r\n",
  };
  Side alice, bob;
  Wire wire;
  TelMediaStats stats;
  side_init (&alice, 440);
  side_init (&bob, 1000);
  alice.config.media.port_min = 43000;
  alice.config.media.port_max = 43999;
  side_open (&alice);
  side_open (&bob);
  side_dial (&alice, &bob, NULL);
  wait_state (&alice, TEL_CALL_ACTIVE);
  wait_state (&bob, TEL_CALL_ACTIVE);
  assert_hears (&alice, 1000);
  wire_open (&wire, &bob);
  GRand *rand = g_rand_new_with_seed (7);
  for (guint i = 0; i < G_N_ELEMENTS (rubbish); i++)
    wire_send (&wire, rubbish[i], -1);
  for (guint i = 0; i < 500; i++)
    {
      char noise[600];
      for (guint k = 0; k < sizeof noise; k++)
        noise[k] = (char) g_rand_int_range (rand, 0, 256);
      if (i % 2 == 0)
        memcpy (noise, "INVITE sip:", 11);
      wire_send (&wire, noise, sizeof noise);
    }
  g_autoptr (GSocket) udp = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, 0, NULL);
  for (guint i = 0; i < 400; i++)
    {
      guint8 noise[200];
      g_autoptr (GSocketAddress) there = g_inet_socket_address_new_from_string (
          "127.0.0.1", (guint) tel_call_get_rtp_port (alice.call));
      for (guint k = 0; k < sizeof noise; k++)
        noise[k] = (guint8) g_rand_int_range (rand, 0, 256);
      if (i % 4 == 0)
        noise[0] = 0x80, noise[1] = 77; /* RTP, of a payload type that was not agreed */
      g_socket_send_to (udp, there, (const char *) noise, sizeof noise, NULL, NULL);
    }
  g_rand_free (rand);
  assert_hears (&alice, 1000);
  assert_hears (&bob, 440);
  g_assert_true (tel_call_get_stats (alice.call, &stats));
  g_assert_cmpint (tel_call_get_state (alice.call), ==, TEL_CALL_ACTIVE);
  wire_close (&wire);
  side_close (&alice);
  side_close (&bob);
}

/* An INVITE without an offer: ours goes out with the 200; an ACK without an answer ends it. */
static void
test_no_answer_in_ack (void)
{
  Side bob;
  Wire wire;
  side_init (&bob, 1000);
  side_open (&bob);
  wire_open (&wire, &bob);
  wire_request (&wire, "INVITE", 1, "", "");
  expect_status (&wire, 200);
  wire_request (&wire, "ACK", 1, "", "");
  run_for (300);
  g_assert_null (strstr (bob.states->str, "active"));
  wire_close (&wire);
  side_close (&bob);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telephony/strangers/descriptions", test_descriptions);
  g_test_add_func ("/telephony/strangers/requests", test_requests);
  g_test_add_func ("/telephony/strangers/rubbish", test_rubbish);
  g_test_add_func ("/telephony/strangers/no-answer-in-ack", test_no_answer_in_ack);
  return g_test_run ();
}
