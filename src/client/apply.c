/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the centre's JSON to records, in place. Stateless; main loop. */
#include "client/apply.h"

#include "client/definition.h"
#include "client/fields.h"
#include "client/interaction.h"
#include "client/offer.h"

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

#define APPLY_FIELDS(record, json, table, error)                                                   \
  guichet_apply_fields ((record), (json), (table), G_N_ELEMENTS (table), (error))

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
  const char *const *languages = g_get_language_names ();
  const char *found = NULL;
  JsonObjectIter iter;
  const char *language;
  BaseJson names;

  if (!base_json_opt_object (json, "names", &names, NULL) || names.object == NULL)
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

static gboolean
apply_strings (GuichetRecord *record,
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

static gboolean
apply_id_and_name (GuichetRecord *record,
                   guint id_field,
                   guint name_field,
                   const BaseJson *json,
                   GError **error)
{
  const char *id;

  if (!base_json_get_string (json, "id", 256, &id, error))
    return FALSE;
  guichet_record_set_string (record, id_field, id);
  guichet_record_set_string (record, name_field, guichet_pick_name (json, id));
  return TRUE;
}

gboolean
guichet_apply_definition (GuichetRecord *record,
                          const BaseJson *json,
                          const GuichetContext *context,
                          GError **error)
{
  static const GuichetJsonField fields[] = {
    { "editable", DEFINITION_EDITABLE, GUICHET_JSON_BOOL },
    { "secure", DEFINITION_SECURE, GUICHET_JSON_BOOL },
    { "on_card", DEFINITION_ON_CARD, GUICHET_JSON_INT },
    { "retired", DEFINITION_RETIRED, GUICHET_JSON_BOOL },
  };
  const char *kind;

  if (!apply_id_and_name (record, DEFINITION_ID, DEFINITION_NAME, json, error) ||
      !base_json_opt_string (json, base_json_has (json, "type") ? "type" : "kind", 64, "", &kind,
                             error) ||
      !apply_strings (record, DEFINITION_QUEUES, json, "queues", error) ||
      !apply_strings (record, DEFINITION_CHOICES, json, "choices", error))
    return FALSE;
  guichet_record_set_string (record, DEFINITION_KIND, kind);
  return APPLY_FIELDS (record, json, fields, error);
}

gboolean
guichet_apply_queue (GuichetRecord *record,
                     const BaseJson *json,
                     const GuichetContext *context,
                     GError **error)
{
  static const GuichetJsonField fields[] = {
    { "channel", QUEUE_CHANNEL, GUICHET_JSON_TEXT },
    { "disposition_required", QUEUE_DISPOSITION_REQUIRED, GUICHET_JSON_BOOL },
    { "wrap_up", QUEUE_WRAP_UP, GUICHET_JSON_INT },
  };
  gint64 waiting;

  if (!apply_id_and_name (record, QUEUE_ID, QUEUE_NAME, json, error) ||
      !base_json_opt_int (json, "waiting", 0, G_MAXINT64, -1, &waiting, error))
    return FALSE;
  guichet_record_set_int (record, QUEUE_WAITING, waiting);
  return APPLY_FIELDS (record, json, fields, error);
}

static const char *
name_of (GListStore *list, const char *id)
{
  GuichetRecord *record = guichet_list_find (list, id, NULL);

  return record != NULL ? guichet_record_get_string (record, 1)
                        : id; /* field 1 of definitions and queues is the name */
}

static gboolean
apply_customer_of (GuichetRecord *record,
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

/* Values are strings; a number of a careless centre is taken for its text. */
static gboolean
read_value (const BaseJson *json, char **value, GError **error)
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

static gboolean
apply_card_line (GuichetRecord *record,
                 const BaseJson *json,
                 const GuichetContext *context,
                 GError **error)
{
  g_autofree char *value = NULL;
  GuichetRecord *definition;
  const char *id;

  if (!base_json_get_string (json, "variable", 256, &id, error) ||
      !read_value (json, &value, error))
    return FALSE;
  definition = guichet_list_find (context->variables, id, NULL);
  guichet_record_set_string (record, VARIABLE_ID, id);
  guichet_record_set_string (record, VARIABLE_NAME, name_of (context->variables, id));
  guichet_record_set_string (
      record, VARIABLE_KIND,
      definition != NULL ? guichet_record_get_string (definition, DEFINITION_KIND) : "text");
  guichet_record_set_string (record, VARIABLE_VALUE, value);
  guichet_record_set_bool (record, VARIABLE_HAS_VALUE, *value != '\0');
  return TRUE;
}

static gboolean
apply_card (GuichetRecord *offer,
            const BaseJson *json,
            const GuichetContext *context,
            GError **error)
{
  g_autoptr (GListStore) card = g_list_store_new (GUICHET_TYPE_VARIABLE);
  BaseJson lines, line;

  if (!base_json_opt_array (json, "card", 64, &lines, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&lines); i++)
    {
      g_autoptr (GuichetRecord) record = g_object_new (GUICHET_TYPE_VARIABLE, NULL);
      if (!base_json_item_object (&lines, i, &line, error) ||
          !apply_card_line (record, &line, context, error))
        return FALSE;
      g_list_store_append (card, record);
    }
  guichet_record_set_object (offer, OFFER_CARD, card);
  return TRUE;
}

gboolean
guichet_apply_offer (GuichetRecord *record,
                     const BaseJson *json,
                     const GuichetContext *context,
                     GError **error)
{
  static const GuichetJsonField fields[] = {
    { "request", OFFER_REQUEST, GUICHET_JSON_TEXT },
    { "kind", OFFER_KIND, GUICHET_JSON_TEXT },
    { "interaction", OFFER_INTERACTION, GUICHET_JSON_TEXT },
    { "channel", OFFER_CHANNEL, GUICHET_JSON_TEXT },
    { "queue", OFFER_QUEUE, GUICHET_JSON_TEXT },
    { "created_at", OFFER_CREATED_AT, GUICHET_JSON_TIME },
    { "deadline", OFFER_DEADLINE, GUICHET_JSON_TIME },
    { "auto_accept", OFFER_AUTO_ACCEPT, GUICHET_JSON_BOOL },
    { "called", OFFER_CALLED, GUICHET_JSON_TEXT },
  };
  const char *id;

  if (!base_json_get_string (json, "id", 256, &id, error))
    return FALSE;
  g_object_freeze_notify (G_OBJECT (record));
  guichet_record_set_string (record, OFFER_ID, id);
  if (!APPLY_FIELDS (record, json, fields, error) ||
      !apply_customer_of (record, json, OFFER_CUSTOMER_NUMBER, OFFER_CUSTOMER_NAME, OFFER_CUSTOMER,
                          error) ||
      !apply_card (record, json, context, error))
    {
      g_object_thaw_notify (G_OBJECT (record));
      return FALSE;
    }
  guichet_record_set_string (
      record, OFFER_QUEUE_NAME,
      name_of (context->queues, guichet_record_get_string (record, OFFER_QUEUE)));
  g_object_thaw_notify (G_OBJECT (record));
  return TRUE;
}

static gboolean
apply_wrap_up (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "started_at", PARTICIPATION_WRAP_UP_STARTED, GUICHET_JSON_TIME },
    { "deadline", PARTICIPATION_WRAP_UP_DEADLINE, GUICHET_JSON_TIME },
    { "extendable", PARTICIPATION_WRAP_UP_EXTENDABLE, GUICHET_JSON_BOOL },
    { "extended", PARTICIPATION_WRAP_UP_EXTENDED, GUICHET_JSON_BOOL },
  };
  g_autoptr (JsonObject) none = json_object_new ();
  BaseJson wrap_up;

  if (!base_json_opt_object (json, "wrap_up", &wrap_up, error))
    return FALSE;
  if (wrap_up.object == NULL)
    base_json_from_object (&wrap_up, none);
  return APPLY_FIELDS (record, &wrap_up, fields, error);
}

static gboolean
apply_disposition (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", PARTICIPATION_DISPOSITION, GUICHET_JSON_TEXT },
    { "set_by", PARTICIPATION_DISPOSITION_SET_BY, GUICHET_JSON_TEXT },
    { "revision", PARTICIPATION_DISPOSITION_REVISION, GUICHET_JSON_INT },
  };
  BaseJson disposition;

  return base_json_opt_object (json, "disposition", &disposition, error) &&
         (disposition.object == NULL || APPLY_FIELDS (record, &disposition, fields, error));
}

static gboolean
apply_tags_and_note (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField tag_fields[] = { { "revision", PARTICIPATION_TAGS_REVISION,
                                                   GUICHET_JSON_INT } };
  static const GuichetJsonField note_fields[] = {
    { "text", PARTICIPATION_NOTE, GUICHET_JSON_TEXT },
    { "revision", PARTICIPATION_NOTE_REVISION, GUICHET_JSON_INT },
  };
  BaseJson tags, note;

  if (!base_json_opt_object (json, "tags", &tags, error) ||
      !base_json_opt_object (json, "note", &note, error))
    return FALSE;
  if (tags.object != NULL && (!apply_strings (record, PARTICIPATION_TAGS, &tags, "ids", error) ||
                              !APPLY_FIELDS (record, &tags, tag_fields, error)))
    return FALSE;
  return note.object == NULL || APPLY_FIELDS (record, &note, note_fields, error);
}

static const char *
lay_over (GuichetRecord *record, const GuichetRow *row, guint saving, guint problem)
{
  guichet_record_set_bool (record, saving, row != NULL && *row->problem == '\0');
  guichet_record_set_string (record, problem, row != NULL ? row->problem : "");
  return row != NULL ? row->value : NULL;
}

void
guichet_overlay_participation (GuichetRecord *record, GuichetOutbox *outbox)
{
  const char *id = guichet_record_get_string (record, PARTICIPATION_ID);
  const char *value;

  if (outbox == NULL)
    return;
  value = lay_over (record, guichet_outbox_find (outbox, "note", id, ""), PARTICIPATION_NOTE_SAVING,
                    PARTICIPATION_NOTE_PROBLEM);
  if (value != NULL)
    guichet_record_set_string (record, PARTICIPATION_NOTE, value);
  value = lay_over (record, guichet_outbox_find (outbox, "disposition", id, ""),
                    PARTICIPATION_DISPOSITION_SAVING, PARTICIPATION_DISPOSITION_PROBLEM);
  if (value != NULL)
    guichet_record_set_string (record, PARTICIPATION_DISPOSITION, value);
  value = lay_over (record, guichet_outbox_find (outbox, "tags", id, ""), PARTICIPATION_TAGS_SAVING,
                    PARTICIPATION_TAGS_PROBLEM);
  if (value != NULL)
    {
      g_auto (GStrv) ids = *value != '\0' ? g_strsplit (value, " ", -1) : NULL;
      guichet_record_set_strv (record, PARTICIPATION_TAGS, (const char *const *) ids);
    }
}

static gboolean
apply_participation (GuichetRecord *record,
                     const BaseJson *json,
                     const GuichetContext *context,
                     GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", PARTICIPATION_ID, GUICHET_JSON_TEXT },
    { "agent", PARTICIPATION_AGENT, GUICHET_JSON_TEXT },
    { "role", PARTICIPATION_ROLE, GUICHET_JSON_TEXT },
    { "state", PARTICIPATION_STATE, GUICHET_JSON_TEXT },
    { "joined_at", PARTICIPATION_JOINED_AT, GUICHET_JSON_TIME },
    { "state_since", PARTICIPATION_STATE_SINCE, GUICHET_JSON_TIME },
    { "held_total", PARTICIPATION_HELD_TOTAL, GUICHET_JSON_INT },
    { "left_at", PARTICIPATION_LEFT_AT, GUICHET_JSON_TIME },
  };
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (record));
  ok = APPLY_FIELDS (record, json, fields, error) && apply_wrap_up (record, json, error) &&
       apply_disposition (record, json, error) && apply_tags_and_note (record, json, error);
  guichet_overlay_participation (record, context->outbox);
  g_object_thaw_notify (G_OBJECT (record));
  return ok;
}

void
guichet_overlay_variable (GuichetRecord *record, const char *interaction, GuichetOutbox *outbox)
{
  const GuichetRow *row;
  const char *value;

  if (outbox == NULL)
    return;
  row = guichet_outbox_find (outbox, "variable", interaction,
                             guichet_record_get_string (record, VARIABLE_ID));
  value = lay_over (record, row, VARIABLE_SAVING, VARIABLE_PROBLEM);
  if (value != NULL && !guichet_record_get_bool (record, VARIABLE_SECURE))
    guichet_record_set_string (record, VARIABLE_VALUE, value);
}

static gboolean
apply_variable (GuichetRecord *record,
                const BaseJson *json,
                const GuichetContext *context,
                GError **error)
{
  static const GuichetJsonField fields[] = {
    { "secure", VARIABLE_SECURE, GUICHET_JSON_BOOL },
    { "editable", VARIABLE_EDITABLE, GUICHET_JSON_BOOL },
    { "revision", VARIABLE_REVISION, GUICHET_JSON_INT },
  };
  g_autofree char *value = NULL;
  GuichetRecord *definition;
  const char *id;

  if (!base_json_get_string (json, "id", 256, &id, error) || !read_value (json, &value, error) ||
      !APPLY_FIELDS (record, json, fields, error))
    return FALSE;
  definition = guichet_list_find (context->variables, id, NULL);
  guichet_record_set_string (record, VARIABLE_ID, id);
  guichet_record_set_string (record, VARIABLE_NAME, name_of (context->variables, id));
  if (definition != NULL)
    {
      guichet_record_set_string (record, VARIABLE_KIND,
                                 guichet_record_get_string (definition, DEFINITION_KIND));
      guichet_record_set_strv (record, VARIABLE_CHOICES,
                               guichet_record_get_strv (definition, DEFINITION_CHOICES));
    }
  guichet_record_set_string (record, VARIABLE_VALUE,
                             guichet_record_get_bool (record, VARIABLE_SECURE) ? "" : value);
  guichet_record_set_bool (record, VARIABLE_HAS_VALUE, base_json_has (json, "value"));
  return TRUE;
}

static GListStore *
list_of (GuichetRecord *record, guint field, GType type)
{
  if (guichet_record_get_object (record, field) == NULL)
    {
      g_autoptr (GListStore) list = g_list_store_new (type);
      guichet_record_set_object (record, field, list);
    }
  return guichet_record_get_object (record, field);
}

static void
find_mine (GuichetRecord *record, GListStore *participations, const GuichetContext *context)
{
  GuichetRecord *mine = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (participations)); i++)
    {
      g_autoptr (GuichetRecord) item = g_list_model_get_item (G_LIST_MODEL (participations), i);
      if (g_strcmp0 (guichet_record_get_string (item, PARTICIPATION_AGENT), context->agent) == 0)
        mine = item; /* the last one, should there be two */
    }
  guichet_record_set_object (record, INTERACTION_MINE, mine);
  guichet_record_set_string (record, INTERACTION_PHASE,
                             mine != NULL ? guichet_record_get_string (mine, PARTICIPATION_STATE)
                                          : "");
  guichet_record_set_int (record, INTERACTION_PHASE_SINCE,
                          mine != NULL ? guichet_record_get_int (mine, PARTICIPATION_STATE_SINCE)
                                       : 0);
}

static gboolean
apply_customer_left (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "at", INTERACTION_CUSTOMER_LEFT_AT, GUICHET_JSON_TIME },
    { "cause", INTERACTION_CUSTOMER_LEFT_CAUSE, GUICHET_JSON_TEXT },
  };
  BaseJson left;

  return base_json_opt_object (json, "customer_left", &left, error) &&
         (left.object == NULL || APPLY_FIELDS (record, &left, fields, error));
}

static gboolean
apply_parts (GuichetRecord *record,
             const BaseJson *json,
             const GuichetContext *context,
             GError **error)
{
  GListStore *participations =
      list_of (record, INTERACTION_PARTICIPATIONS, GUICHET_TYPE_PARTICIPATION);
  GListStore *variables = list_of (record, INTERACTION_VARIABLES, GUICHET_TYPE_VARIABLE);
  BaseJson parts, values;

  if (!base_json_opt_array (json, "participations", 1000, &parts, error) ||
      !base_json_opt_array (json, "variables", 1000, &values, error) ||
      !guichet_list_sync (participations, &parts, apply_participation, context, error) ||
      !guichet_list_sync (variables, &values, apply_variable, context, error))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (variables)); i++)
    {
      g_autoptr (GuichetRecord) variable = g_list_model_get_item (G_LIST_MODEL (variables), i);
      guichet_overlay_variable (variable, guichet_record_get_string (record, INTERACTION_ID),
                                context->outbox);
    }
  find_mine (record, participations, context);
  return TRUE;
}

gboolean
guichet_apply_interaction (GuichetRecord *record,
                           const BaseJson *json,
                           const GuichetContext *context,
                           GError **error)
{
  static const GuichetJsonField fields[] = {
    { "channel", INTERACTION_CHANNEL, GUICHET_JSON_TEXT },
    { "direction", INTERACTION_DIRECTION, GUICHET_JSON_TEXT },
    { "origin", INTERACTION_ORIGIN, GUICHET_JSON_TEXT },
    { "queue", INTERACTION_QUEUE, GUICHET_JSON_TEXT },
    { "called", INTERACTION_CALLED, GUICHET_JSON_TEXT },
    { "language", INTERACTION_LANGUAGE, GUICHET_JSON_TEXT },
    { "created_at", INTERACTION_CREATED_AT, GUICHET_JSON_TIME },
  };
  const char *id;
  gboolean ok;

  if (!base_json_get_string (json, "id", 256, &id, error))
    return FALSE;
  g_object_freeze_notify (G_OBJECT (record));
  guichet_record_set_string (record, INTERACTION_ID, id);
  ok = APPLY_FIELDS (record, json, fields, error) &&
       apply_customer_of (record, json, INTERACTION_CUSTOMER_NUMBER, INTERACTION_CUSTOMER_NAME,
                          INTERACTION_CUSTOMER, error) &&
       apply_customer_left (record, json, error) && apply_parts (record, json, context, error);
  guichet_record_set_string (
      record, INTERACTION_QUEUE_NAME,
      name_of (context->queues, guichet_record_get_string (record, INTERACTION_QUEUE)));
  g_object_thaw_notify (G_OBJECT (record));
  return ok;
}

gboolean
guichet_apply_recent (GuichetRecord *record,
                      const BaseJson *json,
                      const GuichetContext *context,
                      GError **error)
{
  static const GuichetJsonField fields[] = {
    { "interaction", RECENT_INTERACTION, GUICHET_JSON_TEXT },
    { "offer", RECENT_OFFER, GUICHET_JSON_TEXT },
    { "kind", RECENT_KIND, GUICHET_JSON_TEXT },
    { "reason", RECENT_REASON, GUICHET_JSON_TEXT },
    { "at", RECENT_AT, GUICHET_JSON_TIME },
    { "queue", RECENT_QUEUE, GUICHET_JSON_TEXT },
    { "talk", RECENT_TALK, GUICHET_JSON_INT },
    { "disposition", RECENT_DISPOSITION, GUICHET_JSON_TEXT },
  };
  g_autofree char *key = NULL;

  if (!APPLY_FIELDS (record, json, fields, error) ||
      !apply_customer_of (record, json, RECENT_CUSTOMER_NUMBER, RECENT_CUSTOMER_NAME,
                          RECENT_CUSTOMER, error))
    return FALSE;
  key = g_strjoin (":", guichet_record_get_string (record, RECENT_KIND),
                   guichet_record_get_string (record, RECENT_INTERACTION),
                   guichet_record_get_string (record, RECENT_OFFER), NULL);
  guichet_record_set_string (record, RECENT_KEY, key);
  guichet_record_set_string (
      record, RECENT_QUEUE_NAME,
      name_of (context->queues, guichet_record_get_string (record, RECENT_QUEUE)));
  guichet_record_set_string (
      record, RECENT_DISPOSITION_NAME,
      name_of (context->dispositions, guichet_record_get_string (record, RECENT_DISPOSITION)));
  return TRUE;
}

gboolean
guichet_apply_customer (GuichetRecord *record,
                        const BaseJson *json,
                        const GuichetContext *context,
                        GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", CUSTOMER_ID, GUICHET_JSON_TEXT },
    { "name", CUSTOMER_NAME, GUICHET_JSON_TEXT },
    { "revision", CUSTOMER_REVISION, GUICHET_JSON_INT },
  };

  return APPLY_FIELDS (record, json, fields, error) &&
         apply_strings (record, CUSTOMER_NUMBERS, json, "numbers", error);
}
