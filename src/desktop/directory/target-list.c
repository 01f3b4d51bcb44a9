/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of the directory. Main thread only.
 */

#include "desktop/directory/target-list.h"

#include "desktop/directory/target-row.h"

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetSession *session)
{
  gtk_list_item_set_child (item, guichet_target_row_new (session));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  guichet_target_row_set (GUICHET_TARGET_ROW (gtk_list_item_get_child (item)),
                          gtk_list_item_get_item (item),
                          g_object_get_data (G_OBJECT (factory), "purpose"));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  guichet_target_row_set (GUICHET_TARGET_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

GtkListItemFactory *
guichet_target_factory_new (GuichetSession *session)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), session, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}

void
guichet_target_list_set_purpose (GtkWidget *view, const char *purpose)
{
  g_object_set_data_full (G_OBJECT (gtk_list_view_get_factory (GTK_LIST_VIEW (view))), "purpose",
                          g_strdup (purpose), g_free);
}
