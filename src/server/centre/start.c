/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what is on disk to a running centre: the newest core state, the journal's tail, the records
 * of open interactions. Reads only; what the restart means is a command that follows.
 * Centre's thread. */

#include "server/centre/canned.h"
#include "server/centre/centre-private.h"
#include "server/centre/clips.h"
#include "server/centre/recordings.h"
#include "server/centre/erased.h"
#include "server/centre/forwarding.h"

#include "base/ids.h"
#include "base/json.h"
#include "base/log.h"
#include "server/centre/people.h"

#include <string.h>

#define PAGE 5000

typedef struct
{
  Centre *centre;
  gint64 seq, at;
  guint n_rows;
  GError *error;
} Reading;

static JsonNode *
parse (const char *text, gsize length, GError **error)
{
  static const BaseJsonLimits limits = { .max_size = 512 * 1024 * 1024, .max_depth = 64 };

  return base_json_parse (text, length, &limits, error);
}

static ModelEvent *
event_from_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = parse (text, strlen (text), error);
  g_autoptr (GPtrArray) problems = model_problems_new ();
  ModelEvent *event;

  if (node == NULL)
    return NULL;
  event = model_event_from_json (json_node_get_object (node), problems);
  if (event == NULL)
    {
      const ModelProblem *problem = g_ptr_array_index (problems, 0);

      g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED, "an event cannot be read: %s: %s",
                   problem->path, problem->message);
    }

  return event;
}

static void
on_state_row (StoreRow *row, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GBytes) bytes = store_row_bytes (row, 2);
  g_autoptr (JsonNode) node = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  reading->seq = store_row_int (row, 0);
  reading->at = store_row_int (row, 1);
  node = parse (data, length, &reading->error);
  if (node != NULL)
    reading->centre->core = acd_core_load (json_node_get_object (node), &reading->error);
}

/* A customer was linked, a message written, a reply changed: no events of the core. */
static gboolean
is_beside_core (const char *json)
{
  return g_str_has_prefix (json, "{\"type\":\"message.") ||
         g_str_has_prefix (json, "{\"type\":\"conversation.") ||
         g_str_has_prefix (json, "{\"type\":\"canned_reply.") ||
         g_str_has_prefix (json, "{\"type\":\"clip.") ||
         g_str_has_prefix (json, "{\"type\":\"notice.") ||
         g_str_has_prefix (json, "{\"type\":\"customer.") ||
         strstr (json, "\"type\":\"interaction.play") != NULL ||
         strstr (json, "\"type\":\"interaction.customer\"") != NULL;
}

static void
on_tail_row (StoreRow *row, gpointer user_data)
{
  Reading *reading = user_data;
  const char *json = store_row_text (row, 2);
  g_autoptr (ModelEvent) event = NULL;

  reading->n_rows++;
  reading->seq = store_row_int (row, 0);
  reading->at = MAX (reading->at, store_row_int (row, 1));
  if (reading->error != NULL || is_beside_core (json))
    return;
  event = event_from_text (json, &reading->error);
  if (event != NULL)
    acd_core_apply (reading->centre->core, event, &reading->error);
}

static gboolean
read_core (Centre *self, Reading *reading, GError **error)
{
  if (!store_query (self->store, error, on_state_row, reading, STORE_GET_CORE_STATE))
    return FALSE;
  if (reading->error == NULL && self->core == NULL)
    self->core = acd_core_new (1, 1);
  self->state_seq = reading->seq;
  do
    {
      reading->n_rows = 0;
      if (reading->error == NULL &&
          !store_query (self->store, error, on_tail_row, reading, STORE_GET_JOURNAL_AFTER,
                        reading->seq, (gint64) PAGE))
        return FALSE;
    }
  while (reading->n_rows == PAGE && reading->error == NULL);

  if (reading->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reading->error));
      g_prefix_error (error, "the journal cannot be followed after event %" G_GINT64_FORMAT ": ",
                      reading->seq);
      return FALSE;
    }

  return TRUE;
}

/* --- records --------------------------------------------------------------------------------- */

typedef struct
{
  Centre *centre;
  Record *record;
  char *number, *name, *called, *customer;
} RecordReading;

static void
on_record_event (StoreRow *row, gpointer user_data)
{
  RecordReading *reading = user_data;
  const char *json = store_row_text (row, 3);
  g_autoptr (ModelEvent) event = NULL;

  if (is_beside_core (json))
    return;
  event = event_from_text (json, NULL);
  if (event == NULL)
    return;
  if (event->type == MODEL_EVENT_INTERACTION_CREATED && reading->record == NULL)
    reading->record = record_new (event);
  if (reading->record != NULL)
    record_apply (reading->record, event);
}

static void
on_value_row (StoreRow *row, gpointer user_data)
{
  RecordReading *reading = user_data;
  g_autoptr (GBytes) sealed = store_row_bytes (row, 2);
  ModelId party;

  if (record_party_from_key (store_row_text (row, 0), &party))
    record_set_party_number (reading->record, party, store_row_text (row, 1));
  else
    record_set_value (reading->record, store_row_text (row, 0), store_row_text (row, 1), sealed,
                      (gint32) store_row_int (row, 3));
}

static void
on_note_row (StoreRow *row, gpointer user_data)
{
  RecordReading *reading = user_data;
  ModelId id;

  if (model_id_from_text (MODEL_ID_PARTICIPATION, store_row_text (row, 0), &id))
    record_set_note (reading->record, id, store_row_text (row, 1), (gint32) store_row_int (row, 2));
}

static void
on_open_interaction (StoreRow *row, gpointer user_data)
{
  Centre *self = user_data;
  RecordReading reading = { .centre = self };
  const char *id = store_row_text (row, 0);

  if (!store_query (self->store, NULL, on_record_event, &reading, STORE_GET_JOURNAL_OF, id,
                    (gint64) 100000) ||
      reading.record == NULL)
    return;
  record_set_person (reading.record, store_row_text (row, 2), store_row_text (row, 3),
                     store_row_text (row, 4), store_row_text (row, 5));
  store_query (self->store, NULL, on_value_row, &reading, STORE_GET_VALUES, id);
  store_query (self->store, NULL, on_note_row, &reading, STORE_GET_NOTES, id);
  centre_record_add (self, reading.record);
}

/* --- the centre's own id and the store's epoch ------------------------------------------------ */

static void
on_meta_row (StoreRow *row, gpointer user_data)
{
  char **value = user_data;

  *value = g_strdup (store_row_text (row, 0));
}

static char *
meta (Centre *self, const char *key, StoreBatch *batch)
{
  char *value = NULL;

  store_query (self->store, NULL, on_meta_row, &value, STORE_GET_META, key);
  if (value != NULL)
    return value;
  value = base_token_new (9);
  store_batch_add (batch, STORE_META_SET, key, value);

  return value;
}

gboolean
centre_start (Centre *self, GError **error)
{
  Reading reading = { .centre = self };
  StoreBatch *batch = store_batch_new ();
  g_autofree char *epoch = meta (self, "epoch", batch);

  self->id = meta (self, "centre", batch);
  if (store_batch_is_empty (batch))
    store_batch_free (batch);
  else
    store_submit (self->store, batch, NULL, NULL);
  if (!read_core (self, &reading, error) || !sessions_load (self->sessions, self->store, error) ||
      !canned_load (self->canned, error) || !clips_load (self->clips, error) ||
      !forwarding_load (self->forwarding, self->store, error) ||
      !recordings_load (self->recordings, error) || !erased_load (self->erased, error) ||
      !store_query (self->store, error, on_open_interaction, self, STORE_GET_INTERACTIONS_OPEN))
    return FALSE;

  self->seq = reading.seq;
  conversations_load (self->conversations);
  self->hub = hub_new (epoch, self->seq);
  if (reading.seq > 0)
    {
      gint64 now = centre_now (self);
      AcdCommand restarted = { .type = ACD_COMMAND_RESTARTED,
                               .duration = MAX (0, now - reading.at) };

      centre_command (self, &restarted, NULL, NULL, NULL, NULL);
    }
  base_log (BASE_LOG_INFO, "centre", "started", "seq", BASE_INT (self->seq), "open",
            BASE_INT (g_hash_table_size (self->records)), NULL);
  forwarding_settle (self);
  /* Hours went by while it was down. */
  centre_check_hours (self);
  centre_arm (self);
  people_index_missing (self);

  return TRUE;
}
