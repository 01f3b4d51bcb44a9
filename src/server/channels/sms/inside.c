/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a callback: where they are, or they themselves. Pure; any thread. */
#include "model/codes.h"
#include "server/channels/sms/callback.h"

#include <string.h>

#define URL_MAX         4096
#define FILE_NAME_BYTES 1024
#define DATA_URL        "data:"
#define DATA_PREFIX     256 /* bytes before the base64 of a data URL */

static char *
plain_of (GBytes *bytes, gsize max)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (length == 0 || length > max || memchr (data, 0, length) != NULL ||
      !g_utf8_validate (data, (gssize) length, NULL))
    return NULL;

  return g_strndup (data, length);
}

/* The field of this place, if there is something in it. */
static GBytes *
field_at (const SmsCallback *self, const char *name, guint place)
{
  g_autofree char *number = g_strdup_printf ("%u", place);
  g_auto (GStrv) around = g_strsplit (name, "{n}", 2);
  g_autofree char *whole = around[0] != NULL && around[1] != NULL
                               ? g_strconcat (around[0], number, around[1], NULL)
                           : place == 0 ? g_strdup (name)
                                        : NULL;
  GBytes *bytes = whole != NULL ? g_hash_table_lookup (self->fields, whole) : NULL;

  return bytes != NULL && g_bytes_get_size (bytes) > 0 ? bytes : NULL;
}

/* --- where they are --------------------------------------------------------------------------- */

char **
sms_callback_files (const SmsCallback *self, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint place = 0; n < SMS_CALLBACK_FILES; place++)
    {
      GBytes *bytes = field_at (self, name, place);
      g_autofree char *url = bytes != NULL ? plain_of (bytes, URL_MAX) : NULL;

      if (url != NULL)
        {
          g_strv_builder_add (builder, url);
          n++;
        }
      else if (place > 0)
        break;
    }

  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

/* --- they themselves -------------------------------------------------------------------------- */

static int
value_of (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  if (c == '+' || c == '-' || c == ' ') /* a form without escapes has a blank for the plus */
    return 62;
  if (c == '/' || c == '_')
    return 63;

  return -1;
}

/* Behind what a data URL says of itself. */
static const char *
begin_of (const char *data, gsize length)
{
  const char *comma;

  if (length < strlen (DATA_URL) || memcmp (data, DATA_URL, strlen (DATA_URL)) != 0)
    return data;
  comma = memchr (data, ',', MIN (length, DATA_PREFIX));

  return comma != NULL ? comma + 1 : data;
}

GBytes *
sms_base64 (GBytes *text)
{
  gsize length;
  const char *given = g_bytes_get_data (text, &length);
  const char *data = given != NULL ? given : "";
  const char *end = data + length;
  g_autofree guint8 *out = g_malloc (length / 4 * 3 + 3);
  gsize written = 0;
  guint32 bits = 0;
  guint signs = 0, padding = 0;

  for (const char *at = begin_of (data, length); at < end; at++)
    {
      int value = padding == 0 ? value_of (*at) : -1;

      if (*at == '\r' || *at == '\n' || *at == '\t')
        continue;
      if (*at == '=')
        {
          padding++;
          continue;
        }
      if (value < 0)
        return NULL;
      bits = bits << 6 | (guint32) value;
      if (++signs % 4 != 1)
        out[written++] = (guint8) (bits >> (6 - 2 * ((signs - 1) % 4)));
    }
  if (signs % 4 == 1 || (padding > 0 && (signs + padding) % 4 != 0) || padding > 2)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&out), written);
}

void
sms_file_free (gpointer data)
{
  SmsFile *file = data;

  g_free (file->name);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file->sum);
  g_free (file);
}

typedef struct
{
  const SmsFileLimits *limits;
  GPtrArray *files;
  guint taken;
  gsize all;
} Gathering;

/* NULL: it may be taken. */
static const char *
refuse (const Gathering *self, gsize size)
{
  if (self->taken >= self->limits->number)
    return model_code (MODEL_CODE_FILES_TOO_MANY);
  if (size > self->limits->each)
    return model_code (MODEL_CODE_FILE_TOO_LARGE);
  if (self->all + size > self->limits->all)
    return model_code (MODEL_CODE_FILES_TOO_LARGE);

  return NULL;
}

/* Takes both. */
static void
gather (Gathering *self, char *name, GBytes *bytes, const char *reason)
{
  SmsFile *file = g_new0 (SmsFile, 1);

  if (bytes != NULL && reason == NULL)
    reason = refuse (self, g_bytes_get_size (bytes));
  if (reason != NULL)
    g_clear_pointer (&bytes, g_bytes_unref);
  else
    {
      self->taken++;
      self->all += g_bytes_get_size (bytes);
    }
  *file = (SmsFile){ .name = name, .bytes = bytes, .reason = reason };
  if (bytes != NULL)
    file->sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_ptr_array_add (self->files, file);
}

/* What is too large is not read before it is refused. */
static void
gather_field (Gathering *self, GBytes *field, char *name)
{
  const char *reason = refuse (self, g_bytes_get_size (field) / 4 * 3 * 9 / 10);
  GBytes *bytes = reason == NULL ? sms_base64 (field) : NULL;

  if (reason == NULL && bytes == NULL)
    reason = model_code (MODEL_CODE_FILE_BROKEN);
  gather (self, name, bytes, reason);
}

GPtrArray *
sms_callback_inside (const SmsCallback *self,
                     const char *name,
                     const char *file_name,
                     const SmsFileLimits *limits)
{
  Gathering gathering = { .limits = limits,
                          .files = g_ptr_array_new_with_free_func (sms_file_free) };

  for (guint i = 0; i < self->parts->len && gathering.files->len < SMS_CALLBACK_FILES; i++)
    {
      const SmsFile *part = g_ptr_array_index (self->parts, i);

      gather (&gathering, g_strdup (part->name),
              part->bytes != NULL ? g_bytes_ref (part->bytes) : NULL, part->reason);
    }
  for (guint place = 0; gathering.files->len < SMS_CALLBACK_FILES; place++)
    {
      GBytes *field = field_at (self, name, place);
      GBytes *called = field_at (self, file_name, place);

      if (field != NULL)
        gather_field (&gathering, field,
                      called != NULL ? plain_of (called, FILE_NAME_BYTES) : NULL);
      else if (place > 0)
        break;
    }

  return gathering.files;
}
