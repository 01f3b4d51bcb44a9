/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads [email NAME] of the daemon's file. */
#include "server/channels/email/settings.h"

#include "server/config.h"

#include <string.h>

static gboolean
refuse (GError **error, const char *group, const char *key, const char *why)
{
  g_set_error (error, CONFIG_ERROR, CONFIG_ERROR_INVALID, "[%s] %s: %s", group, key, why);

  return FALSE;
}

void
email_settings_free (gpointer settings)
{
  EmailSettings *email = settings;

  g_free (email->name);
  g_free (email->imap);
  g_free (email->smtp);
  g_free (email->user);
  g_free (email->password_file);
  g_free (email->ca);
  g_free (email->folder);
  g_strfreev (email->addresses);
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
    return refuse (error, group, "imap", "needs a server such as imaps://mail.example:993");
  if (email->smtp == NULL || !is_server (email->smtp, "smtp", "smtps"))
    return refuse (error, group, "smtp", "needs a server such as smtp://mail.example:587");
  if (email->user == NULL || email->password_file == NULL)
    return refuse (error, group, "user", "needs user and password_file");
  if (email->addresses == NULL || email->addresses[0] == NULL)
    return refuse (error, group, "addresses", "needs the addresses whose mail arrives there");
  for (guint i = 0; email->addresses[i] != NULL; i++)
    if (strchr (email->addresses[i], '@') == NULL)
      return refuse (error, group, "addresses", "an address has an @");

  return TRUE;
}

gboolean
email_settings_read (GPtrArray *list, GKeyFile *file, const char *group, GError **error)
{
  EmailSettings *email = g_new0 (EmailSettings, 1);
  const struct
  {
    const char *key;
    char **member;
  } texts[] = { { "imap", &email->imap },     { "smtp", &email->smtp },
                { "user", &email->user },     { "ca", &email->ca },
                { "folder", &email->folder }, { "password_file", &email->password_file } };
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, error);

  email->name = g_strdup (group + strlen ("email "));
  g_ptr_array_add (list, email);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      guint k = 0;

      if (g_str_equal (names[i], "addresses"))
        {
          email->addresses = g_key_file_get_string_list (file, group, names[i], NULL, error);
          continue;
        }
      while (k < G_N_ELEMENTS (texts) && !g_str_equal (texts[k].key, names[i]))
        k++;
      if (k == G_N_ELEMENTS (texts))
        return refuse (error, group, names[i], "unknown key");
      *texts[k].member = g_key_file_get_string (file, group, names[i], error);
      if (*texts[k].member == NULL)
        return FALSE;
    }

  return names != NULL && check_email (email, group, error);
}
