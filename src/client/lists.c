/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of records by id: find, remove, and make one what an array of the centre says while keeping
 * its records. Main loop. */
#include "client/apply.h"

gpointer
guichet_list_find (GListStore *list, const char *id, guint *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = 0; i < n && id != NULL; i++)
    {
      g_autoptr (GuichetRecord) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (!g_str_equal (guichet_record_get_string (item, 0), id))
        continue;
      if (position != NULL)
        *position = i;
      return item; /* the list holds it */
    }
  return NULL;
}

gboolean
guichet_list_remove (GListStore *list, const char *id)
{
  guint position;

  if (guichet_list_find (list, id, &position) == NULL)
    return FALSE;
  g_list_store_remove (list, position);
  return TRUE;
}

static GPtrArray *
make_items (GListStore *list,
            const BaseJson *array,
            GuichetApply apply,
            const GuichetContext *context,
            GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < base_json_length (array); i++)
    {
      g_autoptr (GuichetRecord) record = NULL;
      const char *id;
      BaseJson item;

      if (!base_json_item_object (array, i, &item, error) ||
          !base_json_get_string (&item, "id", 256, &id, error))
        return NULL;
      record = guichet_list_find (list, id, NULL);
      if (record != NULL)
        g_object_ref (record);
      else
        record = g_object_new (g_list_model_get_item_type (G_LIST_MODEL (list)), NULL);
      if (!apply (record, &item, context, error))
        return NULL;
      g_ptr_array_add (items, g_steal_pointer (&record));
    }
  return g_steal_pointer (&items);
}

static gboolean
is_at (GListStore *list, guint position, gpointer record)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  return item == record;
}

gboolean
guichet_list_sync (GListStore *list,
                   const BaseJson *array,
                   GuichetApply apply,
                   const GuichetContext *context,
                   GError **error)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint same_at_start = 0, same_at_end = 0;
  g_autoptr (GPtrArray) items = make_items (list, array, apply, context, error);

  if (items == NULL)
    return FALSE;
  while (same_at_start < MIN (n, items->len) &&
         is_at (list, same_at_start, items->pdata[same_at_start]))
    same_at_start++;
  while (same_at_end < MIN (n, items->len) - same_at_start &&
         is_at (list, n - 1 - same_at_end, items->pdata[items->len - 1 - same_at_end]))
    same_at_end++;
  if (same_at_start + same_at_end < MAX (n, items->len))
    g_list_store_splice (list, same_at_start, n - same_at_start - same_at_end,
                         items->pdata + same_at_start, items->len - same_at_start - same_at_end);
  return TRUE;
}
