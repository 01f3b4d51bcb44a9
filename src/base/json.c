/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typed getters over json-glib whose errors name the JSON pointer, and a few builders. Stateless,
 * any thread. */
#include "base/json.h"

#include "base/time-text.h"

#include <stdarg.h>

JsonNode *
base_json_parse (const char *data, gsize length, const BaseJsonLimits *limits, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local = NULL;

  if (!base_json_guard (data, length, limits, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, data, (gssize) length, &local))
    {
      base_error_set (error, BASE_ERROR_SYNTAX, "", 0, "%s", local->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

JsonNode *
base_json_parse_bytes (GBytes *bytes, const BaseJsonLimits *limits, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return base_json_parse (data != NULL ? data : "", length, limits, error);
}

gboolean
base_json_root (BaseJson *self, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return base_error_set (error, BASE_ERROR_TYPE, "", 0, "the document is not an object");
  *self = (BaseJson){ .object = json_node_get_object (node) };
  return TRUE;
}

void
base_json_from_object (BaseJson *self, JsonObject *object)
{
  *self = (BaseJson){ .object = object };
}

static void
append_token (GString *path, const char *name)
{
  g_string_append_c (path, '/');
  for (; *name != '\0'; name++)
    {
      if (*name == '~')
        g_string_append (path, "~0");
      else if (*name == '/')
        g_string_append (path, "~1");
      else
        g_string_append_c (path, *name);
    }
}

static void
append_place (GString *path, const BaseJson *self)
{
  if (self->parent == NULL)
    return;
  append_place (path, self->parent);
  if (self->name != NULL)
    append_token (path, self->name);
  else
    g_string_append_printf (path, "/%u", self->index);
}

char *
base_json_pointer (const BaseJson *self, const char *member)
{
  GString *path = g_string_new (NULL);

  append_place (path, self);
  if (member != NULL)
    append_token (path, member);
  return g_string_free (path, FALSE);
}

gboolean
base_json_refuse (const BaseJson *self,
                  const char *member,
                  BaseErrorCode code,
                  gint64 limit,
                  const char *message,
                  GError **error)
{
  g_autofree char *pointer = base_json_pointer (self, member);

  return base_error_set (error, code, pointer, limit, "%s", message);
}

static JsonNode *
find (const BaseJson *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static JsonNode *
need (const BaseJson *self, const char *name, GError **error)
{
  JsonNode *node = find (self, name);

  if (node == NULL)
    base_json_refuse (self, name, BASE_ERROR_MISSING, 0, "missing", error);
  return node;
}

gboolean
base_json_has (const BaseJson *self, const char *name)
{
  return find (self, name) != NULL;
}

static gboolean
is_among (const char *name, va_list names)
{
  const char *known;

  while ((known = va_arg (names, const char *)) != NULL)
    if (g_str_equal (name, known))
      return TRUE;
  return FALSE;
}

gboolean
base_json_only (const BaseJson *self, GError **error, ...)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, self->object);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      va_list names;
      gboolean known;

      va_start (names, error);
      known = is_among (name, names);
      va_end (names);
      if (!known)
        return base_json_refuse (self, name, BASE_ERROR_UNKNOWN, 0, "unknown member", error);
    }
  return TRUE;
}

static gboolean
check_length (const BaseJson *self, const char *name, const char *value, gsize max, GError **error)
{
  if ((gsize) g_utf8_strlen (value, -1) > max)
    return base_json_refuse (self, name, BASE_ERROR_TOO_LONG, (gint64) max, "too long", error);
  return TRUE;
}

gboolean
base_json_get_string (const BaseJson *self,
                      const char *name,
                      gsize max,
                      const char **out,
                      GError **error)
{
  JsonNode *node = need (self, name, error);
  const char *value;

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return base_json_refuse (self, name, BASE_ERROR_TYPE, 0, "not a string", error);
  value = json_node_get_string (node);
  if (!check_length (self, name, value, max, error))
    return FALSE;
  *out = value;
  return TRUE;
}

gboolean
base_json_opt_string (const BaseJson *self,
                      const char *name,
                      gsize max,
                      const char *fallback,
                      const char **out,
                      GError **error)
{
  if (base_json_has (self, name))
    return base_json_get_string (self, name, max, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
base_json_get_int (const BaseJson *self,
                   const char *name,
                   gint64 min,
                   gint64 max,
                   gint64 *out,
                   GError **error)
{
  JsonNode *node = need (self, name, error);
  gint64 value;

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return base_json_refuse (self, name, BASE_ERROR_TYPE, 0, "not an integer", error);
  value = json_node_get_int (node);
  if (value < min || value > max)
    return base_json_refuse (self, name, BASE_ERROR_RANGE, value < min ? min : max, "out of range",
                             error);
  *out = value;
  return TRUE;
}

gboolean
base_json_opt_int (const BaseJson *self,
                   const char *name,
                   gint64 min,
                   gint64 max,
                   gint64 fallback,
                   gint64 *out,
                   GError **error)
{
  if (base_json_has (self, name))
    return base_json_get_int (self, name, min, max, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
base_json_get_double (const BaseJson *self,
                      const char *name,
                      double min,
                      double max,
                      double *out,
                      GError **error)
{
  JsonNode *node = need (self, name, error);
  GType type;
  double value;

  if (node == NULL)
    return FALSE;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return base_json_refuse (self, name, BASE_ERROR_TYPE, 0, "not a number", error);
  value = json_node_get_double (node);
  if (!(value >= min && value <= max))
    return base_json_refuse (self, name, BASE_ERROR_RANGE, 0, "out of range", error);
  *out = value;
  return TRUE;
}

gboolean
base_json_get_bool (const BaseJson *self, const char *name, gboolean *out, GError **error)
{
  JsonNode *node = need (self, name, error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return base_json_refuse (self, name, BASE_ERROR_TYPE, 0, "neither true nor false", error);
  *out = json_node_get_boolean (node);
  return TRUE;
}

gboolean
base_json_opt_bool (const BaseJson *self,
                    const char *name,
                    gboolean fallback,
                    gboolean *out,
                    GError **error)
{
  if (base_json_has (self, name))
    return base_json_get_bool (self, name, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
base_json_get_time (const BaseJson *self, const char *name, gint64 *out, GError **error)
{
  const char *text;

  if (!base_json_get_string (self, name, 64, &text, error))
    return FALSE;
  if (!base_time_parse (text, out))
    return base_json_refuse (self, name, BASE_ERROR_RANGE, 0, "not a time of RFC 3339", error);
  return TRUE;
}

gboolean
base_json_opt_time (const BaseJson *self,
                    const char *name,
                    gint64 fallback,
                    gint64 *out,
                    GError **error)
{
  if (base_json_has (self, name))
    return base_json_get_time (self, name, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
base_json_get_word (const BaseJson *self,
                    const char *name,
                    const char *const *words,
                    guint *out,
                    GError **error)
{
  const char *text;

  if (!base_json_get_string (self, name, 64, &text, error))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], text))
      {
        *out = i;
        return TRUE;
      }
  return base_json_refuse (self, name, BASE_ERROR_RANGE, 0, "not one of the words known here",
                           error);
}

gboolean
base_json_opt_word (const BaseJson *self,
                    const char *name,
                    const char *const *words,
                    guint fallback,
                    guint *out,
                    GError **error)
{
  if (base_json_has (self, name))
    return base_json_get_word (self, name, words, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
base_json_get_object (const BaseJson *self, const char *name, BaseJson *out, GError **error)
{
  JsonNode *node = need (self, name, error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return base_json_refuse (self, name, BASE_ERROR_TYPE, 0, "not an object", error);
  *out = (BaseJson){ .object = json_node_get_object (node), .parent = self, .name = name };
  return TRUE;
}

gboolean
base_json_opt_object (const BaseJson *self, const char *name, BaseJson *out, GError **error)
{
  if (base_json_has (self, name))
    return base_json_get_object (self, name, out, error);
  *out = (BaseJson){ .parent = self, .name = name };
  return TRUE;
}

gboolean
base_json_get_array (const BaseJson *self,
                     const char *name,
                     guint max,
                     BaseJson *out,
                     GError **error)
{
  JsonNode *node = need (self, name, error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return base_json_refuse (self, name, BASE_ERROR_TYPE, 0, "not an array", error);
  if (json_array_get_length (json_node_get_array (node)) > max)
    return base_json_refuse (self, name, BASE_ERROR_TOO_LONG, max, "too many", error);
  *out = (BaseJson){ .array = json_node_get_array (node), .parent = self, .name = name };
  return TRUE;
}

gboolean
base_json_opt_array (const BaseJson *self,
                     const char *name,
                     guint max,
                     BaseJson *out,
                     GError **error)
{
  if (base_json_has (self, name))
    return base_json_get_array (self, name, max, out, error);
  *out = (BaseJson){ .parent = self, .name = name };
  return TRUE;
}

guint
base_json_length (const BaseJson *array)
{
  return array->array != NULL ? json_array_get_length (array->array) : 0;
}

gboolean
base_json_item_object (const BaseJson *array, guint index, BaseJson *out, GError **error)
{
  JsonNode *node = json_array_get_element (array->array, index);
  BaseJson item = { .parent = array, .index = index };

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return base_json_refuse (&item, NULL, BASE_ERROR_TYPE, 0, "not an object", error);
  item.object = json_node_get_object (node);
  *out = item;
  return TRUE;
}

gboolean
base_json_item_string (const BaseJson *array,
                       guint index,
                       gsize max,
                       const char **out,
                       GError **error)
{
  JsonNode *node = json_array_get_element (array->array, index);
  BaseJson item = { .parent = array, .index = index };

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return base_json_refuse (&item, NULL, BASE_ERROR_TYPE, 0, "not a string", error);
  if (!check_length (&item, NULL, json_node_get_string (node), max, error))
    return FALSE;
  *out = json_node_get_string (node);
  return TRUE;
}

gboolean
base_json_get_strings (const BaseJson *self,
                       const char *name,
                       guint max_items,
                       gsize max,
                       char ***out,
                       GError **error)
{
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func (g_free);
  BaseJson array;

  if (!base_json_get_array (self, name, max_items, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      const char *text;

      if (!base_json_item_string (&array, i, max, &text, error))
        return FALSE;
      g_ptr_array_add (result, g_strdup (text));
    }
  g_ptr_array_add (result, NULL);
  *out = (char **) g_ptr_array_steal (result, NULL);
  return TRUE;
}

gboolean
base_json_opt_strings (const BaseJson *self,
                       const char *name,
                       guint max_items,
                       gsize max,
                       char ***out,
                       GError **error)
{
  if (base_json_has (self, name))
    return base_json_get_strings (self, name, max_items, max, out, error);
  *out = g_new0 (char *, 1);
  return TRUE;
}

void
base_json_set_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

void
base_json_set_time (JsonObject *object, const char *name, gint64 at)
{
  char text[BASE_TIME_TEXT_SIZE];

  base_json_set_string (object, name, at != 0 ? base_time_write (at, text) : NULL);
}

void
base_json_set_strings (JsonObject *object, const char *name, const char *const *values)
{
  JsonArray *array = json_array_new ();

  for (; values != NULL && *values != NULL; values++)
    json_array_add_string_element (array, *values);
  json_object_set_array_member (object, name, array);
}

JsonNode *
base_json_node_take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

char *
base_json_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}
