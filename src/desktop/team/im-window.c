/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first words to a colleague. What was written stays until the centre has it, also when the
 * window is closed or dies. Main thread only.
 */

#include "desktop/team/im-window.h"

#include "client/im.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define TEXT_MAX 4000 /* characters */

typedef struct
{
  GuichetSession *session;
  GtkWidget *widget;
  char *colleague;
  GtkTextView *view;
  GtkLabel *status;
  GtkWidget *send;
  gboolean sending;
} ImWindow;

static void
im_window_free (gpointer data)
{
  ImWindow *self = data;

  g_object_unref (self->session);
  g_object_unref (self->widget);
  g_free (self->colleague);
  g_free (self);
}

static ImWindow *
self_of (GtkWidget *window)
{
  return g_object_get_data (G_OBJECT (window), "im");
}

static char *
text_of (ImWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
show_status (ImWindow *self, const char *text)
{
  gtk_label_set_text (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), *text != '\0');
}

/* Why it cannot be sent as it stands; "": it can. */
static const char *
problem_of (ImWindow *self)
{
  g_autofree char *text = text_of (self);
  g_autofree char *bare = g_strstrip (g_strdup (text));

  if (self->sending)
    return _ ("Being sent");
  if (!guichet_session_get_link_up (self->session))
    return _ ("The centre cannot be reached. What you write is kept here.");
  if (*bare == '\0')
    return _ ("Nothing is written yet");
  return g_utf8_strlen (text, -1) > TEXT_MAX ? _ ("The message is too long: shorten it.") : "";
}

static void
refresh (ImWindow *self)
{
  const char *problem = problem_of (self);

  guichet_accessible_grey (self->send, *problem != '\0' ? problem : NULL, _ ("Send"));
}

/* While the centre is away it stands there why nothing is sent. */
static void
on_link (GtkWidget *window)
{
  ImWindow *self = self_of (window);

  show_status (
      self, guichet_session_get_link_up (self->session) || self->sending ? "" : problem_of (self));
  refresh (self);
}

static void
on_typed (GtkWidget *window)
{
  ImWindow *self = self_of (window);
  g_autofree char *text = text_of (self);

  guichet_session_keep_first_words (self->session, self->colleague, text);
  on_link (window);
}

static void
on_sent (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  ImWindow *self = self_of (window);
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  self->sending = FALSE;
  if (guichet_session_command_finish (GUICHET_SESSION (session), result, &error))
    {
      gtk_widget_activate_action (self->widget, "main.show-im", "s", self->colleague);
      gtk_window_destroy (GTK_WINDOW (window));
      return;
    }
  why = guichet_words_of_error (error);
  show_status (self, why);
  refresh (self);
}

static void
on_send (GtkWidget *window)
{
  ImWindow *self = self_of (window);
  g_autofree char *text = text_of (self);

  if (*problem_of (self) != '\0')
    return;
  self->sending = TRUE;
  refresh (self);
  guichet_session_write_to_async (self->session, self->colleague, text, NULL, on_sent,
                                  g_object_ref (window));
}

static gboolean
on_key (GtkWidget *window, guint key, guint code, GdkModifierType modifiers)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || (modifiers & GDK_SHIFT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  on_send (window);
  return GDK_EVENT_STOP;
}

static GtkWidget *
build_field (ImWindow *self, GtkWidget *window)
{
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_left_margin (self->view, 8);
  gtk_text_view_set_right_margin (self->view, 8);
  gtk_text_view_set_top_margin (self->view, 8);
  gtk_text_view_set_bottom_margin (self->view, 8);
  guichet_accessible_name (GTK_WIDGET (self->view), _ ("Message"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), window);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (on_typed),
                           window, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (frame), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (frame, TRUE);
  return frame;
}

static void
build (ImWindow *self, GtkWidget *window)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->status = GTK_LABEL (gtk_label_new (NULL));
  self->send = gtk_button_new_with_label (_ ("Send"));
  gtk_label_set_wrap (self->status, TRUE);
  gtk_label_set_xalign (self->status, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  gtk_widget_set_halign (self->send, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->send, "suggested-action");
  g_signal_connect_swapped (self->send, "clicked", G_CALLBACK (on_send), window);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), build_field (self, window));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (box), self->send);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), box);
  adw_window_set_content (ADW_WINDOW (window), content);
}

void
guichet_im_window_show (GtkWidget *widget,
                        GuichetSession *session,
                        const char *colleague,
                        const char *name)
{
  ImWindow *self;
  GtkWidget *window;
  /* Translators: %s is a colleague */
  g_autofree char *title = g_strdup_printf (_ ("Write to %s"), name);

  if (guichet_session_find_im (session, colleague) != NULL)
    {
      gtk_widget_activate_action (widget, "main.show-im", "s", colleague);
      return;
    }
  self = g_new0 (ImWindow, 1);
  window = adw_window_new ();
  self->session = g_object_ref (session);
  self->widget = g_object_ref (widget);
  self->colleague = g_strdup (colleague);
  g_object_set_data_full (G_OBJECT (window), "im", self, im_window_free);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  guichet_window_set_size (GTK_WINDOW (window), 420, 260);
  build (self, window);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view),
                            guichet_session_get_first_words (session, colleague), -1);
  g_signal_connect_object (session, "notify::link-up", G_CALLBACK (on_link), window,
                           G_CONNECT_SWAPPED);
  on_link (window);
  guichet_window_close_by_escape (window);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
