/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an account's group of the daemon's file. Any thread. */
#include "server/channels/meta/account.h"

#include "server/config.h"

#include <string.h>

#define GRAPH  "https://graph.facebook.com/v19.0"
#define WINDOW (24 * 60 * 60)

typedef struct
{
  const char *key;
  gsize offset;
} TextKey;

#define TEXT(key, member)                                                                          \
  {                                                                                                \
    key, G_STRUCT_OFFSET (MetaAccount, member)                                                     \
  }

static const TextKey texts[] = {
  TEXT ("id", id),
  TEXT ("kind", kind),
  TEXT ("token", token),
  TEXT ("app_secret", app_secret),
  TEXT ("verify_token", verify_token),
  TEXT ("url", url),
};

static gboolean
refuse (GError **error, const char *group, const char *key, const char *why)
{
  g_set_error (error, CONFIG_ERROR, CONFIG_ERROR_INVALID, "[%s] %s: %s", group, key, why);
  return FALSE;
}

void
meta_account_free (gpointer account)
{
  MetaAccount *self = account;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, texts[i].offset));
  g_free (self->name);
  g_free (self);
}

ModelChannel
meta_account_channel (const MetaAccount *self)
{
  return g_str_equal (self->kind, "instagram") ? MODEL_CHANNEL_INSTAGRAM : MODEL_CHANNEL_FACEBOOK;
}

static gboolean
read_key (MetaAccount *self, GKeyFile *file, const char *group, const char *key, GError **error)
{
  g_autofree char *value = g_key_file_get_string (file, group, key, error);
  gint64 number;

  if (value == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].key, key))
      {
        G_STRUCT_MEMBER (char *, self, texts[i].offset) = g_steal_pointer (&value);
        return TRUE;
      }
  if (!g_str_equal (key, "window_seconds"))
    return refuse (error, group, key, "unknown key");
  if (!g_ascii_string_to_signed (value, 10, 1, WINDOW, &number, NULL))
    return refuse (error, group, key, "not a number in range");
  self->window = (guint) number;

  return TRUE;
}

static gboolean
check (MetaAccount *self, const char *group, GError **error)
{
  if (self->kind == NULL)
    self->kind = g_strdup ("facebook");
  if (self->url == NULL)
    self->url = g_strdup (GRAPH);
  if (!g_str_equal (self->kind, "facebook") && !g_str_equal (self->kind, "instagram"))
    return refuse (error, group, "kind", "facebook or instagram");
  if (self->id == NULL || *self->id == '\0' || strspn (self->id, "0123456789") != strlen (self->id))
    return refuse (error, group, "id", "the number of the page or account");
  if (self->token == NULL)
    return refuse (error, group, "token", "the page's access token");
  if (self->app_secret == NULL || strlen (self->app_secret) < 16)
    return refuse (error, group, "app_secret", "the app's secret: callbacks are signed with it");
  if (self->verify_token == NULL || strlen (self->verify_token) < 16)
    return refuse (error, group, "verify_token", "at least 16 characters");

  return TRUE;
}

gboolean
meta_account_read (GPtrArray *accounts, GKeyFile *file, const char *group, GError **error)
{
  MetaAccount *self = g_new0 (MetaAccount, 1);
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, error);

  self->name = g_strdup (group + strlen ("meta "));
  self->window = WINDOW;
  g_ptr_array_add (accounts, self);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!read_key (self, file, group, names[i], error))
      return FALSE;

  return names != NULL && check (self, group, error);
}
