/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Puts the three panes of the desk together and keeps them on the same interaction. In the middle a
 * call has its bar above notes and outcome; a chat has its view, and notes and outcome below it
 * when they are wanted. Main thread only.
 */

#include "desktop/desk/desk-view.h"

#include "client/canned-change.h"
#include "desktop/chat/chat-view.h"
#include "desktop/chat/im-words.h"
#include "desktop/demo/demo-invitation.h"
#include "desktop/desk/call-bar.h"
#include "desktop/desk/desk-layout.h"
#include "desktop/desk/outcome-view.h"
#include "desktop/desk/side-pane.h"
#include "desktop/desk/task-list.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetDeskView
{
  GtkWidget parent_instance;

  GuichetSession *session;
  GuichetDeskLayout *layout;
  GuichetTaskList *tasks;
  GtkStack *middle;
  GuichetCallBar *bar;
  GuichetChatView *chat; /* made with the first chat */
  GtkWidget *work;
  GtkWidget *scroller; /* of the outcome */
  GuichetOutcomeView *outcome;
  gboolean wants_outcome; /* in a chat that goes on */
  GuichetSidePane *side;
  GtkWidget *empty;
};

/* Of notes and outcome below a chat, at most. */
#define OUTCOME_HEIGHT 280

G_DEFINE_FINAL_TYPE (GuichetDeskView, guichet_desk_view, GTK_TYPE_WIDGET)

static void
show_empty_words (GuichetDeskView *self)
{
  /* By what the centre may offer: calls, chats, both. */
  static const char *const words[][4] = {
    { N_ ("Waiting for a call"), N_ ("The next call shows as a card in the corner."),
      N_ ("No call in hand"), N_ ("Choose Available at the top to receive calls.") },
    { N_ ("Waiting for a chat"), N_ ("The next chat shows as a card in the corner."),
      N_ ("No chat in hand"), N_ ("Choose Available at the top to receive chats.") },
    { N_ ("Waiting for a customer"), N_ ("The next call or chat shows as a card in the corner."),
      N_ ("No customer in hand"), N_ ("Choose Available at the top to receive calls and chats.") },
  };
  gboolean available = g_str_equal (guichet_session_get_agent_state (self->session), "available");
  gboolean chats = guichet_session_get_takes_chats (self->session);
  guint kind = !chats ? 0 : guichet_session_get_takes_calls (self->session) ? 2 : 1;
  AdwStatusPage *page = ADW_STATUS_PAGE (self->empty);

  adw_status_page_set_icon_name (page,
                                 kind == 1 ? "chat-message-new-symbolic" : "call-start-symbolic");
  adw_status_page_set_title (page, _ (words[kind][available ? 0 : 2]));
  adw_status_page_set_description (page, _ (words[kind][available ? 1 : 3]));
}

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
  gtk_widget_set_vexpand (self->scroller, chat == NULL);
  gtk_widget_set_visible (self->scroller, chat == NULL || wrap_up ||
                                              (self->wants_outcome && !guichet_im_is (chat)));
}

/* Who was writing goes on in the field; from the task list one goes on choosing. */
static void
focus_chat (GuichetDeskView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus) &&
                        !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->tasks))))
    guichet_chat_view_focus (self->chat);
}

static void
show_chat (GuichetDeskView *self, GuichetInteraction *chat)
{
  if (chat != NULL && self->chat == NULL)
    {
      self->chat = GUICHET_CHAT_VIEW (guichet_chat_view_new (self->session));
      guichet_chat_view_set_narrow (self->chat, guichet_desk_layout_get_narrow (self->layout));
      gtk_widget_set_vexpand (GTK_WIDGET (self->chat), TRUE);
      gtk_box_insert_child_after (GTK_BOX (self->work), GTK_WIDGET (self->chat),
                                  GTK_WIDGET (self->bar));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->bar), chat == NULL);
  if (self->chat == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->chat), chat != NULL);
  guichet_chat_view_set_interaction (self->chat, chat);
}

static void
on_selected (GuichetDeskView *self)
{
  GuichetInteraction *interaction = guichet_task_list_get_selected (self->tasks);
  GuichetInteraction *chat = selected_chat (self);

  gtk_stack_set_visible_child_name (self->middle, interaction != NULL ? "work" : "empty");
  self->wants_outcome = FALSE;
  guichet_call_bar_set_interaction (self->bar, chat == NULL ? interaction : NULL);
  show_chat (self, chat);
  guichet_outcome_view_set_interaction (self->outcome, interaction);
  show_outcome (self);
  if (chat != NULL)
    focus_chat (self);
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
  if (self->chat != NULL)
    guichet_chat_view_set_narrow (self->chat, narrow);
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
    guichet_chat_view_focus_details (self->chat);
  else
    guichet_call_bar_focus_details (self->bar);
}

/* Replies
 * ............................................................................................................
 */

static void
show_replies (GuichetDeskView *self, GuichetCannedReply *reply)
{
  if (guichet_desk_layout_get_narrow (self->layout))
    guichet_desk_layout_set_show_side (self->layout, TRUE);
  guichet_side_pane_show_replies (self->side, reply);
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
    guichet_chat_view_focus (self->chat);
}

static void
on_insert_reply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetDeskView *self = GUICHET_DESK_VIEW (widget);

  if (selected_chat (self) == NULL)
    return;
  guichet_desk_layout_set_show_side (self->layout, FALSE);
  guichet_chat_view_insert_reply (self->chat, g_variant_get_string (parameter, NULL));
}

static GtkWidget *
build_work (GuichetDeskView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->work = box;
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
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), scroller);
  return box;
}

static void
guichet_desk_view_dispose (GObject *object)
{
  GuichetDeskView *self = GUICHET_DESK_VIEW (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
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
}

static void
guichet_desk_view_init (GuichetDeskView *self)
{
}

GtkWidget *
guichet_desk_view_new (GuichetSession *session)
{
  GuichetDeskView *self = g_object_new (GUICHET_TYPE_DESK_VIEW, NULL);

  self->session = g_object_ref (session);
  self->tasks = GUICHET_TASK_LIST (guichet_task_list_new (session));
  self->side = GUICHET_SIDE_PANE (guichet_side_pane_new (session));
  self->middle = GTK_STACK (gtk_stack_new ());
  self->empty = adw_status_page_new ();
  adw_status_page_set_child (ADW_STATUS_PAGE (self->empty), guichet_demo_invitation_new ());
  gtk_stack_set_hhomogeneous (self->middle, FALSE);
  gtk_stack_add_named (self->middle, self->empty, "empty");
  gtk_stack_add_named (self->middle, build_work (self), "work");
  self->layout = GUICHET_DESK_LAYOUT (guichet_desk_layout_new (
      GTK_WIDGET (self->tasks), GTK_WIDGET (self->middle), GTK_WIDGET (self->side)));
  gtk_widget_set_parent (GTK_WIDGET (self->layout), GTK_WIDGET (self));
  g_signal_connect_object (self->tasks, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->layout, "notify::narrow", G_CALLBACK (refresh_details), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (show_outcome), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::agent-state", G_CALLBACK (show_empty_words), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::takes-calls", G_CALLBACK (show_empty_words), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::takes-chats", G_CALLBACK (show_empty_words), self,
                           G_CONNECT_SWAPPED);
  on_selected (self);
  refresh_details (self);
  show_empty_words (self);
  return GTK_WIDGET (self);
}

void
guichet_desk_view_select (GuichetDeskView *self, GuichetInteraction *interaction)
{
  guichet_task_list_select (self->tasks, interaction);
  if (selected_chat (self) != NULL)
    guichet_chat_view_focus (self->chat);
}

static void
step (GuichetDeskView *self, int by)
{
  guichet_task_list_step (self->tasks, by);
  if (selected_chat (self) != NULL)
    guichet_chat_view_focus (self->chat);
}

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
  if (g_strv_contains ((const char *const[]){ "end", "private", "spelling", "unread", "copy",
                                              "transfer", "unassign", NULL },
                       action))
    {
      guichet_chat_view_perform (self->chat, action);
      return TRUE;
    }
  if (g_str_equal (action, "submit"))
    return guichet_chat_view_submit (self->chat);
  if (g_str_equal (action, "notes") && gtk_widget_get_visible (self->scroller) &&
      self->wants_outcome)
    {
      self->wants_outcome = FALSE;
      show_outcome (self);
      guichet_chat_view_focus (self->chat);
      return TRUE;
    }
  if (g_strv_contains ((const char *const[]){ "notes", "disposition", "tags", NULL }, action))
    {
      self->wants_outcome = TRUE;
      show_outcome (self);
    }
  return FALSE;
}

void
guichet_desk_view_perform (GuichetDeskView *self, const char *action)
{
  if (g_str_equal (action, "next") || g_str_equal (action, "previous"))
    step (self, g_str_equal (action, "next") ? 1 : -1);
  else if (g_str_equal (action, "details"))
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.details", NULL);
  else if (selected_chat (self) != NULL && perform_in_chat (self, action))
    return;
  else if (g_strv_contains ((const char *const[]){ "private", "spelling", "unread", "copy",
                                                   "transfer", "unassign", "replies", NULL },
                            action))
    guichet_toast (GTK_WIDGET (self), _ ("There is no chat."));
  else if (g_strv_contains ((const char *const[]){ "hold", "mute", "end", "keypad", NULL }, action))
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
  return gtk_widget_get_mapped (self->work) &&
         guichet_task_list_get_selected (self->tasks) == interaction;
}

GtkWidget *
guichet_desk_view_get_field (GuichetDeskView *self)
{
  return self->chat != NULL ? guichet_chat_view_get_field (self->chat) : NULL;
}
