/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test certificates by the openssl program. */
#include "certificates.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

G_GNUC_PRINTF (2, 3)
static void
openssl (const char *dir, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  va_list args;
  va_start (args, format);
  g_autofree char *line = g_strdup_vprintf (format, args);
  va_end (args);
  g_assert_true (g_shell_parse_argv (line, NULL, &argv, &error));
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_cwd (launcher, dir);
  g_autoptr (GSubprocess) process =
      g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

static void
copy (const char *from_dir, const char *from, const char *to_dir, const char *to, gboolean append)
{
  g_autofree char *source = g_build_filename (from_dir, from, NULL);
  g_autofree char *target = g_build_filename (to_dir, to, NULL);
  g_autofree char *text = NULL, *before = NULL;
  g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
  if (append)
    g_file_get_contents (target, &before, NULL, NULL);
  g_autofree char *all = g_strconcat (before != NULL ? before : "", text, NULL);
  g_assert_true (g_file_set_contents (target, all, -1, NULL));
}

static void
make_ca (const char *dir)
{
  g_autofree char *key = g_build_filename (dir, "ca.key", NULL);
  if (!g_file_test (key, G_FILE_TEST_EXISTS))
    openssl (dir, "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                  "-keyout ca.key -out ca.pem -days 30 -subj /CN=Test-CA");
}

char *
certificates_make (const char *ca_dir, const char *name)
{
  char *dir = g_dir_make_tmp ("guichet-tls-XXXXXX", NULL);
  g_assert_nonnull (dir);
  make_ca (ca_dir);
  copy (ca_dir, "ca.pem", dir, "cafile.pem", FALSE);
  if (name == NULL)
    return dir;
  g_autofree char *extension = g_build_filename (dir, "extension", NULL);
  g_autofree char *text = g_hostname_is_ip_address (name)
                              ? g_strdup_printf ("subjectAltName=IP:%s,DNS:%s\n", name, name)
                              : g_strdup_printf ("subjectAltName=DNS:%s\n", name);
  g_assert_true (g_file_set_contents (extension, text, -1, NULL));
  openssl (dir,
           "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem "
           "-out request.pem -subj /CN=%s",
           name);
  openssl (dir,
           "openssl x509 -req -in request.pem -CA %s/ca.pem -CAkey %s/ca.key -CAcreateserial "
           "-days 20 -extfile extension -out certificate.pem",
           ca_dir, ca_dir);
  copy (dir, "certificate.pem", dir, "agent.pem", FALSE);
  copy (dir, "key.pem", dir, "agent.pem", TRUE);
  return dir;
}

void
certificates_remove (char *dir)
{
  g_autoptr (GDir) files = g_dir_open (dir, 0, NULL);
  const char *name;
  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_unlink (path);
    }
  g_rmdir (dir);
  g_free (dir);
}
