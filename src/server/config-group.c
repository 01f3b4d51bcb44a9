/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a group of the daemon's file by a table of its keys. */
#include "server/config-group.h"

#include "server/config.h"

gboolean
config_refuse (GError **error, const char *group, const char *key, const char *why)
{
  g_set_error (error, CONFIG_ERROR, CONFIG_ERROR_INVALID, "[%s] %s: %s", group, key, why);

  return FALSE;
}

static gboolean
read_key (gpointer self, const ConfigKey *key, GKeyFile *file, const char *group, GError **error)
{
  g_autofree char *value = g_key_file_get_string (file, group, key->key, error);
  gpointer member = G_STRUCT_MEMBER_P (self, key->offset);
  gint64 number;

  if (value == NULL)
    return FALSE;
  switch (key->type)
    {
    case CONFIG_KEY_TEXT:
      *(char **) member = g_steal_pointer (&value);
      return TRUE;
    case CONFIG_KEY_LIST:
      *(GStrv *) member = g_key_file_get_string_list (file, group, key->key, NULL, error);
      return *(GStrv *) member != NULL;
    case CONFIG_KEY_NUMBER:
      if (!g_ascii_string_to_signed (value, 10, key->min, key->max, &number, NULL))
        return config_refuse (error, group, key->key, "not a number in range");
      *(guint *) member = (guint) number;
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
config_group_read (gpointer self,
                   const ConfigKey *keys,
                   guint n,
                   GKeyFile *file,
                   const char *group,
                   GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, error);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      guint k = 0;

      while (k < n && !g_str_equal (keys[k].key, names[i]))
        k++;
      if (k == n)
        return config_refuse (error, group, names[i], "unknown key");
      if (!read_key (self, &keys[k], file, group, error))
        return FALSE;
    }

  return names != NULL;
}

void
config_group_clear (gpointer self, const ConfigKey *keys, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gpointer member = G_STRUCT_MEMBER_P (self, keys[i].offset);

      if (keys[i].type == CONFIG_KEY_TEXT)
        g_clear_pointer ((char **) member, g_free);
      else if (keys[i].type == CONFIG_KEY_LIST)
        g_clear_pointer ((GStrv *) member, g_strfreev);
    }
}
