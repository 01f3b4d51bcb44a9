/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads [email NAME] of the daemon's file. */
#include "server/channels/email/settings.h"

#include "server/config-group.h"

#include <string.h>

static const ConfigKey keys[] = {
  CONFIG_TEXT ("imap", EmailSettings, imap),
  CONFIG_TEXT ("smtp", EmailSettings, smtp),
  CONFIG_TEXT ("user", EmailSettings, user),
  CONFIG_TEXT ("password_file", EmailSettings, password_file),
  CONFIG_TEXT ("ca", EmailSettings, ca),
  CONFIG_TEXT ("folder", EmailSettings, folder),
  CONFIG_LIST ("addresses", EmailSettings, addresses),
};

void
email_settings_free (gpointer settings)
{
  EmailSettings *email = settings;

  config_group_clear (email, keys, G_N_ELEMENTS (keys));
  g_free (email->name);
  g_free (email);
}

static gboolean
is_server (const char *url, const char *plain, const char *encrypted)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
         g_uri_get_userinfo (uri) == NULL && strlen (g_uri_get_path (uri)) <= 1 &&
         g_uri_get_query (uri) == NULL &&
         (g_str_equal (g_uri_get_scheme (uri), plain) ||
          g_str_equal (g_uri_get_scheme (uri), encrypted));
}

static gboolean
check_email (const EmailSettings *email, const char *group, GError **error)
{
  if (email->imap == NULL || !is_server (email->imap, "imap", "imaps"))
    return config_refuse (error, group, "imap", "needs a server such as imaps://mail.example:993");
  if (email->smtp == NULL || !is_server (email->smtp, "smtp", "smtps"))
    return config_refuse (error, group, "smtp", "needs a server such as smtp://mail.example:587");
  if (email->user == NULL || email->password_file == NULL)
    return config_refuse (error, group, "user", "needs user and password_file");
  if (email->addresses == NULL || email->addresses[0] == NULL)
    return config_refuse (error, group, "addresses",
                          "needs the addresses whose mail arrives there");
  for (guint i = 0; email->addresses[i] != NULL; i++)
    if (strchr (email->addresses[i], '@') == NULL)
      return config_refuse (error, group, "addresses", "an address has an @");

  return TRUE;
}

gboolean
email_settings_read (GPtrArray *list, GKeyFile *file, const char *group, GError **error)
{
  EmailSettings *email = g_new0 (EmailSettings, 1);

  email->name = g_strdup (group + strlen ("email "));
  g_ptr_array_add (list, email);

  return config_group_read (email, keys, G_N_ELEMENTS (keys), file, group, error) &&
         check_email (email, group, error);
}
