/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page of a supervisor. The centre is asked, and tells of changes, only while the page is seen;
 * the lists are made when first looked at. Main thread only.
 */

#include "desktop/supervision/supervision-view.h"

#include "desktop/supervision/agent-menu.h"
#include "desktop/supervision/agent-order.h"
#include "desktop/supervision/agent-row.h"
#include "desktop/supervision/forward-window.h"
#include "desktop/supervision/queue-row.h"
#include "desktop/team/im-window.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/found-list.h"
#include "desktop/widgets/row-factory.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetSupervisionView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkWidget *clamp;
  GtkStackSwitcher *switcher;
  GtkStack *lists;
  GtkSearchEntry *search;
  GtkDropDown *wanted;
  GtkDropDown *order;
  GtkStack *found;
  GtkScrolledWindow *agents;
  GtkScrolledWindow *queues;

  GuichetSession *session;
  GuichetFoundList *list;
  GtkCustomSorter *queue_sorter;
};

G_DEFINE_FINAL_TYPE (GuichetSupervisionView, guichet_supervision_view, GTK_TYPE_WIDGET)

static gboolean
is_wanted (gpointer item, gpointer data)
{
  GuichetSupervisionView *self = data;

  return guichet_agent_is_wanted (item, gtk_drop_down_get_selected (self->wanted)) &&
         guichet_agent_matches (item, guichet_found_list_get_words (self->list));
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  GuichetSupervisionView *self = data;

  return guichet_agent_compare ((gpointer) a, (gpointer) b,
                                gtk_drop_down_get_selected (self->order));
}

/* Where customers wait longest comes first. */
static int
compare_queues (gconstpointer a, gconstpointer b, gpointer unused)
{
  gint64 first = guichet_live_queue_get_longest_since ((gpointer) a);
  gint64 second = guichet_live_queue_get_longest_since ((gpointer) b);

  if ((first == 0) != (second == 0))
    return first == 0 ? 1 : -1;
  if (first != second)
    return first < second ? -1 : 1;
  return g_utf8_collate (guichet_live_queue_get_name ((gpointer) a),
                         guichet_live_queue_get_name ((gpointer) b));
}

static void
refresh (GuichetSupervisionView *self)
{
  gboolean known = guichet_session_get_live_revision (self->session) > 0;
  guint all = g_list_model_get_n_items (guichet_session_get_live_agents (self->session));

  gtk_stack_set_visible_child_name (self->stack, !known ? "waiting" : all > 0 ? "live" : "empty");
}

static void
on_revision (GuichetSupervisionView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      if (gtk_drop_down_get_selected (self->wanted) != GUICHET_AGENTS_ALL)
        guichet_found_list_filter (self->list);
      guichet_found_list_sort (self->list);
      gtk_sorter_changed (GTK_SORTER (self->queue_sorter), GTK_SORTER_CHANGE_DIFFERENT);
    }
  refresh (self);
}

/* --- the lists -------------------------------------------------------------------------------- */

static GtkWidget *
queue_row (gpointer session)
{
  return guichet_queue_row_new ();
}

static void
build_agents (GuichetSupervisionView *self)
{
  GListModel *shown =
      guichet_found_list_of (self->list, guichet_session_get_live_agents (self->session));
  GtkListItemFactory *factory =
      guichet_row_factory_new (G_OBJECT (self->session), (GuichetRowMake) guichet_agent_row_new,
                               (GuichetRowShow) guichet_agent_row_set_agent);

  gtk_scrolled_window_set_child (self->agents, guichet_row_list_new (shown, factory, _ ("Agents")));
}

static void
build_queues (GuichetSupervisionView *self)
{
  g_autoptr (GtkSortListModel) sorted =
      gtk_sort_list_model_new (g_object_ref (guichet_session_get_live_queues (self->session)),
                               g_object_ref (GTK_SORTER (self->queue_sorter)));
  GtkListItemFactory *factory = guichet_row_factory_new (
      G_OBJECT (self->session), queue_row, (GuichetRowShow) guichet_queue_row_set_queue);

  gtk_scrolled_window_set_child (
      self->queues, guichet_row_list_new (G_LIST_MODEL (sorted), factory, _ ("Queues")));
}

static void
on_map (GuichetSupervisionView *self)
{
  guichet_session_watch_live (self->session, TRUE);
  if (gtk_scrolled_window_get_child (self->agents) == NULL)
    {
      build_agents (self);
      build_queues (self);
    }
  on_revision (self);
}

static void
on_unmap (GuichetSupervisionView *self)
{
  guichet_found_list_search (self->list, FALSE);
  guichet_session_watch_live (self->session, FALSE);
}

void
guichet_supervision_view_search (GuichetSupervisionView *self)
{
  gtk_stack_set_visible_child_name (self->lists, "agents");
  guichet_found_list_search (self->list, TRUE);
}

static GuichetSession *
session_of (GtkWidget *widget)
{
  return GUICHET_SUPERVISION_VIEW (widget)->session;
}

static void
on_write (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetSupervisionView *self = GUICHET_SUPERVISION_VIEW (widget);
  const char *agent = g_variant_get_string (parameter, NULL);

  guichet_im_window_show (
      widget, self->session, agent,
      guichet_session_name_of (guichet_session_get_live_agents (self->session), agent));
}

static void
on_forward (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guichet_forward_window_show (widget, session_of (widget), g_variant_get_string (parameter, NULL));
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_supervision_view_dispose (GObject *object)
{
  GuichetSupervisionView *self = GUICHET_SUPERVISION_VIEW (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->list);
  g_clear_object (&self->queue_sorter);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_supervision_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetSupervisionView, name)

static void
guichet_supervision_view_class_init (GuichetSupervisionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_supervision_view_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/guichet/Guichet/supervision/supervision-view.ui");
  guichet_agent_menu_install (widget_class, session_of);
  gtk_widget_class_install_action (widget_class, "supervise.write", "s", on_write);
  gtk_widget_class_install_action (widget_class, "supervise.forward", "s", on_forward);
  BIND (stack);
  BIND (clamp);
  BIND (switcher);
  BIND (lists);
  BIND (search);
  BIND (wanted);
  BIND (order);
  BIND (found);
  BIND (agents);
  BIND (queues);
}

static void
offer_choices (GtkDropDown *down, const char *const *choices, const char *name)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  gtk_drop_down_set_model (down, G_LIST_MODEL (list));
  guichet_accessible_name (GTK_WIDGET (down), name);
}

static void
guichet_supervision_view_init (GuichetSupervisionView *self)
{
  const char *const wanted[] = { _ ("Everyone"),
                                 _ ("Who is ready"),
                                 _ ("Who is at work"),
                                 _ ("Who is on a break"),
                                 _ ("Who is signed out"),
                                 _ ("Who has a problem"),
                                 NULL };
  const char *const orders[] = { _ ("By state"), _ ("By name"), _ ("Longest first"), NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_clamp_text (self->clamp, 900);
  self->list = guichet_found_list_new (self->search, _ ("Search an agent"), self->found, is_wanted,
                                       compare, self);
  self->queue_sorter = gtk_custom_sorter_new (compare_queues, NULL, NULL);
  offer_choices (self->wanted, wanted, _ ("Which agents"));
  offer_choices (self->order, orders, _ ("In what order"));
  guichet_accessible_name (GTK_WIDGET (self->switcher), _ ("Agents or queues"));
  g_signal_connect_object (self->wanted, "notify::selected", G_CALLBACK (guichet_found_list_filter),
                           self->list, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::selected", G_CALLBACK (guichet_found_list_sort),
                           self->list, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap), NULL);
}

GtkWidget *
guichet_supervision_view_new (GuichetSession *session)
{
  GuichetSupervisionView *self = g_object_new (GUICHET_TYPE_SUPERVISION_VIEW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::live-revision", G_CALLBACK (on_revision), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
