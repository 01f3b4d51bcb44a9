/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts of mail servers. */
#include "server/channels/email/account.h"

#include "server/config.h"

#include <string.h>

#define PASSWORD_MAX 1024

static gboolean
is_plain (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && g_hostname_is_ip_address (host) && config_is_loopback (host);
}

/* The first line of the file. */
static char *
read_password (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  text[strcspn (text, "\r\n")] = '\0';
  if (*text != '\0' && length <= PASSWORD_MAX)
    return g_steal_pointer (&text);
  g_set_error (error, CONFIG_ERROR, CONFIG_ERROR_INVALID, "%s: its first line must be the password",
               path);

  return NULL;
}

EmailAccount *
email_account_new (const EmailSettings *config, GError **error)
{
  g_autofree char *password = read_password (config->password_file, error);
  EmailAccount *self;

  if (password == NULL)
    {
      g_prefix_error (error, "[email %s] password_file: ", config->name);
      return NULL;
    }
  self = g_new0 (EmailAccount, 1);
  self->references = 1;
  self->name = g_strdup (config->name);
  self->imap = g_strdup (config->imap);
  self->smtp = g_strdup (config->smtp);
  self->user = g_strdup (config->user);
  self->password = g_steal_pointer (&password);
  self->ca = g_strdup (config->ca);
  self->folder = g_strdup (config->folder != NULL ? config->folder : "INBOX");
  self->addresses = g_new0 (char *, g_strv_length (config->addresses) + 1);
  for (guint i = 0; config->addresses[i] != NULL; i++)
    self->addresses[i] = g_utf8_strdown (config->addresses[i], -1);
  self->imap_plain = is_plain (self->imap);
  self->smtp_plain = is_plain (self->smtp);

  return self;
}

EmailAccount *
email_account_ref (EmailAccount *self)
{
  g_atomic_int_inc (&self->references);

  return self;
}

void
email_account_unref (EmailAccount *self)
{
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  g_free (self->name);
  g_free (self->imap);
  g_free (self->smtp);
  g_free (self->user);
  memset (self->password, 0, strlen (self->password));
  g_free (self->password);
  g_free (self->ca);
  g_free (self->folder);
  g_strfreev (self->addresses);
  g_free (self);
}

gboolean
email_account_has (const EmailAccount *self, const char *address)
{
  return g_strv_contains ((const char *const *) self->addresses, address);
}
