/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two user agents call each other in one process; the sound is measured. */
#include "harness.h"

#include <string.h>

static void
pair_init (Side *alice, Side *bob)
{
  side_init (alice, 440);
  side_init (bob, 1000);
}

static void
pair_open (Side *alice, Side *bob)
{
  side_open (alice);
  side_open (bob);
}

static void
pair_close (Side *alice, Side *bob)
{
  side_close (alice);
  side_close (bob);
}

/* Opens both and makes the call active. */
static void
pair_connect (Side *alice, Side *bob)
{
  pair_open (alice, bob);
  side_dial (alice, bob, NULL);
  wait_state (alice, TEL_CALL_ACTIVE);
  wait_state (bob, TEL_CALL_ACTIVE);
}

static void
pair_hang_up (Side *from, Side *to)
{
  g_assert_true (tel_call_hang_up (from->call, 0, NULL));
  wait_state (from, TEL_CALL_ENDED);
  wait_state (to, TEL_CALL_ENDED);
}

static void
assert_end (Side *side, const char *reason, TelWho who)
{
  const TelCallEnd *end = tel_call_get_end (side->call);
  g_assert_cmpstr (tel_reason_code (end->reason), ==, reason);
  g_assert_cmpstr (tel_who_name (end->who), ==, tel_who_name (who));
}

/* --- codecs, and rates that are not the codec's --- */

typedef struct
{
  TelCodec codec;
  TelSrtp srtp;
  guint rate;
} CodecCase;

static void
test_codec (gconstpointer data)
{
  const CodecCase *c = data;
  TelMediaStats stats;
  Side alice, bob;
  pair_init (&alice, &bob);
  alice.config.media.codecs[0] = c->codec;
  alice.config.media.srtp = bob.config.media.srtp = c->srtp;
  bob.sound.rate = c->rate;
  pair_connect (&alice, &bob);
  assert_hears (&alice, 1000);
  assert_hears (&bob, 440);
  g_assert_cmpuint (bob.sound.heard_rate, ==, c->rate != 0 ? c->rate : tel_codec_rate (c->codec));
  g_assert_cmpint (tel_call_get_codec (alice.call), ==, c->codec);
  g_assert_cmpint (tel_call_get_codec (bob.call), ==, c->codec);
  g_assert_cmpint (tel_call_get_encrypted (bob.call), ==, c->srtp == TEL_SRTP_REQUIRED);
  g_assert_true (tel_call_get_stats (bob.call, &stats));
  g_assert_cmpuint (stats.packets_received, >, 20);
  g_assert_cmpuint (stats.packets_sent, >, 20);
  g_assert_cmpint (stats.packets_lost, ==, 0);
  g_assert_cmpfloat (stats.mos, >, 4.0);
  g_assert_cmpuint (alice.media_started, ==, 1);
  g_assert_cmpuint (bob.media_started, ==, 1);
  pair_hang_up (&alice, &bob);
  assert_end (&alice, "local_hangup", TEL_WHO_LOCAL);
  assert_end (&bob, "remote_hangup", TEL_WHO_REMOTE);
  g_assert_cmpstr (alice.states->str, ==, "dialling proceeding active ending ended");
  g_assert_cmpstr (bob.states->str, ==, "ringing answering active ended");
  pair_close (&alice, &bob);
}

/* --- SRTP policies that do not meet --- */

typedef struct
{
  TelSrtp caller, callee;
  const char *caller_reason, *callee_reason; /* NULL: it comes to a call */
  gboolean encrypted;
} SrtpCase;

static const SrtpCase srtp_cases[] = {
  { TEL_SRTP_OFF, TEL_SRTP_OFF, NULL, NULL, FALSE },
  { TEL_SRTP_OFF, TEL_SRTP_OPTIONAL, NULL, NULL, FALSE },
  { TEL_SRTP_OFF, TEL_SRTP_REQUIRED, "not_acceptable", "srtp_required", FALSE },
  { TEL_SRTP_OPTIONAL, TEL_SRTP_OPTIONAL, NULL, NULL, FALSE },
  { TEL_SRTP_OPTIONAL, TEL_SRTP_REQUIRED, "not_acceptable", "srtp_required", FALSE },
  { TEL_SRTP_REQUIRED, TEL_SRTP_OFF, "not_acceptable", "srtp_required", FALSE },
  { TEL_SRTP_REQUIRED, TEL_SRTP_OPTIONAL, NULL, NULL, TRUE },
};

static void
test_srtp_policies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (srtp_cases); i++)
    {
      const SrtpCase *c = &srtp_cases[i];
      Side alice, bob;
      g_test_message ("%s calls %s", tel_srtp_name (c->caller), tel_srtp_name (c->callee));
      pair_init (&alice, &bob);
      alice.config.media.srtp = c->caller;
      bob.config.media.srtp = c->callee;
      pair_open (&alice, &bob);
      side_dial (&alice, &bob, NULL);
      if (c->caller_reason == NULL)
        {
          wait_state (&alice, TEL_CALL_ACTIVE);
          wait_state (&bob, TEL_CALL_ACTIVE);
          g_assert_cmpint (tel_call_get_encrypted (alice.call), ==, c->encrypted);
          assert_hears (&bob, 440);
        }
      else
        {
          wait_state (&alice, TEL_CALL_ENDED);
          wait_state (&bob, TEL_CALL_ENDED);
          assert_end (&alice, c->caller_reason, TEL_WHO_REMOTE);
          assert_end (&bob, c->callee_reason, TEL_WHO_MACHINE);
          g_assert_null (strstr (alice.states->str, "active"));
          g_assert_null (strstr (bob.states->str, "active"));
        }
      pair_close (&alice, &bob);
    }
}

static void
test_no_common_codec (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  alice.config.media.codecs[0] = TEL_CODEC_PCMU;
  bob.config.media.codecs[0] = TEL_CODEC_OPUS;
  pair_open (&alice, &bob);
  side_dial (&alice, &bob, NULL);
  wait_state (&alice, TEL_CALL_ENDED);
  assert_end (&alice, "not_acceptable", TEL_WHO_REMOTE);
  g_assert_cmpint (tel_call_get_end (alice.call)->status, ==, 488);
  pair_close (&alice, &bob);
}

/* --- hold --- */

typedef struct
{
  TelCall *call;
  gboolean hold, remote_hold;
} HoldWait;

static gboolean
is_held (gpointer data)
{
  HoldWait *wait = data;
  return tel_call_get_hold (wait->call) == wait->hold &&
         tel_call_get_remote_hold (wait->call) == wait->remote_hold;
}

static void
wait_hold (Side *side, gboolean hold, gboolean remote_hold)
{
  HoldWait wait = { side->call, hold, remote_hold };
  wait_until (is_held, &wait, 20, "hold");
}

static void
test_hold (gconstpointer data)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  alice.config.media.srtp = bob.config.media.srtp = (TelSrtp) GPOINTER_TO_INT (data);
  pair_connect (&alice, &bob);
  assert_hears (&bob, 440);

  g_assert_true (tel_call_set_hold (alice.call, TRUE));
  wait_hold (&alice, TRUE, FALSE);
  wait_hold (&bob, FALSE, TRUE);
  assert_silent (&alice);
  assert_silent (&bob);

  g_assert_true (tel_call_set_hold (bob.call, TRUE)); /* both */
  wait_hold (&bob, TRUE, TRUE);
  wait_hold (&alice, TRUE, TRUE);
  assert_silent (&alice);
  assert_silent (&bob);

  g_assert_true (tel_call_set_hold (alice.call, FALSE));
  wait_hold (&alice, FALSE, TRUE);
  wait_hold (&bob, TRUE, FALSE);
  assert_silent (&alice);
  assert_silent (&bob);

  g_assert_true (tel_call_set_hold (bob.call, FALSE));
  wait_hold (&bob, FALSE, FALSE);
  wait_hold (&alice, FALSE, FALSE);
  assert_hears (&alice, 1000);
  assert_hears (&bob, 440);
  g_assert_cmpuint (alice.holds, >=, 4);
  pair_hang_up (&bob, &alice);
  pair_close (&alice, &bob);
}

/* Both ask at once: one gets 491 and tries again; both end up holding. */
static void
test_hold_collision (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  pair_connect (&alice, &bob);
  tel_call_set_hold (alice.call, TRUE);
  tel_call_set_hold (bob.call, TRUE);
  wait_hold (&alice, TRUE, TRUE);
  wait_hold (&bob, TRUE, TRUE);
  pair_hang_up (&alice, &bob);
  pair_close (&alice, &bob);
}

static void
test_mute (void)
{
  Side alice, bob;
  TelMediaStats before, after;
  pair_init (&alice, &bob);
  alice.config.media.levels = TRUE;
  pair_connect (&alice, &bob);
  assert_hears (&bob, 440);
  g_assert_cmpuint (alice.levels, >, 3);
  g_assert_cmpfloat (alice.capture_db, >, -20);
  g_assert_cmpfloat (alice.playback_db, >, -20);
  tel_call_set_mute (alice.call, TRUE);
  run_for (200);
  tel_call_get_stats (bob.call, &before);
  assert_silent (&bob);
  tel_call_get_stats (bob.call, &after);
  g_assert_cmpuint (after.packets_received, >, before.packets_received + 10);
  g_assert_cmpfloat (alice.capture_db, <, -90);
  tel_call_set_mute (alice.call, FALSE);
  assert_hears (&bob, 440);
  pair_close (&alice, &bob);
}

/* --- digits --- */

typedef struct
{
  Side *side;
  gsize length;
} DigitWait;

static gboolean
has_digits (gpointer data)
{
  DigitWait *wait = data;
  return wait->side->digits->len >= wait->length;
}

static void
wait_digits (Side *side, const char *digits)
{
  DigitWait wait = { side, strlen (digits) };
  wait_until (has_digits, &wait, 20, digits);
  run_for (200);
  g_assert_cmpstr (side->digits->str, ==, digits);
  g_string_truncate (side->digits, 0);
}

static void
test_dtmf (gconstpointer data)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  alice.config.media.codecs[0] = (TelCodec) GPOINTER_TO_INT (data);
  alice.config.media.srtp = bob.config.media.srtp =
      GPOINTER_TO_INT (data) == TEL_CODEC_G722 ? TEL_SRTP_REQUIRED : TEL_SRTP_OFF;
  pair_connect (&alice, &bob);
  assert_hears (&bob, 440);
  g_assert_false (tel_call_send_dtmf (alice.call, "12x", 0));
  g_assert_true (tel_call_send_dtmf (alice.call, "1234567890*#ABCD", 60));
  g_assert_true (tel_call_send_dtmf (bob.call, "99#", 200));
  wait_digits (&alice, "99#");
  guint length = GPOINTER_TO_UINT (g_ptr_array_index (alice.digit_lengths, 0));
  g_assert_cmpuint (length, >=, 180);
  g_assert_cmpuint (length, <=, 260);
  wait_digits (&bob, "1234567890*#ABCD");
  assert_hears (&bob, 440); /* and the sound goes on */
  assert_hears (&alice, 1000);
  pair_close (&alice, &bob);
}

/* --- before the answer --- */

static void
test_early_media (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  bob.auto_ring = bob.auto_answer = FALSE;
  pair_open (&alice, &bob);
  side_dial (&alice, &bob, NULL);
  wait_state (&bob, TEL_CALL_INCOMING);
  g_assert_true (tel_call_progress (bob.call));
  wait_state (&alice, TEL_CALL_EARLY);
  assert_hears (&alice, 1000);
  g_assert_true (tel_call_answer (bob.call));
  wait_state (&alice, TEL_CALL_ACTIVE);
  wait_state (&bob, TEL_CALL_ACTIVE);
  assert_hears (&alice, 1000);
  assert_hears (&bob, 440);
  pair_hang_up (&alice, &bob);
  pair_close (&alice, &bob);
}

static void
cancel_and_check (Side *alice, Side *bob)
{
  g_assert_true (tel_call_hang_up (alice->call, 0, NULL));
  wait_state (alice, TEL_CALL_ENDED);
  wait_state (bob, TEL_CALL_ENDED);
  assert_end (alice, "cancelled", TEL_WHO_LOCAL);
  assert_end (bob, "remote_cancelled", TEL_WHO_REMOTE);
}

static gboolean
has_call (gpointer data)
{
  return ((Side *) data)->call != NULL;
}

static void
test_cancel (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  bob.auto_ring = bob.auto_answer = FALSE;
  pair_open (&alice, &bob);

  side_dial (&alice, &bob, NULL); /* when it is known of, not yet rung */
  wait_until (has_call, &bob, 20, "the call");
  cancel_and_check (&alice, &bob);

  bob.auto_ring = TRUE;
  side_drop_call (&bob);
  side_dial (&alice, &bob, NULL); /* ringing */
  wait_state (&alice, TEL_CALL_PROCEEDING);
  cancel_and_check (&alice, &bob);

  bob.auto_ring = FALSE;
  side_drop_call (&bob);
  side_dial (&alice, &bob, NULL); /* with early media */
  wait_until (has_call, &bob, 20, "the call");
  tel_call_progress (bob.call);
  wait_state (&alice, TEL_CALL_EARLY);
  cancel_and_check (&alice, &bob);

  side_drop_call (&bob);
  side_dial (&alice, &bob, NULL); /* before anything went out */
  g_assert_true (tel_call_hang_up (alice.call, 0, NULL));
  wait_state (&alice, TEL_CALL_ENDED);
  assert_end (&alice, "cancelled", TEL_WHO_LOCAL);
  pair_close (&alice, &bob);
}

static gboolean
has_no_calls (gpointer data)
{
  return tel_ua_count_calls (((Side *) data)->ua) == 0;
}

/* CANCEL and 200 pass each other: both sides end, nobody stays in a call. */
static void
test_cancel_crosses_answer (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  bob.auto_answer = FALSE;
  pair_open (&alice, &bob);
  for (guint i = 0; i < 5; i++)
    {
      side_drop_call (&bob);
      side_dial (&alice, &bob, NULL);
      wait_state (&alice, TEL_CALL_PROCEEDING);
      g_assert_true (tel_call_answer (bob.call));
      g_assert_true (tel_call_hang_up (alice.call, 0, NULL));
      wait_state (&alice, TEL_CALL_ENDED);
      wait_state (&bob, TEL_CALL_ENDED);
      assert_end (&alice, "cancelled", TEL_WHO_LOCAL);
      g_assert_null (strstr (alice.states->str, "active"));
    }
  wait_until (has_no_calls, &alice, 20, "the calls' release");
  wait_until (has_no_calls, &bob, 20, "the calls' release");
  pair_close (&alice, &bob);
}

static void
test_answered_elsewhere (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  bob.auto_answer = FALSE;
  pair_open (&alice, &bob);
  side_dial (&alice, &bob, NULL);
  wait_state (&alice, TEL_CALL_PROCEEDING);
  g_assert_true (tel_call_hang_up (alice.call, 200, "Call completed elsewhere"));
  wait_state (&bob, TEL_CALL_ENDED);
  assert_end (&bob, "answered_elsewhere", TEL_WHO_REMOTE);
  g_assert_cmpstr (tel_call_get_end (bob.call)->text, ==, "Call completed elsewhere");
  wait_state (&alice, TEL_CALL_ENDED);
  pair_close (&alice, &bob);
}

/* We answer and hang up before the ACK came. */
static void
test_hang_up_before_ack (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  bob.auto_answer = FALSE;
  pair_open (&alice, &bob);
  side_dial (&alice, &bob, NULL);
  wait_state (&alice, TEL_CALL_PROCEEDING);
  g_assert_true (tel_call_answer (bob.call));
  g_assert_true (tel_call_hang_up (bob.call, 0, NULL));
  wait_state (&alice, TEL_CALL_ENDED);
  wait_state (&bob, TEL_CALL_ENDED);
  assert_end (&alice, "remote_hangup", TEL_WHO_REMOTE);
  pair_close (&alice, &bob);
}

static void
test_reject (void)
{
  static const struct
  {
    int status;
    const char *reason;
  } cases[] = { { 486, "busy" },           { 600, "busy" },         { 603, "declined" },
                { 480, "unavailable" },    { 404, "not_found" },    { 403, "forbidden" },
                { 488, "not_acceptable" }, { 500, "server_error" }, { 503, "unreachable" },
                { 408, "no_answer" },      { 487, "no_answer" },    { 400, "protocol" } };
  Side alice, bob;
  pair_init (&alice, &bob);
  bob.auto_answer = FALSE;
  pair_open (&alice, &bob);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      bob.auto_reject = cases[i].status;
      side_dial (&alice, &bob, NULL);
      wait_state (&alice, TEL_CALL_ENDED);
      assert_end (&alice, cases[i].reason, TEL_WHO_REMOTE);
      assert_end (&bob, "rejected", TEL_WHO_LOCAL);
      g_assert_cmpint (tel_call_get_end (alice.call)->status, ==, cases[i].status);
    }
  pair_close (&alice, &bob);
}

/* --- headers, limits, faults --- */

static char *seen_offer, *seen_source, *seen_agent;

static void
on_incoming (gpointer data, TelRequest *invite)
{
  g_autoptr (GHashTable) headers = tel_request_get_x_headers (invite);
  seen_offer = g_strdup (g_hash_table_lookup (headers, "X-Guichet-Offer"));
  seen_source = tel_request_get_flow (invite);
  seen_agent = g_strdup (tel_request_get_header (invite, "User-Agent"));
  g_assert_null (tel_request_get_header (invite, "X-Absent"));
}

static void
test_headers (void)
{
  static const char *const headers[] = { "X-Guichet-Offer: 42", "X-Guichet-Queue: Caf\xc3\xa9",
                                         NULL };
  static const char *const evil[] = { "X-A: 1\r\nX-Evil: 2", NULL };
  g_autoptr (GError) error = NULL;
  Side alice, bob;
  pair_init (&alice, &bob);
  alice.config.user_agent = "Alice/1";
  bob.on_incoming = on_incoming;
  pair_open (&alice, &bob);
  side_dial (&alice, &bob, headers);
  wait_state (&alice, TEL_CALL_ACTIVE);
  g_assert_cmpstr (seen_offer, ==, "42");
  g_assert_cmpstr (seen_agent, ==, "Alice/1");
  g_autofree char *flow = g_strdup_printf ("sip:127.0.0.1:%u;transport=udp",
                                           tel_ua_get_port (alice.ua, TEL_TRANSPORT_UDP));
  g_assert_cmpstr (seen_source, ==, flow);
  g_assert_cmpstr (tel_call_get_header (bob.call, "x-guichet-queue"), ==, "Caf\xc3\xa9");
  g_assert_cmpstr (tel_call_get_id (alice.call), ==, tel_call_get_id (bob.call));

  TelCallOptions bad = { .to = "sip:bob@127.0.0.1", .headers = evil };
  g_assert_null (tel_call_dial (alice.ua, &bad, NULL, NULL, &error));
  g_assert_error (error, TEL_ERROR, TEL_ERROR_URI);
  g_clear_error (&error);
  bad = (TelCallOptions){ .to = "sip:bob@127.0.0.1>\r\nX-Evil: 2" };
  g_assert_null (tel_call_dial (alice.ua, &bad, NULL, NULL, &error));
  g_assert_error (error, TEL_ERROR, TEL_ERROR_URI);
  g_clear_pointer (&seen_offer, g_free);
  g_clear_pointer (&seen_source, g_free);
  g_clear_pointer (&seen_agent, g_free);
  pair_close (&alice, &bob);
}

static void
test_too_many (void)
{
  Side alice, bob, carol;
  pair_init (&alice, &bob);
  side_init (&carol, 700);
  bob.config.max_calls = 1;
  pair_connect (&alice, &bob);
  side_open (&carol);
  side_dial (&carol, &bob, NULL);
  wait_state (&carol, TEL_CALL_ENDED);
  assert_end (&carol, "busy", TEL_WHO_REMOTE);
  assert_hears (&bob, 440); /* the first is undisturbed */
  side_close (&carol);
  pair_close (&alice, &bob);
}

/* The other side falls silent without a word. */
static void
test_media_timeout (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  alice.config.media.timeout_s = 1;
  bob.frames = 100; /* of 20 ms */
  pair_connect (&alice, &bob);
  assert_hears (&alice, 1000);
  wait_state (&alice, TEL_CALL_ENDED);
  assert_end (&alice, "media_timeout", TEL_WHO_MACHINE);
  g_assert_cmpuint (alice.media_timeouts, ==, 1);
  pair_close (&alice, &bob);
}

static void
test_no_device (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  bob.refuse_sound = TRUE;
  pair_open (&alice, &bob);
  side_dial (&alice, &bob, NULL);
  wait_state (&bob, TEL_CALL_ENDED);
  assert_end (&bob, "media_failed", TEL_WHO_MACHINE);
  wait_state (&alice, TEL_CALL_ENDED);
  assert_end (&alice, "remote_hangup", TEL_WHO_REMOTE);
  pair_close (&alice, &bob);
}

static void
test_no_port (void)
{
  g_autoptr (GError) error = NULL;
  tel_media_warm_up (TRUE);
  TelMediaConfig config = { .port_min = 42000, .port_max = 42003 };
  TelMedia *first = tel_media_new ("127.0.0.1", &config, NULL, NULL, NULL, NULL);
  TelMedia *second = tel_media_new ("127.0.0.1", &config, NULL, NULL, NULL, NULL);
  g_assert_true (first != NULL && second != NULL);
  g_assert_null (tel_media_new ("127.0.0.1", &config, NULL, NULL, NULL, &error));
  g_assert_error (error, TEL_ERROR, TEL_ERROR_NO_PORT);
  tel_media_free (first);
  tel_media_free (second);
}

static void
test_port_in_use (void)
{
  Side alice;
  g_autoptr (GError) error = NULL;
  side_init (&alice, 440);
  side_open (&alice);
  TelUaConfig config = { .address = "127.0.0.1",
                         .udp_port = (int) tel_ua_get_port (alice.ua, TEL_TRANSPORT_UDP),
                         .tcp_port = -1,
                         .tls_port = -1 };
  g_assert_null (tel_ua_new (&config, NULL, NULL, &error));
  g_assert_error (error, TEL_ERROR, TEL_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);
  config.address = "localhost";
  g_assert_null (tel_ua_new (&config, NULL, NULL, &error));
  g_assert_error (error, TEL_ERROR, TEL_ERROR_ADDRESS);
  side_close (&alice);
}

/* Closing in a call: the other side gets BYE. */
static void
test_close_in_call (void)
{
  Side alice, bob;
  pair_init (&alice, &bob);
  pair_connect (&alice, &bob);
  side_close (&alice);
  wait_state (&bob, TEL_CALL_ENDED);
  assert_end (&bob, "remote_hangup", TEL_WHO_REMOTE);
  side_close (&bob);
}

/* Processing built in and switched in mid-call: the call goes on, with and without. */
static void
test_processing (gconstpointer data)
{
  static const TelProcessing all = { TRUE, TRUE, TRUE }, none = { FALSE, FALSE, FALSE },
                             gain = { FALSE, FALSE, TRUE };
  Side alice, bob;
  pair_init (&alice, &bob);
  alice.config.media.codecs[0] = (TelCodec) GPOINTER_TO_INT (data);
  alice.config.media.processing = TRUE;
  alice.config.media.initial = none;
  pair_connect (&alice, &bob);
  assert_hears (&bob, 440);
  assert_hears (&alice, 1000);
  tel_call_set_processing (alice.call, &all);
  assert_hears (&alice, 1000); /* what is heard is untouched */
  run_for (300);
  sound_forget (&bob.sound);
  run_for (500);
  g_assert_cmpuint (sound_count (&bob.sound), >, bob.sound.heard_rate / 4);
  tel_call_set_processing (alice.call, &gain);
  run_for (200);
  tel_call_set_processing (alice.call, &none);
  run_for (500);
  assert_hears (&bob, 440);
  pair_close (&alice, &bob);
}

#define ADD(name, function) g_test_add_func ("/telephony/call/" name, function)
#define ADD_INT(name, function, value)                                                             \
  g_test_add_data_func ("/telephony/call/" name, GINT_TO_POINTER ((int) (value)), function)

static void
add_codecs (void)
{
  static CodecCase cases[64];
  guint n = 0;
  for (TelCodec codec = TEL_CODEC_OPUS; codec <= TEL_CODEC_PCMA; codec++)
    for (guint i = 0; i < 3; i++)
      {
        static const char *const suffix[] = { "", "-srtp", "-at-16k" };
        CodecCase *c = &cases[n++];
        *c = (CodecCase){ codec, i == 1 ? TEL_SRTP_REQUIRED : TEL_SRTP_OFF, i == 2 ? 16000 : 0 };
        g_autofree char *path =
            g_strdup_printf ("/telephony/call/%s%s", tel_codec_name (codec), suffix[i]);
        g_test_add_data_func (path, c, test_codec);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_codecs ();
  ADD ("srtp-policies", test_srtp_policies);
  ADD ("no-common-codec", test_no_common_codec);
  ADD_INT ("hold", test_hold, TEL_SRTP_OFF);
  ADD_INT ("hold-srtp", test_hold, TEL_SRTP_REQUIRED);
  ADD ("hold-collision", test_hold_collision);
  ADD ("mute", test_mute);
  ADD_INT ("dtmf-opus", test_dtmf, TEL_CODEC_OPUS);
  ADD_INT ("dtmf-g711", test_dtmf, TEL_CODEC_PCMA);
  ADD_INT ("dtmf-g722-srtp", test_dtmf, TEL_CODEC_G722);
  ADD ("early-media", test_early_media);
  ADD ("cancel", test_cancel);
  ADD ("cancel-crosses-answer", test_cancel_crosses_answer);
  ADD ("answered-elsewhere", test_answered_elsewhere);
  ADD ("hang-up-before-ack", test_hang_up_before_ack);
  ADD ("reject", test_reject);
  ADD ("headers", test_headers);
  ADD ("too-many", test_too_many);
  ADD ("media-timeout", test_media_timeout);
  ADD ("no-device", test_no_device);
  ADD ("no-port", test_no_port);
  ADD ("port-in-use", test_port_in_use);
  ADD ("close-in-call", test_close_in_call);
  ADD_INT ("processing-opus", test_processing, TEL_CODEC_OPUS);
  ADD_INT ("processing-g711", test_processing, TEL_CODEC_PCMU);
  return g_test_run ();
}
