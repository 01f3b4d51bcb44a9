/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panel of one person in a call. The customer's is that of the agent in charge: to hold and to
 * resume it is to hold and to resume the call. Main thread only.
 */

#include "desktop/desk/person-card.h"

#include "desktop/chat/company.h"
#include "desktop/desk/allowed.h"
#include "desktop/desk/call-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetPersonCard
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *state;
  GuichetTimerLabel *timer;
  GtkWidget *hold;
  GtkWidget *charge;
  GtkWidget *mute;
  GtkWidget *remove;
  GtkWidget *confirm; /* made when it is first asked */

  GuichetCallControl *control;
  GuichetParticipation *part; /* NULL: the customer */
};

G_DEFINE_FINAL_TYPE (GuichetPersonCard, guichet_person_card, GTK_TYPE_WIDGET)

static GuichetInteraction *
interaction_of (GuichetPersonCard *self)
{
  return guichet_watch_get_interaction (guichet_call_control_get_watch (self->control));
}

static gboolean
is_role (GuichetParticipation *part, const char *role)
{
  return part != NULL && g_str_equal (guichet_participation_get_role (part), role);
}

/* The customer's hold is that of who is in charge. */
static gboolean
is_held (GuichetPersonCard *self)
{
  g_autoptr (GuichetParticipation) primary = guichet_company_primary (interaction_of (self));
  GuichetParticipation *part = self->part != NULL ? self->part : primary;

  return part != NULL && g_str_equal (guichet_participation_get_state (part), "held");
}

/* --- actions ---------------------------------------------------------------------------------- */

static void
on_hold (GuichetPersonCard *self)
{
  gboolean held = is_held (self);

  if (self->part == NULL)
    guichet_call_control_perform (self->control, held ? MODEL_ACTION_RESUME : MODEL_ACTION_HOLD);
  else
    guichet_call_control_part (self->control, self->part, held ? "resume" : "hold");
}

static void
on_mute (GuichetPersonCard *self)
{
  guichet_call_control_part (self->control, self->part,
                             guichet_participation_get_muted (self->part) ? "unmute" : "mute");
}

static void
on_charge (GuichetPersonCard *self)
{
  guichet_call_control_part (self->control, self->part, "give_charge");
}

static void
on_removed (GuichetPersonCard *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->confirm));
  guichet_call_control_part (self->control, self->part, "remove");
}

static void
build_confirm (GuichetPersonCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = gtk_button_new_with_label (_ ("Remove from the call"));
  g_autofree char *name = guichet_call_words_name (interaction_of (self), self->part);
  /* Translators: %s is somebody in a conference */
  g_autofree char *text = g_strdup_printf (_ ("Remove %s?"), name);

  gtk_widget_add_css_class (button, "destructive-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_removed), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (guichet_label_wrapped (text, NULL)));
  gtk_box_append (GTK_BOX (box), button);
  self->confirm = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->confirm), box);
  gtk_widget_set_parent (self->confirm, self->remove);
}

static void
on_remove (GuichetPersonCard *self)
{
  if (self->confirm == NULL)
    build_confirm (self);
  gtk_popover_popup (GTK_POPOVER (self->confirm));
}

void
guichet_person_card_hold (GuichetPersonCard *self)
{
  if (gtk_widget_get_visible (self->hold) && gtk_widget_get_sensitive (self->hold))
    on_hold (self);
}

/* --- showing ---------------------------------------------------------------------------------- */

/* Whether the agent is in charge of the others. */
static gboolean
leads (GuichetPersonCard *self)
{
  return is_role (guichet_interaction_get_mine (interaction_of (self)), "primary");
}

/* By the centre's rules, with the reason where it is greyed. */
static ModelVerdict
may (GuichetPersonCard *self, ModelAction action, const char **reason)
{
  return guichet_allowed (
      guichet_watch_get_session (guichet_call_control_get_watch (self->control)),
      interaction_of (self), action, reason);
}

/* In a conference the customer hears the others: there is nothing to swap. */
static ModelVerdict
may_hold (GuichetPersonCard *self, gboolean held, const char **reason)
{
  GuichetInteraction *interaction = interaction_of (self);
  g_autoptr (GuichetParticipation) consulted = guichet_company_consulted (interaction);

  if (!leads (self) || (self->part != NULL && self->part != consulted))
    return MODEL_HIDDEN;
  if (self->part != NULL)
    return MODEL_ALLOWED;
  return consulted != NULL || held
             ? may (self, held ? MODEL_ACTION_RESUME : MODEL_ACTION_HOLD, reason)
             : MODEL_HIDDEN;
}

static void
show_hold (GuichetPersonCard *self, const char *name)
{
  gboolean held = is_held (self);
  const char *text = held ? _ ("Resume") : _ ("Hold");
  const char *reason = NULL;
  ModelVerdict verdict = may_hold (self, held, &reason);
  /* Translators: a button's name for a screen reader: what it does, and with whom */
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), text, name);

  gtk_widget_set_visible (self->hold, verdict != MODEL_HIDDEN);
  gtk_button_set_label (GTK_BUTTON (self->hold), text);
  guichet_accessible_name (self->hold, spoken);
  guichet_accessible_grey (self->hold, verdict == MODEL_GREYED ? reason : NULL, spoken);
}

static void
show_charge_of (GuichetPersonCard *self, GtkWidget *button, ModelAction action, const char *text)
{
  const char *reason = NULL;
  ModelVerdict verdict =
      is_role (self->part, "conferenced") ? may (self, action, &reason) : MODEL_HIDDEN;

  gtk_widget_set_visible (button,
                          verdict != MODEL_HIDDEN &&
                              self->part != guichet_interaction_get_mine (interaction_of (self)));
  guichet_accessible_name (button, text);
  guichet_accessible_grey (button, verdict == MODEL_GREYED ? reason : NULL, text);
}

/* What the one in charge may do to those who joined. */
static void
show_charge (GuichetPersonCard *self, const char *name)
{
  gboolean muted = self->part != NULL && guichet_participation_get_muted (self->part);
  /* Translators: %s is somebody in a conference */
  g_autofree char *mute = g_strdup_printf (muted ? _ ("Unmute %s") : _ ("Mute %s"), name);
  /* Translators: %s is somebody in a conference, who leads it from then on */
  g_autofree char *charge = g_strdup_printf (_ ("Have %s lead the call"), name);
  /* Translators: %s is somebody in a conference */
  g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), name);

  gtk_button_set_icon_name (GTK_BUTTON (self->mute), muted ? "microphone-disabled-symbolic"
                                                           : "audio-input-microphone-symbolic");
  show_charge_of (self, self->charge, MODEL_ACTION_GIVE_CHARGE, charge);
  if (self->part != NULL && guichet_company_is_party (self->part))
    gtk_widget_set_visible (self->charge, FALSE); /* a number leads nobody */
  show_charge_of (self, self->mute, MODEL_ACTION_MUTE_OTHER, mute);
  show_charge_of (self, self->remove, MODEL_ACTION_REMOVE, remove);
}

static gint64
since_of (GuichetPersonCard *self)
{
  g_autoptr (GuichetParticipation) primary = guichet_company_primary (interaction_of (self));
  GuichetParticipation *part = self->part != NULL ? self->part : primary;

  return part != NULL ? guichet_participation_get_state_since (part) : 0;
}

static const char *
icon_of (GuichetPersonCard *self)
{
  gboolean primary = is_role (self->part, "primary"); /* is with somebody else while held */

  if (!primary && is_held (self) &&
      (self->part != NULL || guichet_company_count (interaction_of (self), "conferenced") == 0))
    return "media-playback-pause-symbolic";
  if (self->part == NULL)
    return "avatar-default-symbolic";
  return guichet_company_is_party (self->part) ? "call-start-symbolic"
                                               : "audio-headphones-symbolic";
}

void
guichet_person_card_refresh (GuichetPersonCard *self)
{
  GuichetInteraction *interaction = interaction_of (self);
  g_autofree char *name = guichet_call_words_name (interaction, self->part);
  g_autofree char *state = guichet_call_words_person (interaction, self->part);
  /* Translators: somebody in a call, and as what and doing what, for a screen reader */
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), name, state);

  gtk_image_set_from_icon_name (self->icon, icon_of (self));
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->state, state);
  guichet_accessible_name (GTK_WIDGET (self), spoken);
  guichet_timer_label_set_caption (self->timer, state);
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP, since_of (self));
  show_hold (self, name);
  show_charge (self, name);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_person_card_dispose (GObject *object)
{
  GuichetPersonCard *self = GUICHET_PERSON_CARD (object);

  g_clear_pointer (&self->confirm, gtk_widget_unparent);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->control);
  g_clear_object (&self->part);
  G_OBJECT_CLASS (guichet_person_card_parent_class)->dispose (object);
}

static void
guichet_person_card_class_init (GuichetPersonCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_person_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
button_new (GuichetPersonCard *self, GtkWidget *row, const char *icon, GCallback clicked)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static GtkWidget *
build_lines (GuichetPersonCard *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->name = GTK_LABEL (gtk_label_new (NULL));
  self->state = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->name, 0);
  gtk_label_set_xalign (self->state, 0);
  gtk_label_set_max_width_chars (self->name, 16);
  gtk_label_set_max_width_chars (self->state, 20);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "caption");
  guichet_label_keep_name (self->name);
  guichet_label_keep_name (self->state);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->state));
  return lines;
}

static void
guichet_person_card_init (GuichetPersonCard *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->timer = GUICHET_TIMER_LABEL (guichet_timer_label_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->timer), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row, "person");
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (row), build_lines (self));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->timer));
  self->hold = button_new (self, row, NULL, G_CALLBACK (on_hold));
  self->charge = button_new (self, row, "starred-symbolic", G_CALLBACK (on_charge));
  self->mute = button_new (self, row, "audio-input-microphone-symbolic", G_CALLBACK (on_mute));
  self->remove = button_new (self, row, "window-close-symbolic", G_CALLBACK (on_remove));
  gtk_widget_set_parent (row, GTK_WIDGET (self));
}

GtkWidget *
guichet_person_card_new (GuichetCallControl *control, GuichetParticipation *part)
{
  GuichetPersonCard *self = g_object_new (GUICHET_TYPE_PERSON_CARD, NULL);

  self->control = g_object_ref (control);
  g_set_object (&self->part, part);
  guichet_person_card_refresh (self);
  return GTK_WIDGET (self);
}

GuichetParticipation *
guichet_person_card_get_part (GuichetPersonCard *self)
{
  return self->part;
}
