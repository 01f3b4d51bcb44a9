/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Definitions of variables: the table of their JSON form, and the check of a value. Pure functions.
 */
#include "model/variable.h"

#include "base/time-text.h"

#include <string.h>

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelVariable, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelVariable, names), MODEL_FIELD_REQUIRED },
  { "type", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelVariable, type),
    .extra = model_variable_type_names },
  { "choices", MODEL_FIELD_STRINGS, G_STRUCT_OFFSET (ModelVariable, choices), .max = 128 },
  { "editable", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelVariable, editable) },
  { "secure", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelVariable, secure) },
  { "on_card", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelVariable, on_card), 0, 0, 9, 0 },
  { "header", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelVariable, header), .max = 64 },
  { NULL },
};
const ModelNoun model_variable_noun = { "variable", sizeof (ModelVariable), fields };

static gboolean
is_number (const char *text)
{
  gsize whole, part;

  if (*text == '-' || *text == '+')
    text++;
  whole = strspn (text, "0123456789");
  text += whole;
  if (*text != '.')
    return whole > 0 && *text == '\0';
  part = strspn (text + 1, "0123456789");
  return whole > 0 && part > 0 && text[1 + part] == '\0';
}

static gboolean
is_date (const char *text)
{
  g_autofree char *moment = g_strdup_printf ("%.32sT00:00:00Z", text);
  gint64 at;

  return strlen (text) == 10 && base_time_parse (moment, &at);
}

const char *
model_variable_check (const ModelVariable *variable, const char *value)
{
  gint64 at;

  if (!g_utf8_validate (value, -1, NULL))
    return "text";
  if (g_utf8_strlen (value, -1) > MODEL_VARIABLE_VALUE_MAX)
    return "length";
  if (*value == '\0')
    return NULL;
  switch ((ModelVariableType) variable->type)
    {
    case MODEL_VARIABLE_TEXT:
      return NULL;
    case MODEL_VARIABLE_NUMBER:
      return is_number (value) ? NULL : "number";
    case MODEL_VARIABLE_DATE:
      return is_date (value) ? NULL : "date";
    case MODEL_VARIABLE_DATETIME:
      return base_time_parse (value, &at) ? NULL : "datetime";
    case MODEL_VARIABLE_CHOICE:
      return variable->choices != NULL &&
                     g_strv_contains ((const char *const *) variable->choices, value)
                 ? NULL
                 : "choice";
    }
  return NULL;
}
