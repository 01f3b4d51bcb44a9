/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The card that follows a missed or declined contact. The centre left the agent idle; only the
 * agent changes that. Main thread only.
 */

#include "desktop/offers/rona-card.h"

#include "desktop/shortcuts.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetRonaCard
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *text;
  GuichetTimerLabel *timer;
  GtkWidget *idle;
  GtkWidget *available;

  GuichetSession *session;
  gint64 closed_since; /* the agent chose to stay idle for the state that began then */
};

G_DEFINE_FINAL_TYPE (GuichetRonaCard, guichet_rona_card, GTK_TYPE_WIDGET)

static const char *const shown_for[] = {
  "rona",      "refused",   "declined", "device_fault", "unreachable", "channel_failure", "busy",
  "desk_lost", "suspended", NULL
};

static void
refresh (GuichetRonaCard *self)
{
  const char *reason = guichet_session_get_agent_state_reason (self->session);
  gint64 since = guichet_session_get_agent_state_since (self->session);
  gboolean shown = g_str_equal (guichet_session_get_agent_state (self->session), "idle") &&
                   g_strv_contains (shown_for, reason) && since != self->closed_since;
  const char *label = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SHORT, reason);
  const char *words = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, reason);
  gboolean up = guichet_session_get_link_up (self->session);
  g_autofree char *spoken = NULL;
  g_autofree char *tip = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown || label == NULL)
    return;
  gtk_label_set_text (self->title, label);
  gtk_label_set_text (self->text, words);
  spoken = g_strdup_printf ("%s. %s", label, words);
  guichet_accessible_name (GTK_WIDGET (self), spoken);
  tip = guichet_shortcuts_tip (_ ("Receive contacts again"), "win.available");
  guichet_accessible_grey (
      self->available,
      up ? NULL : guichet_words_find (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, "link_down"),
      tip);
  guichet_timer_label_set_caption (self->timer, _ ("For"));
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP, since);
}

static void
on_available (GuichetRonaCard *self)
{
  guichet_session_set_state_async (self->session, NULL, "available", NULL, NULL,
                                   guichet_command_done, g_object_ref (self));
}

static void
on_idle (GuichetRonaCard *self)
{
  self->closed_since = guichet_session_get_agent_state_since (self->session);
  refresh (self);
}

static void
guichet_rona_card_dispose (GObject *object)
{
  GuichetRonaCard *self = GUICHET_RONA_CARD (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_rona_card_parent_class)->dispose (object);
}

static void
guichet_rona_card_class_init (GuichetRonaCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_rona_card_dispose;
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/offers/rona-card.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetRonaCard, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetRonaCard, text);
  gtk_widget_class_bind_template_child (widget_class, GuichetRonaCard, timer);
  gtk_widget_class_bind_template_child (widget_class, GuichetRonaCard, idle);
  gtk_widget_class_bind_template_child (widget_class, GuichetRonaCard, available);
  gtk_widget_class_bind_template_callback (widget_class, on_available);
  gtk_widget_class_bind_template_callback (widget_class, on_idle);
}

static void
guichet_rona_card_init (GuichetRonaCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_rona_card_new (GuichetSession *session)
{
  GuichetRonaCard *self = g_object_new (GUICHET_TYPE_RONA_CARD, NULL);
  static const char *const what[] = { "notify::agent-state", "notify::agent-state-reason",
                                      "notify::agent-state-since", "notify::link-up" };

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    g_signal_connect_object (session, what[i], G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
