/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A typed value to and from the centre's JSON. Stateless. */
#include "client/row-json.h"

#include "base/json.h"

/* The ids, the subject and what is done then of what is kept as
 * {"attachments":[{"id",…},…]?,"subject"?,"then"?}. */
static void
add_attachments (JsonObject *body, const char *text)
{
  static const char *const texts[] = { "subject", "then" };
  g_autoptr (JsonNode) node = *text != '\0' ? json_from_string (text, NULL) : NULL;
  JsonArray *ids = json_array_new ();
  JsonArray *files = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
      json_object_has_member (json_node_get_object (node), "attachments"))
    files = json_object_get_array_member (json_node_get_object (node), "attachments");
  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    json_array_add_string_element (
        ids, json_object_get_string_member (json_array_get_object_element (files, i), "id"));
  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_OBJECT (node) && i < G_N_ELEMENTS (texts); i++)
    if (json_object_has_member (json_node_get_object (node), texts[i]))
      base_json_set_string (body, texts[i],
                            json_object_get_string_member (json_node_get_object (node), texts[i]));
  if (files != NULL)
    json_object_set_array_member (body, "attachments", ids);
  else
    json_array_unref (ids);
}

JsonObject *
guichet_row_to_json (const GuichetRow *row)
{
  JsonObject *body = json_object_new ();

  if (guichet_row_is_message (row))
    {
      json_object_set_string_member (body, "text", row->value);
      if (g_str_equal (row->kind, "private"))
        json_object_set_boolean_member (body, "private", TRUE);
      else
        add_attachments (body, row->theirs);
      return body;
    }
  if (g_str_equal (row->kind, "note"))
    json_object_set_string_member (body, "text", row->value);
  else if (g_str_equal (row->kind, "variable"))
    json_object_set_string_member (body, "value", row->value);
  else if (g_str_equal (row->kind, "disposition"))
    base_json_set_string (body, "id", *row->value != '\0' ? row->value : NULL);
  else if (g_str_equal (row->kind, "sentiment"))
    base_json_set_string (body, "sentiment", *row->value != '\0' ? row->value : NULL);
  else
    {
      g_auto (GStrv) ids = *row->value != '\0' ? g_strsplit (row->value, " ", -1) : NULL;
      base_json_set_strings (body, "ids", (const char *const *) ids);
    }
  json_object_set_int_member (body, "revision", MAX (row->revision, 0));
  return body;
}

char *
guichet_row_path (const GuichetRow *row)
{
  g_autofree char *target = g_uri_escape_string (row->target, NULL, FALSE);
  g_autofree char *name = g_uri_escape_string (row->name, NULL, FALSE);

  if (g_str_equal (row->kind, "variable"))
    return g_strdup_printf ("/v1/interactions/%s/variables/%s", target, name);
  if (guichet_row_is_message (row))
    return g_strdup_printf ("/v1/interactions/%s/messages", target);
  return g_strdup_printf ("/v1/participations/%s/%s", target, row->kind);
}

const char *
guichet_row_method (const GuichetRow *row)
{
  return guichet_row_is_message (row) ? "POST" : "PUT";
}

/* The centre's newer value out of a 409: text, value, id or ids with its revision. */
char *
guichet_row_read_current (JsonObject *problem, gint64 *revision)
{
  BaseJson root, current;
  const char *text = NULL;
  g_auto (GStrv) ids = NULL;

  *revision = 0;
  if (problem == NULL)
    return g_strdup ("");
  base_json_from_object (&root, problem);
  if (!base_json_opt_object (&root, "current", &current, NULL) || current.object == NULL)
    return g_strdup ("");
  base_json_opt_int (&current, "revision", 0, G_MAXINT64, 0, revision, NULL);
  if (base_json_has (&current, "ids") &&
      base_json_opt_strings (&current, "ids", 1000, 256, &ids, NULL))
    return g_strjoinv (" ", ids);
  if ((base_json_opt_string (&current, "text", G_MAXSIZE, NULL, &text, NULL) && text != NULL) ||
      (base_json_opt_string (&current, "value", G_MAXSIZE, NULL, &text, NULL) && text != NULL) ||
      (base_json_opt_string (&current, "sentiment", G_MAXSIZE, NULL, &text, NULL) &&
       text != NULL) ||
      (base_json_opt_string (&current, "id", G_MAXSIZE, NULL, &text, NULL) && text != NULL))
    return g_strdup (text);
  return g_strdup ("");
}
