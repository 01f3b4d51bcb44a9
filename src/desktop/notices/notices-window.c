/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window of messages. A message is read when its agent says so, or opens it. Main thread only.
 */

#include "desktop/notices/notices-window.h"

#include "client/notice-change.h"
#include "client/voicemail-change.h"
#include "desktop/notices/notice-row.h"
#include "desktop/notices/notice-writer.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/row-factory.h"
#include "desktop/voicemail/voicemail-view.h"
#include "desktop/widgets/toast.h"
#include "desktop/widgets/undo.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define GUICHET_TYPE_NOTICES_WINDOW (guichet_notices_window_get_type ())
G_DECLARE_FINAL_TYPE (GuichetNoticesWindow,
                      guichet_notices_window,
                      GUICHET,
                      NOTICES_WINDOW,
                      AdwWindow)

struct _GuichetNoticesWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *pages; /* "list", "none", "write", "voicemail" */
  GtkWidget *write;
  GtkWidget *boxes; /* shows the page of voicemail */
  GuichetUndo *undo;
  GuichetNoticeWriter *writer;
  GuichetSession *session;
};

G_DEFINE_FINAL_TYPE (GuichetNoticesWindow, guichet_notices_window, ADW_TYPE_WINDOW)

static void
on_toast (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guichet_toast_add (GUICHET_NOTICES_WINDOW (widget)->toasts,
                     g_variant_get_string (parameter, NULL), NULL, 6);
}

static void
show_list (GuichetNoticesWindow *self)
{
  GListModel *list = guichet_session_get_notices (self->session);

  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->boxes)))
    {
      gtk_stack_set_visible_child_name (self->pages, "voicemail");
      return;
    }
  gtk_stack_set_visible_child_name (self->pages,
                                    g_list_model_get_n_items (list) > 0 ? "list" : "none");
  gtk_widget_set_sensitive (self->write, TRUE);
}

static void
on_items (GuichetNoticesWindow *self)
{
  if (!g_str_equal (gtk_stack_get_visible_child_name (self->pages), "write"))
    show_list (self);
}

/* --- voicemail -------------------------------------------------------------------------------- */

typedef struct
{
  GuichetSession *session;
  GuichetVoicemail *voicemail;
} Deleted;

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_object_unref (deleted->session);
  g_object_unref (deleted->voicemail);
  g_free (deleted);
}

static void
restore (gpointer data)
{
  const Deleted *deleted = data;

  guichet_session_mark_voicemail_async (deleted->session, deleted->voicemail,
                                        guichet_voicemail_get_heard (deleted->voicemail), NULL,
                                        NULL, NULL);
}

static void
on_deleted (GtkWidget *view, GuichetVoicemail *voicemail, GuichetNoticesWindow *self)
{
  Deleted *deleted = g_new0 (Deleted, 1);

  deleted->session = g_object_ref (self->session);
  deleted->voicemail = g_object_ref (voicemail);
  guichet_undo_offer (self->undo, _ ("The message is deleted."), restore, deleted, deleted_free);
}

static void
on_boxes (GuichetNoticesWindow *self)
{
  gtk_widget_set_sensitive (self->write, TRUE);
  show_list (self);
}

static void
build_voicemail (GuichetNoticesWindow *self, GtkWidget *bar)
{
  GtkWidget *view = guichet_voicemail_view_new (self->session);

  self->boxes = gtk_toggle_button_new_with_label (_ ("Voicemail"));
  self->undo = guichet_undo_new (GTK_WIDGET (self), self->toasts, self->pages, NULL);
  g_signal_connect_swapped (self->boxes, "toggled", G_CALLBACK (on_boxes), self);
  g_signal_connect_object (view, "deleted", G_CALLBACK (on_deleted), self, 0);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->boxes);
  gtk_stack_add_named (self->pages, view, "voicemail");
}

static void
on_write (GuichetNoticesWindow *self)
{
  gtk_stack_set_visible_child_name (self->pages, "write");
  gtk_widget_set_sensitive (self->write, FALSE);
  guichet_notice_writer_begin (self->writer);
}

static void
on_done (GuichetNoticesWindow *self)
{
  show_list (self);
  gtk_widget_grab_focus (self->write);
}

static void
on_activate (GtkListView *view, guint position, GuichetNoticesWindow *self)
{
  g_autoptr (GuichetNotice) notice =
      g_list_model_get_item (guichet_session_get_notices (self->session), position);

  if (notice != NULL && !guichet_notice_get_read (notice))
    guichet_session_read_notice_async (self->session, notice, TRUE, NULL, guichet_command_done,
                                       g_object_ref (self));
}

static GtkWidget *
build_view (GuichetNoticesWindow *self)
{
  GtkListItemFactory *factory =
      guichet_row_factory_new (G_OBJECT (self->session), (GuichetRowMake) guichet_notice_row_new,
                               (GuichetRowShow) guichet_notice_row_show);

  return guichet_row_choices_new (guichet_session_get_notices (self->session), factory,
                                  _ ("My messages"), G_CALLBACK (on_activate), self);
}

static void
guichet_notices_window_dispose (GObject *object)
{
  GuichetNoticesWindow *self = GUICHET_NOTICES_WINDOW (object);

  G_OBJECT_CLASS (guichet_notices_window_parent_class)->dispose (object);
  g_clear_object (&self->undo);
  g_clear_object (&self->session);
}

static void
guichet_notices_window_class_init (GuichetNoticesWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_notices_window_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.toast", "s", on_toast);
}

static void
guichet_notices_window_init (GuichetNoticesWindow *self)
{
}

static void
build (GuichetNoticesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();

  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->pages = GTK_STACK (gtk_stack_new ());
  self->write = gtk_button_new_with_label (_ ("Write a message"));
  self->writer = GUICHET_NOTICE_WRITER (guichet_notice_writer_new (self->session));
  gtk_widget_set_visible (self->write, guichet_session_is_supervisor (self->session));
  g_signal_connect_swapped (self->write, "clicked", G_CALLBACK (on_write), self);
  g_signal_connect_object (self->writer, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), self->write);
  gtk_stack_add_named (self->pages, build_view (self), "list");
  gtk_stack_add_named (self->pages,
                       GTK_WIDGET (guichet_label_nothing (_ ("There are no messages for you."))),
                       "none");
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->writer), "write");
  build_voicemail (self, bar);
  gtk_widget_set_vexpand (GTK_WIDGET (self->pages), TRUE);
  gtk_widget_set_margin_start (GTK_WIDGET (self->pages), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->pages), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->pages), 8);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->pages), 12);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pages));
  adw_toast_overlay_set_child (self->toasts, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
}

GtkWidget *
guichet_notices_window_new (GtkWindow *parent, GuichetSession *session, gboolean voicemail)
{
  GuichetNoticesWindow *self = g_object_new (GUICHET_TYPE_NOTICES_WINDOW, NULL);
  GtkWindow *window = GTK_WINDOW (self);

  self->session = g_object_ref (session);
  gtk_window_set_title (window, _ ("My messages"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_destroy_with_parent (window, TRUE);
  guichet_window_set_size (window, 560, 520);
  guichet_window_close_by_escape (GTK_WIDGET (self));
  if (guichet_session_is_supervisor (session))
    guichet_session_watch_colleagues (session);
  build (self);
  g_signal_connect_object (guichet_session_get_notices (session), "items-changed",
                           G_CALLBACK (on_items), self, G_CONNECT_SWAPPED);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->boxes), voicemail);
  show_list (self);
  return GTK_WIDGET (self);
}
