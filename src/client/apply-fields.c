/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the centre's JSON to fields of records: what several kinds of records have. Stateless; main
 * loop. */
#include "client/apply-fields.h"

#define TEXT_MAX  (256 * 1024)
#define ITEMS_MAX 100000

gboolean
guichet_apply_fields (GuichetRecord *record,
                      const BaseJson *json,
                      const GuichetJsonField *fields,
                      guint n_fields,
                      GError **error)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const GuichetJsonField *field = &fields[i];
      const char *text = "";
      gint64 number = 0;
      gboolean flag = FALSE;

      switch (field->kind)
        {
        case GUICHET_JSON_TEXT:
          if (!base_json_opt_string (json, field->name, TEXT_MAX, "", &text, error))
            return FALSE;
          guichet_record_set_string (record, field->field, text);
          break;
        case GUICHET_JSON_TIME:
          if (!base_json_opt_time (json, field->name, 0, &number, error))
            return FALSE;
          guichet_record_set_int (record, field->field, number);
          break;
        case GUICHET_JSON_INT:
          if (!base_json_opt_int (json, field->name, G_MININT64, G_MAXINT64, 0, &number, error))
            return FALSE;
          guichet_record_set_int (record, field->field, number);
          break;
        case GUICHET_JSON_BOOL:
          if (!base_json_opt_bool (json, field->name, FALSE, &flag, error))
            return FALSE;
          guichet_record_set_bool (record, field->field, flag);
          break;
        }
    }
  return TRUE;
}

static const char *
name_in (JsonObject *names, const char *language)
{
  JsonNode *node = json_object_get_member (names, language);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

const char *
guichet_pick_name (const BaseJson *json, const char *fallback)
{
  return guichet_pick_name_in (json, "names", fallback);
}

const char *
guichet_pick_name_in (const BaseJson *json, const char *member, const char *fallback)
{
  const char *const *languages = g_get_language_names ();
  const char *found = NULL;
  JsonObjectIter iter;
  const char *language;
  BaseJson names;

  if (!base_json_opt_object (json, member, &names, NULL) || names.object == NULL)
    return fallback;
  for (; *languages != NULL && found == NULL; languages++)
    found = name_in (names.object, *languages);
  if (found == NULL)
    found = name_in (names.object, "en");
  json_object_iter_init (&iter, names.object);
  while (found == NULL && json_object_iter_next (&iter, &language, NULL))
    found = name_in (names.object, language);
  return found != NULL ? found : fallback;
}

gboolean
guichet_apply_strings (GuichetRecord *record,
                       guint field,
                       const BaseJson *json,
                       const char *name,
                       GError **error)
{
  g_auto (GStrv) values = NULL;

  if (!base_json_opt_strings (json, name, ITEMS_MAX, TEXT_MAX, &values, error))
    return FALSE;
  guichet_record_set_strv (record, field, (const char *const *) values);
  return TRUE;
}

const char *
guichet_name_of (GListStore *list, const char *id)
{
  GuichetRecord *record = guichet_list_find (list, id, NULL);

  return record != NULL ? guichet_record_get_string (record, 1)
                        : id; /* field 1 of definitions and queues is the name */
}

gboolean
guichet_apply_customer_of (GuichetRecord *record,
                           const BaseJson *json,
                           guint number,
                           guint name,
                           guint id,
                           GError **error)
{
  const GuichetJsonField fields[] = {
    { "number", number, GUICHET_JSON_TEXT },
    { "name", name, GUICHET_JSON_TEXT },
    { "customer", id, GUICHET_JSON_TEXT },
  };
  BaseJson customer;

  if (!base_json_opt_object (json, "customer", &customer, error))
    return FALSE;
  return customer.object == NULL || APPLY_FIELDS (record, &customer, fields, error);
}

GHashTable *
guichet_names_by_id (const BaseJson *json, const char *member, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  BaseJson array, item;

  if (!base_json_opt_array (json, member, ITEMS_MAX, &array, error))
    return NULL;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      const char *id;

      if (!base_json_item_object (&array, i, &item, error) ||
          !base_json_get_string (&item, "id", 256, &id, error))
        return NULL;
      g_hash_table_insert (names, (gpointer) id, (gpointer) guichet_pick_name (&item, id));
    }
  return g_steal_pointer (&names);
}

gboolean
guichet_apply_from (GuichetRecord *record,
                    const BaseJson *json,
                    guint name,
                    guint team,
                    GError **error)
{
  const char *who = "";
  BaseJson from;

  if (!base_json_opt_object (json, "from", &from, error) ||
      (from.object != NULL && !base_json_get_string (&from, "name", 256, &who, error)))
    return FALSE;
  guichet_record_set_string (record, name, who);
  if (team != 0)
    guichet_record_set_string (record, team,
                               from.object != NULL ? guichet_pick_name_in (&from, "team", "") : "");
  return TRUE;
}

gboolean
guichet_apply_forwarded_by (GuichetRecord *record,
                            const BaseJson *json,
                            guint field,
                            GError **error)
{
  const char *name = "";
  BaseJson by;

  if (!base_json_opt_object (json, "forwarded_by", &by, error) ||
      (by.object != NULL && !base_json_get_string (&by, "name", 256, &name, error)))
    return FALSE;
  guichet_record_set_string (record, field, name);
  return TRUE;
}

/* Fields of a forwarding from the first one on. */
enum
{
  WHEN,
  TO,
  WHERE,
  TARGET,
  KINDS
};

/* A queue has names, a colleague a name, a number nothing more. */
gboolean
guichet_apply_forwarding (GuichetRecord *record, guint first, const BaseJson *state, GError **error)
{
  const char *when = "", *to = "", *name = "", *target = "";
  BaseJson forwarding;

  if (!base_json_opt_object (state, "forwarding", &forwarding, error))
    return FALSE;
  if (forwarding.object != NULL &&
      (!base_json_get_string (&forwarding, "when", 64, &when, error) ||
       !base_json_get_string (&forwarding, "to", 64, &to, error) ||
       !base_json_opt_string (&forwarding, "name", 256, "", &name, error) ||
       (!g_str_equal (to, "voicemail") &&
        !base_json_opt_string (&forwarding, to, 256, "", &target, error))))
    return FALSE;
  if (g_str_equal (to, "queue"))
    name = guichet_pick_name_in (&forwarding, "names", "");
  guichet_record_set_string (record, first + WHERE, *name != '\0' ? name : target);
  guichet_record_set_string (record, first + TARGET, target);
  guichet_record_set_string (record, first + TO, to);
  guichet_record_set_string (record, first + WHEN, when);
  return TRUE;
}

gboolean
guichet_apply_forward_kinds (GuichetRecord *record,
                             guint first,
                             const BaseJson *agent,
                             GError **error)
{
  g_autoptr (GString) kinds = g_string_new (NULL);
  BaseJson list;
  const char *kind;

  if (!base_json_opt_array (agent, "forwarding", ITEMS_MAX, &list, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&list); i++)
    {
      if (!base_json_item_string (&list, i, 64, &kind, error))
        return FALSE;
      g_string_append_printf (kinds, "%s%s", i > 0 ? "," : "", kind);
    }
  guichet_record_set_string (record, first + KINDS, kinds->str);
  return TRUE;
}

/* Values are strings; a number of a careless centre is taken for its text. */
gboolean
guichet_read_value (const BaseJson *json, char **value, GError **error)
{
  const char *text = "";
  double number;

  if (base_json_get_double (json, "value", -G_MAXDOUBLE, G_MAXDOUBLE, &number, NULL))
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];
      *value = g_strdup (g_ascii_dtostr (buffer, sizeof buffer, number));
      return TRUE;
    }
  if (!base_json_opt_string (json, "value", TEXT_MAX, "", &text, error))
    return FALSE;
  *value = g_strdup (text);
  return TRUE;
}
