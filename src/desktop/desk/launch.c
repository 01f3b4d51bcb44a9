/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The centre's links to other programs. The page is opened by the system (inside Flatpak by the
 * portal), never here. Main thread only.
 */

#include "desktop/desk/launch.h"

#include "desktop/replies/reply-fill.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"
#include "model/link.h"

#include <glib/gi18n.h>

struct _GuichetLaunch
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *menu;
  GuichetSession *session;
  GuichetInteraction *interaction;
  char *value; /* of the variable that was looked up last */
};

G_DEFINE_FINAL_TYPE (GuichetLaunch, guichet_launch, GTK_TYPE_WIDGET)

/* In an address ids and codes are meant, not their words. */
static const char *
lookup (const char *name, gpointer data)
{
  GuichetLaunch *self = data;

  if (g_str_equal (name, "customer.id"))
    return guichet_interaction_get_customer (self->interaction);
  if (g_str_equal (name, "interaction.queue"))
    return guichet_interaction_get_queue (self->interaction);
  if (g_str_equal (name, "interaction.channel"))
    return guichet_interaction_get_channel (self->interaction);
  g_free (self->value);
  self->value = guichet_reply_value (self->session, self->interaction, name);
  return self->value;
}

static void
on_clicked (GuichetLaunch *self, GtkWidget *choice)
{
  const char *url = g_object_get_data (G_OBJECT (choice), "url");
  g_autofree char *filled = NULL;

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  if (self->interaction == NULL)
    return;
  filled = model_link_fill (url, lookup, self);
  guichet_open_page (GTK_WIDGET (self), filled,
                     _ ("This system has no program that opens web pages."));
}

static GtkWidget *
choice_new (GuichetLaunch *self, GuichetDefinition *link)
{
  GtkWidget *button = guichet_choice_new (guichet_definition_get_name (link));

  g_object_set_data_full (G_OBJECT (button), "url", g_strdup (guichet_definition_get_url (link)),
                          g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clicked), self);
  return button;
}

static void
refresh (GuichetLaunch *self)
{
  GListModel *links = guichet_session_get_links (self->session);
  GtkWidget *child;
  gboolean any = FALSE;

  while ((child = gtk_widget_get_first_child (self->menu)) != NULL)
    gtk_box_remove (GTK_BOX (self->menu), child);
  for (guint i = 0; self->interaction != NULL && i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (GuichetDefinition) link = g_list_model_get_item (links, i);

      if (!guichet_definition_is_for_queue (link,
                                            guichet_interaction_get_queue (self->interaction)))
        continue;
      gtk_box_append (GTK_BOX (self->menu), choice_new (self, link));
      any = TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

static void
guichet_launch_dispose (GObject *object)
{
  GuichetLaunch *self = GUICHET_LAUNCH (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  g_clear_pointer (&self->value, g_free);
  G_OBJECT_CLASS (guichet_launch_parent_class)->dispose (object);
}

static void
guichet_launch_class_init (GuichetLaunchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_launch_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_launch_init (GuichetLaunch *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->menu = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_popover_set_child (GTK_POPOVER (popover), self->menu);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "web-browser-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  guichet_accessible_name (self->button, _ ("Launch"));
  guichet_accessible_name_inner (self->button, GTK_TYPE_TOGGLE_BUTTON, _ ("Launch"));
  guichet_shortcuts_set_tip (self->button, _ ("Launch"), "win.launch");
}

void
guichet_launch_set_session (GuichetLaunch *self, GuichetSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (guichet_session_get_links (session), "items-changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

void
guichet_launch_set_interaction (GuichetLaunch *self, GuichetInteraction *interaction)
{
  if (self->interaction != NULL)
    g_signal_handlers_disconnect_by_func (self->interaction, refresh, self);
  g_set_object (&self->interaction, interaction);
  if (interaction != NULL)
    g_signal_connect_object (interaction, "notify::queue", G_CALLBACK (refresh), self,
                             G_CONNECT_SWAPPED);
  refresh (self);
}

void
guichet_launch_open (GuichetLaunch *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
