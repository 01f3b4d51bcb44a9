/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings. A plain window with pages (libadwaita's own preferences window is deprecated
 * later). Main thread only.
 */

#include "desktop/settings/settings-window.h"

#include "desktop/settings/alert-group.h"
#include "desktop/settings/capacity-group.h"
#include "desktop/settings/desk-group.h"
#include "desktop/settings/forward-group.h"
#include "desktop/settings/sound-page.h"
#include "desktop/settings/station-group.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* The sound is of interest while calls ring here. */
static void
on_station (GuichetSession *session, GParamSpec *pspec, GtkWidget *pages)
{
  GtkWidget *last = gtk_widget_get_last_child (pages);
  gboolean here = guichet_session_get_phone (session) != NULL &&
                  g_str_equal (guichet_session_get_station (session), "softphone");

  if (here && !GUICHET_IS_SOUND_PAGE (last))
    gtk_box_append (GTK_BOX (pages),
                    guichet_sound_page_new (guichet_session_get_phone (session),
                                            g_object_get_data (G_OBJECT (pages), "settings")));
  else if (!here && GUICHET_IS_SOUND_PAGE (last))
    gtk_box_remove (GTK_BOX (pages), last);
}

GtkWidget *
guichet_settings_window_new (GtkWindow *parent, GuichetSession *session, GSettings *settings)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_window_set_title (GTK_WINDOW (window), _ ("Settings"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), FALSE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  guichet_window_set_size (GTK_WINDOW (window), 560, 620);
  gtk_widget_set_margin_top (pages, 18);
  gtk_widget_set_margin_bottom (pages, 18);
  gtk_widget_set_margin_start (pages, 12);
  gtk_widget_set_margin_end (pages, 12);
  gtk_box_append (GTK_BOX (pages), guichet_desk_group_new (session, settings));
  gtk_box_append (GTK_BOX (pages), guichet_station_group_new (session, settings));
  gtk_box_append (GTK_BOX (pages), guichet_forward_group_new (session, NULL));
  gtk_box_append (GTK_BOX (pages), guichet_alert_group_new (session, settings));
  gtk_box_append (GTK_BOX (pages), guichet_capacity_group_new (session));
  g_object_set_data_full (G_OBJECT (pages), "settings", g_object_ref (settings), g_object_unref);
  g_signal_connect_object (session, "notify::station", G_CALLBACK (on_station), pages, 0);
  on_station (session, NULL, pages);
  guichet_clamp_text (clamp, 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), pages);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  return window;
}
