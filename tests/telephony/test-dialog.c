/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to a call beside its sound: the refresh of a long one and its failure (RFC 4028), a
 * redirection, IPv6, the second SRTP suite. */
#include "wire.h"

#include <string.h>

#define SDP_TYPE "Content-Type: application/sdp\r\n"
#define SDP                                                                                        \
  "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"                      \
  "m=audio 6000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
#define TIMER "Supported: timer\r\n"

static void
assert_end (Side *side, const char *reason, TelWho who, int status)
{
  const TelCallEnd *end = tel_call_get_end (side->call);
  g_assert_cmpstr (tel_reason_code (end->reason), ==, reason);
  g_assert_cmpstr (tel_who_name (end->who), ==, tel_who_name (who));
  g_assert_cmpint (end->status, ==, status);
}

/* A side that dials the wire, which answers as it is told. */
static void
call_wire (Side *side, Wire *wire, const char *extra)
{
  g_autofree char *uri = NULL;
  side->config.session_s = 2;
  side_open (side);
  wire_open (wire, side);
  uri = g_strdup_printf ("sip:wire@127.0.0.1:%u", wire->port);
  side_dial_uri (side, uri, NULL);
  wire_expect (wire, "INVITE ");
  g_assert_true (wire_has (wire, "\r\nSession-Expires: 2"));
  g_autofree char *headers = g_strconcat (SDP_TYPE TIMER, extra, NULL);
  wire_respond (wire, wire->message, 200, headers, SDP);
  wire_expect (wire, "ACK ");
  wait_state (side, TEL_CALL_ACTIVE);
}

/* Twice, so beyond the interval; then the other side knows no such call. */
static void
test_refresh (gconstpointer data)
{
  const char *method = data;
  const char *allow = g_str_equal (method, "UPDATE ")
                          ? "Allow: INVITE, ACK, BYE, UPDATE\r\n"
                            "Session-Expires: 2;refresher=uac\r\nRequire: timer\r\n"
                          : "Allow: INVITE, ACK, BYE\r\n"
                            "Session-Expires: 2;refresher=uac\r\nRequire: timer\r\n";
  gboolean update = g_str_equal (method, "UPDATE ");
  Side alice;
  Wire wire;
  side_init (&alice, 440);
  call_wire (&alice, &wire, allow);
  for (guint i = 0; i < 2; i++)
    {
      wire_expect (&wire, method);
      g_assert_true (wire_has (&wire, ";refresher=uac"));
      wire_respond (&wire, wire.message, 200,
                    update ? TIMER "Session-Expires: 2;refresher=uac\r\n"
                           : SDP_TYPE TIMER "Session-Expires: 2;refresher=uac\r\n",
                    update ? "" : SDP);
      g_assert_cmpint (tel_call_get_state (alice.call), ==, TEL_CALL_ACTIVE);
    }
  wire_expect (&wire, method);
  wire_respond (&wire, wire.message, 481, "", "");
  wait_state (&alice, TEL_CALL_ENDED);
  assert_end (&alice, "timeout", TEL_WHO_MACHINE, 481);
  wire_close (&wire);
  side_close (&alice);
}

/* The refresh is refused for now: the call goes on and is refreshed later. */
static void
test_refresh_refused (void)
{
  Side alice;
  Wire wire;
  side_init (&alice, 440);
  call_wire (&alice, &wire,
             "Allow: INVITE, ACK, BYE, UPDATE\r\nSession-Expires: 2;refresher=uac\r\n");
  wire_expect (&wire, "UPDATE ");
  wire_respond (&wire, wire.message, 500, "Retry-After: 1\r\n", "");
  wire_expect (&wire, "UPDATE ");
  wire_respond (&wire, wire.message, 200, TIMER "Session-Expires: 2;refresher=uac\r\n", "");
  g_assert_true (tel_call_hang_up (alice.call, 0, NULL));
  wire_expect (&wire, "BYE ");
  wire_respond (&wire, wire.message, 200, "", "");
  wait_state (&alice, TEL_CALL_ENDED);
  assert_end (&alice, "local_hangup", TEL_WHO_LOCAL, 0);
  wire_close (&wire);
  side_close (&alice);
}

/* The other side said that it would refresh, and does not. */
static void
test_not_refreshed (void)
{
  Side bob;
  Wire wire;
  side_init (&bob, 1000);
  bob.config.session_s = 2;
  side_open (&bob);
  wire_open (&wire, &bob);
  wire_request (&wire, "INVITE", 1,
                SDP_TYPE TIMER "Allow: INVITE, ACK, BYE\r\nSession-Expires: 2;refresher=uac\r\n",
                SDP);
  wire_expect (&wire, "SIP/2.0 200 ");
  g_assert_true (wire_has (&wire, "\r\nSession-Expires: 2;refresher=uac"));
  wire_ack (&wire, 1);
  wait_state (&bob, TEL_CALL_ACTIVE);
  wire_expect (&wire, "BYE ");
  g_assert_true (wire_has (&wire, "cause=408"));
  wire_respond (&wire, wire.message, 200, "", "");
  wait_state (&bob, TEL_CALL_ENDED);
  assert_end (&bob, "timeout", TEL_WHO_MACHINE, 408);
  wire_close (&wire);
  side_close (&bob);
}

/* Two of ours: the caller refreshes, the call outlives its interval. */
static void
test_long_call (void)
{
  Side alice, bob;
  side_init (&alice, 440);
  side_init (&bob, 1000);
  alice.config.session_s = bob.config.session_s = 2;
  side_open (&alice);
  side_open (&bob);
  side_dial (&alice, &bob, NULL);
  wait_state (&alice, TEL_CALL_ACTIVE);
  run_for (2700);
  g_assert_cmpint (tel_call_get_state (alice.call), ==, TEL_CALL_ACTIVE);
  g_assert_cmpint (tel_call_get_state (bob.call), ==, TEL_CALL_ACTIVE);
  side_close (&alice);
  side_close (&bob);
}

/* Never followed: it would send the caller's name and the call where a stranger says. */
static void
test_redirected (void)
{
  static const int statuses[] = { 300, 301, 302, 305, 380 };
  Side alice, bob;
  Wire wire;
  side_init (&alice, 440);
  side_init (&bob, 1000);
  side_open (&alice);
  side_open (&bob);
  wire_open (&wire, &alice);
  g_autofree char *uri = g_strdup_printf ("sip:wire@127.0.0.1:%u", wire.port);
  g_autofree char *elsewhere = tel_ua_make_contact (bob.ua, "bob", TEL_TRANSPORT_UDP);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *contact = g_strdup_printf ("Contact: <%s>\r\n", elsewhere);
      side_dial_uri (&alice, uri, NULL);
      wire_expect (&wire, "INVITE ");
      g_autofree char *request = g_strdup (wire.message);
      wire_respond (&wire, request, statuses[i], contact, "");
      wait_state (&alice, TEL_CALL_ENDED);
      assert_end (&alice, "redirected", TEL_WHO_REMOTE, statuses[i]);
      g_assert_nonnull (strstr (tel_call_get_end (alice.call)->text, elsewhere));
      wire_expect (&wire, "ACK ");
    }
  run_for (100);
  g_assert_null (bob.call);
  wire_close (&wire);
  side_close (&alice);
  side_close (&bob);
}

/* --- IPv6 --- */

static gboolean
has_ipv6 (void)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("::1", 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_DATAGRAM, 0, NULL);
  return socket != NULL && g_socket_bind (socket, any, FALSE, NULL);
}

static gboolean
is_held (gpointer data)
{
  return tel_call_get_remote_hold (((Side *) data)->call);
}

static void
test_ipv6 (gconstpointer data)
{
  Side alice, bob;
  TelMediaStats stats;
  if (!has_ipv6 ())
    {
      g_test_skip ("this machine has no IPv6");
      return;
    }
  side_init (&alice, 440);
  side_init (&bob, 1000);
  alice.config.address = bob.config.address = "::1";
  alice.config.media.srtp = bob.config.media.srtp = (TelSrtp) GPOINTER_TO_INT (data);
  side_open (&alice);
  side_open (&bob);
  side_dial (&alice, &bob, NULL);
  wait_state (&alice, TEL_CALL_ACTIVE);
  wait_state (&bob, TEL_CALL_ACTIVE);
  assert_hears (&alice, 1000);
  assert_hears (&bob, 440);
  g_assert_true (tel_call_get_stats (bob.call, &stats));
  g_assert_cmpint (stats.packets_lost, ==, 0);
  g_assert_cmpint (tel_call_get_encrypted (bob.call), ==, GPOINTER_TO_INT (data) != TEL_SRTP_OFF);
  g_assert_true (tel_call_set_hold (alice.call, TRUE));
  wait_until (is_held, &bob, 20, "the hold");
  g_assert_true (tel_call_hang_up (bob.call, 0, NULL));
  wait_state (&alice, TEL_CALL_ENDED);
  wait_state (&bob, TEL_CALL_ENDED);
  assert_end (&alice, "remote_hangup", TEL_WHO_REMOTE, 0);
  side_close (&alice);
  side_close (&bob);
}

/* --- the other suite --- */

static void
agree (TelSdpAgreed *agreed, TelMedia *with, const TelSdpLocal *own, const TelSdpLocal *theirs)
{
  *agreed = (TelSdpAgreed){ .codec = TEL_CODEC_PCMA,
                            .payload_send = 8,
                            .payload_recv = 8,
                            .dtmf_send = -1,
                            .dtmf_recv = -1,
                            .direction = TEL_DIR_BOTH,
                            .remote_direction = TEL_DIR_BOTH,
                            .encrypted = TRUE,
                            .send_key = own->keys[1],
                            .recv_key = theirs->keys[1],
                            .remote_port = tel_media_get_port (with) };
  g_assert_cmpint (agreed->send_key.suite, ==, TEL_SUITE_AES_CM_128_HMAC_SHA1_32);
  agreed->remote_address = g_strdup ("127.0.0.1");
}

/* Sound by AES_CM_128_HMAC_SHA1_32, which our own offers put second. */
static void
test_short_tag (void)
{
  Side sides[2];
  TelMedia *media[2];
  TelSdpLocal local[2];
  TelMediaStats stats;
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 2; i++)
    {
      TelMediaConfig config = { .srtp = TEL_SRTP_REQUIRED };
      side_init (&sides[i], i == 0 ? 440 : 1000);
      media[i] = tel_media_new ("127.0.0.1", &config, &sides[i].sound.io, NULL, NULL, NULL);
      tel_sdp_local_init (&local[i], "127.0.0.1", tel_media_get_port (media[i]), NULL,
                          TEL_SRTP_REQUIRED);
    }
  for (guint i = 0; i < 2; i++)
    {
      TelSdpAgreed agreed;
      agree (&agreed, media[1 - i], &local[i], &local[1 - i]);
      tel_media_apply (media[i], &agreed, &error);
      g_assert_no_error (error);
      tel_sdp_agreed_clear (&agreed);
    }
  assert_hears (&sides[0], 1000);
  assert_hears (&sides[1], 440);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (tel_media_get_stats (media[i], &stats));
      g_assert_cmpint (stats.packets_lost, ==, 0);
      tel_media_free (media[i]);
      side_close (&sides[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tel_media_warm_up (FALSE);
  g_test_add_data_func ("/telephony/dialog/refresh-by-update", "UPDATE ", test_refresh);
  g_test_add_data_func ("/telephony/dialog/refresh-by-invite", "INVITE ", test_refresh);
  g_test_add_func ("/telephony/dialog/refresh-refused", test_refresh_refused);
  g_test_add_func ("/telephony/dialog/not-refreshed", test_not_refreshed);
  g_test_add_func ("/telephony/dialog/long-call", test_long_call);
  g_test_add_func ("/telephony/dialog/redirected", test_redirected);
  g_test_add_data_func ("/telephony/dialog/ipv6", GINT_TO_POINTER (TEL_SRTP_OFF), test_ipv6);
  g_test_add_data_func ("/telephony/dialog/ipv6-srtp", GINT_TO_POINTER (TEL_SRTP_REQUIRED),
                        test_ipv6);
  g_test_add_func ("/telephony/dialog/srtp-short-tag", test_short_tag);
  return g_test_run ();
}
