/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of the directory into GuichetTargets. Main loop. */
#include "client/apply-fields.h"
#include "client/directory-private.h"
#include "client/fields/people.h"
#include "client/target.h"

static gboolean
apply_actions (GuichetRecord *target, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "call", TARGET_CALL, GUICHET_JSON_TEXT },
    { "im", TARGET_IM, GUICHET_JSON_TEXT },
    { "consult", TARGET_CONSULT, GUICHET_JSON_TEXT },
    { "conference", TARGET_CONFERENCE, GUICHET_JSON_TEXT },
    { "transfer", TARGET_TRANSFER, GUICHET_JSON_TEXT },
    { "voicemail", TARGET_VOICEMAIL, GUICHET_JSON_TEXT },
    { "forward", TARGET_FORWARD, GUICHET_JSON_TEXT },
  };
  BaseJson actions;

  return base_json_get_object (json, "actions", &actions, error) &&
         APPLY_FIELDS (target, &actions, fields, error);
}

static gboolean
apply_presence (GuichetRecord *target, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "presence", TARGET_PRESENCE, GUICHET_JSON_TEXT },
    { "reason", TARGET_REASON, GUICHET_JSON_TEXT },
    { "since", TARGET_SINCE, GUICHET_JSON_TIME },
  };
  BaseJson presence;

  return !base_json_has (json, "presence") ||
         (base_json_get_object (json, "presence", &presence, error) &&
          APPLY_FIELDS (target, &presence, fields, error));
}

static gboolean
apply_team (GuichetRecord *target, const BaseJson *json, GError **error)
{
  BaseJson team;

  if (!base_json_has (json, "team"))
    return TRUE;
  if (!base_json_get_object (json, "team", &team, error))
    return FALSE;
  guichet_record_set_string (target, TARGET_TEAM_NAME, guichet_pick_name (&team, ""));
  return TRUE;
}

/* As if each had been typed. */
static gboolean
apply_others (GuichetRecord *target, const BaseJson *json, GError **error)
{
  g_autoptr (GListStore) list = g_list_store_new (GUICHET_TYPE_TARGET);
  const char *name = guichet_record_get_string (target, TARGET_NAME), *number;
  BaseJson others, one;

  if (!base_json_opt_array (json, "others", 1000, &others, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&others); i++)
    {
      g_autoptr (GuichetRecord) other = g_object_new (GUICHET_TYPE_TARGET, NULL);

      if (!base_json_item_object (&others, i, &one, error) ||
          !base_json_get_string (&one, "number", 64, &number, error) ||
          !apply_actions (other, &one, error))
        return FALSE;
      guichet_record_set_string (other, TARGET_KIND, "number");
      guichet_record_set_string (other, TARGET_ID, number);
      guichet_record_set_string (other, TARGET_NAME, name);
      guichet_record_set_strv (other, TARGET_NUMBERS, (const char *const[]){ number, NULL });
      g_list_store_append (list, other);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    guichet_record_set_object (target, TARGET_OTHERS, list);
  return TRUE;
}

static gboolean
apply_target (GuichetRecord *target, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "kind", TARGET_KIND, GUICHET_JSON_TEXT },
    { "id", TARGET_ID, GUICHET_JSON_TEXT },
    { "organisation", TARGET_ORGANISATION, GUICHET_JSON_TEXT },
    { "channel", TARGET_CHANNEL, GUICHET_JSON_TEXT },
    { "box", TARGET_BOX, GUICHET_JSON_TEXT },
    { "to_voicemail", TARGET_TO_VOICEMAIL, GUICHET_JSON_TEXT },
    { "waiting", TARGET_WAITING, GUICHET_JSON_INT },
    { "free", TARGET_FREE, GUICHET_JSON_INT },
    { "of", TARGET_OF, GUICHET_JSON_INT },
    { "own", TARGET_OWN, GUICHET_JSON_BOOL },
    { "favourite", TARGET_FAVOURITE, GUICHET_JSON_BOOL },
    { "used", TARGET_USED, GUICHET_JSON_TIME },
  };
  const char *name;

  if (!APPLY_FIELDS (target, json, fields, error) || !apply_actions (target, json, error) ||
      !apply_presence (target, json, error) || !apply_team (target, json, error) ||
      !base_json_opt_string (json, "name", 256, NULL, &name, error) ||
      (base_json_has (json, "numbers") &&
       !guichet_apply_strings (target, TARGET_NUMBERS, json, "numbers", error)))
    return FALSE;
  guichet_record_set_string (
      target, TARGET_NAME,
      name != NULL ? name
                   : guichet_pick_name (json, guichet_record_get_string (target, TARGET_ID)));
  return apply_others (target, json, error);
}

gboolean
guichet_directory_return (GTask *task, const BaseJson *root, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  BaseJson items, item;
  gint64 total;

  if (!base_json_get_int (root, "total", 0, G_MAXINT32, &total, error) ||
      !base_json_get_array (root, "items", 1000, &items, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&items); i++)
    {
      g_autoptr (GuichetRecord) target = g_object_new (GUICHET_TYPE_TARGET, NULL);

      if (!base_json_item_object (&items, i, &item, error) || !apply_target (target, &item, error))
        return FALSE;
      g_ptr_array_add (all, g_steal_pointer (&target));
    }
  g_object_set_data (G_OBJECT (task), "total", GUINT_TO_POINTER ((guint) total));
  g_task_return_pointer (task, g_steal_pointer (&all), (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}
