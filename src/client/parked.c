/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetParked: one table of fields, and how the centre's words fill it. Main loop. */
#include "client/parked.h"

#include "client/apply-fields.h"
#include "client/apply.h"
#include "client/fields/work.h"

struct _GuichetParked
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetParked, guichet_parked, GUICHET_TYPE_RECORD)

static const GuichetField parked_fields[N_PARKED_FIELDS] = {
  [PARKED_ID] = { "id", GUICHET_FIELD_STRING },
  [PARKED_PLACE] = { "place", GUICHET_FIELD_INT },
  [PARKED_BY] = { "by", GUICHET_FIELD_STRING },
  [PARKED_BY_NAME] = { "by-name", GUICHET_FIELD_STRING },
  [PARKED_QUEUE] = { "queue", GUICHET_FIELD_STRING },
  [PARKED_QUEUE_NAME] = { "queue-name", GUICHET_FIELD_STRING },
  [PARKED_FETCHED_BY] = { "fetched-by", GUICHET_FIELD_STRING },
  [PARKED_SINCE] = { "since", GUICHET_FIELD_INT },
  [PARKED_UNTIL] = { "until", GUICHET_FIELD_INT },
  [PARKED_CUSTOMER_NUMBER] = { "customer-number", GUICHET_FIELD_STRING },
  [PARKED_CUSTOMER_NAME] = { "customer-name", GUICHET_FIELD_STRING },
  [PARKED_CUSTOMER] = { "customer", GUICHET_FIELD_STRING },
};

static void
guichet_parked_class_init (GuichetParkedClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), parked_fields, N_PARKED_FIELDS);
}

static void
guichet_parked_init (GuichetParked *self)
{
}

GUICHET_RECORD_STRING (GuichetParked, guichet_parked, id, PARKED_ID)
GUICHET_RECORD_INT (GuichetParked, guichet_parked, place, PARKED_PLACE)
GUICHET_RECORD_STRING (GuichetParked, guichet_parked, by, PARKED_BY)
GUICHET_RECORD_STRING (GuichetParked, guichet_parked, by_name, PARKED_BY_NAME)
GUICHET_RECORD_STRING (GuichetParked, guichet_parked, queue_name, PARKED_QUEUE_NAME)
GUICHET_RECORD_STRING (GuichetParked, guichet_parked, fetched_by, PARKED_FETCHED_BY)
GUICHET_RECORD_INT (GuichetParked, guichet_parked, since, PARKED_SINCE)
GUICHET_RECORD_INT (GuichetParked, guichet_parked, until, PARKED_UNTIL)
GUICHET_RECORD_STRING (GuichetParked, guichet_parked, customer_number, PARKED_CUSTOMER_NUMBER)
GUICHET_RECORD_STRING (GuichetParked, guichet_parked, customer_name, PARKED_CUSTOMER_NAME)

gboolean
guichet_apply_parked (GuichetRecord *record,
                      const BaseJson *json,
                      const GuichetContext *context,
                      GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", PARKED_ID, GUICHET_JSON_TEXT },
    { "place", PARKED_PLACE, GUICHET_JSON_INT },
    { "by", PARKED_BY, GUICHET_JSON_TEXT },
    { "by_name", PARKED_BY_NAME, GUICHET_JSON_TEXT },
    { "queue", PARKED_QUEUE, GUICHET_JSON_TEXT },
    { "fetched_by", PARKED_FETCHED_BY, GUICHET_JSON_TEXT },
    { "since", PARKED_SINCE, GUICHET_JSON_TIME },
    { "until", PARKED_UNTIL, GUICHET_JSON_TIME },
  };

  if (!APPLY_FIELDS (record, json, fields, error) ||
      !guichet_apply_customer_of (record, json, PARKED_CUSTOMER_NUMBER, PARKED_CUSTOMER_NAME,
                                  PARKED_CUSTOMER, error))
    return FALSE;
  guichet_record_set_string (
      record, PARKED_QUEUE_NAME,
      guichet_name_of (context->queues, guichet_record_get_string (record, PARKED_QUEUE)));
  return TRUE;
}
