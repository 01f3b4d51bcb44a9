/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forwarding of an agent's own calls, for who leads them: the rows of the settings. Main thread
 * only.
 */

#include "desktop/supervision/forward-window.h"

#include "desktop/settings/forward-group.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static GuichetLiveAgent *
find (GuichetSession *session, const char *agent)
{
  GListModel *all = guichet_session_get_live_agents (session);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetLiveAgent) one = g_list_model_get_item (all, i);

      if (g_str_equal (guichet_live_agent_get_id (one), agent))
        return g_steal_pointer (&one);
    }
  return NULL;
}

void
guichet_forward_window_show (GtkWidget *widget, GuichetSession *session, const char *agent)
{
  g_autoptr (GuichetLiveAgent) one = find (session, agent);
  GtkWidget *window, *box, *group;

  if (one == NULL)
    return;
  window = adw_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  group = guichet_forward_group_new (session, one);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Forwarding"));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, -1);
  gtk_widget_set_margin_top (group, 12);
  gtk_widget_set_margin_bottom (group, 18);
  gtk_widget_set_margin_start (group, 18);
  gtk_widget_set_margin_end (group, 18);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), group);
  adw_window_set_content (ADW_WINDOW (window), box);
  guichet_window_close_by_escape (window);
  gtk_window_present (GTK_WINDOW (window));
}
