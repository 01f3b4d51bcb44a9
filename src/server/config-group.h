/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of the daemon's file that describes one thing of several ([sms NAME]): its keys as a
 * table over the members of a struct. Any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  CONFIG_KEY_TEXT,  /* char * */
  CONFIG_KEY_LIST,  /* GStrv */
  CONFIG_KEY_NUMBER /* guint */
} ConfigKeyType;

typedef struct
{
  const char *key;
  ConfigKeyType type;
  gsize offset;
  gint64 min, max; /* of a number */
} ConfigKey;

#define CONFIG_TEXT(key, type, member)                                                             \
  {                                                                                                \
    key, CONFIG_KEY_TEXT, G_STRUCT_OFFSET (type, member), 0, 0                                     \
  }
#define CONFIG_LIST(key, type, member)                                                             \
  {                                                                                                \
    key, CONFIG_KEY_LIST, G_STRUCT_OFFSET (type, member), 0, 0                                     \
  }
#define CONFIG_NUMBER(key, type, member, min, max)                                                 \
  {                                                                                                \
    key, CONFIG_KEY_NUMBER, G_STRUCT_OFFSET (type, member), min, max                               \
  }

/* FALSE, with CONFIG_ERROR_INVALID: what is wrong there. */
gboolean config_refuse (GError **error, const char *group, const char *key, const char *why);
/* Reads every key of the group into @self; one that the table does not have is refused. */
gboolean config_group_read (gpointer self,
                            const ConfigKey *keys,
                            guint n,
                            GKeyFile *file,
                            const char *group,
                            GError **error);
/* Frees the texts and lists. */
void config_group_clear (gpointer self, const ConfigKey *keys, guint n);

G_END_DECLS
