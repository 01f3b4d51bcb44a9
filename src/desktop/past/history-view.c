/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The history of one customer. Asks anew when the channel or the words change; older pages come by
 * a button. Main thread only.
 */

#include "desktop/past/history-view.h"

#include "desktop/text/error-words.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/recent-list.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define PAGE 50

struct _GuichetHistoryView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *filters;
  GtkWidget *search;
  GtkDropDown *channel;
  GtkStack *stack;
  GtkLabel *status;
  GtkWidget *older;

  GuichetSession *session;
  GListStore *past;
  GCancellable *cancellable;
  char *customer;
  guint wanted_older;
};

G_DEFINE_FINAL_TYPE (GuichetHistoryView, guichet_history_view, GTK_TYPE_WIDGET)

/* The first is all of them. */
static const char *const channels[] = { "",         "voice",     "webchat", "sms",
                                        "facebook", "instagram", "email",   NULL };

static const char *
chosen_channel (GuichetHistoryView *self)
{
  return channels[MIN (gtk_drop_down_get_selected (self->channel), G_N_ELEMENTS (channels) - 2)];
}

static const char *
chosen_words (GuichetHistoryView *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

static void
say (GuichetHistoryView *self, const char *why)
{
  gtk_label_set_text (self->status, why);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
show_found (GuichetHistoryView *self, GPtrArray *found, guint position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->past));
  gboolean filtered = *chosen_channel (self) != '\0' || *chosen_words (self) != '\0';

  g_list_store_splice (self->past, position, n - position, found->pdata, found->len);
  gtk_widget_set_visible (self->older, found->len == PAGE);
  if (found->len + position == 0)
    say (self, filtered ? _ ("Nothing like this was before.")
                        : _ ("This is the first contact of this customer."));
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
on_history (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetHistoryView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      guichet_session_list_finish (GUICHET_SESSION (source), result, &error);

  if (found != NULL)
    show_found (self, found, self->wanted_older);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = guichet_words_of_error (error);

      say (self, text);
    }
}

static void
ask (GuichetHistoryView *self, gint64 before)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  guichet_session_history_async (self->session, self->customer, chosen_channel (self),
                                 chosen_words (self), before, PAGE, self->cancellable, on_history,
                                 g_object_ref (self));
}

static void
ask_anew (GuichetHistoryView *self)
{
  if (self->customer == NULL || *self->customer == '\0')
    return;
  self->wanted_older = 0;
  ask (self, 0);
}

static void
on_older (GuichetHistoryView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->past));
  g_autoptr (GuichetRecent) last =
      n > 0 ? g_list_model_get_item (G_LIST_MODEL (self->past), n - 1) : NULL;

  if (last == NULL)
    return;
  self->wanted_older = n;
  ask (self, guichet_recent_get_at (last));
}

/* --- building --------------------------------------------------------------------------------- */

static void
build_filters (GuichetHistoryView *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All channels"));
  for (guint i = 1; channels[i] != NULL; i++)
    gtk_string_list_append (names, guichet_words_channel (channels[i]));
  self->filters = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->search = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search), 8);
  g_object_set (self->search, "placeholder-text", _ ("Search history"), NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Search history"));
  self->channel = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  guichet_accessible_name (GTK_WIDGET (self->channel), _ ("Channel"));
  gtk_box_append (GTK_BOX (self->filters), self->search);
  gtk_box_append (GTK_BOX (self->filters), GTK_WIDGET (self->channel));
  gtk_widget_set_margin_start (self->filters, 12);
  gtk_widget_set_margin_end (self->filters, 12);
  gtk_widget_set_margin_top (self->filters, 8);
  gtk_widget_set_margin_bottom (self->filters, 8);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (ask_anew), self);
  g_signal_connect_swapped (self->channel, "notify::selected", G_CALLBACK (ask_anew), self);
}

static void
build_list (GuichetHistoryView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->older = gtk_button_new_with_label (_ ("Older contacts"));
  gtk_widget_set_halign (self->older, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->older, 6);
  gtk_widget_set_margin_bottom (self->older, 6);
  g_signal_connect_swapped (self->older, "clicked", G_CALLBACK (on_older), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (
      GTK_SCROLLED_WINDOW (scroller),
      guichet_recent_list_new (G_LIST_MODEL (self->past), _ ("History")));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (list), scroller);
  gtk_box_append (GTK_BOX (list), self->older);
  gtk_stack_add_named (self->stack, list, "list");
}

static void
guichet_history_view_dispose (GObject *object)
{
  GuichetHistoryView *self = GUICHET_HISTORY_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->past);
  g_clear_pointer (&self->customer, g_free);
  G_OBJECT_CLASS (guichet_history_view_parent_class)->dispose (object);
}

static void
guichet_history_view_class_init (GuichetHistoryViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_history_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_history_view_init (GuichetHistoryView *self)
{
  self->past = g_list_store_new (GUICHET_TYPE_RECENT);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->status = guichet_label_nothing (NULL);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  build_filters (self);
  build_list (self);
  gtk_box_append (GTK_BOX (self->box), self->filters);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
guichet_history_view_new (GuichetSession *session)
{
  GuichetHistoryView *self = g_object_new (GUICHET_TYPE_HISTORY_VIEW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
guichet_history_view_show (GuichetHistoryView *self, const char *customer)
{
  if (g_strcmp0 (self->customer, customer) == 0)
    return;
  g_cancellable_cancel (self->cancellable);
  g_free (self->customer);
  self->customer = g_strdup (customer);
  g_list_store_remove_all (self->past);
  gtk_widget_set_visible (self->filters, *customer != '\0');
  say (self, *customer == '\0' ? _ ("Link a customer to see what was before.") : _ ("Loading…"));
  ask_anew (self);
}

void
guichet_history_view_forget (GuichetHistoryView *self)
{
  g_clear_pointer (&self->customer, g_free);
}
