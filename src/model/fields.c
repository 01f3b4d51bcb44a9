/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing, freeing and walking structs by their tables of fields. Pure functions. */
#include "model/fields.h"

#include "base/time-text.h"
#include "model/ids.h"
#include "model/names.h"

#include <string.h>

#define AT(type, base, field)       (*(type *) ((char *) (base) + (field)->offset))
#define CONST_AT(type, base, field) (*(type const *) ((const char *) (base) + (field)->offset))

void
model_problem_free (ModelProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->path);
  g_free (problem->code);
  g_free (problem->message);
  g_free (problem);
}

GPtrArray *
model_problems_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) model_problem_free);
}

void
model_problems_add (GPtrArray *problems,
                    const char *path,
                    const char *code,
                    const char *format,
                    ...)
{
  ModelProblem *problem = g_new0 (ModelProblem, 1);
  va_list args;

  va_start (args, format);
  problem->message = g_strdup_vprintf (format, args);
  va_end (args);
  problem->path = g_strdup (path);
  problem->code = g_strdup (code);
  g_ptr_array_add (problems, problem);
}

int
model_enum_from_text (const char *const *names, const char *text)
{
  for (int i = 0; text != NULL && names[i] != NULL; i++)
    if (strcmp (names[i], text) == 0)
      return i;
  return -1;
}

gboolean
model_id_text_valid (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_.-");

  return length > 0 && length <= 64 && text[length] == '\0' && g_ascii_isalnum (text[0]);
}

void
model_json_append_string (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, *c);
        }
      else if ((guchar) *c < 0x20 || *c == 0x7f)
        g_string_append_printf (json, "\\u%04x", (guint) (guchar) *c);
      else
        g_string_append_c (json, *c);
    }
  g_string_append_c (json, '"');
}

void
model_json_append_time (GString *json, gint64 ms)
{
  char text[BASE_TIME_TEXT_SIZE];

  g_string_append_c (json, '"');
  g_string_append (json, base_time_write (ms, text));
  g_string_append_c (json, '"');
}

static void
append_number (GString *json, gint64 value)
{
  char text[24];
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;
  int at = sizeof text;

  do
    {
      text[--at] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  while (rest != 0);
  if (value < 0)
    text[--at] = '-';
  g_string_append_len (json, text + at, (gssize) (sizeof text - (gsize) at));
}

static void
append_ids (GString *json, char **ids)
{
  g_string_append_c (json, '[');
  for (char **id = ids; id != NULL && *id != NULL; id++)
    {
      if (id != ids)
        g_string_append_c (json, ',');
      model_json_append_string (json, *id);
    }
  g_string_append_c (json, ']');
}

static void
append_names (GString *json, ModelNames names)
{
  g_string_append_c (json, '{');
  for (char **entry = names; entry != NULL && *entry != NULL; entry += 2)
    {
      if (entry != names)
        g_string_append_c (json, ',');
      model_json_append_string (json, entry[0]);
      g_string_append_c (json, ':');
      model_json_append_string (json, entry[1]);
    }
  g_string_append_c (json, '}');
}

static void
append_objects (const ModelNoun *noun, GPtrArray *objects, GString *json)
{
  g_string_append_c (json, '[');
  for (guint i = 0; objects != NULL && i < objects->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      model_fields_write (noun, objects->pdata[i], json);
    }
  g_string_append_c (json, ']');
}

static gboolean is_empty (const ModelField *field, gconstpointer from);

/* Whether an optional field stands at its fallback and so need not be written. */
static gboolean
is_absent (const ModelField *field, gconstpointer from)
{
  GPtrArray *objects;

  switch (field->type)
    {
    case MODEL_FIELD_STRING:
    case MODEL_FIELD_ID:
    case MODEL_FIELD_INTERNED:
    case MODEL_FIELD_IDS:
    case MODEL_FIELD_STRINGS:
    case MODEL_FIELD_NAMES:
      return CONST_AT (gpointer, from, field) == NULL;
    case MODEL_FIELD_INT:
    case MODEL_FIELD_BOOL:
    case MODEL_FIELD_ENUM:
      return (field->flags & MODEL_FIELD_OPTIONAL) &&
             CONST_AT (gint32, from, field) == field->fallback;
    case MODEL_FIELD_INT64:
    case MODEL_FIELD_TIME:
      return (field->flags & MODEL_FIELD_OPTIONAL) &&
             CONST_AT (gint64, from, field) == field->fallback;
    case MODEL_FIELD_RUNTIME_ID:
      return CONST_AT (ModelId, from, field) == 0;
    case MODEL_FIELD_OBJECTS:
      objects = CONST_AT (gpointer, from, field);
      return (field->flags & MODEL_FIELD_OPTIONAL) && (objects == NULL || objects->len == 0);
    case MODEL_FIELD_OBJECT:
      return (field->flags & MODEL_FIELD_OPTIONAL) && is_empty (field, from);
    }
  return FALSE;
}

static gboolean
is_empty (const ModelField *field, gconstpointer from)
{
  const ModelNoun *noun = field->extra;

  for (const ModelField *member = noun->fields; member->name != NULL; member++)
    if (!is_absent (member, (const char *) from + field->offset))
      return FALSE;
  return TRUE;
}

static void
write_value (const ModelField *field, gconstpointer from, GString *json)
{
  char text[MODEL_ID_TEXT_SIZE];

  switch (field->type)
    {
    case MODEL_FIELD_STRING:
    case MODEL_FIELD_ID:
    case MODEL_FIELD_INTERNED:
      model_json_append_string (json, CONST_AT (gpointer, from, field));
      break;
    case MODEL_FIELD_IDS:
    case MODEL_FIELD_STRINGS:
      append_ids (json, CONST_AT (gpointer, from, field));
      break;
    case MODEL_FIELD_NAMES:
      append_names (json, CONST_AT (gpointer, from, field));
      break;
    case MODEL_FIELD_INT:
      append_number (json, CONST_AT (gint32, from, field));
      break;
    case MODEL_FIELD_INT64:
      append_number (json, CONST_AT (gint64, from, field));
      break;
    case MODEL_FIELD_BOOL:
      g_string_append (json, CONST_AT (gboolean, from, field) ? "true" : "false");
      break;
    case MODEL_FIELD_ENUM:
      model_json_append_string (
          json, ((const char *const *) field->extra)[CONST_AT (gint32, from, field)]);
      break;
    case MODEL_FIELD_RUNTIME_ID:
      model_json_append_string (
          json, model_id_to_text ((ModelIdKind) field->min, CONST_AT (ModelId, from, field), text));
      break;
    case MODEL_FIELD_TIME:
      model_json_append_time (json, CONST_AT (gint64, from, field));
      break;
    case MODEL_FIELD_OBJECT:
      model_fields_write (field->extra, (const char *) from + field->offset, json);
      break;
    case MODEL_FIELD_OBJECTS:
      append_objects (field->extra, CONST_AT (gpointer, from, field), json);
      break;
    }
}

void
model_fields_write (const ModelNoun *noun, gconstpointer from, GString *json)
{
  char separator = '{';

  for (const ModelField *field = noun->fields; field->name != NULL; field++)
    {
      if (is_absent (field, from))
        continue;
      g_string_append_c (json, separator);
      g_string_append_c (json, '"');
      g_string_append (json, field->name);
      g_string_append (json, "\":");
      write_value (field, from, json);
      separator = ',';
    }
  if (separator == '{')
    g_string_append_c (json, '{');
  g_string_append_c (json, '}');
}

JsonNode *
model_fields_to_node (const ModelNoun *noun, gconstpointer from)
{
  g_autoptr (GString) json = g_string_new (NULL);

  model_fields_write (noun, from, json);
  return json_from_string (json->str, NULL);
}

static void
clear_objects (const ModelNoun *noun, GPtrArray *objects)
{
  for (guint i = 0; objects != NULL && i < objects->len; i++)
    {
      model_fields_clear (noun, objects->pdata[i]);
      g_free (objects->pdata[i]);
    }
  if (objects != NULL)
    g_ptr_array_unref (objects);
}

void
model_fields_clear (const ModelNoun *noun, gpointer what)
{
  for (const ModelField *field = noun->fields; field->name != NULL; field++)
    switch (field->type)
      {
      case MODEL_FIELD_STRING:
      case MODEL_FIELD_ID:
        g_clear_pointer (&AT (char *, what, field), g_free);
        break;
      case MODEL_FIELD_IDS:
      case MODEL_FIELD_STRINGS:
      case MODEL_FIELD_NAMES:
        g_clear_pointer (&AT (char **, what, field), g_strfreev);
        break;
      case MODEL_FIELD_OBJECT:
        model_fields_clear (field->extra, (char *) what + field->offset);
        break;
      case MODEL_FIELD_OBJECTS:
        clear_objects (field->extra, AT (GPtrArray *, what, field));
        AT (GPtrArray *, what, field) = NULL;
        break;
      case MODEL_FIELD_INTERNED:
      case MODEL_FIELD_INT:
      case MODEL_FIELD_INT64:
      case MODEL_FIELD_BOOL:
      case MODEL_FIELD_ENUM:
      case MODEL_FIELD_RUNTIME_ID:
      case MODEL_FIELD_TIME:
        break;
      }
}

static void
refer (const ModelField *field,
       gconstpointer what,
       const char *place,
       ModelReferenceFunc func,
       gpointer data)
{
  if (field->type == MODEL_FIELD_ID)
    {
      const char *id = CONST_AT (gpointer, what, field);
      if (id != NULL)
        func (field->refers, id, place, data);
      return;
    }
  char **ids = CONST_AT (gpointer, what, field);
  for (int i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autofree char *element = g_strdup_printf ("%s[%d]", place, i);
      func (field->refers, ids[i], element, data);
    }
}

void
model_fields_references (const ModelNoun *noun,
                         gconstpointer what,
                         const char *path,
                         ModelReferenceFunc func,
                         gpointer data)
{
  for (const ModelField *field = noun->fields; field->name != NULL; field++)
    {
      g_autofree char *place = NULL;
      if (field->refers == NULL && field->type != MODEL_FIELD_OBJECT &&
          field->type != MODEL_FIELD_OBJECTS)
        continue;
      place = g_strdup_printf ("%s%s%s", path, *path ? "." : "", field->name);
      if (field->refers != NULL)
        refer (field, what, place, func, data);
      else if (field->type == MODEL_FIELD_OBJECT)
        model_fields_references (field->extra, (const char *) what + field->offset, place, func,
                                 data);
      else if (field->type == MODEL_FIELD_OBJECTS)
        {
          GPtrArray *objects = CONST_AT (gpointer, what, field);
          for (guint i = 0; objects != NULL && i < objects->len; i++)
            {
              g_autofree char *element = g_strdup_printf ("%s[%u]", place, i);
              model_fields_references (field->extra, objects->pdata[i], element, func, data);
            }
        }
    }
}
