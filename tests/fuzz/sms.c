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

/* No more and no larger than asked for, and none without either bytes or a reason. */
static void
check_inside (const SmsCallback *callback)
{
  const SmsFileLimits limits = { .number = 3, .each = 64, .all = 128 };
  g_autoptr (GPtrArray) files = sms_callback_inside (callback, "data.payload.files.{n}.content",
                                                     "data.payload.files.{n}.name", &limits);
  guint taken = 0;
  gsize all = 0;

  g_assert_cmpuint (files->len, <=, SMS_CALLBACK_FILES);
  for (guint i = 0; i < files->len; i++)
    {
      const SmsFile *file = g_ptr_array_index (files, i);

      g_assert_true ((file->bytes != NULL) == (file->reason == NULL));
      g_assert_true (file->name == NULL || g_utf8_validate (file->name, -1, NULL));
      if (file->bytes == NULL)
        continue;
      taken++;
      all += g_bytes_get_size (file->bytes);
      g_assert_cmpuint (g_bytes_get_size (file->bytes), <=, limits.each);
    }
  g_assert_cmpuint (taken, <=, limits.number);
  g_assert_cmpuint (all, <=, limits.all);
}

/* What was written as base64 is read again. */
static void
check_base64 (GBytes *body)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);
  g_autofree char *text = length > 0 ? g_base64_encode (data, length) : g_strdup ("");
  g_autoptr (GBytes) written = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) read = sms_base64 (written);

  g_assert_true (read != NULL && g_bytes_equal (read, body));
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
  g_auto (GStrv) files =
      callback != NULL ? sms_callback_files (callback, "data.payload.media.{n}.url") : NULL;
  g_auto (GStrv) links = callback != NULL ? sms_callback_files (callback, "MediaUrl{n}") : NULL;

  if (callback != NULL)
    {
      check_fields (callback);
      check_inside (callback);
    }
  check_base64 (body);
  g_assert_true (files == NULL || (*files != NULL && g_strv_length (files) <= SMS_CALLBACK_FILES));
  g_assert_true (links == NULL || (*links != NULL && g_utf8_validate (*links, -1, NULL)));
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));

  return 0;
}
