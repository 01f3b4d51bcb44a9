/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of what callers left, newest first. Main thread only.
 */

#include "desktop/voicemail/voicemail-view.h"

#include "client/voicemail-change.h"
#include "desktop/voicemail/pin-button.h"
#include "desktop/voicemail/voicemail-row.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/row-factory.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetVoicemailView
{
  GtkWidget parent_instance;

  GtkStack *pages; /* "list", "none" */
  GuichetSession *session;
  GuichetClipSound *sound;
};

G_DEFINE_FINAL_TYPE (GuichetVoicemailView, guichet_voicemail_view, GTK_TYPE_WIDGET)

static guint deleted_signal;

static void
show_list (GuichetVoicemailView *self)
{
  GListModel *list = guichet_session_get_voicemails (self->session);

  gtk_stack_set_visible_child_name (self->pages,
                                    g_list_model_get_n_items (list) > 0 ? "list" : "none");
}

static void
on_delete (GuichetVoicemailView *self, GuichetVoicemail *voicemail)
{
  guichet_session_delete_voicemail_async (self->session, voicemail, NULL, guichet_command_done,
                                          g_object_ref (self));
  g_signal_emit (self, deleted_signal, 0, voicemail);
}

static void
on_failed (GuichetClipSound *sound, const char *text, GuichetVoicemailView *self)
{
  guichet_toast (GTK_WIDGET (self), text);
}

static GtkWidget *
row_new (gpointer owner)
{
  GuichetVoicemailView *self = owner;
  GtkWidget *row = guichet_voicemail_row_new (self->session, self->sound);

  g_signal_connect_object (row, "delete", G_CALLBACK (on_delete), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
build_list (GuichetVoicemailView *self)
{
  GtkListItemFactory *factory = guichet_row_factory_new (
      G_OBJECT (self), row_new, (GuichetRowShow) guichet_voicemail_row_show);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GListModel *list = guichet_session_get_voicemails (self->session);
  GtkWidget *view =
      gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (list))), factory);

  gtk_widget_add_css_class (view, "replies");
  guichet_accessible_name (view, _ ("Voicemail"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}

static void
guichet_voicemail_view_dispose (GObject *object)
{
  GuichetVoicemailView *self = GUICHET_VOICEMAIL_VIEW (object);

  if (self->sound != NULL)
    guichet_clip_sound_stop (self->sound);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->sound);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_voicemail_view_parent_class)->dispose (object);
}

static void
guichet_voicemail_view_class_init (GuichetVoicemailViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_voicemail_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  deleted_signal = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, GUICHET_TYPE_VOICEMAIL);
}

static void
guichet_voicemail_view_init (GuichetVoicemailView *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
guichet_voicemail_view_new (GuichetSession *session)
{
  GuichetVoicemailView *self = g_object_new (GUICHET_TYPE_VOICEMAIL_VIEW, NULL);
  GtkWidget *pin = guichet_pin_button_new (session);

  self->session = g_object_ref (session);
  self->sound = guichet_clip_sound_new (session);
  self->pages = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->pages, build_list (self), "list");
  gtk_stack_add_named (
      self->pages, GTK_WIDGET (guichet_label_nothing (_ ("Nobody has left a message for you."))),
      "none");
  gtk_widget_set_vexpand (GTK_WIDGET (self->pages), TRUE);
  gtk_widget_set_halign (pin, GTK_ALIGN_END);
  gtk_widget_set_parent (pin, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->pages), GTK_WIDGET (self));
  g_signal_connect_object (self->sound, "failed", G_CALLBACK (on_failed), self, 0);
  g_signal_connect_object (guichet_session_get_voicemails (session), "items-changed",
                           G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  show_list (self);
  return GTK_WIDGET (self);
}
