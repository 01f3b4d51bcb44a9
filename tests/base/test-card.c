/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Card numbers in texts: every network, however they are written, and what looks like one and is
 * none. The numbers are those that networks give out for tests. */
#include "base/card-data.h"

#include <string.h>

static void
check (const char *text, const char *expected)
{
  g_autofree char *masked = base_card_mask (text);
  g_autofree char *again = masked != NULL ? base_card_mask (masked) : NULL;

  g_assert_cmpstr (masked, ==, expected);
  g_assert_cmpint (base_card_found (text), ==, expected != NULL);
  g_assert_null (again);
}

static void
test_networks (void)
{
  static const char *const numbers[] = {
    "4111111111111111", "4222222222222",       "4000000000000000006", "5555555555554444",
    "2223003122003222", "378282246310005",     "341111111111111",     "30569309025904",
    "38520000023237",   "36227206271667",      "6011111111111117",    "6445644564456445",
    "3530111333300000", "6205500000000000004", "6759649826438453",    "6304000000000000",
    "5019717010103742",
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const char *last = numbers[i] + strlen (numbers[i]) - 4;
      g_autofree char *alone = g_strconcat ("•••• •••• •••• ", last, NULL);
      g_autofree char *text = g_strdup_printf ("Моята карта: %s, merci", numbers[i]);
      g_autofree char *expected = g_strdup_printf ("Моята карта: %s, merci", alone);

      check (numbers[i], alone);
      check (text, expected);
    }
}

static void
test_separators (void)
{
  check ("4111 1111 1111 1111", "•••• •••• •••• 1111");
  check ("4111-1111-1111-1111", "•••• •••• •••• 1111");
  check ("4111.1111.1111.1111", "•••• •••• •••• 1111");
  check ("4111\u00a01111\u00a01111\u00a01111", "•••• •••• •••• 1111");
  check ("4111\u202f1111\u20111111\u20131111", "•••• •••• •••• 1111");
  check ("4111 - 1111 - 1111 - 1111", "•••• •••• •••• 1111");
  check ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "•••• •••• •••• 1111");
  check ("4\u200b111\u200b1111\u20601111\ufeff1111", "•••• •••• •••• 1111");
  check ("3782 822463 10005", "•••• •••• •••• 0005");
  check ("(4111111111111111)", "(•••• •••• •••• 1111)");
  check ("VISA4111111111111111!", "VISA•••• •••• •••• 1111!");
  /* What stands beside a number is no part of it. */
  check ("2 x 4111 1111 1111 1111 12/27 123", "2 x •••• •••• •••• 1111 12/27 123");
  check ("No 7 4111111111111111 123", "No 7 •••• •••• •••• 1111 123");
  check ("+33 1 99 00 00 01 378282246310005", "+33 1 99 00 00 01 •••• •••• •••• 0005");
  check ("+4111111111111111", "+•••• •••• •••• 1111");
  check ("4111111111111111 5555555555554444", "•••• •••• •••• 1111 •••• •••• •••• 4444");
  check ("4111111111111111\n5555-5555-5555-4444\n", "•••• •••• •••• 1111\n•••• •••• •••• 4444\n");
}

static void
test_digits (void)
{
  check ("４１１１　１１１１　１１１１　１１１１", "•••• •••• •••• 1111");
  check ("٤١١١ ١١١١ ١١١١ ١١١١", "•••• •••• •••• 1111");
  check ("۴۱۱۱۱۱۱۱۱۱۱۱۱۱۱۱", "•••• •••• •••• 1111");
  check ("४१११ 1111 ११११ 1111", "•••• •••• •••• 1111");
  check ("𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏", "•••• •••• •••• 1111");
}

/* What people write more often than cards. */
static void
test_others (void)
{
  static const char *const texts[] = {
    "",
    "No digits at all, никакви цифри",
    "4111 1111 1111 1112",          /* the check digit */
    "1111111111111117",             /* of no network */
    "411111111111",                 /* too short */
    "41111111111111111",            /* of a length that Visa has not */
    "41111111111111111111",         /* an order's number */
    "Order 98-4111111111111111000", /* the same, which holds one */
    "+33 1 99 00 00 01",            /* telephones */
    "00359 2 999 00 01, +49 4222 222222222",
    "2026-11-21 14:48:28.112",
    "FR76 3000 6000 0112 3456 7890 189",
    "BG80 BNBG 9661 1020 3456 78",
    "DE89 3704 0044 0532 0130 00",
    "4111 / 1111 / 1111 / 1111",
    "4111\n1111\n1111\n1111",
    "4111     1111     1111     1111",
    "•••• •••• •••• 4111",
    "•••• •••• •••• 4111 1111 1111 1111", /* masked before: its end begins nothing */
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check (texts[i], NULL);
}

/* A hundred thousand digits take no longer for being one long row of groups. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *masked = NULL;

  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "4 ");
  g_string_append (text, "x 4111111111111111");
  masked = base_card_mask (text->str);
  g_assert_nonnull (masked);
  g_assert_true (g_str_has_suffix (masked, "x •••• •••• •••• 1111"));
  g_assert_null (strstr (masked, "4111"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/card/networks", test_networks);
  g_test_add_func ("/base/card/separators", test_separators);
  g_test_add_func ("/base/card/digits", test_digits);
  g_test_add_func ("/base/card/others", test_others);
  g_test_add_func ("/base/card/long", test_long);

  return g_test_run ();
}
