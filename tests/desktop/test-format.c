/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Durations, instants and telephone numbers.
 */

#include "desktop/text/format.h"
#include "desktop/text/who.h"

#include <string.h>

static void
test_duration (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } cases[] = {
    { -5, "0:00" },    { 0, "0:00" },       { 9, "0:09" },       { 247, "4:07" },
    { 3599, "59:59" }, { 3600, "1:00:00" }, { 3729, "1:02:09" }, { 360000, "100:00:00" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = guichet_format_duration (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_dialled (void)
{
  static const struct
  {
    const char *typed;
    const char *kept;
  } cases[] = { { "+33 (0)6 12.34-56,78", "+330612345678" },
                { "  +359 888 123 456", "+359888123456" },
                { "00 33 1", "00331" },
                { "1+2", "12" },
                { "*21#", "*21#" },
                { "tel:+44 20", "+4420" },
                { "", "" },
                { "числа", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *kept = guichet_format_dialled (cases[i].typed);

      g_assert_cmpstr (kept, ==, cases[i].kept);
    }
}

static void
test_instant (void)
{
  gint64 now = g_get_real_time () / 1000;
  g_autofree char *today = guichet_format_instant (now, now);
  g_autofree char *past = guichet_format_instant (now - 40LL * 24 * 3600 * 1000, now);

  g_assert_cmpuint (strlen (today), <=, 5);
  g_assert_cmpuint (strlen (past), >, strlen (today));
}

static void
test_who (void)
{
  g_autofree char *name = guichet_who ("Élise", "+33");
  g_autofree char *number = guichet_who ("", "••••4417");
  g_autofree char *nobody = guichet_who (NULL, "");

  g_assert_cmpstr (name, ==, "Élise");
  g_assert_cmpstr (number, ==, "••••4417");
  g_assert_cmpstr (nobody, ==, "Unknown customer");
  g_assert_true (guichet_format_is_number (number));
  g_assert_false (guichet_format_is_number (name));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/duration", test_duration);
  g_test_add_func ("/format/dialled", test_dialled);
  g_test_add_func ("/format/instant", test_instant);
  g_test_add_func ("/format/who", test_who);
  return g_test_run ();
}
