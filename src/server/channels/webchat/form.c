/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the body that begins a chat. Pure. */
#include "server/channels/webchat/form.h"

#include "model/names.h"

#include <string.h>

#define BODY_MAX (64 * 1024)
#define KEY_MIN  16
#define KEY_MAX  64

static gboolean
key_is_good (const char *key)
{
  gsize length = strlen (key);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (key[i]))
      return FALSE;

  return length >= KEY_MIN && length <= KEY_MAX;
}

void
webchat_form_free (WebchatForm *self)
{
  g_array_unref (self->lines);
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self);
}

static gboolean
read_line (const BaseJson *messages, guint place, BotLine *line, GError **error)
{
  static const char *const authors[] = { "customer", "bot", NULL };
  guint author;
  BaseJson json;

  if (!base_json_item_object (messages, place, &json, error) ||
      !base_json_only (&json, error, "author", "text", "at", NULL) ||
      !base_json_get_word (&json, "author", authors, &author, error) ||
      !base_json_get_string (&json, "text", WEBCHAT_LINE_MAX, &line->text, error) ||
      !base_json_opt_time (&json, "at", 0, &line->at, error))
    return FALSE;
  line->by_bot = author == 1;

  return TRUE;
}

static gboolean
read_bot (WebchatForm *self, GError **error)
{
  BaseJson bot, messages;

  if (!base_json_opt_object (&self->root, "bot", &bot, error))
    return FALSE;
  if (bot.object == NULL)
    return TRUE;
  if (!base_json_only (&bot, error, "name", "messages", NULL) ||
      !base_json_opt_string (&bot, "name", BOT_NAME_MAX, NULL, &self->bot.name, error) ||
      !base_json_get_array (&bot, "messages", BOT_LINES_MAX, &messages, error))
    return FALSE;
  g_array_set_size (self->lines, base_json_length (&messages));
  for (guint i = 0; i < self->lines->len; i++)
    if (!read_line (&messages, i, &g_array_index (self->lines, BotLine, i), error))
      return FALSE;
  self->bot.lines = (const BotLine *) (gpointer) self->lines->data;
  self->bot.n = self->lines->len;

  return TRUE;
}

WebchatForm *
webchat_form_parse (GBytes *body, GError **error)
{
  const BaseJsonLimits limits = { .max_size = BODY_MAX, .max_depth = 8 };
  g_autoptr (WebchatForm) self = g_new0 (WebchatForm, 1);

  self->lines = g_array_new (FALSE, TRUE, sizeof (BotLine));
  self->node = base_json_parse_bytes (body, &limits, error);
  if (self->node == NULL || !base_json_root (&self->root, self->node, error) ||
      !base_json_only (&self->root, error, "name", "language", "values", "key", "bot", NULL) ||
      !base_json_opt_string (&self->root, "name", WEBCHAT_NAME_MAX, NULL, &self->name, error) ||
      !base_json_opt_string (&self->root, "language", 8, NULL, &self->language, error) ||
      !base_json_opt_object (&self->root, "values", &self->values, error) ||
      !base_json_get_string (&self->root, "key", 256, &self->key, error) || !read_bot (self, error))
    return NULL;
  if (!key_is_good (self->key))
    {
      base_json_refuse (&self->root, "key", BASE_ERROR_TOO_LONG, KEY_MAX, "not a key", error);
      return NULL;
    }
  if (self->language != NULL && !model_language_valid (self->language))
    self->language = NULL;
  if (self->name != NULL && *self->name == '\0')
    self->name = NULL;

  return g_steal_pointer (&self);
}

const char *
webchat_form_value (const WebchatForm *self, const char *variable, const char **wrong)
{
  g_autoptr (GError) error = NULL;
  const char *value = NULL;

  *wrong = NULL;
  if (self->values.object != NULL &&
      !base_json_opt_string (&self->values, variable, WEBCHAT_VALUE_MAX, NULL, &value, &error))
    *wrong = error->code == BASE_ERROR_TOO_LONG ? "length" : "type";

  return value != NULL && *value != '\0' ? value : NULL;
}
