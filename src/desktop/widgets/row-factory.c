/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes the rows of a list and fills them. Main thread only. */

#include "desktop/widgets/row-factory.h"

#include "desktop/widgets/accessible.h"

typedef struct
{
  GuichetRowMake make;
  GuichetRowShow show;
} Kind;

static const Kind *
kind_of (GtkSignalListItemFactory *factory)
{
  return g_object_get_data (G_OBJECT (factory), "guichet-rows");
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, GObject *owner)
{
  gtk_list_item_set_child (item, kind_of (factory)->make (owner));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  kind_of (factory)->show (gtk_list_item_get_child (item), gtk_list_item_get_item (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  kind_of (factory)->show (gtk_list_item_get_child (item), NULL);
}

GtkListItemFactory *
guichet_row_factory_new (GObject *owner, GuichetRowMake make, GuichetRowShow show)
{
  GtkListItemFactory *self = gtk_signal_list_item_factory_new ();
  Kind *kind = g_new0 (Kind, 1);

  *kind = (Kind){ make, show };
  g_object_set_data_full (G_OBJECT (self), "guichet-rows", kind, g_free);
  g_signal_connect_object (self, "setup", G_CALLBACK (on_setup), owner, 0);
  g_signal_connect (self, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (self, "unbind", G_CALLBACK (on_unbind), NULL);
  return self;
}

GtkWidget *
guichet_row_list_new (GListModel *model, GtkListItemFactory *factory, const char *name)
{
  GtkWidget *view = gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (model))), factory);

  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  guichet_accessible_name (view, name);
  return view;
}

GtkWidget *
guichet_row_choices_new (GListModel *model,
                         GtkListItemFactory *factory,
                         const char *name,
                         GCallback activated,
                         gpointer owner)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (model));
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  gtk_widget_add_css_class (view, "replies");
  guichet_accessible_name (view, name);
  g_signal_connect (view, "activate", activated, owner);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}
