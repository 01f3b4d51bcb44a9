/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line about messages that found no chat any more. The session keeps them until they are let go
 * of here, over a restart as well. Main thread only.
 */

#include "desktop/chat/unsent-bar.h"

#include "client/chat.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetUnsentBar
{
  GtkWidget parent_instance;

  GuichetBanner *banner;
  GuichetSession *session;
  GPtrArray *names; /* of messages, the oldest first */
  GPtrArray *texts; /* beside them */
};

G_DEFINE_FINAL_TYPE (GuichetUnsentBar, guichet_unsent_bar, GTK_TYPE_WIDGET)

static void
show (GuichetUnsentBar *self)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->names->len > 0);
  if (self->names->len == 0)
    {
      guichet_banner_hide (self->banner);
      return;
    }
  text = g_strdup_printf (_ ("A message was not sent, since its chat was over: “%s”"),
                          (const char *) self->texts->pdata[0]);
  guichet_banner_show (self->banner, GUICHET_BANNER_WARNING, text, _ ("Copy and close"));
}

static void
on_unsent (GuichetUnsentBar *self, const char *message, const char *text)
{
  if (g_ptr_array_find_with_equal_func (self->names, message, g_str_equal, NULL))
    return;
  g_ptr_array_add (self->names, g_strdup (message));
  g_ptr_array_add (self->texts, g_strdup (text));
  show (self);
}

static void
on_copy (GuichetUnsentBar *self)
{
  if (self->names->len == 0)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->texts->pdata[0]);
  guichet_session_forget_unsent (self->session, self->names->pdata[0]);
  g_ptr_array_remove_index (self->names, 0);
  g_ptr_array_remove_index (self->texts, 0);
  guichet_toast (GTK_WIDGET (self), _ ("The message is copied."));
  show (self);
}

static void
guichet_unsent_bar_dispose (GObject *object)
{
  GuichetUnsentBar *self = GUICHET_UNSENT_BAR (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  G_OBJECT_CLASS (guichet_unsent_bar_parent_class)->dispose (object);
}

static void
guichet_unsent_bar_class_init (GuichetUnsentBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_unsent_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_unsent_bar_init (GuichetUnsentBar *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->banner = GUICHET_BANNER (guichet_banner_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  g_signal_connect_swapped (self->banner, "button-clicked", G_CALLBACK (on_copy), self);
  show (self);
}

void
guichet_unsent_bar_set_session (GuichetUnsentBar *self, GuichetSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (session, "message-unsent", G_CALLBACK (on_unsent), self,
                           G_CONNECT_SWAPPED);
  guichet_session_tell_unsent (session);
}
