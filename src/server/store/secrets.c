/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsodium behind five functions. The key lives in locked memory. */
#include "server/store/secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <unistd.h>

#define KEY_BYTES crypto_secretbox_KEYBYTES

struct _Secrets
{
  guchar *key;
};

static gboolean
read_key (const char *path, guchar *key, gboolean *missing, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  gsize length = 0, n = 0;

  *missing = FALSE;
  if (!g_file_get_contents (path, &text, &length, &local))
    {
      *missing = g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_strchomp (text);
  if (sodium_hex2bin (key, KEY_BYTES, text, strlen (text), NULL, &n, NULL) != 0 || n != KEY_BYTES)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   "%s holds no key (64 hexadecimal digits); restore it from its backup", path);
      return FALSE;
    }
  sodium_memzero (text, length);

  return TRUE;
}

static gboolean
make_key (const char *path, guchar *key, GError **error)
{
  char text[KEY_BYTES * 2 + 1];
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written;

  randombytes_buf (key, KEY_BYTES);
  sodium_bin2hex (text, sizeof text, key, KEY_BYTES);
  text[sizeof text - 1] = '\n';
  written = fd >= 0 && write (fd, text, sizeof text) == (gssize) sizeof text && fsync (fd) == 0;
  if (!written)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 "the key file %s cannot be written (%s); set key_file in [store]", path,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  sodium_memzero (text, sizeof text);

  return written;
}

Secrets *
secrets_open (const char *key_file, gboolean create, GError **error)
{
  g_autoptr (Secrets) self = g_new0 (Secrets, 1);
  g_autoptr (GError) local = NULL;
  gboolean missing;

  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  self->key = sodium_malloc (KEY_BYTES);
  if (read_key (key_file, self->key, &missing, &local) ||
      (missing && create && make_key (key_file, self->key, error)))
    return g_steal_pointer (&self);
  if (missing && !create)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                 "the key file %s is missing, but the store was made with one; restore it from its "
                 "backup",
                 key_file);
  else if (!missing)
    g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

void
secrets_free (Secrets *self)
{
  if (self == NULL)
    return;
  sodium_free (self->key);
  g_free (self);
}

/* nonce, then the box of (hash of the context, value) */
GBytes *
secrets_seal (Secrets *self, const char *value, const char *context)
{
  gsize length = strlen (value);
  gsize plain_length = crypto_generichash_BYTES + length;
  g_autofree guchar *plain = g_malloc (plain_length);
  gsize sealed_length = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain_length;
  guchar *sealed = g_malloc (sealed_length);

  crypto_generichash (plain, crypto_generichash_BYTES, (const guchar *) context, strlen (context),
                      NULL, 0);
  memcpy (plain + crypto_generichash_BYTES, value, length);
  randombytes_buf (sealed, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (sealed + crypto_secretbox_NONCEBYTES, plain, plain_length, sealed,
                         self->key);
  sodium_memzero (plain, plain_length);

  return g_bytes_new_take (sealed, sealed_length);
}

char *
secrets_open_sealed (Secrets *self, GBytes *bytes, const char *context)
{
  gsize length;
  const guchar *sealed = g_bytes_get_data (bytes, &length);
  const gsize head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  guchar expected[crypto_generichash_BYTES];
  g_autofree guchar *plain = NULL;
  char *value;

  if (length < head + crypto_generichash_BYTES)
    return NULL;
  plain = g_malloc (length - head);
  if (crypto_secretbox_open_easy (plain, sealed + crypto_secretbox_NONCEBYTES,
                                  length - crypto_secretbox_NONCEBYTES, sealed, self->key) != 0)
    return NULL;
  crypto_generichash (expected, sizeof expected, (const guchar *) context, strlen (context), NULL,
                      0);
  if (sodium_memcmp (plain, expected, sizeof expected) != 0)
    return NULL;
  value = g_strndup ((const char *) plain + sizeof expected, length - head - sizeof expected);
  sodium_memzero (plain, length - head);

  return value;
}

char *
secrets_derive (Secrets *self, const char *purpose)
{
  guchar hash[24];
  char text[sodium_base64_ENCODED_LEN (sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  crypto_generichash (hash, sizeof hash, (const guchar *) purpose, strlen (purpose), self->key,
                      KEY_BYTES);
  sodium_bin2base64 (text, sizeof text, hash, sizeof hash,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);

  return g_strdup (text);
}

char *
secrets_hash_token (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

char *
password_hash (const char *password)
{
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str (hash, password, strlen (password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                         crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    return NULL;

  return g_strdup (hash);
}

gboolean
password_verify (const char *hash, const char *password)
{
  return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}
