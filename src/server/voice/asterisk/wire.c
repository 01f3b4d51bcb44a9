/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and writes the JSON of a node's connection. */
#include "server/voice/asterisk/wire.h"

#include "base/json.h"

#include <string.h>

#define TEXT_MAX 512
#define TAG_MAX  2048

JsonNode *
wire_parse (const char *text, gsize length, GError **error)
{
  static const BaseJsonLimits limits = { .max_size = WIRE_MAX, .max_depth = 16 };

  return base_json_parse (text, length, &limits, error);
}

char *
wire_request (guint64 id, const char *method, const char *uri, const char *body)
{
  JsonObject *object = json_object_new ();
  g_autofree char *name = g_strdup_printf ("%" G_GUINT64_FORMAT, id);
  char *text;

  base_json_set_string (object, "type", "RESTRequest");
  base_json_set_string (object, "request_id", name);
  base_json_set_string (object, "method", method);
  base_json_set_string (object, "uri", uri);
  if (body != NULL)
    {
      base_json_set_string (object, "content_type", "application/json");
      base_json_set_string (object, "message_body", body);
    }
  text = base_json_to_text (object);
  json_object_unref (object);

  return text;
}

JsonObject *
wire_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
wire_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
text_of (JsonNode *node)
{
  const char *text = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                             json_node_get_value_type (node) == G_TYPE_STRING
                         ? json_node_get_string (node)
                         : NULL;

  if (text == NULL || strlen (text) > TEXT_MAX || !g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return NULL;

  return text;
}

const char *
wire_text (JsonObject *object, const char *name)
{
  return object != NULL ? text_of (json_object_get_member (object, name)) : NULL;
}

const char *
wire_item (JsonArray *array, guint index)
{
  return array != NULL && index < json_array_get_length (array)
             ? text_of (json_array_get_element (array, index))
             : NULL;
}

double
wire_double (JsonObject *object, const char *name, double fallback)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 &&
       json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return fallback;

  return json_node_get_double (node);
}

gint64
wire_number (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return fallback;

  return json_node_get_int (node);
}

char *
wire_endpoint_of (const char *channel_name)
{
  const char *slash = channel_name != NULL ? strchr (channel_name, '/') : NULL;
  const char *dash = slash != NULL ? strrchr (slash, '-') : NULL;

  return dash != NULL && dash > slash + 1 ? g_strndup (slash + 1, (gsize) (dash - slash - 1))
                                          : NULL;
}

char *
wire_tag_write (const char *const *pairs)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (; pairs[0] != NULL; pairs += 2)
    {
      if (pairs[1] == NULL)
        continue;
      g_string_append_printf (text, "%s%s=", text->len > 0 ? "&" : "", pairs[0]);
      g_string_append_uri_escaped (text, pairs[1], NULL, FALSE);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

GHashTable *
wire_tag_read (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > TAG_MAX)
    return NULL;

  return g_uri_parse_params (text, -1, "&", G_URI_PARAMS_NONE, NULL);
}
