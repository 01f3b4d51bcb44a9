/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/centre/values.h"

#include <string.h>

static void
on_row (StoreRow *row, gpointer user_data)
{
  if (store_row_text (row, 1) != NULL)
    g_hash_table_insert (user_data, g_strdup (store_row_text (row, 0)),
                         g_strdup (store_row_text (row, 1)));
}

GHashTable *
values_of_work (Centre *centre, const char *interaction)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  store_query (centre_store (centre), NULL, on_row, values, STORE_GET_VALUES, interaction);

  return values;
}

char **
values_variables (GHashTable *values)
{
  g_autoptr (GList) keys = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (values == NULL)
    return NULL;
  keys = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) strcmp);
  for (GList *l = keys; l != NULL; l = l->next)
    g_strv_builder_add (builder, l->data);

  return g_strv_builder_end (builder);
}
