/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Links to telephone numbers, as browsers, mail programs and address books write them.
 */

#include "desktop/phone-link.h"

static const struct
{
  const char *uri, *number;
} links[] = {
  { "tel:+33612345678", "+33612345678" },
  { "tel:+33-6.12 (34)/5678", "+33612345678" },
  { "TEL:0888123456", "0888123456" },
  { "tel:///+359888123456", "+359888123456" },
  { "tel:+33%206%2012%2034%2056%2078", "+33612345678" },
  { "tel:612345678;phone-context=+33", "+33612345678" },
  { "tel:+33612345678;phone-context=+44", "+33612345678" },
  { "tel:+33612345678;ext=12;isub=x", "+33612345678" },
  { "tel:5000;phone-context=example.org", "5000" },
  { "callto:+33612345678", "+33612345678" },
  { "callto://+33612345678/", "+33612345678" },
  { "callto:+33612345678?call", "+33612345678" },
  { "sip:+33612345678@example.org;user=phone", "+33612345678" },
  { "sip:+33612345678;phone-context=x@example.org", "+33612345678" },
  { "sips:112@example.org", "112" },
  { "sip:alice@example.org", NULL },
  { "callto:alice", NULL },
  { "tel:", NULL },
  { "tel:+", NULL },
  { "tel:1", NULL },
  { "tel:123+45", NULL },
  { "tel:*21*0612345678#", NULL },
  { "tel:%00123456", NULL },
  { "tel:%zz", NULL },
  { "tel:123456789012345678901", NULL },
  { "mailto:alice@example.org", NULL },
  { "+33612345678", NULL },
  { "", NULL },
  { NULL, NULL },
};

static void
test_links (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *number = guichet_phone_link_number (links[i].uri);

      if (g_test_verbose ())
        g_test_message ("%s", links[i].uri);
      g_assert_cmpstr (number, ==, links[i].number);
    }
}

static void
test_bound (void)
{
  g_autofree char *dots = g_strnfill (600, '.');
  g_autofree char *uri = g_strconcat ("tel:0612", dots, NULL);

  g_assert_null (guichet_phone_link_number (uri));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desktop/phone-link/links", test_links);
  g_test_add_func ("/desktop/phone-link/bound", test_bound);
  return g_test_run ();
}
