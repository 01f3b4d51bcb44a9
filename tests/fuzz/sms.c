/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: callbacks of SMS gateways. The first line is the content type ("-": none), the
 * second the query, the rest the body. */
#include "fuzz.h"

#include "server/channels/sms/callback.h"

static void
check_number (const char *text)
{
  g_autofree char *number = sms_number (text);
  g_autofree char *again = sms_number (number);

  g_assert_cmpint (strlen (number), <=, strlen (text) + 1);
  /* What is kept is found again under the name that it is kept by. */
  g_assert_cmpstr (number, ==, again);
}

static void
check_fields (const SmsCallback *callback)
{
  static const char *const stop[] = { "STOP", "ARRÊT", "СПРИ", NULL };
  GHashTableIter iter;
  gpointer name;

  g_assert_cmpuint (g_hash_table_size (callback->fields), <=, SMS_CALLBACK_FIELDS);
  g_hash_table_iter_init (&iter, callback->fields);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *value = sms_callback_get (callback, name);
      g_autofree char *text = sms_callback_text (callback, name);

      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_true (value == NULL || g_utf8_validate (value, -1, NULL));
      g_assert_true (text != NULL && g_utf8_validate (text, -1, NULL));
      sms_is_word (text, (char **) stop);
      if (value != NULL)
        check_number (value);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *type = fuzz_line (&data, &size);
  g_autofree char *query = fuzz_line (&data, &size);
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (SmsCallback) callback =
      sms_callback_parse (query, g_str_equal (type, "-") ? NULL : type, body);
  g_autofree char *text = callback != NULL ? sms_callback_text (callback, "text") : NULL;

  if (callback != NULL)
    check_fields (callback);
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));

  return 0;
}
