/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entry and its results, in one list: customers, then messages, then notes, each kind under its
 * name. What is typed next overtakes the question before. Main thread only.
 */

#include "desktop/past/search-window.h"

#include "desktop/past/history-view.h"
#include "desktop/past/transcript-window.h"
#include "desktop/text/error-words.h"
#include "desktop/text/format.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define LIMIT 20

typedef struct
{
  GuichetSession *session;
  GListStore *results; /* GuichetCustomer, GuichetRecent */
  GCancellable *cancellable;
  GtkWidget *entry;
  GtkStack *stack;
  GtkLabel *status;
  GtkWidget *view;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_unref (self->session);
  g_object_unref (self->results);
  g_free (self);
}

static void
say (Search *self, const char *why)
{
  gtk_label_set_text (self->status, why);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

/* Rows
 * ..............................................................................................................
 */

static const char *
kind_of (gpointer item)
{
  if (GUICHET_IS_CUSTOMER (item))
    return _ ("Customers");
  return g_str_equal (guichet_recent_get_kind (item), "message") ? _ ("Messages") : _ ("Notes");
}

static GtkWidget *
label_new (GtkWidget *row, const char *name, const char *class_name)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);
  gtk_box_append (GTK_BOX (row), label);
  g_object_set_data (G_OBJECT (row), name, label);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *text;

  label_new (row, "kind", "heading");
  label_new (row, "title", NULL);
  text = label_new (row, "text", "caption");
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (text), 2);
  gtk_widget_add_css_class (text, "dim");
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_list_item_set_child (item, row);
}

static char *
title_of (gpointer item)
{
  g_autofree char *who = NULL;
  g_autofree char *at = NULL;

  if (GUICHET_IS_CUSTOMER (item))
    return g_strdup (guichet_customer_get_name (item));
  who = guichet_who_recent (item);
  at = guichet_format_instant (guichet_recent_get_at (item), guichet_clock_now ());
  return g_strjoin (" · ", who, guichet_words_channel (guichet_recent_get_channel (item)), at,
                    NULL);
}

static void
show_kind (Search *self, GtkLabel *label, guint position, gpointer item)
{
  g_autoptr (GObject) before =
      position > 0 ? g_list_model_get_item (G_LIST_MODEL (self->results), position - 1) : NULL;

  gtk_label_set_text (label, kind_of (item));
  gtk_widget_set_visible (GTK_WIDGET (label), before == NULL || kind_of (before) != kind_of (item));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Search *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  gpointer object = gtk_list_item_get_item (item);
  GtkLabel *text = g_object_get_data (G_OBJECT (row), "text");
  g_autofree char *title = title_of (object);

  show_kind (self, g_object_get_data (G_OBJECT (row), "kind"), gtk_list_item_get_position (item),
             object);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "title"), title);
  if (GUICHET_IS_CUSTOMER (object))
    {
      g_autofree char *numbers = g_strjoinv (", ", (char **) guichet_customer_get_numbers (object));

      gtk_label_set_text (text, numbers);
      gtk_widget_set_visible (GTK_WIDGET (text), *numbers != '\0');
      return;
    }
  gtk_label_set_markup (text, guichet_recent_get_excerpt (object));
  gtk_widget_set_visible (GTK_WIDGET (text), TRUE);
}

/* Opening
 * ...........................................................................................................
 */

static void
open_customer (GtkWindow *parent, GuichetSession *session, const char *id, const char *name)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *history = guichet_history_view_new (session);

  gtk_window_set_title (GTK_WINDOW (window), name);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 560);
  gtk_widget_set_vexpand (history, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), history);
  adw_window_set_content (ADW_WINDOW (window), box);
  guichet_window_close_by_escape (window);
  guichet_history_view_show (GUICHET_HISTORY_VIEW (history), id);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_activate (GtkListView *view, guint position, GtkWidget *window)
{
  Search *self = g_object_get_data (G_OBJECT (window), "search");
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->results), position);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (window));

  if (GUICHET_IS_CUSTOMER (item))
    open_customer (parent, self->session, guichet_customer_get_id (GUICHET_CUSTOMER (item)),
                   guichet_customer_get_name (GUICHET_CUSTOMER (item)));
  else if (GUICHET_IS_RECENT (item) &&
           *guichet_recent_get_conversation (GUICHET_RECENT (item)) != '\0')
    guichet_transcript_show (parent, self->session, GUICHET_RECENT (item));
  else if (GUICHET_IS_RECENT (item) && *guichet_recent_get_customer (GUICHET_RECENT (item)) != '\0')
    open_customer (parent, self->session, guichet_recent_get_customer (GUICHET_RECENT (item)),
                   guichet_recent_get_customer_name (GUICHET_RECENT (item)));
}

/* Asking
 * ............................................................................................................
 */

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Search *self = g_object_get_data (G_OBJECT (window), "search");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      guichet_session_list_finish (GUICHET_SESSION (source), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found == NULL)
    {
      g_autofree char *text = guichet_words_of_error (error);

      say (self, text);
      return;
    }
  g_list_store_splice (self->results, 0, g_list_model_get_n_items (G_LIST_MODEL (self->results)),
                       found->pdata, found->len);
  if (found->len == 0)
    say (self, _ ("Nothing found"));
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
on_typed (GtkWidget *window)
{
  Search *self = g_object_get_data (G_OBJECT (window), "search");
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (g_utf8_strlen (text, -1) < 2)
    {
      g_list_store_remove_all (self->results);
      say (self, _ ("Type a name, a number or words of a message or note."));
      return;
    }
  self->cancellable = g_cancellable_new ();
  guichet_session_search_async (self->session, text, LIMIT, self->cancellable, on_found,
                                g_object_ref (window));
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, Search *self)
{
  if (key != GDK_KEY_Down || g_list_model_get_n_items (G_LIST_MODEL (self->results)) == 0)
    return FALSE;
  gtk_widget_child_focus (self->view, GTK_DIR_TAB_FORWARD);
  return TRUE;
}

static void
on_enter (GtkWidget *window)
{
  Search *self = g_object_get_data (G_OBJECT (window), "search");

  if (g_list_model_get_n_items (G_LIST_MODEL (self->results)) > 0)
    on_activate (GTK_LIST_VIEW (self->view), 0, window);
}

/* Building
 * ..........................................................................................................
 */

static void
build_list (Search *self, GtkWidget *window)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkSingleSelection *selection =
      gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->results)));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), window);
  guichet_accessible_name (self->view, _ ("Results"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_stack_add_named (self->stack, scroller, "list");
}

static void
build_entry (Search *self, GtkWidget *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Customers, messages, notes"), NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->entry), _ ("Search everything"));
  gtk_widget_set_margin_start (self->entry, 12);
  gtk_widget_set_margin_end (self->entry, 12);
  gtk_widget_set_margin_bottom (self->entry, 8);
  gtk_widget_set_margin_top (self->entry, 4);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (on_typed), window);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_enter), window);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (gtk_window_close), window);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->entry, keys);
}

GtkWidget *
guichet_search_window_new (GtkWindow *parent, GuichetSession *session)
{
  Search *self = g_new0 (Search, 1);
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->session = g_object_ref (session);
  self->results = g_list_store_new (G_TYPE_OBJECT);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->status = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->status, TRUE);
  gtk_label_set_justify (self->status, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "dim");
  g_object_set_data_full (G_OBJECT (window), "search", self, search_free);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  build_entry (self, window);
  build_list (self, window);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Search"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 560);
  guichet_window_close_by_escape (window);
  on_typed (window);
  gtk_widget_grab_focus (self->entry);
  return window;
}
