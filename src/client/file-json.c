/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetAttachment from and to JSON, of the centre and of the local file. Stateless; main loop. */
#include "client/apply-fields.h"
#include "client/fields/writing.h"
#include "client/files-private.h"

#include <string.h>

#define FILES_MAX 100
#define TEXT_MAX  (64 * 1024)

static gboolean
read_one (GuichetRecord *file, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", ATTACHMENT_ID, GUICHET_JSON_TEXT },
    { "name", ATTACHMENT_NAME, GUICHET_JSON_TEXT },
    { "type", ATTACHMENT_TYPE, GUICHET_JSON_TEXT },
    { "size", ATTACHMENT_SIZE, GUICHET_JSON_INT },
  };

  guichet_record_set_string (file, ATTACHMENT_STATE, "ready");
  return APPLY_FIELDS (file, json, fields, error);
}

gboolean
guichet_files_read (const BaseJson *json, GListStore **list, GError **error)
{
  g_autoptr (GListStore) made = NULL;
  BaseJson array, one;

  *list = NULL;
  if (!base_json_opt_array (json, "attachments", FILES_MAX, &array, error))
    return FALSE;
  if (array.array == NULL || base_json_length (&array) == 0)
    return TRUE;
  made = g_list_store_new (GUICHET_TYPE_ATTACHMENT);
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      g_autoptr (GuichetRecord) file = g_object_new (GUICHET_TYPE_ATTACHMENT, NULL);

      if (!base_json_item_object (&array, i, &one, error) || !read_one (file, &one, error))
        return FALSE;
      g_list_store_append (made, file);
    }
  *list = g_steal_pointer (&made);
  return TRUE;
}

static gboolean
parse (const char *text, JsonNode **node, BaseJson *root)
{
  const BaseJsonLimits limits = { TEXT_MAX, 8 };

  *node = *text != '\0' ? base_json_parse (text, strlen (text), &limits, NULL) : NULL;
  return *node != NULL && base_json_root (root, *node, NULL);
}

GListStore *
guichet_files_from_text (const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  GListStore *list = NULL;
  BaseJson root;

  if (parse (text, &node, &root))
    guichet_files_read (&root, &list, NULL);
  return list;
}

char *
guichet_files_subject (const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  const char *subject = "";
  BaseJson root;

  if (parse (text, &node, &root))
    base_json_opt_string (&root, "subject", G_MAXINT, "", &subject, NULL);
  return g_strdup (subject);
}

char *
guichet_files_then (const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  const char *then = "";
  BaseJson root;

  if (parse (text, &node, &root))
    base_json_opt_string (&root, "then", G_MAXINT, "", &then, NULL);
  return g_strdup (then);
}

static JsonObject *
one_to_json (GuichetAttachment *file)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", guichet_attachment_get_id (file));
  base_json_set_string (object, "name", guichet_attachment_get_name (file));
  base_json_set_string (object, "type", guichet_attachment_get_kind (file));
  json_object_set_int_member (object, "size", guichet_attachment_get_size (file));
  return object;
}

char *
guichet_files_to_text (GListModel *files, const char *subject, const char *then)
{
  JsonArray *array = json_array_new ();
  JsonObject *object = json_object_new ();
  char *text;

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GuichetAttachment) file = g_list_model_get_item (files, i);

      if (g_str_equal (guichet_attachment_get_state (file), "ready"))
        json_array_add_object_element (array, one_to_json (file));
    }
  text =
      json_array_get_length (array) > 0 || *subject != '\0' || *then != '\0' ? NULL : g_strdup ("");
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (object, "attachments", array);
  else
    json_array_unref (array);
  if (*subject != '\0')
    base_json_set_string (object, "subject", subject);
  if (*then != '\0')
    base_json_set_string (object, "then", then);
  if (text == NULL)
    text = base_json_to_text (object);
  json_object_unref (object);
  return text;
}

char *
guichet_file_to_text (GuichetAttachment *file)
{
  JsonObject *object = one_to_json (file);
  char *text = base_json_to_text (object);

  json_object_unref (object);
  return text;
}

GuichetAttachment *
guichet_file_from_text (const char *key, const char *text)
{
  g_autoptr (GuichetAttachment) file = g_object_new (GUICHET_TYPE_ATTACHMENT, NULL);
  g_autoptr (JsonNode) node = NULL;
  BaseJson root;

  if (!parse (text, &node, &root) || !read_one (GUICHET_RECORD (file), &root, NULL))
    return NULL;
  guichet_record_set_string (GUICHET_RECORD (file), ATTACHMENT_KEY, key);
  return g_steal_pointer (&file);
}
