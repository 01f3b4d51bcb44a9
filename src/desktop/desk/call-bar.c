/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The top of the call view. What is not possible now is greyed and says why; what the station
 * cannot do is absent. Main thread only.
 */

#include "desktop/desk/call-bar.h"

#include "desktop/desk/allowed.h"
#include "desktop/desk/keypad.h"
#include "desktop/desk/watch.h"
#include "desktop/shortcuts.h"
#include "desktop/text/format.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetCallBar
{
  GtkWidget parent_instance;

  AdwAvatar *avatar;
  GtkLabel *who;
  GtkLabel *what;
  GtkWidget *held_box;
  GuichetTimerLabel *held_timer;
  GuichetTimerLabel *timer;
  GtkWidget *actions;
  GtkWidget *hold;
  GtkImage *hold_icon;
  GtkLabel *hold_label;
  GtkWidget *mute;
  GtkImage *mute_icon;
  GtkLabel *mute_label;
  GtkWidget *keypad;
  GtkPopover *keypad_popover;
  GuichetKeypad *keys;
  GtkWidget *details;
  GtkWidget *end;
  GtkImage *end_icon;
  GtkLabel *end_label;
  GuichetBanner *banner;
  GtkPopover *confirm;
  GtkWidget *confirm_end;

  GuichetWatch *watch;
};

G_DEFINE_FINAL_TYPE (GuichetCallBar, guichet_call_bar, GTK_TYPE_WIDGET)

static gboolean
is_phase (GuichetInteraction *interaction, const char *phase)
{
  return g_str_equal (guichet_interaction_get_phase (interaction), phase);
}

static gboolean
is_muted (GuichetInteraction *interaction)
{
  GuichetCall *call = guichet_interaction_get_call (interaction);

  return call != NULL && guichet_call_get_muted (call);
}

/* Shows, greys or hides one button. */
static void
apply (GuichetCallBar *self,
       GtkWidget *button,
       ModelAction action,
       const char *text,
       const char *shortcut)
{
  g_autofree char *tip = guichet_shortcuts_tip (text, shortcut);
  const char *reason = NULL;
  ModelVerdict verdict =
      guichet_allowed (guichet_watch_get_session (self->watch),
                       guichet_watch_get_interaction (self->watch), action, &reason);

  gtk_widget_set_visible (button, verdict != MODEL_HIDDEN);
  guichet_accessible_grey (button,
                           verdict == MODEL_ALLOWED ? NULL
                           : reason != NULL         ? reason
                                                    : "",
                           tip);
}

/* After a call nothing is left to do with it. */
static void
show_actions (GuichetCallBar *self)
{
  gtk_widget_set_visible (self->actions, gtk_widget_get_visible (self->hold) ||
                                             gtk_widget_get_visible (self->mute) ||
                                             gtk_widget_get_visible (self->keypad) ||
                                             gtk_widget_get_visible (self->end));
}

static void
show_buttons (GuichetCallBar *self, GuichetInteraction *interaction)
{
  gboolean held = is_phase (interaction, "held");
  gboolean muted = is_muted (interaction);

  gtk_image_set_from_icon_name (self->hold_icon, held ? "media-playback-start-symbolic"
                                                      : "media-playback-pause-symbolic");
  gtk_label_set_text (self->hold_label, held ? _ ("Resume") : _ ("Hold"));
  guichet_accessible_name (self->hold, held ? _ ("Resume") : _ ("Hold"));
  apply (self, self->hold, held ? MODEL_ACTION_RESUME : MODEL_ACTION_HOLD,
         held ? _ ("Resume") : _ ("Hold"), "win.hold");
  guichet_widget_set_class (self->hold, "active-toggle", held);
  gtk_image_set_from_icon_name (self->mute_icon, muted ? "microphone-disabled-symbolic"
                                                       : "audio-input-microphone-symbolic");
  gtk_label_set_text (self->mute_label, muted ? _ ("Unmute") : _ ("Mute"));
  guichet_accessible_name (self->mute, muted ? _ ("Unmute") : _ ("Mute"));
  apply (self, self->mute, MODEL_ACTION_MUTE, muted ? _ ("Unmute") : _ ("Mute"), "win.mute");
  guichet_widget_set_class (self->mute, "active-toggle", muted);
  apply (self, self->keypad, MODEL_ACTION_DTMF, _ ("Keypad"), "win.keypad");
  apply (self, self->end, MODEL_ACTION_END, _ ("End"), "win.end");
  show_actions (self);
}

static char *
what_words (GuichetInteraction *interaction)
{
  const char *queue = guichet_interaction_get_queue_name (interaction);
  const char *number = guichet_interaction_get_customer_number (interaction);
  const char *name = guichet_interaction_get_customer_name (interaction);
  GPtrArray *parts = g_ptr_array_new ();
  char *text;

  g_ptr_array_add (parts, g_str_equal (guichet_interaction_get_direction (interaction), "out")
                              ? (gpointer) _ ("Outbound call")
                              : (gpointer) _ ("Inbound call"));
  if (*queue != '\0')
    g_ptr_array_add (parts, (gpointer) queue);
  if (*name != '\0' && *number != '\0')
    g_ptr_array_add (parts, (gpointer) number);
  if (is_phase (interaction, "held"))
    g_ptr_array_add (parts, (gpointer) _ ("on hold"));
  else if (is_phase (interaction, "wrap_up"))
    g_ptr_array_add (parts, (gpointer) _ ("wrap-up"));
  else if (is_muted (interaction))
    g_ptr_array_add (parts, (gpointer) _ ("muted"));
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (" · ", (char **) parts->pdata);
  g_ptr_array_unref (parts);
  return text;
}

static void
show_timers (GuichetCallBar *self, GuichetInteraction *interaction, GuichetParticipation *mine)
{
  gboolean held = is_phase (interaction, "held");
  gboolean wrap_up = is_phase (interaction, "wrap_up");

  gtk_widget_set_visible (self->held_box, held);
  guichet_timer_label_set_caption (self->held_timer, _ ("On hold for"));
  guichet_timer_label_set_instant (
      self->held_timer, GUICHET_TIMER_UP,
      held && mine != NULL ? guichet_participation_get_state_since (mine) : 0);
  guichet_timer_label_set_kind (self->timer,
                                wrap_up ? GUICHET_TIMER_WRAP_UP : GUICHET_TIMER_HANDLING);
  guichet_timer_label_set_caption (self->timer,
                                   wrap_up ? _ ("Wrapping up for") : _ ("In call for"));
  guichet_timer_label_set_limit (
      self->timer, wrap_up && mine != NULL ? guichet_participation_get_wrap_up_deadline (mine) : 0);
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP,
                                   mine == NULL ? 0
                                   : wrap_up    ? guichet_participation_get_wrap_up_started (mine)
                                                : guichet_participation_get_joined_at (mine));
}

/* What ended, or troubles, this call, in words. */
static void
show_banner (GuichetCallBar *self, GuichetInteraction *interaction, GuichetParticipation *mine)
{
  const char *cause = guichet_interaction_get_customer_left_cause (interaction);
  gboolean left = guichet_interaction_get_customer_left_at (interaction) != 0;
  GuichetCall *call = guichet_interaction_get_call (interaction);
  g_autofree char *text = NULL;

  if (left)
    text = guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                          *cause != '\0' ? cause : "customer_left");
  else if (!is_phase (interaction, "wrap_up") && call != NULL && !guichet_call_get_live (call))
    text = guichet_words (GUICHET_WORDS_CALL_END, GUICHET_WORDS_SENTENCE,
                          guichet_call_get_end_reason (call));
  else if (call != NULL && g_str_equal (guichet_call_get_state (call), "connecting"))
    text = g_strdup (_ ("Connecting the sound…"));
  guichet_banner_show (self->banner,
                       left && !g_str_has_suffix (cause, "lost") ? GUICHET_BANNER_INFO
                                                                 : GUICHET_BANNER_WARNING,
                       text, NULL);
}

static void
refresh (gpointer data)
{
  GuichetCallBar *self = data;
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  GuichetParticipation *mine =
      interaction != NULL ? guichet_interaction_get_mine (interaction) : NULL;
  g_autofree char *who = NULL;
  g_autofree char *what = NULL;

  if (interaction == NULL)
    return;
  who = guichet_who_interaction (interaction);
  what = what_words (interaction);
  adw_avatar_set_text (self->avatar, who);
  adw_avatar_set_show_initials (self->avatar, !guichet_format_is_number (who));
  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->what, what);
  show_timers (self, interaction, mine);
  show_buttons (self, interaction);
  show_banner (self, interaction, mine);
}

/* Actions
 * ............................................................................................................
 */

/* FALSE, and a toast that says why, if the action is not possible now. */
static gboolean
check (GuichetCallBar *self, ModelAction action)
{
  const char *reason = NULL;

  if (guichet_watch_get_interaction (self->watch) == NULL)
    {
      guichet_toast (GTK_WIDGET (self), _ ("There is no call."));
      return FALSE;
    }
  if (guichet_allowed (guichet_watch_get_session (self->watch),
                       guichet_watch_get_interaction (self->watch), action,
                       &reason) == MODEL_ALLOWED)
    return TRUE;
  if (reason != NULL)
    guichet_toast (GTK_WIDGET (self), reason);
  return FALSE;
}

static void
on_hold (GuichetCallBar *self)
{
  GuichetSession *session = guichet_watch_get_session (self->watch);
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  gboolean held = interaction != NULL && is_phase (interaction, "held");

  if (!check (self, held ? MODEL_ACTION_RESUME : MODEL_ACTION_HOLD))
    return;
  if (held)
    guichet_session_resume_call_async (session, interaction, NULL, guichet_command_done,
                                       g_object_ref (self));
  else
    guichet_session_hold_async (session, interaction, NULL, guichet_command_done,
                                g_object_ref (self));
}

static void
on_mute (GuichetCallBar *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);

  if (check (self, MODEL_ACTION_MUTE))
    guichet_session_set_muted_async (guichet_watch_get_session (self->watch), interaction,
                                     !is_muted (interaction), NULL, guichet_command_done,
                                     g_object_ref (self));
}

static void
on_confirmed (GuichetCallBar *self)
{
  gtk_popover_popdown (self->confirm);
  if (check (self, MODEL_ACTION_END))
    guichet_session_end_async (guichet_watch_get_session (self->watch),
                               guichet_watch_get_interaction (self->watch), NULL,
                               guichet_command_done, g_object_ref (self));
}

static void
on_end (GuichetCallBar *self)
{
  gboolean confirm = FALSE;

  if (!check (self, MODEL_ACTION_END))
    return;
  g_object_get (guichet_watch_get_session (self->watch), "confirm-end", &confirm, NULL);
  if (confirm)
    gtk_popover_popup (self->confirm);
  else
    on_confirmed (self);
}

static void
on_digits (GuichetCallBar *self, const char *digits)
{
  if (check (self, MODEL_ACTION_DTMF))
    guichet_session_dtmf_async (guichet_watch_get_session (self->watch),
                                guichet_watch_get_interaction (self->watch), digits, NULL,
                                guichet_command_done, g_object_ref (self));
}

void
guichet_call_bar_perform (GuichetCallBar *self, const char *action)
{
  if (g_str_equal (action, "hold"))
    on_hold (self);
  else if (g_str_equal (action, "mute"))
    on_mute (self);
  else if (g_str_equal (action, "end"))
    on_end (self);
  else if (g_str_equal (action, "keypad") && check (self, MODEL_ACTION_DTMF))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->keypad));
}

/* Class
 * ..............................................................................................................
 */

static void
guichet_call_bar_dispose (GObject *object)
{
  GuichetCallBar *self = GUICHET_CALL_BAR (object);

  if (self->watch != NULL)
    guichet_watch_stop (self->watch);
  g_clear_object (&self->watch);
  if (self->confirm != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->confirm));
  self->confirm = NULL;
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_call_bar_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetCallBar, name)

static void
guichet_call_bar_class_init (GuichetCallBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_call_bar_dispose;
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  g_type_ensure (GUICHET_TYPE_BANNER);
  g_type_ensure (GUICHET_TYPE_KEYPAD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/desk/call-bar.ui");
  BIND (avatar);
  BIND (who);
  BIND (what);
  BIND (held_box);
  BIND (held_timer);
  BIND (timer);
  BIND (actions);
  BIND (hold);
  BIND (hold_icon);
  BIND (hold_label);
  BIND (mute);
  BIND (mute_icon);
  BIND (mute_label);
  BIND (keypad);
  BIND (keypad_popover);
  BIND (keys);
  BIND (details);
  BIND (end);
  BIND (end_icon);
  BIND (end_label);
  BIND (banner);
  BIND (confirm);
  BIND (confirm_end);
  gtk_widget_class_bind_template_callback (widget_class, on_hold);
  gtk_widget_class_bind_template_callback (widget_class, on_mute);
  gtk_widget_class_bind_template_callback (widget_class, on_end);
  gtk_widget_class_bind_template_callback (widget_class, on_confirmed);
}

static void
guichet_call_bar_init (GuichetCallBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->confirm), self->end);
  self->watch = guichet_watch_new (refresh, self);
  guichet_accessible_name (self->keypad, _ ("Keypad"));
  guichet_accessible_name (self->end, _ ("End"));
  guichet_accessible_name (self->details, _ ("Details"));
  guichet_shortcuts_set_tip (self->details, _ ("Details"), "win.details");
  g_signal_connect_swapped (self->keys, "digits", G_CALLBACK (on_digits), self);
}

void
guichet_call_bar_set_session (GuichetCallBar *self, GuichetSession *session)
{
  guichet_watch_set_session (self->watch, session);
}

void
guichet_call_bar_set_interaction (GuichetCallBar *self, GuichetInteraction *interaction)
{
  if (interaction == guichet_watch_get_interaction (self->watch))
    return;
  guichet_keypad_clear (self->keys);
  guichet_watch_set_interaction (self->watch, interaction);
}

void
guichet_call_bar_set_narrow (GuichetCallBar *self, gboolean narrow)
{
  gtk_widget_set_visible (self->details, narrow);
}

void
guichet_call_bar_focus_details (GuichetCallBar *self)
{
  gtk_widget_grab_focus (self->details);
}
