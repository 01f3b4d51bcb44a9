/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two user agents call each other in one process; the sound is measured. */
#include "harness.h"

static void
open_pair (Side *alice, Side *bob)
{
  side_open (alice);
  side_open (bob);
}

static void
test_codec (gconstpointer data)
{
  TelCodec codec = (TelCodec) GPOINTER_TO_INT (data);
  Side alice, bob;
  side_init (&alice, 440);
  side_init (&bob, 1000);
  alice.config.media.codecs[0] = codec;
  open_pair (&alice, &bob);
  side_dial (&alice, &bob, NULL);
  wait_state (&alice, TEL_CALL_ACTIVE);
  wait_state (&bob, TEL_CALL_ACTIVE);
  assert_hears (&alice, 1000);
  assert_hears (&bob, 440);
  g_assert_cmpint (tel_call_get_codec (alice.call), ==, codec);
  g_assert_cmpint (tel_call_get_codec (bob.call), ==, codec);
  g_assert_true (tel_call_hang_up (alice.call, 0, NULL));
  wait_state (&alice, TEL_CALL_ENDED);
  wait_state (&bob, TEL_CALL_ENDED);
  g_assert_cmpint (tel_call_get_end (bob.call)->reason, ==, TEL_REASON_REMOTE_HANGUP);
  side_close (&alice);
  side_close (&bob);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (TelCodec codec = TEL_CODEC_OPUS; codec <= TEL_CODEC_PCMA; codec++)
    {
      g_autofree char *path = g_strdup_printf ("/telephony/call/%s", tel_codec_name (codec));
      g_test_add_data_func (path, GINT_TO_POINTER ((int) codec), test_codec);
    }
  return g_test_run ();
}
