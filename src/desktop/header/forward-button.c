/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the agent's own calls go, at a glance. Main thread only.
 */

#include "desktop/header/forward-button.h"

#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetForwardButton
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GuichetSession *session;
};

G_DEFINE_FINAL_TYPE (GuichetForwardButton, guichet_forward_button, GTK_TYPE_WIDGET)

static void
refresh (GuichetForwardButton *self)
{
  gboolean on = *guichet_session_get_forward_when (self->session) != '\0';
  gboolean box = g_str_equal (guichet_session_get_forward_to (self->session), "voicemail");
  g_autofree char *words =
      box ? g_strdup (_ ("Your calls go to your voicemail. Press to stop that"))
          /* Translators: %s is a colleague, a queue or a number */
          : g_strdup_printf (_ ("Your calls go to %s. Press to stop that"),
                             guichet_session_get_forward_where (self->session));

  guichet_accessible_name (self->button, words);
  guichet_widget_set_tip (self->button, words);
  gtk_widget_set_visible (GTK_WIDGET (self), on);
}

static void
on_clicked (GuichetForwardButton *self)
{
  guichet_session_set_forwarding_async (self->session, "off", NULL, NULL, NULL,
                                        guichet_command_done, g_object_ref (self));
}

static void
guichet_forward_button_dispose (GObject *object)
{
  GuichetForwardButton *self = GUICHET_FORWARD_BUTTON (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_forward_button_parent_class)->dispose (object);
}

static void
guichet_forward_button_class_init (GuichetForwardButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_forward_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_forward_button_init (GuichetForwardButton *self)
{
  self->button = gtk_button_new_from_icon_name ("mail-forward-symbolic");
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
}

void
guichet_forward_button_set_session (GuichetForwardButton *self, GuichetSession *session)
{
  static const char *const what[] = { "notify::forward-when", "notify::forward-to",
                                      "notify::forward-where" };

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    g_signal_connect_object (session, what[i], G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}
