/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The agent's state: what was chosen, what the work makes of it (engaged and wrap-up are derived,
 * never chosen), and what comes next. Main thread only.
 */

#include "desktop/header/state-button.h"

#include "desktop/header/channel-choice.h"
#include "desktop/shortcuts.h"
#include "desktop/text/channel-words.h"
#include "desktop/text/reason.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/picker.h"
#include "desktop/widgets/timed-line.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* Where the header has little room, and where it has enough. */
#define KEPT_CHARS_TIGHT 12
#define KEPT_CHARS       30

struct _GuichetStateButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkWidget *dot;
  GtkLabel *words;
  GuichetTimerLabel *timer;
  GtkPopover *popover;
  GtkWidget *menu;
  GtkLabel *next;
  GtkBox *channels;
  GuichetChannelChoice *choice;
  GtkWidget *available;
  GtkLabel *available_words;
  GtkLabel *idle_words;

  GuichetPicker *reasons;
  GuichetSession *session;
  GListModel *shown_channels; /* what the lines are of */
  guint refresh_id;
  int keep; /* so many letters of the state are never cut */
};

G_DEFINE_FINAL_TYPE (GuichetStateButton, guichet_state_button, GTK_TYPE_WIDGET)

static gboolean
is_fault (const char *reason)
{
  static const char *const faults[] = { "rona",        "refused",   "device_fault",
                                        "unreachable", "desk_lost", "channel_failure",
                                        "busy",        "suspended", NULL };

  return g_strv_contains (faults, reason);
}

/* "engaged" while something is active, "wrap_up" while something is wrapped up, else NULL. since:
 * when it began. */
static const char *
work_in_hand (GuichetStateButton *self, gint64 *since)
{
  GListModel *work = guichet_session_get_interactions (self->session);
  const char *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (work); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (work, i);
      const char *phase = guichet_interaction_get_phase (one);
      GuichetParticipation *mine = guichet_interaction_get_mine (one);

      /* What colleagues write is no work. */
      if (mine == NULL || *guichet_interaction_get_colleague (one) != '\0')
        continue;
      if (g_str_equal (phase, "active") || g_str_equal (phase, "held") ||
          g_str_equal (phase, "dialling"))
        {
          *since = guichet_participation_get_joined_at (mine);
          return "engaged";
        }
      if (g_str_equal (phase, "wrap_up"))
        {
          *since = guichet_participation_get_wrap_up_started (mine);
          found = "wrap_up";
        }
    }
  return found;
}

/* The channels on which nothing comes, "Web chat, SMS", or NULL. */
static char *
channels_away (GuichetSession *session)
{
  GListModel *channels = guichet_session_get_channels (session);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; channels != NULL && i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (GuichetChannelState) one = g_list_model_get_item (channels, i);

      if (!guichet_channel_state_get_ready (one))
        g_ptr_array_add (
            names, (gpointer) guichet_words_channel (guichet_channel_state_get_channel (one)));
    }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/* In the menu: why, by whom, and for how long. */
static void
show_channels (GuichetStateButton *self)
{
  GListModel *channels = guichet_session_get_channels (self->session);
  g_autofree char *away = channels_away (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->channels), away != NULL);
  if (channels == self->shown_channels)
    return;
  g_set_object (&self->shown_channels, channels);
  guichet_channel_choice_show (self->choice, channels);
  guichet_timed_lines_clear (self->channels);
  for (guint i = 0; channels != NULL && i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (GuichetChannelState) one = g_list_model_get_item (channels, i);
      g_autofree char *words = guichet_channel_words (self->session, one);
      const char *icon = guichet_words_channel_icon (guichet_channel_state_get_channel (one));

      if (!guichet_channel_state_get_ready (one))
        gtk_box_append (self->channels,
                        guichet_timed_line_new (icon, words, GUICHET_TIMER_PLAIN,
                                                guichet_channel_state_get_since (one)));
    }
}

static char *
state_words (GuichetStateButton *self, const char *work)
{
  const char *state = guichet_session_get_agent_state (self->session);
  const char *reason = guichet_session_get_agent_state_reason (self->session);
  g_autofree char *away = channels_away (self->session);
  g_autofree char *why = NULL;

  if (g_strcmp0 (work, "engaged") == 0)
    return g_strdup (_ ("Engaged"));
  if (g_strcmp0 (work, "wrap_up") == 0)
    return g_strdup (_ ("Wrap-up"));
  if (away != NULL && g_str_equal (state, "available"))
    /* Translators: a state, and the channels for which it is not so: "Available, except Web chat"
     */
    return g_strdup_printf (_ ("%s, except %s"), guichet_words_state (state), away);
  if (!g_str_equal (state, "idle") || *reason == '\0')
    return g_strdup (guichet_words_state (state));
  why = guichet_reason_words (self->session, reason);
  /* Translators: a state and its reason, as "Idle · Lunch" */
  return g_strdup_printf (_ ("%s · %s"), guichet_words_state (state), why);
}

static void
show_next (GuichetStateButton *self, const char *work)
{
  const char *next = guichet_session_get_next_state (self->session);
  const char *reason = guichet_session_get_next_reason (self->session);
  g_autofree char *why = *reason != '\0' ? guichet_reason_words (self->session, reason) : NULL;
  g_autofree char *what = why != NULL
                              ? g_strdup_printf (_ ("%s · %s"), guichet_words_state (next), why)
                              : g_strdup (guichet_words_state (next));
  g_autofree char *text = NULL;

  if (*next != '\0')
    /* Translators: %s is a state, perhaps with its reason */
    text = g_strdup_printf (_ ("Afterwards: %s"), what);
  else if (work != NULL)
    text = g_strdup (_ ("What you choose now takes effect when the work in hand is done."));
  /* A channel takes it at once. */
  gtk_widget_set_visible (GTK_WIDGET (self->next),
                          text != NULL && guichet_channel_choice_get (self->choice) == NULL);
  gtk_label_set_text (self->next, text != NULL ? text : "");
}

static gboolean
refresh (gpointer data)
{
  GuichetStateButton *self = data;
  gint64 since = guichet_session_get_agent_state_since (self->session);
  const char *work = work_in_hand (self, &since);
  const char *state = guichet_session_get_agent_state (self->session);
  const char *reason = guichet_session_get_agent_state_reason (self->session);
  const char *next = guichet_session_get_next_state (self->session);
  g_autofree char *words = state_words (self, work);
  g_autofree char *shown = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *tip = NULL;
  gboolean up = guichet_session_get_link_up (self->session);
  gboolean cut;

  self->refresh_id = 0;
  shown = work != NULL && *next != '\0'
              ? g_strdup_printf ("%s → %s", words, guichet_words_state (next))
              : g_strdup (words);
  gtk_label_set_text (self->words, shown);
  cut = g_utf8_strlen (shown, -1) > self->keep;
  gtk_label_set_ellipsize (self->words, cut ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (self->words, cut ? self->keep : -1);
  /* Translators: read by a screen reader; %s is the state */
  spoken = g_strdup_printf (_ ("Your state: %s"), shown);
  guichet_accessible_name (GTK_WIDGET (self->button), spoken);
  guichet_widget_set_class (self->dot, "available",
                            work == NULL && g_str_equal (state, "available"));
  guichet_widget_set_class (self->dot, "busy", work != NULL);
  guichet_widget_set_class (self->dot, "fault", work == NULL && is_fault (reason));
  guichet_timer_label_set_kind (
      self->timer, g_strcmp0 (work, "wrap_up") == 0 ? GUICHET_TIMER_WRAP_UP : GUICHET_TIMER_PLAIN);
  guichet_timer_label_set_caption (self->timer, _ ("For"));
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP, since);
  show_next (self, work);
  show_channels (self);
  tip = guichet_shortcuts_tip (spoken, "win.idle"); /* the whole state, which may be cut */
  guichet_accessible_grey (
      GTK_WIDGET (self->button),
      up ? NULL : guichet_words_find (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, "link_down"),
      tip);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GuichetStateButton *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

/* channel NULL: of all. */
static char *
of_channel (const char *channel, const char *words)
{
  return channel != NULL ? g_strdup_printf (_ ("%s: %s"), guichet_words_channel (channel), words)
                         : g_strdup (words);
}

/* What the menu's buttons are about. */
static void
show_choice (GuichetStateButton *self)
{
  const char *channel = guichet_channel_choice_get (self->choice);
  g_autofree char *available = of_channel (channel, _ ("Available"));
  g_autofree char *idle = of_channel (channel, _ ("Idle, because of"));

  gtk_label_set_text (self->available_words, available);
  gtk_label_set_text (self->idle_words, idle);
  guichet_accessible_name (self->available, available);
  if (channel != NULL)
    guichet_widget_set_tip (self->available, available);
  else
    guichet_shortcuts_set_tip (self->available, _ ("Available"), "win.available");
  on_changed (self);
}

static void
choose (GuichetStateButton *self, const char *channel, const char *state, const char *reason)
{
  guichet_session_set_state_async (self->session, channel, state, reason, NULL,
                                   guichet_command_done, g_object_ref (self));
  gtk_popover_popdown (self->popover);
}

static void
on_available (GuichetStateButton *self)
{
  choose (self, guichet_channel_choice_get (self->choice), "available", NULL);
}

static void
on_reason_picked (GuichetStateButton *self, GuichetDefinition *reason)
{
  choose (self, guichet_channel_choice_get (self->choice), "idle",
          guichet_definition_get_id (reason));
}

static gboolean
is_idle_reason (GuichetDefinition *definition, gpointer unused)
{
  return !g_str_equal (guichet_definition_get_kind (definition), "pause");
}

void
guichet_state_button_perform (GuichetStateButton *self, const char *action)
{
  if (!guichet_session_get_link_up (self->session))
    guichet_toast (GTK_WIDGET (self),
                   guichet_words_find (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, "link_down"));
  else if (g_str_equal (action, "available"))
    choose (self, NULL, "available", NULL);
  else
    gtk_menu_button_popup (self->button);
}

/* Made when the menu is first opened. */
static void
make_reasons (GtkMenuButton *button, gpointer data)
{
  GuichetStateButton *self = data;

  if (self->reasons != NULL)
    return;
  self->reasons =
      GUICHET_PICKER (guichet_picker_new (_ ("Search idle reasons"), _ ("Type 3 letters…")));
  guichet_picker_set_model (self->reasons, guichet_session_get_reasons (self->session),
                            is_idle_reason, NULL);
  gtk_box_append (GTK_BOX (self->menu), GTK_WIDGET (self->reasons));
  g_signal_connect_swapped (self->popover, "map", G_CALLBACK (guichet_picker_restart),
                            self->reasons);
  g_signal_connect_swapped (self->reasons, "picked", G_CALLBACK (on_reason_picked), self);
}

static void
guichet_state_button_dispose (GObject *object)
{
  GuichetStateButton *self = GUICHET_STATE_BUTTON (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->shown_channels);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_state_button_parent_class)->dispose (object);
}

static void
guichet_state_button_class_init (GuichetStateButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_state_button_dispose;
  g_type_ensure (GUICHET_TYPE_CHANNEL_CHOICE);
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/header/state-button.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, button);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, dot);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, words);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, timer);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, popover);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, menu);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, next);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, channels);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, choice);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, available);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, available_words);
  gtk_widget_class_bind_template_child (widget_class, GuichetStateButton, idle_words);
  gtk_widget_class_bind_template_callback (widget_class, on_available);
}

static void
guichet_state_button_init (GuichetStateButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, make_reasons, self, NULL);
  self->keep = KEPT_CHARS;
  g_signal_connect_swapped (self->choice, "changed", G_CALLBACK (show_choice), self);
  g_signal_connect_swapped (self->popover, "map", G_CALLBACK (guichet_channel_choice_reset),
                            self->choice);
}

void
guichet_state_button_set_tight (GuichetStateButton *self, gboolean tight)
{
  self->keep = tight ? KEPT_CHARS_TIGHT : KEPT_CHARS;
  if (self->session != NULL)
    on_changed (self);
}

void
guichet_state_button_set_session (GuichetStateButton *self, GuichetSession *session)
{
  self->session = g_object_ref (session);
  show_choice (self);
  g_signal_connect_object (session, "notify", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_interactions (session), "items-changed",
                           G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  refresh (self);
}
