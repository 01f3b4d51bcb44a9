/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trunks: which addresses belong to one, who is called by a URI, and what its media word means. */
#include "server/voice/builtin/trunk.h"

static void
test_addresses (void)
{
  static const struct
  {
    const char *pattern, *address;
    gboolean matches;
  } cases[] = {
    { "192.0.2.0/24", "192.0.2.77", TRUE },   { "192.0.2.0/24", "192.0.3.1", FALSE },
    { "192.0.2.7", "192.0.2.7", TRUE },       { "192.0.2.7", "192.0.2.70", FALSE },
    { "2001:db8::/32", "2001:db8::1", TRUE }, { "2001:db8::/32", "2001:db9::1", FALSE },
    { "0.0.0.0/0", "2001:db8::1", FALSE },    { "127.0.0.0/8", "127.255.0.1", TRUE },
    { "nonsense", "192.0.2.7", FALSE },       { "192.0.2.0/24", "nonsense", FALSE },
    { "192.0.2.0/99", "192.0.2.7", FALSE },   { "", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (trunk_address_matches (cases[i].pattern, cases[i].address), ==,
                     cases[i].matches);
}

static void
test_users (void)
{
  static const struct
  {
    const char *uri, *user;
  } cases[] = {
    { "sip:8001@192.0.2.1", "8001" },
    { "sip:+33123456789@example.org:5060;transport=tcp", "+33123456789" },
    { "sips:%2B33123@example.org", "+33123" },
    { "sip:8001;phone-context=x@example.org", "8001" },
    { "sip:alice:secret@example.org", "alice" },
    { "tel:+359888123456;ext=1", "+359888123456" },
    { "sip:anonymous@anonymous.invalid", NULL },
    { "sip:Anonymous@anonymous.invalid", NULL },
    { "sip:example.org", NULL },
    { "sip:@example.org", NULL },
    { "sip:a%00b@example.org", NULL },
    { "sip:a%0d%0ab@example.org", NULL },
    { "sip:a%ff@example.org", NULL },
    { "8001", NULL },
    { "", NULL },
    { NULL, NULL },
  };
  g_autofree char *much = g_strnfill (65, '1');
  g_autofree char *uri = g_strdup_printf ("sip:%s@example.org", much);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *user = trunk_uri_user (cases[i].uri);

      g_assert_cmpstr (user, ==, cases[i].user);
    }
  g_assert_null (trunk_uri_user (uri));
}

static void
test_media (void)
{
  VoiceTrunk *trunk = voice_trunk_new ("t");
  TelSrtp srtp = TEL_SRTP_REQUIRED;

  g_assert_true (trunk_get_srtp (trunk, &srtp));
  g_assert_cmpint (srtp, ==, TEL_SRTP_OFF);
  trunk->media = g_strdup ("srtp-required");
  g_assert_true (trunk_get_srtp (trunk, &srtp));
  g_assert_cmpint (srtp, ==, TEL_SRTP_REQUIRED);
  g_free (trunk->media);
  trunk->media = g_strdup ("pigeon");
  g_assert_false (trunk_get_srtp (trunk, &srtp));
  voice_trunk_free (trunk);
}

static void
test_outgoing (void)
{
  g_autoptr (VoiceConfig) config = voice_config_new ();
  VoiceTrunk *in = voice_trunk_new ("in"), *first = voice_trunk_new ("first");
  VoiceTrunk *second = voice_trunk_new ("second");

  g_ptr_array_add (config->trunks, in);
  g_assert_null (trunk_by_name (config->trunks, NULL));
  g_ptr_array_add (config->trunks, first);
  g_ptr_array_add (config->trunks, second);
  first->proxy = g_strdup ("sip:192.0.2.1");
  second->proxy = g_strdup ("sip:192.0.2.2");
  g_assert_true (trunk_by_name (config->trunks, NULL) == first);
  g_assert_true (trunk_by_name (config->trunks, "second") == second);
  g_assert_null (trunk_by_name (config->trunks, "in"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/trunk/addresses", test_addresses);
  g_test_add_func ("/voice/trunk/users", test_users);
  g_test_add_func ("/voice/trunk/media", test_media);
  g_test_add_func ("/voice/trunk/outgoing", test_outgoing);

  return g_test_run ();
}
