/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recordings of calls: found by queue, agent, number and how long ago; the centre says which
 * this agent may hear. It looks through so many at a time; as long as nothing was found, further
 * back by itself. Main thread only.
 */

#include "desktop/past/recordings-window.h"

#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/recent-list.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define PAGE    50
#define SLOW_MS 500
#define DAY_MS  (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  GuichetSession *session;
  GCancellable *cancellable;
  GListStore *found; /* GuichetRecent */
  gint64 next;       /* where to go on, or 0 */
  guint slow_id;
  GtkWidget *number, *agent;
  GtkDropDown *queue, *days;
  GtkStack *stack;
  GtkLabel *status;
  GtkWidget *older;
} Recordings;

static const guint days_of[] = { 30, 1, 7, 396 };

static void
recordings_free (gpointer data)
{
  Recordings *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_object (&self->found);
  g_clear_object (&self->session);
  g_free (self);
}

static void
say (Recordings *self, const char *why)
{
  gtk_label_set_text (self->status, why);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static gboolean
on_slow (gpointer data)
{
  Recordings *self = data;

  self->slow_id = 0;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0)
    say (self, _ ("Searching…"));
  return G_SOURCE_REMOVE;
}

static void ask (GtkWidget *window, gint64 before);

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Recordings *self = g_object_get_data (G_OBJECT (window), "recordings");
  g_autoptr (GError) error = NULL;
  gint64 next;
  g_autoptr (GPtrArray) found =
      guichet_session_recordings_finish (GUICHET_SESSION (source), result, &next, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found == NULL)
    {
      g_autofree char *text = guichet_words_of_error (error);

      g_clear_handle_id (&self->slow_id, g_source_remove);
      say (self, text);
      return;
    }
  self->next = next;
  g_list_store_splice (self->found, g_list_model_get_n_items (G_LIST_MODEL (self->found)), 0,
                       found->pdata, found->len);
  if (found->len == 0 && next != 0)
    {
      ask (window, next);
      return;
    }
  g_clear_handle_id (&self->slow_id, g_source_remove);
  gtk_widget_set_visible (self->older, next != 0);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0)
    say (self, _ ("There is no such recording that you may hear. Look further back, or take words "
                  "away."));
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
ask (GtkWidget *window, gint64 before)
{
  Recordings *self = g_object_get_data (G_OBJECT (window), "recordings");
  guint n = gtk_drop_down_get_selected (self->queue);
  guint days = days_of[MIN (gtk_drop_down_get_selected (self->days), G_N_ELEMENTS (days_of) - 1)];
  g_autoptr (GuichetDefinition) queue =
      n > 0 ? g_list_model_get_item (guichet_session_get_queues (self->session), n - 1) : NULL;
  GuichetRecordingsWanted wanted = {
    .before = before,
    .from = guichet_clock_now () - days * DAY_MS,
    .agent = gtk_editable_get_text (GTK_EDITABLE (self->agent)),
    .queue = queue != NULL ? guichet_definition_get_id (queue) : "",
    .number = gtk_editable_get_text (GTK_EDITABLE (self->number)),
  };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  guichet_session_recordings_async (self->session, &wanted, PAGE, self->cancellable, on_found,
                                    g_object_ref (window));
}

static void
ask_anew (GtkWidget *window)
{
  Recordings *self = g_object_get_data (G_OBJECT (window), "recordings");

  g_list_store_remove_all (self->found);
  g_clear_handle_id (&self->slow_id, g_source_remove);
  self->slow_id = g_timeout_add (SLOW_MS, on_slow, self);
  ask (window, 0);
}

static void
on_older (GtkWidget *window)
{
  Recordings *self = g_object_get_data (G_OBJECT (window), "recordings");

  ask (window, self->next);
}

/* --- building --------------------------------------------------------------------------------- */

static GtkWidget *
entry_new (GtkWidget *window, const char *name)
{
  GtkWidget *entry = gtk_search_entry_new ();

  g_object_set (entry, "placeholder-text", name, NULL);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  guichet_accessible_name_editable (GTK_EDITABLE (entry), name);
  g_signal_connect_swapped (entry, "search-changed", G_CALLBACK (ask_anew), window);
  g_signal_connect_swapped (entry, "stop-search", G_CALLBACK (gtk_window_close), window);
  return entry;
}

static GtkDropDown *
choice_new (GtkWidget *window, GtkStringList *names, const char *name)
{
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (names), NULL);

  gtk_widget_set_hexpand (choice, TRUE);
  guichet_accessible_name (choice, name);
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (ask_anew), window);
  return GTK_DROP_DOWN (choice);
}

static GtkWidget *
build_filters (Recordings *self, GtkWidget *window)
{
  GtkWidget *grid = gtk_grid_new ();
  GListModel *all = guichet_session_get_queues (self->session);
  GtkStringList *queues = gtk_string_list_new (NULL);
  const char *const days[] = { _ ("Last 30 days"), _ ("Last 24 hours"), _ ("Last 7 days"),
                               _ ("Last 13 months"), NULL };

  gtk_string_list_append (queues, _ ("All queues"));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetDefinition) queue = g_list_model_get_item (all, i);

      gtk_string_list_append (queues, guichet_definition_get_name (queue));
    }
  self->number = entry_new (window, _ ("Digits of the number"));
  self->agent = entry_new (window, _ ("Name of the agent"));
  self->queue = choice_new (window, queues, _ ("Queue"));
  self->days = choice_new (window, gtk_string_list_new (days), _ ("How long ago"));
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_attach (GTK_GRID (grid), self->number, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->agent, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->queue), 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->days), 1, 1, 1, 1);
  gtk_widget_set_margin_start (grid, 12);
  gtk_widget_set_margin_end (grid, 12);
  gtk_widget_set_margin_bottom (grid, 8);
  return grid;
}

static GtkWidget *
build_list (Recordings *self, GtkWidget *window)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->older = gtk_button_new_with_label (_ ("Older recordings"));
  gtk_widget_set_halign (self->older, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->older, 6);
  gtk_widget_set_margin_bottom (self->older, 6);
  g_signal_connect_swapped (self->older, "clicked", G_CALLBACK (on_older), window);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (
      GTK_SCROLLED_WINDOW (scroller),
      guichet_recent_list_new (G_LIST_MODEL (self->found), _ ("Recordings")));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), self->older);
  return box;
}

GtkWidget *
guichet_recordings_window_new (GtkWindow *parent, GuichetSession *session)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Recordings *self = g_new0 (Recordings, 1);

  self->session = g_object_ref (session);
  self->found = g_list_store_new (GUICHET_TYPE_RECENT);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->status = guichet_label_nothing (NULL);
  g_object_set_data_full (G_OBJECT (window), "recordings", self, recordings_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Recordings"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  guichet_window_set_size (GTK_WINDOW (window), 560, 560);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), build_filters (self, window));
  gtk_stack_add_named (self->stack, build_list (self, window), "list");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (window), box);
  guichet_window_close_by_escape (window);
  ask_anew (window);
  return window;
}
