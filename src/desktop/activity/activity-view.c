/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Missed and recent contacts with their reasons. Older ones are asked for at the end of the list.
 * Main thread only.
 */

#include "desktop/activity/activity-view.h"

#include "desktop/text/error-words.h"
#include "desktop/widgets/recent-list.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define PAGE 100

struct _GuichetActivityView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkWidget *missed_only;
  GtkWidget *scroller;
  GtkCustomFilter *filter;
  GuichetSession *session;
  gboolean loading;
  gint64 asked_before; /* nothing older than this is left to ask for */
};

G_DEFINE_FINAL_TYPE (GuichetActivityView, guichet_activity_view, GTK_TYPE_WIDGET)

static gboolean
is_wanted (gpointer item, gpointer data)
{
  GuichetActivityView *self = data;

  return !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->missed_only)) ||
         !g_str_equal (guichet_recent_get_kind (item), "handled");
}

static void
refresh (GuichetActivityView *self)
{
  guint n = g_list_model_get_n_items (guichet_session_get_recent (self->session));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
on_more (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetActivityView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) more =
      guichet_session_list_finish (GUICHET_SESSION (source), result, &error);

  self->loading = FALSE;
  if (more == NULL)
    self->asked_before = 0;
}

static void
load_more (GuichetActivityView *self)
{
  GListModel *recent = guichet_session_get_recent (self->session);
  guint n = g_list_model_get_n_items (recent);
  g_autoptr (GuichetRecent) last = n > 0 ? g_list_model_get_item (recent, n - 1) : NULL;
  gint64 before = last != NULL ? guichet_recent_get_at (last) : 0;

  if (self->loading || (before != 0 && before == self->asked_before) ||
      !guichet_session_get_link_up (self->session))
    return;
  self->loading = TRUE;
  self->asked_before = before;
  guichet_session_more_recent_async (self->session, before, PAGE, NULL, on_more,
                                     g_object_ref (self));
}

static void
on_edge (GuichetActivityView *self, GtkPositionType position)
{
  if (position == GTK_POS_BOTTOM)
    load_more (self);
}

static void
on_toggled (GuichetActivityView *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* The list costs some 50 ms whatever its length, so it waits for the first look at it. */
static void
on_map (GuichetActivityView *self)
{
  GtkFilterListModel *model;

  if (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller)) != NULL)
    return;
  model = gtk_filter_list_model_new (g_object_ref (guichet_session_get_recent (self->session)),
                                     g_object_ref (GTK_FILTER (self->filter)));
  gtk_scrolled_window_set_child (
      GTK_SCROLLED_WINDOW (self->scroller),
      guichet_recent_list_new (G_LIST_MODEL (model), _ ("Recent contacts")));
  g_object_unref (model);
  load_more (self);
}

static void
guichet_activity_view_dispose (GObject *object)
{
  GuichetActivityView *self = GUICHET_ACTIVITY_VIEW (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->filter);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_activity_view_parent_class)->dispose (object);
}

static void
guichet_activity_view_class_init (GuichetActivityViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_activity_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_activity_view_init (GuichetActivityView *self)
{
}

static GtkWidget *
build_list (GuichetActivityView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->missed_only = gtk_toggle_button_new_with_label (_ ("Not handled only"));
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_halign (self->missed_only, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->missed_only, 12);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_box_append (GTK_BOX (box), self->missed_only);
  gtk_box_append (GTK_BOX (box), self->scroller);
  guichet_clamp_text (clamp, 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  return clamp;
}

GtkWidget *
guichet_activity_view_new (GuichetSession *session)
{
  GuichetActivityView *self = g_object_new (GUICHET_TYPE_ACTIVITY_VIEW, NULL);
  GtkWidget *empty = adw_status_page_new ();

  self->session = g_object_ref (session);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->filter = gtk_custom_filter_new (is_wanted, self, NULL);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "document-open-recent-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _ ("What you handled and missed appears here."));
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, build_list (self), "list");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
  g_signal_connect_swapped (self->missed_only, "toggled", G_CALLBACK (on_toggled), self);
  g_signal_connect_swapped (self->scroller, "edge-reached", G_CALLBACK (on_edge), self);
  g_signal_connect_object (guichet_session_get_recent (session), "items-changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  refresh (self);
  return GTK_WIDGET (self);
}
