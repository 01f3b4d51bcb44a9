/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of who was erased: read from the audit at the start, then kept up. Centre's thread. */
#include "server/centre/erased.h"

#include "base/json.h"

#define KEPT     (G_GINT64_CONSTANT (100) * 24 * 60 * 60 * 1000) /* desks keep for 90 days */
#define TOLD_MAX 200 /* ids; of more it is only said that there are some: desks ask for them */

typedef struct
{
  gint64 at;
  char *customer;    /* or NULL */
  char *interaction; /* or NULL */
} Row;

struct _Erased
{
  Centre *centre;
  GPtrArray *rows;          /* Row, oldest first */
  GHashTable *interactions; /* set of theirs */
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->customer);
  g_free (row->interaction);
  g_free (row);
}

Erased *
erased_new (Centre *centre)
{
  Erased *self = g_new0 (Erased, 1);

  self->centre = centre;
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->interactions = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
erased_free (Erased *self)
{
  g_hash_table_unref (self->interactions);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
add (Erased *self, gint64 at, const char *customer, const char *interaction)
{
  Row *row = g_new0 (Row, 1);

  *row = (Row){ at, g_strdup (customer), g_strdup (interaction) };
  g_ptr_array_add (self->rows, row);
  if (interaction != NULL)
    g_hash_table_add (self->interactions, row->interaction);
}

static void
on_row (StoreRow *row, gpointer user_data)
{
  const char *interaction = store_row_text (row, 1);

  add (user_data, store_row_int (row, 0), interaction == NULL ? store_row_text (row, 2) : NULL,
       interaction);
}

gboolean
erased_load (Erased *self, GError **error)
{
  return store_query (centre_store (self->centre), error, on_row, self, STORE_GET_ERASED,
                      centre_now (self->centre) - KEPT);
}

gboolean
erased_has (Erased *self, const char *interaction)
{
  return g_hash_table_contains (self->interactions, interaction);
}

gint64
erased_last (Erased *self)
{
  return self->rows->len > 0
             ? ((const Row *) g_ptr_array_index (self->rows, self->rows->len - 1))->at
             : 0;
}

JsonObject *
erased_since (Erased *self, gint64 since)
{
  JsonObject *object = json_object_new ();
  JsonArray *customers = json_array_new ();
  JsonArray *interactions = json_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);

      if (row->at >= since && row->customer != NULL)
        json_array_add_string_element (customers, row->customer);
      else if (row->at >= since)
        json_array_add_string_element (interactions, row->interaction);
    }
  base_json_set_time (object, "erased", erased_last (self));
  json_object_set_array_member (object, "customers", customers);
  json_object_set_array_member (object, "interactions", interactions);

  return object;
}

/* --- one is erased ---------------------------------------------------------------------------- */

static JsonArray *
ids_of (const GPtrArray *ids)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < ids->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (ids, i));

  return array;
}

static void
note (Erased *self,
      gint64 at,
      const GPtrArray *customers,
      const GPtrArray *interactions,
      StoreBatch *batch)
{
  for (guint i = 0; i < customers->len; i++)
    {
      const char *id = g_ptr_array_index (customers, i);

      add (self, at, id, NULL);
      store_batch_add (batch, STORE_AUDIT_ADD, at, "administrator",
                       i == 0 ? "customer_erase" : "erased", NULL, id);
    }
  for (guint i = 0; i < interactions->len; i++)
    {
      const char *id = g_ptr_array_index (interactions, i);

      add (self, at, NULL, id);
      store_batch_add (batch, STORE_AUDIT_ADD, at, "administrator", "erased", id, NULL);
    }
}

void
erased_commit (Erased *self,
               const GPtrArray *customers,
               const GPtrArray *interactions,
               StoreBatch *batch,
               CentreReadyFunc done,
               gpointer user_data)
{
  gboolean all = customers->len + interactions->len <= TOLD_MAX;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  JsonObject *journal = json_object_new ();
  JsonObject *notice = json_object_new ();
  gint64 at = MAX (centre_now (self->centre), erased_last (self));

  note (self, at, customers, interactions, batch);
  base_json_set_string (journal, "type", "customer.erased");
  json_object_set_array_member (journal, "customers", ids_of (customers));
  base_json_set_time (notice, "erased", at);
  json_object_set_boolean_member (notice, "complete", all);
  json_object_set_array_member (notice, "customers", ids_of (all ? customers : none));
  json_object_set_array_member (notice, "interactions", ids_of (all ? interactions : none));
  centre_announce (self->centre, NULL, "customer.erased", NULL, journal, notice, batch, done,
                   user_data);
}
