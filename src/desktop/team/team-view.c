/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The team. The centre is asked for it, and the list is made, when the agent first looks; from then
 * on each change puts the list in order anew, as long as it is seen. Main thread only.
 */

#include "desktop/team/team-view.h"

#include "desktop/team/im-window.h"
#include "desktop/team/team-order.h"
#include "desktop/team/team-row.h"
#include "desktop/widgets/found-list.h"
#include "desktop/widgets/row-factory.h"
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
  GuichetFoundList *list;
};

G_DEFINE_FINAL_TYPE (GuichetTeamView, guichet_team_view, GTK_TYPE_WIDGET)

static gboolean
is_wanted (gpointer item, gpointer data)
{
  GuichetTeamView *self = data;

  return guichet_team_matches (item, guichet_found_list_get_words (self->list));
}

static void
refresh (GuichetTeamView *self)
{
  gboolean known = guichet_session_get_colleagues_revision (self->session) > 0;
  guint all = g_list_model_get_n_items (guichet_session_get_colleagues (self->session));

  gtk_stack_set_visible_child_name (self->stack, !known ? "waiting" : all > 0 ? "team" : "empty");
}

static void
on_revision (GuichetTeamView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    guichet_found_list_sort (self->list);
  refresh (self);
}

static GtkWidget *
build_list (GuichetTeamView *self)
{
  GListModel *shown =
      guichet_found_list_of (self->list, guichet_session_get_colleagues (self->session));

  return guichet_row_list_new (
      shown,
      guichet_row_factory_new (G_OBJECT (self->session), (GuichetRowMake) guichet_team_row_new,
                               (GuichetRowShow) guichet_team_row_set_colleague),
      _ ("Your team"));
}

static void
on_map (GuichetTeamView *self)
{
  guichet_session_watch_colleagues (self->session);
  if (gtk_scrolled_window_get_child (self->scroller) == NULL)
    gtk_scrolled_window_set_child (self->scroller, build_list (self));
  on_revision (self);
}

static void
on_unmap (GuichetTeamView *self)
{
  guichet_found_list_search (self->list, FALSE);
}

void
guichet_team_view_search (GuichetTeamView *self)
{
  guichet_found_list_search (self->list, TRUE);
}

static void
on_write (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetTeamView *self = GUICHET_TEAM_VIEW (widget);
  const char *colleague = g_variant_get_string (parameter, NULL);

  guichet_im_window_show (
      widget, self->session, colleague,
      guichet_session_name_of (guichet_session_get_colleagues (self->session), colleague));
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_team_view_dispose (GObject *object)
{
  GuichetTeamView *self = GUICHET_TEAM_VIEW (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->list);
  g_clear_object (&self->session);
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
  self->list = guichet_found_list_new (self->search, _ ("Search a colleague"), self->found,
                                       is_wanted, guichet_team_compare, self);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
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
