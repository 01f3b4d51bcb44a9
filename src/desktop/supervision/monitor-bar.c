/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line above the views. It follows the session's interactions; there is one call at most that
 * the supervisor follows. Main thread only.
 */

#include "desktop/supervision/monitor-bar.h"

#include "client/supervise.h"
#include "desktop/chat/company.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"
#include "desktop/widgets/wrap-layout.h"
#include "model/permissions.h"

#include <glib/gi18n.h>

#define N_MODES 4

struct _GuichetMonitorBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *buttons; /* in lines, as there is room */
  GtkLabel *label;
  GtkWidget *modes[N_MODES];
  GtkWidget *leave;

  GuichetSession *session;
  char *interaction;   /* of the call that is followed, or NULL */
  char *participation; /* of the agent in it */
};

G_DEFINE_FINAL_TYPE (GuichetMonitorBar, guichet_monitor_bar, GTK_TYPE_WIDGET)

static const struct
{
  const char *mode;
  const char *label;
} modes[N_MODES] = {
  { "listen", N_ ("Listen") },
  { "whisper", N_ ("Whisper") },
  { "barge", N_ ("Join") },
  { "take_over", N_ ("Take over") },
};

static void
on_mode (GtkWidget *button, GuichetMonitorBar *self)
{
  const char *mode = g_object_get_data (G_OBJECT (button), "mode");

  if (self->participation != NULL)
    guichet_supervise_call_async (self->session, self->participation, mode, guichet_command_done,
                                  g_object_ref (GTK_WIDGET (self)));
}

static void
on_leave (GtkWidget *button, GuichetMonitorBar *self)
{
  if (self->interaction != NULL)
    guichet_supervise_leave_async (self->session, self->interaction, guichet_command_done,
                                   g_object_ref (GTK_WIDGET (self)));
}

/* The agent's part that is open, or NULL. */
static GuichetParticipation *
part_of (GuichetInteraction *interaction, const char *agent)
{
  GListModel *parts = guichet_interaction_get_participations (interaction);

  for (guint i = 0; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (GuichetParticipation) part = g_list_model_get_item (parts, i);

      if (g_str_equal (guichet_participation_get_agent (part), agent) &&
          !g_str_equal (guichet_participation_get_state (part), "ended"))
        return part; /* the list holds it */
    }
  return NULL;
}

static char *
words_of (GuichetParticipation *mine)
{
  const char *who = guichet_participation_get_supervised_name (mine);
  const char *mode = guichet_participation_get_supervision (mine);

  if (g_str_equal (guichet_participation_get_state (mine), "dialling"))
    return g_strdup_printf (_ ("Your phone is called, to monitor %s"), who);
  if (g_str_equal (mode, "whisper"))
    return g_strdup_printf (_ ("%s alone hears you"), who);
  return g_strdup_printf (_ ("You listen to %s; nobody hears you"), who);
}

/* Whether one more could come into it, and why not. */
static ModelPermission
may_join (GuichetMonitorBar *self, GuichetInteraction *interaction)
{
  gboolean gone = guichet_interaction_get_customer_left_at (interaction) != 0;
  gint64 in = guichet_company_count (interaction, "primary") +
              guichet_company_count (interaction, "consulted") +
              guichet_company_count (interaction, "conferenced") +
              (!gone && !guichet_company_is_internal (interaction));
  ModelSuperviseCase situation = {
    .role = MODEL_ROLE_SUPERVISOR,
    .leads = TRUE,
    .work = MODEL_WORK_CONNECTED,
    .channel = MODEL_CHANNEL_VOICE,
    .station_ready = TRUE,
    .customer_gone = gone,
    .full = in >= guichet_session_get_conference_max (self->session),
  };

  return model_permission_to_supervise (MODEL_SUPERVISE_JOIN, &situation);
}

static void
show_mode (GuichetMonitorBar *self, guint i, gboolean now, ModelPermission join)
{
  gboolean joins = g_str_equal (modes[i].mode, "barge") || g_str_equal (modes[i].mode, "take_over");
  const char *why = NULL;

  if (joins && join.verdict != MODEL_ALLOWED)
    why =
        guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, model_code (join.reason));
  guichet_accessible_grey (self->modes[i], why, NULL);
  gtk_widget_set_sensitive (self->modes[i], !now && why == NULL);
  guichet_widget_set_class (self->modes[i], "suggested-action", now);
}

static void
show_followed (GuichetMonitorBar *self, GuichetInteraction *interaction, GuichetParticipation *mine)
{
  GuichetParticipation *watched =
      part_of (interaction, guichet_participation_get_supervised (mine));
  gboolean rings = g_str_equal (guichet_participation_get_state (mine), "dialling");
  g_autofree char *words = words_of (mine);
  ModelPermission join = may_join (self, interaction);

  g_free (self->interaction);
  g_free (self->participation);
  self->interaction = g_strdup (guichet_interaction_get_id (interaction));
  self->participation = watched != NULL ? g_strdup (guichet_participation_get_id (watched)) : NULL;
  gtk_label_set_text (self->label, words);
  for (guint i = 0; i < N_MODES; i++)
    {
      gboolean now =
          g_str_equal (modes[i].mode, guichet_participation_get_supervision (mine)) && !rings;

      gtk_widget_set_visible (self->modes[i], !rings && watched != NULL);
      show_mode (self, i, now, join);
    }
  gtk_widget_set_visible (self->leave, TRUE);
  gtk_widget_set_visible (self->buttons, TRUE);
}

/* Of a call of one's own: who follows it. */
static gboolean
show_follower (GuichetMonitorBar *self, GuichetInteraction *interaction)
{
  GListModel *parts = guichet_interaction_get_participations (interaction);

  for (guint i = 0; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (GuichetParticipation) part = g_list_model_get_item (parts, i);
      g_autofree char *words = NULL;

      if (!g_str_equal (guichet_participation_get_role (part), "supervising") ||
          !g_str_equal (guichet_participation_get_state (part), "active"))
        continue;
      words = g_strdup_printf (_ ("%s monitors this call"), guichet_participation_get_name (part));
      gtk_label_set_text (self->label, words);
      gtk_widget_set_visible (self->buttons, FALSE);
      return TRUE;
    }
  return FALSE;
}

static void
refresh (GuichetMonitorBar *self)
{
  GListModel *all = guichet_session_get_interactions (self->session);
  gboolean shown = FALSE;

  g_clear_pointer (&self->interaction, g_free);
  g_clear_pointer (&self->participation, g_free);
  for (guint i = 0; !shown && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (all, i);
      GuichetParticipation *mine = guichet_interaction_get_mine (one);

      if (mine != NULL && g_str_equal (guichet_participation_get_role (mine), "supervising"))
        {
          show_followed (self, one, mine);
          shown = TRUE;
        }
      else
        shown = show_follower (self, one);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
}

/* The supervisor's own phone was rung in vain: why, and what to do. */
static void
on_closed (GuichetMonitorBar *self, GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  const char *reason = guichet_interaction_get_cause (interaction);
  g_autofree char *why = NULL;
  g_autofree char *text = NULL;

  if (mine == NULL || !g_str_equal (guichet_participation_get_role (mine), "supervising") ||
      !g_str_equal (guichet_participation_get_state (mine), "dialling") ||
      g_str_equal (reason, "agent_left") || *reason == '\0')
    return;
  /* It is never the supervisor's command that cancels: that leaves. */
  why = g_str_equal (reason, "cancelled")
            ? g_strdup (_ ("Your own phone declined the call."))
            : guichet_words (GUICHET_WORDS_NOT_REACHED, GUICHET_WORDS_SENTENCE, reason);
  /* Translators: why, and what to do: "Your own phone was not answered." */
  text = g_strdup_printf (_ ("%s Answer it and listen in again to monitor %s."), why,
                          guichet_participation_get_supervised_name (mine));
  guichet_toast (GTK_WIDGET (self), text);
}

static void
guichet_monitor_bar_dispose (GObject *object)
{
  GuichetMonitorBar *self = GUICHET_MONITOR_BAR (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_pointer (&self->interaction, g_free);
  g_clear_pointer (&self->participation, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_monitor_bar_parent_class)->dispose (object);
}

static void
guichet_monitor_bar_class_init (GuichetMonitorBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_monitor_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
button_new (GuichetMonitorBar *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_object (button, "clicked", clicked, self, 0);
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

static void
guichet_monitor_bar_init (GuichetMonitorBar *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("view-reveal-symbolic");

  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (self->box, "monitor-bar");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->label = guichet_label_wrapped ("", NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self->box), line);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->buttons, guichet_wrap_layout_new (TRUE));
  gtk_box_append (GTK_BOX (self->box), self->buttons);
  for (guint i = 0; i < N_MODES; i++)
    {
      self->modes[i] = button_new (self, _ (modes[i].label), G_CALLBACK (on_mode));
      g_object_set_data (G_OBJECT (self->modes[i]), "mode", (gpointer) modes[i].mode);
    }
  self->leave = button_new (self, _ ("Stop monitoring"), G_CALLBACK (on_leave));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
guichet_monitor_bar_new (GuichetSession *session)
{
  GuichetMonitorBar *self = g_object_new (GUICHET_TYPE_MONITOR_BAR, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (guichet_session_get_interactions (session), "items-changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-closed", G_CALLBACK (on_closed), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
