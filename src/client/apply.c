/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the centre's JSON to definitions, queues, offers, recent work and customers, in place.
 * Stateless; main loop. */
#include "client/apply-fields.h"

#include "client/customer.h"
#include "client/fields/centre.h"
#include "client/fields/past.h"
#include "client/fields/people.h"
#include "client/fields/work.h"
#include "client/offer.h"
#include "client/variable.h"

#define ADDRESSES_MAX 10000

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
  const char *kind, *url;

  if (!apply_id_and_name (record, DEFINITION_ID, DEFINITION_NAME, json, error) ||
      !base_json_opt_string (json, base_json_has (json, "type") ? "type" : "kind", 64, "", &kind,
                             error) ||
      !base_json_opt_string (json, "url", 4096, "", &url, error) ||
      !guichet_apply_strings (record, DEFINITION_QUEUES, json, "queues", error) ||
      !guichet_apply_strings (record, DEFINITION_CHOICES, json, "choices", error))
    return FALSE;
  guichet_record_set_string (record, DEFINITION_KIND, kind);
  guichet_record_set_string (record, DEFINITION_URL, url);
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
  gboolean dial_out;

  if (!apply_id_and_name (record, QUEUE_ID, QUEUE_NAME, json, error) ||
      !base_json_opt_bool (json, "dial_out", FALSE, &dial_out, error) ||
      !base_json_opt_int (json, "waiting", 0, G_MAXINT64, -1, &waiting, error))
    return FALSE;
  guichet_record_set_int (record, QUEUE_WAITING, waiting);
  guichet_record_set_bool (record, QUEUE_DIAL_OUT, dial_out);
  return APPLY_FIELDS (record, json, fields, error);
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
      !guichet_read_value (json, &value, error))
    return FALSE;
  definition = guichet_list_find (context->variables, id, NULL);
  guichet_record_set_string (record, VARIABLE_ID, id);
  guichet_record_set_string (record, VARIABLE_NAME, guichet_name_of (context->variables, id));
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
    { "direction", OFFER_DIRECTION, GUICHET_JSON_TEXT },
    { "queue", OFFER_QUEUE, GUICHET_JSON_TEXT },
    { "created_at", OFFER_CREATED_AT, GUICHET_JSON_TIME },
    { "deadline", OFFER_DEADLINE, GUICHET_JSON_TIME },
    { "auto_accept", OFFER_AUTO_ACCEPT, GUICHET_JSON_BOOL },
    { "ringing", OFFER_RINGING, GUICHET_JSON_BOOL },
    { "called", OFFER_CALLED, GUICHET_JSON_TEXT },
    { "subject", OFFER_SUBJECT, GUICHET_JSON_TEXT },
  };
  const char *id;

  if (!base_json_get_string (json, "id", 256, &id, error))
    return FALSE;
  g_object_freeze_notify (G_OBJECT (record));
  guichet_record_set_string (record, OFFER_ID, id);
  if (!APPLY_FIELDS (record, json, fields, error) ||
      !guichet_apply_customer_of (record, json, OFFER_CUSTOMER_NUMBER, OFFER_CUSTOMER_NAME,
                                  OFFER_CUSTOMER, error) ||
      !guichet_apply_from (record, json, OFFER_FROM_NAME, OFFER_FROM_TEAM, error) ||
      !guichet_apply_forwarded_by (record, json, OFFER_FORWARDED_BY, error) ||
      !apply_card (record, json, context, error))
    {
      g_object_thaw_notify (G_OBJECT (record));
      return FALSE;
    }
  guichet_record_set_string (
      record, OFFER_QUEUE_NAME,
      guichet_name_of (context->queues, guichet_record_get_string (record, OFFER_QUEUE)));
  g_object_thaw_notify (G_OBJECT (record));
  return TRUE;
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
    { "forwarded_by", RECENT_FORWARDED_BY, GUICHET_JSON_TEXT },
    { "at", RECENT_AT, GUICHET_JSON_TIME },
    { "queue", RECENT_QUEUE, GUICHET_JSON_TEXT },
    { "talk", RECENT_TALK, GUICHET_JSON_INT },
    { "disposition", RECENT_DISPOSITION, GUICHET_JSON_TEXT },
  };
  g_autofree char *key = NULL;

  if (!APPLY_FIELDS (record, json, fields, error) ||
      !guichet_apply_customer_of (record, json, RECENT_CUSTOMER_NUMBER, RECENT_CUSTOMER_NAME,
                                  RECENT_CUSTOMER, error))
    return FALSE;
  key = g_strjoin (":", guichet_record_get_string (record, RECENT_KIND),
                   guichet_record_get_string (record, RECENT_INTERACTION),
                   guichet_record_get_string (record, RECENT_OFFER), NULL);
  guichet_record_set_string (record, RECENT_KEY, key);
  guichet_record_set_string (
      record, RECENT_QUEUE_NAME,
      guichet_name_of (context->queues, guichet_record_get_string (record, RECENT_QUEUE)));
  guichet_record_set_string (
      record, RECENT_DISPOSITION_NAME,
      guichet_name_of (context->dispositions,
                       guichet_record_get_string (record, RECENT_DISPOSITION)));
  return TRUE;
}

/* Pairs: channel, address. */
static gboolean
apply_addresses (GuichetRecord *record, const BaseJson *json, GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();
  BaseJson list, one;

  if (!base_json_opt_array (json, "addresses", ADDRESSES_MAX, &list, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&list); i++)
    {
      const char *channel, *address;

      if (!base_json_item_object (&list, i, &one, error) ||
          !base_json_get_string (&one, "channel", 64, &channel, error) ||
          !base_json_get_string (&one, "address", 1024, &address, error))
        return FALSE;
      g_ptr_array_add (pairs, (char *) channel);
      g_ptr_array_add (pairs, (char *) address);
    }
  g_ptr_array_add (pairs, NULL);
  guichet_record_set_strv (record, CUSTOMER_ADDRESSES, (const char *const *) pairs->pdata);
  return TRUE;
}

static gboolean
apply_merged (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "customer", MERGED_ID, GUICHET_JSON_TEXT },
    { "name", MERGED_NAME, GUICHET_JSON_TEXT },
    { "at", MERGED_AT, GUICHET_JSON_TIME },
    { "until", MERGED_UNTIL, GUICHET_JSON_TIME },
  };
  g_autoptr (GListStore) merged = g_list_store_new (GUICHET_TYPE_MERGED);
  BaseJson list, one;

  if (!base_json_opt_array (json, "merged", ADDRESSES_MAX, &list, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&list); i++)
    {
      g_autoptr (GuichetRecord) other = g_object_new (GUICHET_TYPE_MERGED, NULL);

      if (!base_json_item_object (&list, i, &one, error) ||
          !APPLY_FIELDS (other, &one, fields, error))
        return FALSE;
      g_list_store_append (merged, other);
    }
  guichet_record_set_object (record, CUSTOMER_MERGED, merged);
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
         guichet_apply_strings (record, CUSTOMER_NUMBERS, json, "numbers", error) &&
         apply_addresses (record, json, error) && apply_merged (record, json, error);
}
