/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list with a search. Main thread only. */

#include "desktop/widgets/found-list.h"

#include "base/fold.h"
#include "desktop/widgets/accessible.h"

struct _GuichetFoundList
{
  GObject parent_instance;

  GtkSearchEntry *entry; /* the owner's, as the pages are */
  GtkStack *pages;
  GtkCustomFilter *filter;
  GtkCustomSorter *sorter;
  GListModel *shown; /* NULL until first asked for */
  char *words;       /* folded */
  gboolean to_search;
};

G_DEFINE_FINAL_TYPE (GuichetFoundList, guichet_found_list, G_TYPE_OBJECT)

static void
show_page (GuichetFoundList *self)
{
  gtk_stack_set_visible_child_name (
      self->pages, g_list_model_get_n_items (self->shown) > 0 ? "list" : "nothing");
}

static void
take_focus (GuichetFoundList *self)
{
  if (!self->to_search || !gtk_widget_get_mapped (GTK_WIDGET (self->entry)))
    return;
  self->to_search = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_search (GuichetFoundList *self)
{
  g_free (self->words);
  self->words = base_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  guichet_found_list_filter (self);
}

static void
on_stop_search (GuichetFoundList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
guichet_found_list_dispose (GObject *object)
{
  GuichetFoundList *self = GUICHET_FOUND_LIST (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_pointer (&self->words, g_free);
  G_OBJECT_CLASS (guichet_found_list_parent_class)->dispose (object);
}

static void
guichet_found_list_class_init (GuichetFoundListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_found_list_dispose;
}

static void
guichet_found_list_init (GuichetFoundList *self)
{
}

GuichetFoundList *
guichet_found_list_new (GtkSearchEntry *entry,
                        const char *name,
                        GtkStack *pages,
                        GtkCustomFilterFunc wanted,
                        GCompareDataFunc compare,
                        gpointer owner)
{
  GuichetFoundList *self = g_object_new (GUICHET_TYPE_FOUND_LIST, NULL);

  self->entry = entry;
  self->pages = pages;
  self->filter = gtk_custom_filter_new (wanted, owner, NULL);
  self->sorter = gtk_custom_sorter_new (compare, owner, NULL);
  guichet_accessible_name (GTK_WIDGET (entry), name);
  guichet_accessible_name_editable (GTK_EDITABLE (entry), name);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (on_search), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (on_stop_search), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "map", G_CALLBACK (take_focus), self, G_CONNECT_SWAPPED);
  return self;
}

GListModel *
guichet_found_list_of (GuichetFoundList *self, GListModel *all)
{
  GtkFilterListModel *filtered;

  if (self->shown != NULL)
    return self->shown;
  filtered =
      gtk_filter_list_model_new (g_object_ref (all), g_object_ref (GTK_FILTER (self->filter)));
  self->shown = G_LIST_MODEL (
      gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (GTK_SORTER (self->sorter))));
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (show_page), self,
                           G_CONNECT_SWAPPED);
  show_page (self);
  return self->shown;
}

const char *
guichet_found_list_get_words (GuichetFoundList *self)
{
  return self->words;
}

void
guichet_found_list_filter (GuichetFoundList *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

void
guichet_found_list_sort (GuichetFoundList *self)
{
  gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
}

void
guichet_found_list_search (GuichetFoundList *self, gboolean on)
{
  self->to_search = on;
  take_focus (self);
}
