/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A search field over a list of definitions. Main thread only.
 */

#include "desktop/widgets/picker.h"

#include "base/fold.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/choices.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define SEARCH_FROM 3

struct _GuichetPicker
{
  GtkWidget parent_instance;

  GtkWidget *search;
  GtkWidget *view;
  GtkWidget *scroller;
  GtkWidget *nothing;
  GtkFilterListModel *filtered;
  GtkCustomFilter *filter;
  GtkSingleSelection *selection;
  GuichetPickerFunc accepts;
  gpointer data;
  char *wanted; /* folded, or NULL */
};

G_DEFINE_FINAL_TYPE (GuichetPicker, guichet_picker, GTK_TYPE_WIDGET)

static guint picked_signal;

static gboolean
matches (gpointer item, gpointer data)
{
  GuichetPicker *self = data;
  g_autofree char *name = NULL;

  if (guichet_definition_get_retired (item) ||
      (self->accepts != NULL && !self->accepts (item, self->data)))
    return FALSE;
  if (self->wanted == NULL)
    return TRUE;
  name = base_fold (guichet_definition_get_name (item));
  return strstr (name, self->wanted) != NULL;
}

static void
on_n_items (GuichetPicker *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_widget_set_visible (self->scroller, any);
  gtk_widget_set_visible (self->nothing, !any);
}

static void
on_search (GuichetPicker *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->wanted, g_free);
  if (g_utf8_strlen (text, -1) >= SEARCH_FROM)
    self->wanted = base_fold (text);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
}

static void
pick (GuichetPicker *self, guint position)
{
  g_autoptr (GuichetDefinition) one =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (one != NULL)
    g_signal_emit (self, picked_signal, 0, one);
}

static void
on_enter (GuichetPicker *self)
{
  pick (self, gtk_single_selection_get_selected (self->selection));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  guichet_label_tip_when_cut (GTK_LABEL (label));
  gtk_widget_set_margin_start (label, 6);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      guichet_definition_get_name (gtk_list_item_get_item (item)));
}

static void
guichet_picker_dispose (GObject *object)
{
  GuichetPicker *self = GUICHET_PICKER (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (guichet_picker_parent_class)->dispose (object);
}

static void
guichet_picker_class_init (GuichetPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_picker_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, GUICHET_TYPE_DEFINITION);
}

static GtkWidget *
build_view (GuichetPicker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  self->scroller =
      guichet_choices_new (self->selection, factory, 260, G_CALLBACK (pick), self, &self->view);
  return self->scroller;
}

static void
guichet_picker_init (GuichetPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  self->search = gtk_search_entry_new ();
  self->nothing = gtk_label_new (_ ("Nothing found"));
  gtk_widget_add_css_class (self->nothing, "dim");
  gtk_widget_set_size_request (box, (int) (260 * guichet_text_scale (box)), -1);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), build_view (self));
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  guichet_choices_lead (self->search, self->view);
  /* At once: Enter takes the first of what fits what was typed before it. */
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (on_search), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_enter), self);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (on_n_items), self,
                           G_CONNECT_SWAPPED);
  on_n_items (self);
}

GtkWidget *
guichet_picker_new (const char *name, const char *placeholder)
{
  GuichetPicker *self = g_object_new (GUICHET_TYPE_PICKER, NULL);

  guichet_accessible_name_editable (GTK_EDITABLE (self->search), name);
  guichet_accessible_name (self->view, name);
  g_object_set (self->search, "placeholder-text", placeholder, NULL);
  return GTK_WIDGET (self);
}

void
guichet_picker_set_model (GuichetPicker *self,
                          GListModel *definitions,
                          GuichetPickerFunc accepts,
                          gpointer data)
{
  self->accepts = accepts;
  self->data = data;
  gtk_filter_list_model_set_model (self->filtered, definitions);
}

void
guichet_picker_restart (GuichetPicker *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  on_search (self);
  gtk_widget_grab_focus (self->search);
}
