/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window of a call out: a number, in whose name, and why it cannot be now. Main thread only.
 */

#include "desktop/directory/dial.h"

#include "client/directory.h"
#include "desktop/desk/allowed.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *window;
  GtkWidget *number;
  GtkWidget *queue; /* hidden where there is no choice */
  GtkWidget *call;
  GtkWidget *problem;
  GuichetSession *session;
  GPtrArray *queues; /* ids */
  GCancellable *cancellable;
} Dial;

static void
dial_free (gpointer data)
{
  Dial *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->queues);
  g_object_unref (self->session);
  g_free (self);
}

/* The names of the queues in whose name the agent may call; their ids go into the array. */
static GtkStringList *
queues_of (GuichetSession *session, GPtrArray *ids)
{
  GListModel *queues = guichet_session_get_queues (session);
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (GuichetQueue) queue = g_list_model_get_item (queues, i);

      if (!guichet_queue_get_dial_out (queue))
        continue;
      gtk_string_list_append (names, guichet_queue_get_name (queue));
      g_ptr_array_add (ids, g_strdup (guichet_queue_get_id (queue)));
    }
  return names;
}

static gboolean
has_number (Dial *self)
{
  guint digits = 0;

  for (const char *at = gtk_editable_get_text (GTK_EDITABLE (self->number)); *at != '\0'; at++)
    digits += g_ascii_isdigit (*at);
  return digits >= 2;
}

static void
refresh (Dial *self)
{
  const char *reason = NULL;

  if (guichet_may_call (self->session, NULL, &reason) == MODEL_ALLOWED && !has_number (self))
    reason = _ ("Type a number first.");
  guichet_accessible_grey (self->call, reason, NULL);
}

static void
show_problem (Dial *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->problem), text);
  gtk_widget_set_visible (self->problem, text != NULL);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;
  Dial *self;

  if (guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (window));
      return;
    }
  self = g_object_get_data (G_OBJECT (window), "dial");
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  problem = guichet_words_of_error (error);
  show_problem (self, problem);
  gtk_widget_set_sensitive (self->number, TRUE);
  refresh (self);
}

static void
on_call (Dial *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->queue));
  const char *reason = NULL;

  if (!has_number (self) || guichet_may_call (self->session, NULL, &reason) != MODEL_ALLOWED)
    {
      show_problem (self, reason != NULL ? reason : _ ("Type a number first."));
      return;
    }
  gtk_widget_set_sensitive (self->number, FALSE);
  guichet_directory_call_async (
      self->session, gtk_editable_get_text (GTK_EDITABLE (self->number)),
      self->queues->len > 1 && at < self->queues->len ? self->queues->pdata[at] : NULL,
      self->cancellable, on_called, g_object_ref (self->window));
}

static void
on_typed (Dial *self)
{
  show_problem (self, NULL);
  refresh (self);
}

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
build_queue (Dial *self, GtkWidget *box)
{
  GtkStringList *names = queues_of (self->session, self->queues);
  GtkWidget *label = label_new (_ ("In the name of"));

  self->queue = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  guichet_accessible_name (self->queue, _ ("In the name of"));
  guichet_accessible_name_inner (self->queue, GTK_TYPE_TOGGLE_BUTTON, _ ("In the name of"));
  gtk_widget_set_visible (self->queue, self->queues->len > 1);
  gtk_widget_set_visible (label, self->queues->len > 1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->queue);
}

static GtkWidget *
build (Dial *self, const char *number)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 18);
  self->number = gtk_entry_new ();
  gtk_entry_set_input_purpose (GTK_ENTRY (self->number), GTK_INPUT_PURPOSE_PHONE);
  gtk_editable_set_text (GTK_EDITABLE (self->number), number != NULL ? number : "");
  guichet_accessible_name_editable (GTK_EDITABLE (self->number), _ ("Number"));
  g_signal_connect_swapped (self->number, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect_swapped (self->number, "activate", G_CALLBACK (on_call), self);
  self->problem = GTK_WIDGET (guichet_label_wrapped ("", "error"));
  gtk_widget_set_visible (self->problem, FALSE);
  self->call = gtk_button_new_with_label (C_ ("verb", "Call"));
  gtk_widget_add_css_class (self->call, "suggested-action");
  gtk_widget_set_margin_top (self->call, 6);
  guichet_accessible_name (self->call, C_ ("verb", "Call"));
  g_signal_connect_swapped (self->call, "clicked", G_CALLBACK (on_call), self);
  gtk_box_append (GTK_BOX (box), label_new (_ ("Number")));
  gtk_box_append (GTK_BOX (box), self->number);
  build_queue (self, box);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), self->call);
  return box;
}

static void
on_changed (GtkWidget *window)
{
  Dial *self = g_object_get_data (G_OBJECT (window), "dial");

  if (self != NULL)
    refresh (self);
}

void
guichet_dial_present (GtkWindow *parent, GuichetSession *session, const char *number)
{
  Dial *self = g_new0 (Dial, 1);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->window = adw_window_new ();
  self->session = g_object_ref (session);
  self->queues = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), build (self, number));
  g_object_set_data_full (G_OBJECT (self->window), "dial", self, dial_free);
  adw_window_set_content (ADW_WINDOW (self->window), content);
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Call a number"));
  gtk_window_set_transient_for (GTK_WINDOW (self->window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_modal (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self->window),
                               (int) (340 * guichet_text_scale (self->window)), -1);
  guichet_window_close_by_escape (self->window);
  g_signal_connect_object (session, "notify::station-ready", G_CALLBACK (on_changed), self->window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::link-up", G_CALLBACK (on_changed), self->window,
                           G_CONNECT_SWAPPED);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (self->number);
}

void
guichet_dial_call (GtkWidget *widget, GuichetSession *session, const char *number)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkStringList) names G_GNUC_UNUSED = queues_of (session, ids);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (ids->len > 1 && GTK_IS_WINDOW (root))
    guichet_dial_present (GTK_WINDOW (root), session, number);
  else
    guichet_directory_call_async (session, number, NULL, NULL, guichet_command_done,
                                  g_object_ref (widget));
}
