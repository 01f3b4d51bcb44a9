/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Puts the three panes of the desk together and keeps them on the same interaction. In the middle a
 * call has its bar above notes and outcome; a chat has its view, and notes and outcome below it
 * when they are wanted. A second chat may stand beside it: the selected one is always the one that
 * has the keyboard, and keys, notes and details are its. Main thread only.
 */

#include "desktop/desk/desk-view.h"

#include "client/canned-change.h"
#include "desktop/chat/chat-view.h"
#include "desktop/chat/im-words.h"
#include "desktop/desk/beside.h"
#include "desktop/desk/call-bar.h"
#include "desktop/desk/charge.h"
#include "desktop/desk/stuck-bar.h"
#include "desktop/desk/desk-layout.h"
#include "desktop/desk/empty-page.h"
#include "desktop/desk/outcome-view.h"
#include "desktop/desk/side-pane.h"
#include "desktop/desk/task-list.h"
#include "desktop/desk/work-layout.h"
#include "desktop/text/who.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/capped.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetDeskView
{
  GtkWidget parent_instance;

  GuichetSession *session;
  GuichetDeskLayout *layout;
  GuichetTaskList *tasks;
  GtkStack *middle;
  GuichetCallBar *bar;
  GuichetWorkLayout *work;
  GuichetBeside *columns;
  GtkWidget *scroller; /* of the outcome */
  GuichetOutcomeView *outcome;
  gboolean wants_outcome; /* in a chat that goes on */
  gboolean chosen;        /* the chat, by the keyboard that is in it */
  GuichetSidePane *side;
  GuichetCharge *charge;
  GuichetStuckBar *stuck;
};

/* Of notes and outcome below a chat, at most. */
#define OUTCOME_HEIGHT 280

G_DEFINE_FINAL_TYPE (GuichetDeskView, guichet_desk_view, GTK_TYPE_WIDGET)

static gboolean
is_chat (GuichetInteraction *interaction)
{
  return interaction != NULL && guichet_interaction_get_messages (interaction) != NULL;
}

static GuichetInteraction *
selected_chat (GuichetDeskView *self)
{
  GuichetInteraction *interaction = guichet_task_list_get_selected (self->tasks);

  return is_chat (interaction) ? interaction : NULL;
}

static GuichetChatView *
current_of (GuichetDeskView *self)
{
  return guichet_beside_get_current (self->columns);
}

/* Below a chat the outcome has room of its own only when it is wanted. */
static void
show_outcome (GuichetDeskView *self)
{
  GuichetInteraction *chat = selected_chat (self);
  gboolean wrap_up = chat != NULL && g_str_equal (guichet_interaction_get_phase (chat), "wrap_up");

  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller),
                                                    chat != NULL);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                              chat != NULL ? OUTCOME_HEIGHT : -1);
  gtk_widget_set_visible (self->scroller, chat == NULL || wrap_up ||
                                              (self->wants_outcome && !guichet_im_is (chat)));
}

static void
on_selected (GuichetDeskView *self)
{
  GuichetInteraction *interaction = guichet_task_list_get_selected (self->tasks);
  GuichetInteraction *chat = selected_chat (self);

  gtk_stack_set_visible_child_name (self->middle, interaction != NULL ? "work" : "empty");
  self->wants_outcome = FALSE;
  guichet_call_bar_set_interaction (self->bar, chat == NULL ? interaction : NULL);
  guichet_beside_show (self->columns, chat);
  guichet_outcome_view_set_interaction (self->outcome, interaction);
  show_outcome (self);
  if (chat != NULL && !self->chosen)
    guichet_beside_take_focus (self->columns, GTK_WIDGET (self->tasks));
  guichet_stuck_bar_set_interaction (self->stuck, interaction);
  guichet_side_pane_set_interaction (self->side, guichet_im_is (interaction) ? NULL : interaction);
  guichet_desk_layout_set_has_side (self->layout,
                                    interaction != NULL && !guichet_im_is (interaction));
  if (interaction == NULL || guichet_im_is (interaction))
    guichet_desk_layout_set_show_side (self->layout, FALSE);
}

static void
refresh_details (GuichetDeskView *self)
{
  gboolean narrow = guichet_desk_layout_get_narrow (self->layout);

  guichet_side_pane_set_narrow (self->side, narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "desk.details", narrow);
  guichet_call_bar_set_narrow (self->bar, narrow);
  guichet_beside_set_narrow (self->columns, narrow);
}

static void
on_details (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetDeskView *self = GUICHET_DESK_VIEW (widget);
  gboolean show = !guichet_desk_layout_get_show_side (self->layout);

  if (guichet_task_list_get_selected (self->tasks) == NULL ||
      guichet_im_is (guichet_task_list_get_selected (self->tasks)))
    return;
  guichet_desk_layout_set_show_side (self->layout, show);
  /* What had the focus may be hidden now. */
  if (show)
    guichet_side_pane_focus (self->side);
  else if (selected_chat (self) != NULL)
    guichet_chat_view_focus_details (current_of (self));
  else
    guichet_call_bar_focus_details (self->bar);
}

/* --- replies ---------------------------------------------------------------------------------- */

static void
show_replies (GuichetDeskView *self, GuichetCannedReply *reply)
{
  if (guichet_desk_layout_get_narrow (self->layout))
    guichet_desk_layout_set_show_side (self->layout, TRUE);
  guichet_side_pane_show_replies (self->side, reply);
}

/* What replies are to chats; FALSE: there is no call. */
static gboolean
show_clips (GuichetDeskView *self)
{
  if (!guichet_side_pane_show_clips (self->side))
    return FALSE;
  if (guichet_desk_layout_get_narrow (self->layout))
    guichet_desk_layout_set_show_side (self->layout, TRUE);
  return guichet_side_pane_show_clips (self->side);
}

static void
on_fill_reply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetDeskView *self = GUICHET_DESK_VIEW (widget);
  GuichetCannedReply *reply =
      guichet_session_find_reply (self->session, g_variant_get_string (parameter, NULL));

  if (reply != NULL && selected_chat (self) != NULL)
    show_replies (self, reply);
}

static void
on_write (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetDeskView *self = GUICHET_DESK_VIEW (widget);

  guichet_desk_layout_set_show_side (self->layout, FALSE);
  if (selected_chat (self) != NULL)
    guichet_chat_view_focus (current_of (self));
}

static void
on_insert_reply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetDeskView *self = GUICHET_DESK_VIEW (widget);

  if (selected_chat (self) == NULL)
    return;
  guichet_desk_layout_set_show_side (self->layout, FALSE);
  guichet_chat_view_insert_reply (current_of (self), g_variant_get_string (parameter, NULL));
}

/* --- beside ----------------------------------------------------------------------------------- */

static void
on_chosen (GuichetDeskView *self, GuichetInteraction *chat)
{
  self->chosen = TRUE;
  guichet_task_list_select (self->tasks, chat);
  self->chosen = FALSE;
}

/* Two chats need the room of the side pane, if there is not enough for everything. */
static void
on_two (GuichetDeskView *self)
{
  gboolean two;

  g_object_get (self->columns, "two", &two, NULL);
  guichet_desk_layout_set_wanted (self->layout,
                                  two ? guichet_work_layout_get_wanted (self->work) : 0);
}

static void
show_beside (GuichetDeskView *self, GuichetInteraction *chat)
{
  if (!is_chat (chat))
    guichet_toast (GTK_WIDGET (self), _ ("Only chats stand beside each other."));
  else if (selected_chat (self) == NULL)
    guichet_task_list_select (self->tasks, chat);
  else
    guichet_beside_add (self->columns, chat);
}

static void
on_beside (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetDeskView *self = GUICHET_DESK_VIEW (widget);
  GuichetInteraction *chat =
      guichet_session_find_interaction (self->session, g_variant_get_string (parameter, NULL));

  if (chat != NULL)
    show_beside (self, chat);
}

static void
on_alone (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_object_set (GUICHET_DESK_VIEW (widget)->columns, "on", FALSE, NULL);
}

/* A button of a chat is about that chat, whichever has the keyboard. */
static void
on_work_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetDeskView *self = GUICHET_DESK_VIEW (widget);
  GuichetInteraction *chat =
      guichet_session_find_interaction (self->session, g_variant_get_string (parameter, NULL));

  if (chat != NULL && chat != selected_chat (self))
    guichet_task_list_select (self->tasks, chat);
}

static void
switch_beside (GuichetDeskView *self)
{
  gboolean on, two;

  g_object_get (self->columns, "on", &on, NULL);
  g_object_set (self->columns, "on", !on, NULL);
  g_object_get (self->columns, "two", &two, NULL);
  if (!on && !two)
    guichet_toast (GTK_WIDGET (self), _ ("The next chat will stand beside the first."));
  else if (on)
    guichet_toast (GTK_WIDGET (self), _ ("Chats are shown one at a time."));
}

/* Somebody left, and it is this agent's now. */
static void
on_taken (GuichetDeskView *self, GuichetInteraction *interaction)
{
  g_autofree char *who = guichet_who_interaction (interaction);
  /* Translators: %s is the customer */
  g_autofree char *text =
      g_strdup_printf (is_chat (interaction) ? _ ("You lead the conversation with %s now.")
                                             : _ ("You are in charge of the call with %s now."),
                       who);

  gtk_widget_error_bell (GTK_WIDGET (self));
  guichet_toast (GTK_WIDGET (self), text);
  if (!is_chat (interaction))
    guichet_call_bar_say_charge (self->bar, interaction);
}

static GtkWidget *
build_work (GuichetDeskView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->scroller = scroller;
  self->bar = g_object_new (GUICHET_TYPE_CALL_BAR, NULL);
  self->outcome = g_object_new (GUICHET_TYPE_OUTCOME_VIEW, NULL);
  guichet_call_bar_set_session (self->bar, self->session);
  guichet_outcome_view_set_session (self->outcome, self->session);
  gtk_widget_set_margin_top (GTK_WIDGET (self->outcome), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->outcome), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (self->outcome), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->outcome), 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->outcome));
  self->work = GUICHET_WORK_LAYOUT (
      guichet_work_layout_new (guichet_capped_new (GTK_WIDGET (self->bar), 0), scroller));
  self->columns = guichet_beside_new (self->session, self->work);
  g_signal_connect_object (self->columns, "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "notify::two", G_CALLBACK (on_two), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->work);
}

static void
guichet_desk_view_dispose (GObject *object)
{
  GuichetDeskView *self = GUICHET_DESK_VIEW (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->columns);
  g_clear_object (&self->charge);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_desk_view_parent_class)->dispose (object);
}

static void
guichet_desk_view_class_init (GuichetDeskViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_desk_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "desk.details", NULL, on_details);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "desk.fill-reply", "s", on_fill_reply);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "desk.insert-reply", "s",
                                   on_insert_reply);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "desk.write", NULL, on_write);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "desk.beside", "s", on_beside);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "desk.alone", NULL, on_alone);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "desk.work-on", "s", on_work_on);
}

static void
guichet_desk_view_init (GuichetDeskView *self)
{
}

GtkWidget *
guichet_desk_view_new (GuichetSession *session)
{
  GuichetDeskView *self = g_object_new (GUICHET_TYPE_DESK_VIEW, NULL);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->session = g_object_ref (session);
  self->tasks = GUICHET_TASK_LIST (guichet_task_list_new (session));
  self->side = GUICHET_SIDE_PANE (guichet_side_pane_new (session));
  self->middle = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->middle, FALSE);
  gtk_stack_set_vhomogeneous (self->middle, FALSE);
  gtk_stack_add_named (self->middle, guichet_empty_page_new (session), "empty");
  gtk_stack_add_named (self->middle, build_work (self), "work");
  self->stuck = GUICHET_STUCK_BAR (guichet_stuck_bar_new (session));
  gtk_widget_set_vexpand (GTK_WIDGET (self->middle), TRUE);
  gtk_box_append (GTK_BOX (middle), GTK_WIDGET (self->stuck));
  gtk_box_append (GTK_BOX (middle), GTK_WIDGET (self->middle));
  self->layout = GUICHET_DESK_LAYOUT (
      guichet_desk_layout_new (GTK_WIDGET (self->tasks), middle, GTK_WIDGET (self->side)));
  gtk_widget_set_parent (GTK_WIDGET (self->layout), GTK_WIDGET (self));
  g_signal_connect_object (self->tasks, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->layout, "notify::narrow", G_CALLBACK (refresh_details), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (show_outcome), self,
                           G_CONNECT_SWAPPED);
  self->charge = guichet_charge_new (session);
  g_signal_connect_object (self->charge, "taken", G_CALLBACK (on_taken), self, G_CONNECT_SWAPPED);
  on_selected (self);
  refresh_details (self);
  return GTK_WIDGET (self);
}

void
guichet_desk_view_select (GuichetDeskView *self, GuichetInteraction *interaction)
{
  guichet_task_list_select (self->tasks, interaction);
  if (selected_chat (self) != NULL)
    guichet_chat_view_focus (current_of (self));
}

static void
step (GuichetDeskView *self, int by)
{
  guichet_task_list_step (self->tasks, by);
  if (selected_chat (self) != NULL)
    guichet_chat_view_focus (current_of (self));
}

/* What only a chat can do. */
static const char *const of_chats[] = { "private",      "spelling",      "unread",
                                        "copy",         "unassign",      "send-resolve",
                                        "send-pending", "send-escalate", NULL };

/* What only a call can do. */
static const char *const of_calls[] = { "hold", "mute", "keypad", "park", "hold-colleague", NULL };

/* What both can do. */
static const char *const of_both[] = { "end",   "transfer",    "consult", "confer",
                                       "leave", "end-consult", NULL };

/* TRUE if it was for the chat. */
static gboolean
perform_in_chat (GuichetDeskView *self, const char *action)
{
  /* With a colleague there is no customer, no outcome and nothing to hand on. */
  if (guichet_im_is (selected_chat (self)) &&
      !g_strv_contains ((const char *const[]){ "end", "unread", "copy", "submit", NULL }, action))
    return TRUE;
  if (g_str_equal (action, "replies"))
    {
      show_replies (self, NULL);
      return TRUE;
    }
  if (g_strv_contains (of_both, action) || g_strv_contains (of_chats, action))
    {
      guichet_chat_view_perform (current_of (self), action);
      return TRUE;
    }
  if (g_str_equal (action, "submit"))
    return guichet_chat_view_submit (current_of (self));
  if (g_str_equal (action, "notes") && gtk_widget_get_visible (self->scroller) &&
      self->wants_outcome)
    {
      self->wants_outcome = FALSE;
      show_outcome (self);
      guichet_chat_view_focus (current_of (self));
      return TRUE;
    }
  if (g_strv_contains ((const char *const[]){ "notes", "disposition", "tags", NULL }, action))
    {
      self->wants_outcome = TRUE;
      show_outcome (self);
    }
  return FALSE;
}

/* The menu stands in the details, which may be behind the work. */
static void
launch (GuichetDeskView *self)
{
  if (!guichet_side_pane_has_links (self->side))
    {
      guichet_toast (GTK_WIDGET (self), _ ("The centre has no links for this."));
      return;
    }
  guichet_desk_layout_set_show_side (self->layout, TRUE);
  guichet_side_pane_launch (self->side);
}

void
guichet_desk_view_perform (GuichetDeskView *self, const char *action)
{
  if (g_str_equal (action, "next") || g_str_equal (action, "previous"))
    step (self, g_str_equal (action, "next") ? 1 : -1);
  else if (g_str_equal (action, "details"))
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.details", NULL);
  else if (g_str_equal (action, "beside"))
    switch_beside (self);
  else if (g_str_equal (action, "launch"))
    launch (self);
  else if (selected_chat (self) != NULL && perform_in_chat (self, action))
    return;
  else if (g_str_equal (action, "replies") && show_clips (self))
    return;
  else if (g_str_equal (action, "replies") || g_strv_contains (of_chats, action))
    guichet_toast (GTK_WIDGET (self), _ ("There is no chat."));
  else if (g_strv_contains (of_calls, action) || g_strv_contains (of_both, action))
    guichet_call_bar_perform (self->bar, action);
  else
    {
      guichet_desk_layout_set_show_side (self->layout, FALSE);
      guichet_outcome_view_perform (self->outcome, action);
    }
}

gboolean
guichet_desk_view_shows (GuichetDeskView *self, GuichetInteraction *interaction)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self->work)) &&
         (guichet_task_list_get_selected (self->tasks) == interaction ||
          guichet_beside_shows (self->columns, interaction));
}

GtkWidget *
guichet_desk_view_get_field (GuichetDeskView *self)
{
  return guichet_beside_get_field (self->columns);
}

void
guichet_desk_view_bind_settings (GuichetDeskView *self, GSettings *settings)
{
  g_settings_bind (settings, "side-by-side", self->columns, "on", G_SETTINGS_BIND_DEFAULT);
}
