/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One message. Its priority is a word and a picture, never a colour alone; unread ones are bold and
 * say so. Main thread only.
 */

#include "desktop/notices/notice-row.h"

#include "desktop/notices/notice-words.h"
#include "desktop/text/format.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetNoticeRow
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *about, *text;
  GtkWidget *mark, *delete;

  GuichetSession *session;
  GuichetNotice *notice;
};

G_DEFINE_FINAL_TYPE (GuichetNoticeRow, guichet_notice_row, GTK_TYPE_WIDGET)

static char *
about (GuichetNotice *notice)
{
  g_autofree char *from = guichet_notice_from_words (notice);
  g_autofree char *when =
      guichet_format_instant (guichet_notice_get_at (notice), guichet_clock_now ());
  const char *priority = guichet_notice_priority_words (guichet_notice_get_priority (notice));

  if (guichet_notice_get_back_at (notice) != 0)
    return g_strjoin (" · ", _ ("Over"), from, when, NULL);
  return guichet_notice_get_read (notice)
             ? g_strjoin (" · ", priority, from, when, NULL)
             : g_strjoin (" · ", _ ("Unread"), priority, from, when, NULL);
}

static void
refresh (GuichetNoticeRow *self)
{
  const gboolean read = guichet_notice_get_read (self->notice);
  const char *verb = read ? _ ("Mark as unread") : _ ("Mark as read");
  const gboolean over = guichet_notice_get_back_at (self->notice) != 0;
  g_autofree char *text = guichet_notice_text_words (self->notice);
  g_autofree char *line = about (self->notice);

  gtk_image_set_from_icon_name (
      self->icon, over ? "emblem-ok-symbolic"
                       : guichet_notice_priority_icon (guichet_notice_get_priority (self->notice)));
  gtk_label_set_text (self->about, line);
  gtk_label_set_text (self->text, text);
  guichet_widget_set_class (GTK_WIDGET (self->text), "heading", !read);
  gtk_button_set_icon_name (GTK_BUTTON (self->mark),
                            read ? "mail-unread-symbolic" : "mail-read-symbolic");
  guichet_accessible_name (self->mark, verb);
  guichet_widget_set_tip (self->mark, verb);
  guichet_accessible_name (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, line,
                                  -1);
}

static void
on_mark (GuichetNoticeRow *self)
{
  if (self->notice != NULL)
    guichet_session_read_notice_async (self->session, self->notice,
                                       !guichet_notice_get_read (self->notice), NULL,
                                       guichet_command_done, g_object_ref (self));
}

static void
on_delete (GuichetNoticeRow *self)
{
  if (self->notice != NULL)
    guichet_session_delete_notice_async (self->session, self->notice, NULL, guichet_command_done,
                                         g_object_ref (self));
}

void
guichet_notice_row_show (GuichetNoticeRow *self, GuichetNotice *notice)
{
  if (self->notice != NULL)
    g_signal_handlers_disconnect_by_func (self->notice, refresh, self);
  g_set_object (&self->notice, notice);
  if (notice == NULL)
    return;
  g_signal_connect_object (notice, "notify::back-at", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (notice, "notify::read", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
guichet_notice_row_dispose (GObject *object)
{
  GuichetNoticeRow *self = GUICHET_NOTICE_ROW (object);

  guichet_notice_row_show (self, NULL);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_notice_row_parent_class)->dispose (object);
}

static void
guichet_notice_row_class_init (GuichetNoticeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_notice_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_button (GuichetNoticeRow *self, GtkWidget *box, const char *icon, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
guichet_notice_row_init (GuichetNoticeRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->about = guichet_label_wrapped (NULL, "dim");
  self->text = guichet_label_wrapped (NULL, NULL);
  gtk_label_set_xalign (self->about, 0);
  gtk_label_set_xalign (self->text, 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->about));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), words);
  self->mark = add_button (self, box, "mail-read-symbolic", G_CALLBACK (on_mark));
  self->delete = add_button (self, box, "user-trash-symbolic", G_CALLBACK (on_delete));
  guichet_accessible_name (self->delete, _ ("Delete the message"));
  guichet_widget_set_tip (self->delete, _ ("Delete the message"));
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
guichet_notice_row_new (GuichetSession *session)
{
  GuichetNoticeRow *self = g_object_new (GUICHET_TYPE_NOTICE_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
