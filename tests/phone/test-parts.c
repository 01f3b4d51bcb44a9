/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone's pure parts: which device is used, the rule of registration, the sounds. */
#include "phone/devices.h"
#include "phone/readiness.h"
#include "phone/tones.h"

static void
test_pick (void)
{
  g_autoptr (GPtrArray) devices = phone_devices_new ();

  g_assert_null (phone_devices_pick (devices, ""));
  g_assert_null (phone_devices_pick (devices, "a"));
  phone_devices_add (devices, "a", "A", FALSE);
  g_assert_cmpstr (phone_devices_pick (devices, ""), ==, "a");
  phone_devices_add (devices, "b", "", TRUE);
  phone_devices_add (devices, "c", "C", FALSE);
  g_assert_cmpstr (phone_devices_pick (devices, ""), ==, "b");
  g_assert_cmpstr (phone_devices_pick (devices, "c"), ==, "c");
  g_assert_cmpstr (phone_devices_pick (devices, "gone"), ==, "b");
  g_assert_true (phone_devices_lost (devices, "gone"));
  g_assert_false (phone_devices_lost (devices, "c"));
  g_assert_false (phone_devices_lost (devices, ""));
  g_assert_cmpstr (((PhoneDevice *) devices->pdata[1])->label, ==, "b");
}

/* All 128 combinations against the rule in words. */
static void
test_readiness (void)
{
  for (guint bits = 0; bits < 128; bits++)
    {
      PhoneFacts f = {
        .account = (bits & 1) != 0,
        .lease = (bits & 2) != 0,
        .talking = (bits & 4) != 0,
        .settled = (bits & 8) != 0,
        .microphone = (bits & 16) != 0,
        .speaker = (bits & 32) != 0,
        .suspending = (bits & 64) != 0,
      };
      gboolean ready = f.account && !f.suspending &&
                       (f.talking || (f.lease && f.settled && f.microphone && f.speaker));
      const char *obstacle = phone_readiness_obstacle (&f);

      g_assert_true ((obstacle == NULL) == ready);
      if (!f.account)
        g_assert_cmpstr (obstacle, ==, "no_account");
      else if (f.suspending)
        g_assert_cmpstr (obstacle, ==, "suspending");
    }
}

static void
test_tones (void)
{
  gsize ring, knock;
  g_autofree gint16 *aloud = phone_tone_ring ("chime", &ring), *soft = phone_tone_knock (&knock);
  int loudest = 0, softest = 0;

  g_assert_cmpuint (ring, ==, 3 * PHONE_TONE_RATE);
  g_assert_cmpuint (knock, ==, 4 * PHONE_TONE_RATE);
  for (gsize i = 0; i < ring; i++)
    loudest = MAX (loudest, ABS (aloud[i]));
  for (gsize i = 0; i < knock; i++)
    softest = MAX (softest, ABS (soft[i]));
  g_assert_cmpint (loudest, >, 8000);
  g_assert_cmpint (loudest, <, 32767);
  g_assert_cmpint (softest, >, 1000);
  g_assert_cmpint (softest, <, 5000);
  g_assert_cmpint (ABS (aloud[0]), <, 10);
  g_assert_cmpint (ABS (aloud[ring - 1]), <, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/pick", test_pick);
  g_test_add_func ("/readiness/all", test_readiness);
  g_test_add_func ("/tones", test_tones);
  return g_test_run ();
}
