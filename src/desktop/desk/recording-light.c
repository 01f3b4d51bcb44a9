/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The light of the recording: it follows the centre's state alone, never the click. A pause counts
 * down, and warns ten seconds before it ends by itself. Main thread only.
 */

#include "desktop/desk/recording-light.h"

#include "desktop/chat/company.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"
#include "model/recording.h"

#include <glib/gi18n.h>

#define WARNING_MS 10000

struct _GuichetRecordingLight
{
  GtkWidget parent_instance;

  GtkImage *dot;
  GtkLabel *words;
  GuichetTimerLabel *timer;
  GtkWidget *buttons[MODEL_N_RECORDING_ACTIONS];
  GuichetSession *session;
  GuichetInteraction *interaction;
  guint warning;
};

G_DEFINE_FINAL_TYPE (GuichetRecordingLight, guichet_recording_light, GTK_TYPE_WIDGET)

static ModelRecording
state_of (GuichetInteraction *interaction)
{
  return model_recording_from_text (guichet_interaction_get_recording_state (interaction));
}

static ModelRecord
rule_of (GuichetInteraction *interaction)
{
  return model_record_from_text (guichet_interaction_get_recording_rule (interaction));
}

static gboolean
is_talk (GuichetInteraction *interaction)
{
  const char *phase = guichet_interaction_get_phase (interaction);

  return (g_str_equal (phase, "active") || g_str_equal (phase, "held")) &&
         guichet_interaction_get_customer_left_at (interaction) == 0;
}

/* Somebody hears the customer. */
static gboolean
is_heard (GuichetInteraction *interaction)
{
  g_autoptr (GPtrArray) all = guichet_company_all (interaction);

  for (guint i = 0; i < all->len; i++)
    {
      const char *role = guichet_participation_get_role (all->pdata[i]);

      if (g_str_equal (guichet_participation_get_state (all->pdata[i]), "active") &&
          (g_str_equal (role, "primary") || g_str_equal (role, "conferenced")))
        return TRUE;
    }
  return FALSE;
}

static gint64
left_of (GuichetRecordingLight *self)
{
  return guichet_interaction_get_recording_until (self->interaction) - guichet_clock_now ();
}

/* What is so, in words; NULL: nothing to say. */
static const char *
words_of (GuichetRecordingLight *self, ModelRecording state)
{
  switch (state)
    {
    case MODEL_RECORDING_STARTING:
      return _ ("The customer is being told that the call is recorded");
    case MODEL_RECORDING_ON:
      return is_heard (self->interaction) ? _ ("This call is being recorded")
                                          : _ ("Recording goes on after the hold");
    case MODEL_RECORDING_PAUSED:
      return left_of (self) <= WARNING_MS ? _ ("Recording resumes by itself in a few seconds")
                                          : _ ("Recording is paused");
    case MODEL_RECORDING_OFF:
      break;
    }
  return rule_of (self->interaction) != MODEL_RECORD_NEVER ? _ ("This call is not being recorded")
                                                           : NULL;
}

static void
show_button (GuichetRecordingLight *self, ModelRecordingAction action)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (self->interaction);
  ModelRecordingCase situation = {
    .record = rule_of (self->interaction),
    .state = state_of (self->interaction),
    .own = TRUE,
    .talks = is_talk (self->interaction),
    .part = MODEL_PART_PRIMARY,
    .may_pause = guichet_interaction_get_recording_may_pause (self->interaction),
    .may_extend = guichet_interaction_get_recording_may_extend (self->interaction),
  };
  ModelPermission permission;
  const char *reason = NULL;

  if (mine != NULL)
    model_part_from_text (guichet_participation_get_role (mine), &situation.part);
  permission = model_permission_to_record (action, &situation);
  if (permission.verdict != MODEL_ALLOWED)
    reason = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                                 model_code (permission.reason));
  else if (!guichet_session_get_link_up (self->session))
    reason = guichet_words_find (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, "link_down");
  gtk_widget_set_visible (self->buttons[action], permission.verdict != MODEL_HIDDEN);
  guichet_accessible_grey (self->buttons[action], reason, guichet_words_recording (action));
}

static void refresh (GuichetRecordingLight *self);

static gboolean
on_warning (gpointer data)
{
  GuichetRecordingLight *self = data;

  self->warning = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* Wakes when the warning is due. */
static void
arm_warning (GuichetRecordingLight *self, ModelRecording state)
{
  gint64 wait = state == MODEL_RECORDING_PAUSED ? left_of (self) - WARNING_MS : 0;

  g_clear_handle_id (&self->warning, g_source_remove);
  if (wait > 0)
    self->warning = g_timeout_add ((guint) MIN (wait + 50, G_MAXINT), on_warning, self);
}

static void
refresh (GuichetRecordingLight *self)
{
  ModelRecording state = state_of (self->interaction);
  gboolean paused = state == MODEL_RECORDING_PAUSED;
  gboolean warns = paused && left_of (self) <= WARNING_MS;
  const char *words = is_talk (self->interaction) ? words_of (self, state) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL);
  arm_warning (self, words != NULL ? state : MODEL_RECORDING_OFF);
  if (words == NULL)
    return;
  if (!g_str_equal (gtk_label_get_text (self->words), words))
    gtk_label_set_text (self->words, words);
  gtk_image_set_from_icon_name (self->dot,
                                paused ? "media-playback-pause-symbolic" : "media-record-symbolic");
  guichet_widget_set_class (GTK_WIDGET (self->dot), "error",
                            state == MODEL_RECORDING_ON && is_heard (self->interaction));
  guichet_widget_set_class (GTK_WIDGET (self->words), "warning", warns);
  gtk_widget_set_visible (GTK_WIDGET (self->timer), paused);
  guichet_timer_label_set_instant (
      self->timer, GUICHET_TIMER_DOWN,
      paused ? guichet_interaction_get_recording_until (self->interaction) : 0);
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      paused ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  for (int i = 0; i < MODEL_N_RECORDING_ACTIONS; i++)
    show_button (self, (ModelRecordingAction) i);
  guichet_widget_set_class (self->buttons[MODEL_RECORDING_EXTEND], "suggested-action", warns);
  guichet_widget_set_class (self->buttons[MODEL_RECORDING_EXTEND], "flat", !warns);
}

void
guichet_recording_light_show (GuichetRecordingLight *self,
                              GuichetSession *session,
                              GuichetInteraction *interaction)
{
  g_set_object (&self->session, session);
  g_set_object (&self->interaction, interaction);
  refresh (self);
}

static void
on_clicked (GuichetRecordingLight *self, GtkButton *button)
{
  for (int i = 0; i < MODEL_N_RECORDING_ACTIONS; i++)
    if (self->buttons[i] == GTK_WIDGET (button) && self->interaction != NULL)
      guichet_session_record_async (self->session, self->interaction,
                                    model_recording_action_names[i], NULL, guichet_command_done,
                                    g_object_ref (self));
}

static void
guichet_recording_light_dispose (GObject *object)
{
  GuichetRecordingLight *self = GUICHET_RECORDING_LIGHT (object);

  g_clear_handle_id (&self->warning, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_recording_light_parent_class)->dispose (object);
}

static void
guichet_recording_light_class_init (GuichetRecordingLightClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_recording_light_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
guichet_recording_light_init (GuichetRecordingLight *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *says = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *actions = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)), 6);
  guichet_accessible_name (widget, _ ("Recording"));
  self->dot = GTK_IMAGE (gtk_image_new_from_icon_name ("media-record-symbolic"));
  gtk_box_append (GTK_BOX (says), GTK_WIDGET (self->dot));
  self->words = guichet_label_wrapped ("", NULL);
  gtk_label_set_wrap_mode (self->words, PANGO_WRAP_WORD);
  gtk_widget_set_valign (GTK_WIDGET (self->words), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (says), GTK_WIDGET (self->words));
  self->timer = GUICHET_TIMER_LABEL (guichet_timer_label_new ());
  guichet_timer_label_set_caption (self->timer, _ ("Recording resumes in"));
  gtk_widget_set_valign (GTK_WIDGET (self->timer), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (says), GTK_WIDGET (self->timer));
  gtk_widget_set_parent (says, widget);
  gtk_widget_set_parent (actions, widget);
  for (int i = 0; i < MODEL_N_RECORDING_ACTIONS; i++)
    {
      GtkWidget *button =
          gtk_button_new_with_label (guichet_words_recording ((ModelRecordingAction) i));

      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clicked), self);
      gtk_box_append (GTK_BOX (actions), button);
      self->buttons[i] = button;
    }
}
