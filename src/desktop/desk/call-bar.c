/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The top of the call view. What is not possible now is greyed and says why; what the station
 * cannot do is absent. Main thread only.
 */

#include "desktop/desk/call-bar.h"

#include "desktop/chat/company.h"
#include "desktop/desk/allowed.h"
#include "desktop/desk/call-asking.h"
#include "desktop/desk/call-people.h"
#include "desktop/desk/call-words.h"
#include "desktop/desk/keypad.h"
#include "desktop/desk/recording-light.h"
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

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetCallBar
{
  GtkWidget parent_instance;

  AdwAvatar *avatar;
  GtkLabel *who;
  GtkLabel *what;
  GtkWidget *state_box;
  GtkImage *state_icon;
  GtkLabel *state;
  GuichetTimerLabel *state_timer;
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
  GtkWidget *consult;
  GtkWidget *transfer;
  GtkWidget *park;
  GtkWidget *confer;
  GtkWidget *leave;
  GtkLabel *leave_label;
  GuichetCallAsking *asking;
  GtkWidget *details;
  GtkWidget *end;
  GtkImage *end_icon;
  GtkLabel *end_label;
  GuichetRecordingLight *recording;
  GuichetBanner *banner;
  GtkPopover *confirm;
  GtkLabel *confirm_label;
  GtkWidget *confirm_end;
  GuichetCallPeople *people;

  GuichetWatch *watch;
  GuichetCallControl *control;
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
  GtkWidget *const all[] = { self->hold,   self->mute,  self->keypad, self->consult, self->transfer,
                             self->confer, self->leave, self->end,    self->park };
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    any |= gtk_widget_get_visible (all[i]);
  gtk_widget_set_visible (self->actions, any);
}

/* A conference ends for all, and an agent leaves it; what becomes of a consult stands below. */
static void
show_company (GuichetCallBar *self, GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  g_autoptr (GuichetParticipation) consulted = guichet_company_consulted (interaction);
  const char *leave =
      mine != NULL && mine == consulted ? _ ("Exit consult") : _ ("Exit conference");
  gboolean settled = consulted == NULL && !guichet_company_is_asking (interaction);

  gtk_label_set_text (self->leave_label, leave);
  guichet_accessible_name (self->leave, leave);
  apply (self, self->leave, MODEL_ACTION_LEAVE, leave, "win.leave");
  apply (self, self->consult, MODEL_ACTION_CONSULT, _ ("Consult"), "win.consult");
  apply (self, self->transfer, MODEL_ACTION_TRANSFER, _ ("Transfer"), "win.transfer");
  apply (self, self->park, MODEL_ACTION_PARK, _ ("Park"), "win.park");
  apply (self, self->confer, MODEL_ACTION_CONFERENCE, _ ("Conference"), "win.confer");
  if (!settled || gtk_widget_get_visible (self->leave))
    gtk_widget_set_visible (self->transfer, FALSE);
  if (settled)
    return;
  gtk_widget_set_visible (self->consult, FALSE);
  gtk_widget_set_visible (self->confer, FALSE);
}

/* Whether more people hear the customer than this agent. */
static gboolean
is_conference (GuichetInteraction *interaction)
{
  return guichet_company_joined (interaction) > 0;
}

static void
show_end (GuichetCallBar *self, GuichetInteraction *interaction)
{
  gboolean dialling = is_phase (interaction, "dialling");
  gboolean all = is_conference (interaction);
  const char *name = dialling ? _ ("Cancel the call") : all ? _ ("End for all") : _ ("End");

  gtk_label_set_text (self->end_label, dialling ? _ ("Cancel") : name);
  guichet_accessible_name (self->end, name);
  apply (self, self->end, MODEL_ACTION_END, name, "win.end");
  gtk_label_set_text (self->confirm_label,
                      all ? _ ("End this call for everybody in it?") : _ ("End this call?"));
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
  show_company (self, interaction);
  show_end (self, interaction);
  show_actions (self);
}

/* What kind of call it is to this agent. */
static char *
kind_words (GuichetInteraction *interaction)
{
  g_autoptr (GuichetParticipation) consulted = guichet_company_consulted (interaction);
  g_autoptr (GuichetParticipation) primary = guichet_company_primary (interaction);

  if (consulted != NULL && consulted == guichet_interaction_get_mine (interaction) &&
      primary != NULL)
    /* Translators: %s is the agent who asks for advice */
    return g_strdup_printf (_ ("Consult from %s"), guichet_participation_get_name (primary));
  return g_strdup (g_str_equal (guichet_interaction_get_direction (interaction), "out")
                       ? _ ("Outbound call")
                       : _ ("Inbound call"));
}

static char *
what_words (GuichetInteraction *interaction)
{
  const char *queue = guichet_interaction_get_queue_name (interaction);
  const char *number = guichet_interaction_get_customer_number (interaction);
  const char *name = guichet_interaction_get_customer_name (interaction);
  GPtrArray *parts = g_ptr_array_new ();
  g_autofree char *kind = kind_words (interaction);
  g_autofree char *by = guichet_who_forwarded (guichet_interaction_get_forwarded_by (interaction));
  char *text;

  g_ptr_array_add (parts, kind);
  if (by != NULL)
    g_ptr_array_add (parts, by);
  if (*queue != '\0')
    g_ptr_array_add (parts, (gpointer) queue);
  if (*name != '\0' && *number != '\0')
    g_ptr_array_add (parts, (gpointer) number);
  if (is_phase (interaction, "held"))
    g_ptr_array_add (parts, (gpointer) _ ("on hold"));
  else if (is_phase (interaction, "wrap_up"))
    g_ptr_array_add (parts, (gpointer) _ ("wrap-up"));
  else if (is_phase (interaction, "dialling"))
    g_ptr_array_add (parts, (gpointer) _ ("calling"));
  else if (is_muted (interaction))
    g_ptr_array_add (parts, (gpointer) _ ("muted"));
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (" · ", (char **) parts->pdata);
  g_ptr_array_unref (parts);
  return text;
}

/* What is going on beside the talk with the customer, and since when. */
static void
show_state (GuichetCallBar *self, GuichetInteraction *interaction)
{
  gint64 since;
  GuichetCallState state = guichet_call_words_state (interaction, &since);
  const char *label = guichet_call_words_label (state);

  gtk_widget_set_visible (self->state_box, label != NULL);
  gtk_image_set_from_icon_name (self->state_icon, state == GUICHET_CALL_HELD
                                                      ? "media-playback-pause-symbolic"
                                                      : "system-users-symbolic");
  gtk_label_set_text (self->state, label != NULL ? label : "");
  guichet_timer_label_set_caption (self->state_timer, guichet_call_words_caption (state));
  guichet_timer_label_set_instant (self->state_timer, GUICHET_TIMER_UP, label != NULL ? since : 0);
}

static void
show_timers (GuichetCallBar *self, GuichetInteraction *interaction, GuichetParticipation *mine)
{
  gboolean wrap_up = is_phase (interaction, "wrap_up");

  show_state (self, interaction);
  guichet_timer_label_set_kind (self->timer,
                                wrap_up ? GUICHET_TIMER_WRAP_UP : GUICHET_TIMER_HANDLING);
  guichet_timer_label_set_caption (self->timer, wrap_up ? _ ("Wrapping up for")
                                                : is_phase (interaction, "dialling")
                                                    ? _ ("Calling for")
                                                    : _ ("In call for"));
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

  if (guichet_call_words_state (interaction, NULL) == GUICHET_CALL_POST_CALL)
    text = g_strdup (_ ("The customer has left. You go on talking with your colleagues; nobody new "
                        "can join."));
  else if (left)
    text = guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                          *cause != '\0' ? cause : "customer_left");
  else if (is_phase (interaction, "dialling"))
    text = g_strdup (guichet_who_rings (
        interaction, guichet_session_get_station (guichet_watch_get_session (self->watch))));
  else if (!is_phase (interaction, "wrap_up") && call != NULL && !guichet_call_get_live (call))
    text = guichet_words (GUICHET_WORDS_CALL_END, GUICHET_WORDS_SENTENCE,
                          guichet_call_get_end_reason (call));
  else if (call != NULL && g_str_equal (guichet_call_get_state (call), "connecting"))
    text = g_strdup (_ ("Connecting the sound…"));
  guichet_banner_show (self->banner,
                       (left && !g_str_has_suffix (cause, "lost")) ||
                               is_phase (interaction, "dialling")
                           ? GUICHET_BANNER_INFO
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
  guichet_recording_light_show (self->recording, guichet_watch_get_session (self->watch),
                                interaction);
  guichet_call_people_refresh (self->people);
}

/* --- actions ---------------------------------------------------------------------------------- */

static void
on_hold (GuichetCallBar *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);

  guichet_call_control_perform (self->control, interaction != NULL && is_phase (interaction, "held")
                                                   ? MODEL_ACTION_RESUME
                                                   : MODEL_ACTION_HOLD);
}

static void
on_mute (GuichetCallBar *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);

  if (guichet_call_control_check (self->control, MODEL_ACTION_MUTE))
    guichet_session_set_muted_async (guichet_watch_get_session (self->watch), interaction,
                                     !is_muted (interaction), NULL, guichet_command_done,
                                     g_object_ref (self));
}

static void
on_confirmed (GuichetCallBar *self)
{
  gtk_popover_popdown (self->confirm);
  guichet_call_control_perform (self->control, MODEL_ACTION_END);
}

static void
on_end (GuichetCallBar *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  gboolean confirm = FALSE;

  if (!guichet_call_control_check (self->control, MODEL_ACTION_END))
    return;
  g_object_get (guichet_watch_get_session (self->watch), "confirm-end", &confirm, NULL);
  if (!is_phase (interaction, "dialling") && (confirm || is_conference (interaction)))
    gtk_popover_popup (self->confirm);
  else
    on_confirmed (self);
}

static void
on_consult (GuichetCallBar *self)
{
  guichet_call_asking_open (self->asking, MODEL_ACTION_CONSULT, self->consult);
}

/* To who is consulted, or is asked, already; else to whom is asked. */
static void
on_transfer (GuichetCallBar *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  g_autoptr (GuichetParticipation) consulted =
      interaction != NULL ? guichet_company_consulted (interaction) : NULL;

  if (consulted != NULL || (interaction != NULL && guichet_company_is_asking (interaction)))
    guichet_call_control_perform (self->control, MODEL_ACTION_TRANSFER);
  else
    guichet_call_asking_open (self->asking, MODEL_ACTION_TRANSFER, self->transfer);
}

static void
on_confer (GuichetCallBar *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  g_autoptr (GuichetParticipation) consulted =
      interaction != NULL ? guichet_company_consulted (interaction) : NULL;

  if (consulted != NULL || (interaction != NULL && guichet_company_is_asking (interaction)))
    guichet_call_control_perform (self->control, MODEL_ACTION_MERGE);
  else
    guichet_call_asking_open (self->asking, MODEL_ACTION_CONFERENCE, self->confer);
}

static void
on_digits (GuichetCallBar *self, const char *digits)
{
  if (guichet_call_control_check (self->control, MODEL_ACTION_DTMF))
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
  else if (g_str_equal (action, "consult"))
    on_consult (self);
  else if (g_str_equal (action, "transfer"))
    on_transfer (self);
  else if (g_str_equal (action, "confer"))
    on_confer (self);
  else if (g_str_equal (action, "leave"))
    guichet_call_control_perform (self->control, MODEL_ACTION_LEAVE);
  else if (g_str_equal (action, "park"))
    guichet_call_control_perform (self->control, MODEL_ACTION_PARK);
  else if (g_str_equal (action, "end-consult"))
    guichet_call_control_perform (self->control, MODEL_ACTION_END_CONSULT);
  else if (g_str_equal (action, "hold-colleague"))
    guichet_call_people_hold (self->people);
  else if (g_str_equal (action, "keypad") &&
           guichet_call_control_check (self->control, MODEL_ACTION_DTMF))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->keypad));
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_call_bar_dispose (GObject *object)
{
  GuichetCallBar *self = GUICHET_CALL_BAR (object);

  if (self->watch != NULL)
    guichet_watch_stop (self->watch);
  if (self->control != NULL)
    guichet_call_control_stop (self->control);
  g_clear_object (&self->control);
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
  g_type_ensure (GUICHET_TYPE_RECORDING_LIGHT);
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  g_type_ensure (GUICHET_TYPE_BANNER);
  g_type_ensure (GUICHET_TYPE_FOLD_ROW);
  g_type_ensure (GUICHET_TYPE_KEYPAD);
  g_type_ensure (GUICHET_TYPE_CALL_ASKING);
  g_type_ensure (GUICHET_TYPE_CALL_PEOPLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/desk/call-bar.ui");
  BIND (avatar);
  BIND (who);
  BIND (what);
  BIND (state_box);
  BIND (state_icon);
  BIND (state);
  BIND (state_timer);
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
  BIND (consult);
  BIND (transfer);
  BIND (park);
  BIND (confer);
  BIND (leave);
  BIND (leave_label);
  BIND (asking);
  BIND (details);
  BIND (end);
  BIND (end_icon);
  BIND (end_label);
  BIND (banner);
  BIND (confirm);
  BIND (confirm_label);
  BIND (confirm_end);
  BIND (recording);
  BIND (people);
  gtk_widget_class_bind_template_callback (widget_class, on_hold);
  gtk_widget_class_bind_template_callback (widget_class, on_mute);
  gtk_widget_class_bind_template_callback (widget_class, on_end);
  gtk_widget_class_bind_template_callback (widget_class, on_confirmed);
  gtk_widget_class_bind_template_callback (widget_class, on_consult);
  gtk_widget_class_bind_template_callback (widget_class, on_transfer);
  gtk_widget_class_bind_template_callback (widget_class, on_confer);
}

static void
guichet_call_bar_init (GuichetCallBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->confirm), self->end);
  self->watch = guichet_watch_new (refresh, self);
  self->control = guichet_call_control_new (GTK_WIDGET (self), self->watch);
  guichet_call_asking_set_control (self->asking, self->control);
  guichet_call_people_set_control (self->people, self->control);
  guichet_accessible_name (self->consult, _ ("Consult"));
  guichet_accessible_name (self->transfer, _ ("Transfer"));
  guichet_accessible_name (self->park, _ ("Park"));
  guichet_accessible_name (self->confer, _ ("Conference"));
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
  guichet_call_asking_close (self->asking);
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

void
guichet_call_bar_say_charge (GuichetCallBar *self, GuichetInteraction *interaction)
{
  guichet_call_people_say_charge (self->people, interaction);
}
