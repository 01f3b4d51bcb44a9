/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window of the directory. Main thread only.
 */

#include "desktop/directory/directory-window.h"

#include "client/directory.h"
#include "desktop/directory/dials-bar.h"
#include "desktop/directory/kind-filter.h"
#include "desktop/directory/target-list.h"
#include "desktop/directory/target-menu.h"
#include "desktop/directory/target-row.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/choices.h"
#include "desktop/widgets/toast.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *window;
  GtkWidget *page; /* of the main window, which outlives this one */
  AdwToastOverlay *toasts;
  GtkWidget *search;
  GtkWidget *filter;
  GtkWidget *view;
  GtkStack *stack;
  GtkLabel *note;
  GuichetSession *session;
  GuichetDirectory *directory;
  GtkSingleSelection *selection;
  gboolean entered; /* before the answer to what was typed */
} Book;

static void
book_free (gpointer data)
{
  Book *self = data;

  g_object_unref (self->selection);
  g_object_unref (self->directory);
  g_object_unref (self->session);
  g_free (self);
}

static void
ask (Book *self)
{
  self->entered = FALSE;
  guichet_directory_ask (self->directory, gtk_editable_get_text (GTK_EDITABLE (self->search)),
                         guichet_kind_filter_get (GUICHET_KIND_FILTER (self->filter)), NULL, NULL);
}

/* What can be done with the one at this place. */
static void
act_at (Book *self, guint place)
{
  g_autoptr (GuichetTarget) target = g_list_model_get_item (G_LIST_MODEL (self->selection), place);

  if (target != NULL && *guichet_target_get_kind (target) != '\0')
    guichet_target_menu_popup (guichet_target_row_of (self->view, target), self->session, NULL,
                               target, NULL, NULL);
}

static void
on_answered (GtkWidget *window, const GError *problem)
{
  Book *self = g_object_get_data (G_OBJECT (window), "book");
  g_autofree char *words = problem != NULL ? guichet_words_of_error (problem) : NULL;
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_label_set_text (self->note, words != NULL ? words : _ ("Nothing found"));
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "note");
  if (self->entered && problem == NULL)
    act_at (self, gtk_single_selection_get_selected (self->selection));
  self->entered = FALSE;
}

static void
on_items (GtkWidget *window)
{
  Book *self = g_object_get_data (G_OBJECT (window), "book");

  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", 0);
}

static void
on_activate (GtkWidget *window, guint place)
{
  act_at (g_object_get_data (G_OBJECT (window), "book"), place);
}

static void
on_enter (Book *self)
{
  /* What was typed last is what is meant. */
  self->entered = guichet_directory_is_asking (self->directory);
  if (!self->entered)
    act_at (self, gtk_single_selection_get_selected (self->selection));
}

static void
build_list (Book *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->directory)));
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                  guichet_target_factory_new (self->session));
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (self->view), TRUE);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate), self->window);
  guichet_accessible_name (self->view, _ ("Directory"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_stack_add_named (self->stack, scroller, "list");
}

static void
build_search (Book *self, GtkWidget *box)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Name or number"), NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Search the directory"));
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close),
                            self->window);
  self->filter = guichet_kind_filter_new ();
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (ask), self);
  gtk_box_append (GTK_BOX (bar), self->search);
  gtk_box_append (GTK_BOX (bar), self->filter);
  gtk_box_append (GTK_BOX (bar), guichet_dials_bar_new (self->session));
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 12);
  gtk_widget_set_margin_bottom (bar, 8);
  gtk_widget_set_margin_top (bar, 4);
  gtk_box_append (GTK_BOX (box), bar);
}

static GtkWidget *
build (Book *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  self->note = GTK_LABEL (gtk_label_new (_ ("Asking the centre…")));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->note), "note");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  build_search (self, box);
  build_list (self);
  guichet_choices_lead (self->search, self->view);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  return box;
}

/* What is said in passing, and what is shown in the main window. */

static void
on_toast (GSimpleAction *action, GVariant *text, gpointer window)
{
  Book *self = g_object_get_data (G_OBJECT (window), "book");

  guichet_toast_add (self->toasts, g_variant_get_string (text, NULL), NULL, 5);
}

static void
on_show_im (GSimpleAction *action, GVariant *agent, gpointer window)
{
  Book *self = g_object_get_data (G_OBJECT (window), "book");

  gtk_widget_activate_action (self->page, "main.show-im", "s", g_variant_get_string (agent, NULL));
  gtk_window_close (GTK_WINDOW (window));
}

static void
add_actions (Book *self)
{
  static const GActionEntry toast[] = { { "toast", on_toast, "s", NULL, NULL, { 0 } } };
  static const GActionEntry show[] = { { "show-im", on_show_im, "s", NULL, NULL, { 0 } } };
  g_autoptr (GSimpleActionGroup) win = g_simple_action_group_new ();
  g_autoptr (GSimpleActionGroup) main = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (win), toast, 1, self->window);
  g_action_map_add_action_entries (G_ACTION_MAP (main), show, 1, self->window);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (win));
  gtk_widget_insert_action_group (self->window, "main", G_ACTION_GROUP (main));
}

GtkWidget *
guichet_directory_window_new (GtkWidget *page, GuichetSession *session)
{
  Book *self = g_new0 (Book, 1);

  self->window = adw_window_new ();
  self->session = g_object_ref (session);
  self->directory = guichet_directory_new (session);
  g_object_set_data_full (G_OBJECT (self->window), "book", self, book_free);
  self->page = page;
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  add_actions (self);
  adw_toast_overlay_set_child (self->toasts, build (self));
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->toasts));
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Directory"));
  gtk_window_set_transient_for (GTK_WINDOW (self->window), GTK_WINDOW (gtk_widget_get_root (page)));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->window), TRUE);
  guichet_window_set_size (GTK_WINDOW (self->window), 520, 600);
  guichet_window_close_by_escape (self->window);
  g_signal_connect_object (self->directory, "answered", G_CALLBACK (on_answered), self->window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->directory, "items-changed", G_CALLBACK (on_items), self->window,
                           G_CONNECT_SWAPPED);
  ask (self);
  gtk_widget_grab_focus (self->search);
  return self->window;
}
