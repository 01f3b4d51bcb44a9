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
#include "desktop/widgets/banner.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetNoticesButton
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkLabel *count;
  GtkWidget *voicemail; /* how many are new, with its picture */
  GtkLabel *waiting;
  GuichetBanner *banner; /* of the page */
  GHashTable *out;       /* ids of what is out of service */
  GuichetSession *session;
};

G_DEFINE_FINAL_TYPE (GuichetNoticesButton, guichet_notices_button, GTK_TYPE_WIDGET)

static gboolean
is_urgent (GuichetNotice *notice)
{
  return g_str_equal (guichet_notice_get_priority (notice), "urgent");
}

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

/* What is urgent stands across the page until it was read, or is over. */
static GuichetNotice *
find_urgent (GuichetNoticesButton *self)
{
  GListModel *list = guichet_session_get_notices (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetNotice) notice = g_list_model_get_item (list, i);

      if (is_urgent (notice) && !guichet_notice_get_read (notice) &&
          guichet_notice_get_back_at (notice) == 0)
        return g_steal_pointer (&notice);
    }
  return NULL;
}

static void
show_urgent (GuichetNoticesButton *self)
{
  g_autoptr (GuichetNotice) notice = find_urgent (self);
  g_autofree char *text = notice != NULL ? guichet_notice_news (notice) : NULL;

  guichet_banner_show (self->banner, GUICHET_BANNER_ERROR, text, _ ("Mark as read"));
}

static void
on_banner (GuichetNoticesButton *self)
{
  g_autoptr (GuichetNotice) notice = find_urgent (self);

  if (notice != NULL)
    guichet_session_read_notice_async (self->session, notice, TRUE, NULL, guichet_command_done,
                                       g_object_ref (self));
}

/* Said once when something that was out of service is back. */
static void
tell_back (GuichetNoticesButton *self)
{
  GListModel *list = guichet_session_get_notices (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetNotice) notice = g_list_model_get_item (list, i);
      const char *id = guichet_notice_get_id (notice);
      g_autofree char *text = guichet_notice_text_words (notice);

      if (*guichet_notice_get_service (notice) == '\0')
        continue;
      if (guichet_notice_get_back_at (notice) == 0)
        g_hash_table_add (self->out, g_strdup (id));
      else if (g_hash_table_remove (self->out, id))
        guichet_toast (GTK_WIDGET (self), text);
    }
}

static void
on_notices (GuichetNoticesButton *self)
{
  show_count (self);
  show_urgent (self);
  tell_back (self);
}

static void
on_notice (GuichetSession *session, GuichetNotice *notice, GuichetNoticesButton *self)
{
  g_autofree char *text = guichet_notice_news (notice);

  if (!is_urgent (notice))
    guichet_toast (GTK_WIDGET (self), text);
}

static void
on_voicemail (GuichetSession *session, GuichetVoicemail *voicemail, GuichetNoticesButton *self)
{
  g_autofree char *text = guichet_voicemail_words (voicemail);

  guichet_toast (GTK_WIDGET (self), text);
}

static void
open_window (GuichetNoticesButton *self, gboolean voicemail)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
      GTK_WINDOW (guichet_notices_window_new (GTK_WINDOW (root), self->session, voicemail)));
}

static void
on_clicked (GuichetNoticesButton *self)
{
  open_window (self, FALSE);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_window (data, FALSE);
}

static void
on_open_voicemail (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_window (data, TRUE);
}

/* For the main menu, which is nowhere below the button. */
static void
guichet_notices_button_root (GtkWidget *widget)
{
  static const GActionEntry entries[] = { { "open", on_open }, { "voicemail", on_open_voicemail } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  GTK_WIDGET_CLASS (guichet_notices_button_parent_class)->root (widget);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), widget);
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "messages",
                                  G_ACTION_GROUP (group));
}

static void
guichet_notices_button_unroot (GtkWidget *widget)
{
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "messages", NULL);
  GTK_WIDGET_CLASS (guichet_notices_button_parent_class)->unroot (widget);
}

static void
guichet_notices_button_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  GuichetNoticesButton *self = GUICHET_NOTICES_BUTTON (object);

  self->banner = g_value_dup_object (value);
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (on_banner), self,
                           G_CONNECT_SWAPPED);
}

static void
guichet_notices_button_dispose (GObject *object)
{
  GuichetNoticesButton *self = GUICHET_NOTICES_BUTTON (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  g_clear_object (&self->banner);
  g_clear_pointer (&self->out, g_hash_table_unref);
  G_OBJECT_CLASS (guichet_notices_button_parent_class)->dispose (object);
}

static void
guichet_notices_button_class_init (GuichetNoticesButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_notices_button_dispose;
  G_OBJECT_CLASS (klass)->set_property = guichet_notices_button_set_property;
  GTK_WIDGET_CLASS (klass)->root = guichet_notices_button_root;
  GTK_WIDGET_CLASS (klass)->unroot = guichet_notices_button_unroot;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1,
                                   g_param_spec_object ("banner", NULL, NULL, GUICHET_TYPE_BANNER,
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_notices_button_init (GuichetNoticesButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
                           G_CALLBACK (on_notices), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notice", G_CALLBACK (on_notice), self, 0);
  g_signal_connect_object (guichet_session_get_voicemails (session), "items-changed",
                           G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "voicemail", G_CALLBACK (on_voicemail), self, 0);
  on_notices (self);
}
