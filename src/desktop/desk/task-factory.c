/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of the task list. They come and go with offers and headings, and one that was there
 * before costs a fifth of a new one: some are kept, until the factory goes. Main thread only.
 */

#include "desktop/desk/task-factory.h"

#include "client/interaction.h"
#include "desktop/desk/task-menu.h"
#include "desktop/desk/task-row.h"

#define KEPT 2 /* of a kind */
#define ROW  "guichet-task-row"

typedef struct
{
  GPtrArray *rows[2]; /* for work; for a heading */
} Spare;

static gboolean
is_heading (GtkWidget *row)
{
  return GUICHET_IS_TASK_HEADING (guichet_task_row_get_item (GUICHET_TASK_ROW (row)));
}

static GtkWidget *
take_row (Spare *spare, gboolean heading)
{
  GPtrArray *rows = spare->rows[heading];
  GtkWidget *row;

  if (rows->len > 0)
    return g_ptr_array_steal_index_fast (rows, rows->len - 1);
  row = g_object_ref_sink (guichet_task_row_new ());
  guichet_task_menu_attach (GUICHET_TASK_ROW (row));
  return row;
}

static void
keep_row (Spare *spare, GtkListItem *item)
{
  GtkWidget *row = g_object_steal_data (G_OBJECT (item), ROW);
  GPtrArray *rows = spare->rows[is_heading (row)];

  gtk_list_item_set_child (item, NULL);
  guichet_task_row_set_item (GUICHET_TASK_ROW (row), NULL);
  if (rows->len < KEPT)
    g_ptr_array_add (rows, row);
  else
    g_object_unref (row);
}

/* Also of a row that only moves: its item is bound anew. */
static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Spare *spare)
{
  gpointer what = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row != NULL && is_heading (row) != GUICHET_IS_TASK_HEADING (what))
    {
      keep_row (spare, item);
      row = NULL;
    }
  if (row == NULL)
    {
      row = take_row (spare, GUICHET_IS_TASK_HEADING (what));
      g_object_set_data_full (G_OBJECT (item), ROW, row, g_object_unref);
      gtk_list_item_set_child (item, row);
    }
  gtk_list_item_set_selectable (item, GUICHET_IS_INTERACTION (what));
  gtk_list_item_set_activatable (item, GUICHET_IS_INTERACTION (what));
  guichet_task_row_set_item (GUICHET_TASK_ROW (row), what);
}

/* The child is out of the item already. */
static void
on_teardown (GtkSignalListItemFactory *factory, GtkListItem *item, Spare *spare)
{
  if (g_object_get_data (G_OBJECT (item), ROW) != NULL)
    keep_row (spare, item);
}

static void
spare_free (gpointer data, GClosure *closure)
{
  Spare *spare = data;

  g_ptr_array_unref (spare->rows[FALSE]);
  g_ptr_array_unref (spare->rows[TRUE]);
  g_free (spare);
}

GtkListItemFactory *
guichet_task_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Spare *spare = g_new0 (Spare, 1);

  spare->rows[FALSE] = g_ptr_array_new_with_free_func (g_object_unref);
  spare->rows[TRUE] = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), spare);
  g_signal_connect_data (factory, "teardown", G_CALLBACK (on_teardown), spare, spare_free, 0);
  return factory;
}
