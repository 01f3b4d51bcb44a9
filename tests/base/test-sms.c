/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments of SMS: both alphabets, the extension table, what must not be torn. */
#include "base/sms-text.h"

#include <string.h>

static BaseSms
measure (const char *unit, guint times, const char *after)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (text, unit);
  g_string_append (text, after);

  return base_sms_measure (text->str);
}

#define CHECK(sms, kind, count, room)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    BaseSms checked = sms;                                                                         \
    g_assert_cmpint (checked.alphabet, ==, kind);                                                  \
    g_assert_cmpuint (checked.segments, ==, count);                                                \
    g_assert_cmpuint (checked.left, ==, room);                                                     \
  }                                                                                                \
  G_STMT_END

static void
test_gsm (void)
{
  CHECK (measure ("a", 0, ""), BASE_SMS_GSM7, 0, 160);
  CHECK (measure ("a", 1, ""), BASE_SMS_GSM7, 1, 159);
  CHECK (measure ("é", 160, ""), BASE_SMS_GSM7, 1, 0);
  CHECK (measure ("a", 161, ""), BASE_SMS_GSM7, 2, 153 - 8);
  CHECK (measure ("a", 306, ""), BASE_SMS_GSM7, 2, 0);
  CHECK (measure ("a", 307, ""), BASE_SMS_GSM7, 3, 152);
  CHECK (measure ("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n", 1, ""), BASE_SMS_GSM7, 1,
         160 - 43);
}

static void
test_extension (void)
{
  CHECK (measure ("€", 80, ""), BASE_SMS_GSM7, 1, 0);
  CHECK (measure ("€", 80, "a"), BASE_SMS_GSM7, 2, 153 - 9);
  CHECK (measure ("^{}\\[~]|€", 1, ""), BASE_SMS_GSM7, 1, 160 - 18);
  /* The 153rd unit would tear the sign: the second segment begins with it. */
  CHECK (measure ("a", 152, "€aaaaaaa"), BASE_SMS_GSM7, 2, 153 - 9);
  /* With the loss at each seam a third is needed where units alone would fit two. */
  CHECK (measure ("€", 153, ""), BASE_SMS_GSM7, 3, 151);
}

static void
test_ucs2 (void)
{
  CHECK (measure ("ж", 70, ""), BASE_SMS_UCS2, 1, 0);
  CHECK (measure ("ж", 71, ""), BASE_SMS_UCS2, 2, 67 - 4);
  CHECK (measure ("a", 100, "ç"), BASE_SMS_UCS2, 2, 67 - 34);
  CHECK (measure ("😀", 35, ""), BASE_SMS_UCS2, 1, 0);
  CHECK (measure ("😀", 36, ""), BASE_SMS_UCS2, 2, 67 - 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sms/gsm", test_gsm);
  g_test_add_func ("/sms/extension", test_extension);
  g_test_add_func ("/sms/ucs2", test_ucs2);
  return g_test_run ();
}
