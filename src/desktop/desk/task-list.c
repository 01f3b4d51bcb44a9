/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list at the left: one GtkListView over headings and the session's lists, so that the arrow
 * keys go through all of it. Main thread only.
 */

#include "desktop/desk/task-list.h"

#include "desktop/desk/task-factory.h"
#include "desktop/desk/task-order.h"
#include "desktop/desk/task-row.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetTaskList
{
  GtkWidget parent_instance;

  GuichetSession *session;
  GtkWidget *box;
  GtkWidget *scroller;
  GtkWidget *empty;
  GtkCustomFilter *active_filter;
  GtkCustomFilter *pending_filter;
  GtkCustomFilter *wrap_up_filter;
  GtkCustomSorter *sorter;
  GuichetTaskHold *hold;
  GListStore *parts; /* of GListModel: heading, items, heading, items... */
  GtkSingleSelection *selection;
  GuichetInteraction *selected;
  char *accepted; /* the interaction of the last offer that was */
  guint headings_id;
};

G_DEFINE_FINAL_TYPE (GuichetTaskList, guichet_task_list, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static gboolean
is_active (gpointer item, gpointer unused)
{
  const char *phase = guichet_interaction_get_phase (item);

  return g_str_equal (phase, "active") || g_str_equal (phase, "held") ||
         g_str_equal (phase, "dialling");
}

static gboolean
is_pending (gpointer item, gpointer unused)
{
  return is_active (item, NULL) && g_str_equal (guichet_interaction_get_status (item), "pending");
}

/* It is the agent's turn. */
static gboolean
is_at_work (gpointer item, gpointer unused)
{
  return is_active (item, NULL) && !is_pending (item, NULL);
}

static gboolean
is_wrap_up (gpointer item, gpointer unused)
{
  return g_str_equal (guichet_interaction_get_phase (item), "wrap_up");
}

static void
set_selected (GuichetTaskList *self, GuichetInteraction *interaction)
{
  if (g_set_object (&self->selected, interaction))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/* On its way from one part to another: it comes back before anything else is chosen. */
static gboolean
moves (GuichetTaskList *self)
{
  return self->selected != NULL &&
         (is_active (self->selected, NULL) || is_wrap_up (self->selected, NULL)) &&
         guichet_session_find_interaction (
             self->session, guichet_interaction_get_id (self->selected)) == self->selected;
}

static void
on_selected (GuichetTaskList *self)
{
  gpointer item = gtk_single_selection_get_selected_item (self->selection);

  if (!GUICHET_IS_INTERACTION (item) && moves (self))
    return;
  set_selected (self, GUICHET_IS_INTERACTION (item) ? item : NULL);
}

static void
select_position (GuichetTaskList *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  on_selected (self);
}

/* One that was asked for is also to be seen. */
static void
reveal_position (GuichetTaskList *self, guint position)
{
  GtkWidget *view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller));

  select_position (self, position);
  gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
}

static guint
find (GuichetTaskList *self, gpointer wanted)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (wanted != NULL ? item == wanted : GUICHET_IS_INTERACTION (item))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* What was selected may have moved to another part; if it is gone, the first piece of work is
 * shown. */
static void
keep_selection (GuichetTaskList *self)
{
  guint at = self->selected != NULL ? find (self, self->selected) : GTK_INVALID_LIST_POSITION;

  if (at == GTK_INVALID_LIST_POSITION)
    at = find (self, NULL);
  select_position (self, at);
}

static void
refresh_visible (GuichetTaskList *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_widget_set_visible (self->scroller, any);
  gtk_widget_set_visible (self->empty, !any);
}

static void
on_interaction_changed (GuichetTaskList *self, GuichetInteraction *interaction, const char *cause)
{
  gtk_filter_changed (GTK_FILTER (self->active_filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_changed (GTK_FILTER (self->pending_filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_changed (GTK_FILTER (self->wrap_up_filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  keep_selection (self);
  refresh_visible (self);
}

static gboolean
is_writing (GuichetTaskList *self)
{
  return self->selected != NULL && is_active (self->selected, NULL) &&
         *guichet_interaction_get_draft (self->selected) != '\0';
}

/* What a colleague writes waits in the list, unless it was accepted or begun here. */
static gboolean
is_wanted (GuichetTaskList *self, GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  return *guichet_interaction_get_colleague (interaction) == '\0' ||
         (mine != NULL && g_str_equal (guichet_participation_get_role (mine), "primary")) ||
         g_strcmp0 (self->accepted, guichet_interaction_get_id (interaction)) == 0;
}

static void
on_offer_ended (GuichetTaskList *self, GuichetOffer *offer, const char *outcome)
{
  if (!g_str_equal (outcome, "accepted"))
    return;
  g_free (self->accepted);
  self->accepted = g_strdup (guichet_offer_get_interaction (offer));
}

static void
on_interactions (GListModel *interactions,
                 guint position,
                 guint removed,
                 guint added,
                 GuichetTaskList *self)
{
  guint at = GTK_INVALID_LIST_POSITION;

  /* A new piece of work was answered: it is what the agent wants to see, but not from under what he
   * is writing to another customer. */
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (interactions, i);

      if (!is_active (one, NULL) || !is_wanted (self, one) || is_writing (self))
        continue;
      guichet_task_hold_let (self->hold, one);
      at = find (self, one);
    }
  if (at != GTK_INVALID_LIST_POSITION)
    select_position (self, at);
  else
    keep_selection (self);
  refresh_visible (self);
}

/* Each part is a heading that is there while the part has items, and the items. Headings come and
 * go before the next frame, not from inside the change of the items: the flattened list is still
 * telling of that one. */
static void
refresh_heading (GListStore *heading)
{
  GListModel *items = g_object_get_data (G_OBJECT (heading), "items");
  gboolean any = g_list_model_get_n_items (items) > 0;
  gboolean shown = g_list_model_get_n_items (G_LIST_MODEL (heading)) > 0;

  if (any && !shown)
    {
      g_autoptr (GuichetTaskHeading) one =
          guichet_task_heading_new (g_object_get_data (G_OBJECT (heading), "title"), items);

      g_list_store_append (heading, one);
    }
  else if (!any && shown)
    g_list_store_remove_all (heading);
}

static gboolean
refresh_headings (gpointer data)
{
  GuichetTaskList *self = data;

  self->headings_id = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->parts)); i += 2)
    {
      g_autoptr (GListStore) heading = g_list_model_get_item (G_LIST_MODEL (self->parts), i);

      refresh_heading (heading);
    }
  keep_selection (self);
  return G_SOURCE_REMOVE;
}

static void
on_part_changed (GuichetTaskList *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->headings_id, refresh_headings);
}

static void
add_part (GuichetTaskList *self, const char *title, GListModel *all, GtkCustomFilter *filter)
{
  g_autoptr (GtkFilterListModel) filtered = gtk_filter_list_model_new (
      g_object_ref (all), filter != NULL ? g_object_ref (GTK_FILTER (filter)) : NULL);
  g_autoptr (GtkSortListModel) sorted = gtk_sort_list_model_new (
      g_object_ref (G_LIST_MODEL (filtered)), g_object_ref (GTK_SORTER (self->sorter)));
  GListModel *items = G_LIST_MODEL (sorted);
  g_autoptr (GListStore) heading = g_list_store_new (GUICHET_TYPE_TASK_HEADING);

  g_object_set_data_full (G_OBJECT (heading), "title", g_strdup (title), g_free);
  g_object_set_data_full (G_OBJECT (heading), "items", g_object_ref (items), g_object_unref);
  g_signal_connect_object (items, "items-changed", G_CALLBACK (on_part_changed), self,
                           G_CONNECT_SWAPPED);
  refresh_heading (heading);
  g_list_store_append (self->parts, heading);
  g_list_store_append (self->parts, items);
}

static void
build_model (GuichetTaskList *self)
{
  g_autoptr (GListModel) offers = NULL;
  g_autoptr (GListModel) all = NULL;
  GtkFlattenListModel *flat;

  self->hold = guichet_task_hold_new ();
  offers = guichet_task_hold_add (self->hold, guichet_session_get_offers (self->session));
  all = guichet_task_hold_add (self->hold, guichet_session_get_interactions (self->session));
  self->sorter = gtk_custom_sorter_new (guichet_task_compare, NULL, NULL);
  self->active_filter = gtk_custom_filter_new (is_at_work, NULL, NULL);
  self->pending_filter = gtk_custom_filter_new (is_pending, NULL, NULL);
  self->wrap_up_filter = gtk_custom_filter_new (is_wrap_up, NULL, NULL);
  self->parts = g_list_store_new (G_TYPE_LIST_MODEL);
  add_part (self, _ ("Incoming"), offers, NULL);
  add_part (self, _ ("Active"), all, self->active_filter);
  add_part (self, _ ("Pending"), all, self->pending_filter);
  add_part (self, _ ("Wrap-up"), all, self->wrap_up_filter);
  flat = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (self->parts)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (flat));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
}

static void
build_view (GuichetTaskList *self)
{
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                       guichet_task_factory_new ());

  gtk_widget_add_css_class (view, "task-list");
  guichet_accessible_name (view, _ ("Work in hand"));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), view);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  guichet_task_hold_watch (self->hold, self->scroller);
  self->empty = gtk_label_new (_ ("No work in hand"));
  gtk_widget_set_vexpand (self->empty, TRUE);
  gtk_widget_add_css_class (self->empty, "dim");
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "pane-start");
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_box_append (GTK_BOX (self->box), self->empty);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
guichet_task_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, GUICHET_TASK_LIST (object)->selected);
}

static void
guichet_task_list_dispose (GObject *object)
{
  GuichetTaskList *self = GUICHET_TASK_LIST (object);

  g_clear_handle_id (&self->headings_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->selected);
  g_clear_object (&self->selection);
  g_clear_object (&self->parts);
  g_clear_object (&self->active_filter);
  g_clear_object (&self->pending_filter);
  g_clear_object (&self->wrap_up_filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->hold);
  g_clear_pointer (&self->accepted, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_task_list_parent_class)->dispose (object);
}

static void
guichet_task_list_class_init (GuichetTaskListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_task_list_dispose;
  object_class->get_property = guichet_task_list_get_property;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  props[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, GUICHET_TYPE_INTERACTION,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
guichet_task_list_init (GuichetTaskList *self)
{
}

GtkWidget *
guichet_task_list_new (GuichetSession *session)
{
  GuichetTaskList *self = g_object_new (GUICHET_TYPE_TASK_LIST, NULL);

  self->session = g_object_ref (session);
  build_model (self);
  build_view (self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (on_interaction_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "offer-ended", G_CALLBACK (on_offer_ended), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_interactions (session), "items-changed",
                           G_CALLBACK (on_interactions), self, G_CONNECT_AFTER);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (refresh_visible), self,
                           G_CONNECT_SWAPPED);
  keep_selection (self);
  refresh_visible (self);
  return GTK_WIDGET (self);
}

GuichetInteraction *
guichet_task_list_get_selected (GuichetTaskList *self)
{
  return self->selected;
}

void
guichet_task_list_select (GuichetTaskList *self, GuichetInteraction *interaction)
{
  guint at = find (self, interaction);

  if (at != GTK_INVALID_LIST_POSITION)
    reveal_position (self, at);
}

void
guichet_task_list_step (GuichetTaskList *self, int by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint at = gtk_single_selection_get_selected (self->selection);

  for (guint tries = 0; tries < n; tries++)
    {
      g_autoptr (GObject) item = NULL;

      at = at == GTK_INVALID_LIST_POSITION ? 0 : (at + n + (guint) by) % n;
      item = g_list_model_get_item (G_LIST_MODEL (self->selection), at);
      if (GUICHET_IS_INTERACTION (item))
        {
          reveal_position (self, at);
          return;
        }
    }
}
