/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The view of a chat, in the place of the call bar. What is not possible now is greyed and says
 * why. Main thread only.
 */

#include "desktop/chat/chat-view.h"

#include "client/im.h"
#include "desktop/chat/chat-words.h"
#include "desktop/chat/company.h"
#include "desktop/chat/composer.h"
#include "desktop/chat/file-adding.h"
#include "desktop/chat/hand-on.h"
#include "desktop/chat/im-words.h"
#include "desktop/chat/message-list.h"
#include "desktop/desk/allowed.h"
#include "desktop/desk/stripe.h"
#include "desktop/desk/watch.h"
#include "desktop/shortcuts.h"
#include "desktop/text/format.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/fold-row.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"
#include "desktop/widgets/wrap-layout.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* How long the second click may take. */
#define CONFIRM_SECONDS 8
/* Of a name, that are never cut. */
#define NAME_CHARS 14

struct _GuichetChatView
{
  GtkWidget parent_instance;

  GtkWidget *stripe;
  AdwAvatar *avatar;
  GtkLabel *who;
  GtkLabel *what;
  GuichetTimerLabel *timer;
  GuichetTimerLabel *waiting;
  GtkWidget *notes;
  GtkWidget *copy;
  GuichetHandOn *hand_on;
  GtkWidget *details;
  GtkWidget *end;
  GuichetBanner *banner;
  GtkWidget *box;
  GtkLabel *typing;
  GuichetMessageList *list;
  GuichetComposer *composer;

  gboolean narrow; /* the right pane is a page of its own */
  GuichetWatch *watch;
  guint confirm_id; /* 0: the next click only asks */
  gulong loading_handler;
  gboolean copying; /* as soon as all of it is here */
  guint copied;     /* messages that were here when more were asked for */
  gint64 seen;      /* a question that was not answered: the agent has read of it */
};

G_DEFINE_FINAL_TYPE (GuichetChatView, guichet_chat_view, GTK_TYPE_WIDGET)

static GuichetInteraction *
interaction_of (GuichetChatView *self)
{
  return guichet_watch_get_interaction (self->watch);
}

static gboolean
is_phase (GuichetInteraction *interaction, const char *phase)
{
  return g_str_equal (guichet_interaction_get_phase (interaction), phase);
}

static gboolean
has_left (GuichetInteraction *interaction)
{
  return guichet_interaction_get_customer_left_at (interaction) != 0;
}

/* With a colleague, and over: it stands here until it is put away. */
static gboolean
is_done (GuichetInteraction *interaction)
{
  return guichet_im_is (interaction) && has_left (interaction);
}

/* --- showing ---------------------------------------------------------------------------------- */

static void
show_who (GuichetChatView *self, GuichetInteraction *interaction)
{
  g_autofree char *who = guichet_who_interaction (interaction);
  const char *queue = guichet_interaction_get_queue_name (interaction);
  const char *channel = guichet_words_channel (guichet_interaction_get_channel (interaction));
  g_autofree char *where =
      *queue != '\0' ? g_strjoin (" · ", channel, queue, NULL) : g_strdup (channel);
  g_autofree char *from = guichet_who_from (guichet_interaction_get_from_name (interaction), NULL);
  g_autofree char *others = guichet_company_names (interaction);
  g_autofree char *whence = from != NULL ? g_strjoin (" · ", where, from, NULL) : g_strdup (where);
  g_autofree char *came =
      others != NULL ? g_strjoin (" · ", whence, others, NULL) : g_strdup (whence);
  const char *status = guichet_words_status (guichet_interaction_get_status (interaction));
  g_autofree char *what = is_phase (interaction, "wrap_up")
                              ? g_strjoin (" · ", came, _ ("wrap-up"), NULL)
                          : status != NULL ? g_strjoin (" · ", came, status, NULL)
                                           : g_strdup (came);

  guichet_stripe_show (self->stripe, interaction);
  adw_avatar_set_text (self->avatar, who);
  adw_avatar_set_show_initials (self->avatar, !guichet_format_is_number (who));
  gtk_label_set_text (self->who, who);
  gtk_label_set_width_chars (self->who, (int) MIN (g_utf8_strlen (who, -1), NAME_CHARS));
  gtk_label_set_text (self->what, what);
}

static void
show_timers (GuichetChatView *self, GuichetInteraction *interaction, GuichetParticipation *mine)
{
  gboolean wrap_up = is_phase (interaction, "wrap_up");

  guichet_timer_label_set_kind (self->timer,
                                wrap_up ? GUICHET_TIMER_WRAP_UP : GUICHET_TIMER_HANDLING);
  guichet_timer_label_set_caption (self->timer,
                                   wrap_up ? _ ("Wrapping up for") : _ ("In chat for"));
  guichet_timer_label_set_limit (
      self->timer, wrap_up && mine != NULL ? guichet_participation_get_wrap_up_deadline (mine) : 0);
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP,
                                   mine == NULL ? 0
                                   : wrap_up    ? guichet_participation_get_wrap_up_started (mine)
                                                : guichet_participation_get_joined_at (mine));
  guichet_timer_label_set_kind (self->waiting, GUICHET_TIMER_WAITING);
  guichet_timer_label_set_caption (self->waiting, _ ("The customer waits for a reply for"));
  guichet_timer_label_set_instant (self->waiting, GUICHET_TIMER_UP,
                                   wrap_up ? 0
                                           : guichet_interaction_get_waiting_since (interaction));
}

static void
show_end (GuichetChatView *self, GuichetInteraction *interaction)
{
  gboolean done = is_done (interaction);
  gboolean helps = guichet_company_helps (interaction);
  const char *channel = guichet_interaction_get_channel (interaction);
  gboolean chat = g_str_equal (channel, "webchat") || g_str_equal (channel, "im");
  const char *name = done    ? _ ("Mark done")
                     : helps ? _ ("Done")
                     : chat  ? _ ("End chat")
                             : _ ("End");
  const char *ask = chat ? _ ("End the chat?") : _ ("End the conversation?");
  const char *label = self->confirm_id != 0 && !done ? ask : name;
  g_autofree char *tip = guichet_shortcuts_tip (name, "win.end");
  const char *reason = NULL;
  ModelVerdict verdict = guichet_allowed (guichet_watch_get_session (self->watch), interaction,
                                          helps ? MODEL_ACTION_LEAVE : MODEL_ACTION_END, &reason);

  gtk_button_set_label (GTK_BUTTON (self->end), label);
  guichet_accessible_name (self->end, label);
  guichet_widget_set_class (self->end, "destructive-action", !done && !helps);
  gtk_widget_set_visible (self->end, verdict != MODEL_HIDDEN);
  guichet_accessible_grey (self->end, verdict == MODEL_ALLOWED ? NULL : reason, tip);
}

static void
show_typing (GuichetChatView *self, GuichetInteraction *interaction)
{
  g_autofree char *who = guichet_who_interaction (interaction);
  g_autofree char *text = g_strdup_printf (_ ("%s is typing…"), who);
  gboolean typing = guichet_interaction_get_customer_typing (interaction);

  gtk_label_set_text (self->typing, typing ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->typing), typing);
}

/* Who is asked to come, with a way to take it back; who did not, until it is read. */
static gboolean
show_asked (GuichetChatView *self, GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  gboolean asking = guichet_company_is_asking (interaction);
  g_autofree char *asked = guichet_company_asked (interaction);
  gboolean leads = mine != NULL && g_str_equal (guichet_participation_get_role (mine), "primary");

  if (asked == NULL || has_left (interaction) ||
      (!asking && (!leads || guichet_interaction_get_consult_since (interaction) <= self->seen)))
    return FALSE;
  guichet_banner_show (self->banner, asking ? GUICHET_BANNER_INFO : GUICHET_BANNER_WARNING, asked,
                       !leads   ? NULL
                       : asking ? _ ("Withdraw")
                                : _ ("Close"));
  return TRUE;
}

static void
show_banner (GuichetChatView *self, GuichetInteraction *interaction)
{
  const char *cause = guichet_interaction_get_customer_left_cause (interaction);
  const char *refusal = guichet_interaction_get_refusal (interaction);
  g_autofree char *ended = is_done (interaction) ? guichet_im_ended (interaction) : NULL;

  if (show_asked (self, interaction))
    return;
  if (ended != NULL)
    guichet_banner_show (self->banner, GUICHET_BANNER_INFO, ended, NULL);
  else if (!has_left (interaction) && *refusal != '\0')
    guichet_banner_show (self->banner, GUICHET_BANNER_WARNING,
                         guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, refusal),
                         NULL);
  else if (!has_left (interaction))
    guichet_banner_hide (self->banner);
  else
    guichet_banner_show (self->banner,
                         g_str_has_suffix (cause, "lost") ? GUICHET_BANNER_WARNING
                                                          : GUICHET_BANNER_INFO,
                         guichet_chat_left (interaction), NULL);
}

static void
refresh (gpointer data)
{
  GuichetChatView *self = data;
  GuichetInteraction *interaction = interaction_of (self);

  if (interaction == NULL)
    return;
  show_who (self, interaction);
  show_timers (self, interaction, guichet_interaction_get_mine (interaction));
  show_end (self, interaction);
  guichet_hand_on_refresh (self->hand_on, interaction);
  show_typing (self, interaction);
  show_banner (self, interaction);
  gtk_widget_set_visible (self->notes, !guichet_im_is (interaction));
  gtk_widget_set_visible (self->details, self->narrow && !guichet_im_is (interaction));
  gtk_widget_set_visible (GTK_WIDGET (self->composer),
                          (is_phase (interaction, "active") || is_phase (interaction, "wrap_up")) &&
                              !is_done (interaction));
  guichet_composer_refresh (self->composer);
}

/* --- ending ----------------------------------------------------------------------------------- */

static gboolean
on_confirm_over (gpointer data)
{
  GuichetChatView *self = data;

  self->confirm_id = 0;
  if (interaction_of (self) != NULL)
    show_end (self, interaction_of (self));
  return G_SOURCE_REMOVE;
}

static void
on_end (GuichetChatView *self)
{
  GuichetInteraction *interaction = interaction_of (self);
  const char *reason = NULL;

  if (interaction == NULL)
    return;
  if (guichet_allowed (guichet_watch_get_session (self->watch), interaction,
                       guichet_company_helps (interaction) ? MODEL_ACTION_LEAVE : MODEL_ACTION_END,
                       &reason) != MODEL_ALLOWED)
    {
      if (reason != NULL)
        guichet_toast (GTK_WIDGET (self), reason);
      return;
    }
  if (is_done (interaction))
    {
      g_clear_handle_id (&self->confirm_id, g_source_remove);
      guichet_session_leave_async (guichet_watch_get_session (self->watch), interaction, NULL,
                                   guichet_command_done, g_object_ref (self));
      return;
    }
  if (guichet_company_helps (interaction))
    {
      guichet_session_leave_async (guichet_watch_get_session (self->watch), interaction, NULL,
                                   guichet_command_done, g_object_ref (self));
      return;
    }
  if (self->confirm_id == 0)
    {
      self->confirm_id = g_timeout_add_seconds (CONFIRM_SECONDS, on_confirm_over, self);
      show_end (self, interaction);
      gtk_widget_grab_focus (self->end);
      return;
    }
  g_clear_handle_id (&self->confirm_id, g_source_remove);
  show_end (self, interaction);
  guichet_session_end_async (guichet_watch_get_session (self->watch), interaction, NULL,
                             guichet_command_done, g_object_ref (self));
}

/* Of the question that the banner is about. */
static void
on_banner (GuichetChatView *self)
{
  GuichetInteraction *interaction = interaction_of (self);

  if (interaction == NULL)
    return;
  if (guichet_company_is_asking (interaction))
    guichet_session_end_consult_async (guichet_watch_get_session (self->watch), interaction, NULL,
                                       guichet_command_done, g_object_ref (self));
  else
    self->seen = guichet_interaction_get_consult_since (interaction);
  show_banner (self, interaction);
}

/* --- copying ---------------------------------------------------------------------------------- */

/* All of this chat is here; what came before it in the conversation need not be. */
static gboolean
is_whole (GuichetInteraction *interaction)
{
  GListModel *messages = guichet_interaction_get_messages (interaction);
  g_autoptr (GuichetMessage) first = g_list_model_get_item (messages, 0);

  return !guichet_interaction_get_more (interaction) || first == NULL ||
         !g_str_equal (guichet_message_get_interaction (first),
                       guichet_interaction_get_id (interaction));
}

static void
go_on_copying (GuichetChatView *self)
{
  GuichetSession *session = guichet_watch_get_session (self->watch);
  GuichetInteraction *interaction = interaction_of (self);
  g_autofree char *text = NULL;
  guint n;

  if (!self->copying || interaction == NULL || guichet_interaction_get_loading (interaction))
    return;
  n = g_list_model_get_n_items (guichet_interaction_get_messages (interaction));
  if (!is_whole (interaction) && guichet_session_get_link_up (session) && n > self->copied)
    {
      self->copied = n;
      guichet_session_more_messages (session, interaction);
      return;
    }
  self->copying = FALSE;
  text = guichet_chat_transcript (session, interaction);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  guichet_toast (GTK_WIDGET (self), is_whole (interaction)
                                        ? _ ("The whole chat is copied.")
                                        : _ ("What this desk has of the chat is copied."));
}

static void
on_copy (GuichetChatView *self)
{
  self->copying = TRUE;
  self->copied = 0;
  go_on_copying (self);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
on_edit (GuichetMessageList *list, const char *text, gboolean private, GuichetChatView *self)
{
  guichet_composer_add (self->composer, text, private);
}

/* A button is about its chat, also beside the one that has the keyboard. */
static void
on_own (GuichetChatView *self, GtkWidget *button)
{
  const char *action = g_object_get_data (G_OBJECT (button), "action");

  if (interaction_of (self) == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.work-on", "s",
                              guichet_interaction_get_id (interaction_of (self)));
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
take_own (GuichetChatView *self, GtkWidget *button, const char *action)
{
  g_object_set_data (G_OBJECT (button), "action", (gpointer) action);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_own), self);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, GuichetChatView *self)
{
  return guichet_composer_takes_files (self->composer) && interaction_of (self) != NULL &&
         guichet_file_drop (GTK_WIDGET (self), guichet_watch_get_session (self->watch),
                            interaction_of (self), value);
}

static void
take_drops (GuichetChatView *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (self->box, GTK_EVENT_CONTROLLER (target));
}

gboolean
guichet_chat_view_submit (GuichetChatView *self)
{
  return guichet_composer_submit (self->composer);
}

void
guichet_chat_view_perform (GuichetChatView *self, const char *action)
{
  if (g_str_equal (action, "end"))
    on_end (self);
  else if (g_str_equal (action, "private"))
    guichet_composer_switch (self->composer);
  else if (g_str_equal (action, "send-resolve"))
    guichet_composer_send_then (self->composer, "resolved");
  else if (g_str_equal (action, "send-pending"))
    guichet_composer_send_then (self->composer, "pending");
  else if (g_str_equal (action, "send-escalate"))
    guichet_composer_send_then (self->composer, "escalated");
  else if (g_str_equal (action, "spelling"))
    guichet_composer_spell (self->composer);
  else if (g_str_equal (action, "unread"))
    guichet_message_list_jump (self->list);
  else if (g_strv_contains ((const char *const[]){ "transfer", "unassign", "consult", "confer",
                                                   "leave", "end-consult", NULL },
                            action))
    guichet_hand_on_perform (self->hand_on, action);
  else if (interaction_of (self) != NULL)
    on_copy (self);
}

static void
guichet_chat_view_dispose (GObject *object)
{
  GuichetChatView *self = GUICHET_CHAT_VIEW (object);

  if (self->watch != NULL)
    {
      guichet_chat_view_set_interaction (self, NULL);
      guichet_watch_stop (self->watch);
    }
  g_clear_object (&self->watch);
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_chat_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetChatView, name)

static void
guichet_chat_view_class_init (GuichetChatViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_chat_view_dispose;
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  g_type_ensure (GUICHET_TYPE_BANNER);
  g_type_ensure (GUICHET_TYPE_FOLD_ROW);
  g_type_ensure (GUICHET_TYPE_HAND_ON);
  g_type_ensure (GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/chat/chat-view.ui");
  BIND (stripe);
  BIND (avatar);
  BIND (who);
  BIND (what);
  BIND (timer);
  BIND (waiting);
  BIND (notes);
  BIND (copy);
  BIND (hand_on);
  BIND (details);
  BIND (end);
  BIND (banner);
  BIND (box);
  BIND (typing);
  gtk_widget_class_bind_template_callback (widget_class, on_end);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
}

static void
guichet_chat_view_init (GuichetChatView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = guichet_watch_new (refresh, self);
  guichet_accessible_name (self->notes, _ ("Notes and outcome"));
  guichet_shortcuts_set_tip (self->notes, _ ("Notes and outcome"), "win.notes");
  guichet_accessible_name (self->copy, _ ("Copy the whole chat"));
  guichet_shortcuts_set_tip (self->copy, _ ("Copy the whole chat"), "win.copy");
  guichet_accessible_name (self->details, _ ("Details"));
  guichet_shortcuts_set_tip (self->details, _ ("Details"), "win.details");
  guichet_label_tip_when_cut (self->who);
  guichet_label_tip_when_cut (self->what);
  take_own (self, self->notes, "win.notes");
  take_own (self, self->details, "desk.details");
}

GtkWidget *
guichet_chat_view_new (GuichetSession *session)
{
  GuichetChatView *self = g_object_new (GUICHET_TYPE_CHAT_VIEW, NULL);

  guichet_watch_set_session (self->watch, session);
  guichet_hand_on_set_session (self->hand_on, session);
  self->list = GUICHET_MESSAGE_LIST (guichet_message_list_new (session));
  self->composer = GUICHET_COMPOSER (guichet_composer_new (session));
  gtk_box_prepend (GTK_BOX (self->box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->composer));
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  g_signal_connect_object (self->list, "edit", G_CALLBACK (on_edit), self, 0);
  g_signal_connect_object (self->composer, "escalated", G_CALLBACK (guichet_hand_on_escalate),
                           self->hand_on, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (on_banner), self,
                           G_CONNECT_SWAPPED);
  take_drops (self);
  return GTK_WIDGET (self);
}

void
guichet_chat_view_set_interaction (GuichetChatView *self, GuichetInteraction *interaction)
{
  GuichetInteraction *before = interaction_of (self);

  if (interaction == before)
    return;
  g_clear_handle_id (&self->confirm_id, g_source_remove);
  self->copying = FALSE;
  if (before != NULL)
    g_clear_signal_handler (&self->loading_handler, before);
  if (interaction != NULL)
    self->loading_handler =
        g_signal_connect_swapped (interaction, "notify::loading", G_CALLBACK (go_on_copying), self);
  guichet_message_list_set_interaction (self->list, interaction);
  guichet_composer_set_interaction (self->composer, interaction);
  guichet_watch_set_interaction (self->watch, interaction);
}

void
guichet_chat_view_set_narrow (GuichetChatView *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_widget_set_visible (self->details, narrow && !guichet_im_is (interaction_of (self)));
}

void
guichet_chat_view_set_beside (GuichetChatView *self, gboolean beside, gboolean current)
{
  guichet_widget_set_class (GTK_WIDGET (self), "beside", beside);
  guichet_widget_set_class (GTK_WIDGET (self), "current", beside && current);
  guichet_composer_set_named (self->composer, beside);
}

void
guichet_chat_view_focus_details (GuichetChatView *self)
{
  gtk_widget_grab_focus (self->details);
}

void
guichet_chat_view_focus (GuichetChatView *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->composer)))
    guichet_composer_focus (self->composer);
}

GtkWidget *
guichet_chat_view_get_field (GuichetChatView *self)
{
  return GTK_WIDGET (self->composer);
}

gboolean
guichet_chat_view_insert_reply (GuichetChatView *self, const char *text)
{
  return guichet_composer_insert_reply (self->composer, text);
}
