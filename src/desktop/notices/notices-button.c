/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The button of messages. Main thread only.
 */

#include "desktop/notices/notices-button.h"

#include "client/notice-change.h"
#include "client/voicemail-change.h"
#include "desktop/notices/notice-words.h"
#include "desktop/notices/notices-window.h"
#include "desktop/voicemail/voicemail-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetNoticesButton
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkLabel *count;
  GtkWidget *voicemail; /* how many are new, with its picture */
  GtkLabel *waiting;
  GuichetSession *session;
};

G_DEFINE_FINAL_TYPE (GuichetNoticesButton, guichet_notices_button, GTK_TYPE_WIDGET)

static void
show_count (GuichetNoticesButton *self)
{
  guint unread = guichet_session_count_unread_notices (self->session);
  g_autofree char *number = g_strdup_printf ("%u", unread);
  g_autofree char *name =
      unread == 0 ? g_strdup (_ ("My messages"))
                  : g_strdup_printf (ngettext ("My messages: %u unread", "My messages: %u unread",
                                               (gulong) unread),
                                     unread);

  guint n;
  g_autofree char *boxes = guichet_voicemail_counts (self->session, &n);
  g_autofree char *all = *boxes != '\0' ? g_strjoin ("\n", name, boxes, NULL) : g_strdup (name);
  g_autofree char *waiting = g_strdup_printf ("%u", n);

  gtk_label_set_text (self->count, number);
  gtk_widget_set_visible (GTK_WIDGET (self->count), unread > 0);
  gtk_label_set_text (self->waiting, waiting);
  gtk_widget_set_visible (self->voicemail, n > 0);
  guichet_accessible_name (self->button, name);
  guichet_widget_set_tip (self->button, all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, boxes, -1);
}

static void
on_notice (GuichetSession *session, GuichetNotice *notice, GuichetNoticesButton *self)
{
  g_autofree char *preview = guichet_notice_preview (notice);
  /* Translators: a priority, who wrote, what */
  g_autofree char *text = g_strdup_printf (
      _ ("%s · %s: %s"), guichet_notice_priority_words (guichet_notice_get_priority (notice)),
      guichet_notice_get_from (notice), preview);

  guichet_toast (GTK_WIDGET (self), text);
}

static void
on_voicemail (GuichetSession *session, GuichetVoicemail *voicemail, GuichetNoticesButton *self)
{
  g_autofree char *text = guichet_voicemail_words (voicemail);

  guichet_toast (GTK_WIDGET (self), text);
}

static void
on_clicked (GuichetNoticesButton *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (guichet_notices_window_new (GTK_WINDOW (root), self->session)));
}

static void
guichet_notices_button_dispose (GObject *object)
{
  GuichetNoticesButton *self = GUICHET_NOTICES_BUTTON (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_notices_button_parent_class)->dispose (object);
}

static void
guichet_notices_button_class_init (GuichetNoticesButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_notices_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_notices_button_init (GuichetNoticesButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->button = gtk_button_new ();
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "heading");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("mail-unread-symbolic"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  self->voicemail = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->waiting = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->waiting), "heading");
  gtk_box_append (GTK_BOX (self->voicemail), gtk_image_new_from_icon_name ("media-tape-symbolic"));
  gtk_box_append (GTK_BOX (self->voicemail), GTK_WIDGET (self->waiting));
  gtk_box_append (GTK_BOX (box), self->voicemail);
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

void
guichet_notices_button_set_session (GuichetNoticesButton *self, GuichetSession *session)
{
  self->session = g_object_ref (session);
  g_signal_connect_object (guichet_session_get_notices (session), "items-changed",
                           G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notice", G_CALLBACK (on_notice), self, 0);
  g_signal_connect_object (guichet_session_get_voicemails (session), "items-changed",
                           G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "voicemail", G_CALLBACK (on_voicemail), self, 0);
  show_count (self);
}
