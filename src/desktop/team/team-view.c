/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The team. The centre is asked for it, and the list is made, when the agent first looks; from then
 * on each change puts the list in order anew, as long as it is seen. Main thread only.
 */

#include "desktop/team/team-view.h"

#include "client/im.h"
#include "desktop/team/im-window.h"
#include "desktop/team/team-order.h"
#include "desktop/team/team-row.h"
#include "base/fold.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetTeamView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkWidget *clamp;
  GtkSearchEntry *search;
  GtkStack *found;
  GtkScrolledWindow *scroller;

  GuichetSession *session;
  GtkCustomFilter *filter;
  GtkCustomSorter *sorter;
  GListModel *shown;  /* NULL until first looked at */
  char *wanted;       /* folded */
  gboolean to_search; /* the search takes the focus as soon as it is there */
};

G_DEFINE_FINAL_TYPE (GuichetTeamView, guichet_team_view, GTK_TYPE_WIDGET)

static gboolean
is_wanted (gpointer item, gpointer data)
{
  GuichetTeamView *self = data;

  return guichet_team_matches (item, self->wanted);
}

static void
refresh (GuichetTeamView *self)
{
  gboolean known = guichet_session_get_colleagues_revision (self->session) > 0;
  guint all = g_list_model_get_n_items (guichet_session_get_colleagues (self->session));
  guint n = self->shown != NULL ? g_list_model_get_n_items (self->shown) : 0;

  gtk_stack_set_visible_child_name (self->stack, !known ? "waiting" : all > 0 ? "team" : "empty");
  gtk_stack_set_visible_child_name (self->found, n > 0 ? "list" : "nothing");
  if (self->to_search && gtk_widget_get_mapped (GTK_WIDGET (self->search)))
    {
      self->to_search = FALSE;
      gtk_widget_grab_focus (GTK_WIDGET (self->search));
    }
}

static void
on_revision (GuichetTeamView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  refresh (self);
}

static void
on_search (GuichetTeamView *self)
{
  g_free (self->wanted);
  self->wanted = base_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_stop_search (GuichetTeamView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* The list
 * ...........................................................................................................
 */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetTeamView *self)
{
  gtk_list_item_set_child (item, guichet_team_row_new (self->session));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  guichet_team_row_set_colleague (GUICHET_TEAM_ROW (gtk_list_item_get_child (item)),
                                  gtk_list_item_get_item (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  guichet_team_row_set_colleague (GUICHET_TEAM_ROW (gtk_list_item_get_child (item)), NULL);
}

static GtkWidget *
build_list (GuichetTeamView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *filtered =
      gtk_filter_list_model_new (g_object_ref (guichet_session_get_colleagues (self->session)),
                                 g_object_ref (GTK_FILTER (self->filter)));
  GtkWidget *view;

  self->shown = G_LIST_MODEL (
      gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (GTK_SORTER (self->sorter))));
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->shown))),
                            factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  guichet_accessible_name (view, _ ("Your team"));
  return view;
}

static void
on_map (GuichetTeamView *self)
{
  guichet_session_watch_colleagues (self->session);
  if (self->shown == NULL)
    gtk_scrolled_window_set_child (self->scroller, build_list (self));
  on_revision (self);
}

static void
on_unmap (GuichetTeamView *self)
{
  self->to_search = FALSE;
}

void
guichet_team_view_search (GuichetTeamView *self)
{
  self->to_search = TRUE;
  refresh (self);
}

/* What goes on with the colleague, or the first words. */
static void
on_write (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetTeamView *self = GUICHET_TEAM_VIEW (widget);
  const char *colleague = g_variant_get_string (parameter, NULL);

  if (guichet_session_find_im (self->session, colleague) != NULL)
    gtk_widget_activate_action (widget, "main.show-im", "s", colleague);
  else
    guichet_im_window_show (
        widget, self->session, colleague,
        guichet_session_name_of (guichet_session_get_colleagues (self->session), colleague));
}

/* Class
 * ..............................................................................................................
 */

static void
guichet_team_view_dispose (GObject *object)
{
  GuichetTeamView *self = GUICHET_TEAM_VIEW (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->session);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (guichet_team_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetTeamView, name)

static void
guichet_team_view_class_init (GuichetTeamViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_team_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/team/team-view.ui");
  gtk_widget_class_install_action (widget_class, "team.write", "s", on_write);
  BIND (stack);
  BIND (clamp);
  BIND (search);
  BIND (found);
  BIND (scroller);
}

static void
guichet_team_view_init (GuichetTeamView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_clamp_text (self->clamp, 760);
  self->filter = gtk_custom_filter_new (is_wanted, self, NULL);
  self->sorter = gtk_custom_sorter_new (guichet_team_compare, NULL, NULL);
  guichet_accessible_name (GTK_WIDGET (self->search), _ ("Search a colleague"));
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Search a colleague"));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (on_stop_search), self);
  g_signal_connect_swapped (self->search, "map", G_CALLBACK (refresh), self);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap), NULL);
}

GtkWidget *
guichet_team_view_new (GuichetSession *session)
{
  GuichetTeamView *self = g_object_new (GUICHET_TYPE_TEAM_VIEW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::colleagues-revision", G_CALLBACK (on_revision), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
