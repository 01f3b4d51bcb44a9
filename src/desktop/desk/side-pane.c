/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The right of the desk. The history is asked for when its page is opened. Main thread only.
 */

#include "desktop/desk/side-pane.h"

#include "desktop/desk/customer-view.h"
#include "desktop/desk/launch.h"
#include "desktop/desk/variable-row.h"
#include "desktop/past/history-view.h"
#include "desktop/clips/clips-panel.h"
#include "desktop/replies/replies-panel.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/fold-row.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetSidePane
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *top;
  GtkWidget *back;
  GtkStack *stack;
  GtkWidget *variables_box;
  GuichetLaunch *launch;
  GtkListBox *variables;
  GuichetCustomerView *customer;
  GtkWidget *history;
  GtkStackPage *replies_page;
  AdwBin *replies_place;
  GuichetRepliesPanel *replies; /* made with the first chat */
  GtkStackPage *clips_page;
  AdwBin *clips_place;
  GuichetClipsPanel *clips; /* once a call was looked at */

  GuichetSession *session;
  GuichetInteraction *interaction;
  GtkWidget *past; /* GuichetHistoryView, once it was looked at */
};

G_DEFINE_FINAL_TYPE (GuichetSidePane, guichet_side_pane, GTK_TYPE_WIDGET)

/* --- history ---------------------------------------------------------------------------------- */

static void
load_history (GuichetSidePane *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "history") != 0)
    return;
  if (self->past == NULL)
    {
      self->past = guichet_history_view_new (self->session);
      gtk_widget_set_vexpand (self->past, TRUE);
      gtk_box_append (GTK_BOX (self->history), self->past);
    }
  guichet_history_view_show (
      GUICHET_HISTORY_VIEW (self->past),
      self->interaction != NULL ? guichet_interaction_get_customer (self->interaction) : "");
}

/* --- variables -------------------------------------------------------------------------------- */

static void
add_row (GuichetSidePane *self, GuichetVariable *variable, guint position)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (
      GTK_LIST_BOX_ROW (row),
      guichet_variable_row_new (self->session, self->interaction, variable));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  guichet_accessible_name (row, guichet_variable_get_name (variable));
  gtk_list_box_insert (self->variables, row, (int) position);
}

static void
remove_row (GuichetSidePane *self, guint position)
{
  gtk_list_box_remove (self->variables, GTK_WIDGET (gtk_list_box_get_row_at_index (
                                            self->variables, (int) position)));
}

static void
show_any (GuichetSidePane *self)
{
  gboolean any =
      self->interaction != NULL && !guichet_customer_view_is_busy (self->customer) &&
      g_list_model_get_n_items (guichet_interaction_get_variables (self->interaction)) > 0;

  gtk_widget_set_visible (self->variables_box, any);
}

static void
on_variables (GListModel *variables,
              guint position,
              guint removed,
              guint added,
              GuichetSidePane *self)
{
  for (guint i = 0; i < removed; i++)
    remove_row (self, position);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GuichetVariable) variable = g_list_model_get_item (variables, i);

      add_row (self, variable, i);
    }
  show_any (self);
}

/* Another's, in the same rows as far as they are of the same kinds: most have the same variables.
 */
static guint
reuse_rows (GuichetSidePane *self, GListModel *variables)
{
  for (guint i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->variables, (int) i);
      g_autoptr (GuichetVariable) variable = g_list_model_get_item (variables, i);
      GtkWidget *child = row != NULL ? gtk_list_box_row_get_child (row) : NULL;

      if (child == NULL || variable == NULL ||
          !guichet_variable_row_takes (GUICHET_VARIABLE_ROW (child), variable))
        return i;
      guichet_variable_row_show (GUICHET_VARIABLE_ROW (child), self->interaction, variable);
      guichet_accessible_name (GTK_WIDGET (row), guichet_variable_get_name (variable));
    }
}

/* Who was typing in one does not go on in another's. */
static void
leave_variables (GuichetSidePane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->variables)))
    gtk_root_set_focus (root, NULL);
}

static void
show_variables (GuichetSidePane *self)
{
  GListModel *variables =
      self->interaction != NULL ? guichet_interaction_get_variables (self->interaction) : NULL;
  guint kept;

  leave_variables (self);
  kept = variables != NULL ? reuse_rows (self, variables) : 0;
  while (gtk_list_box_get_row_at_index (self->variables, (int) kept) != NULL)
    remove_row (self, kept);
  if (variables != NULL)
    on_variables (variables, kept, 0, g_list_model_get_n_items (variables) - kept, self);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_side_pane_dispose (GObject *object)
{
  GuichetSidePane *self = GUICHET_SIDE_PANE (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_side_pane_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetSidePane, name)

static void
guichet_side_pane_class_init (GuichetSidePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_side_pane_dispose;
  g_type_ensure (GUICHET_TYPE_CUSTOMER_VIEW);
  g_type_ensure (GUICHET_TYPE_FOLD_ROW);
  g_type_ensure (GUICHET_TYPE_LAUNCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/desk/side-pane.ui");
  BIND (box);
  BIND (top);
  BIND (back);
  BIND (stack);
  BIND (variables_box);
  BIND (launch);
  BIND (variables);
  BIND (customer);
  BIND (history);
  BIND (replies_page);
  BIND (replies_place);
  BIND (clips_page);
  BIND (clips_place);
}

static void
guichet_side_pane_init (GuichetSidePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_accessible_name (GTK_WIDGET (self->variables), _ ("Variables"));
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (load_history), self);
}

GtkWidget *
guichet_side_pane_new (GuichetSession *session)
{
  GuichetSidePane *self = g_object_new (GUICHET_TYPE_SIDE_PANE, NULL);

  self->session = g_object_ref (session);
  guichet_customer_view_set_session (self->customer, session);
  guichet_launch_set_session (self->launch, session);
  g_signal_connect_object (self->customer, "page", G_CALLBACK (show_any), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->top, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), FALSE);
  return GTK_WIDGET (self);
}

static void
name_back (GuichetSidePane *self)
{
  gboolean chat =
      self->interaction != NULL && guichet_interaction_get_messages (self->interaction) != NULL;
  const char *name = chat ? _ ("Back to the chat") : _ ("Back to the call");

  guichet_accessible_name (self->back, name);
  guichet_shortcuts_set_tip (self->back, name, "win.details");
}

/* Only who writes has replies. */
static void
show_replies_of (GuichetSidePane *self, GuichetInteraction *interaction)
{
  gboolean chat = interaction != NULL && guichet_interaction_get_messages (interaction) != NULL;

  if (chat && self->replies == NULL)
    {
      self->replies = GUICHET_REPLIES_PANEL (guichet_replies_panel_new (self->session));
      adw_bin_set_child (self->replies_place, GTK_WIDGET (self->replies));
    }
  if (self->replies == NULL)
    return;
  gtk_stack_page_set_visible (self->replies_page, chat);
  guichet_replies_panel_set_interaction (self->replies, chat ? interaction : NULL);
}

/* Only who talks has clips. */
static void
show_clips_of (GuichetSidePane *self, GuichetInteraction *interaction)
{
  gboolean call =
      interaction != NULL && g_str_equal (guichet_interaction_get_channel (interaction), "voice");

  if (call && self->clips == NULL)
    {
      self->clips = GUICHET_CLIPS_PANEL (guichet_clips_panel_new (self->session));
      adw_bin_set_child (self->clips_place, GTK_WIDGET (self->clips));
    }
  if (self->clips == NULL)
    return;
  gtk_stack_page_set_visible (self->clips_page, call);
  guichet_clips_panel_set_interaction (self->clips, call ? interaction : NULL);
}

gboolean
guichet_side_pane_show_clips (GuichetSidePane *self)
{
  if (self->clips == NULL || !gtk_stack_page_get_visible (self->clips_page))
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "clips");
  guichet_clips_panel_focus (self->clips);
  return TRUE;
}

void
guichet_side_pane_show_replies (GuichetSidePane *self, GuichetCannedReply *reply)
{
  if (self->replies == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "replies");
  if (reply != NULL)
    guichet_replies_panel_fill (self->replies, reply);
  else
    guichet_replies_panel_focus (self->replies);
}

void
guichet_side_pane_set_interaction (GuichetSidePane *self, GuichetInteraction *interaction)
{
  if (self->interaction == interaction)
    return;
  if (self->interaction != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->interaction, load_history, self);
      g_signal_handlers_disconnect_by_func (guichet_interaction_get_variables (self->interaction),
                                            on_variables, self);
    }
  g_set_object (&self->interaction, interaction);
  if (self->past != NULL)
    guichet_history_view_forget (GUICHET_HISTORY_VIEW (self->past));
  if (interaction != NULL)
    {
      g_signal_connect_object (interaction, "notify::customer", G_CALLBACK (load_history), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (guichet_interaction_get_variables (interaction), "items-changed",
                               G_CALLBACK (on_variables), self, 0);
    }
  name_back (self);
  gtk_widget_set_visible (self->top, interaction != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), interaction != NULL);
  show_variables (self);
  guichet_customer_view_set_interaction (self->customer, interaction);
  guichet_launch_set_interaction (self->launch, interaction);
  show_replies_of (self, interaction);
  show_clips_of (self, interaction);
  load_history (self);
}

gboolean
guichet_side_pane_has_links (GuichetSidePane *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->launch));
}

void
guichet_side_pane_launch (GuichetSidePane *self)
{
  guichet_launch_open (self->launch);
}

void
guichet_side_pane_set_narrow (GuichetSidePane *self, gboolean narrow)
{
  gtk_widget_set_visible (self->back, narrow);
}

void
guichet_side_pane_focus (GuichetSidePane *self)
{
  gtk_widget_grab_focus (self->back);
}
