/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The frame of the windows of clips and of canned replies. Main thread only.
 */

#include "desktop/widgets/manager-window.h"

#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/toast.h"
#include "desktop/widgets/undo.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

typedef struct
{
  AdwToastOverlay *toasts;
  GtkStack *pages; /* "list", "edit" */
  GtkSearchEntry *search;
  GtkWidget *add;
  GtkStack *found; /* "list", "none" */
  GtkLabel *none;

  GuichetUndo *undo; /* of what was deleted; NULL: the window is closed */
  guint refresh_id;
} GuichetManagerWindowPrivate;

typedef GuichetManagerWindowPrivate Parts;

G_DEFINE_TYPE_WITH_PRIVATE (GuichetManagerWindow, guichet_manager_window, ADW_TYPE_WINDOW)

static Parts *
parts_of (GuichetManagerWindow *self)
{
  return guichet_manager_window_get_instance_private (self);
}

static void
find (GuichetManagerWindow *self, gboolean changed)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (parts_of (self)->search));

  GUICHET_MANAGER_WINDOW_GET_CLASS (self)->find (self, query, changed);
}

static gboolean
refresh (gpointer data)
{
  GuichetManagerWindow *self = data;

  parts_of (self)->refresh_id = 0;
  find (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (GuichetManagerWindow *self)
{
  Parts *parts = parts_of (self);

  if (parts->refresh_id == 0)
    parts->refresh_id = g_idle_add (refresh, self);
}

static void
on_add (GuichetManagerWindow *self)
{
  GUICHET_MANAGER_WINDOW_GET_CLASS (self)->add (self);
}

static void
on_done (GuichetManagerWindow *self)
{
  Parts *parts = parts_of (self);

  gtk_stack_set_visible_child_name (parts->pages, "list");
  gtk_widget_grab_focus (GTK_WIDGET (parts->search));
}

static void
on_toast (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guichet_manager_window_say (GUICHET_MANAGER_WINDOW (widget),
                              g_variant_get_string (parameter, NULL));
}

/* --- building --------------------------------------------------------------------------------- */

static void
guichet_manager_window_dispose (GObject *object)
{
  Parts *parts = parts_of (GUICHET_MANAGER_WINDOW (object));

  g_clear_handle_id (&parts->refresh_id, g_source_remove);
  g_clear_object (&parts->undo);
  G_OBJECT_CLASS (guichet_manager_window_parent_class)->dispose (object);
}

static void
guichet_manager_window_class_init (GuichetManagerWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_manager_window_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.toast", "s", on_toast);
}

static void
guichet_manager_window_init (GuichetManagerWindow *self)
{
}

static GtkWidget *
build_top (GuichetManagerWindow *self, const GuichetManagerLook *look)
{
  Parts *parts = parts_of (self);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  parts->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  parts->add = gtk_button_new_with_label (look->add);
  gtk_widget_set_hexpand (GTK_WIDGET (parts->search), TRUE);
  guichet_accessible_name (GTK_WIDGET (parts->search), look->search);
  guichet_accessible_name_editable (GTK_EDITABLE (parts->search), look->search);
  g_object_set (parts->search, "placeholder-text", look->search, NULL);
  g_signal_connect_swapped (parts->search, "search-changed",
                            G_CALLBACK (guichet_manager_window_find), self);
  g_signal_connect_swapped (parts->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (parts->add, "clicked", G_CALLBACK (on_add), self);
  gtk_widget_add_css_class (parts->add, "suggested-action");
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (parts->search));
  gtk_box_append (GTK_BOX (top), parts->add);
  return top;
}

static GtkWidget *
build_list (GuichetManagerWindow *self, const GuichetManagerLook *look, GtkWidget *view)
{
  Parts *parts = parts_of (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  parts->found = GTK_STACK (gtk_stack_new ());
  parts->none = guichet_label_nothing (NULL);
  gtk_stack_add_named (parts->found, view, "list");
  gtk_stack_add_named (parts->found, GTK_WIDGET (parts->none), "none");
  gtk_widget_set_vexpand (GTK_WIDGET (parts->found), TRUE);
  gtk_box_append (GTK_BOX (box), build_top (self, look));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->found));
  return box;
}

static void
show_as (GtkWindow *window, GtkWindow *parent, const GuichetManagerLook *look)
{
  gtk_window_set_title (window, look->title);
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_destroy_with_parent (window, TRUE);
  guichet_window_set_size (window, look->width, look->height);
  guichet_window_close_by_escape (GTK_WIDGET (window));
}

AdwHeaderBar *
guichet_manager_window_build (GuichetManagerWindow *self,
                              GtkWindow *parent,
                              const GuichetManagerLook *look,
                              GListModel *things,
                              GtkWidget *view,
                              GtkWidget *editor)
{
  Parts *parts = parts_of (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *pages = gtk_stack_new ();

  show_as (GTK_WINDOW (self), parent, look);
  parts->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  parts->pages = GTK_STACK (pages);
  gtk_stack_add_named (parts->pages, build_list (self, look, view), "list");
  gtk_stack_add_named (parts->pages, editor, "edit");
  g_signal_connect_object (editor, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  gtk_widget_set_margin_start (pages, 12);
  gtk_widget_set_margin_end (pages, 12);
  gtk_widget_set_margin_top (pages, 8);
  gtk_widget_set_margin_bottom (pages, 12);
  gtk_widget_set_vexpand (pages, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), pages);
  adw_toast_overlay_set_child (parts->toasts, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (parts->toasts));
  parts->undo = guichet_undo_new (GTK_WIDGET (self), parts->toasts, parts->pages,
                                  GTK_EDITABLE (parts->search));
  g_signal_connect_object (things, "items-changed", G_CALLBACK (refresh_soon), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return ADW_HEADER_BAR (bar);
}

/* --- using ------------------------------------------------------------------------------------ */

GtkWidget *
guichet_manager_window_get_add (GuichetManagerWindow *self)
{
  return parts_of (self)->add;
}

void
guichet_manager_window_find (GuichetManagerWindow *self)
{
  find (self, FALSE);
}

void
guichet_manager_window_show (GuichetManagerWindow *self, gboolean any, const char *none)
{
  Parts *parts = parts_of (self);

  gtk_label_set_text (parts->none, none);
  gtk_stack_set_visible_child_name (parts->found, any ? "list" : "none");
}

void
guichet_manager_window_say (GuichetManagerWindow *self, const char *text)
{
  if (parts_of (self)->undo != NULL)
    guichet_toast_add (parts_of (self)->toasts, text, NULL, 6);
}

void
guichet_manager_window_say_error (GuichetManagerWindow *self, const GError *error)
{
  g_autofree char *words = guichet_words_of_error (error);

  guichet_manager_window_say (self, words);
}

void
guichet_manager_window_edit (GuichetManagerWindow *self)
{
  gtk_stack_set_visible_child_name (parts_of (self)->pages, "edit");
}

gboolean
guichet_manager_window_is_editing (GuichetManagerWindow *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (parts_of (self)->pages), "edit");
}

void
guichet_manager_window_deleted (GuichetManagerWindow *self,
                                const char *name,
                                const GError *error,
                                void (*restore) (gpointer data),
                                gpointer data,
                                GDestroyNotify destroy)
{
  Parts *parts = parts_of (self);
  g_autofree char *text = NULL;

  if (error != NULL)
    guichet_manager_window_say_error (self, error);
  if (error != NULL || parts->undo == NULL) /* closed meanwhile */
    {
      destroy (data);
      return;
    }
  text = g_strdup_printf (_ ("“%s” is deleted."), name);
  guichet_undo_offer (parts->undo, text, restore, data, destroy);
}
