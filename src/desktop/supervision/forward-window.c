/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forwarding of an agent's own calls, for who leads them: the rows of the settings. Main thread
 * only.
 */

#include "desktop/supervision/forward-window.h"

#include "desktop/settings/forward-group.h"
#include "desktop/widgets/rows-window.h"

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
  GtkWidget *parent = GTK_WIDGET (gtk_widget_get_root (widget));

  if (one != NULL)
    gtk_window_present (guichet_rows_window_new (GTK_WINDOW (parent), _ ("Forwarding"), 480,
                                                 guichet_forward_group_new (session, one)));
}
