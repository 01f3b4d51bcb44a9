/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what a page says. Pure. */
#include "server/channels/webchat/said.h"

#include "base/json.h"

#define KEY_MAX     64
#define FILES_MAX   100 /* that are read; how many may be sent is said later */
#define FILE_ID_MAX 36

static gboolean
read_message (WebchatSaid *self, const BaseJson *json)
{
  const char *key, *text;

  if (!base_json_get_string (json, "key", KEY_MAX, &key, NULL) || *key == '\0' ||
      !base_json_get_string (json, "text", WEBCHAT_STREAM_MESSAGE_MAX, &text, NULL) ||
      !base_json_opt_strings (json, "attachments", FILES_MAX, FILE_ID_MAX, &self->files, NULL))
    return FALSE;
  self->key = g_strdup (key);
  self->text = g_strdup (text);

  return TRUE;
}

static gboolean
read_typing (WebchatSaid *self, const BaseJson *json)
{
  return base_json_get_bool (json, "on", &self->on, NULL);
}

static gboolean
read_read (WebchatSaid *self, const BaseJson *json)
{
  return base_json_get_int (json, "number", 0, G_MAXINT64, &self->number, NULL);
}

static const struct
{
  const char *type;
  gboolean (*read) (WebchatSaid *self, const BaseJson *json); /* NULL: there is nothing more */
} kinds[] = {
  [WEBCHAT_SAID_MESSAGE] = { "message", read_message },
  [WEBCHAT_SAID_TYPING] = { "typing", read_typing },
  [WEBCHAT_SAID_READ] = { "read", read_read },
  [WEBCHAT_SAID_END] = { "end", NULL },
  [WEBCHAT_SAID_HEARTBEAT] = { "heartbeat", NULL },
};

void
webchat_said_free (WebchatSaid *self)
{
  g_free (self->key);
  g_free (self->text);
  g_strfreev (self->files);
  g_free (self);
}

WebchatSaid *
webchat_said_parse (GBytes *bytes)
{
  const BaseJsonLimits limits = { .max_size = WEBCHAT_STREAM_MESSAGE_MAX, .max_depth = 4 };
  g_autoptr (JsonNode) node = base_json_parse_bytes (bytes, &limits, NULL);
  g_autoptr (WebchatSaid) self = g_new0 (WebchatSaid, 1);
  BaseJson json;
  const char *type;

  if (node == NULL || !base_json_root (&json, node, NULL) ||
      !base_json_get_string (&json, "type", 32, &type, NULL))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      {
        self->kind = (WebchatSaidKind) i;
        if (kinds[i].read != NULL && !kinds[i].read (self, &json))
          return NULL;
        return g_steal_pointer (&self);
      }

  return NULL;
}
