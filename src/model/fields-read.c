/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading structs from JSON by their tables of fields; collects every error with its place instead
 * of stopping at the first. Pure functions. */
#include "model/fields.h"

#include "base/ids.h"
#include "base/time-text.h"
#include "model/ids.h"
#include "model/names.h"

#include <string.h>

#define AT(type, base, field) (*(type *) ((char *) (base) + (field)->offset))

#define LIST_MAX 100000

/* Where a value stands; its path is written only for who has to be told of it. */
typedef struct Place Place;

struct Place
{
  const Place *above; /* NULL: path is the whole */
  const char *path;
  const char *name; /* NULL: the element of this index */
  guint index;
  const ModelField *field;
  GPtrArray *problems;
};

static void
append_path (GString *path, const Place *place)
{
  if (place->above == NULL)
    {
      g_string_append (path, place->path);
      return;
    }
  append_path (path, place->above);
  if (place->name == NULL)
    g_string_append_printf (path, "[%u]", place->index);
  else
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", place->name);
}

static Place
element_of (const Place *list, guint index)
{
  return (Place){ .above = list, .index = index, .field = list->field, .problems = list->problems };
}

static Place
member_of (const Place *object, const char *name, const ModelField *field)
{
  return (Place){ .above = object, .name = name, .field = field, .problems = object->problems };
}

/* Adds a problem at this place. */
#define PROBLEM(place, code, ...)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GString) problem_path = g_string_new (NULL);                                        \
    append_path (problem_path, place);                                                             \
    model_problems_add ((place)->problems, problem_path->str, code, __VA_ARGS__);                  \
  }                                                                                                \
  G_STMT_END

static gboolean
read_members (const ModelNoun *noun, JsonObject *object, const Place *at, gpointer into);

static void
wrong_type (const Place *place, const char *expected)
{
  PROBLEM (place, "type", "%s expected", expected);
}

static const char *
text_of (const Place *place, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      wrong_type (place, "text");
      return NULL;
    }
  return json_node_get_string (node);
}

static gboolean
length_fits (const Place *place, const char *text)
{
  glong limit = place->field->max > 0 ? (glong) place->field->max : 256;

  if (g_utf8_strlen (text, -1) <= limit)
    return TRUE;
  PROBLEM (place, "length", "longer than %ld characters", limit);
  return FALSE;
}

static char *
read_id (const Place *place, JsonNode *node)
{
  const char *text = text_of (place, node);

  if (text == NULL)
    return NULL;
  if (model_id_text_valid (text))
    return g_strdup (text);
  PROBLEM (place, "syntax",
           "an id is 1 to 64 of a-z, 0-9, _ . - and begins with a letter or digit");
  return NULL;
}

/* An id, a code or a language, such as pt_BR. */
static const char *
read_word (const Place *place, JsonNode *node)
{
  const char *text = text_of (place, node);

  if (text == NULL)
    return NULL;
  if (base_id_is_valid (text, 64))
    return g_intern_string (text);
  PROBLEM (place, "syntax", "1 to 64 letters, digits, _ . -");
  return NULL;
}

static char *
read_string (const Place *place, JsonNode *node)
{
  const char *text = text_of (place, node);

  return text != NULL && length_fits (place, text) ? g_strdup (text) : NULL;
}

static char **
read_list (const Place *place, JsonNode *node, gboolean ids)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      wrong_type (place, "list");
      return NULL;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      Place element = element_of (place, i);
      JsonNode *item = json_array_get_element (array, i);
      char *text = ids ? read_id (&element, item) : read_string (&element, item);
      if (text == NULL)
        continue;
      g_ptr_array_add (list, text);
      if (!g_hash_table_add (seen, text))
        PROBLEM (&element, "repeated", "%s stands here twice", text);
    }
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static ModelNames
read_names (const Place *place, JsonNode *node)
{
  g_autoptr (GPtrArray) languages = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GList) members = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      wrong_type (place, "names by language");
      return NULL;
    }
  object = json_node_get_object (node);
  members = json_object_get_members (object);
  for (GList *member = members; member != NULL; member = member->next)
    g_ptr_array_add (languages, member->data);
  g_ptr_array_sort (languages, compare_text);
  if (languages->len == 0)
    PROBLEM (place, "missing", "a name in one language at least");
  for (guint i = 0; i < languages->len; i++)
    {
      const char *language = languages->pdata[i];
      Place element = member_of (place, language, place->field);
      g_autofree char *text = read_string (&element, json_object_get_member (object, language));
      if (!model_language_valid (language))
        PROBLEM (&element, "syntax", "not a language such as fr or pt_BR");
      else if (text != NULL && *text == '\0')
        PROBLEM (&element, "missing", "the name is empty");
      else if (text != NULL)
        {
          g_ptr_array_add (names, g_strdup (language));
          g_ptr_array_add (names, g_steal_pointer (&text));
        }
    }
  g_ptr_array_add (names, NULL);
  return (ModelNames) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static gint64
read_number (const Place *place, JsonNode *node)
{
  gint64 value;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      wrong_type (place, "whole number");
      return place->field->fallback;
    }
  value = json_node_get_int (node);
  if (value >= place->field->min && value <= place->field->max)
    return value;
  PROBLEM (place, "range", "must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
           place->field->min, place->field->max);
  return place->field->fallback;
}

static gboolean
read_boolean (const Place *place, JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  wrong_type (place, "true or false");
  return place->field->fallback != 0;
}

static gint32
read_enum (const Place *place, JsonNode *node)
{
  const char *text = text_of (place, node);
  int value = model_enum_from_text (place->field->extra, text);
  g_autofree char *choices = NULL;

  if (text == NULL)
    return (gint32) place->field->fallback;
  if (value >= 0)
    return value;
  choices = g_strjoinv (", ", (char **) (gpointer) place->field->extra);
  PROBLEM (place, "unknown_word", "must be one of: %s", choices);
  return (gint32) place->field->fallback;
}

static gint64
read_time (const Place *place, JsonNode *node)
{
  const char *text = text_of (place, node);
  gint64 ms = place->field->fallback;

  if (text != NULL && !base_time_parse (text, &ms))
    PROBLEM (place, "syntax", "not a time such as 2026-03-01T09:30:00.250Z");
  return ms;
}

static ModelId
read_runtime_id (const Place *place, JsonNode *node)
{
  const char *text = text_of (place, node);
  ModelId id = 0;

  if (text != NULL && !model_id_from_text ((ModelIdKind) place->field->min, text, &id))
    PROBLEM (place, "syntax", "not an id of this kind");
  return id;
}

static GPtrArray *
read_objects (const Place *place, JsonNode *node)
{
  const ModelNoun *noun = place->field->extra;
  GPtrArray *objects = g_ptr_array_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      wrong_type (place, "list");
      return objects;
    }
  array = json_node_get_array (node);
  if (json_array_get_length (array) > LIST_MAX)
    {
      PROBLEM (place, "length", "more than %d", LIST_MAX);
      return objects;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      Place element = element_of (place, i);
      JsonNode *item = json_array_get_element (array, i);
      gpointer into;
      if (!JSON_NODE_HOLDS_OBJECT (item))
        {
          wrong_type (&element, "object");
          continue;
        }
      into = g_malloc0 (noun->size);
      read_members (noun, json_node_get_object (item), &element, into);
      g_ptr_array_add (objects, into);
    }
  return objects;
}

static void
read_object (const Place *place, JsonNode *node, gpointer into)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    read_members (place->field->extra, json_node_get_object (node), place, into);
  else
    wrong_type (place, "object");
}

static void
read_value (const Place *place, JsonNode *node, gpointer into)
{
  const ModelField *field = place->field;

  switch (field->type)
    {
    case MODEL_FIELD_STRING:
      AT (char *, into, field) = read_string (place, node);
      break;
    case MODEL_FIELD_ID:
      AT (char *, into, field) = read_id (place, node);
      break;
    case MODEL_FIELD_INTERNED:
      AT (const char *, into, field) = read_word (place, node);
      break;
    case MODEL_FIELD_IDS:
      AT (char **, into, field) = read_list (place, node, TRUE);
      break;
    case MODEL_FIELD_STRINGS:
      AT (char **, into, field) = read_list (place, node, FALSE);
      break;
    case MODEL_FIELD_NAMES:
      AT (ModelNames, into, field) = read_names (place, node);
      break;
    case MODEL_FIELD_INT:
      AT (gint32, into, field) = (gint32) read_number (place, node);
      break;
    case MODEL_FIELD_INT64:
      AT (gint64, into, field) = read_number (place, node);
      break;
    case MODEL_FIELD_BOOL:
      AT (gboolean, into, field) = read_boolean (place, node);
      break;
    case MODEL_FIELD_ENUM:
      AT (gint32, into, field) = read_enum (place, node);
      break;
    case MODEL_FIELD_RUNTIME_ID:
      AT (ModelId, into, field) = read_runtime_id (place, node);
      break;
    case MODEL_FIELD_TIME:
      AT (gint64, into, field) = read_time (place, node);
      break;
    case MODEL_FIELD_OBJECT:
      read_object (place, node, (char *) into + field->offset);
      break;
    case MODEL_FIELD_OBJECTS:
      AT (GPtrArray *, into, field) = read_objects (place, node);
      break;
    }
}

static void
fill_absent (const Place *place, gpointer into)
{
  const ModelField *field = place->field;
  g_autoptr (JsonObject) nothing = NULL;

  if (field->flags & MODEL_FIELD_REQUIRED)
    PROBLEM (place, "missing", "%s is missing", field->name);
  switch (field->type)
    {
    case MODEL_FIELD_INT:
    case MODEL_FIELD_BOOL:
    case MODEL_FIELD_ENUM:
      AT (gint32, into, field) = (gint32) field->fallback;
      break;
    case MODEL_FIELD_INT64:
    case MODEL_FIELD_TIME:
      AT (gint64, into, field) = field->fallback;
      break;
    case MODEL_FIELD_OBJECT:
      nothing = json_object_new ();
      read_members (field->extra, nothing, place, (char *) into + field->offset);
      break;
    case MODEL_FIELD_OBJECTS:
      AT (GPtrArray *, into, field) = g_ptr_array_new ();
      break;
    case MODEL_FIELD_STRING:
    case MODEL_FIELD_ID:
    case MODEL_FIELD_INTERNED:
    case MODEL_FIELD_IDS:
    case MODEL_FIELD_STRINGS:
    case MODEL_FIELD_NAMES:
    case MODEL_FIELD_RUNTIME_ID:
      break;
    }
}

static void
refuse_unknown_members (const ModelNoun *noun, JsonObject *object, const Place *at)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      const ModelField *field = noun->fields;
      while (field->name != NULL && strcmp (field->name, name) != 0)
        field++;
      if (field->name == NULL)
        {
          Place place = member_of (at, name, NULL);
          PROBLEM (&place, "unknown_member", "%s has no such member", noun->name);
        }
    }
}

static gboolean
read_members (const ModelNoun *noun, JsonObject *object, const Place *at, gpointer into)
{
  guint before = at->problems->len;

  for (const ModelField *field = noun->fields; field->name != NULL; field++)
    {
      Place place = member_of (at, field->name, field);
      JsonNode *node = json_object_get_member (object, field->name);
      if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
        read_value (&place, node, into);
      else
        fill_absent (&place, into);
    }
  refuse_unknown_members (noun, object, at);
  return at->problems->len == before;
}

gboolean
model_fields_read (const ModelNoun *noun,
                   JsonObject *object,
                   const char *path,
                   gpointer into,
                   GPtrArray *problems)
{
  Place whole = { .path = path, .problems = problems };

  return read_members (noun, object, &whole, into);
}
