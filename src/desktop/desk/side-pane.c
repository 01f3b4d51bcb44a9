/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The right of the desk. The history is asked for when its page is opened. Main thread only.
 */

#include "desktop/desk/side-pane.h"

#include "desktop/desk/customer-view.h"
#include "desktop/desk/variable-row.h"
#include "desktop/past/history-view.h"
#include "desktop/replies/replies-panel.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
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
  GtkWidget *variables_title;
  GtkListBox *variables;
  GuichetCustomerView *customer;
  GtkWidget *history;
  GtkStackPage *replies_page;
  AdwBin *replies_place;
  GuichetRepliesPanel *replies; /* made with the first chat */

  GuichetSession *session;
  GuichetInteraction *interaction;
  GtkWidget *past; /* GuichetHistoryView, once it was looked at */
};

G_DEFINE_FINAL_TYPE (GuichetSidePane, guichet_side_pane, GTK_TYPE_WIDGET)

/* History
 * ...........................................................................................................
 */

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

/* Variables
 * .........................................................................................................
 */

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GuichetSidePane *self = data;
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row),
                              guichet_variable_row_new (self->session, self->interaction, item));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  guichet_accessible_name (row, guichet_variable_get_name (item));
  return row;
}

static void
on_variables_changed (GuichetSidePane *self)
{
  gboolean any =
      self->interaction != NULL && !guichet_customer_view_is_busy (self->customer) &&
      g_list_model_get_n_items (guichet_interaction_get_variables (self->interaction)) > 0;

  gtk_widget_set_visible (self->variables_title, any);
  gtk_widget_set_visible (GTK_WIDGET (self->variables), any);
}

static void
show_variables (GuichetSidePane *self)
{
  if (self->interaction == NULL)
    {
      gtk_list_box_bind_model (self->variables, NULL, NULL, NULL, NULL);
      return;
    }
  gtk_list_box_bind_model (self->variables, guichet_interaction_get_variables (self->interaction),
                           make_row, self, NULL);
  on_variables_changed (self);
}

/* Class
 * .............................................................................................................
 */

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
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/desk/side-pane.ui");
  BIND (box);
  BIND (top);
  BIND (back);
  BIND (stack);
  BIND (variables_title);
  BIND (variables);
  BIND (customer);
  BIND (history);
  BIND (replies_page);
  BIND (replies_place);
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
  g_signal_connect_object (self->customer, "page", G_CALLBACK (on_variables_changed), self,
                           G_CONNECT_SWAPPED);
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
                                            on_variables_changed, self);
    }
  g_set_object (&self->interaction, interaction);
  if (self->past != NULL)
    guichet_history_view_forget (GUICHET_HISTORY_VIEW (self->past));
  if (interaction != NULL)
    {
      g_signal_connect_object (interaction, "notify::customer", G_CALLBACK (load_history), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (guichet_interaction_get_variables (interaction), "items-changed",
                               G_CALLBACK (on_variables_changed), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  name_back (self);
  gtk_widget_set_visible (self->top, interaction != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), interaction != NULL);
  show_variables (self);
  guichet_customer_view_set_interaction (self->customer, interaction);
  show_replies_of (self, interaction);
  load_history (self);
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
