/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The link to the demo's chat page. It looks for the address whenever it comes to be seen: the
 * centre is ready before the desk is. Main thread only.
 */

#include "desktop/demo/demo-invitation.h"

#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define ACTION "write-as-customer"

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *page = data;
  g_autofree char *text = NULL;
  GtkWindow *window = GTK_WINDOW (source);

  if (gtk_show_uri_full_finish (window, result, NULL))
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), page);
  text = g_strdup_printf (_ ("No browser opened. The address was copied: %s"), page);
  guichet_toast (GTK_WIDGET (window), text);
}

static void
on_write_as_customer (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (action));
  const char *page = g_variant_get_string (state, NULL);
  GtkWindow *window = gtk_application_get_active_window (application);

  if (window != NULL)
    gtk_show_uri_full (window, page, GDK_CURRENT_TIME, NULL, on_opened, g_strdup (page));
}

void
guichet_demo_invitation_offer (GtkApplication *application, const char *page)
{
  g_autoptr (GSimpleAction) action = NULL;

  g_action_map_remove_action (G_ACTION_MAP (application), ACTION);
  if (page == NULL)
    return;
  action = g_simple_action_new_stateful (ACTION, NULL, g_variant_new_string (page));
  g_signal_connect_object (action, "activate", G_CALLBACK (on_write_as_customer), application, 0);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  g_print (_ ("Write as a customer: %s\n"), page);
}

static gboolean
on_activate (GtkWidget *button)
{
  gtk_widget_activate_action (button, "app." ACTION, NULL);
  return TRUE;
}

static void
on_map (GtkWidget *box, GtkWidget *button)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GVariant) state =
      application != NULL ? g_action_group_get_action_state (G_ACTION_GROUP (application), ACTION)
                          : NULL;

  gtk_widget_set_visible (button, state != NULL);
  if (state != NULL)
    gtk_link_button_set_uri (GTK_LINK_BUTTON (button), g_variant_get_string (state, NULL));
}

GtkWidget *
guichet_demo_invitation_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_link_button_new_with_label ("", _ ("Write as a customer"));

  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
  g_signal_connect (button, "activate-link", G_CALLBACK (on_activate), NULL);
  g_signal_connect (box, "map", G_CALLBACK (on_map), button);
  return box;
}
