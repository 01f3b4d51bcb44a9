/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a Refer-To says, and what is refused of it. */
#include "telephony/refer.h"

#include <string.h>

static void
test_read (void)
{
  static const struct
  {
    const char *text, *uri, *call_id, *to_tag, *from_tag;
  } good[] = {
    { "<sip:2001@pbx>", "sip:2001@pbx", NULL, NULL, NULL },
    { "sip:2001@pbx", "sip:2001@pbx", NULL, NULL, NULL },
    { "\"Bob\" <sips:+33123@pbx:5061;user=phone>;x=y", "sips:+33123@pbx:5061;user=phone", NULL,
      NULL, NULL },
    { "<tel:+33123456789>", "tel:+33123456789", NULL, NULL, NULL },
    { "<sip:2001@pbx;method=INVITE>", "sip:2001@pbx;method=INVITE", NULL, NULL, NULL },
    { "<sip:2001@pbx?Subject=Hello>", "sip:2001@pbx", NULL, NULL, NULL },
    { "<sip:b@pbx?Replaces=1%40x%3Bto-tag%3D7%3Bfrom-tag%3D9>", "sip:b@pbx", "1@x", "7", "9" },
    { "<sip:b@pbx?Require=replaces&replaces=1%3Bfrom-tag%3D9%3Bto-tag%3D7%3Bearly-only>",
      "sip:b@pbx", "1", "7", "9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_auto (TelRefer) refer = { 0 };
      g_test_message ("%s", good[i].text);
      g_assert_true (tel_refer_read (good[i].text, &refer));
      g_assert_cmpstr (refer.uri, ==, good[i].uri);
      g_assert_cmpstr (refer.call_id, ==, good[i].call_id);
      g_assert_cmpstr (refer.to_tag, ==, good[i].to_tag);
      g_assert_cmpstr (refer.from_tag, ==, good[i].from_tag);
    }
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    NULL,
    "",
    "<>",
    "*",
    "nothing at all",
    "<http://example.org>",
    "<mailto:x@y>",
    "<sip:2001@pbx",
    "<sip:2001@pbx;method=BYE>",
    "<sip:2001@pbx>\r\nX: y",
    "<sip:b@pbx?Replaces=>",
    "<sip:b@pbx?Replaces=1>",
    "<sip:b@pbx?Replaces=1%3Bto-tag%3D7>",
    "<sip:b@pbx?Replaces=1%3Bfrom-tag%3D7>",
    "<sip:b@pbx?Replaces=1%00%3Bto-tag%3D7%3Bfrom-tag%3D9>",
    "<sip:b@pbx?Replaces=1%0d%0aX%3Bto-tag%3D7%3Bfrom-tag%3D9>",
    "<sip:b@pbx?Replaces=1%3Bto-tag%3D7%3Bfrom-tag%3D9&Replaces=1%3Bto-tag%3D7%3Bfrom-tag%3D9>",
  };
  g_autofree char *digits = g_strnfill (2000, '2');
  g_autofree char *huge = g_strdup_printf ("<sip:%s@pbx>", digits);
  TelRefer refer;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i] != NULL ? bad[i] : "NULL");
      g_assert_false (tel_refer_read (bad[i], &refer));
      g_assert_null (refer.uri);
    }
  g_assert_false (tel_refer_read (huge, &refer));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telephony/refer/read", test_read);
  g_test_add_func ("/telephony/refer/refused", test_refused);
  return g_test_run ();
}
