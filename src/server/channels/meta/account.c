/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an account's group of the daemon's file. Any thread. */
#include "server/channels/meta/account.h"

#include "server/config-group.h"

#include <string.h>

#define GRAPH  "https://graph.facebook.com/v19.0"
#define WINDOW (24 * 60 * 60)
#define HOSTS  ".fbcdn.net;.fbsbx.com;.cdninstagram.com"

static const ConfigKey keys[] = {
  CONFIG_TEXT ("id", MetaAccount, id),
  CONFIG_TEXT ("kind", MetaAccount, kind),
  CONFIG_TEXT ("page", MetaAccount, page),
  CONFIG_TEXT ("token", MetaAccount, token),
  CONFIG_TEXT ("app_secret", MetaAccount, app_secret),
  CONFIG_TEXT ("verify_token", MetaAccount, verify_token),
  CONFIG_TEXT ("url", MetaAccount, url),
  CONFIG_LIST ("file_hosts", MetaAccount, file_hosts),
  CONFIG_TEXT ("file_loopback", MetaAccount, loopback),
  CONFIG_TEXT ("profiles", MetaAccount, profiles),
  CONFIG_NUMBER ("window_seconds", MetaAccount, window, 1, WINDOW),
};

void
meta_account_free (gpointer account)
{
  MetaAccount *self = account;

  config_group_clear (self, keys, G_N_ELEMENTS (keys));
  g_free (self->name);
  g_free (self);
}

ModelChannel
meta_account_channel (const MetaAccount *self)
{
  return g_str_equal (self->kind, "instagram") ? MODEL_CHANNEL_INSTAGRAM : MODEL_CHANNEL_FACEBOOK;
}

static gboolean
is_yes_or_no (const char *text)
{
  return text == NULL || g_str_equal (text, "yes") || g_str_equal (text, "no");
}

static gboolean
check (MetaAccount *self, const char *group, GError **error)
{
  if (self->kind == NULL)
    self->kind = g_strdup ("facebook");
  if (self->url == NULL)
    self->url = g_strdup (GRAPH);
  if (self->file_hosts == NULL)
    self->file_hosts = g_strsplit (HOSTS, ";", -1);
  if (!is_yes_or_no (self->loopback))
    return config_refuse (error, group, "file_loopback", "yes or no");
  if (!is_yes_or_no (self->profiles))
    return config_refuse (error, group, "profiles", "yes or no");
  if (!g_str_equal (self->kind, "facebook") && !g_str_equal (self->kind, "instagram"))
    return config_refuse (error, group, "kind", "facebook or instagram");
  if (self->id == NULL || *self->id == '\0' || strspn (self->id, "0123456789") != strlen (self->id))
    return config_refuse (error, group, "id", "the number of the page or account");
  if (self->page == NULL)
    self->page = g_strdup (self->id);
  if (*self->page == '\0' || strspn (self->page, "0123456789") != strlen (self->page))
    return config_refuse (error, group, "page", "the number of the page");
  if (self->token == NULL)
    return config_refuse (error, group, "token", "the page's access token");
  if (self->app_secret == NULL || strlen (self->app_secret) < 16)
    return config_refuse (error, group, "app_secret",
                          "the app's secret: callbacks are signed with it");
  if (self->verify_token == NULL || strlen (self->verify_token) < 16)
    return config_refuse (error, group, "verify_token", "at least 16 characters");

  return TRUE;
}

gboolean
meta_account_read (GPtrArray *accounts, GKeyFile *file, const char *group, GError **error)
{
  MetaAccount *self = g_new0 (MetaAccount, 1);

  self->name = g_strdup (group + strlen ("meta "));
  self->window = WINDOW;
  g_ptr_array_add (accounts, self);

  return config_group_read (self, keys, G_N_ELEMENTS (keys), file, group, error) &&
         check (self, group, error);
}
